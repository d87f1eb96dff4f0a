"""What comes in from outside, cleaned: HTML for a body, and text for a field of one line.

Whatever HTML arrives is read into a flat list of blocks (paragraphs, list items with their level,
whole tables and figures), whose text is a list of runs with marks, and written again from those: so
what goes out does not depend on how the markup came in, and nothing but the few elements below can
go out. Its form is the one that CKEditor 4 gives back with the settings of our editor: opening and
saving an untouched story changes no byte.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import nh3

from articles.text import blocks, inline, markup
from articles.text.markup import Element, Node
from media.text import is_blank

TAGS = markup.names(
    "p h2 h3 ul ol li blockquote table thead tbody tr th td br strong em a s sup sub "
    "figure figcaption"
)
# A second opinion by a real HTML parser on what was written.
LOCK = nh3.Cleaner(
    tags=set(TAGS),
    attributes={
        "a": {"href"},
        "ol": {"start", "type"},
        "th": {"colspan", "rowspan"},
        "td": {"colspan", "rowspan"},
        "figure": {"data-embed", "data-images"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
MAX_ROUNDS = 5
# Tags and lines, far more than any story has. A thread takes some 25 to 50 µs for each.
MAX_PIECES = 25_000

_REFERENCE = re.compile("&(?:amp|lt|gt|nbsp);")
_DASHES = "-\u2013\u2014"
# Up to 40 letters before a dash or in parentheses, or a place and then parentheses and a dash.
_SOME_MARK = re.compile(
    rf"\s*(?:(?P<name>[^{_DASHES}()\d]{{2,40}}?)(?:\s+[{_DASHES}]+\s*|[–—]\s*|[{_DASHES}]+\s+)"
    rf"|\((?P<inside>[^()]{{2,40}})\)(?=[{_DASHES}\s])"
    rf"|[^().:;!?]{{2,25}}\s\((?P<after>[^()]{{2,40}})\)\s*[{_DASHES}])"
)


@dataclass(frozen=True)
class LeftOut:
    """How many pieces of what came in are not in the text, by kind.

    deletions: deleted while changes were tracked; remarks: in the margin; hidden: text that its
    author did not see; frames: pages of elsewhere that show none of the videos we know.
    """

    deletions: int = 0
    remarks: int = 0
    hidden: int = 0
    frames: int = 0


def is_too_intricate(html: str) -> bool:
    """Has it more tags and lines than are cleaned within two seconds?

    Cleaning takes time for each piece, however short: ask first where anybody may send anything.
    """
    return html.count("<") + html.count("\n") > MAX_PIECES


def clean(root: Element) -> tuple[str, list[Element], LeftOut]:
    """A tree of any elements as clean HTML, the elements which that is of, and what is not in it."""
    found, counted = blocks.read(root)
    left_out = LeftOut(**counted)
    first = elements = blocks.written(found)
    html = markup.serialise(elements)
    for _ in range(MAX_ROUNDS):
        checked = _checked(html)
        if checked == html:
            return html, elements, left_out
        elements = blocks.written(blocks.read(markup.parse(checked))[0])
        html = markup.serialise(elements)
    elements = [Element("p", {}, [line]) for line in plain_text(first).splitlines()]
    return markup.serialise(elements), elements, left_out


def plain_text(nodes: Iterable[Node]) -> str:
    """Their words: one line for each paragraph, item, cell, caption and broken line."""
    parts: list[str] = []
    _add_text(nodes, parts)
    lines = (line.strip(inline.BLANK) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def plain_line(text: str) -> str:
    """Text from outside for a field of one line: NFC, white space collapsed and trimmed.

    Control characters and those that hide text or turn it round are gone; what nobody sees
    anything of is "".
    """
    line = " ".join(inline.composed(inline.readable(text)).split())
    return "" if is_blank(line) else line


def take_off_mark(lede: str, mark: str) -> str:
    """A lede without the paper's own mark at its beginning ("XYZ - ", "(XYZ) – ", "XYZ—").

    mark: the mark with or without its dash and parentheses; where it stands several times in a row,
    all go. The rest is returned as it was, and so is a lede that begins otherwise: "VN-Index" does
    not begin with the mark "VN -".
    """
    return _after_marks(lede, mark, "+")


def _after_marks(lede: str, mark: str, times: str) -> str:
    name = mark.strip().rstrip(_DASHES + " \xa0").strip("() \xa0")
    if not name:
        return lede
    words = r"\s+".join(map(re.escape, unicodedata.normalize("NFC", name).split()))
    apart = rf"(?:\s+[{_DASHES}]+\s*|[{_DASHES}]+\s+|[–—]\s*)"
    found = re.match(
        rf"\s*(?:{words}{apart}|\(\s*{words}\s*\)\s*[{_DASHES}]+\s*){times}",
        unicodedata.normalize("NFC", lede),
    )
    return unicodedata.normalize("NFC", lede)[found.end() :] if found else lede


def part_mark(lede: str, mark: str) -> tuple[str, str]:
    """A mark and a lede that may begin with it, apart: the dash between them stays with the mark."""
    first = _after_marks(lede, mark, "")
    taken = plain_line(unicodedata.normalize("NFC", lede).removesuffix(first))
    rest = take_off_mark(first, mark)
    if first == lede or mark.rstrip(" \xa0").endswith(tuple(_DASHES)):
        return mark, rest
    return taken, rest


def with_dash(mark: str) -> str:
    """A mark with the dash that stands between it and the lede: "XYZ" is "XYZ -"."""
    return f"{mark} -" if mark[-1:].isalnum() or mark.endswith(")") else mark


def begins_with_mark(lede: str) -> bool:
    """Does a lede begin with a mark, whosever it is: "XYZ - ", "(XYZ) ", "Hà Nội (XYZ) – "?

    It is taken for one where it is all capitals.
    """
    return part_any_mark(lede)[0] != ""


def part_any_mark(lede: str) -> tuple[str, str]:
    """Such a mark, with its dash, and the rest of the lede; "" and the lede where there is none."""
    whole = unicodedata.normalize("NFC", lede)
    found = _SOME_MARK.match(whole)
    name = (found["name"] or found["inside"] or found["after"]).strip() if found else ""
    if not (name.isupper() and all(each.isalpha() or each in " .&" for each in name)):
        return "", lede
    rest = whole[found.end() :].lstrip(_DASHES + " \xa0")
    return plain_line(whole.removesuffix(rest)), rest


def _checked(cleaned: str) -> str:
    """What nh3 makes of cleaned HTML: the same.

    It sees a letter for each reference, since it takes quadratic time over many of them in one
    text, and a reference can't change what is markup.
    """
    outline = _REFERENCE.sub("x", cleaned)
    return cleaned if LOCK.clean(outline) == outline else LOCK.clean(cleaned)


def _add_text(nodes: Iterable[Node], parts: list[str]) -> None:
    for node in nodes:
        if isinstance(node, str):
            parts.append(node)
        elif node.name in markup.BLOCKS or node.name == "br":
            parts.append("\n")
            _add_text(node.children, parts)
            parts.append("\n")
        else:
            _add_text(node.children, parts)
