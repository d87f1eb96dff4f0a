"""Moments as people write them, and times of day: articles/rules/moments.py."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.rules import moments
from articles.rules.states import in_full
from articles.rules.timing import Refused

HANOI, PARIS, BEIRUT = (
    ZoneInfo(name) for name in ("Asia/Ho_Chi_Minh", "Europe/Paris", "Asia/Beirut")
)
SIX = datetime.fromisoformat("2026-11-28T06:00")
zones = st.sampled_from([HANOI, PARIS, BEIRUT, ZoneInfo("America/Havana"), ZoneInfo("UTC")])
seconds = st.integers(0, 6 * 10**9).map(
    lambda n: datetime(2001, 1, 1, tzinfo=UTC) + timedelta(seconds=n)
)
steps = st.integers(0, 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
slots = st.lists(st.times().map(lambda each: each.replace(second=0, microsecond=0)), max_size=6)


@pytest.mark.parametrize(
    "words",
    [
        "06:00, 28/11/2026",
        "6:00 28/11/2026",
        "28/11/2026 06:00",
        "28/11/2026, 6h",
        "6h00 28.11.2026",
        "06:00:00, 28-11-2026",
        "2026-11-28T06:00",
        " 2026-11-28 06:00:00 ",
        "6g 28/11/2026",
    ],
)
def test_a_moment_is_read_as_people_write_it(words):
    assert moments.wall_of(words) == SIX


@pytest.mark.parametrize(
    ("words", "day", "wall"),
    [
        ("6:00", date(2026, 11, 28), SIX),
        ("06:00, 28/11", date(2026, 7, 3), SIX),
        ("06:00, 2/1", date(2026, 12, 30), datetime.fromisoformat("2027-01-02T06:00")),
        ("06:00, 30/12", date(2027, 1, 2), datetime.fromisoformat("2026-12-30T06:00")),
        ("6:00", None, None),
        ("06:00, 28/11", None, None),
    ],
)
def test_what_is_left_out_is_the_days(words, day, wall):
    assert moments.wall_of(words, day) == wall


@pytest.mark.parametrize(
    "words", ["", "tomorrow", "25:00, 28/11/2026", "06:00, 31/11/2026", "6:0", "٦:٠٠", "\0", "6"]
)
def test_what_is_no_time_is_none(words):
    assert moments.wall_of(words, date(2026, 11, 28)) is None


@given(st.text(max_size=30), st.none() | st.dates(date(2000, 1, 1), date(2199, 1, 1)))
def test_any_words_are_answered(words, day):
    moments.wall_of(words, day)


@given(seconds, zones)
def test_what_a_list_of_the_desk_says_is_read_as_that_moment(moment, zone):
    wall = moments.wall_of(in_full(moment, zone))
    assert wall == moment.astimezone(zone).replace(tzinfo=None)
    if not _is_repeated(wall, zone):
        assert moments.moment_of(wall, zone) == moment


def _is_repeated(wall, zone) -> bool:
    first, second = (wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return first != second


@pytest.mark.parametrize(
    ("wall", "code"),
    [
        ("2026-03-29T02:30", "nonexistent"),
        ("2026-10-25T02:30", "ambiguous"),
    ],
)
def test_a_time_in_a_clock_change_is_refused_with_a_sentence(wall, code):
    with pytest.raises(Refused, match="Choose another one") as refused:
        moments.moment_of(datetime.fromisoformat(wall), PARIS)
    assert refused.value.code == code


@given(st.dates(date(2001, 1, 1), date(2100, 1, 1)), zones)
def test_days_follow_each_other_without_a_gap(day, zone):
    begins, ends = moments.day_span(day, zone)
    assert moments.day_span(day + timedelta(days=1), zone)[0] == ends
    assert begins.astimezone(zone).date() == day
    assert (ends - timedelta(seconds=1)).astimezone(zone).date() == day
    assert timedelta(hours=22) < ends - begins < timedelta(hours=26)


@given(seconds, steps, st.integers(0, 60))
def test_moments_lie_as_far_apart_as_was_said(first, step, count):
    spread = moments.spread(first, step, count)
    assert len(spread) == count
    assert spread[:1] == [first][:count]
    assert {b - a for a, b in zip(spread, spread[1:], strict=False)} <= {step}


@given(slots)
def test_times_of_day_are_read_as_they_are_written(times):
    words = ", ".join(each.strftime("%H:%M") for each in times)
    assert moments.slots_of(words) == sorted(set(times))


def test_a_word_that_is_no_time_of_day_is_named():
    assert moments.slots_of(" 6h; 05:30\n05:30 ") == [time(5, 30), time(6)]
    for words in ("05:30, noon", "24:00", "28/11/2026"):
        with pytest.raises(Refused, match="no time of day"):
            moments.slots_of(words)


@given(slots, seconds, zones)
def test_the_next_moments_are_those_of_today_and_tomorrow(times, soon, zone):
    found = moments.upcoming(times, soon, zone)
    today = soon.astimezone(zone).date()
    assert found == sorted(found)
    for moment in found:
        local = moment.astimezone(zone)
        assert moment >= soon
        assert local.time() in times
        assert local.date() - today <= timedelta(days=1)
    if zone is HANOI:
        tomorrow = [each for each in found if each.astimezone(zone).date() > today]
        assert len(tomorrow) == len(times)


def test_a_time_that_a_clock_change_skips_or_repeats_is_not_offered():
    for day in (28, 24):
        soon = datetime(2026, 3 if day == 28 else 10, day, 12, tzinfo=PARIS).astimezone(UTC)
        found = moments.upcoming([time(2, 30), time(6)], soon, PARIS)
        assert [each.astimezone(PARIS).hour for each in found] == [6]
