"""What people do with stories: each verb asks who may, changes the timeline, leaves a record.

The rules of time are articles.rules.timing's; here they meet the database. Each verb locks the story,
reads the clock, asks the pure function for a new timeline, writes the difference, and looks at the
clock once more before the commit: what was promised for a moment must not be late for it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import (
    Article,
    Publication,
)
from articles.publishing import access, compose, publications, rendering
from articles.publishing.changes import Change, Clock, lock, record, timeline_of
from articles.publishing.publications import Approved
from articles.rules import rights, timing
from articles.rules.content import Content, short_fields
from articles.rules.permissions import Stage, Verb
from articles.rules.refusals import StaleVersion, WorkflowError
from articles.rules.timing import INHERIT, Kind, Span, Timeline

__all__ = ["INHERIT", "StaleVersion", "WorkflowError", "record", "timeline_of"]


def publish(
    article: Article,
    *,
    by: access.User,
    at: datetime | None = None,
    until: datetime | None = INHERIT,
    kind: str = Kind.UPDATE,
    note: str = "",
    waiting: str = "cancel",
    rights_end: str = "refuse",
    clock: Clock = timezone.now,
) -> Publication:
    """Approve the working copy as it is saved: on the site at `at`, or in about three seconds.

    at: None is soon. until: the end; None is no end, INHERIT that of the publication before.
    kind: a story's first publication is "first" whatever is asked. note: to readers, such as a
    correction's. waiting: what becomes of changes that wait for later: "cancel", or "keep", which
    approves them anew. rights_end: what becomes of a story that shows a picture longer than its
    rights last: "refuse", "end" the story with them, or "leave_out" the picture from then on.
    clock: read twice. Raises WorkflowError, and then nothing has changed.
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
    compose.check_credits(content)
    approved = _approve(content, note.strip())
    resolve = _rights_resolved(approved, rights_end)

    def ask(timeline: Timeline, soon: datetime, chosen: datetime | None) -> Timeline:
        new = timing.publish(
            timeline, soon, approved, at=chosen, until=until, kind=kind, waiting=waiting
        )
        return resolve(new, soon)

    change = Change(Verb.PUBLISH, article, by, at, clock, ask, publishes=approved)
    timeline = change.make(details={"waiting": waiting})
    number = next(span.number for span in timeline.spans if span.content is approved)
    return Publication.objects.get(article=article, number=number)


def _approve(content: Content, note: str = "") -> Approved:
    return Approved(content, rendering.render(content), note)


def _rights_resolved(approved: Approved, choice: str) -> Callable[[Timeline, datetime], Timeline]:
    """What makes a timeline in which `approved` shows no picture longer than its rights last.

    What it would need to show is rendered now, before the story is locked.
    """
    ends = compose.rights_ends([picture.image_id for picture in approved.content.pictures])
    every = rights.outlived(ends, until=None)
    moments = sorted(set(every.values()))
    shown = {
        moment: _approve(
            compose.without_pictures(
                approved.content, {pk for pk, end in every.items() if end <= moment}
            )
        )
        for moment in (moments if choice == rights.LEAVE_OUT else [])
    }

    def resolve(timeline: Timeline, soon: datetime) -> Timeline:
        span = next(each for each in timeline.spans if each.content is approved)
        outlived = sorted(set(rights.outlived(ends, span.until).values()))
        # Rights that are over before it begins can't be helped by an end: _check_rights says so.
        if not outlived or choice == rights.REFUSE or outlived[0] <= span.live_from:
            return timeline
        if choice == rights.END:
            return timing.set_end(timeline, soon, span.number, until=outlived[0])
        return rights.leave_out(timeline, soon, span, outlived, shown.__getitem__)

    return resolve


def revise(
    article: Article,
    *,
    by: access.User,
    fix: Callable[[Content], Content],
    clock: Clock = timezone.now,
) -> Publication:
    """Publish what readers have with one thing changed, as a minor change in about three seconds.

    fix: applied to it, and to the changes that wait for later, which are approved anew. The working
    copy stays as it is. Raises WorkflowError, also where the story is not on the site then.
    """
    fixed = _fixed(article, by, fix, clock())
    unnoted = {pk: replace(approved, note="") for pk, approved in fixed.items()}

    def ask(timeline: Timeline, soon: datetime, _chosen: datetime | None) -> Timeline:
        span = timeline.live(soon)
        if span is None:
            raise WorkflowError(
                _("The story is not on the site at that moment, so there is nothing to change."),
                code="not_live",
            )
        with _known_content():
            return timing.publish(
                timeline, soon, unnoted[span.content], kind=Kind.MINOR, waiting="keep",
                fix=fixed.__getitem__,
            )  # fmt: skip

    timeline = Change(Verb.PUBLISH, article, by, None, clock, ask).make()
    used = next(span for span in timeline.spans if span.content in unnoted.values())
    return Publication.objects.get(article=article, number=used.number)


def revise_plan(
    publication: Publication,
    *,
    by: access.User,
    fix: Callable[[Content], Content],
    clock: Clock = timezone.now,
) -> Publication:
    """Change one thing of a publication that waits, and of those that wait after it.

    Each is approved anew and keeps its moment, end, kind and note; what readers have until then,
    and the working copy, stay as they are. Raises WorkflowError, also where it has begun.
    """
    article = publication.article
    fixed = _fixed(article, by, fix, clock())

    def ask(timeline: Timeline, soon: datetime, _chosen: datetime | None) -> Timeline:
        with _known_content():
            return timing.renew(timeline, soon, publication.number, fix=fixed.__getitem__)

    timeline = Change(Verb.PUBLISH, article, by, None, clock, ask).make()
    used = next(span for span in timeline.spans if span.content in fixed.values())
    return Publication.objects.get(article=article, number=used.number)


def leave_out_pictures(article: Article, *, by: access.User, clock: Clock = timezone.now) -> None:
    """Let a story go on, each of its pictures left out from the second at which its rights end.

    Raises WorkflowError, and then nothing has changed.
    """
    rows = _not_over(article, by, clock())
    ends: dict[int, dict[int, datetime]] = {}
    shown: dict[tuple[int, frozenset[int]], Approved] = {}
    for row in rows:
        content = publications.content_of(row)
        found = compose.rights_ends([picture.image_id for picture in content.pictures])
        ends[row.pk] = rights.outlived(found, until=None)
        for moment in set(ends[row.pk].values()):
            gone = _ended(ends[row.pk], moment)
            shown[row.pk, gone] = _approve(compose.without_pictures(content, gone), row.note)

    def ask(timeline: Timeline, soon: datetime, _chosen: datetime | None) -> Timeline:
        with _known_content():
            new = rights.go_on_without(
                timeline,
                soon,
                ends.__getitem__,
                lambda pk, moment: shown[pk, _ended(ends[pk], moment)],
            )
        return replace(new, spans=tuple(_without_borrowed_note(span) for span in new.spans))

    Change(Verb.PUBLISH, article, by, None, clock, ask).make(details={"rights": True})


def _without_borrowed_note(span: Span) -> Span:
    """A minor change made of a correction corrects nothing by itself."""
    if span.kind != Kind.MINOR or not isinstance(span.content, Approved):
        return span
    return replace(span, content=replace(span.content, note=""))


def _ended(ends: dict[int, datetime], moment: datetime) -> frozenset[int]:
    """The pictures whose rights have ended by a moment."""
    return frozenset(pk for pk, end in ends.items() if end <= moment)


def _fixed(
    article: Article, by: access.User, fix: Callable[[Content], Content], now: datetime
) -> dict[int, Approved]:
    """By its id, each publication that is not over, with the fix applied and rendered."""
    rows = _not_over(article, by, now)
    return {row.pk: _approve(fix(publications.content_of(row)), row.note) for row in rows}


def _not_over(article: Article, by: access.User, now: datetime) -> QuerySet[Publication]:
    """What readers have of the story, and what waits, for somebody who may publish it anew."""
    access.require(by, Verb.PUBLISH, article)
    return article.publications.select_related("text").exclude(live_until__lte=now)


@contextmanager
def _known_content() -> Iterator[None]:
    """What came into the timeline after the fix was made is not published unseen."""
    try:
        yield
    except KeyError as error:
        raise StaleVersion(
            _("Somebody published this story a moment ago. Look at it again, then try again."),
            code="stale_version",
        ) from error


def move(
    publication: Publication, *, by: access.User, at: datetime, clock: Clock = timezone.now
) -> Publication:
    """Let a publication that waits begin at another moment."""

    def ask(timeline: Timeline, soon: datetime, chosen: datetime | None) -> Timeline:
        return timing.move(timeline, soon, publication.number, at=chosen)

    change = Change(Verb.MOVE, publication.article, by, at, clock, ask)
    change.make(number=publication.number)
    publication.refresh_from_db()
    return publication


def cancel(publication: Publication, *, by: access.User, clock: Clock = timezone.now) -> None:
    """Take back a publication that waits: its row goes, the record keeps that it was."""

    def ask(timeline: Timeline, soon: datetime, chosen: datetime | None) -> Timeline:
        return timing.cancel(timeline, soon, publication.number)

    Change(Verb.CANCEL, publication.article, by, None, clock, ask).make(
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

    Change(Verb.SET_END, publication.article, by, until, clock, ask).make(
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

    Change(Verb.WITHDRAW, article, by, at, clock, ask).make(
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
    timeline = Change(Verb.BRING_BACK, article, by, at, clock, ask).make()
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


def duplicate(article: Article, *, by: access.User, clock: Clock = timezone.now) -> Article:
    """Make a draft of their own with the story's words, byline, pictures and links; the new story.

    Raises WorkflowError, and then there is none.
    """
    access.require(by, Verb.DUPLICATE, article)
    headline = _("%(headline)s (copy)") % {"headline": article.headline[:280]}
    copied = short_fields(article) | {"headline": headline, "slug": ""}
    made = Article(owner=by, body=article.body, **copied)
    with transaction.atomic():
        compose.save_story(
            made,
            by=by,
            authors=compose.byline_of(article),
            links=compose.links_of(article),
            clock=clock,
        )
        record(Verb.DUPLICATE, made, by=by, at=clock(), details={"of": article.pk})
    return made


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
        locked = lock(article)
        access.require(by, verb, locked)
        check(locked)
        locked.stage = stage.value
        locked.save(update_fields=["stage"])
        record(verb, locked, by=by, at=clock(), details={"note": note} if note else {})
    article.stage = stage.value
