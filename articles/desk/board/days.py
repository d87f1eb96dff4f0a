"""What the board shows of a span of time: rows of the database made into values for a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from articles.desk.moments import site_then
from articles.models import Publication
from articles.publishing import access
from articles.rules import board, dates, moments, timing
from articles.rules.board import Change, Lane, What

# What somebody can look over in a day, and in a week as numbers; the page says where it is cut.
MOST = 500
MOST_OF_A_WEEK = 3000
# Between the times of an hour, or of a gap, at which something may be dropped.
STEPS = (15, 30, 60, 120, 180)
WORDS = {
    What.APPEARS: pgettext_lazy("of a story", "Goes live"),
    What.RETURNS: gettext_lazy("Back online"),
    What.CHANGES: gettext_lazy("New version"),
    What.LEAVES: gettext_lazy("Goes offline"),
}
OVER = {
    What.APPEARS: gettext_lazy("Went live"),
    What.RETURNS: gettext_lazy("Back online"),
    What.CHANGES: gettext_lazy("New version"),
    What.LEAVES: gettext_lazy("Went offline"),
}


@dataclass(frozen=True)
class Found:
    """The changes of a span of time. cut: there are more than are shown."""

    changes: list[Change]
    cut: bool

    @property
    def counted(self) -> list[str]:
        """How many there are of each kind, in words."""
        return in_numbers(self.changes)


def in_numbers(changes: list[Change]) -> list[str]:
    """How many there are of each kind, in words: "12 stories go live"."""
    return [
        _number_of[what](number) % {"number": number} for what, number in board.counted(changes)
    ]


_number_of = {
    What.APPEARS: lambda number: ngettext("%(number)d goes live", "%(number)d go live", number),
    What.RETURNS: lambda number: ngettext(
        "%(number)d back online", "%(number)d back online", number
    ),
    What.CHANGES: lambda number: ngettext(
        "%(number)d new version", "%(number)d new versions", number
    ),
    What.LEAVES: lambda number: ngettext(
        "%(number)d goes offline", "%(number)d go offline", number
    ),
}


def changes_between(
    user: access.User, begins: datetime, ends: datetime, *, most: int = MOST
) -> Found:
    """What readers get within this span, of stories that this person may see. Two queries."""
    rows = Publication.objects.filter(access.stories(user, of="article__")).only(
        *("article_id", "number", "kind", "headline", "live_from", "live_until"),
        *("section__name", "section__parent_id"),
    )
    rows = rows.select_related("section")
    starting = list(_between(rows, "live_from", begins, ends)[: most + 1])
    ending = list(_between(rows, "live_until", begins, ends)[: most + 1])
    cut = len(starting) > most or len(ending) > most
    if cut:
        # To the last moment up to which both are whole.
        ends = min(
            *(row.live_from for row in starting[most:]),
            *(row.live_until for row in ending[most:]),
            ends,
        )
        starting = [row for row in starting if row.live_from < ends]
        ending = [row for row in ending if row.live_until < ends]
    return Found(board.changes(starting, ending), cut)


def _between(rows, field: str, begins: datetime, ends: datetime):
    within = {f"{field}__gte": begins, f"{field}__lt": ends}
    return rows.filter(**within).order_by(field, "article_id")


@dataclass(frozen=True)
class Entry:
    """One change as the board shows it.

    key: of a plan whose time may be changed, "" for everything else. time: as its field takes it.
    """

    change: Change
    words: str
    key: str
    time: str

    @property
    def row(self) -> Publication:
        return self.change.row

    @property
    def kind(self) -> str:
        """Why there is a new version, where that is more than the word for the change says."""
        tells = self.change.what in (What.CHANGES, What.RETURNS)
        return str(self.row.get_kind_display()) if tells else ""


@dataclass(frozen=True)
class Part:
    """A moment with its entries, or the line of the present (entries None)."""

    at: datetime
    time: str
    entries: list[Entry] | None
    over: bool
    site_then: str


@dataclass(frozen=True)
class Hour:
    """A lane as the page shows it: its clock times, what lies in it, where something may be dropped."""

    label: str
    until: str
    hours: int
    parts: list[Part]
    targets: list[str]

    @property
    def is_gap(self) -> bool:
        return not any(part.entries for part in self.parts)


@dataclass(frozen=True)
class Day:
    """A day of the board. plans: how many of its entries may still be moved."""

    date: date
    words: str
    hours: list[Hour]
    found: Found
    plans: int


def day_of(user: access.User, day: date, zone: tzinfo, *, at: datetime) -> Day:
    """A day as this person sees it at the moment `at`. Two queries."""
    begins, ends = moments.day_span(day, zone)
    found = changes_between(user, begins, ends)
    soon = timing.soon(at)
    lanes = board.lanes(found.changes, begins, ends, at)
    hours = [_hour(lane, zone, soon) for lane in lanes]
    plans = sum(bool(e.key) for h in hours for part in h.parts for e in part.entries or ())
    return Day(day, in_words(day), hours, found, plans)


def _hour(lane: Lane, zone: tzinfo, soon: datetime) -> Hour:
    # A dozen at most: as many as stand beside each other.
    minutes = next(m for m in STEPS if lane.hours * 60 <= 12 * m)
    every = moments.spread(lane.begins, minutes * moments.MINUTE, lane.hours * 60 // minutes)
    targets = [target for target in every if target >= soon]
    return Hour(
        label=clock(lane.begins, zone),
        until=clock(lane.ends, zone),
        hours=lane.hours,
        parts=[_part(part, zone, soon) for part in lane.parts],
        targets=[clock(target, zone) for target in targets],
    )


def _part(part: board.Moment | board.Now, zone: tzinfo, soon: datetime) -> Part:
    if isinstance(part, board.Now):
        return Part(part.at, clock(part.at, zone, seconds=False), None, False, "")  # noqa: FBT003
    entries = [_entry(change, zone, soon, over=part.over) for change in part.changes]
    return Part(part.at, clock(part.at, zone), entries, part.over, site_then(part.at))


def _entry(change: Change, zone: tzinfo, soon: datetime, *, over: bool) -> Entry:
    may_move = change.what is not What.LEAVES and change.at >= soon
    return Entry(
        change=change,
        words=str((OVER if over else WORDS)[change.what]),
        key=f"{change.row.article_id}-{change.row.number}" if may_move else "",
        time=clock(change.at, zone),
    )


def clock(moment: datetime, zone: tzinfo, *, seconds: bool = True) -> str:
    """Hours and minutes by the paper's clocks, and the seconds where there are any."""
    local = moment.astimezone(zone)
    return local.strftime("%H:%M:%S" if local.second and seconds else "%H:%M")


@dataclass(frozen=True)
class Cell:
    """An hour of a day: how many stories change, and the first of them."""

    address: str
    counted: list[tuple[str, int, str]]
    changes: Sequence[Change]

    @property
    def number(self) -> int:
        return len(self.changes)


@dataclass(frozen=True)
class Week:
    """Seven days from a Monday on, hours down, from the first in which something changes to the last."""

    days: list[tuple[date, str, list[str]]]
    rows: list[tuple[str, list[Cell | None]]]
    cut: bool


def week_of(user: access.User, monday: date, zone: tzinfo, address: str) -> Week:
    """A week as this person sees it; address: of a day's page. Two queries."""
    dates = [monday + n * moments.DAY for n in range(7)]
    begins, ends = (
        moments.day_span(monday, zone)[0],
        moments.day_span(dates[-1], zone)[1],
    )
    found = changes_between(user, begins, ends, most=MOST_OF_A_WEEK)
    grid = board.by_hour(found.changes, zone)
    hours = sorted({hour for _day, hour in grid})
    span = range(hours[0], hours[-1] + 1) if hours else range(0)
    of_day = {day: [] for day in dates}
    for (day, _clock), cell in grid.items():
        of_day[day] += cell
    rows = [
        (f"{hour:02}:00", [_cell(grid.get((day, hour)), day, hour, address) for day in dates])
        for hour in span
    ]
    days = [(day, weekday(day), in_numbers(of_day[day])) for day in dates]
    return Week(days, rows, found.cut)


def _cell(changes: list[Change] | None, day: date, hour: int, address: str) -> Cell | None:
    if not changes:
        return None
    counted = [(WORDS[what], number, _sign(what)) for what, number in board.counted(changes)]
    return Cell(f"{address}?day={day.isoformat()}#h{hour:02}", counted, changes)


def _sign(what: What) -> str:
    return {What.APPEARS: "+", What.RETURNS: "+", What.CHANGES: "↻", What.LEAVES: "−"}[what]


def in_words(day: date) -> str:
    """A date as papers write it: "Thứ Bảy, 28/11/2026"."""
    return dates.in_words(datetime.combine(day, time(12), tzinfo=UTC), "l, j/n/Y", UTC)


def weekday(day: date) -> str:
    return dates.in_words(datetime.combine(day, time(12), tzinfo=UTC), "l", UTC)


def heading(day: date, today: date) -> str:
    """What a day is called beside its date, where it has a name."""
    names = {-1: _("Yesterday"), 0: _("Today"), 1: _("Tomorrow")}
    return names.get((day - today).days, "")
