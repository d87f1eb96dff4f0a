"""RSS 2.0 feeds of the newest stories: https://www.rssboard.org/rss-specification"""

import re
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed

from articles.models import Publication
from articles.models.site import PublicationQuerySet
from articles.site import pages, related
from articles.site.frame import Frame

LENGTH = 30
# What XML 1.0 cannot hold: https://www.w3.org/TR/xml/#charsets
_DATE = re.compile("<lastBuildDate>.*?</lastBuildDate>")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def site(*, at: datetime) -> str:
    """The newest stories of the whole paper. Three queries."""
    frame = Frame.load()
    live = Publication.objects.live(at=at)
    return _feed(frame, live, frame.paper.name, reverse("site:home"), reverse("site:feed"))


def section(slug: str, *, at: datetime) -> str | pages.Moved:
    """The newest stories of a section. Three queries. Raises Http404."""
    frame = Frame.load()
    place = pages.section_named(slug, frame)
    own = reverse("site:section_feed", args=[place.slug])
    if place.slug != slug:
        return pages.Moved(own)
    live = Publication.objects.live(at=at).in_section(place)
    title = f"{place.name} - {frame.paper.name}"
    return _feed(frame, live, title, place.get_absolute_url(), own)


def _feed(frame: Frame, live: PublicationQuerySet, title: str, page: str, own: str) -> str:
    [cards] = related.lists([live.newest_first()[:LENGTH]], frame.sections)
    feed = Rss201rev2Feed(
        title=_text(title),
        link=pages.absolute(page),
        description=_text(frame.paper.tagline or title),
        language=settings.LANGUAGE_CODE,
        feed_url=pages.absolute(own),
    )
    for card in cards:
        feed.add_item(
            title=_text(card.headline),
            link=pages.absolute(card.get_absolute_url()),
            description=_text(card.lede),
            # Stays when the headline, and with it the address, changes.
            unique_id=f"{settings.SITE_URL}/story/{card.article_id}",
            unique_id_is_permalink=False,
            pubdate=card.first_published,
            categories=[_text(card.section.name)],
        )
    text = feed.writeString("utf-8")
    # The date is the newest story's; where there is none, Django takes the clock's.
    return text if cards else _DATE.sub("", text)


def _text(text: str) -> str:
    return _NOT_XML.sub("", text)
