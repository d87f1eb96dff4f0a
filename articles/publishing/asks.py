"""What a person may ask of a story: each verb's choice as a value, and what becomes of the timeline.

articles.publishing.plans makes a plan of an ask, and articles.publishing.changes carries it out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import ClassVar, Protocol

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Record
from articles.publishing import access, freezing, picture_rights
from articles.publishing.standing import Story, Text
from articles.rules import rights, timing
from articles.rules.content import Content
from articles.rules.permissions import Stage, Verb
from articles.rules.refusals import WorkflowError
from articles.rules.states import in_sentence
from articles.rules.timing import INHERIT, End, Kind, Span, Timeline, Waiting
from media.text import is_blank

Fix = Callable[[Content], Content]


class Ask(Protocol):
    """What a person chose to do to a story: a frozen value.

    number: the publication that it is about, None where it is about the story. chosen: the moment
    that the person chose, None for "soon". reads_text: does it rest on the working copy? approves_copy:
    is that what it publishes? approves_kept: does it approve anew what it gives another number only?
    for_readers: does it change what readers have, so that it must be committed by itself, before its
    moment? stage: what the working copy becomes by it, None for no change.
    """

    verb: ClassVar[Verb]
    approves_copy: ClassVar[bool]
    approves_kept: ClassVar[bool]
    for_readers: ClassVar[bool]
    stage: ClassVar[Stage | None]

    @property
    def reads_text(self) -> bool: ...
    @property
    def number(self) -> int | None: ...
    @property
    def chosen(self) -> datetime | None: ...
    def decided(self) -> list[object]:
        """What was chosen, for the mark of it."""

    def timeline(self, story: Story) -> Timeline:
        """What becomes of the timeline. Raises timing.Refused or WorkflowError."""

    def details(self, story: Story) -> dict[str, object]:
        """What the record keeps of it."""

    def working_copy(self, story: Story) -> Content | None:
        """What becomes of the working copy's text; None where it stays as it is."""

    def foreseen(self, story: Story) -> list[Text]:
        """Texts that it will write whenever it is carried out, as far as that is known before."""


@dataclass(frozen=True)
class OfAStory:
    """What most asks have in common."""

    reads_text: ClassVar[bool] = False
    approves_copy: ClassVar[bool] = False
    approves_kept: ClassVar[bool] = False
    for_readers: ClassVar[bool] = True
    stage: ClassVar[Stage | None] = None
    number: ClassVar[int | None] = None
    chosen: ClassVar[datetime | None] = None

    def decided(self) -> list[object]:
        return []

    def details(self, story: Story) -> dict[str, object]:
        return {}

    def working_copy(self, story: Story) -> Content | None:
        return None

    def foreseen(self, story: Story) -> list[Text]:
        return []


@dataclass(frozen=True)
class Publish(OfAStory):
    """Approve the working copy; see workflow.publish."""

    verb: ClassVar[Verb] = Verb.PUBLISH
    reads_text: ClassVar[bool] = True
    approves_copy: ClassVar[bool] = True
    approves_kept: ClassVar[bool] = True
    stage: ClassVar[Stage | None] = Stage.APPROVED
    at: datetime | None = None
    until: End = INHERIT
    kind: str = Kind.UPDATE
    note: str = ""
    waiting: Waiting = "cancel"
    rights_end: str = rights.REFUSE

    @property
    def chosen(self) -> datetime | None:
        return self.at

    @property
    def _note(self) -> str:
        return "" if is_blank(self.note) else self.note.strip()

    def decided(self) -> list[object]:
        return [self.at, self.until, self.kind, self._note, self.waiting, self.rights_end]

    def details(self, story: Story) -> dict[str, object]:
        return {"waiting": self.waiting}

    def foreseen(self, story: Story) -> list[Text]:
        if self.rights_end == rights.LEAVE_OUT:
            return _written(self, story)
        return [Text.of(story.content)]

    def timeline(self, story: Story) -> Timeline:
        if self.kind in timing.TOLD and not self._note:
            raise missing_note()
        freezing.check_credits(story.content)
        text = Text.of(story.content, self._note)
        until = timing.whole_second(self.until) if isinstance(self.until, datetime) else self.until
        after = timing.publish(
            story.timeline,
            story.soon,
            text,
            at=self.at,
            until=until,
            kind=self.kind,
            waiting=self.waiting,
        )
        self._require_news(story.timeline, after)
        return self._within_rights(story, after, text)

    def _require_news(self, before: Timeline, after: Timeline) -> None:
        """Raise WorkflowError where readers would be told of an update that is none."""
        place = next(n for n, s in enumerate(after.spans) if s.number > before.last_number)
        if place == 0 or self.kind in timing.TOLD:
            return  # A correction's note is news by itself.
        span, one = after.spans[place], after.spans[place - 1]
        if one.live_until == span.live_from and one.content.digest == span.content.digest:
            raise WorkflowError(
                _(
                    "Version %(number)s shows the same already, so readers would be told of an "
                    "update that is none. Change the text first, or change that version's time "
                    "or expiry."
                )
                % {"number": one.number},
                code="unchanged",
            )

    def _within_rights(self, story: Story, after: Timeline, text: Text) -> Timeline:
        """The timeline in which the new text shows no picture longer than its rights last."""
        span = next(each for each in after.spans if each.content is text)
        ends = story.rights_ends(picture.image_id for picture in text.content.pictures)
        outlived = rights.outlived(ends, span.until)
        moments = sorted(set(outlived.values()))
        # Rights that are over before it begins can't be helped by an end: _check_rights says so.
        if not moments or self.rights_end == rights.REFUSE or moments[0] <= span.live_from:
            return after
        if self.rights_end == rights.END:
            return timing.set_end(after, story.soon, span.number, until=moments[0])

        def without(moment: datetime) -> Text:
            return story.without(text, picture_rights.ended(outlived, moment))

        return rights.leave_out(after, story.soon, span, moments, without)


@dataclass(frozen=True)
class Move(OfAStory):
    """Let a plan begin at another moment."""

    verb: ClassVar[Verb] = Verb.MOVE
    number: int = field()
    at: datetime | None

    @property
    def chosen(self) -> datetime | None:
        return self.at

    def decided(self) -> list[object]:
        return [self.number, self.at]

    def timeline(self, story: Story) -> Timeline:
        return timing.move(story.timeline, story.soon, self.number, at=self.at)


@dataclass(frozen=True)
class Cancel(OfAStory):
    """Drop a plan."""

    verb: ClassVar[Verb] = Verb.CANCEL
    number: int = field()

    def decided(self) -> list[object]:
        return [self.number]

    def details(self, story: Story) -> dict[str, object]:
        begins = {span.number: span.live_from for span in story.timeline.spans}
        return {"live_from": begins[self.number].isoformat()}

    def timeline(self, story: Story) -> Timeline:
        return timing.cancel(story.timeline, story.soon, self.number)


@dataclass(frozen=True)
class SetEnd(OfAStory):
    """Let a publication end at another moment; None takes its end away."""

    verb: ClassVar[Verb] = Verb.SET_END
    number: int = field()
    until: datetime | None

    @property
    def chosen(self) -> datetime | None:
        return self.until

    def decided(self) -> list[object]:
        return [self.number, self.until]

    def details(self, story: Story) -> dict[str, object]:
        return {"until": self.until.isoformat() if self.until else None}

    def timeline(self, story: Story) -> Timeline:
        return timing.set_end(story.timeline, story.soon, self.number, until=self.until)


@dataclass(frozen=True)
class Withdraw(OfAStory):
    """Take a story from the site."""

    verb: ClassVar[Verb] = Verb.WITHDRAW
    at: datetime | None = None
    keep_plans: bool = False
    note: str = ""

    @property
    def chosen(self) -> datetime | None:
        return self.at

    def decided(self) -> list[object]:
        return [self.at, self.keep_plans]

    def details(self, story: Story) -> dict[str, object]:
        return {"note": self.note, "keep_plans": self.keep_plans}

    def timeline(self, story: Story) -> Timeline:
        return timing.withdraw(story.timeline, story.soon, at=self.at, keep_plans=self.keep_plans)


@dataclass(frozen=True)
class BringBack(OfAStory):
    """Publish once more what readers had last."""

    verb: ClassVar[Verb] = Verb.BRING_BACK
    approves_kept: ClassVar[bool] = True
    at: datetime | None = None
    waiting: Waiting = "cancel"

    @property
    def chosen(self) -> datetime | None:
        return self.at

    def decided(self) -> list[object]:
        return [self.at, self.waiting]

    def timeline(self, story: Story) -> Timeline:
        return timing.bring_back(story.timeline, story.soon, at=self.at, waiting=self.waiting)


@dataclass(frozen=True, kw_only=True)
class Revise(OfAStory):
    """Change one version by itself, and others in the same way; see workflow.revise.

    number: None for what readers have. versions: the others, by number; None for all that wait
    behind it. copy: the working copy, too. kind, note: None as it has them; what readers have
    becomes a minor change then. at, until: other moments, for what waits.
    """

    verb: ClassVar[Verb] = Verb.PUBLISH
    fix: Fix
    number: int | None = None
    versions: frozenset[int] | None = None
    copy: bool = False
    kind: str | None = None
    note: str | None = None
    at: datetime | None = None
    until: End = INHERIT

    @property
    def reads_text(self) -> bool:
        return self.copy

    @property
    def chosen(self) -> datetime | None:
        return self.at

    def decided(self) -> list[object]:
        others = None if self.versions is None else sorted(self.versions)
        changed = [getattr(self.fix, "digest", None), self.number, others, self.copy]
        return [*changed, self.kind, self.note, self.at, self.until]

    def details(self, story: Story) -> dict[str, object]:
        main = self._main(story)
        others = sorted(self._chosen(story, main) - {main.number})
        return {"changed": main.number, "too": others, "copy": self.copy}

    def foreseen(self, story: Story) -> list[Text]:
        return _written(self, story)

    def timeline(self, story: Story) -> Timeline:
        before, main = story.timeline, self._main(story)
        if self.kind in timing.TOLD and not self.note:
            raise missing_note()
        self._require_change(story, main)
        waits = main.live_from >= story.soon
        chosen = self._chosen(story, main)
        changes = {
            span.number: self._changed(story, span, is_main=span is main)
            for span in before.spans
            if span.number in chosen
        }
        after = timing.change(before, story.soon, changes)
        begins = main.live_from if waits else story.soon
        number = next(span.number for span in after.spans if span.live_from == begins)
        if self.at is not None and self.at != begins:
            after = timing.move(after, story.soon, number, at=self.at)
        if self.until is not INHERIT and self.until != main.until:
            after = timing.set_end(after, story.soon, number, until=self.until)
        return after

    def working_copy(self, story: Story) -> Content | None:
        return self.fix(freezing.unfinished_content(story.article)) if self.copy else None

    def _require_change(self, story: Story, main: Span) -> None:
        """Raise WorkflowError where readers would get the same as before."""
        was = (main.content.digest, main.content.note, main.asked, main.live_from, main.until)
        now = (
            self._changed(story, main, is_main=True).content.digest,
            main.content.note if self.note is None else self.note,
            main.asked if main.live_from < story.soon else self.kind or main.asked,
            self.at or main.live_from,
            main.until if self.until is INHERIT else self.until,
        )
        if now == was or (now[0] == was[0] and main.live_from < story.soon and not self.note):
            raise WorkflowError(
                _("This version is as it was. Change something in it first."), code="unchanged"
            )

    def _main(self, story: Story) -> Span:
        if self.number is None:
            return timing.live_then(story.timeline, story.soon)
        return timing.found(story.timeline, self.number)

    def _chosen(self, story: Story, main: Span) -> frozenset[int]:
        if self.versions is not None:
            return self.versions | {main.number}
        behind = [s for s in story.timeline.plans(story.soon) if s.live_from > main.live_from]
        return frozenset(span.number for span in [main, *behind])

    def _changed(self, story: Story, span: Span, *, is_main: bool) -> timing.Changed:
        # A minor change made of a correction corrects nothing by itself; a plan keeps its note.
        note = span.content.note if span.live_from >= story.soon else ""
        if is_main and self.note is not None:
            note = self.note
        content = self.fix(story.contents.of(span.content))
        return timing.Changed(Text.of(content, note), self.kind if is_main else None)


def _written(ask: Ask, story: Story) -> list[Text]:
    """What the ask would write now; nothing where it is refused, which is said when it is done."""
    try:
        after = ask.timeline(story)
    except (WorkflowError, timing.Refused):
        return []
    new = [span.content for span in after.spans if span.number > story.timeline.last_number]
    return [text for text in new if text.content is not None]


@dataclass(frozen=True, kw_only=True)
class RevisePlan(Revise):
    """The same of a publication that must not have begun yet."""

    def _main(self, story: Story) -> Span:
        return timing.plan(story.timeline, story.soon, self.number)


def missing_note() -> WorkflowError:
    """The refusal of a correction that says nothing."""
    return WorkflowError(
        _("A correction needs its text: what was wrong, and what is right."),
        code="missing_note",
        field="note",
    )


def _without_borrowed_notes(before: Timeline, after: Timeline) -> Timeline:
    """A minor change made of a correction corrects nothing by itself; a plan keeps its note."""
    waits = {span.live_from for span in before.spans}
    return replace(
        after,
        spans=tuple(
            replace(span, content=replace(span.content, note=""))
            if span.number > before.last_number and span.live_from not in waits
            else span
            for span in after.spans
        ),
    )


@dataclass(frozen=True)
class EndWithRights(OfAStory):
    """Let these publications be over when the rights of a picture end, or soon where they have."""

    verb: ClassVar[Verb] = Verb.SET_END
    numbers: tuple[int, ...]
    end: datetime

    @property
    def number(self) -> int:
        return self.numbers[0]

    def decided(self) -> list[object]:
        return [self.numbers, self.end]

    def details(self, story: Story) -> dict[str, object]:
        return {"until": self.end.isoformat(), "rights": True}

    def timeline(self, story: Story) -> Timeline:
        return rights.end_all(story.timeline, story.soon, self.numbers, self.end)


@dataclass(frozen=True)
class GoOnWithout(OfAStory):
    """Let a story go on, each of its pictures left out from the second at which its rights end."""

    verb: ClassVar[Verb] = Verb.PUBLISH

    def details(self, story: Story) -> dict[str, object]:
        return {"rights": True}

    def foreseen(self, story: Story) -> list[Text]:
        return _written(self, story)

    def timeline(self, story: Story) -> Timeline:
        running = [
            s for s in story.timeline.spans if s.live_until is None or s.live_until > story.now
        ]
        shown = story.pictures_of(running)
        ends = {
            span.content: rights.outlived(story.rights_ends(shown[span.number]), until=None)
            for span in running
        }

        def without(text: Text, moment: datetime) -> Text:
            return story.without(text, picture_rights.ended(ends[text], moment), text.note)

        after = rights.go_on_without(story.timeline, story.soon, lambda text: ends[text], without)
        return _without_borrowed_notes(story.timeline, after)


class OfTheWorkingCopy(OfAStory):
    """What is asked of the working copy, and changes nothing for readers."""

    for_readers: ClassVar[bool] = False

    def timeline(self, story: Story) -> Timeline:
        return story.timeline


@dataclass(frozen=True)
class Restore(OfTheWorkingCopy):
    """Make the working copy what another version is. of: which, as it is named to people."""

    verb: ClassVar[Verb] = Verb.RESTORE
    reads_text: ClassVar[bool] = True
    content: Content
    of: str

    def decided(self) -> list[object]:
        return [self.of, self.content.digest()]

    def details(self, story: Story) -> dict[str, object]:
        return {"restored": self.of}

    def working_copy(self, story: Story) -> Content:
        return self.content


@dataclass(frozen=True)
class Submit(OfTheWorkingCopy):
    """Hand a draft to the editors."""

    verb: ClassVar[Verb] = Verb.SUBMIT
    reads_text: ClassVar[bool] = True
    stage: ClassVar[Stage | None] = Stage.SUBMITTED

    def details(self, story: Story) -> dict[str, object]:
        return {"version": story.article.version}

    def timeline(self, story: Story) -> Timeline:
        freezing.content_of(story.article)
        return story.timeline


@dataclass(frozen=True)
class Recall(OfTheWorkingCopy):
    """Make one's own story a draft again, as long as nobody has saved it since it was handed in."""

    verb: ClassVar[Verb] = Verb.RECALL
    stage: ClassVar[Stage | None] = Stage.DRAFT

    def timeline(self, story: Story) -> Timeline:
        article = story.article
        submission = article.records.filter(verb=Verb.SUBMIT).order_by("-pk").first()
        if not is_untouched(article, submission):
            raise WorkflowError(
                _("%(who)s saved this story %(when)s. Ask them to return it to you.")
                % {
                    "who": access.name_of(article.saved_by),
                    "when": in_sentence(
                        article.updated_at.replace(microsecond=0), timezone.get_current_timezone()
                    ),
                },
                code="saved_since",
            )
        return super().timeline(story)


def is_untouched(article: Article, submission: Record | None) -> bool:
    """Is the text still the one that was handed in? submission: the record of the last time."""
    version = submission and submission.details.get("version")
    return version in (None, article.version)


@dataclass(frozen=True)
class SendBack(OfTheWorkingCopy):
    """Make a story a draft again; the note tells its reporter why."""

    verb: ClassVar[Verb] = Verb.SEND_BACK
    stage: ClassVar[Stage | None] = Stage.DRAFT
    note: str = ""

    def details(self, story: Story) -> dict[str, object]:
        return {"note": self.note} if self.note else {}


@dataclass(frozen=True)
class Duplicate(OfTheWorkingCopy):
    """Make a draft of one's own of it; workflow.duplicate does."""

    verb: ClassVar[Verb] = Verb.DUPLICATE
    reads_text: ClassVar[bool] = True
