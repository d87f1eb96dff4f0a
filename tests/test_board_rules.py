"""What changes for readers in a span of time, and how it lies there: articles/rules/board.py."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from articles.rules import board, timing
from articles.rules.board import What
from articles.rules.timing import Span, Timeline

DAY = datetime(2026, 11, 28, tzinfo=UTC)
END = DAY + timedelta(days=1)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Row:
    article_id: int
    kind: str
    live_from: datetime
    live_until: datetime | None


@st.composite
def timelines(draw) -> Timeline:
    """A story's publications around the day, in quarters of an hour."""
    edges = sorted(draw(st.sets(st.integers(-40, 140), max_size=8)))
    moments = [DAY + n * 15 * MINUTE for n in edges]
    spans = []
    for number, begins in enumerate(moments, 1):
        following = moments[number] if number < len(moments) else None
        ends = draw(
            st.sampled_from([following, begins + 5 * MINUTE, *([] if following else [None])])
        )
        spans.append(
            Span(
                number, number, "first" if number == 1 else "update", begins, ends, ends, moments[0]
            )
        )
    return Timeline(tuple(spans), len(spans))


days = st.lists(timelines(), max_size=4)


def rows(stories: list[Timeline]) -> list[Row]:
    return [
        Row(story, span.kind, span.live_from, span.live_until)
        for story, timeline in enumerate(stories)
        for span in timeline.spans
    ]


def of_the_day(stories: list[Timeline]) -> list[board.Change]:
    found = rows(stories)
    begins = [row for row in found if DAY <= row.live_from < END]
    return board.changes(begins, [r for r in found if r.live_until and DAY <= r.live_until < END])


@given(days)
def test_the_changes_of_a_day_are_what_readers_get_of_each_story(stories):
    expected = set()
    for story, timeline in enumerate(stories):
        before = timeline.live(DAY - MINUTE / 60)
        course = timing.course(timeline, DAY - MINUTE / 60)[1:]
        for at, span in course:
            if at < END:
                what = What.LEAVES if span is None else What.CHANGES
                if before is None:
                    what = What.APPEARS if span.number == 1 else What.RETURNS
                expected.add((at, story, what))
            before = span
    found = of_the_day(stories)
    assert {(each.at, each.row.article_id, each.what) for each in found} == expected
    assert len(found) == len(expected)
    assert [each.at for each in found] == sorted(each.at for each in found)


@given(days, st.none() | st.integers(-100, 1600))
def test_lanes_hold_every_change_once_and_cover_the_day(stories, minute):
    found = of_the_day(stories)
    now = None if minute is None else DAY + minute * MINUTE
    lanes = board.lanes(found, DAY, END, now)
    assert [c for lane in lanes for m in lane.moments for c in m.changes] == found
    assert lanes[0].begins == DAY
    assert lanes[-1].ends == END
    for lane, following in zip(lanes, lanes[1:], strict=False):
        assert lane.ends == following.begins
        assert lane.moments or following.moments, "gaps are one"
    for lane in lanes:
        assert all(lane.begins <= part.at < lane.ends for part in lane.parts)
        assert lane.hours == len(lane.starts)
        assert lane.hours == 1 or not lane.moments
    marks = [part for lane in lanes for part in lane.parts if isinstance(part, board.Now)]
    assert len(marks) == int(now is not None and DAY <= now < END)
    if now is not None:
        overs = [m.over for lane in lanes for m in lane.moments]
        assert overs == [m.at <= now for lane in lanes for m in lane.moments]


def test_an_empty_day_is_one_gap():
    [gap] = board.lanes([], DAY, END)
    assert (gap.hours, gap.parts) == (24, [])


def test_a_day_with_a_clock_change_has_its_own_length():
    zone = ZoneInfo("Europe/Paris")
    begins, ends = (datetime(2026, 10, day, tzinfo=zone).astimezone(UTC) for day in (25, 26))
    [gap] = board.lanes([], begins, ends)
    assert gap.hours == 25


@given(days)
def test_a_week_counts_each_change_in_its_hour(stories):
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    found = of_the_day(stories)
    grid = board.by_hour(found, zone)
    assert sum(len(cell) for cell in grid.values()) == len(found)
    for (day, hour), cell in grid.items():
        for change in cell:
            local = change.at.astimezone(zone)
            assert (local.date(), local.hour) == (day, hour)
    assert sum(number for _what, number in board.counted(found)) == len(found)
