"""Going on without pictures: readers keep all else, at every moment, and no picture past its rights."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.rules import rights
from articles.rules.timing import Kind, Timeline, publish

SIX = datetime(2023, 3, 29, 6, tzinfo=UTC)
SOON = SIX + timedelta(seconds=20)
PICTURES = "ABCD"
# Few, and close to SOON, so that they often coincide.
SECONDS = (5, 10, 15, 19, 20, 21, 25, 30)


def at(second: int) -> datetime:
    return SIX + timedelta(seconds=second)


class Own(frozenset):
    """Pictures that are equal to others but not the same."""


@st.composite
def timelines(draw) -> Timeline:
    """A story's publications before and after SOON; a content is the set of its pictures."""
    timeline = Timeline()
    for begins in sorted(draw(st.sets(st.sampled_from(SECONDS), min_size=1, max_size=5))):
        content = frozenset(draw(st.sets(st.sampled_from(PICTURES))))
        later = [second for second in (*SECONDS, 35) if second > begins]
        until = draw(st.none() | st.sampled_from(later).map(at))
        timeline = publish(
            timeline, SIX, content, kind=Kind.UPDATE, at=at(begins), until=until, waiting="keep"
        )
    return timeline


def test_the_rights_end_with_the_whole_second_in_which_they_end():
    half = SIX + timedelta(milliseconds=500)
    assert rights.outlived({1: half}, SIX) == {}
    assert rights.outlived({1: half}, SIX + timedelta(seconds=1)) == {1: SIX}
    assert rights.outlived({1: half}, None) == {1: SIX}


def test_a_plan_that_would_begin_as_the_rights_end_is_taken_back():
    timeline = publish(Timeline(), SIX, "A", kind=Kind.FIRST, at=at(5), until=at(22))
    timeline = publish(timeline, SIX, "A", kind=Kind.UPDATE, at=at(25), until=None, waiting="keep")

    new = rights.end_all(timeline, SOON, [2], at(25))
    assert [(span.number, span.live_until) for span in new.spans] == [(1, at(22))]


def test_where_the_rights_are_over_a_story_ends_soon_and_its_plans_are_taken_back():
    timeline = publish(Timeline(), SIX, "A", kind=Kind.FIRST, at=at(5))
    timeline = publish(timeline, SIX, "A", kind=Kind.UPDATE, at=at(25), waiting="keep")

    new = rights.end_all(timeline, SOON, [1, 2], at(10))
    assert [(span.number, span.live_until) for span in new.spans] == [(1, SOON)]


ENDS = st.dictionaries(st.sampled_from(PICTURES), st.sampled_from(SECONDS).map(at))


@settings(max_examples=1000, deadline=None)
@given(timelines(), ENDS)
def test_each_picture_goes_at_its_second_and_nothing_else_changes(timeline, ends):
    def without(content: frozenset, moment: datetime) -> frozenset:
        return frozenset(each for each in content if each not in ends or ends[each] > moment)

    def ends_of(content: frozenset) -> dict[str, datetime]:
        return {each: ends[each] for each in content if each in ends}

    # At the edge, too, each content that is made anew is an object of its own.
    new = rights.go_on_without(timeline, SOON, ends_of, lambda *asked: Own(without(*asked)))
    for second in range(40):
        moment = at(second)
        before, after = timeline.live(moment), new.live(moment)
        assert (before is None) == (after is None), second
        if before and moment < SOON:
            assert after.content == before.content
        elif before:
            assert after.content == without(before.content, moment)
