"""The names of articles.publishing.freezing and saving, for who still knows them by this one."""

from articles.publishing.freezing import (
    byline_of,
    check_credits,
    check_pictures,
    content_of,
    described,
    digest_of,
    image_ids,
    links_of,
    unfinished_content,
    without_pictures,
)
from articles.publishing.saving import save_story
from articles.rules.content import ContentLink
from media.library import rights_ends

__all__ = [
    "ContentLink",
    "byline_of",
    "check_credits",
    "check_pictures",
    "content_of",
    "described",
    "digest_of",
    "image_ids",
    "links_of",
    "rights_ends",
    "save_story",
    "unfinished_content",
    "without_pictures",
]
