"""The numbers of lists: what the author saw before an item, and how HTML writes it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from articles.text import styles

# A way to read a sign: the type of an HTML list ("1", "a", "A", "i", "I") and the number.
Reading = tuple[str, int]

MAX_NUMBER = 99_999
_MAX_ROMAN = 3999
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_MARKER = re.compile(r"([0-9]{1,5}|[a-z]{1,15}|[A-Z]{1,15})\.")
_NUMBER = re.compile(r"\s*([+-]?[0-9]{1,5})(?![0-9])", re.ASCII)

_TYPES = {
    "decimal": "1",
    "decimal-leading-zero": "1",
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
_SIGNS = frozenset({"disc", "circle", "square", "none"})


def sign(reading: Reading) -> str:
    """What a browser shows, without the dot: "12", "b", "IV"."""
    kind, number = reading
    written = str(number)
    if kind in ("a", "A") and number > 0:
        written = _letters(number)
    elif kind in ("i", "I") and 0 < number <= _MAX_ROMAN:
        written = _roman(number)
    return written.upper() if kind in ("A", "I") else written


def readings(marker: str) -> tuple[Reading, ...]:
    """How an HTML list can show this marker, the likeliest first; () where none can.

    "i." is the ninth letter or the first Roman number: what stands beside it decides.
    """
    match = _MARKER.fullmatch(marker)
    if not match:
        return ()
    text = match[1]
    if text.isdecimal():
        found = [("1", int(text))]
    else:
        lower = text.lower()
        letters, roman = (("a", "i"), ("A", "I"))[text != lower]
        found = [(letters, _letters_value(lower))] if len(lower) <= 2 else []
        if set(lower) <= _VALUES.keys():
            is_letter = len(lower) == 1 and lower != "i"
            found.insert(len(found) if is_letter else 0, (roman, _roman_value(lower)))
    return tuple(each for each in found if sign(each) == text)


def chosen(
    among: Sequence[Reading], wanted: Reading | None, following: Sequence[Reading]
) -> Reading:
    """The reading that goes on from the item before, or that the item after goes on from."""
    if wanted in among:
        return wanted
    leads = (each for each in among if (each[0], each[1] + 1) in following)
    return next(leads, among[0])


@dataclass
class Numbering:
    """Counts the items of one list. type: "" where they have signs instead of numbers."""

    type: str
    next: int = 1
    step: int = 1

    def take(self, attributes: Mapping[str, str]) -> tuple[Reading, ...]:
        """The number of its next item, whose attributes may say otherwise; () for a sign."""
        kind = _type_of(attributes, self.type)
        number = _number(attributes.get("value", ""), self.next)
        self.next = number + self.step
        return ((kind, number),) if kind and abs(number) <= MAX_NUMBER else ()


def numbering(attributes: Mapping[str, str], *, ordered: bool, items: int) -> Numbering:
    """The numbering of a list element with these attributes and so many items."""
    step = -1 if ordered and "reversed" in attributes else 1
    start = _number(attributes.get("start", "") if ordered else "", items if step < 0 else 1)
    return Numbering(_type_of(attributes, "1" if ordered else ""), start, step)


def _type_of(attributes: Mapping[str, str], otherwise: str) -> str:
    if style := attributes.get("style"):
        says = styles.declared(style)
        words = f"{says.get('list-style', '')} {says.get('list-style-type', '')}".split()
        for word in reversed(words):
            if word in _TYPES:
                return _TYPES[word]
            if word in _SIGNS or word[0] in "\"'":
                return ""
    kind = attributes.get("type", "").strip()
    if kind.lower() in _SIGNS:
        return ""
    return kind if kind in _TYPES.values() else otherwise


def _number(text: str, otherwise: int) -> int:
    match = _NUMBER.match(text)
    return int(match[1]) if match else otherwise


def _letters(number: int) -> str:
    text = ""
    while number:
        number, letter = divmod(number - 1, 26)
        text = chr(ord("a") + letter) + text
    return text


def _letters_value(text: str) -> int:
    value = 0
    for letter in text:
        value = value * 26 + ord(letter) - ord("a") + 1
    return value


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text


def _roman_value(text: str) -> int:
    values = [_VALUES[letter] for letter in text]
    return sum(
        -value if value < after else value
        for value, after in zip(values, [*values[1:], 0], strict=True)
    )
