"""The verbs: what the desk can do with a story, and the only way to do it.

Each makes its plan (articles.publishing.plans) and has it carried out (articles.publishing.changes).
The desk's pages do the two apart, since a person reads the plan between them.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Publication
from articles.publishing import access, asks, freezing, redescribing, saving
from articles.publishing.asks import Ask, Fix
from articles.publishing.changes import (
    AskedAgain,
    Clock,
    DoneAlready,
    carry_out,
    lock,
    record,
    was_pressed,
)
from articles.publishing.picture_rights import Outliving
from articles.publishing.plans import Plan
from articles.publishing.redescribing import Outdated
from articles.publishing.standing import timeline_of
from articles.rules import rights
from articles.rules.content import short_fields
from articles.rules.permissions import Verb
from articles.rules.refusals import StaleVersion, WorkflowError
from articles.rules.timing import INHERIT, End, Kind, soon, whole_second

__all__ = [
    "INHERIT",
    "AskedAgain",
    "DoneAlready",
    "StaleVersion",
    "WorkflowError",
    "carry_out",
    "record",
    "timeline_of",
]


def publish(
    article: Article,
    *,
    by: access.User,
    at: datetime | None = None,
    until: datetime | None = INHERIT,
    kind: str = Kind.UPDATE,
    note: str = "",
    waiting: str = "cancel",
    rights_end: str = rights.REFUSE,
    clock: Clock = timezone.now,
) -> Publication:
    """Approve the working copy as it is saved: on the site at `at`, or in about three seconds.

    at: None is soon. until: the end; None is no end, INHERIT that of the publication before.
    kind: a story's first publication is "first" whatever is asked. note: to readers, such as a
    correction's. waiting: what becomes of changes that wait for later: "cancel", or "keep", which
    approves them anew. rights_end: what becomes of a story that shows a picture longer than its
    rights last: "refuse", "end" the story with them, or "leave_out" the picture from then on.
    clock: read before, after locking and before the commit. Raises WorkflowError, and then nothing
    has changed: StaleVersion where somebody has saved the story since `article` was read.
    """
    ask = asks.Publish(at, until, kind, note, waiting, rights_end)
    return _newest(article, _do(ask, article, by, clock))


def revise(
    article: Article,
    *,
    by: access.User,
    fix: Fix,
    kind: str | None = None,
    note: str | None = None,
    versions: Collection[int] | None = None,
    copy: bool = False,
    clock: Clock = timezone.now,
) -> Publication:
    """Publish what readers have with one thing changed, in about three seconds.

    fix: a function on a content, such as rules.changing.Change. kind: None for a minor change.
    note: to readers, with a correction. versions: the numbers of changes that wait for later and
    get the fix, too, approved anew; None for all. The others may get a new number and are else as
    they were. copy: the working copy gets it, too. Raises WorkflowError, also where the story is
    not on the site then; and then nothing has changed.
    """
    others = None if versions is None else frozenset(versions)
    ask = asks.Revise(fix=fix, versions=others, copy=copy, kind=kind, note=note)
    return _newest(article, _do(ask, article, by, clock))


def revise_plan(
    publication: Publication,
    *,
    by: access.User,
    fix: Fix,
    at: datetime | None = None,
    until: End = INHERIT,
    kind: str | None = None,
    note: str | None = None,
    versions: Collection[int] | None = None,
    copy: bool = False,
    clock: Clock = timezone.now,
) -> Publication:
    """Change one thing of a publication that waits.

    It is approved anew and keeps its moment, end, kind and note where no other is given. versions:
    the other publications that get the fix, what readers have among them; None for those that wait
    behind it. copy: see revise. Raises WorkflowError, also where it has begun.
    """
    others = None if versions is None else frozenset(versions)
    ask = asks.RevisePlan(
        fix=fix,
        number=publication.number,
        versions=others,
        copy=copy,
        kind=kind,
        note=note,
        at=at,
        until=until,
    )
    _do(ask, publication.article, by, clock)
    at = publication.live_from if at is None else at
    return Publication.objects.get(article=publication.article, live_from=whole_second(at))


def leave_out_pictures(article: Article, *, by: access.User, clock: Clock = timezone.now) -> None:
    """Let a story go on, each of its pictures left out from the second at which its rights end.

    Raises WorkflowError, and then nothing has changed.
    """
    _do(asks.GoOnWithout(), article, by, clock)


def end_with_rights(found: Outliving, *, by: access.User, clock: Clock = timezone.now) -> None:
    """Let the story leave the site when the first rights end, or soon where they have.

    Plans that begin later and show the pictures are taken back. Raises WorkflowError, and then
    nothing has changed.
    """
    _do(asks.EndWithRights(found.numbers, found.end), found.article, by, clock)


def redescribe(found: Outdated, *, by: access.User, clock: Clock = timezone.now) -> Publication:
    """Give what readers have of a story, and what waits, the library's words for its pictures.

    See redescribing.ask_for. Raises WorkflowError, and then nothing has changed.
    """
    ask = redescribing.ask_for(found, soon=soon(clock()))
    return _newest(found.article, _do(ask, found.article, by, clock))


def move(
    publication: Publication, *, by: access.User, at: datetime, clock: Clock = timezone.now
) -> Publication:
    """Let a publication that waits begin at another moment."""
    _do(asks.Move(publication.number, at), publication.article, by, clock)
    publication.refresh_from_db()
    return publication


def cancel(publication: Publication, *, by: access.User, clock: Clock = timezone.now) -> None:
    """Take back a publication that waits: its row goes, the record keeps that it was."""
    _do(asks.Cancel(publication.number), publication.article, by, clock)


def set_end(
    publication: Publication,
    *,
    by: access.User,
    until: datetime | None,
    clock: Clock = timezone.now,
) -> Publication:
    """Let a publication end at another moment; None takes its end away."""
    _do(asks.SetEnd(publication.number, until), publication.article, by, clock)
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
    _do(asks.Withdraw(at, keep_plans, note), article, by, clock)


def bring_back(
    article: Article,
    *,
    by: access.User,
    at: datetime | None = None,
    waiting: str = "cancel",
    clock: Clock = timezone.now,
) -> Publication:
    """Publish the newest content that readers have had once more, under the next number."""
    return _newest(article, _do(asks.BringBack(at, waiting), article, by, clock))


def submit(article: Article, *, by: access.User, clock: Clock = timezone.now) -> None:
    """Hand a draft to the editors. Raises WorkflowError where something they need is missing."""
    _do(asks.Submit(), article, by, clock)


def recall(article: Article, *, by: access.User, clock: Clock = timezone.now) -> None:
    """Make a story that waits for the editors its writer's draft again.

    Raises WorkflowError where somebody has saved it since it was handed in.
    """
    _do(asks.Recall(), article, by, clock)


def send_back(
    article: Article, *, by: access.User, note: str = "", clock: Clock = timezone.now
) -> None:
    """Make a story a draft again, so that its reporter can go on; the note tells them why."""
    _do(asks.SendBack(note), article, by, clock)


def duplicate(
    article: Article, *, by: access.User, clock: Clock = timezone.now, press: str = ""
) -> Article:
    """Make a draft of their own with the story's words, byline, pictures and links; the new story.

    press: see changes.carry_out. Raises WorkflowError, and then there is none.
    """
    with transaction.atomic():
        original = lock(article)
        access.require(by, Verb.DUPLICATE, original)
        if press and was_pressed(by, press):
            raise DoneAlready
        headline = _("%(headline)s (copy)") % {"headline": original.headline[:280]}
        copied = short_fields(original) | {"headline": headline, "slug": ""}
        made = Article(owner=by, body=original.body, **copied)
        saving.save_story(
            made,
            by=by,
            authors=freezing.byline_of(original),
            links=freezing.links_of(original),
            clock=clock,
        )
        details = {"of": original.pk} | ({"press": press} if press else {})
        record(Verb.DUPLICATE, made, by=by, at=clock(), details=details)
    return made


def _do(ask: Ask, article: Article, by: access.User, clock: Clock) -> Plan:
    """Carry out at once, for who asks without reading a page: on the story as it stands.

    Writes on the instance what was written of the row, and nothing else.
    """
    saved = Article.objects.filter(pk=article.pk).first()
    if saved is None:
        raise WorkflowError(_("This story has been deleted."), code="gone")
    if ask.reads_text and saved.version != article.version:
        raise StaleVersion
    done = carry_out(ask, saved, by=by, clock=clock)
    for name in ("last_number", "stage", "digest"):
        setattr(article, name, getattr(done.article, name))
    return done


def _newest(article: Article, plan: Plan) -> Publication:
    """The publication that the plan was made for, of those that it wrote."""
    return Publication.objects.get(article=article, number=plan.new[0].number)
