"""A story as a verb finds it: its timeline with what each publication shows, its text, its pictures."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from articles.models import Article, PublicationPicture
from articles.publishing import access, freezing, publications
from articles.rules import timing
from articles.rules.content import Content
from articles.rules.timing import Span, Timeline
from media.models import Image


@dataclass(frozen=True)
class Text:
    """What one publication shows, the content of a span.

    headline, digest: of its content. note: what readers are told of it. row: the id of the
    publication that shows it already; None for a content that is yet to be written.
    """

    headline: str
    digest: str
    note: str = ""
    row: int | None = None
    content: Content | None = None

    @classmethod
    def of(cls, content: Content, note: str = "") -> "Text":
        """A content yet to be written."""
        return cls(content.headline, content.digest(), note, content=content)


def timeline_of(article: Article) -> Timeline:
    """The story's publications as the value that articles.rules.timing works on. One query."""
    rows = list(article.publications.order_by("live_from"))
    return Timeline(
        spans=tuple(
            Span(
                number=row.number,
                content=Text(row.headline, row.digest, row.note, row.pk),
                kind=row.kind,
                live_from=row.live_from,
                until=row.until,
                live_until=row.live_until,
                first_published=row.first_published,
                asked=row.asked_kind,
            )
            for row in rows
        ),
        last_number=max([article.last_number, *(row.number for row in rows)]),
        imported=article.imported_first_published,
    )


class Contents:
    """The contents of one story, each made once: frozen ones do not change, and the working copy
    changes only with its version. What the library says of pictures is no part of that."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, object], Content] = {}

    def of(self, text: Text) -> Content:
        """What a publication shows. Five queries at first."""
        return text.content or self._once("row", text.row, lambda: publications.frozen(text.row))

    def working_copy(self, article: Article, by: access.User) -> Content:
        """The working copy as it is saved. Raises WorkflowError where it cannot be published."""
        return self._once("version", article.version, lambda: freezing.content_of(article, by))

    def _once(self, kind: str, key: object, make: Callable[[], Content]) -> Content:
        if (kind, key) not in self._made:
            self._made[kind, key] = make()
        return self._made[kind, key]


@dataclass
class Story:
    """A story as an ask finds it.

    clock: read once, where the moment matters. images: pictures whose rows are at hand already, such as those that were locked.
    """

    article: Article
    by: access.User
    clock: Callable[[], datetime]
    contents: Contents = field(default_factory=Contents)
    images: dict[int, Image] = field(default_factory=dict)

    @cached_property
    def now(self) -> datetime:
        return self.clock()

    @cached_property
    def soon(self) -> datetime:
        return timing.soon(self.now)

    @cached_property
    def timeline(self) -> Timeline:
        return timeline_of(self.article)

    @cached_property
    def content(self) -> Content:
        """The working copy, its pictures as the library describes them now."""
        content = self.contents.working_copy(self.article, self.by)
        images = self.images_of(picture.image_id for picture in content.pictures)
        return replace(content, pictures=tuple(freezing.described(i) for i in images.values()))

    def images_of(self, ids: Iterable[int]) -> dict[int, Image]:
        """The rows of these pictures, in order. At most one query."""
        ids = list(dict.fromkeys(ids))
        unknown = [pk for pk in ids if pk not in self.images]
        if unknown:
            self.images |= Image.objects.in_bulk(unknown)
        return {pk: self.images[pk] for pk in ids if pk in self.images}

    def rights_ends(self, ids: Iterable[int]) -> dict[int, datetime]:
        """When the rights of these pictures end, for those whose rights do."""
        images = self.images_of(ids)
        return {pk: image.rights_until for pk, image in images.items() if image.rights_until}

    def pictures_of(self, spans: Sequence[Span]) -> dict[int, list[int]]:
        """By number, the ids of the pictures that these spans show. At most one query."""
        rows = [span.content.row for span in spans if span.content.row is not None]
        frozen: dict[int, list[int]] = {}
        if rows:
            found = PublicationPicture.objects.filter(publication__in=rows).order_by("position")
            for row, image in found.values_list("publication_id", "image_id"):
                frozen.setdefault(row, []).append(image)
        return {
            span.number: frozen.get(span.content.row, [])
            if span.content.row is not None
            else [picture.image_id for picture in span.content.content.pictures]
            for span in spans
        }

    def without(self, text: Text, image_ids: Collection[int], note: str = "") -> Text:
        """A text that no longer shows these pictures."""
        return Text.of(self.contents.of(text).without_pictures(image_ids), note)
