"""A picture's words that have changed in the library, offered to the stories on the site."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from articles import access, compose, workflow
from articles.content import Content, ContentPicture
from articles.models import Article, Publication, PublicationPicture
from media.models import Image


@dataclass(frozen=True)
class Outdated:
    """A story on the site that shows pictures with other words or marks than the library has.

    headline: what readers have. shown: those pictures as readers have them, by id.
    """

    article: Article
    headline: str
    shown: dict[int, ContentPicture]


def outdated(image_ids: Collection[int], *, at: datetime) -> list[Outdated]:
    """The stories on the site at `at` that show some of these pictures with old words. Two queries.

    The words that count are alt text and credit, and the marks: what publishing freezes of them.
    """
    current = _current(image_ids)
    rows = (
        PublicationPicture.objects.filter(
            image__in=current, publication__in=Publication.objects.live(at=at)
        )
        .select_related("publication__article")
        .order_by("-publication__first_published", "-publication__article", "position")
    )
    old: dict[int, list[PublicationPicture]] = {}
    for row in rows:
        if _shown(row) != current[row.image_id]:
            old.setdefault(row.publication_id, []).append(row)
    return [
        Outdated(
            article=rows[0].publication.article,
            headline=rows[0].publication.headline,
            shown={row.image_id: _shown(row) for row in rows},
        )
        for rows in old.values()
    ]


def redescribe(
    article: Article,
    image_ids: Collection[int],
    *,
    by: access.User,
    clock: Callable[[], datetime] = timezone.now,
) -> Publication:
    """Give what readers have of a story, and what waits, the library's words for these pictures.

    It is published as a minor change, in about three seconds. Raises WorkflowError.
    """
    current = _current(image_ids)

    def fix(content: Content) -> Content:
        fixed = with_words(content, current)
        renewed = [picture for picture in fixed.pictures if picture.image_id in current]
        compose.check_credits(replace(fixed, pictures=tuple(renewed)))
        return fixed

    return workflow.revise(article, by=by, fix=fix, clock=clock)


def with_words(content: Content, pictures: Mapping[int, ContentPicture]) -> Content:
    """The content with these pictures described anew, where it has them (pure)."""
    return replace(
        content, pictures=tuple(pictures.get(each.image_id, each) for each in content.pictures)
    )


def _current(image_ids: Iterable[int]) -> dict[int, ContentPicture]:
    images = Image.objects.filter(pk__in=image_ids)
    return {image.pk: compose.described(image) for image in images}


def _shown(row: PublicationPicture) -> ContentPicture:
    return ContentPicture(row.image_id, row.alt_text, row.credit, row.illustrative, row.ai)
