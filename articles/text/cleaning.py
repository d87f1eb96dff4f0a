"""A story's text: the one door through which HTML comes in, and what can be asked of it.

Whatever arrives is read into a flat list of blocks (paragraphs, list items with their level, whole
tables and figures), whose text is a list of runs with marks, and written again from those: so what
goes out does not depend on how the markup came in, and nothing but the few elements below can go
out. Its form is the one that CKEditor 4 gives back with the settings of our editor: opening and
saving an untouched story changes no byte.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

import nh3

from articles.text import blocks, inline, markup
from articles.text.markup import Element, Node

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
        "figure": {"data-embed", "data-images"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
MAX_ROUNDS = 5

_REFERENCE = re.compile("&(?:amp|lt|gt|nbsp);")

_DASHES = "-\u2013\u2014"


@dataclass(frozen=True)
class Figure:
    """A figure of a clean body: its image ids in order, and its caption as inline HTML.

    embed: the address of the video that it shows, "" for pictures; a video's only image is its
    still, and it may have none.
    """

    images: tuple[int, ...]
    caption: str
    embed: str = ""


def clean_html(html: str) -> str:
    """Reduce any HTML to a story's markup, in one canonical form. Never raises, loses no text.

    Top level: p, h2, h3, ul, ol, blockquote, table, and figure[data-embed, data-images] with at
    most one figcaption; inside: li, thead, tbody, tr, th and td [colspan, rowspan], br, strong, em,
    a[href].
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
        Figure(
            blocks.image_ids(element),
            "".join(markup.serialise(c.children) for c in element.children),
            blocks.embed_address(element),
        )
        for element in markup.parse(body).children
        if isinstance(element, Element) and element.name == "figure"
    ]


def lead_image(body: str) -> int | None:
    """The first image of a clean body; None where there is none."""
    return next((image for figure in figures(body) for image in figure.images), None)


def without_images(body: str, ids: Collection[int]) -> str:
    """A clean body without these images; a figure that loses its last one goes with its caption.

    A video stays without its still.
    """
    kept: list[Node] = []
    for element in markup.parse(body).children:
        if isinstance(element, Element) and element.name == "figure":
            images = [image for image in blocks.image_ids(element) if image not in ids]
            if images:
                element.attributes["data-images"] = " ".join(map(str, images))
            elif "data-embed" in element.attributes:
                element.attributes.pop("data-images", None)
            else:
                continue
        kept.append(element)
    return markup.serialise(kept)


def plain_text(html: str) -> str:
    """The words of any HTML: one line for each paragraph, item, cell, caption and broken line."""
    parts: list[str] = []
    _add_text(Element("", {}, [*_elements(html)]), parts)
    lines = (line.strip(inline.BLANK) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def plain_line(text: str) -> str:
    """Text from outside for a field of one line: NFC, white space collapsed and trimmed.

    Control characters and those that hide text or turn it round are gone.
    """
    return " ".join(inline.composed(inline.readable(text)).split())


def take_off_mark(lede: str, mark: str) -> str:
    """A lede without the paper's own mark at its beginning ("XYZ - ", "(XYZ) – ", "XYZ—").

    mark: the mark with or without its dash and parentheses. The rest is returned as it was, and so
    is a lede that begins otherwise: "VN-Index" does not begin with the mark "VN -".
    """
    name = mark.strip().rstrip(_DASHES + " \xa0").strip("() \xa0")
    if not name:
        return lede
    words = r"\s+".join(map(re.escape, unicodedata.normalize("NFC", name).split()))
    apart = rf"(?:\s+[{_DASHES}]+\s*|[{_DASHES}]+\s+|[–—]\s*)"
    found = re.match(
        rf"\s*(?:{words}{apart}|\(\s*{words}\s*\)\s*[{_DASHES}]+\s*)",
        unicodedata.normalize("NFC", lede),
    )
    return unicodedata.normalize("NFC", lede)[found.end() :] if found else lede


def _elements(html: str) -> list[Element]:
    return blocks.written(blocks.read(markup.parse(html)))


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
