"""What people do with a story, each at its own address: a page that says what will happen and asks.

Nothing is done until the person has read the sentence for exactly what they chose: the form carries
a mark of what was asked, and another choice, a saved text or a changed timeline asks again.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import access, announcements, compose, timing, workflow
from articles.content import Content
from articles.forms import verbs
from articles.forms.story import byline_of, links_of
from articles.models import Article, Publication
from articles.permissions import Verb
from articles.refusals import WorkflowError

if TYPE_CHECKING:
    from .stories import StoryAdmin

# The field at which a refusal of articles.timing is said.
FIELDS = {
    "too_near": "at",
    "too_late": "at",
    "taken": "at",
    "neighbour": "at",
    "after_its_end": "at",
    "still_live": "at",
    "nothing_to_withdraw": "at",
    "end_before_beginning": "until",
    "end_too_near": "until",
}


@dataclass(frozen=True)
class Answer:
    """What will happen, in one sentence, and what to think of first."""

    sentence: str
    warnings: Sequence[str] = field(default_factory=list)


class VerbPage:
    """One verb on one story, asked by one person."""

    verb: Verb
    name: str
    title: str
    button: str
    path: str
    form_class: type[verbs.AskForm] = verbs.AskForm

    def __init__(
        self,
        desk: "StoryAdmin",
        request: HttpRequest,
        story: Article,
        publication: Publication | None,
    ) -> None:
        self.desk, self.request, self.story, self.publication = desk, request, story, publication
        self.zone = timezone.get_current_timezone()
        self.now = timezone.now()
        self.soon = timing.soon(self.now)

    @classmethod
    def as_view(cls, desk: "StoryAdmin") -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
            story = desk.story_or_none(request, pk)
            if story is None:
                return desk.missing(request, pk)
            if not access.may(request.user, cls.verb, story):
                raise PermissionDenied
            publication = None
            if number is not None:
                publication = story.publications.filter(number=number).first()
                if publication is None:
                    sentence = timing.SENTENCES["gone"] % {"number": number}
                    messages.error(request, sentence)
                    return HttpResponseRedirect(story_address(story))
            return cls(desk, request, story, publication).respond()

        return view

    # What each verb says and does

    def form_options(self) -> dict[str, object]:
        return {}

    def answer(self, choice: dict[str, object]) -> Answer:
        """What will happen. Raises WorkflowError or timing.Refused where it cannot."""
        raise NotImplementedError

    def carry_out(self, choice: dict[str, object]) -> str:
        """Do it, and give the sentence that says so. Raises WorkflowError."""
        raise NotImplementedError

    def next_address(self) -> str:
        return story_address(self.story)

    # The page

    def respond(self) -> HttpResponse:
        form = self.form_class(self.request.POST or None, **self.form_options())
        answer = None
        if not form.is_bound or form.is_valid():
            answer = self._tried(form, self.answer)
        seen = self._mark(form)
        if form.is_bound and answer and form.cleaned_data["seen"] == seen:
            done = self._tried(form, self.carry_out)
            if done:
                messages.success(self.request, done)
                return HttpResponseRedirect(self.next_address())
            answer = None
        return self._page(form, answer, seen)

    def _tried(self, form: verbs.AskForm, step: Callable[[dict], object]) -> object:
        """The step's result, or None and its refusal at the form's field."""
        try:
            return step(form.choice())
        except (WorkflowError, timing.Refused) as refused:
            name = getattr(refused, "field", "") or FIELDS.get(refused.code)
            if form.is_bound:
                form.add_error(name if name in form.fields else None, str(refused))
            else:
                self.refusal = str(refused)
            return None

    refusal = ""

    def _mark(self, form: verbs.AskForm) -> str:
        """A digest of what was asked: the choice, the saved text, the timeline."""
        spans = [
            (span.number, span.live_from.isoformat(), str(span.until))
            for span in self.timeline.spans
        ]
        asked = [form.decided(), self.story.version, self.story.stage, spans]
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()

    def _page(self, form: verbs.AskForm, answer: Answer | None, seen: str) -> HttpResponse:
        context = {
            **self.desk.admin_site.each_context(self.request),
            "title": self.title,
            "opts": self.desk.opts,
            "original": self.story,
            "has_view_permission": True,
            "media": self.desk.media,
            "form": form,
            "answer": answer,
            "refusal": self.refusal,
            "seen": seen if answer else "",
            "button": self.button,
            "zone": self.zone,
            "story_address": story_address(self.story),
            "saved_copies": self.request.session.get("saved_copies", []),
        }
        return TemplateResponse(self.request, "admin/articles/article/verb.html", context)

    @cached_property
    def timeline(self) -> timing.Timeline:
        """The story's timeline, with headlines as its content. Two queries."""
        headlines = dict(self.story.publications.values_list("pk", "headline"))
        timeline = workflow.timeline_of(self.story)
        return replace(
            timeline,
            spans=tuple(replace(s, content=headlines.get(s.content, "")) for s in timeline.spans),
        )

    def span(self) -> timing.Span:
        """The publication at hand in the timeline."""
        return next(s for s in self.timeline.spans if s.number == self.publication.number)


class Publish(VerbPage):
    verb = Verb.PUBLISH
    name = path = "publish"
    title = gettext_lazy("Publish")
    button = gettext_lazy("Publish")
    form_class = verbs.PublishForm

    def form_options(self):
        newest = next(reversed(self.timeline.spans), None)
        return {
            "first": newest is None,
            "has_end": bool(newest and newest.until and newest.until > self.now),
            "waits": bool(self.timeline.plans(self.soon)),
        }

    def answer(self, choice):
        content = compose.content_of(self.story)
        compose.check_pictures(self.story, self.request.user)
        at = verbs.WhenMixin.moment(choice)
        new = timing.publish(
            self.timeline,
            self.soon,
            self.story.headline,
            at=at,
            until=verbs.PublishForm.end_of(choice),
            kind=choice.get("kind", timing.Kind.FIRST),
            waiting=choice.get("waiting", verbs.CANCEL),
        )
        sentence = announcements.published(
            self.story.headline, self.timeline, new, at=at, now=self.now, zone=self.zone
        )
        warnings = [
            *lost_plans(self.timeline, new, self.zone),
            *absent_targets(content, at or self.soon),
            *without_alt_text(content),
        ]
        return Answer(sentence, warnings)

    def carry_out(self, choice):
        publication = workflow.publish(
            self.story,
            by=self.request.user,
            at=verbs.WhenMixin.moment(choice),
            until=verbs.PublishForm.end_of(choice),
            kind=choice.get("kind", timing.Kind.UPDATE),
            note=choice.get("note", ""),
            waiting=choice.get("waiting", verbs.CANCEL),
        )
        return announced(publication, self.zone)


class Move(VerbPage):
    verb = Verb.MOVE
    name, path = "move", "move/<int:number>"
    title = gettext_lazy("Move to another time")
    button = gettext_lazy("Move")
    form_class = verbs.MoveForm

    def form_options(self):
        return {"initial": {"at": self.publication.live_from}}

    def answer(self, choice):
        if choice["at"] == self.publication.live_from and self.request.method != "POST":
            raise WorkflowError("", code="unchanged")
        timing.move(self.timeline, self.soon, self.publication.number, at=choice["at"])
        return Answer(announcements.moved(self.span(), at=choice["at"], zone=self.zone))

    def carry_out(self, choice):
        publication = workflow.move(self.publication, by=self.request.user, at=choice["at"])
        return announced(publication, self.zone)


class Cancel(VerbPage):
    verb = Verb.CANCEL
    name, path = "cancel", "cancel/<int:number>"
    title = gettext_lazy("Take back a plan")
    button = gettext_lazy("Take it back")

    def answer(self, choice):
        new = timing.cancel(self.timeline, self.soon, self.publication.number)
        return Answer(announcements.cancelled(self.span(), new, zone=self.zone))

    def carry_out(self, choice):
        workflow.cancel(self.publication, by=self.request.user)
        return _("Taken back. The text is still here.")


class SetEnd(VerbPage):
    verb = Verb.SET_END
    name, path = "end", "end/<int:number>"
    title = gettext_lazy("Change the end")
    button = gettext_lazy("Change the end")
    form_class = verbs.EndForm

    def form_options(self):
        return {"initial": {"until": self.publication.until}}

    def answer(self, choice):
        until = choice["until"] if choice["end"] == verbs.AT else None
        if self.request.method != "POST":
            raise WorkflowError("", code="unchanged")
        timing.set_end(self.timeline, self.soon, self.publication.number, until=until)
        return Answer(announcements.ended(self.span(), until=until, zone=self.zone))

    def carry_out(self, choice):
        until = choice["until"] if choice["end"] == verbs.AT else None
        workflow.set_end(self.publication, by=self.request.user, until=until)
        return announcements.ended(self.span(), until=until, zone=self.zone)


class Withdraw(VerbPage):
    verb = Verb.WITHDRAW
    name = path = "withdraw"
    title = gettext_lazy("Withdraw from the site")
    button = gettext_lazy("Withdraw")
    form_class = verbs.WithdrawForm

    def form_options(self):
        return {"waits": bool(self.timeline.plans(self.soon))}

    def answer(self, choice):
        at = verbs.WhenMixin.moment(choice)
        new = timing.withdraw(
            self.timeline, self.soon, at=at, keep_plans=choice.get("keep_plans", False)
        )
        sentence = announcements.withdrawn(
            self.story.headline, self.timeline, at=at, now=self.now, zone=self.zone
        )
        return Answer(sentence, lost_plans(self.timeline, new, self.zone))

    def carry_out(self, choice):
        workflow.withdraw(
            self.story,
            by=self.request.user,
            at=verbs.WhenMixin.moment(choice),
            keep_plans=choice.get("keep_plans", False),
            note=choice["note"],
        )
        return _("Withdrawn. Below is the second at which it leaves the site.")


class BringBack(VerbPage):
    verb = Verb.BRING_BACK
    name, path = "bring_back", "bring-back"
    title = gettext_lazy("Bring back to the site")
    button = gettext_lazy("Bring back")
    form_class = verbs.BringBackForm

    def form_options(self):
        return {"waits": bool(self.timeline.plans(self.soon))}

    def answer(self, choice):
        at = verbs.WhenMixin.moment(choice)
        waiting = choice.get("waiting", verbs.CANCEL)
        new = timing.bring_back(self.timeline, self.soon, at=at, waiting=waiting)
        headline = next(s.content for s in new.spans if s.number == self.timeline.last_number + 1)
        sentence = announcements.published(
            headline, self.timeline, new, at=at, now=self.now, zone=self.zone
        )
        return Answer(sentence, lost_plans(self.timeline, new, self.zone))

    def carry_out(self, choice):
        publication = workflow.bring_back(
            self.story,
            by=self.request.user,
            at=verbs.WhenMixin.moment(choice),
            waiting=choice.get("waiting", verbs.CANCEL),
        )
        return announced(publication, self.zone)


class Submit(VerbPage):
    verb = Verb.SUBMIT
    name = path = "submit"
    title = gettext_lazy("Hand in")
    button = gettext_lazy("Hand in")

    def answer(self, choice):
        compose.content_of(self.story)
        return Answer(
            _(
                "“%(headline)s” goes to the editors; its reporter reads it, but no longer changes it."
            )
            % {"headline": self.story.headline}
        )

    def carry_out(self, choice):
        workflow.submit(self.story, by=self.request.user)
        return _("Handed in. An editor reads it next.")


class SendBack(VerbPage):
    verb = Verb.SEND_BACK
    name, path = "send_back", "send-back"
    title = gettext_lazy("Send back to its reporter")
    button = gettext_lazy("Send back")
    form_class = verbs.SendBackForm

    def answer(self, choice):
        owner = self.story.owner.get_full_name() or self.story.owner.get_username()
        return Answer(
            _(
                "“%(headline)s” is a draft again, which %(owner)s can change; the site stays as it is."
            )
            % {"headline": self.story.headline, "owner": owner}
        )

    def carry_out(self, choice):
        workflow.send_back(self.story, by=self.request.user, note=choice.get("note", ""))
        return _("Sent back.")


class Duplicate(VerbPage):
    verb = Verb.DUPLICATE
    name = path = "duplicate"
    title = gettext_lazy("Duplicate")
    button = gettext_lazy("Duplicate")
    made: Article

    def answer(self, choice):
        return Answer(
            _("A new draft of yours is made with the text and pictures of “%(headline)s”.")
            % {"headline": self.story.headline}
        )

    def carry_out(self, choice):
        self.made = duplicate(self.story, by=self.request.user, at=self.now)
        return _("This is the copy: a draft of yours.")

    def next_address(self):
        return story_address(self.made)


PAGES = (Publish, Move, Cancel, SetEnd, Withdraw, BringBack, Submit, SendBack, Duplicate)


def story_address(story: Article) -> str:
    """The story's page in the desk."""
    return reverse("admin:articles_article_change", args=[story.pk])


def announced(publication: Publication, zone: object) -> str:
    """What was decided about a publication, with its second."""
    return _("“%(headline)s”: %(moment)s.") % {
        "headline": publication.headline,
        "moment": announcements.moment(publication.live_from, zone),
    }


def duplicate(story: Article, *, by: access.User, at: datetime) -> Article:
    """A new draft with the story's words, byline, pictures and links. Raises WorkflowError."""
    copied = ("dateline", "lede", "genre", "byline", "body", "section_id", "lead_image_id")
    made = Article(
        headline=_("%(headline)s (copy)") % {"headline": story.headline[:280]},
        owner=by,
        **{name: getattr(story, name) for name in copied},
    )
    compose.save_story(made, by=by, authors=byline_of(story), links=links_of(story))
    workflow.record(Verb.DUPLICATE, made, by=by, at=at, details={"of": story.pk})
    return made


def lost_plans(old: timing.Timeline, new: timing.Timeline, zone: object) -> list[str]:
    """Sentences for the plans that are cancelled by this; one approved anew keeps its moment."""
    stays = {(span.live_from, span.content) for span in new.spans}
    return [
        _("The change that waits, “%(headline)s” %(moment)s, is cancelled.")
        % {"moment": announcements.moment(span.live_from, zone), "headline": span.content}
        for span in old.spans
        if (span.live_from, span.content) not in stays
    ]


def absent_targets(content: Content, at: datetime) -> list[str]:
    """Sentences for related stories that are not on the site at the moment `at`. Two queries."""
    targets = [link.target_id for link in content.links if link.target_id is not None]
    live = set(
        Publication.objects.live(at=at)
        .filter(article__in=targets)
        .values_list("article", flat=True)
    )
    absent = Article.objects.filter(pk__in=set(targets) - live)
    return [
        _(
            "The related story “%(headline)s” is not on the site at that moment; its link shows "
            "only while it is."
        )
        % {"headline": story.headline}
        for story in absent
    ]


def without_alt_text(content: Content) -> list[str]:
    """A sentence where pictures have no alt text yet."""
    missing = sum(not picture.alt_text for picture in content.pictures)
    if not missing:
        return []
    return [
        ngettext(
            "%(number)d picture has no alt text yet.",
            "%(number)d pictures have no alt text yet.",
            missing,
        )
        % {"number": missing}
    ]
