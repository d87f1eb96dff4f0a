"""One change of a story, laid upon its other versions: field by field, its text block by block."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TypeVar

from django.utils.translation import gettext as _

from articles.rules.content import Content, ContentPicture, short_fields
from articles.rules.refusals import WorkflowError
from articles.text import merging
from articles.text.merging import Clash, Piece

T = TypeVar("T")
# Fields in which a few words may change beside each other.
_IN_WORDS = ("headline", "lede")


@dataclass(frozen=True)
class Laid:
    """A version with a change laid upon it, as far as it goes.

    content: with the version's own where both changed the same. clashes: the names of the fields
    where that is, "body" and "pictures" among them. close: those where both changed words of the
    same line, which is to be read before it is believed. text: the pieces of the body.
    """

    content: Content
    clashes: tuple[str, ...]
    close: tuple[str, ...]
    text: tuple[Piece, ...]

    @property
    def is_clean(self) -> bool:
        return not self.clashes


@dataclass(frozen=True)
class Change:
    """What somebody made of a version: before, and after."""

    before: Content
    after: Content

    def upon(self, other: Content) -> Laid:
        """Another version with the same change. What the change does not touch stays as it is."""
        clashes: list[str] = []
        close: list[str] = []
        values = {
            name: self._field(name, value, clashes, close)
            for name, value in short_fields(other).items()
        }
        for name in ("author_ids", "links"):
            values[name] = self._field(name, getattr(other, name), clashes, close)
        pieces = merging.merged(self.before.body, self.after.body, other.body)
        clashes += ["body"] if any(piece.is_clash for piece in pieces) else []
        close += ["body"] if any(piece.is_close for piece in pieces) else []
        # Byte for byte: what is canonical is not written anew.
        untouched = all(piece.outcome == piece.theirs for piece in pieces)
        body = other.body if untouched else merging.assembled(pieces)
        content = replace(other, **values, body=body)
        pictures = self._pictures(content, other, clashes)
        return Laid(
            replace(content, pictures=pictures), tuple(clashes), tuple(close), tuple(pieces)
        )

    def __call__(self, other: Content) -> Content:
        """The other version with the change. Raises WorkflowError where they clash."""
        laid = self.upon(other)
        if not laid.is_clean:
            raise WorkflowError(
                _(
                    "“%(headline)s” has been changed in the same place, so this change does not "
                    "go into it by itself. Leave it out, and change that version after this one."
                )
                % {"headline": other.headline},
                code="clash",
            )
        return laid.content

    @cached_property
    def digest(self) -> str:
        """The same for the same change."""
        return f"{self.before.digest()} {self.after.digest()}"

    def _field(self, name: str, theirs: T, clashes: list[str], close: list[str]) -> T:
        before, after = getattr(self.before, name), getattr(self.after, name)
        try:
            return merging.one_of(before, after, theirs)
        except Clash:
            pass
        try:
            if name in _IN_WORDS:
                words = merging.merged_words(before, after, theirs)
                close.append(name)
                return words
            if isinstance(theirs, tuple):
                return _items(before, after, theirs)
        except Clash:
            pass
        clashes.append(name)
        return theirs

    def _pictures(
        self, content: Content, other: Content, clashes: list[str]
    ) -> tuple[ContentPicture, ...]:
        before, after, theirs = (
            {picture.image_id: picture for picture in each.pictures}
            for each in (self.before, self.after, other)
        )
        found = []
        for pk in content.shown_ids:
            own = theirs.get(pk)
            if own and pk in before and pk in after:
                own = self._picture(before[pk], after[pk], own, clashes)
            found.append(own or after[pk])
        return tuple(found)

    def _picture(
        self,
        before: ContentPicture,
        after: ContentPicture,
        theirs: ContentPicture,
        clashes: list[str],
    ) -> ContentPicture:
        try:
            values = {
                field.name: merging.one_of(
                    *(getattr(each, field.name) for each in (before, after, theirs))
                )
                for field in fields(ContentPicture)
            }
        except Clash:
            clashes += [] if "pictures" in clashes else ["pictures"]
            return theirs
        return ContentPicture(**values)


def _items(before: Sequence[T], after: Sequence[T], theirs: Sequence[T]) -> tuple[T, ...]:
    """A list of names or links: what one took out is out, what one put in stands after its neighbour.

    Raises Clash where the order is another one.
    """
    stays = [item for item in before if item in after]
    if [item for item in after if item in before] != stays:
        raise Clash
    found = [item for item in theirs if item not in before or item in after]
    last = None
    for item in after:
        if item not in before and item not in found:
            place = found.index(last) + 1 if last in found else 0 if last is None else len(found)
            found.insert(place, item)
        last = item
    return tuple(found)
