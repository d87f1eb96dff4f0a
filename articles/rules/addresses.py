"""Slugs and addresses (pure)."""

import re

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
        "embed",
        "feed",
        "healthz",
        "login",
        "logout",
        "media",
        "news-sitemap",
        "newsletter",
        "preview",
        "print",
        "robots",
        "search",
        "sitemap",
        "static",
        "stories",
        "story",
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


STORY_PATH = re.compile(r"/[a-z0-9-]+/(?:[a-z0-9-]*-)?([0-9]{1,18})/?")


def story_id_of(path: str) -> int | None:
    """The story's id in the path of a story's address, /<section>/<slug>-<id>/; None in any other."""
    found = STORY_PATH.fullmatch(path)
    return int(found[1]) if found else None
