"""Random editors at random moments, on the pure functions: tests/timeline_promises.py."""

import random
from collections.abc import Callable, Iterable
from datetime import datetime
from random import Random

from hypothesis import given, note, settings

from articles.rules import timing
from articles.rules.timing import Span, Timeline, is_live
from tests.timeline_promises import SECOND, Clock, play, random_story, stories, turns


def changed(
    timeline: Timeline, soon: datetime, spans: Iterable[Span], fix: Callable[[str], str]
) -> Timeline:
    contents = {span.number: timing.Changed(fix(span.content)) for span in spans}
    return timing.change(timeline, soon, contents)


class PureEdge:
    """The story in a variable, locked, computed and committed as the workflow does it."""

    def __init__(self, clock: Clock, imported: datetime | None):
        self._clock = clock
        self._timeline = Timeline(imported=imported)

    def timeline(self) -> Timeline:
        return self._timeline

    def live_numbers(self, at: datetime) -> list[int]:
        spans = self._timeline.spans
        return [s.number for s in spans if is_live(s.live_from, s.live_until, at)]

    def _commit(self, verb: Callable[..., Timeline], *args, **asked) -> None:
        for _attempt in range(5):
            new = verb(self._timeline, timing.soon(self._clock()), *args, **asked)
            if timing.agree(self._timeline, new, until=self._clock() + SECOND):
                self._timeline = new
                return
        raise AssertionError("a commit that takes no time is never too late")

    def publish(self, content, **asked):
        self._commit(timing.publish, content, **asked)

    def move(self, number, **asked):
        self._commit(timing.move, number, **asked)

    def renew(self, number, *, fix):
        def verb(timeline: Timeline, soon: datetime) -> Timeline:
            plan = timing.plan(timeline, soon, number)
            return changed(timeline, soon, timeline.plans(plan.live_from), fix)

        self._commit(verb)

    def revise(self, *, fix):
        def verb(timeline: Timeline, soon: datetime) -> Timeline:
            live = timing.live_then(timeline, soon)
            return changed(timeline, soon, (live, *timeline.plans(soon)), fix)

        self._commit(verb)

    def change(self, numbers, *, fix):
        def verb(timeline: Timeline, soon: datetime) -> Timeline:
            spans = [timing.found(timeline, number) for number in numbers]
            return changed(timeline, soon, spans, fix)

        self._commit(verb)

    def cancel(self, number):
        self._commit(timing.cancel, number)

    def set_end(self, number, **asked):
        self._commit(timing.set_end, number, **asked)

    def withdraw(self, **asked):
        self._commit(timing.withdraw, **asked)

    def bring_back(self, **asked):
        self._commit(timing.bring_back, **asked)


@settings(max_examples=1200, deadline=None, database=None)
@given(turns(), stories())
def test_no_sequence_of_editors_and_slow_commits_breaks_a_promise_of_time(turns, story):
    note(str(turns))
    play(PureEdge, turns, **story)


def test_nor_does_any_of_ten_thousand_longer_ones():
    """Without hypothesis, which costs more than the play; pytest's header has the seed."""
    chance = Random(random.random())
    for _ in range(10_000):
        turns, story = random_story(chance)
        try:
            play(PureEdge, turns, **story)
        except AssertionError as broken:
            raise AssertionError(f"{broken}\n{turns}\n{story}") from broken
