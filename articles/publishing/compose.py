"""The names of articles.publishing.freezing and saving, for who still knows them by this one."""

from collections.abc import Collection

from articles.models import Article
from articles.publishing import access, freezing
from articles.publishing.freezing import (
    byline_of,
    check_credits,
    content_of,
    described,
    digest_of,
    links_of,
    unfinished_content,
)
from articles.publishing.saving import save_story
from articles.rules.content import Content, ContentLink
from articles.text import Body
from media.library import rights_ends

__all__ = [
    "ContentLink",
    "byline_of",
    "check_credits",
    "content_of",
    "described",
    "digest_of",
    "links_of",
    "rights_ends",
    "save_story",
    "unfinished_content",
]


def image_ids(article: Article) -> list[int]:
    return freezing.image_ids(Body.read(article.body), article.lead_image_id)


def check_pictures(article: Article, by: access.User) -> None:
    freezing.usable_pictures(article, image_ids(article), by)


def without_pictures(content: Content, image_ids: Collection[int]) -> Content:
    return content.without_pictures(image_ids)
