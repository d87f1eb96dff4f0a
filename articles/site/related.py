"""Lists of cards: several in one query, and what stands under a story."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from django.core.exceptions import EmptyResultSet
from django.db import connections

from articles.models import Category, Publication
from articles.models.site import PublicationQuerySet
from articles.rules.content import ContentLink

# What a card needs of a publication; long texts stay where they are.
CARD_FIELDS = (
    "article_id",
    "section_id",
    "headline",
    "slug",
    "lede",
    "genre",
    "first_published",
    "card_picture_html",
)
SAME_SECTION = 6


class OutsideLink(NamedTuple):
    """A related link that leads to another site."""

    title: str
    url: str

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""


def lists(
    wanted: Sequence[PublicationQuerySet], sections: dict[int, Category]
) -> list[list[Publication]]:
    """The cards of each of these querysets, newest first, all in one query.

    sections: all of them, by id; each publication gets its own. The querysets may be cut to a
    length. One statement, because a page's number of queries must not grow with its sections;
    Django's own union() of cut querysets fails on SQLite.
    """
    found: list[list[Publication]] = [[] for _queryset in wanted]
    parts, params = [], []
    for number, queryset in enumerate(wanted):
        try:
            sql, values = _select(queryset)
        except EmptyResultSet:
            continue
        # The SQL is Django's own, its values are parameters.
        parts.append(f"SELECT {number:d} AS list, p{number:d}.* FROM ({sql}) p{number:d}")  # noqa: S608
        params += values
    if parts:
        for publication in Publication.objects.raw(" UNION ALL ".join(parts), params):
            publication.section = sections[publication.section_id]
            found[publication.list].append(publication)
    for cards in found:
        cards.sort(key=lambda card: card.cursor, reverse=True)
    return found


def _select(queryset: PublicationQuerySet) -> tuple[str, Iterable[object]]:
    query = queryset.only(*CARD_FIELDS).query
    return query.get_compiler(connection=connections[queryset.db]).as_sql()


def under_story(
    publication: Publication,
    section: Category | None,
    links: Sequence[ContentLink],
    sections: dict[int, Category],
    *,
    at: datetime,
) -> tuple[list[Publication | OutsideLink], list[Publication]]:
    """The editor's own related links, and the newest of the story's section. One query.

    A link to a story that is not on the site at the moment `at` is left out, and is there again
    when the story is. Where the section has too few stories its main section fills the list up.
    """
    live = Publication.objects.live(at=at)
    targets = [link.target_id for link in links if link.target_id is not None]
    wanted = [live.filter(article_id__in=targets).newest_first()]
    for place in dict.fromkeys([section, section.top]) if section else ():
        newest = live.in_section(place).newest_first()
        wanted.append(newest[: SAME_SECTION + 1])
    linked, *newest = lists(wanted, sections)
    by_story = {card.article_id: card for card in linked}
    related = [by_story.get(link.target_id) or _outside(link) for link in links]
    return [item for item in related if item], _same_section(publication, newest)


def _outside(link: ContentLink) -> OutsideLink | None:
    return OutsideLink(link.title, link.url) if link.url else None


def _same_section(
    publication: Publication, newest: Iterable[Sequence[Publication]]
) -> list[Publication]:
    """Each story once and never this one: those of its own section before those of the main one."""
    cards: dict[int, Publication] = {}
    for card in (card for cards in newest for card in cards):
        cards.setdefault(card.article_id, card)
    cards.pop(publication.article_id, None)
    return list(cards.values())[:SAME_SECTION]
