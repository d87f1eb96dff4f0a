"""Lists as Word's online edition copies them, written as its desktop edition does.

There each item is a list of its own, shown as a block without a number; how its number is written
stands beside it: "%1)", "Điều %1.", "%1.%2.".
"""

import re

from articles.text import numbers
from articles.text.markup import Element, Node

LEVEL_TEXT = "data-leveltext"
_PLACE = re.compile("%([1-9])")


class Lists:
    """The lists of one text, in its order: what stands before an item may name the ones above it."""

    def __init__(self) -> None:
        self._signs: dict[tuple[str, int], str] = {}

    def paragraphs(self, node: Element) -> list[Element]:
        """The items of a list element as Word's paragraphs."""
        items = [child for child in node.children if isinstance(child, Element)]
        counted = numbers.numbering(node.attributes, ordered=node.name == "ol", items=len(items))
        return [self._paragraph(item, counted) for item in items]

    def _paragraph(self, item: Element, counted: numbers.Numbering) -> Element:
        name = re.sub("[^0-9]", "", item.attributes.get("data-listid", "")) or "0"
        level = int(re.sub("[^1-9]", "", item.attributes.get("data-aria-level", ""))[:1] or 1)
        readings = counted.take(item.attributes)
        self._signs[name, level] = numbers.sign(readings[0]) if readings else ""
        written = _PLACE.sub(
            lambda place: self._signs.get((name, int(place[1])), ""),
            item.attributes[LEVEL_TEXT] if readings else "",
        )
        shown, rest = _without_marker(item.children)
        marker = Element("span", {"style": "mso-list:Ignore"}, [shown or written or "·"])
        style = f"mso-list:l{name} level{level} lfo1"
        return Element("p", {"style": style}, [marker, *rest])


def is_list(node: Element) -> bool:
    """Is it a list whose items say how their numbers are written?"""
    filled = [child for child in node.children if not isinstance(child, str) or child.strip()]
    return node.name in ("ol", "ul") and bool(filled) and all(map(_is_item, filled))


def _is_item(node: Node) -> bool:
    return isinstance(node, Element) and node.name == "li" and LEVEL_TEXT in node.attributes


def _without_marker(nodes: list[Node]) -> tuple[str, list[Node]]:
    """The number that newer versions write into an item, and the rest of it."""
    for place, node in enumerate(nodes):
        if isinstance(node, Element) and "ListMarkerWrappingSpan" in node.attributes.get(
            "class", ""
        ):
            return node.text().strip(), nodes[:place] + nodes[place + 1 :]
    return "", nodes
