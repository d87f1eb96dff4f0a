"""What changes for readers in a span of time, and how it lies there: pile-ups and gaps (pure)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from itertools import groupby
from typing import Protocol

from articles.rules.timing import Kind

HOUR = timedelta(hours=1)


class Row(Protocol):
    """A publication, of which a story has at most one at a time."""

    article_id: int
    kind: str
    live_from: datetime
    live_until: datetime | None


class What(StrEnum):
    """What becomes of a story for readers."""

    APPEARS = "appears"
    RETURNS = "returns"
    CHANGES = "changes"
    LEAVES = "leaves"


@dataclass(frozen=True)
class Change:
    """A second at which readers get something else of one story.

    row: what they have from then on; of a story that leaves, what they had.
    """

    at: datetime
    what: What
    row: Row


@dataclass(frozen=True)
class Moment:
    """All that changes at one second. over: readers have it."""

    at: datetime
    changes: Sequence[Change]
    over: bool = False


@dataclass(frozen=True)
class Now:
    """The place of the present among the moments."""

    at: datetime


@dataclass(frozen=True)
class Lane:
    """An hour in which something changes, or a gap: hours together in which nothing does."""

    begins: datetime
    ends: datetime
    parts: Sequence[Moment | Now] = field(default_factory=list)

    @property
    def moments(self) -> list[Moment]:
        return [part for part in self.parts if isinstance(part, Moment)]

    @property
    def hours(self) -> int:
        """How many hours it takes."""
        return round((self.ends - self.begins) / HOUR)

    @property
    def starts(self) -> list[datetime]:
        """The beginning of each of its hours."""
        return [self.begins + n * HOUR for n in range(self.hours)]


def changes(begins: Iterable[Row], ends: Iterable[Row]) -> list[Change]:
    """What changes for readers, in the order of time.

    begins, ends: all publications that begin within a span of time, and all that end within it.
    """
    begun = {(row.article_id, row.live_from): row for row in begins}
    ended = {(row.article_id, row.live_until): row for row in ends}
    found = [
        Change(moment, _what(row, after_another=(story, moment) in ended), row)
        for (story, moment), row in begun.items()
    ]
    found += [
        Change(moment, What.LEAVES, row)
        for (story, moment), row in ended.items()
        if (story, moment) not in begun
    ]
    order = list(What)
    return sorted(found, key=lambda each: (each.at, order.index(each.what), each.row.article_id))


def _what(row: Row, *, after_another: bool) -> What:
    if after_another:
        return What.CHANGES
    return What.APPEARS if row.kind == Kind.FIRST else What.RETURNS


def counted(found: Iterable[Change]) -> list[tuple[What, int]]:
    """How many of each kind, those that there are."""
    numbers = Counter(change.what for change in found)
    return [(what, numbers[what]) for what in What if numbers[what]]


def lanes(
    found: Sequence[Change], begins: datetime, ends: datetime, now: datetime | None = None
) -> list[Lane]:
    """A day from its first moment to its end, hour by hour, hours without a change taken together.

    found: in the order of time. now: the present, marked where it lies within the day.
    """
    parts: list[Moment | Now] = [
        Moment(at, list(group), over=now is not None and at <= now)
        for at, group in groupby(found, key=lambda change: change.at)
    ]
    if now is not None and begins <= now < ends:
        parts.append(Now(now))
        # At one second, what has changed stands before the line.
        parts.sort(key=lambda part: (part.at, isinstance(part, Now)))
    lanes: list[Lane] = []
    start = begins
    while start < ends:
        end = min(start + HOUR, ends)
        inside = [part for part in parts if start <= part.at < end]
        lanes.append(Lane(start, end, inside))
        start = end
    return _with_gaps(lanes)


def _with_gaps(lanes: Iterable[Lane]) -> list[Lane]:
    joined: list[Lane] = []
    for lane in lanes:
        if joined and not lane.moments and not joined[-1].moments:
            last = joined.pop()
            joined.append(Lane(last.begins, lane.ends, [*last.parts, *lane.parts]))
        else:
            joined.append(lane)
    return joined


def by_hour(found: Iterable[Change], zone: tzinfo) -> dict[tuple[object, int], list[Change]]:
    """The changes of each hour of each day, by date and hour of the paper's clocks."""
    grid: dict[tuple[object, int], list[Change]] = {}
    for change in found:
        local = change.at.astimezone(zone)
        grid.setdefault((local.date(), local.hour), []).append(change)
    return grid


def neighbour(
    spans: Iterable[tuple[datetime, datetime | None]], at: datetime, *, later: bool
) -> datetime | None:
    """The next moment at which something begins or ends, or the last one before `at`.

    spans: from when to when each publication is on the site; None is no end.
    """
    edges = {edge for span in spans for edge in span if edge is not None}
    if later:
        return min((edge for edge in edges if edge > at), default=None)
    return max((edge for edge in edges if edge < at), default=None)
