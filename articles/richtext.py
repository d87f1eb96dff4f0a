"""A story's text: the one door through which HTML comes in, and what can be asked of it.

Whatever arrives is read into a flat list of blocks (paragraphs, list items with their level, whole
tables and figures), whose text is a list of runs with marks, and written again from those: so what
goes out does not depend on how the markup came in, and nothing but the few elements below can go
out. Its form is the one that CKEditor 4 gives back with the settings of our editor: opening and
saving an untouched story changes no byte.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import count, groupby
from typing import NamedTuple
from urllib.parse import quote

import nh3

from articles import markup
from articles.markup import Element, Node

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

TAGS = markup.names(
    "p h2 h3 ul ol li blockquote table thead tbody tr th td br strong em a figure figcaption"
)
# A second opinion by a real HTML parser on what was written.
LOCK = nh3.Cleaner(
    tags=set(TAGS),
    attributes={
        "a": {"href"},
        "th": {"colspan", "rowspan"},
        "td": {"colspan", "rowspan"},
        "figure": {"data-images"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
MAX_ROUNDS = 5

# What is trimmed: every space, with or without a width of its own.
BLANK = " \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_WHITE_SPACE = re.compile("[\t\n\x0b\f\r \x85\u2028\u2029]+")
# Control characters, halves of surrogate pairs, what XML refuses, and characters without width
# that hide text or turn it round.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
    "\ud800-\udfff]+"
)
_SPACES = re.compile(" {2,}")
_BLANKS_BEFORE = re.compile(f"[{BLANK}]*")
# https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format: no language needs more marks in a
# row, and normalising takes time quadratic in them.
_MAX_COMBINING = 30
_MANY_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{_MAX_COMBINING + 1},}}")
_REFERENCE = re.compile("&(?:amp|lt|gt|nbsp);")

_LINK = re.compile(r"(?:https?://[^/\\?#]|mailto:.|tel:.|/(?![/\\]))", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_UNSAFE_IN_LINK = re.compile(r'[\s"<>\\^`{|}]')

_HIDDEN_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|mso-hide\s*:\s*all|mso-list\s*:\s*ignore"
    # Word's remarks in the margin are not for readers.
    r"|mso-element\s*:\s*comment-list|mso-special-character\s*:\s*comment)\s*(?:;|$)",
    re.IGNORECASE,
)
_WORD_LIST = re.compile(r"(?:^|;)\s*mso-list\s*:\s*(l[0-9]+)\s+level([0-9])\b", re.IGNORECASE)
_WORD_MARKER = re.compile(r"(?:^|;)\s*mso-list\s*:\s*ignore", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*\(?[0-9a-z]{1,6}[.)]", re.IGNORECASE)
_DASHES = "-\u2013\u2014"


@dataclass(frozen=True)
class Figure:
    """A figure of a clean body: its image ids in order, and its caption as inline HTML."""

    images: tuple[int, ...]
    caption: str


def clean_html(html: str) -> str:
    """Reduce any HTML to a story's markup, in one canonical form. Never raises, loses no text.

    Top level: p, h2, h3, ul, ol, blockquote, table, and figure[data-images] with at most one
    figcaption; inside: li, thead, tbody, tr, th and td [colspan, rowspan], br, strong, em, a[href].
    Cleaning clean HTML changes nothing.
    """
    cleaned = _cleaned(html)
    for _ in range(MAX_ROUNDS):
        checked = _checked(cleaned)
        if checked == cleaned:
            return cleaned
        cleaned = _cleaned(checked)
    return markup.serialise(Element("p", {}, [line]) for line in plain_text(html).splitlines())


def figures(body: str) -> list[Figure]:
    """The figures of a clean body, in order."""
    return [
        Figure(_image_ids(element), "".join(markup.serialise(c.children) for c in element.children))
        for element in markup.parse(body).children
        if isinstance(element, Element) and element.name == "figure"
    ]


def lead_image(body: str) -> int | None:
    """The first image of the first figure of a clean body; None where there is no figure."""
    found = figures(body)
    return found[0].images[0] if found else None


def without_images(body: str, ids: Collection[int]) -> str:
    """A clean body without these images; a figure that loses its last one goes with its caption."""
    kept: list[Node] = []
    for element in markup.parse(body).children:
        if isinstance(element, Element) and element.name == "figure":
            images = [image for image in _image_ids(element) if image not in ids]
            if not images:
                continue
            element.attributes["data-images"] = " ".join(map(str, images))
        kept.append(element)
    return markup.serialise(kept)


def plain_text(html: str) -> str:
    """The words of any HTML: one line for each paragraph, item, cell, caption and broken line."""
    parts: list[str] = []
    _add_text(Element("", {}, [*_elements(html)]), parts)
    lines = (line.strip(BLANK) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def plain_line(text: str) -> str:
    """Text from outside for a field of one line: NFC, white space collapsed and trimmed.

    Control characters and those that hide text or turn it round are gone.
    """
    return " ".join(_composed(_readable(text)).split())


def take_off_mark(lede: str, mark: str) -> str:
    """A lede without the paper's own mark at its beginning ("XYZ - ", "(XYZ) – ", "XYZ—").

    mark: the mark with or without its dash and parentheses. The rest is returned as it was, and so
    is a lede that begins otherwise.
    """
    name = mark.strip().rstrip(_DASHES + " \xa0").strip("() \xa0")
    if not name:
        return lede
    words = r"\s+".join(map(re.escape, unicodedata.normalize("NFC", name).split()))
    found = re.match(
        rf"\s*(?:{words}|\(\s*{words}\s*\))\s*[{_DASHES}]+\s*", unicodedata.normalize("NFC", lede)
    )
    return unicodedata.normalize("NFC", lede)[found.end() :] if found else lede


# Text.


def _readable(text: str) -> str:
    return _UNWANTED.sub("", _WHITE_SPACE.sub(" ", text))


def _composed(text: str) -> str:
    """NFC, in linear time."""
    if text.isascii():
        return text
    return _without_many_marks(unicodedata.normalize("NFC", _without_many_marks(text)))


def _without_many_marks(text: str) -> str:
    return _MANY_MARKS.sub(_first_marks, text)


def _first_marks(found: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for character in found[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MAX_COMBINING:
            kept.append(character)
    return "".join(kept)


# Runs: text with what emphasises it. A run of "\n" is a line break.


class Marks(NamedTuple):
    """What a piece of text is: strong, emphasised, a link."""

    strong: bool = False
    em: bool = False
    href: str = ""

    def shared(self, other: "Marks") -> "Marks":
        """What both are: the marks of the white space between two pieces."""
        return Marks(
            self.strong and other.strong,
            self.em and other.em,
            self.href if self.href == other.href else "",
        )


class Run(NamedTuple):
    text: str
    marks: Marks


Line = list[Run]
PLAIN = Marks()


def _lines(runs: Iterable[Run]) -> list[Line]:
    """The tidy lines between the line breaks; an empty one is an empty list."""
    lines: list[Line] = [[]]
    for run in runs:
        if run.text == "\n":
            lines.append([])
        else:
            lines[-1].append(run)
    return [_tidy(line) for line in lines]


def _tidy(line: Line) -> Line:
    """White space collapsed, trimmed, and moved out of the edges of emphasis."""
    tidy: Line = []
    gap: list[str] = []
    for text, marks in line:
        core = text.strip(BLANK)
        if not core:
            gap.append(text)
            continue
        start = _BLANKS_BEFORE.match(text).end()
        gap.append(text[:start])
        if tidy:
            tidy.append(Run("".join(gap), tidy[-1].marks.shared(marks)))
        tidy.append(Run(core, marks))
        gap = [text[start + len(core) :]]
    return _merged(tidy)


def _is_blank(run: Run) -> bool:
    return not run.text.strip(BLANK + "\n")


def _merged(line: Line) -> Line:
    """Neighbours with the same marks as one run, each in its final spelling; blanks by themselves."""
    return [
        Run(_composed(_SPACES.sub(" ", "".join(run.text for run in runs))), marks)
        for (marks, _), runs in groupby(
            (run for run in line if run.text), key=lambda run: (run.marks, _is_blank(run))
        )
    ]


def _joined(lines: Iterable[Line], by: str) -> Line:
    """Lines as one, with line breaks or spaces between them."""
    joined: Line = []
    for line in filter(None, lines):
        if joined:
            joined.append(Run(by, joined[-1].marks.shared(line[0].marks)))
        joined += line
    return joined


def _inline(line: Line, names: tuple[str, ...] = Marks._fields) -> list[Node]:
    """Runs as nodes: the mark that lasts longest stands outside, so that fewest are needed."""
    nodes: list[Node] = []
    start = 0
    while start < len(line):
        end, name = _longest(line, start, names)
        if name:
            value = getattr(line[start].marks, name)
            inside = _inline(line[start:end], tuple(other for other in names if other != name))
            nodes.append(
                Element("a", {"href": value}, inside)
                if name == "href"
                else Element(name, {}, inside)
            )
        else:
            nodes.append(Element("br") if line[start].text == "\n" else line[start].text)
        start = end
    return nodes


def _longest(line: Line, start: int, names: tuple[str, ...]) -> tuple[int, str]:
    """Which of the marks at `start` lasts longest, and where it ends; the next run and "" if none.

    White space and line breaks begin no element: the editor would move them out.
    """
    best = (start + 1, "")
    if _is_blank(line[start]):
        return best
    for name in names:
        value = getattr(line[start].marks, name)
        end = start
        while value and end < len(line) and getattr(line[end].marks, name) == value:
            end += 1
        if end > start and (not best[1] or end > best[0]):
            best = (end, name)
    return best


# Reading: a tree of any elements to a flat list of blocks.


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
            self.runs.append(Run(_readable(line), marks))

    def _element(self, node: Element, place: Place, marks: Marks) -> None:
        if node.name not in markup.BLOCKS and node.name not in ("textarea",):
            self._read(node.children, place, _marks(node, marks))
            return
        self._end_block(place)
        if node.name == "table" and not _holds_table(node):
            self._table(node, place, marks)
        elif node.name == "figure" and (images := _image_ids(node)):
            self._figure(node, images, place, marks)
        else:
            self.read(node.children, self._place(node, place), _marks(node, marks))

    def _end_block(self, place: Place) -> None:
        """What was collected becomes blocks; in a paragraph an empty line parts two."""
        if not self.runs:
            return
        lines, self.runs = _lines(self.runs), []
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

    def _figure(self, node: Element, images: tuple[int, ...], place: Place, marks: Marks) -> None:
        """A figure, and after it what a caption can't hold and what stands beside the caption."""
        captions, rest = _sorted_out(node.children, "figcaption")
        inside = _Reader(numbers=self.numbers)
        inside.read(captions, Place(), marks)
        lines, others = _parted(inside.blocks)
        figure = Element("figure", {"data-images": " ".join(map(str, images))})
        if lines:
            figure.children.append(Element("figcaption", {}, _inline(_joined(lines, " "))))
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
        return Element(node.name, _spans(node), _inline(_joined(lines, "\n")))


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
    if not _LINK.match(href) or _CONTROL.search(href) or _UNWANTED.search(href):
        return ""
    return _UNSAFE_IN_LINK.sub(lambda found: quote(found[0]), href)


def _image_ids(node: Element) -> tuple[int, ...]:
    found = re.findall(r"(?<!\S)0*[1-9][0-9]{0,18}(?!\S)", node.attributes.get("data-images", ""))
    ids = dict.fromkeys(image for image in map(int, found) if image <= MAX_ID)
    return tuple(ids)[:MAX_FIGURE_IMAGES]


def _spans(node: Element) -> dict[str, str]:
    spans = {key: node.attributes.get(key, "").strip() for key in ("colspan", "rowspan")}
    return {
        key: str(int(value))
        for key, value in spans.items()
        if re.fullmatch("[0-9]{1,3}", value) and 1 < int(value) <= MAX_SPAN
    }


# Writing: blocks to the elements of a story.


def _written(blocks: Iterable[Block]) -> list[Element]:
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
    return Element(block.place.kind, {}, _inline(_joined(block.lines, "\n")))


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


def _elements(html: str) -> list[Element]:
    reader = _Reader()
    reader.read(markup.parse(html).children, Place())
    return _written(reader.blocks)


def _cleaned(html: str) -> str:
    return markup.serialise(_elements(html))


def _checked(cleaned: str) -> str:
    """What nh3 makes of cleaned HTML: the same.

    It sees a letter for each reference, since it takes quadratic time over many of them in one
    text, and a reference can't change what is markup.
    """
    outline = _REFERENCE.sub("x", cleaned)
    return cleaned if LOCK.clean(outline) == outline else LOCK.clean(cleaned)


def _add_text(element: Element, parts: list[str]) -> None:
    for node in element.children:
        if isinstance(node, str):
            parts.append(node)
        elif node.name in markup.BLOCKS or node.name == "br":
            parts.append("\n")
            _add_text(node, parts)
            parts.append("\n")
        else:
            _add_text(node, parts)
