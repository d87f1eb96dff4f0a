"""A small element tree: HTML in, nodes out, and back to HTML.

It reads what browsers read well enough to lose no text, in time linear in the input whatever the
input is: nh3 and html.parser both take quadratic time over some hostile input (nested div, `<!--`
repeated). It is no safeguard by itself: what may stay is the business of `articles.text.cleaning`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape

# Deeper elements become empty siblings and their text goes to the last element that still fits, so
# walking a tree by recursion is safe. Browsers do the same at 512.
MAX_DEPTH = 80


def names(words: str) -> frozenset[str]:
    """Element names, written with spaces between them."""
    return frozenset(words.split())


VOID = names(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param "
    "source track wbr"
)
# https://html.spec.whatwg.org/multipage/parsing.html#parsing-html-fragments: their content is text.
RAW = names("script style iframe noembed noframes noscript xmp plaintext")
ESCAPABLE_RAW = frozenset({"title", "textarea"})

TABLE_PARTS = names("caption table tbody td tfoot th thead tr")
BLOCKS = TABLE_PARTS | names(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li "
    "listing main menu nav ol optgroup option p plaintext pre search section summary ul xmp"
)
_CELLS = frozenset({"caption", "td", "th"})
_LISTS = _CELLS | {"ol", "ul", "menu", "dir"}

# Their end tags end whatever is open in them, or a lost one inside would hide the rest of the text.
_HOLDERS = names("audio canvas object svg template video")

# Start tag -> (elements it closes, elements it does not look beyond): the end tags one may leave out.
_CLOSES = dict.fromkeys(BLOCKS - TABLE_PARTS | {"table"}, (frozenset({"p", "svg"}), _CELLS)) | {
    "li": (frozenset({"li"}), _LISTS),
    "dt": (frozenset({"dt", "dd"}), _CELLS | {"dl"}),
    "dd": (frozenset({"dt", "dd"}), _CELLS | {"dl"}),
    "option": (frozenset({"option"}), _CELLS | {"select"}),
    "td": (_CELLS, frozenset({"tr", "table"})),
    "th": (_CELLS, frozenset({"tr", "table"})),
    "tr": (frozenset({"tr", "caption"}), frozenset({"table"})),
    "thead": (names("thead tbody tfoot caption"), frozenset({"table"})),
    "tbody": (names("thead tbody tfoot caption"), frozenset({"table"})),
    "tfoot": (names("thead tbody tfoot caption"), frozenset({"table"})),
    "a": (frozenset({"a"}), BLOCKS),
}

_ATTRIBUTE = r"""
    (?P<{0}key>[^\s/>=]++)
    (?>(?:\s*+=\s*+(?P<{0}value>"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+))?)
"""
# Every alternative that begins with "<" ends at the end of the text at the latest, and possessive
# repeats never go back: that keeps the time linear. A group that is repeated is an atomic one
# instead, since Python 3.11.2, which Debian 12 has, ends possessive ones in the wrong place.
_TOKEN = re.compile(
    rf"""
      (?P<text>(?>(?:[^<]++|<(?![a-zA-Z/!?]))+))
    | <!--(?:-?>|.*?(?:--!?>|\Z))
    | <[!?][^>]*+(?:>|\Z)
    | </(?:>|[^a-zA-Z>][^>]*+(?:>|\Z))
    | <(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)
       (?P<attributes>(?>(?:[\s/]++|{_ATTRIBUTE.format("_")}|=)*))(?P<closed>>|\Z)
    | (?P<stray><)
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_ATTRIBUTES = re.compile(_ATTRIBUTE.format(""), re.VERBOSE | re.ASCII)
_RAW_END = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE | re.ASCII)
    for name in (RAW | ESCAPABLE_RAW) - {"plaintext"}
}
# Python refuses to read integers of more than 4,300 digits; no character has a number of nine.
_HUGE_REFERENCE = re.compile(r"&#(?:[0-9]{9,}|[xX][0-9a-fA-F]{9,});?")
# In an attribute `&copy=1` is no reference.
_ATTRIBUTE_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[a-zA-Z][a-zA-Z0-9]*;)")


@dataclass(slots=True)
class Element:
    """An element with its attributes and children; adjacent strings are one text."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        """This element and all elements inside it, in document order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(c for c in reversed(element.children) if isinstance(c, Element))

    def text(self) -> str:
        """All text inside, as it stands in the source."""
        parts: list[str] = []
        waiting: list[Node] = [self]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                parts.append(node)
            else:
                waiting.extend(reversed(node.children))
        return "".join(parts)


Node = Element | str


def parse(html: str) -> Element:
    """Read a fragment or a whole document into an element without a name. Never raises.

    Names are lower case, references decoded, comments gone; the content of script, style, title
    and the like is one text in its element. The tree is at most MAX_DEPTH deep.
    """
    builder = _Builder()
    position = 0
    while token := _TOKEN.match(html, position):
        position = token.end()
        if token["name"]:
            if token["closed"]:
                position = builder.tag(token, html, position)
        else:
            builder.text(token["text"] or token["stray"] or "")
    return builder.root


def serialise(nodes: Iterable[Node]) -> str:
    """Write nodes as HTML, on one line, in the form CKEditor and nh3 write it."""
    return "".join(_written(nodes))


def escape(text: str) -> str:
    """Text as it stands in HTML: quotes stay, U+00A0 becomes `&nbsp;`."""
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\xa0", "&nbsp;")
    )


def _written(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield escape(node)
            continue
        yield f"<{node.name}"
        for key, value in node.attributes.items():
            yield f' {key}="{escape(value).replace(chr(34), "&quot;")}"'
        yield ">"
        if node.name not in VOID:
            yield from _written(node.children)
            yield f"</{node.name}>"


def _unescaped(text: str) -> str:
    return unescape(_HUGE_REFERENCE.sub("\ufffd", text)) if "&" in text else text


def _attributes(source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTES.finditer(source):
        value = match["value"] or ""
        if value[:1] in ('"', "'"):
            value = value[1:].removesuffix(value[0])
        found.setdefault(
            match["key"].lower(),
            _ATTRIBUTE_REFERENCE.sub(lambda reference: _unescaped(reference[0]), value),
        )
    return found


class _Builder:
    """Puts tags and text into a tree, closing what a browser would close."""

    def __init__(self) -> None:
        self.root = Element("")
        self.open = [self.root]
        # How often a name is open: most tags need no look at the stack.
        self.counts: Counter[str] = Counter()

    def text(self, text: str) -> None:
        if text:
            self.open[-1].children.append(_unescaped(text))

    def tag(self, token: re.Match[str], html: str, position: int) -> int:
        """Take a tag; returns where to read on."""
        name = token["name"].lower()
        if token["end"] and name != "br":
            self._end(name)
            return position
        element = self._start(name, token["attributes"])
        if name in RAW or name in ESCAPABLE_RAW:
            return self._raw(element, html, position)
        return position

    def _start(self, name: str, attributes: str) -> Element:
        if name in _CLOSES:
            names, barrier = _CLOSES[name]
            if any(self.counts[closed] for closed in names):
                self._close(names, barrier)
        element = Element(name, _attributes(attributes) if attributes else {})
        self.open[-1].children.append(element)
        # Word writes `<o:p/>`; in HTML proper the slash means nothing.
        empty = name in VOID or (":" in name and attributes.endswith("/"))
        if not empty and name not in RAW | ESCAPABLE_RAW and len(self.open) < MAX_DEPTH:
            self.open.append(element)
            self.counts[name] += 1
        return element

    def _raw(self, element: Element, html: str, position: int) -> int:
        end = _RAW_END[element.name].search(html, position) if element.name in _RAW_END else None
        stop = end.start() if end else len(html)
        text = html[position:stop]
        element.children.append(_unescaped(text) if element.name in ESCAPABLE_RAW else text)
        return stop

    def _end(self, name: str) -> None:
        if not self.counts[name]:
            return
        if name in _HOLDERS:
            barrier = frozenset[str]()
        elif name not in BLOCKS:
            barrier = BLOCKS
        elif name in TABLE_PARTS:
            barrier = frozenset({"table"})
        else:
            barrier = _LISTS if name == "li" else _CELLS
        self._close(frozenset({name}), barrier)

    def _close(self, names: frozenset[str], barrier: frozenset[str]) -> None:
        """Close the innermost open element of these names, unless a barrier is met first."""
        for depth in range(len(self.open) - 1, 0, -1):
            name = self.open[depth].name
            if name in names:
                self.counts.subtract(element.name for element in self.open[depth:])
                del self.open[depth:]
                return
            if name in barrier:
                return
