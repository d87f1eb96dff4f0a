"""How a manuscript begins: which of its first paragraphs belong in fields of their own."""

import re
from dataclasses import dataclass

from articles.text import cleaning
from articles.text.body import Body
from articles.text.inline import BLANK
from articles.text.markup import Element, Node

MAX_HEADLINE, MAX_LEDE = 300, 2000
# A section or a name may stand above the headline, a name or a date between it and the lede.
_ABOVE, _BETWEEN = 3, 2
_LONG = 160
_SENTENCE_ENDS = re.compile(r"[.…]”?\Z")


@dataclass(frozen=True)
class Opening:
    """The headline and the lede of a manuscript as plain text, "" for none.

    dateline: another mark than the story's own that stood before the lede ("HÀ NỘI -").
    headline_block, lede_block: where in the body each of them stands, as the index of its block.
    """

    headline: str = ""
    dateline: str = ""
    lede: str = ""
    headline_block: int | None = None
    lede_block: int | None = None


def opening_of(body: Body, mark: str = "") -> Opening:
    """Read the opening of a whole manuscript.

    Its headline is a heading among its first blocks, or a short first paragraph all in bold; its
    lede is the paragraph all in bold after that, or one that begins with a mark. mark: the one that
    stands before this story's lede already.
    """
    blocks = body.blocks
    if len(blocks) < 2:
        return Opening()
    title = _headline(blocks)
    after = 0 if title is None else title + 1
    lede = _lede(blocks, after, mark, _BETWEEN if title is not None else 1)
    dateline, words = _apart(_words(blocks[lede]), mark) if lede is not None else ("", "")
    return Opening(
        headline=_words(blocks[title]) if title is not None else "",
        dateline=dateline,
        lede=words,
        headline_block=title,
        lede_block=lede,
    )


def _headline(blocks: tuple[Element, ...]) -> int | None:
    for place, block in enumerate(blocks[: _ABOVE + 1]):
        if block.name in ("h2", "h3"):
            return place if len(_words(block)) <= MAX_HEADLINE else None
        if block.name != "p" or len(_words(block)) > _LONG:
            break
    if blocks[0].name == "p" and _is_bold(blocks[0]):
        words = _words(blocks[0])
        if len(words) <= _LONG and not _SENTENCE_ENDS.search(words):
            return 0
    return None


def _lede(blocks: tuple[Element, ...], start: int, mark: str, among: int) -> int | None:
    for place, block in enumerate(blocks[start : start + among], start):
        words = _words(block)
        if block.name != "p" or len(words) > MAX_LEDE:
            return None
        if _is_bold(block) or _apart(words, mark)[1] != words:
            return place
    return None


def _apart(lede: str, mark: str) -> tuple[str, str]:
    """The mark that the text brings, "" where it is the story's own, and the lede without it."""
    rest = cleaning.take_off_mark(lede, mark)
    return ("", rest) if rest != lede else cleaning.part_any_mark(lede)


def _is_bold(block: Element) -> bool:
    return not "".join(_text_outside(block, "strong")).strip(BLANK)


def _text_outside(node: Node, name: str) -> list[str]:
    if isinstance(node, str):
        return [node]
    if node.name == name:
        return []
    return [text for child in node.children for text in _text_outside(child, name)]


def _words(block: Element) -> str:
    return cleaning.plain_line(" ".join(cleaning.plain_text([block]).split("\n")))
