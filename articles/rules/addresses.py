"""Slugs and addresses (pure)."""

import re
from urllib.parse import SplitResult, urlsplit

from media.text import fold

# Every word that an address of the site uses or will use, so that no section takes it.
RESERVED_SLUGS = frozenset(
    # fmt: off
    {
        "about",
        "admin",
        "api",
        "app",
        "author",
        "contact",
        "corrections",
        "day",
        "embed",
        "feed",
        "healthz",
        "login",
        "logout",
        "media",
        "most-read",
        "news-sitemap",
        "newsletter",
        "preview",
        "print",
        "readyz",
        "robots",
        "search",
        "sitemap",
        "static",
        "stories",
        "story",
        "subscriptions",
        "tag",
        "tags",
        "topic",
        "topics",
        "uploads",
        "well-known",
    }
    # fmt: on
)


def slug_of(text: str, *, fallback: str = "tin", length: int = 80) -> str:
    """An address made of a headline or name: ASCII letters, digits and single hyphens.

    Vietnamese marks are folded (đ becomes d). Cut at a word's end so that it has at most `length`
    characters; `fallback` where nothing is left.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    if len(slug) > length:
        slug = slug[: length + 1].rpartition("-")[0] or slug[:length]
    return slug or fallback


def settled(slug: str) -> str:
    """An address that somebody typed, as it is kept: in lower case, with no hyphens at its ends."""
    return slug.lower().strip("-_")


def is_reserved(slug: str) -> bool:
    """Does the site itself use this word, in whatever case?"""
    return slug.lower() in RESERVED_SLUGS


_STORY_PATH = re.compile(r"/([^/]+)/(?:[^/]*-)?([0-9]{1,18})/?")
_USUAL_PORTS = {None, 80, 443}


def own_path(address: str, site: str) -> str | None:
    """The path of an address within the site whose full address is `site`; None for one elsewhere.

    As people paste it: with or without scheme and host, http or https, with or without "www.", with
    a query and a fragment.
    """
    try:
        parts, ours = urlsplit(address.strip()), urlsplit(site)
        is_own = not parts.netloc or _host(parts) == _host(ours)
    except ValueError:
        return None
    return parts.path if is_own and parts.scheme in {"", "http", "https"} else None


def _host(parts: SplitResult) -> tuple[str, int | None]:
    port = None if parts.port in _USUAL_PORTS else parts.port
    return (parts.hostname or "").removeprefix("www."), port


def story_id_of(path: str) -> int | None:
    """The story's id in the path of a story's address, /<section>/<slug>-<id>/; None in any other.

    The last slash may be missing.
    """
    found = _STORY_PATH.fullmatch(path)
    return int(found[2]) if found and not is_reserved(found[1]) else None
