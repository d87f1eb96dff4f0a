"""Where two saves of one story meet: both texts beside each other, and what is taken from each.

`base` is the save that the person began from. What only one of the two changed is taken as it is,
unless the person chooses otherwise; where both changed the same, they choose.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils.html import escape, format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.desk.stories.comparing import Names, field_names
from articles.rules.changing import Change, Laid
from articles.rules.content import Content
from articles.text import Body, Figure, markup
from articles.text.markup import Element
from articles.text.merging import Piece

MINE, THEIRS, BOTH = "mine", "theirs", "both"
_FIELDS = (
    *("headline", "dateline", "lede", "section_id", "genre", "author_ids", "byline", "links"),
    *("lead_image_id", "slug"),
)


@dataclass(frozen=True)
class Side:
    """One way to settle a part: what it is called, and what it looks like."""

    value: str
    label: str
    html: SafeString


@dataclass(frozen=True)
class Part:
    """Something that differs. chosen: the proposal, "" where the person has to choose.

    is_of_marks: the words are the same, and what differs is how they are set, or where they lead.
    """

    name: str
    label: str
    sides: Sequence[Side]
    chosen: str
    is_of_marks: bool = False


@dataclass(frozen=True)
class Meeting:
    """What somebody typed (mine) and what a colleague saved meanwhile (theirs), both made of base."""

    base: Content
    mine: Content
    theirs: Content
    laid: Laid

    @classmethod
    def of(cls, base: Content, mine: Content, theirs: Content) -> "Meeting":
        return cls(base, mine, theirs, Change(base, mine).upon(theirs))

    @property
    def digest(self) -> str:
        """The same for the same meeting: choices are of what was read."""
        digests = [each.digest() for each in (self.base, self.mine, self.theirs)]
        return hashlib.sha256(" ".join(digests).encode()).hexdigest()[:16]

    def parts(self, saved_by: str, chosen: Mapping[str, str], seen: Q) -> list[Part]:
        """All that differs, in the order of the form. chosen: what was chosen before, by name.

        seen: the stories whose headlines the person may read.
        """
        names = Names(seen, self.base, self.mine, self.theirs)
        found = [
            self._field(name, names, saved_by) for name in _FIELDS if name in self._differing()
        ]
        found += [
            self._piece(place, piece, saved_by)
            for place, piece in enumerate(self.laid.text)
            if piece.mine != piece.theirs
        ]
        return [replace(part, chosen=chosen.get(part.name, part.chosen)) for part in found]

    def settled(self, chosen: Mapping[str, str]) -> Content | None:
        """The text that the choices make; None while one is missing."""
        values: dict[str, object] = {}
        for name in self._differing():
            side = chosen.get(name)
            if side not in self._sides_of(name):
                return None
            values[name] = self._value(name, side)
        elements: list[Element] = []
        for place, piece in enumerate(self.laid.text):
            side = chosen.get(f"body-{place}", THEIRS)
            if piece.mine == piece.theirs:
                side = THEIRS
            elif f"body-{place}" not in chosen or side not in _sides_of(piece):
                return None
            elements += _elements(piece, side)
        body = Body.cleaned(markup.serialise(elements))
        return replace(self.theirs, **values, body=body)

    def _differing(self) -> list[str]:
        return [n for n in _FIELDS if getattr(self.mine, n) != getattr(self.theirs, n)]

    def _sides_of(self, name: str) -> list[str]:
        merged = name not in self.laid.clashes and getattr(self.laid.content, name) not in (
            getattr(self.mine, name),
            getattr(self.theirs, name),
        )
        return [THEIRS, MINE, *([BOTH] if merged else [])]

    def _value(self, name: str, side: str) -> object:
        content = {MINE: self.mine, THEIRS: self.theirs, BOTH: self.laid.content}[side]
        return getattr(content, name)

    def _field(self, name: str, names: Names, saved_by: str) -> Part:
        sides = self._sides_of(name)
        chosen = ""
        if name not in self.laid.clashes:
            merged = getattr(self.laid.content, name)
            chosen = next(s for s in sides if self._value(name, s) == merged)
        contents = {MINE: self.mine, THEIRS: self.theirs, BOTH: self.laid.content}
        shown = [
            Side(side, _label(side, saved_by), _lines(names.said(name, contents[side])))
            for side in sides
        ]
        return Part(name, field_names([name])[0], shown, chosen)

    def _piece(self, place: int, piece: Piece, saved_by: str) -> Part:
        sides = _sides_of(piece)
        chosen = ""
        if not piece.is_clash:
            chosen = next(s for s in sides if _elements(piece, s) == piece.outcome)
        shown = [
            Side(side, _label(side, saved_by), _shown(_elements(piece, side))) for side in sides
        ]
        words = [
            Body.read(markup.serialise(_elements(piece, side))).filled(_figure)
            for side in (MINE, THEIRS)
        ]
        plain = [Body.read(html).plain_text() for html in words]
        return Part(f"body-{place}", _("Text"), shown, chosen, is_of_marks=plain[0] == plain[1])


def _sides_of(piece: Piece) -> list[str]:
    if piece.outcome in (piece.mine, piece.theirs):
        return [THEIRS, MINE]
    return [THEIRS, MINE, BOTH]


def _elements(piece: Piece, side: str) -> tuple[Element, ...]:
    if side == BOTH:
        return piece.settled(BOTH)
    return piece.mine if side == MINE else piece.theirs


def _label(side: str, saved_by: str) -> str:
    return {MINE: _("Yours"), THEIRS: saved_by, BOTH: _("Both together")}[side]


def _lines(words: str) -> SafeString:
    return mark_safe(linebreaks(words or "–", autoescape=True))  # noqa: S308 (escaped)


def _shown(elements: Iterable[Element]) -> SafeString:
    """Blocks as they read; pictures by their numbers."""
    html = Body.read(markup.serialise(elements)).filled(_figure)
    # Of clean bodies.
    return mark_safe(html) if html else format_html("<p>{}</p>", _("(taken out)"))  # noqa: S308


def _figure(figure: Figure) -> str:
    pictures = [_("Picture no. %(id)s") % {"id": pk} for pk in figure.images]
    words = " ".join(filter(None, [*map("[{}]".format, pictures), figure.embed]))
    return f"<p>{escape(words)} {escape(figure.plain_caption)}</p>"
