"""What an editor should have seen of a text before readers have it: told, and never in the way (pure)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from articles.rules.content import Content
from articles.text.markup import Element
from media.text import fold

# Words of a link that say nothing of where it leads, as a search without accents sees them. WCAG 2.4.4.
_VAGUE = frozenset(
    (
        *("day", "tai day", "o day", "vao day", "bam vao day", "nhan vao day", "xem tai day"),
        *("xem", "xem them", "doc them", "chi tiet", "xem chi tiet", "link", "duong link"),
        *("lien ket", "here", "click here", "this", "this link", "link here", "more", "read more"),
    )
)
_HEADINGS = {"h2": 2, "h3": 3}


class Check(StrEnum):
    """What is looked at."""

    NO_LEDE = "no_lede"
    NO_ALT_TEXT = "no_alt_text"
    NO_CREDIT = "no_credit"
    NO_CAPTION = "no_caption"
    SKIPPED_HEADING = "skipped_heading"
    EMPTY_HEADING = "empty_heading"
    VAGUE_LINK = "vague_link"
    TABLE_WITHOUT_HEAD = "table_without_head"
    ABSENT_STORY = "absent_story"
    SAME_HEADLINE = "same_headline"


@dataclass(frozen=True)
class Finding:
    """Something to look at. where: the words that it is about; image_ids: the pictures."""

    check: Check
    where: str = ""
    image_ids: tuple[int, ...] = ()


def findings(
    content: Content, *, absent: Sequence[str] = (), namesakes: Sequence[str] = ()
) -> list[Finding]:
    """All that there is to look at in a content, in the order in which a reader meets it.

    absent: headlines of related stories that are not on the site when the text is. namesakes: the
    same headline of other stories that are.
    """
    return [
        *(Finding(Check.SAME_HEADLINE, headline) for headline in namesakes),
        *([] if content.lede else [Finding(Check.NO_LEDE)]),
        *_of_pictures(content),
        *_of_headings(content),
        *_of_links(content),
        *_of_tables(content),
        *(Finding(Check.ABSENT_STORY, headline) for headline in absent),
    ]


def _of_pictures(content: Content) -> Iterator[Finding]:
    without = {
        Check.NO_ALT_TEXT: [p.image_id for p in content.pictures if not p.alt_text],
        Check.NO_CREDIT: [p.image_id for p in content.pictures if not p.credit],
        Check.NO_CAPTION: [
            pk
            for figure in content.body.figures
            if not figure.plain_caption and not figure.embed
            for pk in figure.images
        ],
    }
    for check, ids in without.items():
        if ids:
            yield Finding(check, image_ids=tuple(ids))


def _of_headings(content: Content) -> Iterator[Finding]:
    """A heading below none of the level above; one with nothing of its own under it."""
    levels = [0]
    for block, following in pairwise([*content.body.blocks, None]):
        level = _HEADINGS.get(block.name)
        if level is None:
            continue
        if level > max(levels) + 1 and level > min(_HEADINGS.values()):
            yield Finding(Check.SKIPPED_HEADING, block.text())
        levels.append(level)
        next_level = _HEADINGS.get(following.name) if following else 0
        if next_level is not None and next_level <= level:
            yield Finding(Check.EMPTY_HEADING, block.text())


def _of_links(content: Content) -> Iterator[Finding]:
    for block in content.body.blocks:
        for element in block.walk():
            words = element.text().strip(" .,;:!?…»“”\"'()[]>")
            if element.name == "a" and fold(words) in _VAGUE:
                yield Finding(Check.VAGUE_LINK, element.text())


def _of_tables(content: Content) -> Iterator[Finding]:
    for block in content.body.blocks:
        for element in block.walk():
            if element.name == "table" and not any(cell.name == "th" for cell in element.walk()):
                yield Finding(Check.TABLE_WITHOUT_HEAD, _beginning(element))


def _beginning(table: Element) -> str:
    """The words of its first row."""
    row = next(element for element in table.walk() if element.name == "tr")
    return " · ".join(cell.text() for cell in row.children if isinstance(cell, Element))
