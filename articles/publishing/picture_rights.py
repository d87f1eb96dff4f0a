"""Pictures whose rights end while stories show them: who must know, and the two ways out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from articles.models import Article, Publication, PublicationPicture
from articles.publishing import access, compose
from articles.publishing.changes import Change
from articles.rules import rights
from articles.rules.permissions import Verb
from articles.rules.timing import Timeline
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
    def begins_too_late(self) -> bool:
        """Does it begin after the end only, so that it can never show the pictures?"""
        return self.publications[0].live_from >= self.end


@dataclass(frozen=True)
class Ending:
    """A picture whose rights end soon or have ended, with what shows it.

    shown: publications on the site or planned. outlives: the ids of the stories among them that
    would show it longer than its rights last.
    """

    image: Image
    shown: list[Publication]
    outlives: frozenset[int]


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


def end_story(
    story: Outliving, *, by: access.User, clock: Callable[[], datetime] = timezone.now
) -> None:
    """Let the story leave the site when the first rights end, or soon where they have. Plans that begin
    later and show the pictures are taken back.

    Raises WorkflowError, and then nothing has changed.
    """
    numbers = [publication.number for publication in story.publications]

    def ask(timeline: Timeline, soon: datetime, _chosen: datetime | None) -> Timeline:
        return rights.end_all(timeline, soon, numbers, story.end)

    change = Change(Verb.SET_END, story.article, by, None, clock, ask)
    change.make(number=numbers[0], details={"until": story.end.isoformat(), "rights": True})


def _outlives(rights_until: datetime, publication: Publication) -> bool:
    return bool(rights.outlived({0: rights_until}, publication.live_until))


def _ends(publications: list[Publication]) -> dict[int, datetime]:
    """Each picture whose rights these outlive: if an end is set for one, it must fit them all."""
    ends: dict[int, datetime] = {}
    for publication in publications:
        ids = publication.pictures.values_list("image_id", flat=True)
        ends |= rights.outlived(compose.rights_ends(ids), publication.until)
    return ends
