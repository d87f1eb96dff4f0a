"""Moments as people write them: by the paper's clocks, in its 24-hour form (pure)."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.utils.translation import gettext as _

from articles.rules.timing import Refused

# Far enough for any plan, and near enough for every clock and calendar to agree.
YEARS = range(2000, 2200)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)

_TIME = r"(?P<hour>\d{1,2})(?:[:hg](?P<minute>\d{2})|[hg])(?::(?P<second>\d{2}))?"
_DATE = r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?:[/.-](?P<year>\d{4}))?"
_ISO = r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
_FORMS = [
    re.compile(form, re.ASCII)
    for form in (
        rf"{_ISO}[t ]{_TIME}",
        rf"{_TIME}(?:,\s*|\s+){_DATE}",
        rf"{_DATE}(?:,\s*|\s+){_TIME}",
        _TIME,
    )
]


def wall_of(words: str, day: date | None = None) -> datetime | None:
    """What clocks and calendar show (naive) as somebody wrote it; None where it is no time.

    "06:00, 28/11/2026", also the other way round, as "6h", or as a browser's picker sends it. What is
    left out is taken from `day`: the whole date, or the year, which is then the nearest.
    """
    found = next(filter(None, (form.fullmatch(words.strip().lower()) for form in _FORMS)), None)
    if found is None:
        return None
    given = {name: int(value) for name, value in found.groupdict().items() if value}
    try:
        clock = time(given["hour"], given.get("minute", 0), given.get("second", 0))
        return _on(given, clock, day)
    except ValueError:
        return None


def _on(given: dict[str, int], clock: time, day: date | None) -> datetime | None:
    if "year" in given:
        return datetime.combine(date(given["year"], given["month"], given["day"]), clock)
    if day is None:
        return None
    if "day" not in given:
        return datetime.combine(day, clock)
    # Four years hold a 29 February, but for once in a century.
    years = [year for year in range(day.year - 4, day.year + 5) if year in YEARS]
    dates = filter(None, (_date(year, given["month"], given["day"]) for year in years))
    found = min(dates, key=lambda each: abs(each - day), default=None)
    return found and datetime.combine(found, clock)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def moment_of(wall: datetime, zone: tzinfo) -> datetime:
    """The moment at which the clocks of `zone` show `wall` (naive).

    Raises Refused where they never show it, or show it twice.
    """
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    shown = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    if shown != wall:
        raise Refused(
            "nonexistent",
            _("The clocks of %(zone)s skip this time on that day. Choose another one.")
            % {"zone": zone},
        )
    raise Refused(
        "ambiguous",
        _("The clocks of %(zone)s show this time twice on that day. Choose another one.")
        % {"zone": zone},
    )


def day_span(day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """The first moment of a day, and the first of the next: 23 to 25 hours of UTC."""
    first, after = (
        datetime.combine(each, time(), tzinfo=zone).astimezone(UTC) for each in (day, day + DAY)
    )
    return first, after


def spread(first: datetime, step: timedelta, count: int) -> list[datetime]:
    """So many moments, each `step` after the one before, whatever the clocks do meanwhile."""
    return [first.astimezone(UTC) + n * step for n in range(count)]


def slots_of(words: str) -> list[time]:
    """Times of day written one after another, "05:30, 06:00": in order, each once.

    Raises Refused, with a sentence, where one is none.
    """
    found = set()
    for word in re.split(r"[\s,;]+", words.strip(" \t\r\n,;")):
        wall = wall_of(word, date(2000, 1, 1)) if word else None
        if wall is None and word:
            raise Refused(
                "no_time",
                _("“%(word)s” is no time of day. Write times such as 05:30, 06:00, 17:00.")
                % {"word": word},
            )
        if wall:
            found.add(wall.time())
    return sorted(found)


def upcoming(
    slots: Iterable[time], soon: datetime, zone: tzinfo, *, days: int = 2
) -> list[datetime]:
    """The moments of these times of day, today's from `soon` on, and those of the days that follow.

    One that a change of the clocks skips or repeats is left out.
    """
    today = soon.astimezone(zone).date()
    moments = []
    for day in (today + n * DAY for n in range(days)):
        for slot in sorted(slots):
            try:
                moments.append(moment_of(datetime.combine(day, slot), zone))
            except Refused:
                continue
    return [moment for moment in moments if moment.astimezone(UTC) >= soon]
