"""Pictures whose rights end while stories show them: which, who must know, and what is refused."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Article, Publication, PublicationPicture
from articles.rules import rights
from articles.rules.refusals import WorkflowError
from media import library
from media.models import Image

# So long before the rights of a picture end, the desk speaks of it.
WARNING = timedelta(days=7)


@dataclass(frozen=True)
class Outliving:
    """A story that shows a picture, now or as planned, after its rights have ended.

    publications: those that do, in the order in which they live. ends: by picture, when the rights
    of each of their pictures end that they outlive: of the one at hand, and of others.
    """

    article: Article
    publications: list[Publication]
    ends: dict[int, datetime]

    @cached_property
    def end(self) -> datetime:
        """The second at which the story must have left the site, or go on without the pictures."""
        return min(self.ends.values())

    @property
    def mark(self) -> str:
        """The same for what reads the same on a page that offers to change it."""
        return mark_of(self.publications, sorted(self.ends.items()))

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(publication.number for publication in self.publications)

    @property
    def begins_too_late(self) -> bool:
        """Does it begin after the end only, so that it can never show the pictures?"""
        return self.publications[0].live_from >= self.end


def mark_of(publications: Sequence[Publication], other: Sequence[object]) -> str:
    """A digest of what these publications show, when, and of other facts."""
    rows = [(p.pk, p.digest, p.live_from, p.until, p.live_until) for p in publications]
    text = json.dumps([rows, other], default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Ending:
    """A picture whose rights end soon or have ended, with what shows it.

    shown: publications on the site or planned. outlives: the ids of the stories among them that
    would show it longer than its rights last.
    """

    image: Image
    shown: list[Publication]
    outlives: frozenset[int]


def ended(ends: Mapping[int, datetime], moment: datetime) -> frozenset[int]:
    """The pictures whose rights have ended by a moment."""
    return frozenset(pk for pk, end in ends.items() if end <= moment)


def refusal(outlived: Mapping[int, datetime], *, field: str) -> WorkflowError:
    """Why a story may not show these pictures after their rights have ended. One query."""
    images = Image.objects.in_bulk(outlived)
    named = ", ".join(
        f"“{images[pk]}” ({date_format(timezone.localtime(end), 'H:i, j/n/Y')})"
        for pk, end in outlived.items()
    )
    sentence = _(
        "The usage rights of these pictures end while the story would show them: "
        "%(pictures)s. Let the story expire then, or go on without the pictures."
    ) % {"pictures": named}
    return WorkflowError(sentence, code="rights_end", field=field, image_ids=list(outlived))


def ending(*, at: datetime) -> list[Ending]:
    """The pictures whose rights end within a week or have ended, and that stories show or will.

    The first to end first. One query.
    """
    rows = (
        PublicationPicture.objects.filter(
            Q(publication__live_until=None) | Q(publication__live_until__gt=at),
            image__rights_until__lte=at + WARNING,
        )
        .select_related("image", "publication__article")
        .order_by("image__rights_until", "image", "publication__live_from")
    )
    shown: dict[Image, list[Publication]] = {}
    for row in rows:
        shown.setdefault(row.image, []).append(row.publication)
    return [
        Ending(
            image=image,
            shown=publications,
            outlives=frozenset(
                each.article_id for each in publications if _outlives(image.rights_until, each)
            ),
        )
        for image, publications in shown.items()
    ]


def outliving(image: Image, *, at: datetime) -> list[Outliving]:
    """The stories that show this picture after its rights have ended, from `at` on.

    The one that meets the end first stands first. Two queries, and one for each story.
    """
    if image.rights_until is None:
        return []
    rows = (
        Publication.objects.filter(
            Q(live_until=None) | Q(live_until__gt=at),
            pk__in=PublicationPicture.objects.filter(image=image).values("publication"),
        )
        .select_related("article")
        .order_by("live_from")
    )
    stories: dict[Article, list[Publication]] = {}
    for row in rows:
        if _outlives(image.rights_until, row):
            stories.setdefault(row.article, []).append(row)
    return [Outliving(story, rows, _ends(rows)) for story, rows in stories.items()]


def _outlives(rights_until: datetime, publication: Publication) -> bool:
    return bool(rights.outlived({0: rights_until}, publication.live_until))


def _ends(publications: list[Publication]) -> dict[int, datetime]:
    """Each picture whose rights these outlive: if an end is set for one, it must fit them all."""
    ends: dict[int, datetime] = {}
    for publication in publications:
        ids = publication.pictures.values_list("image_id", flat=True)
        ends |= rights.outlived(library.rights_ends(ids), publication.until)
    return ends
