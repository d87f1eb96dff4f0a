"""One change of a story's timeline: locked, asked of the rules, written with its record, checked.

The rules of time are articles.rules.timing's; here they meet the database and the clock.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Article, PublicationAuthor, PublicationPicture, Record
from articles.publishing import access, compose, publications
from articles.publishing.publications import Approved
from articles.rules import rights, timing
from articles.rules.permissions import Stage, Verb
from articles.rules.refusals import StaleVersion, WorkflowError
from articles.rules.timing import Span, Timeline
from media.models import Image

Clock = Callable[[], datetime]
# A commit may take this long after the last look at the clock.
COMMIT_MARGIN = timedelta(seconds=1)
ATTEMPTS = 5


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
    """The story's publications as the value that articles.rules.timing works on. One query."""
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
class Change:
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
        article = lock(self.article)
        access.require(self.by, self.verb, article)
        if self.publishes and article.version != self.article.version:
            raise StaleVersion(
                _("Somebody saved this story a moment ago. Read it again, then publish."),
                code="stale_version",
            )
        now = self.clock()
        old = timeline_of(article)
        new = self.ask(old, timing.soon(now), chosen)
        _check_rights(old, new)
        _write_difference(article, old, new, by=self.by, now=now)
        article.last_number = new.last_number
        if self.publishes:
            article.stage = Stage.APPROVED.value
        article.digest = compose.digest_of(article)
        article.save(update_fields=["last_number", "stage", "digest"])
        known = {span.number for span in old.spans}
        first_new = next((span for span in new.spans if span.number not in known), None)
        gone = sorted(known - {span.number for span in new.spans})
        record(
            self.verb,
            article,
            by=self.by,
            at=now,
            number=number or (first_new and first_new.number),
            details=details
            | ({"kind": first_new.kind} if first_new else {})
            | ({"cancelled": gone} if gone else {}),
        )
        if not timing.agree(old, new, until=self.clock() + COMMIT_MARGIN):
            raise _TooLate
        return new


def _check_rights(old: Timeline, new: Timeline) -> None:
    """Raise WorkflowError where a new or longer span shows a picture after its rights have ended."""
    before = {span.number: span for span in old.spans}
    for span in new.spans:
        known = before.get(span.number)
        if known and timing.ends_by(span, known.until):
            # Also one that ends earlier, if not early enough: better late than not at all.
            continue
        ends = compose.rights_ends(_pictures(span))
        outlived = rights.outlived(ends, span.until)
        if outlived:
            raise rights_refusal(outlived, field="until")


def _pictures(span: Span) -> list[int]:
    if isinstance(span.content, Approved):
        return [picture.image_id for picture in span.content.content.pictures]
    rows = PublicationPicture.objects.filter(publication=span.content)
    return list(rows.values_list("image_id", flat=True))


def rights_refusal(outlived: dict[int, datetime], *, field: str) -> WorkflowError:
    """Why a story may not show these pictures after their rights have ended."""
    images = Image.objects.in_bulk(outlived)
    named = ", ".join(
        f"“{images[pk]}” ({date_format(timezone.localtime(end), 'H:i, j/n/Y')})"
        for pk, end in outlived.items()
    )
    sentence = _(
        "The rights of these pictures end while the story would show them: %(pictures)s. "
        "End the story then, or go on without the pictures."
    ) % {"pictures": named}
    return WorkflowError(sentence, code="rights_end", field=field, image_ids=list(outlived))


def lock(article: Article) -> Article:
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
