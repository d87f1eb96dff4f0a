"""A tree of any elements to a flat list of blocks, and those to the elements of a story."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count, groupby
from typing import Any
from urllib.parse import quote

from articles.text import embeds, inline, markup, numbers, office, styles
from articles.text.inline import PLAIN, Line, Marks, Run
from articles.text.markup import Element, Node
from articles.text.numbers import Numbering, Reading
from media.text import is_blank

MAX_FIGURE_IMAGES = 30
MAX_LIST_LEVEL = 5
# Of quotations in quotations within a line that get marks.
MAX_QUOTATIONS = 4
MAX_SPAN = 100
# The largest id that both databases hold.
MAX_ID = 2**63 - 1

# Not shown by a browser, or of no meaning outside the page it came from.
HIDDEN = markup.names(
    "audio canvas datalist iframe map noembed noframes noscript object script style svg "
    "template title video xml"
)
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
_MARKS: dict[str, dict[str, Any]] = {
    **dict.fromkeys(("b", "strong"), {"strong": True}),
    **dict.fromkeys(("i", "em"), {"em": True}),
    **dict.fromkeys(("s", "strike", "del"), {"s": True}),
    **{name: {"shift": name} for name in ("sup", "sub")},
}
LISTS = {"ul": False, "menu": False, "dir": False, "ol": True}
LINE_KEEPING = markup.names("pre listing plaintext xmp textarea")

_IMAGE_ID = re.compile(r"(?<!\S)0*([1-9][0-9]{0,18})(?!\S)")
_LINK = re.compile(r"(?:https?://[^/\\?#]|mailto:.|tel:.|/(?![/\\]))", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_UNSAFE_IN_LINK = re.compile(r'[\s"<>\\^`{|}]')

# Drawings of letters: chats and web mail send these as pictures, with the letter as their alt text.
_EMOJI = re.compile(
    "(?:[\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u23ff\u2460-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\xa9\xae\u203c\u2049\u2122\u2139\u3030\u303d\u3297\u3299\u200d\ufe0f\U000e0020-\U000e007f]"
    "|[0-9#*]\ufe0f?\u20e3)+"
)
_LONGEST_EMOJI = 60
_QUOTES = (("“", "”"), ("‘", "’"))
_QUOTE_SIGNS = "\"'“”‘’„«»‹›"


@dataclass(frozen=True)
class Place:
    """Where text stands. Lists, items and quotations have numbers (0: none): equal ones go together."""

    kind: str = "p"
    quotation: int = 0
    list: int | str = 0
    level: int = 0
    # What numbers an item: () for one with a sign.
    readings: tuple[Reading, ...] = ()
    item: int = 0
    # In a numbered list, but in none of its items.
    loose: bool = False
    numbering: Numbering | None = field(default=None, compare=False)
    keeps_lines: bool = field(default=False, compare=False)


@dataclass
class Text:
    """Lines of a paragraph, heading or list item; never empty."""

    place: Place
    lines: list[Line]


@dataclass
class Whole:
    """A finished table or figure."""

    place: Place
    element: Element


Block = Text | Whole


@dataclass
class _Reader:
    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    # (element or "", class) of what a style sheet hides.
    hiding: set[tuple[str, str]] = field(default_factory=set)
    # Lists, and which of their levels, that have a number which HTML can't write: đ after d.
    spelt: set[tuple[str, int]] = field(default_factory=set)
    left_out: Counter[str] = field(default_factory=Counter)
    # The numbered items whose number has been written.
    begun: set[int] = field(default_factory=set)
    quotations: int = 0
    frames: set[int] = field(default_factory=set)

    def read(self, nodes: Iterable[Node], place: Place, marks: Marks = PLAIN) -> None:
        """Read nodes and end the block they stand in."""
        self._read(nodes, place, marks)
        self._end_block(place)

    def _inside(self) -> "_Reader":
        """A reader for the text of a cell or a caption."""
        return replace(self, blocks=[], runs=[], begun=set(), quotations=0)

    def _read(self, nodes: Iterable[Node], place: Place, marks: Marks) -> None:
        for node in nodes:
            if isinstance(node, str):
                self._text(node, place, marks)
            elif node.name == "br":
                self.runs.append(Run("\n", marks))
            elif node.name == "img":
                self.runs.append(Run(emoji(node), marks))
            elif node.name == "iframe":
                self._frame(node, place)
            elif not self._leaves_out(node):
                self._element(node, place, marks)

    def _text(self, text: str, place: Place, marks: Marks) -> None:
        lines = text.split("\n") if place.keeps_lines else [text]
        for number, line in enumerate(lines):
            if number:
                self.runs.append(Run("\n", marks))
            self.runs.append(Run(inline.readable(line), marks))

    def _frame(self, node: Element, place: Place) -> None:
        if id(node) in self.frames:
            return
        if address := _video(node):
            self._end_block(place)
            self.blocks.append(Whole(Place(), Element("figure", {"data-embed": address})))
        elif node.attributes.get("src", "").strip():
            self.left_out["frames"] += 1

    def _leaves_out(self, node: Element) -> bool:
        """Is it nothing that the author means for readers? Counts what they may miss."""
        if node.name in HIDDEN or office.is_marker(node):
            return True
        if office.is_deletion(node):
            kind = "deletions"
        elif office.is_remark(node):
            # A remark and the sign that leads to it are one.
            kind = "remarks" if node.name == "a" or not self.left_out["remarks"] else ""
        elif self._is_hidden(node):
            kind = "hidden"
        else:
            return False
        if kind and node.text().strip():
            self.left_out[kind] += 1
        return True

    def _is_hidden(self, node: Element) -> bool:
        style = node.attributes.get("style")
        if "hidden" in node.attributes or (style and styles.hides(style)):
            return True
        return bool(self.hiding) and any(
            (name, each) in self.hiding
            for each in node.attributes.get("class", "").split()
            for name in ("", node.name)
        )

    def _element(self, node: Element, place: Place, marks: Marks) -> None:
        if node.name in LINE_KEEPING:
            place = replace(place, keeps_lines=True)
        if (style := node.attributes.get("style")) and (kept := styles.keeps_lines(style)) not in (
            None,
            place.keeps_lines,
        ):
            place = replace(place, keeps_lines=kept)
        if node.name == "q" and self.quotations < MAX_QUOTATIONS and not _has_own_quotes(node):
            self._quoted(node, place, marks)
            return
        if node.name not in markup.BLOCKS and node.name not in ("textarea",):
            self._read(node.children, place, _marks(node, marks, place))
            return
        self._end_block(place)
        if node.name == "table" and not _holds_table(node):
            self._table(node, place, marks)
        elif node.name == "figure" and (shown := _shown(node) or self._framed(node)):
            self._figure(node, shown, place, marks)
        else:
            self._block(node, place, _marks(node, marks))

    def _quoted(self, node: Element, place: Place, marks: Marks) -> None:
        first, last = _QUOTES[self.quotations % 2]
        self.quotations += 1
        self.runs.append(Run(first, marks))
        self._read(node.children, place, _marks(node, marks, place))
        self.runs.append(Run(last, marks))
        self.quotations -= 1

    def _block(self, node: Element, place: Place, marks: Marks) -> None:
        item = None if place.item or node.name in (*LISTS, "li") else office.item(node)
        if item is None:
            self.read(node.children, self._place(node, place), marks)
            return
        found = () if (item.list, item.level) in self.spelt else numbers.readings(item.marker)
        first = len(self.blocks)
        if not _heading(node) and (found or not item.marker):
            inside = self._in_list(place, item.list, level=item.level, readings=found)
            self.read(node.children, inside, marks)
            return
        self.read(node.children, self._place(node, place), marks)
        for block in self.blocks[first:]:
            if item.marker and isinstance(block, Text):
                block.lines[0] = inline.begun(block.lines[0], item.marker)
                break

    def _end_block(self, place: Place) -> None:
        """What was collected becomes blocks; in a paragraph an empty line parts two."""
        if not self.runs:
            return
        lines, self.runs = inline.lines_of(self.runs), []
        for filled, part in groupby(lines, key=bool):
            if filled:
                self._add(Text(place, list(part)))

    def _add(self, block: Text) -> None:
        last = self.blocks[-1] if self.blocks else None
        place = block.place
        if place.item and isinstance(last, Text) and last.place == place:
            last.lines += block.lines
            return
        if place.loose or place.item in self.begun:
            # The author saw no number before it.
            block.place = Place(quotation=place.quotation)
        elif place.readings:
            self.begun.add(place.item)
        self.blocks.append(block)

    def _place(self, node: Element, place: Place) -> Place:
        if node.name in LINE_KEEPING:
            return place
        if node.name == "blockquote":
            return replace(place, quotation=place.quotation or next(self.numbers))
        if node.name in LISTS:
            items = sum(isinstance(c, Element) and c.name == "li" for c in node.children)
            numbering = numbers.numbering(node.attributes, ordered=LISTS[node.name], items=items)
            inside = self._in_list(place, place.list or next(self.numbers), level=place.level + 1)
            return replace(inside, numbering=numbering, loose=bool(numbering.type))
        if node.name == "li":
            return self._in_item(place, node)
        if place.item:
            return place
        return replace(place, kind=_heading(node) or place.kind)

    def _in_list(
        self, place: Place, list_: int | str, *, level: int, readings: tuple[Reading, ...] = ()
    ) -> Place:
        return replace(
            place,
            kind="li",
            list=list_,
            level=min(level, MAX_LIST_LEVEL),
            readings=readings,
            item=next(self.numbers),
            loose=False,
        )

    def _in_item(self, place: Place, node: Element) -> Place:
        numbering = place.numbering
        style = node.attributes.get("style")
        if place.loose and style and styles.declared(style).get("display") == "block":
            # Neither numbered nor counted.
            return place
        return self._in_list(
            place,
            place.list or "loose items",
            level=place.level or 1,
            readings=numbering.take(node.attributes) if numbering else (),
        )

    def _framed(self, node: Element) -> dict[str, str]:
        """The video in a frame inside a figure, as the figure's attributes."""
        for inner in node.walk():
            if inner.name == "iframe" and (address := _video(inner)):
                self.frames.add(id(inner))
                return {"data-embed": address}
        return {}

    def _figure(self, node: Element, shown: dict[str, str], place: Place, marks: Marks) -> None:
        """A figure, and after it what a caption can't hold and what stands beside the caption."""
        captions, rest = _sorted_out(node.children, "figcaption")
        inside = self._inside()
        inside.read(captions, Place(), marks)
        lines, others = _parted(inside.blocks)
        figure = Element("figure", shown)
        if not all(is_blank(run.text) for line in lines for run in line):
            figure.children.append(
                Element("figcaption", {}, inline.as_nodes(inline.joined(lines, " ")))
            )
        self.blocks += [Whole(Place(), figure), *others]
        self.read(rest, place, marks)

    def _table(self, node: Element, place: Place, marks: Marks) -> None:
        """A table, and after it the figures of its cells; what is not in a row comes before it."""
        head: list[Element] = []
        body: list[Element] = []
        others: list[Block] = []
        for row, in_head in self._rows(node, place, marks, in_head=False):
            cells = [self._cell(cell, marks, others) for cell in row]
            (head if in_head else body).append(Element("tr", {}, cells))
        parts = [Element("thead", {}, head), Element("tbody", {}, body)]
        table = Element("table", {}, [part for part in parts if part.children])
        if table.text():
            place = Place(quotation=place.quotation)
            self.blocks.append(Whole(place, table))
        self.blocks += others

    def _rows(
        self, node: Element, place: Place, marks: Marks, *, in_head: bool
    ) -> Iterator[tuple[list[Element], bool]]:
        for child in node.children:
            name = child.name if isinstance(child, Element) else ""
            if name in markup.TABLE_PARTS and self._leaves_out(child):
                continue
            if name in ("thead", "tbody", "tfoot"):
                yield from self._rows(child, place, marks, in_head=name == "thead")
            elif name in ("td", "th"):
                yield [child], in_head
            elif name == "tr":
                cells, others = _sorted_out(child.children, "td", "th")
                cells = [cell for cell in cells if not self._leaves_out(cell)]
                self.read(others, place, marks)
                if cells:
                    yield cells, in_head
            else:
                self.read([child], place, marks)

    def _cell(self, node: Element, marks: Marks, others: list[Block]) -> Element:
        inside = self._inside()
        inside.read(node.children, Place(), _marks(node, marks))
        lines, whole = _parted(inside.blocks, bullet="•")
        others += whole
        return Element(node.name, _spans(node), inline.as_nodes(inline.joined(lines, "\n")))


def read(root: Element) -> tuple[list[Block], Counter[str]]:
    """The blocks of a tree, in order, and how many pieces of which kind were left out.

    What a browser would not show as text is left out, and is not counted.
    """
    reader = _Reader()
    for element in root.walk():
        if element.name == "style":
            reader.hiding |= styles.hiding_classes(element.text())
        elif "mso-list" in element.attributes.get("style", "") and element.name != "li":
            item = office.item(element)
            if item and item.marker and not numbers.readings(item.marker):
                reader.spelt.add((item.list, item.level))
    reader.read(root.children, Place())
    return reader.blocks, reader.left_out


def _parted(blocks: list[Block], bullet: str = "") -> tuple[list[Line], list[Block]]:
    """The lines of the text blocks, the numbers and signs of items as text, and the other blocks."""
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, Text):
            lines += block.lines
            if sign := _written_sign(block.place, bullet):
                first = len(lines) - len(block.lines)
                lines[first] = inline.begun(lines[first], sign)
    return lines, [block for block in blocks if isinstance(block, Whole)]


def _written_sign(place: Place, bullet: str) -> str:
    if place.readings:
        return f"{numbers.sign(place.readings[0])}."
    return bullet if place.item else ""


def _sorted_out(nodes: list[Node], *names: str) -> tuple[list[Element], list[Node]]:
    """The elements of these names, and the other nodes."""
    found: list[Element] = []
    others: list[Node] = []
    for node in nodes:
        if isinstance(node, Element) and node.name in names:
            found.append(node)
        else:
            others.append(node)
    return found, others


def _holds_table(node: Element) -> bool:
    """Is it a table that only arranges other tables?"""
    return any(inner.name == "table" for inner in node.walk() if inner is not node)


def emoji(node: Element) -> str:
    """The letter that an img draws, or ""."""
    alt = node.attributes.get("alt", "").strip()
    return alt if len(alt) <= _LONGEST_EMOJI and _EMOJI.fullmatch(alt) else ""


def _video(frame: Element) -> str:
    """The address of the video that a frame plays, or ""."""
    found = embeds.embed_of_player(frame.attributes.get("src", ""))
    return found.address if found else ""


def _has_own_quotes(node: Element) -> bool:
    """Does a quotation bring its marks, or is it none within a line?"""
    text = node.text().strip()
    return (
        not text
        or (text[0] in _QUOTE_SIGNS and text[-1] in _QUOTE_SIGNS)
        or any(inner.name in markup.BLOCKS for inner in node.walk())
    )


def _heading(node: Element) -> str | None:
    """The heading that an element is, if it is one."""
    return "h2" if office.is_title(node) else HEADINGS.get(node.name)


def _marks(node: Element, marks: Marks, place: Place | None = None) -> Marks:
    """The marks inside an element; headings and header cells are bold by themselves."""
    if _heading(node) or node.name == "th":
        return marks._replace(strong=False)
    if node.name == "a":
        marks = marks._replace(href=_link(node.attributes.get("href", "")))
    elif node.name in _MARKS:
        marks = marks._replace(**_MARKS[node.name])
    if style := node.attributes.get("style"):
        strong, em = styles.emphasis(style)
        if strong and place and place.kind in HEADINGS:
            strong = None
        marks = marks._replace(
            strong=marks.strong if strong is None else strong,
            em=marks.em if em is None else em,
            s=marks.s or styles.is_struck(style),
        )
        if node.name not in markup.BLOCKS and (shift := styles.shift(style)):
            marks = marks._replace(shift=shift)
    return marks


def _link(href: str) -> str:
    """An address as it may stand in a story, or "": the web, mail, telephone, or this site's own."""
    href = href.strip(" \t\n\r\f")
    if not _LINK.match(href) or _CONTROL.search(href) or inline.UNWANTED.search(href):
        return ""
    return _UNSAFE_IN_LINK.sub(lambda found: quote(found[0]), href)


def image_ids(node: Element) -> tuple[int, ...]:
    """The distinct image ids that a figure names, in order, at most MAX_FIGURE_IMAGES."""
    found = _IMAGE_ID.findall(node.attributes.get("data-images", ""))
    ids = dict.fromkeys(image for image in map(int, found) if image <= MAX_ID)
    return tuple(ids)[:MAX_FIGURE_IMAGES]


def embed_address(node: Element) -> str:
    """The address of the video that a figure shows, in its one form; "" where it shows none."""
    found = embeds.embed_of(node.attributes.get("data-embed", ""))
    return found.address if found else ""


def _shown(node: Element) -> dict[str, str]:
    return figure_attributes(embed_address(node), image_ids(node))


def figure_attributes(address: str, images: Iterable[int]) -> dict[str, str]:
    """What a figure shows, as its attributes: pictures, or a video with at most one, its still."""
    ids = list(dict.fromkeys(map(str, images)))
    shown = {"data-embed": address} if address else {}
    if ids:
        shown["data-images"] = " ".join(ids[:1] if address else ids)
    return shown


def _spans(node: Element) -> dict[str, str]:
    spans = {key: node.attributes.get(key, "").strip() for key in ("colspan", "rowspan")}
    return {
        key: str(int(value))
        for key, value in spans.items()
        if re.fullmatch("[0-9]{1,3}", value) and 1 < int(value) <= MAX_SPAN
    }


def written(blocks: Iterable[Block]) -> list[Element]:
    """Blocks as the elements of a story's top level: items in lists, quoted ones in quotations."""
    elements: list[Element] = []
    for quotation, quoted in groupby(blocks, key=lambda block: block.place.quotation):
        inside = _outside_quotations(quoted)
        elements += [Element("blockquote", {}, inside)] if quotation else inside
    return elements


def _outside_quotations(blocks: Iterable[Block]) -> list[Element]:
    elements: list[Element] = []
    for in_list, part in groupby(blocks, key=lambda block: block.place.list):
        together = list(part)
        elements += _list(together) if in_list else [_block(block) for block in together]
    return elements


def _block(block: Block) -> Element:
    if isinstance(block, Whole):
        return block.element
    return Element(block.place.kind, {}, inline.as_nodes(inline.joined(block.lines, "\n")))


@dataclass
class _OpenList:
    level: int
    element: Element
    type: str
    next: int = 1

    def is_for(self, reading: Reading | None) -> bool:
        """Is an item with this number, or with a sign, its next one?"""
        return (self.type, self.next) == reading if reading else not self.type


def _list(items: list[Text]) -> list[Element]:
    """Items with levels as lists in lists; a level that was skipped is closed up.

    A number that does not follow the one before begins a list of its own.
    """
    top: list[Element] = []
    opened: list[_OpenList] = []
    for item, following in zip(items, _following(items), strict=True):
        level, readings = item.place.level, item.place.readings
        deeper = None
        while opened and opened[-1].level > level:
            deeper = opened.pop()
        if deeper and (not opened or opened[-1].level < level):
            deeper.level = level
            opened.append(deeper)
        here = opened[-1] if opened and opened[-1].level == level else None
        wanted = (here.type, here.next) if here and here.type else None
        reading = numbers.chosen(readings, wanted, following) if readings else None
        if here and not here.is_for(reading):
            opened.pop()
            here = None
        if here is None:
            here = _opened(level, reading)
            (opened[-1].element.children[-1].children if opened else top).append(here.element)
            opened.append(here)
        here.element.children.append(_block(item))
        here.next += 1
    return top


def _opened(level: int, reading: Reading | None) -> _OpenList:
    if reading is None:
        return _OpenList(level, Element("ul"), "")
    kind, number = reading
    attributes = {"start": str(number)} if number != 1 else {}
    if kind != "1":
        attributes["type"] = kind
    return _OpenList(level, Element("ol", attributes), kind, number)


def _following(items: list[Text]) -> list[tuple[Reading, ...]]:
    """For each item the readings of the next one beside it."""
    following: list[tuple[Reading, ...]] = []
    beside: dict[int, tuple[Reading, ...]] = {}
    for item in reversed(items):
        level = item.place.level
        following.append(beside.get(level, ()))
        beside = {each: found for each, found in beside.items() if each < level}
        beside[level] = item.place.readings
    return following[::-1]
