"""A picture's words that have changed in the library, offered to what readers have or will have."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from articles.models import Article, Publication, PublicationPicture
from articles.publishing import access, compose, workflow
from articles.rules import timing
from articles.rules.content import Content, ContentPicture
from media.models import Image


@dataclass(frozen=True)
class Outdated:
    """A story that shows pictures, now or as planned, with other words or marks than the library.

    publication: the first that does. shown: those pictures as readers have or would have them.
    """

    publication: Publication
    shown: dict[int, ContentPicture]

    @property
    def article(self) -> Article:
        return self.publication.article


def outdated(image_ids: Collection[int], *, at: datetime) -> list[Outdated]:
    """The stories that show some of these pictures with old words, at `at` or later. Two queries.

    The words that count are alt text and credit, and the marks: what publishing freezes of them.
    """
    current = _current(image_ids)
    rows = (
        PublicationPicture.objects.filter(
            Q(publication__live_until=None) | Q(publication__live_until__gt=at), image__in=current
        )
        .select_related("publication__article")
        .order_by(
            "-publication__first_published",
            "-publication__article",
            "publication__number",
            "position",
        )
    )
    found: dict[int, Outdated] = {}
    for row in rows:
        if _shown(row) != current[row.image_id]:
            story = found.setdefault(
                row.publication.article_id, Outdated(row.publication, shown={})
            )
            story.shown.setdefault(row.image_id, _shown(row))
    return list(found.values())


def redescribe(
    found: Outdated, *, by: access.User, clock: Callable[[], datetime] = timezone.now
) -> Publication:
    """Give what readers have of a story, and what waits, the library's words for these pictures.

    What readers have gets them as a minor publication in about three seconds; what waits has them
    when it begins. Raises WorkflowError.
    """
    current = _current(found.shown)

    def fix(content: Content) -> Content:
        fixed = with_words(content, current)
        renewed = [picture for picture in fixed.pictures if picture.image_id in current]
        compose.check_credits(replace(fixed, pictures=tuple(renewed)))
        return fixed

    if found.publication.live_from >= timing.soon(clock()):
        return workflow.revise_plan(found.publication, by=by, fix=fix, clock=clock)
    return workflow.revise(found.article, by=by, fix=fix, clock=clock)


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
