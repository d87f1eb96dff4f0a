"""What word processors write beside the text: deletions, remarks in the margin, list markers."""

import re
from dataclasses import dataclass

from articles.text import styles
from articles.text.inline import BLANK
from articles.text.markup import Element, Node, names

_REMARK_CLASSES = frozenset({"msocomanchor", "msocomtxt", "msocomoff"})
# Word's, and those of a page that Google Docs saved.
_REMARK_LINK = re.compile("#_mso(?:com|anchor)_|#cmnt(?:_ref)?[0-9]")
_REMARK_TEXT_LINK = re.compile("#cmnt_ref[0-9]")
_PARAGRAPHS = names("p h1 h2 h3 h4 h5 h6")
_BULLET_FONT = re.compile("symbol|wingdings|webdings|dingbats|courier")
_LIST = re.compile(r"(l[0-9]+)\s+level([0-9])\b")


@dataclass(frozen=True)
class Item:
    """A paragraph that Word shows as an item: its list, its level and its marker, "" for a sign."""

    list: str
    level: int
    marker: str


def is_deletion(node: Element) -> bool:
    """Was it deleted while changes were tracked? Plain `del` is struck text."""
    classes = node.attributes.get("class", "").lower().split()
    if any(name.startswith("msodel") for name in classes):
        return True
    return node.name == "del" and (
        "cite" in node.attributes
        or "datetime" in node.attributes
        or any(name.startswith("mso") for name in classes)
    )


def is_remark(node: Element) -> bool:
    """Is it a remark in the margin, or the sign in the text that leads to one?"""
    attributes = node.attributes
    if attributes:
        if not _REMARK_CLASSES.isdisjoint(attributes.get("class", "").lower().split()):
            return True
        if node.name == "a" and _REMARK_LINK.match(attributes.get("href", "")):
            return True
        if style := attributes.get("style"):
            says = styles.declared(style)
            if says.get("mso-element") in ("comment", "comment-list"):
                return True
            if says.get("mso-special-character") == "comment":
                return True
    return node.name in ("div", "p") and _is_saved_remark(node)


def _is_saved_remark(node: Element) -> bool:
    """Does it begin with the link back to the text?"""
    for _depth in range(3):
        filled = (c for c in node.children if not isinstance(c, str) or c.strip())
        first = next(filled, None)
        if not isinstance(first, Element):
            return False
        if first.name == "a":
            return bool(_REMARK_TEXT_LINK.match(first.attributes.get("href", "")))
        node = first
    return False


def is_title(node: Element) -> bool:
    """Is it a paragraph in the style that Word has for a document's title?"""
    return node.name == "p" and "msotitle" in node.attributes.get("class", "").lower().split()


def is_marker(node: Element) -> bool:
    """Is it the number or sign before an item, written as text?"""
    style = node.attributes.get("style")
    return bool(style) and styles.declared(style).get("mso-list") == "ignore"


def item(node: Element) -> Item | None:
    """The item that a paragraph is, or None."""
    style = node.attributes.get("style", "")
    found = _LIST.match(styles.declared(style).get("mso-list", "")) if style else None
    # What holds paragraphs begins with the marker of its first one.
    text, font = _marker(node) if found or node.name in _PARAGRAPHS else (None, "")
    if found is None and text is None:
        return None
    sign = (text or "").strip(BLANK + "\t\n\r")
    sign = re.sub(rf"[{BLANK}\t\n\r]+", " ", sign)
    if not any(letter.isalnum() for letter in sign) or (
        len(sign) == 1 and (sign == "o" or (not sign.isdecimal() and _BULLET_FONT.search(font)))
    ):
        sign = ""
    if found:
        return Item(f"word {found[1]}", int(found[2]), sign)
    return Item(f"word {node.attributes.get('class', '')}", 1, sign)


def _marker(node: Element) -> tuple[str | None, str]:
    """The text of the marker at the beginning of a paragraph, and the fonts it stands in."""
    fonts: list[str] = []
    waiting: list[Node] = [node]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, str):
            if inner.strip():
                break
            continue
        if style := inner.attributes.get("style"):
            fonts.append(styles.declared(style).get("font-family", ""))
            if is_marker(inner):
                return inner.text(), " ".join(fonts)
        waiting.extend(reversed(inner.children))
    return None, ""
