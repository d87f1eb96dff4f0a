"""What a save of a working copy keeps, and which of them are kept for how long (pure)."""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from articles.rules.content import ContentLink

_BLOCK = re.compile(r"<figure\b.*?</figure>|.*?</(?:p|h2|h3|li|tr)>", re.DOTALL)
_AROUND = re.compile(r"(?:</?(?:ul|ol|blockquote|table|thead|tbody)\b[^>]*>)+")
_IMAGES = re.compile(r'data-images="([\d ]*)"')


@dataclass(frozen=True)
class SavedText:
    """All that somebody has written in a working copy.

    fields: its short fields by name. body: clean HTML. What the library says of its pictures is not
    a part of it.
    """

    fields: dict[str, object]
    author_ids: tuple[int, ...]
    links: tuple[ContentLink, ...]
    body: str

    def as_json(self) -> dict[str, object]:
        """Everything but the body, as a column of JSON holds it."""
        links = [[link.target_id, link.url, link.title] for link in self.links]
        return self.fields | {"author_ids": list(self.author_ids), "links": links}

    @classmethod
    def from_json(cls, values: dict[str, object], body: str) -> "SavedText":
        """The same read back."""
        fields = dict(values)
        author_ids = tuple(fields.pop("author_ids"))
        links = tuple(ContentLink(*link) for link in fields.pop("links"))
        return cls(fields, author_ids, links, body)


# In this order a person reads them. The headline makes the address, unless that was written.
FIELDS = ("headline", "dateline", "lede", "section_id", "genre", "byline", "slug", "lead_image_id")


@dataclass(frozen=True)
class Changed:
    """What a save changed, for a line in a list.

    fields: names of FIELDS, "author_ids" and "links". paragraphs, pictures, captions: how many of
    the text were written, left out or put in. moved: something stands elsewhere. dressed: nothing
    else differs than how the text is set out.
    """

    fields: tuple[str, ...] = ()
    paragraphs: int = 0
    pictures: int = 0
    captions: int = 0
    moved: bool = False

    def __bool__(self) -> bool:
        return self != Changed()


def what_changed(old: SavedText, new: SavedText) -> Changed:
    """What makes the new text another one than the old; nothing where they are the same.

    Cheap, since it is asked at each save: blocks are counted, not compared word by word.
    """
    fields = [name for name in FIELDS if old.fields.get(name) != new.fields.get(name)]
    if "headline" in fields and "slug" in fields:
        fields.remove("slug")
    fields += [name for name in ("author_ids", "links") if getattr(old, name) != getattr(new, name)]
    if old.body == new.body:
        return Changed(tuple(fields))
    before, after = _blocks(old.body), _blocks(new.body)
    went, came = Counter(before), Counter(after)
    went, came = went - came, came - went
    pictures = _differ(_images(went), _images(came))
    figures = _differ(_figures(went), _figures(came))
    paragraphs = max(_texts(went), _texts(came))
    captions = max(figures - pictures, 0)
    moved = not (paragraphs or pictures or captions)
    return Changed(tuple(fields), paragraphs, pictures, captions, moved)


def _blocks(body: str) -> list[str]:
    """The paragraphs, items, rows and figures of a clean body, without what stands around them."""
    return [_AROUND.sub("", block) for block in _BLOCK.findall(body)]


def _is_figure(block: str) -> bool:
    return block.startswith("<figure")


def _texts(blocks: Counter[str]) -> int:
    return sum(count for block, count in blocks.items() if not _is_figure(block))


def _figures(blocks: Counter[str]) -> Counter[str]:
    return Counter({block: count for block, count in blocks.items() if _is_figure(block)})


def _images(blocks: Counter[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for block, count in blocks.items():
        for ids in _IMAGES.findall(block) if _is_figure(block) else ():
            found.update(ids.split() * count)
    return found


def _differ(went: Counter[str], came: Counter[str]) -> int:
    return max((went - came).total(), (came - went).total())


# Which saves are kept

DAY = timedelta(days=1)
# From this age on one of so many seconds is enough: its last.
STEPS = (
    (timedelta(hours=1), 600),
    (DAY, 3600),
    (30 * DAY, 24 * 3600),
)


@dataclass(frozen=True)
class Kept:
    """A save in a story's history. by: who, None for nobody known. marked: a verb took this text."""

    number: int
    at: datetime
    by: Hashable
    marked: bool = False


def superseded(saves: Sequence[Kept], now: datetime) -> list[int]:
    """The numbers of the saves that need not be kept any longer.

    saves: a story's, in the order of their numbers. All of the last hour stay, then the last one of
    each ten minutes, from a day on of each hour, from thirty days on of each day. Never goes the
    first or the last of several that one person made in a row, so that nobody's text goes because
    somebody else saved over it, nor one that was handed in or published.
    """
    gone: list[int] = []
    for _by, run in groupby(saves, key=lambda save: save.by):
        gone += _superseded(list(run), now)
    return gone


def _superseded(run: Sequence[Kept], now: datetime) -> Iterable[int]:
    """Of one person's saves in a row."""
    lasts = {(step, _slot(save.at, step)): save.number for save in run for _age, step in STEPS}
    for save in run[1:-1]:
        step = _step(now - save.at)
        if step and not save.marked and lasts[step, _slot(save.at, step)] != save.number:
            yield save.number


def _step(age: timedelta) -> int:
    """One of so many seconds is enough at this age; 0 where all are kept."""
    return max((step for least, step in STEPS if age >= least), default=0)


def _slot(moment: datetime, step: int) -> int:
    return int(moment.timestamp()) // step
