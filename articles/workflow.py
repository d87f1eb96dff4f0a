"""What people do with stories: each verb asks who may, changes the timeline, leaves a record.

The rules of time are articles.timing's; here they meet the database. Each verb locks the story,
reads the clock, asks the pure function for a new timeline, writes the difference, and looks at the
clock once more before the commit: what was promised for a moment must not be late for it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import access, compose, publications, rendering, timing
from articles.models import Article, Publication, PublicationAuthor, Record
from articles.permissions import Stage, Verb
from articles.publications import Approved
from articles.refusals import StaleVersion, WorkflowError
from articles.timing import INHERIT, Kind, Span, Timeline

__all__ = ["INHERIT", "StaleVersion", "WorkflowError"]

Clock = Callable[[], datetime]
# A commit may take this long after the last look at the clock.
COMMIT_MARGIN = timedelta(seconds=1)
ATTEMPTS = 5


def publish(
    article: Article,
    *,
    by: access.User,
    at: datetime | None = None,
    until: datetime | None = INHERIT,
    kind: str = Kind.UPDATE,
    note: str = "",
    waiting: str = "cancel",
    clock: Clock = timezone.now,
) -> Publication:
    """Approve the working copy as it is saved: on the site at `at`, or in about three seconds.

    at: None is soon. until: the end; None is no end, INHERIT that of the publication before.
    kind: a story's first publication is "first" whatever is asked. note: to readers, such as a
    correction's. waiting: what becomes of changes that wait for later: "cancel", or "keep", which
    approves them anew. clock: read twice. Raises WorkflowError, and then nothing has changed.
    """
    access.require(by, Verb.PUBLISH, article)
    article = Article.objects.get(pk=article.pk)
    if kind == Kind.CORRECTION and not note.strip():
        raise WorkflowError(
            _("A correction needs a note that tells readers what was wrong."),
            code="missing_note",
            field="note",
        )
    compose.check_pictures(article, by)
    if isinstance(until, datetime):
        until = timing.whole_second(until)
    content = compose.content_of(article)
    approved = Approved(content, rendering.render(content), note.strip())

    def ask(timeline: Timeline, soon: datetime, chosen: datetime | None) -> Timeline:
        return timing.publish(
            timeline, soon, approved, at=chosen, until=until, kind=kind, waiting=waiting
        )

    change = _Change(Verb.PUBLISH, article, by, at, clock, ask, publishes=approved)
    timeline = change.make(details={"kind": kind, "waiting": waiting})
    number = next(span.number for span in timeline.spans if span.content is approved)
    return Publication.objects.get(article=article, number=number)


def move(
    publication: Publication, *, by: access.User, at: datetime, clock: Clock = timezone.now
) -> Publication:
    """Let a publication that waits begin at another moment."""

    def ask(timeline: Timeline, soon: datetime, chosen: datetime | None) -> Timeline:
        return timing.move(timeline, soon, publication.number, at=chosen)

    change = _Change(Verb.MOVE, publication.article, by, at, clock, ask)
    change.make(number=publication.number)
    publication.refresh_from_db()
    return publication


def cancel(publication: Publication, *, by: access.User, clock: Clock = timezone.now) -> None:
    """Take back a publication that waits: its row goes, the record keeps that it was."""

    def ask(timeline: Timeline, soon: datetime, chosen: datetime | None) -> Timeline:
        return timing.cancel(timeline, soon, publication.number)

    _Change(Verb.CANCEL, publication.article, by, None, clock, ask).make(
        number=publication.number, details={"live_from": publication.live_from.isoformat()}
    )


def set_end(
    publication: Publication,
    *,
    by: access.User,
    until: datetime | None,
    clock: Clock = timezone.now,
) -> Publication:
    """Let a publication end at another moment; None takes its end away."""

    def ask(timeline: Timeline, soon: datetime, chosen: datetime | None) -> Timeline:
        return timing.set_end(timeline, soon, publication.number, until=chosen)

    _Change(Verb.SET_END, publication.article, by, until, clock, ask).make(
        number=publication.number, details={"until": until.isoformat() if until else None}
    )
    publication.refresh_from_db()
    return publication


def withdraw(
    article: Article,
    *,
    by: access.User,
    at: datetime | None = None,
    keep_plans: bool = False,
    note: str = "",
    clock: Clock = timezone.now,
) -> None:
    """Take a story from the site at `at` (None: soon); what waits for later goes unless kept.

    note: why, for the record; readers do not see it.
    """

    def ask(timeline: Timeline, soon: datetime, chosen: datetime | None) -> Timeline:
        return timing.withdraw(timeline, soon, at=chosen, keep_plans=keep_plans)

    _Change(Verb.WITHDRAW, article, by, at, clock, ask).make(
        details={"note": note, "keep_plans": keep_plans}
    )


def bring_back(
    article: Article,
    *,
    by: access.User,
    at: datetime | None = None,
    waiting: str = "cancel",
    clock: Clock = timezone.now,
) -> Publication:
    """Publish the newest content that readers have had once more, under the next number."""

    def ask(timeline: Timeline, soon: datetime, chosen: datetime | None) -> Timeline:
        return timing.bring_back(timeline, soon, at=chosen, waiting=waiting)

    before = article.publications.order_by("-number").values_list("number", flat=True).first() or 0
    timeline = _Change(Verb.BRING_BACK, article, by, at, clock, ask).make()
    first_new = next(span for span in timeline.spans if span.number > before)
    return Publication.objects.get(article=article, number=first_new.number)


def submit(article: Article, *, by: access.User, clock: Clock = timezone.now) -> None:
    """Hand a draft to the editors. Raises WorkflowError where something they need is missing."""

    def check(locked: Article) -> None:
        compose.content_of(locked)

    _set_stage(article, Stage.SUBMITTED, Verb.SUBMIT, by, clock, check=check)


def send_back(
    article: Article, *, by: access.User, note: str = "", clock: Clock = timezone.now
) -> None:
    """Make a story a draft again, so that its reporter can go on; the note tells them why."""
    _set_stage(article, Stage.DRAFT, Verb.SEND_BACK, by, clock, note=note)


def _set_stage(
    article: Article,
    stage: Stage,
    verb: Verb,
    by: access.User,
    clock: Clock,
    *,
    note: str = "",
    check: Callable[[Article], None] = lambda article: None,
) -> None:
    with transaction.atomic():
        locked = _lock(article)
        access.require(by, verb, locked)
        check(locked)
        locked.stage = stage.value
        locked.save(update_fields=["stage"])
        record(verb, locked, by=by, at=clock(), details={"note": note} if note else {})
    article.stage = stage.value


def record(
    verb: str,
    article: Article,
    *,
    by: access.User,
    at: datetime,
    number: int | None = None,
    details: dict[str, object] | None = None,
) -> None:
    """Add a row to the record; call it in the transaction of what it records."""
    Record.objects.create(
        at=at,
        verb=str(verb),
        story_id=article.pk,
        headline=article.headline,
        number=number,
        by_id=by.pk,
        by_name=by.get_full_name() or by.get_username(),
        details=details or {},
    )


def timeline_of(article: Article) -> Timeline:
    """The story's publications as the value that articles.timing works on. One query."""
    return Timeline(
        spans=tuple(
            Span(
                number=row.number,
                content=row.pk,
                kind=row.kind,
                live_from=row.live_from,
                until=row.until,
                live_until=row.live_until,
                first_published=row.first_published,
            )
            for row in article.publications.order_by("live_from")
        ),
        last_number=article.last_number,
        imported=article.imported_first_published,
    )


class _TooLate(Exception):
    """The commit would come after a moment that it changes."""


@dataclass
class _Change:
    """One change of a story's timeline by one person."""

    verb: Verb
    article: Article
    by: access.User
    chosen: datetime | None
    clock: Clock
    ask: Callable[[Timeline, datetime, datetime | None], Timeline]
    publishes: Approved | None = None

    def make(
        self, *, number: int | None = None, details: dict[str, object] | None = None
    ) -> Timeline:
        """Make the change, choosing "soon" again where the first one came too close."""
        chosen = None if self.chosen is None else timing.whole_second(self.chosen)
        for _attempt in range(ATTEMPTS):
            try:
                with transaction.atomic(durable=True):
                    return self._write(chosen, number, details or {})
            except _TooLate:
                if chosen is not None:
                    break
            except timing.Refused as refused:
                raise WorkflowError(str(refused), code=refused.code) from refused
        raise WorkflowError(
            _("That moment came before the change could be saved. Choose a later one."),
            code="too_late",
        )

    def _write(
        self, chosen: datetime | None, number: int | None, details: dict[str, object]
    ) -> Timeline:
        article = _lock(self.article)
        access.require(self.by, self.verb, article)
        if self.publishes and article.version != self.article.version:
            raise StaleVersion(
                _("Somebody saved this story a moment ago. Read it again, then publish."),
                code="stale_version",
            )
        now = self.clock()
        old = timeline_of(article)
        new = self.ask(old, timing.soon(now), chosen)
        _write_difference(article, old, new, by=self.by, now=now)
        article.last_number = new.last_number
        if self.publishes:
            article.stage = Stage.APPROVED.value
            article.digest = self.publishes.content.digest()
        article.save(update_fields=["last_number", "stage", "digest"])
        new_numbers = {span.number for span in new.spans} - {span.number for span in old.spans}
        gone = sorted({span.number for span in old.spans} - {span.number for span in new.spans})
        record(
            self.verb,
            article,
            by=self.by,
            at=now,
            number=number or min(new_numbers, default=None),
            details=details | ({"cancelled": gone} if gone else {}),
        )
        if not timing.agree(old, new, until=self.clock() + COMMIT_MARGIN):
            raise _TooLate
        return new


def _lock(article: Article) -> Article:
    """The story's row, locked to the end of the transaction (SQLite's IMMEDIATE lock does it there)."""
    locked = Article.objects.select_for_update(of=("self",)).filter(pk=article.pk).first()
    if locked is None:
        raise WorkflowError(_("This story has been deleted."), code="gone")
    return locked


def _write_difference(
    article: Article, old: Timeline, new: Timeline, *, by: access.User, now: datetime
) -> None:
    """Write what differs: close and delete first, reopen and add last, row by row.

    The database allows one open end for each story, and no two spans that overlap.
    """
    before = {span.number: span for span in old.spans}
    after = {span.number: span for span in new.spans}
    approvals = {span.number: _approved(span) for span in new.spans if span.number not in before}
    article.publications.filter(number__in=before.keys() - after.keys()).delete()
    changed = [span for span in new.spans if span.number in before and span != before[span.number]]
    for span in sorted(changed, key=lambda span: span.live_until is None):
        _update_row(article, span, before[span.number])
    for number, approved in sorted(approvals.items()):
        publications.add(article, after[number], approved, by=by, now=now)


def _update_row(article: Article, span: Span, before: Span) -> None:
    article.publications.filter(number=span.number).update(
        kind=span.kind,
        live_from=span.live_from,
        until=span.until,
        live_until=span.live_until,
        first_published=span.first_published,
    )
    if span.first_published != before.first_published:
        PublicationAuthor.objects.filter(
            publication__article=article, publication__number=span.number
        ).update(first_published=span.first_published)


def _approved(span: Span) -> Approved:
    """What a new number shows: a content just approved, or that of a row approved before."""
    if isinstance(span.content, Approved):
        return span.content
    return publications.approved_before(span.content)
