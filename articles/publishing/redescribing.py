"""A picture's words that have changed in the library, offered to what readers have or will have."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from articles.models import Article, Publication, PublicationPicture
from articles.publishing import freezing
from articles.publishing.asks import Ask, Revise, RevisePlan
from articles.publishing.picture_rights import mark_of
from articles.rules.content import Content, ContentPicture
from media.models import Image


@dataclass(frozen=True)
class Outdated:
    """A story that shows pictures, now or as planned, with other words or marks than the library.

    publication: the first that does. shown: those pictures as readers have or would have them.
    wanted: the same as the library describes them.
    """

    publication: Publication
    shown: dict[int, ContentPicture]
    wanted: dict[int, ContentPicture]

    @property
    def article(self) -> Article:
        return self.publication.article

    @property
    def publications(self) -> list[Publication]:
        return [self.publication]

    @property
    def mark(self) -> str:
        """The same for what reads the same on a page that offers to change it."""
        return mark_of(self.publications, [*self.shown.values(), *self.wanted.values()])


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
        if _as_shown(row) != current[row.image_id]:
            story = found.setdefault(
                row.publication.article_id, Outdated(row.publication, shown={}, wanted={})
            )
            story.shown.setdefault(row.image_id, _as_shown(row))
            story.wanted[row.image_id] = current[row.image_id]
    return list(found.values())


def ask_for(found: Outdated, *, soon: datetime) -> Ask:
    """What gives the story the library's words for these pictures.

    What readers have gets them as a minor publication in about three seconds; what waits has them
    when it begins.
    """

    def fix(content: Content) -> Content:
        fixed = with_words(content, found.wanted)
        renewed = [picture for picture in fixed.pictures if picture.image_id in found.wanted]
        freezing.check_credits(replace(fixed, pictures=tuple(renewed)))
        return fixed

    if found.publication.live_from >= soon:
        return RevisePlan(fix=fix, number=found.publication.number)
    return Revise(fix=fix)


def with_words(content: Content, pictures: Mapping[int, ContentPicture]) -> Content:
    """The content with these pictures described anew, where it has them (pure)."""
    return replace(
        content, pictures=tuple(pictures.get(each.image_id, each) for each in content.pictures)
    )


def _current(image_ids: Iterable[int]) -> dict[int, ContentPicture]:
    images = Image.objects.filter(pk__in=image_ids)
    return {image.pk: freezing.described(image) for image in images}


def _as_shown(row: PublicationPicture) -> ContentPicture:
    return ContentPicture(row.image_id, row.alt_text, row.credit, row.illustrative, row.ai)
