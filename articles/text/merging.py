"""A change of a text laid upon another version of it: three ways, block by block.

`base` became `mine`; `theirs` is another version of `base`. What one of them changed, and the other
did not, is taken as it is. Where both changed the same, they are merged inside a list, a figure, a
table or a line, if their changes keep apart there; else it is a clash, and nothing is guessed.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, pairwise, takewhile
from operator import attrgetter, methodcaller
from typing import Literal, TypeVar

from rapidfuzz.distance import Indel, Opcode

from articles.text import comparing, inline, markup
from articles.text.body import Body
from articles.text.comparing import Tokens, Unit
from articles.text.inline import Line, Run
from articles.text.markup import Element, Node

# Changes of one line with fewer words between them than these are a clash.
APART = 3
T = TypeVar("T")
_CONTAINERS = {"ul": "list", "ol": "list", "table": "table", "blockquote": "quote"}

Side = Literal["mine", "theirs", "both"]


class Clash(Exception):
    """Both have changed the same, each in its own way."""


@dataclass(frozen=True)
class Piece:
    """Blocks of three texts that belong together, and what becomes of them.

    outcome: None for a clash. is_close: both changed words of one line, each elsewhere: right as
    far as letters go, but to be read before it is believed.
    """

    base: tuple[Element, ...]
    mine: tuple[Element, ...]
    theirs: tuple[Element, ...]
    outcome: tuple[Element, ...] | None
    is_close: bool = False

    @property
    def is_clash(self) -> bool:
        return self.outcome is None

    def settled(self, side: Side) -> tuple[Element, ...]:
        """What stands in the text when this side was chosen for a clash."""
        if self.outcome is not None:
            return self.outcome
        return {"mine": self.mine, "theirs": self.theirs, "both": self.theirs + self.mine}[side]


def merged(base: Body, mine: Body, theirs: Body) -> list[Piece]:
    """The pieces of all three, in the order of the text that they make."""
    if mine.html == theirs.html:
        return [Piece(base.blocks, mine.blocks, theirs.blocks, theirs.blocks)]
    return _sequence(base.blocks, mine.blocks, theirs.blocks)


def assembled(pieces: Sequence[Piece], choices: Mapping[int, Side] | None = None) -> Body:
    """The text that the pieces make. choices: for clashes by their place, else theirs stays."""
    choices = choices or {}
    elements = [
        element
        for place, piece in enumerate(pieces)
        for element in piece.settled(choices.get(place, "theirs"))
    ]
    return Body.cleaned(markup.serialise(elements))


# Sequences of blocks


@dataclass(frozen=True)
class _Edit:
    """What one text has instead of base[start:end]. is_gap: more than another form of one block."""

    start: int
    end: int
    new: tuple[Element, ...]
    is_gap: bool

    def meets(self, other: "_Edit") -> bool:
        """Do the two change the same, or neighbours where it matters?"""
        if max(self.start, other.start) < min(self.end, other.end):
            return True
        touch = self.start <= other.end and other.start <= self.end
        inserts = self.start == self.end or other.start == other.end or self.new or other.new
        return bool(touch and self.is_gap and other.is_gap and inserts)


# Edits, and whether each is of mine.
_Cluster = list[tuple[_Edit, bool]]


def _sequence(
    base: Sequence[Element], mine: Sequence[Element], theirs: Sequence[Element]
) -> list[Piece]:
    units = [[_unit(block) for block in blocks] for blocks in (base, mine, theirs)]
    edits = [
        *((edit, True) for edit in _edits(base, mine, comparing.paired(units[0], units[1]))),
        *((edit, False) for edit in _edits(base, theirs, comparing.paired(units[0], units[2]))),
    ]
    pieces: list[Piece] = []
    at = 0
    for cluster in _clusters(edits):
        start = min(edit.start for edit, _ in cluster)
        end = max(edit.end for edit, _ in cluster)
        pieces += [_same(base[place]) for place in range(at, start)]
        pieces.append(_of_cluster(base, start, end, cluster))
        at = end
    pieces += [_same(block) for block in base[at:]]
    return _each_as_often_as_wanted(pieces)


def _same(block: Element) -> Piece:
    return Piece((block,), (block,), (block,), (block,))


def _edits(
    base: Sequence[Element], other: Sequence[Element], pairs: list[tuple[int, int]]
) -> list[_Edit]:
    found: list[_Edit] = []
    for (i, j), (i_end, j_end) in pairwise([(-1, -1), *pairs, (len(base), len(other))]):
        new = tuple(other[j + 1 : j_end])
        if new != tuple(base[i + 1 : i_end]):
            found.append(_Edit(i + 1, i_end, new, is_gap=True))
        if i_end < len(base) and base[i_end] != other[j_end]:
            found.append(_Edit(i_end, i_end + 1, (other[j_end],), is_gap=False))
    return found


def _clusters(edits: list[tuple[_Edit, bool]]) -> list[_Cluster]:
    """Edits that meet edits of the other side, together; in the order of the text."""
    clusters: list[_Cluster] = []
    for edit, is_mine in sorted(edits, key=lambda each: (each[0].start, each[0].end)):
        cluster = [(edit, is_mine)]
        # What stands between the first that it meets and itself is of the same place, too.
        met = [
            number
            for number, each in enumerate(_reaching(clusters, edit.start), 1)
            if any(is_mine != other and edit.meets(one) for one, other in each)
        ]
        if met:
            cluster = [each for before in clusters[-met[-1] :] for each in before] + cluster
            del clusters[-met[-1] :]
        clusters.append(cluster)
    return clusters


def _reaching(clusters: list[_Cluster], start: int) -> Iterator[_Cluster]:
    """Those that reach to `start`, from the last on."""
    return takewhile(
        lambda cluster: max(edit.end for edit, _ in cluster) >= start, reversed(clusters)
    )


def _of_cluster(base: Sequence[Element], start: int, end: int, cluster: _Cluster) -> Piece:
    mine = _applied(base, start, end, [edit for edit, is_mine in cluster if is_mine])
    theirs = _applied(base, start, end, [edit for edit, is_mine in cluster if not is_mine])
    before = tuple(base[start:end])
    piece = Piece(before, mine, theirs, None)
    if mine in (before, theirs):
        return replace(piece, outcome=theirs)
    if theirs == before:
        return replace(piece, outcome=mine)
    if end - start == 1 and not any(edit.is_gap for edit, _ in cluster):
        try:
            block = _Block(before[0], mine[0], theirs[0])
        except Clash:
            return piece
        return replace(piece, outcome=(block.merged,), is_close=block.is_close)
    return piece


def _applied(
    base: Sequence[Element], start: int, end: int, edits: list[_Edit]
) -> tuple[Element, ...]:
    blocks: list[Element] = []
    at = start
    for edit in edits:
        blocks += [*base[at : edit.start], *edit.new]
        at = edit.end
    return (*blocks, *base[at:end])


def _each_as_often_as_wanted(pieces: list[Piece]) -> list[Piece]:
    """Make clashes of what would double a block, or bring one back that was taken out.

    That is how it shows that both moved the same, or that one moved what the other changed.
    """
    while True:
        # What was merged inside of a block is a new one.
        whole = [p for p in pieces if p.is_clash or p.outcome in (p.mine, p.theirs)]
        counts = [
            Counter(_written(block) for piece in whole for block in blocks_of(piece))
            for blocks_of in (
                attrgetter("base"),
                attrgetter("mine"),
                attrgetter("theirs"),
                methodcaller("settled", "theirs"),
            )
        ]
        wrong = {
            key
            for key in {key for count in counts for key in count}
            if counts[3][key] != _wanted(*(count[key] for count in counts[:3]))
        }
        doubtful = [
            place
            for place, piece in enumerate(pieces)
            if piece.outcome not in (None, piece.base)
            and wrong & {_written(block) for block in (*piece.base, *piece.outcome)}
        ]
        if not doubtful:
            return pieces
        for place in doubtful:
            pieces[place] = replace(pieces[place], outcome=None)


def _wanted(base: int, mine: int, theirs: int) -> int:
    """How often a block stands in the outcome; -1 where all three differ, and nobody can say."""
    if mine == theirs:
        return mine
    if base in (mine, theirs):
        return theirs if mine == base else mine
    return -1


def _written(block: Element) -> str:
    return markup.serialise([block])


def _unit(block: Element) -> Unit:
    """A block of the top level, or an item, as one for comparing."""
    kind = _CONTAINERS.get(block.name)
    if block.name == "li":
        return Unit("li", "", (tuple(comparing.line_of([block])),))
    units = comparing.units_in([block])
    if kind is None and len(units) == 1:
        return units[0]
    return Unit(kind or block.name, "", tuple(part for unit in units for part in unit.parts))


# Inside of one block


class _Block:
    """What becomes of a block that both changed. Raises Clash."""

    def __init__(self, base: Element, mine: Element, theirs: Element) -> None:
        self.is_close = False
        self.merged = self._element(base, mine, theirs)

    def _element(self, base: Element, mine: Element, theirs: Element) -> Element:
        if _is_settled(base, mine, theirs):
            return one_of(base, mine, theirs)
        name = one_of(base.name, mine.name, theirs.name)
        attributes = _attributes(base, mine, theirs)
        merge = self._way({base.name, mine.name, theirs.name})
        return Element(name, attributes, merge(base.children, mine.children, theirs.children))

    def _way(self, names: set[str]) -> Callable[..., list[Node]]:
        """How the children are merged."""
        if names <= _LINES:
            return self._line
        if len(names) > 1:
            raise Clash
        if names <= _SEQUENCES:
            return self._sequence
        return self._one_by_one

    def _sequence(self, *children: list[Node]) -> list[Node]:
        pieces = _sequence(*children)
        if any(piece.is_clash for piece in pieces):
            raise Clash
        self.is_close |= any(piece.is_close for piece in pieces)
        return [block for piece in pieces for block in piece.outcome]

    def _one_by_one(self, base: list[Node], mine: list[Node], theirs: list[Node]) -> list[Node]:
        """Rows, cells and captions, where there are as many of them in all three."""
        if _is_settled(base, mine, theirs):
            return one_of(base, mine, theirs)
        if not len(base) == len(mine) == len(theirs):
            raise Clash
        return [self._element(*three) for three in zip(base, mine, theirs, strict=True)]

    def _line(self, base: list[Node], mine: list[Node], theirs: list[Node]) -> list[Node]:
        if _is_settled(base, mine, theirs):
            return one_of(base, mine, theirs)
        if any(_is_list(node) for node in (*base, *mine, *theirs)):
            raise Clash
        self.is_close = True
        lines = [comparing.line_of(nodes) for nodes in (base, mine, theirs)]
        return inline.as_nodes(_merged_line(*lines))


_SEQUENCES = {"ul", "ol", "blockquote"}
_LINES = {"p", "h2", "h3", "li", "td", "th", "figcaption"}


def _is_list(node: Node) -> bool:
    return isinstance(node, Element) and node.name in ("ul", "ol")


def _is_settled(base: object, mine: object, theirs: object) -> bool:
    return base in (mine, theirs) or mine == theirs


def one_of(base: T, mine: T, theirs: T) -> T:
    """What becomes of something that has no parts. Raises Clash where both have changed it."""
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    raise Clash


def _attributes(base: Element, mine: Element, theirs: Element) -> dict[str, str]:
    names = dict.fromkeys([*theirs.attributes, *mine.attributes, *base.attributes])
    values = {
        name: one_of(*(each.attributes.get(name) for each in (base, mine, theirs)))
        for name in names
    }
    return {name: value for name, value in values.items() if value is not None}


def merged_words(base: str, mine: str, theirs: str) -> str:
    """The same for a field of plain text, word by word. Raises Clash."""
    if _is_settled(base, mine, theirs):
        return one_of(base, mine, theirs)
    lines = [[Run(text, inline.PLAIN)] if text else [] for text in (base, mine, theirs)]
    return "".join(run.text for run in _merged_line(*lines))


@dataclass(frozen=True)
class _WordEdit:
    """What one line has instead of the words old[start:end] of the line before."""

    start: int
    end: int
    new: tuple[tuple[Run, ...], ...]


def _merged_line(base: Line, mine: Line, theirs: Line) -> Line:
    """The line with what both changed in it. Raises Clash where that comes too near each other."""
    old, one, other = (_words_of(line) for line in (base, mine, theirs))
    ours, others = set(_word_edits(old, one)), set(_word_edits(old, other))
    for edit in ours - others:
        for another in others - ours:
            first, last = sorted((edit, another), key=lambda each: (each.start, each.end))
            if sum(_is_word(word) for word in old[first.end : last.start]) < APART:
                raise Clash
    merged: list[tuple[Run, ...]] = []
    at = 0
    for edit in sorted(ours | others, key=lambda each: (each.start, each.end)):
        merged += [*old[at : edit.start], *edit.new]
        at = edit.end
    return [run for word in (*merged, *old[at:]) for run in word]


def _words_of(line: Line) -> list[tuple[Run, ...]]:
    """Its words, signs and blanks, each as the runs that it is of."""
    tokens = Tokens(line)
    return [tuple(tokens.cut(place, place + 1)) for place in range(len(tokens.tokens))]


def _is_word(word: Sequence[Run]) -> bool:
    return word[0].text[0].isalnum()


def _word_edits(old: list[tuple[Run, ...]], new: list[tuple[Run, ...]]) -> list[_WordEdit]:
    numbers: dict[object, int] = defaultdict(count(1).__next__)
    one, other = ([numbers[word] for word in words] for words in (old, new))
    if Indel.normalized_similarity(one, other) < comparing.HALF:
        raise Clash
    return [
        _WordEdit(step.src_start, step.src_end, tuple(new[step.dest_start : step.dest_end]))
        for step in _steps(one, other)
    ]


def _steps(old: list[int], new: list[int]) -> Iterator[Opcode]:
    """What changed, taken together where nothing stands between."""
    last: Opcode | None = None
    for step in Indel.opcodes(old, new):
        if step.tag == "equal":
            continue
        if last and last.src_end == step.src_start and last.dest_end == step.dest_start:
            step = Opcode("replace", last.src_start, step.src_end, last.dest_start, step.dest_end)
        elif last:
            yield last
        last = step
    if last:
        yield last
