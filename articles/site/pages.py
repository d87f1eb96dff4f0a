"""What an address of the site shows at a moment: functions of the address and of `at`, no clock.

The public views pass the clock's time, the desk's walk another moment, its preview a story that
nobody has published. Only the site's tables are read here, never a working copy.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db.models import BigIntegerField, DateTimeField, OuterRef, Subquery, Value
from django.db.models.functions import Cast
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from articles.models import Author, Category, FormerSlug, Publication, PublicationText
from articles.models.site import PublicationQuerySet
from articles.rules.content import ContentLink
from articles.rules.cursors import Cursor
from articles.rules.timing import TOLD, Kind
from articles.site import related, sharing
from articles.site.frame import Branch, Frame

TOP_STORIES = 5
STORIES_OF_SECTION = 5
PAGE_LENGTH = 20


@dataclass(frozen=True)
class Page:
    """A page as the template and what goes into it."""

    template: str
    context: dict[str, object]
    status: int = 200

    def html(self) -> str:
        """The page's bytes to be, in the paper's language whoever asks."""
        with translation.override(settings.LANGUAGE_CODE):
            return render_to_string(self.template, self.context)

    def with_banner(self, sentence: str, **more: object) -> "Page":
        """The same page, marked as one that readers do not get."""
        return replace(self, context=self.context | {"banner": sentence} | more)

    def alone(self) -> "Page":
        """The same story by itself: nothing for search engines, and no way on to other stories."""
        own = {"unlisted": True, "related": [], "same_section": []}
        return replace(self, context=self.context | own)


@dataclass(frozen=True)
class Moved:
    """The page has another address: root-relative."""

    address: str


class Block(NamedTuple):
    """A main section on the front page: its first card is the large one."""

    branch: Branch
    cards: list[Publication]


class Event(NamedTuple):
    """What became of a story after its first publication, as readers are told."""

    kind: str
    note: str
    live_from: datetime


class Byline(NamedTuple):
    """A name of the byline with its page, "" where it has none."""

    name: str
    address: str


def home(*, at: datetime) -> Page:
    """The front page: the newest story large, some more, then each main section. Three queries."""
    frame = Frame.load()
    live = Publication.objects.live(at=at).newest_first()
    newest, *by_section = related.lists(
        [
            live[: 2 * TOP_STORIES],
            *(live.in_section(b.section)[: TOP_STORIES + STORIES_OF_SECTION] for b in frame.tree),
        ],
        frame.sections,
    )
    top = _top_stories(newest, by_section)
    shown = {card.article_id for card in top}
    blocks = []
    for branch, cards in zip(frame.tree, by_section, strict=True):
        rest = [card for card in cards if card.article_id not in shown]
        if rest:
            blocks.append(Block(branch, rest[:STORIES_OF_SECTION]))
    context = {"site": frame, "at": at, "top": top, "blocks": blocks, "path": reverse("site:home")}
    return Page("site/home.html", context)


def _top_stories(
    newest: Sequence[Publication], by_section: Iterable[Sequence[Publication]]
) -> list[Publication]:
    """The newest story, and the next ones whose sections keep something to show below."""
    left = {cards[0].section.top.pk: len(cards) for cards in by_section if cards}
    top: list[Publication] = []
    for card in newest:
        main = card.section.top.pk
        if not top or (left[main] > 1 and len(top) < TOP_STORIES):
            left[main] -= 1
            top.append(card)
    return top


def section(slug: str, *, at: datetime, before: str | None = None) -> Page | Moved:
    """A section's stories, newest first, from a cursor on. Three queries.

    Raises Http404 for an unknown section or a cursor that is none.
    """
    frame = Frame.load()
    place = section_named(slug, frame)
    if place.slug != slug:
        return Moved(place.get_absolute_url())
    live = Publication.objects.live(at=at).in_section(place)
    context = {
        "site": frame,
        "section": place,
        "parts": frame.parts_of(place),
        "path": place.get_absolute_url(),
    }
    return Page("site/section.html", context | _listed(live, before, frame))


def section_named(slug: str, frame: Frame) -> Category:
    """The section that has this address, or had it before; then its slug is another one.

    One query where it is not an address of today. Raises Http404.
    """
    for place in frame.sections.values():
        if place.slug == slug:
            return place
    former = FormerSlug.objects.filter(slug=slug).first()
    if former is None:
        raise Http404
    return frame.sections[former.section_id]


def author(slug: str, *, at: datetime, before: str | None = None) -> Page:
    """What an author has on the site, newest first. Four queries.

    Raises Http404 also for an author of whom nothing is on the site.
    """
    frame = Frame.load()
    person = Author.objects.filter(slug=slug).first()
    live = Publication.objects.live(at=at).filter(author_rows__author=person)
    listed = _listed(live, before, frame) if person else {}
    if person is None or not (listed["cards"] or before):
        raise Http404
    context = {"site": frame, "author": person, "path": reverse("site:author", args=[slug])}
    return Page("site/author.html", context | listed)


def corrections(*, at: datetime, before: str | None = None) -> Page:
    """All that the paper has corrected, the newest first, of stories that are on the site.

    Three queries. Raises Http404 for a cursor that is none.
    """
    cursor = None if before is None else Cursor.read(before)
    if before is not None and cursor is None:
        raise Http404
    frame = Frame.load()
    live = Publication.objects.live(at=at).filter(article=OuterRef("article"))
    told = (
        Publication.objects.begun(at=at)
        .filter(kind__in=TOLD)
        .annotate(live=Subquery(live.values("pk")[:1]))
        .exclude(live=None)
    )
    if cursor:
        told = told.filter(cursor.rest("live_from", "pk"))
    rows = list(told.order_by("-live_from", "-pk")[: PAGE_LENGTH + 1])
    stories = Publication.objects.in_bulk({row.live for row in rows[:PAGE_LENGTH]})
    for story in stories.values():
        story.section = frame.sections[story.section_id]
    context = {
        "site": frame,
        "corrections": [(row, stories[row.live]) for row in rows[:PAGE_LENGTH]],
        "path": reverse("site:corrections"),
        "before": before,
        "older": str(Cursor(rows[-2].live_from, rows[-2].pk)) if len(rows) > PAGE_LENGTH else "",
    }
    return Page("site/corrections.html", context)


def _listed(live: PublicationQuerySet, before: str | None, frame: Frame) -> dict[str, object]:
    cursor = None if before is None else Cursor.read(before)
    if before is not None and cursor is None:
        raise Http404
    wanted = live.newest_first().before(cursor)[: PAGE_LENGTH + 1]
    [cards] = related.lists([wanted], frame.sections)
    more = len(cards) > PAGE_LENGTH
    cards = cards[:PAGE_LENGTH]
    return {
        "cards": cards,
        "before": before,
        "older": str(cards[-1].cursor) if more else "",
    }


def story(section: str, slug: str, pk: int, *, at: datetime) -> Page | Moved:
    """A story's page. Five queries, one less where nothing is linked.

    The id decides: another spelling of a live story's address has moved. Gone (410) is what was
    on the site before `at` and no longer is. Raises Http404 for everything else, a draft, a plan
    and an unknown id alike.
    """
    if pk > BigIntegerField.MAX_BIGINT:
        raise Http404
    publications = Publication.objects.filter(article_id=pk).newest_first()
    publication = publications.live(at=at).select_related("text", "section").first()
    if publication is None:
        if publications.begun(at=at).exists():
            return gone()
        raise Http404
    if (section, slug) != (publication.section.slug, publication.slug):
        return Moved(publication.get_absolute_url())
    authors, links, history = _hung_on(publication, at)
    return story_page(
        publication, publication.text, at=at, authors=authors, links=links, history=history
    )


def story_page(
    publication: Publication,
    text: PublicationText,
    *,
    at: datetime,
    authors: Sequence[Byline] = (),
    links: Sequence[ContentLink] = (),
    history: Sequence[Event] = (),
) -> Page:
    """A story's page as readers get it, with the cards under it. Three queries.

    publication, text: rows of the database, or unsaved ones (as the desk's preview makes them). authors, links: in
    order. history: the story's updates and corrections that have begun, in any order.
    """
    frame = Frame.load()
    section = frame.sections.get(publication.section_id)
    if section is not None:
        publication.section = section
    cards, newest = related.under_story(publication, section, links, frame.sections, at=at)
    path = publication.get_absolute_url() if section and publication.article_id else ""
    picture = text.social_picture
    context = {
        "site": frame,
        "story": publication,
        "section": section,
        "body_html": text.body_html,
        "byline": [*authors, *([Byline(publication.byline, "")] if publication.byline else [])],
        "updated": max((event.live_from for event in history), default=None),
        "corrections": sorted(
            (event for event in history if event.kind in TOLD),
            key=lambda event: event.live_from,
            reverse=True,
        ),
        "related": cards,
        "same_section": newest,
        "path": path,
        "picture": picture | {"url": absolute(picture["url"])} if picture else {},
        "player_hosts": " ".join(settings.EMBED_HOSTS),
        "share_links": sharing.share_links(absolute(path), publication.headline),
    }
    return Page("site/story.html", context | {"structured_data": _structured_data(context)})


def not_found() -> Page:
    """One page for everything that is not there, whatever the reason. Two queries."""
    return Page("404.html", {"site": Frame.load()}, status=404)


def gone() -> Page:
    """For a story that was on the site and no longer is. Two queries."""
    return Page("410.html", {"site": Frame.load()}, status=410)


def preview_closed() -> Page:
    """For a preview link that has expired or was revoked. Two queries."""
    return Page("site/preview_closed.html", {"site": Frame.load()}, status=410)


def absolute(path: str) -> str:
    """The full address of a root-relative one."""
    return settings.SITE_URL + path


def _structured_data(context: dict[str, object]) -> dict[str, object]:
    story, frame, section = context["story"], context["site"], context["section"]
    return sharing.structured_data(
        address=absolute(context["path"]),
        headline=story.headline,
        lede=story.lede,
        section=section.name if section else "",
        genre=str(story.get_genre_display()),
        picture=context["picture"].get("url", ""),
        authors=[(name, absolute(path) if path else "") for name, path in context["byline"]],
        published=story.first_published,
        modified=context["updated"] or story.first_published,
        language=settings.LANGUAGE_CODE,
        publisher=(frame.paper.name, absolute(reverse("site:home"))),
    )


def byline(name: str, slug: str) -> Byline:
    """An author's name with the address of their page."""
    return Byline(name, reverse("site:author", args=[slug]) if slug else "")


def _hung_on(
    publication: Publication, at: datetime
) -> tuple[list[Byline], list[ContentLink], list[Event]]:
    """A publication's byline and links, and what readers were told of its story. One query."""
    nothing = Cast(Value(None), BigIntegerField())
    never = Cast(Value(None), DateTimeField())
    story = Publication.objects.begun(at=at).filter(article_id=publication.article_id)
    history = story.filter(kind__in=[Kind.UPDATE, *TOLD]).values_list(
        Value("event"), "number", "article_id", "kind", "note", "live_from"
    )
    links = publication.links.order_by().values_list(
        Value("link"), "position", "target_id", "title", "url", never
    )
    authors = publication.author_rows.order_by().values_list(
        Value("author"), "position", nothing, "author__name", "author__slug", never
    )
    found = {"event": [], "link": [], "author": []}
    rows = history.order_by().union(links, authors, all=True)
    for what, _position, target, first, second, moment in sorted(rows, key=lambda row: row[:2]):
        if what == "event":
            found[what].append(Event(first, second, moment))
        elif what == "link":
            found[what].append(ContentLink(target, second, first))
        else:
            found[what].append(byline(first, second))
    return found["author"], found["link"], found["event"]
