"""How a story looks where it is shared: share links, Open Graph, structured data (pure)."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote

from django.utils.translation import gettext as _


class ShareLink(NamedTuple):
    """A plain address that opens a service's own form with the story in it."""

    name: str
    label: str
    address: str


def share_links(address: str, headline: str) -> list[ShareLink]:
    """Where a reader can hand the story on, as plain links that need no script.

    address: the story's full address.
    """
    url, title = quote(address, safe=""), quote(headline, safe="")
    return [
        ShareLink("facebook", "Facebook", f"https://www.facebook.com/sharer/sharer.php?u={url}"),
        ShareLink("zalo", "Zalo", f"https://zalo.me/share?url={url}"),
        ShareLink("x", "X", f"https://x.com/intent/post?url={url}&text={title}"),
        ShareLink("email", _("E-mail"), f"mailto:?subject={title}&body={url}"),
    ]


def structured_data(
    *,
    address: str,
    headline: str,
    lede: str,
    section: str,
    genre: str,
    picture: str,
    authors: Sequence[tuple[str, str]],
    published: datetime,
    modified: datetime,
    language: str,
    publisher: tuple[str, str],
) -> dict[str, object]:
    """The story as schema.org's NewsArticle; the paper's mark is no part of it.

    All addresses are full; picture is "" where the story has none. authors: name and address of
    each, the address "" for a free byline. https://schema.org/NewsArticle
    """
    name, home = publisher
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": address,
        "url": address,
        "headline": headline,
        "description": lede,
        "articleSection": section,
        "genre": genre,
        "image": [picture] if picture else [],
        "author": [
            {"@type": "Person", "name": author} | ({"url": url} if url else {})
            for author, url in authors
        ]
        or [{"@type": "Organization", "name": name, "url": home}],
        "datePublished": published.isoformat(timespec="seconds"),
        "dateModified": modified.isoformat(timespec="seconds"),
        "inLanguage": language,
        "publisher": {"@type": "NewsMediaOrganization", "name": name, "url": home},
    }
    return {key: value for key, value in data.items() if value}
