"""What has changed between two texts: which paragraph became which, and in it which words.

Texts are compared in units that a reader sees as one: paragraphs, headings, items, figures, rows of
tables. First come those that are the same and stand once in each text, then what is alike between
them, then what was moved, split and joined. How alike is enough was measured on the example stories
with made-up edits.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, count, pairwise

from rapidfuzz.distance import Indel

from articles.text import blocks, inline, markup, numbers
from articles.text.inline import Line, Run
from articles.text.markup import Element

# Of two texts that have nothing to do with each other, 99.9% are less alike than ALIKE.
ALIKE, MOVED, HALF = 0.4, 0.8, 0.5
_MOVED_WORDS = 8
# Together two units must be this much more alike to a third than one of them alone.
_TOGETHER, _TOGETHER_LEAST = 0.05, 0.6
# More pairs than these are not all looked at, but a few of each that share two words in a row.
_ALL_PAIRS, _CANDIDATES = 400, 12
# Fewer words than these between two changes are told as changed with them.
_WORDS_BETWEEN = 2

_TOKEN = re.compile(r"\d+(?:[.,/:]\d+)*%?|\w+|[^\w\s]|\s+")


@dataclass(frozen=True)
class Unit:
    """What is compared as one.

    kind: "p", "h2", "h3", "li", "figure", "tr", or in a merge "list", "table", "quote"; place: what else it stands in, such as the number of
    an item. parts: its lines of text: one, or one for each cell of a row. images, embed: a figure's.
    """

    kind: str
    place: str
    parts: tuple[tuple[Run, ...], ...]
    images: tuple[int, ...] = ()
    embed: str = ""

    @cached_property
    def text(self) -> str:
        return "\t".join("".join(run.text for run in part) for part in self.parts)

    @cached_property
    def words(self) -> list[str]:
        return [token for token in _TOKEN.findall(self.text) if not token.isspace()]

    @property
    def is_text(self) -> bool:
        return self.kind not in ("figure", "tr", "table")


@dataclass(frozen=True)
class Change:
    """One step of a comparison, in the order of the new text.

    kind: "same", "changed", "moved" (changed too, where its words differ), "split", "joined",
    "added", "removed". old, new: the units of each text that it is about.
    """

    kind: str
    old: tuple[Unit, ...] = ()
    new: tuple[Unit, ...] = ()


def units_of(html: str) -> list[Unit]:
    """The units of a clean body."""
    return units_in(markup.parse(html).children)


def units_in(nodes: Sequence[markup.Node]) -> list[Unit]:
    """The units of some of its elements."""
    found, _left_out = blocks.read(Element("", {}, list(nodes)))
    return list(_units(found))


def _units(found: Iterable[blocks.Block]) -> Iterator[Unit]:
    for block in found:
        quoted = "quoted " if block.place.quotation else ""
        if isinstance(block, blocks.Text):
            line = tuple(inline.joined(block.lines, "\n"))
            place = block.place
            if place.list:
                sign = numbers.sign(place.readings[0]) if place.readings else "•"
                yield Unit("li", f"{quoted}{place.level} {sign}", (line,))
            else:
                yield Unit(place.kind, quoted, (line,))
        elif block.element.name == "figure":
            caption = tuple(line_of([node for c in block.element.children for node in c.children]))
            images = blocks.image_ids(block.element)
            yield Unit("figure", quoted, (caption,), images, blocks.embed_address(block.element))
        else:
            for row in block.element.walk():
                if row.name == "tr":
                    cells = [cell for cell in row.children if isinstance(cell, Element)]
                    names = " ".join(cell.name for cell in cells)
                    yield Unit(
                        "tr", quoted + names, tuple(tuple(line_of(c.children)) for c in cells)
                    )


def line_of(nodes: Sequence[markup.Node]) -> Line:
    """What stands in a paragraph, caption or cell, as one line."""
    found, _left_out = blocks.read(Element("", {}, list(nodes)))
    lines = [line for block in found if isinstance(block, blocks.Text) for line in block.lines]
    return inline.joined(lines, "\n")


def compared(old: Sequence[Unit], new: Sequence[Unit]) -> list[Change]:
    """What became of each unit, in the order of the new text; what went stands where it stood."""
    pairs = _Matching(old, new).pairs()
    return list(_in_order(old, new, pairs))


def paired(old: Sequence[Unit], new: Sequence[Unit]) -> list[tuple[int, int]]:
    """The places of the units that became one another, alike or the same, in order in both."""
    pairs = _Matching(old, new).pairs()
    return [
        (pair.old[0], pair.new[0])
        for pair in pairs
        if not pair.moved and len(pair.old) == len(pair.new) == 1
    ]


@dataclass
class _Pair:
    old: tuple[int, ...]
    new: tuple[int, ...]
    moved: bool = False


class _Matching:
    def __init__(self, old: Sequence[Unit], new: Sequence[Unit]) -> None:
        self.old, self.new = old, new
        self._numbers: dict[str, int] = defaultdict(count(1).__next__)
        self._old_words = [self._numbered(unit) for unit in old]
        self._new_words = [self._numbered(unit) for unit in new]

    def _numbered(self, unit: Unit) -> list[int]:
        # rapidfuzz takes texts by their hashes, by which "a" and 97 are one.
        return [self._numbers[word] for word in unit.words]

    def pairs(self) -> list[_Pair]:
        anchors = self._anchors()
        chained = list(anchors)
        edges = [(-1, -1), *anchors, (len(self.old), len(self.new))]
        for (i, j), (i_end, j_end) in pairwise(edges):
            chained += self._chain(range(i + 1, i_end), range(j + 1, j_end))
        found = [_Pair((i,), (j,)) for i, j in sorted(chained)]
        self._take_together(found)
        return found + self._moved(found)

    def _anchors(self) -> list[tuple[int, int]]:
        """Units that are equal and stand once in each text, in their longest common order, and
        their equal neighbours.
        """
        places = [_single(self.old), _single(self.new)]
        common = sorted(
            (places[0][key], places[1][key]) for key in places[0].keys() & places[1].keys()
        )
        anchors = _longest_in_order(common)
        olds, news = {i for i, _ in anchors}, {j for _, j in anchors}
        grown = list(anchors)
        for step in (1, -1):
            for anchor in anchors[::step]:
                i, j = anchor[0] + step, anchor[1] + step
                while i not in olds and j not in news and self._equal(i, j):
                    grown.append((i, j))
                    olds.add(i)
                    news.add(j)
                    i, j = i + step, j + step
        return sorted(grown)

    def _equal(self, i: int, j: int) -> bool:
        inside = 0 <= i < len(self.old) and 0 <= j < len(self.new)
        return inside and _key(self.old[i]) == _key(self.new[j])

    def _chain(self, old: range, new: range) -> list[tuple[int, int]]:
        """The heaviest pairs of alike units in order."""
        weights = {}
        for i, j in self._candidates(old, new):
            alike = self._alike(i, j)
            if alike >= ALIKE:
                length = min(len(self._old_words[i]), len(self._new_words[j]))
                weights[i, j] = alike * (length + 1)
        chain = _heaviest_in_order(weights)
        return chain or self._only_ones(old, new)

    def _only_ones(self, old: range, new: range) -> list[tuple[int, int]]:
        """A figure, list, table or row that stands alone against one of its kind."""
        for kind in ("figure", "tr", "list", "table"):
            olds = [i for i in old if self.old[i].kind == kind]
            news = [j for j in new if self.new[j].kind == kind]
            if len(olds) == len(news) == 1:
                return [(olds[0], news[0])]
        return []

    def _candidates(self, old: range, new: range) -> Iterable[tuple[int, int]]:
        if len(old) * len(new) <= _ALL_PAIRS:
            return ((i, j) for i in old for j in new)
        return self._sharing(old, new)

    def _sharing(self, old: range, new: range) -> Iterator[tuple[int, int]]:
        """Pairs that share two words in a row, or stand at the same place in the gap."""
        having: dict[tuple[int, int], list[int]] = defaultdict(list)
        for j in new:
            for pair in set(pairwise(self._new_words[j])):
                having[pair].append(j)
        for i in old:
            expected = new.start + (i - old.start) * len(new) // len(old)
            votes: Counter[int] = Counter({expected: 1})
            for pair in set(pairwise(self._old_words[i])):
                near = having.get(pair, ())
                at = bisect_left(near, expected)
                votes.update(near[max(0, at - _CANDIDATES) : at + _CANDIDATES])
            for j, _count in votes.most_common(_CANDIDATES):
                yield i, j

    def _alike(self, i: int, j: int) -> float:
        one, other = self.old[i], self.new[j]
        if one.is_text != other.is_text or (not one.is_text and one.kind != other.kind):
            return 0
        if one.kind == "figure":
            if one.embed or other.embed:
                return float(one.embed == other.embed)
            if set(one.images) & set(other.images):
                return 1
            return 0
        return Indel.normalized_similarity(self._old_words[i], self._new_words[j])

    def _take_together(self, found: list[_Pair]) -> None:
        """Give a pair the neighbours that were split off from it, or joined to it."""
        free_old = set(range(len(self.old))) - {i for pair in found for i in pair.old}
        free_new = set(range(len(self.new))) - {j for pair in found for j in pair.new}
        for pair in found:
            if not self.old[pair.old[0]].is_text:
                continue
            self._grow(pair, free_old, free_new)

    def _grow(self, pair: _Pair, free_old: set[int], free_new: set[int]) -> None:
        alike = self._alike_together(pair.old, pair.new)
        while True:
            wider = [
                *(((*pair.old, i), pair.new) for i in [pair.old[-1] + 1] if i in free_old),
                *(((i, *pair.old), pair.new) for i in [pair.old[0] - 1] if i in free_old),
                *((pair.old, (*pair.new, j)) for j in [pair.new[-1] + 1] if j in free_new),
                *((pair.old, (j, *pair.new)) for j in [pair.new[0] - 1] if j in free_new),
            ]
            wider = [
                each
                for each in wider
                if min(map(len, each)) == 1
                and all(self.old[i].is_text for i in each[0])
                and all(self.new[j].is_text for j in each[1])
            ]
            best = max(wider, key=lambda each: self._alike_together(*each), default=None)
            if best is None:
                return
            together = self._alike_together(*best)
            if together < max(alike + _TOGETHER, _TOGETHER_LEAST):
                return
            pair.old, pair.new = best
            alike = together
            free_old -= set(pair.old)
            free_new -= set(pair.new)

    def _alike_together(self, old: tuple[int, ...], new: tuple[int, ...]) -> float:
        return Indel.normalized_similarity(
            [word for i in old for word in self._old_words[i]],
            [word for j in new for word in self._new_words[j]],
        )

    def _moved(self, found: list[_Pair]) -> list[_Pair]:
        taken_old = {i for pair in found for i in pair.old}
        taken_new = {j for pair in found for j in pair.new}
        old = [i for i in range(len(self.old)) if i not in taken_old]
        new = [j for j in range(len(self.new)) if j not in taken_new]
        once = [
            _single([units[n] for n in rest]) for units, rest in ((self.old, old), (self.new, new))
        ]
        pairs = [(old[once[0][key]], new[once[1][key]]) for key in once[0].keys() & once[1].keys()]
        old = [i for i in old if i not in {i for i, _ in pairs}]
        new = [j for j in new if j not in {j for _, j in pairs}]
        close = []
        for i, j in self._across(old, new):
            enough = min(len(self._old_words[i]), len(self._new_words[j])) >= _MOVED_WORDS
            if self.old[i].kind == "figure" or enough:
                alike = self._alike(i, j)
                if alike >= MOVED:
                    close.append((-alike, i, j))
        for _alike, i, j in sorted(close):
            if all(i != a and j != b for a, b in pairs):
                pairs.append((i, j))
        return [_Pair((i,), (j,), moved=True) for i, j in pairs]

    def _across(self, old: list[int], new: list[int]) -> Iterable[tuple[int, int]]:
        if len(old) * len(new) <= _ALL_PAIRS:
            return ((i, j) for i in old for j in new)
        having: dict[object, list[int]] = defaultdict(list)
        for j in new:
            for key in {*pairwise(self._new_words[j]), *self.new[j].images}:
                having[key].append(j)
        return (
            (i, j)
            for i in old
            for j, _votes in Counter(
                j
                for key in {*pairwise(self._old_words[i]), *self.old[i].images}
                for j in having.get(key, ())[:_CANDIDATES]
            ).most_common(_CANDIDATES)
        )


def _key(unit: Unit) -> object:
    """Equal for units that readers see alike, but for the number of an item."""
    return unit.kind, unit.parts, unit.images, unit.embed


def _single(units: Sequence[Unit]) -> dict[object, int]:
    """Where the units stand that there is only one of."""
    counts = Counter(map(_key, units))
    return {_key(unit): n for n, unit in enumerate(units) if counts[_key(unit)] == 1}


def _longest_in_order(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return _heaviest_in_order(dict.fromkeys(pairs, 1.0))


def _heaviest_in_order(weights: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The pairs, rising in both numbers, whose weights have the greatest sum."""
    columns = sorted({j for _i, j in weights})
    best: list[tuple[float, int]] = [(0.0, -1)] * (len(columns) + 1)
    chains: list[tuple[tuple[int, int], int]] = []
    # Within a row from the right, so that none builds on another of its row.
    for (i, j), weight in sorted(weights.items(), key=lambda item: (item[0][0], -item[0][1])):
        column = bisect_left(columns, j)
        before, chain = (0.0, -1)
        place = column
        while place > 0:
            before, chain = max((before, chain), best[place])
            place -= place & -place
        chains.append(((i, j), chain))
        place = column + 1
        entry = (before + weight, len(chains) - 1)
        while place <= len(columns):
            best[place] = max(best[place], entry)
            place += place & -place
    _weight, chain = max(best, default=(0.0, -1))
    found = []
    while chain >= 0:
        pair, chain = chains[chain]
        found.append(pair)
    return found[::-1]


def _in_order(old: Sequence[Unit], new: Sequence[Unit], pairs: Sequence[_Pair]) -> Iterator[Change]:
    paired = {i for pair in pairs for i in pair.old}
    gone = [i for i in range(len(old)) if i not in paired]
    starts = {pair.new[0]: pair for pair in pairs}
    inside = {j for pair in pairs for j in pair.new[1:]}
    chain = sorted(pair.old[0] for pair in pairs if not pair.moved)

    def removed(end: int) -> Iterator[Change]:
        while gone and gone[0] < end:
            yield Change("removed", old=(old[gone.pop(0)],))

    yield from removed(chain[0] if chain else len(old))
    for j, unit in enumerate(new):
        if j in starts:
            pair = starts[j]
            olds, news = tuple(old[i] for i in pair.old), tuple(new[j] for j in pair.new)
            yield Change(_kind(olds, news, moved=pair.moved), olds, news)
            if not pair.moved:
                after = bisect_right(chain, pair.old[0])
                yield from removed(chain[after] if after < len(chain) else len(old))
        elif j not in inside:
            yield Change("added", new=(unit,))
    yield from removed(len(old))


def _kind(old: tuple[Unit, ...], new: tuple[Unit, ...], *, moved: bool) -> str:
    if moved:
        return "moved"
    if len(new) > 1:
        return "split"
    if len(old) > 1:
        return "joined"
    return "same" if _key(old[0]) == _key(new[0]) else "changed"


@dataclass(frozen=True)
class Marked:
    """A line of both texts: runs with `change`. emphasis, links: what else differs in its words."""

    line: tuple[Run, ...]
    emphasis: bool = False
    links: bool = False


def marked(old: Sequence[Run], new: Sequence[Run]) -> Marked:
    """The new line, with what it lacks of the old one in its place.

    Whole words are marked. Lines that have little in common stand one after the other.
    """
    one, other = Tokens(old), Tokens(new)
    line: Line = []
    emphasis = links = False
    for kind, i, i_end, j, j_end in _steps(one.tokens, other.tokens):
        before, after = one.cut(i, i_end), other.cut(j, j_end)
        if kind == "equal":
            line += after
            emphasis |= _borne(before, links=False) != _borne(after, links=False)
            links |= _borne(before, links=True) != _borne(after, links=True)
        else:
            line += [_changed(run, "del") for run in before]
            line += [_changed(run, "ins") for run in after]
    return Marked(tuple(line), emphasis, links)


class Tokens:
    """A line as words, signs and blanks."""

    def __init__(self, line: Sequence[Run]) -> None:
        self.line = line
        self.tokens = _TOKEN.findall("".join(run.text for run in line))
        self._ends = [0, *accumulate(map(len, self.tokens))]
        self._run_ends = list(accumulate(len(run.text) for run in line))

    def cut(self, start: int, end: int) -> Line:
        """The runs of these tokens."""
        first, last = self._ends[start], self._ends[end]
        cut: Line = []
        if first == last:
            return cut
        for number in range(bisect_right(self._run_ends, first), len(self.line)):
            run = self.line[number]
            begins = self._run_ends[number] - len(run.text)
            if begins >= last:
                break
            cut.append(Run(run.text[max(first - begins, 0) : last - begins], run.marks))
        return cut


def _changed(run: Run, change: str) -> Run:
    return Run(run.text, run.marks._replace(change=change))


def _borne(line: Line, *, links: bool) -> list[object]:
    """What each letter bears; blanks bear what one cannot see."""
    return [
        run.marks.href if links else run.marks._replace(href="")
        for run in line
        for letter in run.text
        if not letter.isspace()
    ]


def _steps(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    """("equal" or "other", the tokens of the old line, those of the new) from first to last."""
    numbered: dict[str, int] = defaultdict(count(1).__next__)
    one, other = ([numbered[token] for token in tokens] for tokens in (old, new))
    if Indel.normalized_similarity(one, other) < HALF:
        return [("other", 0, len(old), 0, len(new))]
    steps: list[tuple[str, int, int, int, int]] = []
    for opcode in Indel.opcodes(one, other):
        kind = "equal" if opcode.tag == "equal" else "other"
        ends = (opcode.src_start, opcode.src_end, opcode.dest_start, opcode.dest_end)
        if kind == "other" and steps and _is_short(steps[-1], old, at_start=len(steps) == 1):
            steps.pop()
        if kind == "other" and steps and steps[-1][0] == "other":
            _, i, _, j, _ = steps.pop()
            ends = (i, ends[1], j, ends[3])
        steps.append((kind, *ends))
    return steps


def _is_short(step: tuple[str, int, int, int, int], old: list[str], *, at_start: bool) -> bool:
    kind, start, end, _, _ = step
    words = sum(token[0].isalnum() for token in old[start:end])
    return kind == "equal" and not at_start and words < _WORDS_BETWEEN


def told(change: Change) -> frozenset[str]:
    """What differs in a pair of units beside its lines of text.

    "kind" (a paragraph became a heading), "place" (an item's number, a quotation), "pictures",
    "order" (of pictures), "cells" (how many).
    """
    if not change.old or not change.new:
        return frozenset()
    old, new = change.old[0], change.new[0]
    same_pictures = set(old.images) == set(new.images)
    found = {
        "kind": old.kind != new.kind,
        "place": old.kind == new.kind and old.place != new.place,
        "pictures": not same_pictures,
        "order": same_pictures and old.images != new.images,
        "cells": len(old.parts) != len(new.parts),
    }
    return frozenset(name for name, differs in found.items() if differs)


def lines(units: Sequence[Unit]) -> list[tuple[Run, ...]]:
    """Their lines of text: units of text together as one, each cell of a row by itself."""
    if len(units) == 1:
        return list(units[0].parts)
    return [tuple(inline.joined([list(part) for unit in units for part in unit.parts], "\n"))]
