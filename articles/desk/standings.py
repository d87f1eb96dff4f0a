"""Where stories stand, for many at once."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from articles.models import Article, Publication, Record
from articles.rules.permissions import Verb
from articles.rules.states import Facts, Standing, state_of
from articles.rules.timing import Span

_SPAN_FIELDS = ("number", "kind", "live_from", "until", "live_until", "first_published")


def standings_of(stories: Iterable[Article], *, at: datetime) -> dict[int, Standing]:
    """Where each of these stories stands, by its id. Two queries."""
    stories = list(stories)
    rows = list(
        Publication.objects.filter(article__in=stories)
        .order_by("live_from")
        .only(*_SPAN_FIELDS, "article_id", "digest", "approved_at")
    )
    withdrawals = dict(
        Record.objects.filter(story__in=stories, verb=Verb.WITHDRAW)
        .order_by("at")
        .values_list("story_id", "at")
    )
    zone = timezone.get_current_timezone()
    return {
        story.pk: state_of(
            _facts(story, [row for row in rows if row.article_id == story.pk], withdrawals),
            at=at,
            zone=zone,
        )
        for story in stories
    }


def _facts(story: Article, rows: list[Publication], withdrawals: dict[int, datetime]) -> Facts:
    last = rows[-1] if rows else None
    withdrawn = withdrawals.get(story.pk)
    return Facts(
        stage=story.stage,
        spans=[
            Span(content=None, **{name: getattr(row, name) for name in _SPAN_FIELDS})
            for row in rows
        ],
        changed=last is not None and last.digest != story.digest,
        withdrawn=last is not None and withdrawn is not None and withdrawn >= last.approved_at,
    )
