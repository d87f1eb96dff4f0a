"""Text and what emphasises it: runs with marks, tidied, and written as inline elements."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from articles.text.markup import Element, Node

# What is trimmed: every space, with or without a width of its own.
BLANK = " \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_WHITE_SPACE = re.compile("[\t\n\x0b\f\r \x85\u2028\u2029]+")
# Control characters, halves of surrogate pairs, what XML refuses, and characters without width
# that hide text or turn it round.
UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
    "\ud800-\udfff]+"
)
_SPACES = re.compile(" {2,}")
_BLANKS_BEFORE = re.compile(f"[{BLANK}]*")
# https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format: no language needs more marks in a
# row, and normalising takes time quadratic in them.
_MAX_COMBINING = 30
_MANY_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{_MAX_COMBINING + 1},}}")


_SHIFTED = {
    "sup": str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"),
    "sub": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}


def readable(text: str) -> str:
    """Text without characters that are none, its line ends and tabs as spaces."""
    return UNWANTED.sub("", _WHITE_SPACE.sub(" ", text))


def composed(text: str) -> str:
    """NFC, in linear time."""
    if text.isascii():
        return text
    return _without_many_marks(unicodedata.normalize("NFC", _without_many_marks(text)))


def _spelt(text: str) -> str:
    """Text as it is stored. CKEditor would take its own mark for protected source out of it."""
    return composed(_SPACES.sub(" ", text)).replace("{cke_protected", "{ cke_protected")


def _without_many_marks(text: str) -> str:
    return _MANY_MARKS.sub(_first_marks, text)


def _first_marks(found: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for character in found[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MAX_COMBINING:
            kept.append(character)
    return "".join(kept)


def shifted(text: str, name: str) -> str:
    """Figures raised by "sup" or lowered by "sub" as characters of their own: m², CO₂.

    Text that is not all figures and signs stays as it is.
    """
    figures = _SHIFTED[name]
    return text.translate(figures) if all(ord(each) in figures for each in text) else text


class Marks(NamedTuple):
    """What a piece of text is: strong, emphasised, a link, struck, raised ("sup") or lowered.

    change: "ins" or "del" in a comparison, never in a text.
    """

    strong: bool = False
    em: bool = False
    href: str = ""
    s: bool = False
    shift: str = ""
    change: str = ""

    def shared(self, other: "Marks") -> "Marks":
        """What both are: the marks of the white space between two pieces."""
        return Marks(
            self.strong and other.strong,
            self.em and other.em,
            self.href if self.href == other.href else "",
            self.s and other.s,
            self.shift if self.shift == other.shift else "",
        )


class Run(NamedTuple):
    """A piece of text with the same marks; "\\n" alone is a line break."""

    text: str
    marks: Marks


Line = list[Run]
PLAIN = Marks()


def lines_of(runs: Iterable[Run]) -> list[Line]:
    """The tidy lines between the line breaks; an empty one is an empty list."""
    lines: list[Line] = [[]]
    for run in runs:
        if run.text == "\n":
            lines.append([])
        else:
            lines[-1].append(run)
    return [_tidy(line) for line in lines]


def _tidy(line: Line) -> Line:
    """White space collapsed, trimmed, and moved out of the edges of emphasis."""
    tidy: Line = []
    gap: list[str] = []
    for text, marks in line:
        core = text.strip(BLANK)
        if not core:
            gap.append(text)
            continue
        start = _BLANKS_BEFORE.match(text).end()
        gap.append(text[:start])
        if tidy:
            tidy.append(Run("".join(gap), tidy[-1].marks.shared(marks)))
        tidy.append(Run(core, marks))
        gap = [text[start + len(core) :]]
    return _merged(_in_characters(tidy))


def _in_characters(line: Line) -> Line:
    """What is raised or lowered in characters of its own, where there are some for all of it."""
    found: Line = []
    for shift, group in groupby(line, key=lambda run: run.marks.shift):
        runs = list(group)
        if shift:
            text = "".join(run.text for run in runs if not _is_blank(run))
            if shifted(text, shift) != text:
                runs = [Run(shifted(run.text, shift), run.marks._replace(shift="")) for run in runs]
        found += runs
    return found


def begun(line: Line, sign: str) -> Line:
    """A line with a sign before it, such as the number of an item."""
    marks = line[0].marks._replace(href="", s=False, shift="")
    return _tidy([Run(f"{sign} ", marks), *line])


def _is_blank(run: Run) -> bool:
    return not run.text.strip(BLANK + "\n")


def _merged(line: Line) -> Line:
    """Neighbours with the same marks as one run, each in its final spelling; blanks by themselves."""
    return [
        Run(_spelt("".join(run.text for run in runs)), marks)
        for (marks, _), runs in groupby(
            (run for run in line if run.text), key=lambda run: (run.marks, _is_blank(run))
        )
    ]


def joined(lines: Iterable[Line], by: str) -> Line:
    """Lines as one, with line breaks or spaces between them."""
    whole: Line = []
    for line in filter(None, lines):
        if whole:
            whole.append(Run(by, whole[-1].marks.shared(line[0].marks)))
        whole += line
    return whole


EMPHASIS = Marks._fields[:-1]


def as_nodes(line: Line, names: tuple[str, ...] = EMPHASIS) -> list[Node]:
    """Runs as nodes: the mark that lasts longest stands outside, so that fewest are needed.

    Changes stand inside all others, so that the words of either side are as they were.
    """
    nodes: list[Node] = []
    start = 0
    while start < len(line):
        end, name = _longest(line, start, names)
        if name:
            value = getattr(line[start].marks, name)
            inside = as_nodes(line[start:end], tuple(other for other in names if other != name))
            nodes.append(
                Element("a", {"href": value}, inside)
                if name == "href"
                else Element(value if name == "shift" else name, {}, inside)
            )
        else:
            text, marks = line[start]
            node = Element("br") if text == "\n" else text
            nodes.append(Element(marks.change, {}, [node]) if marks.change else node)
        start = end
    return nodes


def _longest(line: Line, start: int, names: tuple[str, ...]) -> tuple[int, str]:
    """Which of the marks at `start` lasts longest, and where it ends; the next run and "" if none.

    White space and line breaks begin no element: the editor would move them out.
    """
    best = (start + 1, "")
    if _is_blank(line[start]):
        return best
    for name in names:
        value = getattr(line[start].marks, name)
        end = start
        while value and end < len(line) and getattr(line[end].marks, name) == value:
            end += 1
        if end > start and (not best[1] or end > best[0]):
            best = (end, name)
    return best
