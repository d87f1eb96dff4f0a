"""Which saves of a story are kept, and for how long: a pure rule."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.rules.saves import DAY, Kept, superseded

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def numbered(*saves: tuple[timedelta, str]) -> list[Kept]:
    """Saves of such ages by such people, the oldest first."""
    return [Kept(n, NOW - age, by) for n, (age, by) in enumerate(saves, start=1)]


def every(step: timedelta, count: int, *, until: timedelta = MINUTE) -> list[Kept]:
    """One person's, the last of this age."""
    return numbered(*((until + step * (count - n - 1), "a") for n in range(count)))


def left(saves: list[Kept], now: datetime = NOW) -> list[Kept]:
    gone = set(superseded(saves, now))
    return [save for save in saves if save.number not in gone]


def test_all_of_the_last_hour_stay():
    saves = every(timedelta(seconds=10), 355)
    assert left(saves) == saves


@pytest.mark.parametrize(
    ("age", "step"),
    [
        (2 * timedelta(hours=1), 10 * MINUTE),
        (23 * timedelta(hours=1), 10 * MINUTE),
        (2 * DAY, timedelta(hours=1)),
        (29 * DAY, timedelta(hours=1)),
        (31 * DAY, DAY),
        (4000 * DAY, DAY),
    ],
)
def test_later_one_of_each_span_stays_its_last(age, step):
    saves = every(step / 4, 12, until=age)
    stay = left(saves)
    seconds = int(step.total_seconds())
    slots: dict[int, int] = {}
    for save in saves:
        slots[int(save.at.timestamp()) // seconds] = save.number
    expected = {saves[0].number, saves[-1].number, *slots.values()}
    assert {save.number for save in stay} == expected
    assert len(stay) < len(saves)


def test_nobodys_last_word_goes_because_somebody_else_saved():
    ages = [timedelta(days=40, minutes=-n) for n in range(9)]
    saves = numbered(*zip(ages, "aabbbacca", strict=True))
    assert superseded(saves, NOW) == [4]


def test_what_was_handed_in_or_published_stays():
    saves = every(MINUTE, 9, until=40 * DAY)
    marked = [Kept(s.number, s.at, s.by, marked=s.number in (3, 5)) for s in saves]
    assert superseded(saves, NOW) == [2, 3, 4, 5, 6, 7, 8]
    assert superseded(marked, NOW) == [2, 4, 6, 7, 8]


@st.composite
def histories(draw: st.DrawFn) -> list[Kept]:
    seconds = st.integers(0, 10_000_000) | st.integers(0, 10_000) | st.integers(0, 100_000)
    ages = sorted(draw(st.lists(seconds, max_size=40)), reverse=True)
    people = draw(st.lists(st.sampled_from(["a", "a", "a", "b", None]), min_size=40, max_size=40))
    marks = draw(st.lists(st.sampled_from([False, False, True]), min_size=40, max_size=40))
    return [
        Kept(n, NOW - timedelta(seconds=age), by, marked)
        for n, (age, by, marked) in enumerate(zip(ages, people, marks, strict=False), start=1)
    ]


@given(histories())
def test_what_never_goes_never_goes(saves):
    stay = {save.number for save in left(saves)}
    for before, save, after in zip([None, *saves], saves, [*saves[1:], None], strict=False):
        ends = before is None or after is None or before.by != save.by or after.by != save.by
        if ends or save.marked or NOW - save.at < timedelta(hours=1):
            assert save.number in stay


@given(histories(), st.integers(0, 5_000_000), st.integers(0, 5_000_000))
def test_thinned_now_and_later_is_thinned_later(saves, first, second):
    """So it does not matter how often it is done; and done twice it changes nothing."""
    soon = NOW + timedelta(seconds=first)
    late = soon + timedelta(seconds=second)
    assert left(left(saves, soon), late) == left(saves, late)
    assert left(left(saves, late), late) == left(saves, late)


@given(histories())
def test_what_goes_has_a_later_one_of_the_same_person_close_by(saves):
    stay = left(saves)
    for number in superseded(saves, NOW):
        gone = saves[number - 1]
        later = [s for s in stay if s.number > number and s.by == gone.by and s.at >= gone.at]
        assert later
        age = NOW - gone.at
        near = DAY if age >= 30 * DAY else timedelta(hours=1) if age >= DAY else 10 * MINUTE
        assert later[0].at - gone.at < near


@given(histories())
def test_a_persons_saves_are_few_however_many_they_made(saves):
    one = [Kept(save.number, save.at, "a") for save in saves]
    days = {save.at.date() for save in one}
    old = [save for save in left(one) if NOW - save.at >= 30 * DAY]
    assert len(old) <= len(days) + 2
