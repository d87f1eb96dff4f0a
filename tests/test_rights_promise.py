"""Going on without pictures: readers keep all else, at every moment, and no picture past its rights."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from articles import rights
from articles.timing import Kind, Timeline, publish

SIX = datetime(2023, 3, 29, 6, tzinfo=UTC)
SOON = SIX + timedelta(seconds=20)
PICTURES = "ABCD"


# Few, and close to SOON, so that they often coincide.
SECONDS = st.sampled_from([5, 10, 15, 19, 20, 21, 25, 30])


def at(second: int) -> datetime:
    return SIX + timedelta(seconds=second)


@st.composite
def timelines(draw) -> Timeline:
    """A story's publications before and after SOON; a content is the set of its pictures."""
    timeline = Timeline()
    for begins in sorted(draw(st.sets(SECONDS, min_size=1, max_size=5))):
        content = frozenset(draw(st.sets(st.sampled_from(PICTURES))))
        until = draw(
            st.none() | (SECONDS | st.just(35)).filter(lambda second: second > begins).map(at)
        )
        timeline = publish(
            timeline, SIX, content, kind=Kind.UPDATE, at=at(begins), until=until, waiting="keep"
        )
    return timeline


ENDS = st.dictionaries(st.sampled_from(PICTURES), SECONDS.map(at))


@settings(max_examples=1000, deadline=None)
@given(timelines(), ENDS)
def test_each_picture_goes_at_its_second_and_nothing_else_changes(timeline, ends):
    def without(content: frozenset, moment: datetime) -> frozenset:
        return frozenset(each for each in content if each not in ends or ends[each] > moment)

    def ends_of(content: frozenset) -> dict[str, datetime]:
        return {each: ends[each] for each in content if each in ends}

    new = rights.go_on_without(timeline, SOON, ends_of, Contents(without))
    for second in range(40):
        moment = at(second)
        before, after = timeline.live(moment), new.live(moment)
        assert (before is None) == (after is None), second
        if before and moment < SOON:
            assert after.content == before.content
        elif before:
            assert after.content == without(before.content, moment)


class Contents:
    """What a content shows at a moment; each answer an object of its own, as the edge gives them."""

    def __init__(self, without) -> None:
        self.without = without

    def __call__(self, content, moment):
        return Own(self.without(content, moment))


class Own(frozenset):
    """Pictures that are equal to others but not the same."""
