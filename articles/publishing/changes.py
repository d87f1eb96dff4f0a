"""One change of a story by one person: locked, planned again, written with its record, checked.

The plan says what happens (articles.publishing.plans); here it meets the database and the clock.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article, PublicationAuthor, Record
from articles.publishing import (
    access,
    freezing,
    history,
    plans,
    publications,
    rendering,
    saving,
)
from articles.publishing.asks import Ask
from articles.publishing.plans import Plan
from articles.publishing.publications import Approved
from articles.publishing.standing import Contents, Story, Text
from articles.rules import timing
from articles.rules.refusals import StaleVersion, WorkflowError
from articles.rules.timing import Span
from media.models import Image

Clock = Callable[[], datetime]
# A commit may take this long after the last look at the clock.
COMMIT_MARGIN = timedelta(seconds=1)
ATTEMPTS = 5
# How many of a person's records are looked through for one press.
REMEMBERED = 20


class AskedAgain(WorkflowError):
    """What was confirmed is not what would happen now. plan: what would."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(
            _("Something has changed since you read what would happen, so nothing was done."),
            code="changed",
        )
        self.plan = plan


class DoneAlready(Exception):
    """This very press of a button has been carried out: a second one of it does nothing."""


class _TooLate(Exception):
    """The commit would come after a moment that it changes."""


class _Unready(Exception):
    """The plan writes texts that are not rendered yet."""

    def __init__(self, texts: list[Text]) -> None:
        super().__init__()
        self.texts = texts


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
        by_name=access.name_of(by),
        details=details or {},
    )


def carry_out(
    ask: Ask,
    article: Article,
    *,
    by: access.User,
    clock: Clock,
    confirmed: str = "",
    press: str = "",
    contents: Contents | None = None,
) -> Plan:
    """Do what was asked, and give the plan as it was carried out.

    article: as it was read. confirmed: the mark of the plan that somebody has read; no other is
    carried out. Without one, the ask is laid upon the story as it stands now; only a text that was
    saved since `article` was read is refused. press: a word for one press of a button, which is
    carried out once. clock: read after locking and before the commit, in each attempt. contents:
    what is at hand of the story's. Raises WorkflowError, and then nothing has changed: AskedAgain
    where the plan is another one now; and DoneAlready for a second press.
    """
    access.require(by, ask.verb, article)
    contents = contents or Contents()
    rendered: dict[str, rendering.Rendered] = {}
    _render(ask.foreseen(Story(article, by, clock, contents)), rendered)
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic(durable=ask.for_readers):
                locked = lock(article)
                if press and was_pressed(by, press, locked):
                    raise DoneAlready
                plan = _planned_under_lock(ask, locked, by, clock, contents)
                _require_the_same(plan, article, confirmed)
                _write(plan, rendered, press)
                if not timing.agree(plan.before, plan.after, until=clock() + COMMIT_MARGIN):
                    raise _TooLate
                return plan
        except _TooLate:
            if ask.chosen is not None:
                break
        except _Unready as unready:
            _render(unready.texts, rendered)
    raise WorkflowError(
        _("That moment came before the change could be saved. Choose a later one."),
        code="too_late",
    )


def _render(texts: Iterable[Text], rendered: dict[str, rendering.Rendered]) -> None:
    """Render these texts: outside of a transaction, since it takes a while."""
    for text in texts:
        if text.digest not in rendered:
            rendered[text.digest] = rendering.render(text.content)


def _planned_under_lock(
    ask: Ask, article: Article, by: access.User, clock: Clock, contents: Contents
) -> Plan:
    """The plan for the locked story, resting on pictures that are locked as well."""
    now = clock()
    plan = plans.make(ask, article, by=by, now=now, contents=contents)
    # By their ids, always, so that no two of us wait for each other.
    rows = Image.objects.select_for_update().filter(pk__in=plan.images).order_by("pk")
    images = {image.pk: image for image in rows}
    if plans.rested_on(images) == plans.rested_on(plan.images):
        return plan
    return plans.make(ask, article, by=by, now=now, contents=contents, images=images)


def _require_the_same(plan: Plan, article: Article, confirmed: str) -> None:
    if confirmed and plan.seen != confirmed:
        raise AskedAgain(plan)
    if not confirmed and plan.ask.reads_text and plan.version != article.version:
        raise StaleVersion


def _write(plan: Plan, rendered: dict[str, rendering.Rendered], press: str) -> None:
    texts = [text for text in plan.written if text.digest not in rendered]
    if texts:
        raise _Unready(texts)
    _write_difference(plan, rendered)
    if plan.copy:
        saving.save_content(plan.article, plan.copy, by=plan.by, now=plan.now)
    _write_article(plan)
    if plan.ask.reads_text and not plan.copy:
        history.mark(plan.article, plan.ask.verb)
    _write_record(plan, press)


def was_pressed(by: access.User, press: str, article: Article | None = None) -> bool:
    """Has this person done something by this very press of a button? article: to this story."""
    recent = Record.objects.filter(by=by.pk, **({"story": article.pk} if article else {}))
    details = recent.order_by("-pk").values_list("details", flat=True)
    return any(each.get("press") == press for each in details[:REMEMBERED])


def lock(article: Article) -> Article:
    """The story's row, locked to the end of the transaction (SQLite's IMMEDIATE lock does it there)."""
    locked = Article.objects.select_for_update(of=("self",)).filter(pk=article.pk).first()
    if locked is None:
        raise WorkflowError(_("This story has been deleted."), code="gone")
    return locked


def _write_article(plan: Plan) -> None:
    article = plan.article
    article.last_number, article.stage = plan.after.last_number, plan.stage
    fields = ["last_number", "stage"]
    if plan.written:
        # What the library says of its pictures is a part of it, and may be newer than its last save.
        article.digest = (
            plan.new[0].content.digest if plan.ask.approves_copy else freezing.digest_of(article)
        )
        fields.append("digest")
    article.save(update_fields=fields)


def _write_record(plan: Plan, press: str) -> None:
    first_new = next(iter(plan.new), None)
    begins = first_new.live_from if first_new else plan.ask.chosen
    is_later = begins is not None and begins > plan.soon and "until" not in plan.details
    cancelled = sorted(
        {span.number for span in plan.before.spans} - {span.number for span in plan.after.spans}
    )
    record(
        plan.ask.verb,
        plan.article,
        by=plan.by,
        at=plan.now,
        number=plan.ask.number or (first_new and first_new.number),
        details=dict(plan.details)
        | ({"kind": first_new.kind} if first_new else {})
        | ({"at": begins.isoformat()} if is_later else {})
        | ({"cancelled": cancelled} if cancelled else {})
        | ({"press": press} if press else {}),
    )


def _write_difference(plan: Plan, rendered: dict[str, rendering.Rendered]) -> None:
    """Write what differs: close and delete first, reopen and add last, row by row.

    The database allows one open end for each story, and no two spans that overlap.
    """
    before = {span.number: span for span in plan.before.spans}
    after = {span.number: span for span in plan.after.spans}
    # Read before their rows go.
    approvals = {span.number: _approved(plan, span.content, rendered) for span in plan.new}
    gone = before.keys() - after.keys()
    if gone:
        plan.article.publications.filter(number__in=gone).delete()
    changed = [s for s in plan.after.spans if s.number in before and s != before[s.number]]
    for span in sorted(changed, key=lambda span: span.live_until is None):
        _update_row(plan.article, span, before[span.number])
    for number, approved in sorted(approvals.items()):
        publications.add(plan.article, after[number], approved)


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


def _approved(plan: Plan, text: Text, rendered: dict[str, rendering.Rendered]) -> Approved:
    """What a new number shows: a content just approved, or that of a row approved before."""
    if text.content is not None:
        return Approved(text.content, rendered[text.digest], plan.by.pk, plan.now, text.note)
    before = publications.approved_before(text.row)
    if plan.ask.approves_kept:
        return replace(before, by=plan.by.pk, at=plan.now)
    return before
