"""The sitemap, cut by month so that each part stays small: https://www.sitemaps.org/protocol.html"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

from django.http import Http404
from django.urls import reverse

from articles.models import Publication
from articles.site import pages
from articles.site.frame import Frame

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# The protocol's bound for one file.
_MOST = 50_000


def index(*, at: datetime) -> str:
    """The list of the parts: the sections, then each month that has stories. One query a month."""
    parts = ["sections", *(f"{month:%Y-%m}" for month in _months(at))]
    addresses = (reverse("site:sitemap_part", args=[part]) for part in parts)
    entries = (f"<sitemap><loc>{_loc(address)}</loc></sitemap>" for address in addresses)
    return _document("sitemapindex", entries)


def part(name: str, *, at: datetime) -> str:
    """One part: "sections", or the stories first published in a month, "2026-11" (UTC).

    Three queries. Raises Http404 for anything else, and for a month without stories.
    """
    if name == "sections":
        tree = [
            section for branch in Frame.load().tree for section in (branch.section, *branch.parts)
        ]
        addresses = [reverse("site:home"), *(section.get_absolute_url() for section in tree)]
        return _document("urlset", (f"<url><loc>{_loc(a)}</loc></url>" for a in addresses))
    entries = list(_stories(*_month_named(name), at))
    if not entries:
        raise Http404
    return _document("urlset", entries)


def robots() -> str:
    """What crawlers may read, and where the sitemap is: https://www.rfc-editor.org/rfc/rfc9309"""
    sitemap = pages.absolute(reverse("site:sitemap"))
    return f"User-agent: *\nDisallow: /admin/\n\nSitemap: {sitemap}\n"


def _months(at: datetime) -> Iterator[datetime]:
    """The first moments of the months with stories, newest first."""
    live = Publication.objects.live(at=at).order_by("-first_published")
    dates = live.values_list("first_published", flat=True)
    newest = dates.first()
    while newest:
        month = newest.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        yield month
        newest = dates.filter(first_published__lt=month).first()


def _month_named(name: str) -> tuple[datetime, datetime]:
    """The first moments of the month and of the next. Raises Http404."""
    try:
        month = datetime.strptime(name, "%Y-%m").replace(tzinfo=UTC)
        following = (month + timedelta(days=31)).replace(day=1)
    except (ValueError, OverflowError):
        raise Http404 from None
    if f"{month:%Y-%m}" != name:
        raise Http404
    return month, following


def _stories(start: datetime, end: datetime, at: datetime) -> Iterator[str]:
    sections = Frame.load().sections
    rows = Publication.objects.live(at=at).filter(
        first_published__gte=start, first_published__lt=end
    )
    rows = rows.newest_first().only("article_id", "section_id", "slug", "live_from")[:_MOST]
    for publication in rows.iterator(chunk_size=2000):
        publication.section = sections[publication.section_id]
        address = _loc(publication.get_absolute_url())
        changed = publication.live_from.isoformat(timespec="seconds")
        yield f"<url><loc>{address}</loc><lastmod>{changed}</lastmod></url>"


def _loc(address: str) -> str:
    return escape(pages.absolute(address))


def _document(root: str, entries: Iterable[str]) -> str:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n'
    return head + "\n".join(entries) + f"\n</{root}>\n"
