"""A tree of any elements to a flat list of blocks, and those to the elements of a story."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import count, groupby
from urllib.parse import quote

from articles.text import embeds, inline, markup
from articles.text.inline import PLAIN, Line, Marks, Run
from articles.text.markup import Element, Node

MAX_FIGURE_IMAGES = 30
MAX_LIST_LEVEL = 5
MAX_SPAN = 100
# The largest id that both databases hold.
MAX_ID = 2**63 - 1

# Not shown by a browser, or of no meaning outside the page it came from.
HIDDEN = markup.names(
    "audio canvas datalist iframe map noembed noframes noscript object script style svg "
    "template title video xml"
)
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
LISTS = {"ul": False, "menu": False, "dir": False, "ol": True}
LINE_KEEPING = markup.names("pre listing plaintext xmp textarea")

_IMAGE_ID = re.compile(r"(?<!\S)0*([1-9][0-9]{0,18})(?!\S)")
_LINK = re.compile(r"(?:https?://[^/\\?#]|mailto:.|tel:.|/(?![/\\]))", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_UNSAFE_IN_LINK = re.compile(r'[\s"<>\\^`{|}]')

_HIDDEN_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|mso-hide\s*:\s*all|mso-list\s*:\s*ignore"
    # Word's remarks in the margin are not for readers.
    r"|mso-element\s*:\s*comment-list|mso-special-character\s*:\s*comment)\s*(?:;|$)",
    re.IGNORECASE,
)
# What figures that are raised or lowered would lose, if they became one text.
_NOT_BARE = markup.BLOCKS | HIDDEN | {"a", "br", "textarea"}
_SHIFT_STYLE = re.compile(r"(?:^|;)\s*vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_WORD_LIST = re.compile(r"(?:^|;)\s*mso-list\s*:\s*(l[0-9]+)\s+level([0-9])\b", re.IGNORECASE)
_WORD_MARKER = re.compile(r"(?:^|;)\s*mso-list\s*:\s*ignore", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*\(?[0-9a-z]{1,6}[.)]", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """Where text stands. Lists, items and quotations have numbers (0: none): equal ones go together."""

    kind: str = "p"
    quotation: int = 0
    list: int | str = 0
    level: int = 0
    ordered: bool = False
    item: int = 0
    keeps_lines: bool = False


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

    def read(self, nodes: Iterable[Node], place: Place, marks: Marks = PLAIN) -> None:
        """Read nodes and end the block they stand in."""
        self._read(nodes, place, marks)
        self._end_block(place)

    def _read(self, nodes: Iterable[Node], place: Place, marks: Marks) -> None:
        for node in nodes:
            if isinstance(node, str):
                self._text(node, place, marks)
            elif node.name == "br":
                self.runs.append(Run("\n", marks))
            elif not _is_hidden(node):
                self._element(node, place, marks)

    def _text(self, text: str, place: Place, marks: Marks) -> None:
        lines = text.split("\n") if place.keeps_lines else [text]
        for number, line in enumerate(lines):
            if number:
                self.runs.append(Run("\n", marks))
            self.runs.append(Run(inline.readable(line), marks))

    def _element(self, node: Element, place: Place, marks: Marks) -> None:
        if node.name not in markup.BLOCKS and node.name not in ("textarea",):
            if name := _shift(node):
                node = Element(name, node.attributes, _shifted(node, name))
            self._read(node.children, place, _marks(node, marks))
            return
        self._end_block(place)
        if node.name == "table" and not _holds_table(node):
            self._table(node, place, marks)
        elif node.name == "figure" and (shown := _shown(node)):
            self._figure(node, shown, place, marks)
        else:
            self.read(node.children, self._place(node, place), _marks(node, marks))

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
        if block.place.item and isinstance(last, Text) and last.place == block.place:
            last.lines += block.lines
        else:
            self.blocks.append(block)

    def _place(self, node: Element, place: Place) -> Place:
        if node.name in LINE_KEEPING:
            return replace(place, keeps_lines=True)
        if node.name == "blockquote":
            return replace(place, quotation=place.quotation or next(self.numbers))
        if node.name in LISTS:
            return self._in_list(place, place.list or next(self.numbers), ordered=LISTS[node.name])
        if node.name == "li":
            return self._in_item(place)
        if place.item:
            return place
        if found := _WORD_LIST.search(node.attributes.get("style", "")):
            return replace(
                self._in_list(place, f"word {found[1]}", ordered=_is_numbered(node)),
                level=min(int(found[2]), MAX_LIST_LEVEL),
            )
        return replace(place, kind=HEADINGS.get(node.name, place.kind))

    def _in_list(self, place: Place, list_: int | str, *, ordered: bool) -> Place:
        level = min(place.level + 1, MAX_LIST_LEVEL)
        return self._in_item(replace(place, list=list_, level=level, ordered=ordered))

    def _in_item(self, place: Place) -> Place:
        return replace(
            place,
            kind="li",
            list=place.list or "loose items",
            level=place.level or 1,
            item=next(self.numbers),
        )

    def _figure(self, node: Element, shown: dict[str, str], place: Place, marks: Marks) -> None:
        """A figure, and after it what a caption can't hold and what stands beside the caption."""
        captions, rest = _sorted_out(node.children, "figcaption")
        inside = _Reader(numbers=self.numbers)
        inside.read(captions, Place(), marks)
        lines, others = _parted(inside.blocks)
        figure = Element("figure", shown)
        if lines:
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
            if name in ("thead", "tbody", "tfoot"):
                yield from self._rows(child, place, marks, in_head=name == "thead")
            elif name in ("td", "th"):
                yield [child], in_head
            elif name == "tr":
                cells, others = _sorted_out(child.children, "td", "th")
                self.read(others, place, marks)
                if cells:
                    yield cells, in_head
            else:
                self.read([child], place, marks)

    def _cell(self, node: Element, marks: Marks, others: list[Block]) -> Element:
        inside = _Reader(numbers=self.numbers)
        inside.read(node.children, Place(), _marks(node, marks))
        lines, whole = _parted(inside.blocks)
        others += whole
        return Element(node.name, _spans(node), inline.as_nodes(inline.joined(lines, "\n")))


def read(root: Element) -> list[Block]:
    """The blocks of a tree, in order; what a browser would not show as text is left out."""
    reader = _Reader()
    reader.read(root.children, Place())
    return reader.blocks


def _parted(blocks: list[Block]) -> tuple[list[Line], list[Block]]:
    """The lines of the text blocks, and the other blocks."""
    lines = [line for block in blocks if isinstance(block, Text) for line in block.lines]
    return lines, [block for block in blocks if isinstance(block, Whole)]


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


def _is_hidden(node: Element) -> bool:
    style = node.attributes.get("style")
    return node.name in HIDDEN or bool(style and _HIDDEN_STYLE.search(style))


def _holds_table(node: Element) -> bool:
    """Is it a table that only arranges other tables?"""
    return any(inner.name == "table" for inner in node.walk() if inner is not node)


def _is_numbered(node: Element) -> bool:
    """Did Word write a number or letter before this item?"""
    for inner in node.walk():
        if _WORD_MARKER.search(inner.attributes.get("style", "")):
            return bool(_NUMBERED.match(inner.text()))
    return False


def _shift(node: Element) -> str:
    """ "sup" or "sub" where an element raises or lowers its text, else ""."""
    if node.name in ("sup", "sub"):
        return node.name
    found = _SHIFT_STYLE.search(node.attributes.get("style", ""))
    return {"super": "sup", "sub": "sub"}[found[1].lower()] if found else ""


def _shifted(node: Element, name: str) -> list[Node]:
    """What stands in it; one text where it is figures only."""
    text = node.text().strip()
    other = inline.shifted(text, name)
    if other == text or any(inner.name in _NOT_BARE for inner in node.walk()):
        return node.children
    return [other]


def _marks(node: Element, marks: Marks) -> Marks:
    """The marks inside an element; headings and header cells are bold by themselves."""
    if node.name in HEADINGS or node.name == "th":
        return marks._replace(strong=False)
    if node.name in ("b", "strong"):
        marks = marks._replace(strong=True)
    elif node.name in ("i", "em"):
        marks = marks._replace(em=True)
    elif node.name == "a":
        marks = marks._replace(href=_link(node.attributes.get("href", "")))
    if style := node.attributes.get("style"):
        strong, em = _emphasis(style)
        marks = marks._replace(
            strong=marks.strong if strong is None else strong, em=marks.em if em is None else em
        )
    return marks


@lru_cache(maxsize=1024)
def _emphasis(style: str) -> tuple[bool | None, bool | None]:
    """What a style attribute says of bold and italics; None where it says nothing.

    Google Docs wraps everything in `<b style="font-weight:normal">` and marks bold by weights.
    """
    strong = em = None
    for declaration in style.lower().split(";"):
        key, _, value = (part.strip() for part in declaration.partition(":"))
        if key == "font-weight" and (value.isdecimal() or value in _WEIGHTS):
            strong = _WEIGHTS[value] if value in _WEIGHTS else len(value) == 3 and value >= "600"
        elif key == "font-style" and value in _STYLES:
            em = _STYLES[value]
    return strong, em


_WEIGHTS = {"bold": True, "bolder": True, "normal": False, "lighter": False, "1000": True}
_STYLES = {"italic": True, "oblique": True, "normal": False}


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


def _list(items: Iterable[Text]) -> list[Element]:
    """Items with levels as lists in lists; a level that was skipped is closed up."""
    top: list[Element] = []
    opened: list[tuple[int, Element]] = []
    for item in items:
        level, name = item.place.level, "ol" if item.place.ordered else "ul"
        deeper = None
        while opened and opened[-1][0] > level:
            deeper = opened.pop()[1]
        if deeper and (not opened or opened[-1][0] < level):
            opened.append((level, deeper))
        if opened and opened[-1][0] == level and opened[-1][1].name != name:
            opened.pop()
        if not opened or opened[-1][0] < level:
            new = Element(name)
            (opened[-1][1].children[-1].children if opened else top).append(new)
            opened.append((level, new))
        opened[-1][1].children.append(_block(item))
    return top
