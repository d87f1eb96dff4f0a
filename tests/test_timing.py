"""When is something on the site, and which moment is "soon"?"""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from articles.rules import timing

SIX = datetime(2023, 3, 29, 6, tzinfo=UTC)
NAIVE = SIX.replace(tzinfo=None)
SECOND = timedelta(seconds=1)
HANOI = timezone(timedelta(hours=7))

moments = st.integers(-3, 3).map(lambda n: SIX + n * SECOND)
clocks = st.datetimes(
    NAIVE.replace(year=2000), NAIVE.replace(year=2100), timezones=st.sampled_from([UTC, HANOI])
)


def holds(condition: Q, row: dict) -> bool:
    """What a database answers for a row, for the few lookups that the rule uses."""
    lookups = {
        "": lambda value, wanted: value == wanted,
        "lte": lambda value, wanted: value is not None and value <= wanted,
        "gt": lambda value, wanted: value is not None and value > wanted,
    }
    answers = []
    for child in condition.children:
        if isinstance(child, Q):
            answers.append(holds(child, row))
        else:
            field, _, lookup = child[0].partition("__")
            answers.append(lookups[lookup](row[field], child[1]))
    return any(answers) if condition.connector == Q.OR else all(answers)


def test_a_story_is_on_the_site_from_its_first_second_until_just_before_its_last():
    end = SIX + 2 * SECOND
    assert not timing.is_live(SIX, end, SIX - timedelta(microseconds=1))
    assert timing.is_live(SIX, end, SIX)
    assert timing.is_live(SIX, end, end - timedelta(microseconds=1))
    assert not timing.is_live(SIX, end, end)


def test_a_story_without_an_end_stays():
    assert timing.is_live(SIX, None, SIX + timedelta(days=40000))


@given(moments, st.none() | moments, moments, st.integers(0, 2))
def test_rows_and_objects_follow_the_same_rule(live_from, live_until, at, earlier):
    row = {
        "live_from": live_from,
        "live_until": live_until,
        "first_published": live_from - earlier * SECOND,
    }
    assert holds(timing.live(at), row) == timing.is_live(live_from, live_until, at)


def test_rows_first_published_later_are_left_out_which_makes_lists_of_an_old_moment_cheap():
    row = {"live_from": SIX, "live_until": None, "first_published": SIX + SECOND}
    assert not holds(timing.live(SIX), row)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (SIX, SIX + 3 * SECOND),
        (SIX + timedelta(microseconds=1), SIX + 3 * SECOND),
        (SIX + timedelta(microseconds=999_999), SIX + 3 * SECOND),
        (SIX + SECOND, SIX + 4 * SECOND),
    ],
)
def test_soon_is_the_first_whole_second_more_than_two_seconds_ahead(now, expected):
    assert timing.soon(now) == expected


@given(clocks)
def test_soon_lies_more_than_two_and_at_most_three_seconds_ahead(now):
    soon = timing.soon(now)
    assert soon.microsecond == 0
    assert 2 * SECOND < soon - now <= 3 * SECOND


@given(clocks)
def test_a_chosen_moment_is_rounded_to_a_whole_second_and_never_early(at):
    rounded = timing.whole_second(at)
    assert rounded.microsecond == 0
    assert timedelta(0) <= rounded - at < SECOND


def test_moments_in_the_hour_that_summer_time_repeats_keep_their_order():
    berlin = ZoneInfo("Europe/Berlin")
    first = datetime(2023, 10, 29, 2, 30, tzinfo=berlin, fold=0)
    second = datetime(2023, 10, 29, 2, 30, tzinfo=berlin, fold=1)
    assert timing.whole_second(second) - timing.whole_second(first) == timedelta(hours=1)
    assert timing.soon(second) - timing.soon(first) == timedelta(hours=1)
    assert not timing.is_live(second.astimezone(UTC), None, first)


@pytest.mark.parametrize("ask", [timing.soon, timing.whole_second, timing.live])
def test_a_moment_without_a_time_zone_is_a_mistake_of_the_program(ask):
    with pytest.raises(ValueError, match="has no time zone"):
        ask(NAIVE)


def test_so_is_it_when_asking_what_is_live():
    with pytest.raises(ValueError, match="has no time zone"):
        timing.is_live(SIX, None, NAIVE)
