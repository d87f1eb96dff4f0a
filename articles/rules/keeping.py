"""How long and how much of work in progress is kept, and who counts as being at a story (pure)."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

# An unsaved text is kept for as long as a browser keeps its own, and so many of one person.
COPY_AGE = timedelta(days=30)
MOST_COPIES = 50
# In bytes: the longest text that can be saved, and what stands around it.
MOST_COPY = 3_000_000
# A tab sends one copy in this time.
LEAST_BETWEEN = timedelta(seconds=1)
# A tab that has not been heard of for so long is taken for closed; browsers let those behind other
# windows speak once a minute.
PRESENT = timedelta(seconds=90)
TYPING = timedelta(seconds=15)
# Rows of those who are gone are kept for a while, so that one who comes back is told of a take-over.
PRESENCE_AGE = timedelta(days=1)


class Tab(Protocol):
    """What is known of a tab in which a story is open."""

    user_id: int
    name: str
    edits: str
    since: datetime
    seen_at: datetime
    typed_at: datetime | None


@dataclass
class Open:
    """A person who has one version of a story open, in one tab or several."""

    tab: Tab
    since: datetime
    typing: bool = False


def is_present(tab: Tab, at: datetime) -> bool:
    """Has the tab been heard of lately?"""
    return at - tab.seen_at < PRESENT


def is_typing(tab: Tab, at: datetime) -> bool:
    """Has somebody typed there just now?"""
    return is_present(tab, at) and tab.typed_at is not None and at - tab.typed_at < TYPING


def present(tabs: Iterable[Tab], at: datetime) -> list[Open]:
    """Who has which version open, each once, those who came first in front."""
    found: dict[tuple[int, str], Open] = {}
    for tab in sorted(tabs, key=lambda tab: (tab.since, tab.user_id, tab.name)):
        if is_present(tab, at):
            person = found.setdefault((tab.user_id, tab.edits), Open(tab, tab.since))
            person.typing |= is_typing(tab, at)
    return list(found.values())


# What a browser sends of a form


@dataclass(frozen=True)
class Typed:
    """What stands in a form, as a browser keeps it: names and values in order, and pictures that
    have not arrived yet, as it tells of them.
    """

    fields: Sequence[tuple[str, str]]
    files: Sequence[dict[str, str]] = field(default_factory=tuple)

    @classmethod
    def read(cls, text: str) -> "Typed":
        """Read what a browser sent. Raises ValueError for anything that is none."""
        try:
            told = json.loads(text)
            fields = tuple((_text(name), _text(value)) for name, value in told["fields"])
            files = tuple(
                {_text(name): _text(value) for name, value in one.items()} for one in told["files"]
            )
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError("This is no copy of a form.") from error
        return cls(fields, files)

    def as_text(self) -> str:
        """The same in letters that every database holds."""
        told = {"fields": self.fields, "files": self.files}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))

    @property
    def headline(self) -> str:
        """What was typed as headline, in one line."""
        typed = next((value for name, value in self.fields if name == "headline"), "")
        return " ".join(typed.split())


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value.encode(errors="replace").decode().replace("\0", "")


# On which machine

_BROWSERS = (
    ("Edge", re.compile(r"\bEdg(?:A|iOS)?/")),
    ("Opera", re.compile(r"\bOPR/")),
    ("Samsung Internet", re.compile(r"\bSamsungBrowser/")),
    ("Cốc Cốc", re.compile(r"\bcoc_coc_browser/")),
    ("Firefox", re.compile(r"\b(?:Firefox|FxiOS)/")),
    ("Chrome", re.compile(r"(?:\bCriOS|Chrome|\bChromium)/")),
    ("Safari", re.compile(r"\bSafari/")),
)
_SYSTEMS = (
    ("iPhone", re.compile(r"\biPhone\b")),
    ("iPad", re.compile(r"\biPad\b")),
    ("Android", re.compile(r"\bAndroid\b")),
    ("Windows", re.compile(r"\bWindows\b")),
    ("ChromeOS", re.compile(r"\bCrOS\b")),
    ("Mac", re.compile(r"\bMacintosh\b")),
    ("Linux", re.compile(r"\bLinux\b")),
)


def machine(user_agent: str) -> str:
    """A browser and its system by their names, as far as they are known: "Chrome, Windows"."""
    names = (
        next((name for name, sign in signs if sign.search(user_agent)), "")
        for signs in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(filter(None, names))
