"""What a story's timeline promises, and a newsroom that tries to break it.

A `Turn` is one thing that an editor asks, with the time it takes. `play` lets editors take their
turns on one story through an `Edge`: the pure functions, or the workflow over a database. Readers
look at every whole second and whenever something happens. Each promise is an assert with its
sentence.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Protocol

from hypothesis import strategies as st

from articles.rules.timing import INHERIT, Inherit, Kind, Refused, Span, Timeline, soon

SIX = datetime(2023, 3, 29, 6, tzinfo=UTC)
SECOND = timedelta(seconds=1)
TICK = SECOND / 4

Clock = Callable[[], datetime]


class Edge(Protocol):
    """One story, behind whatever keeps it. Contents are strings; verbs raise Refused.

    It is made with a clock and reads it twice in each attempt: for `soon` after locking, and
    before it commits. Time may have passed at each reading after a verb's first one.
    """

    def timeline(self) -> Timeline: ...
    def live_numbers(self, at: datetime) -> list[int]: ...
    def publish(self, content, *, at, until, kind, waiting) -> object: ...
    def move(self, number, *, at) -> object: ...
    def renew(self, number, *, fix) -> object: ...
    def revise(self, *, fix) -> object: ...
    def change(self, numbers, *, fix) -> object: ...
    def cancel(self, number) -> object: ...
    def set_end(self, number, *, until) -> object: ...
    def withdraw(self, *, at, keep_plans) -> object: ...
    def bring_back(self, *, at, waiting) -> object: ...


MakeEdge = Callable[[Clock, datetime | None], Edge]


# What editors ask. Moments are whole seconds from the second in which they ask; None is "soon".
# `which` counts through the story's publications, and now and then names one that is gone.


@dataclass(frozen=True)
class Publish:
    at: int | None = None
    until: int | Inherit | None = INHERIT
    kind: str = Kind.UPDATE
    waiting: str = "cancel"

    def ask(self, edge: Edge, asked: "Asked") -> None:
        edge.publish(
            asked.content,
            at=asked.moment(self.at),
            until=asked.moment(self.until),
            kind=self.kind,
            waiting=self.waiting,
        )

    def check(self, asked: "Asked", new: Timeline) -> None:
        at = check_new(asked, new, self.at, self.waiting)
        span = find(new, asked.old.last_number + 1)
        assert span.content == asked.content, "what was approved is what is published"
        kind = Kind.UPDATE if self.kind == Kind.FIRST else self.kind
        assert span.asked == kind, "what was asked is remembered"
        before = [s.until for s in asked.old.spans if s.live_from < at][-1:]
        inherited = before[0] if before and before[0] and before[0] > at else None
        until = inherited if self.until is INHERIT else asked.moment(self.until)
        assert span.until == until, "an end is the one asked for, else that of the one before"


@dataclass(frozen=True)
class Move:
    which: int = 0
    at: int | None = None

    def ask(self, edge: Edge, asked: "Asked") -> None:
        edge.move(asked.number(self.which), at=asked.moment(self.at))

    def check(self, asked: "Asked", new: Timeline) -> None:
        number = asked.number(self.which)
        check_begins(asked, find(new, number), self.at)
        assert find(asked.old, number).live_from >= asked.soon, "only plans move"
        assert numbers(new) == numbers(asked.old), "moving changes no order"
        check_ends_untouched(asked.old, new)


@dataclass(frozen=True)
class Renew:
    which: int = 0

    def ask(self, edge: Edge, asked: "Asked") -> None:
        edge.renew(asked.number(self.which), fix=fixed)

    def check(self, asked: "Asked", new: Timeline) -> None:
        plan = find(asked.old, asked.number(self.which))
        assert plan.live_from >= asked.soon, "only plans are approved anew"
        before = [s for s in asked.old.spans if s.live_from < plan.live_from]
        behind = [s for s in asked.old.spans if s.live_from >= plan.live_from]
        first = asked.old.last_number + 1
        assert numbers(new) == [
            *(s.number for s in before),
            *range(first, first + len(behind)),
        ], "the plan and what waits behind it have the next numbers"
        for was, kept in zip(behind, new.spans[len(before) :], strict=True):
            assert (kept.content, kept.live_from) == (fixed(was.content), was.live_from)
            assert (kept.until, kept.kind) == (was.until, was.kind), "and all else as it was"
        check_ends_untouched(replace(asked.old, spans=tuple(before)), new)


@dataclass(frozen=True)
class Revise:
    def ask(self, edge: Edge, asked: "Asked") -> None:
        edge.revise(fix=fixed)

    def check(self, asked: "Asked", new: Timeline) -> None:
        old, soon = asked.old, asked.soon
        [live] = live_numbers(old, soon)
        begun = [s for s in old.spans if s.live_from < soon]
        waits = [s for s in old.spans if s.live_from >= soon]
        added = [] if find(old, live).live_from == soon else [find(old, live)]
        first = old.last_number + 1
        assert numbers(new) == [
            *(s.number for s in begun),
            *range(first, first + len(added) + len(waits)),
        ], "what is live then and what waits have the next numbers"
        for was, now in zip([*added, *waits], new.spans[len(begun) :], strict=True):
            assert now.content == fixed(was.content), "each with the fix"
        for was, now in zip(waits, new.spans[len(begun) + len(added) :], strict=True):
            same = (was.live_from, was.until, was.asked)
            assert (now.live_from, now.until, now.asked) == same, "and all else as it was"
        if added:
            assert (new.spans[len(begun)].live_from, new.spans[len(begun)].kind) == (
                soon,
                Kind.MINOR,
            )
        check_ends_untouched(replace(old, spans=tuple(begun)), new)


@dataclass(frozen=True)
class Change:
    """One publication and some others: each bit of `others` says whether one of them is chosen."""

    which: int = 0
    others: int = 0

    def ask(self, edge: Edge, asked: "Asked") -> None:
        edge.change(self.chosen(asked), fix=fixed)

    def chosen(self, asked: "Asked") -> list[int]:
        main = asked.number(self.which)
        bits = enumerate(reversed(numbers(asked.old)))
        return [main, *(n for place, n in bits if self.others >> place & 1 and n != main)]

    def check(self, asked: "Asked", new: Timeline) -> None:
        old, soon, chosen = asked.old, asked.soon, self.chosen(asked)
        begun = [s for s in old.spans if s.live_from < soon]
        changes_live = [s for s in begun if s.number in chosen]
        assert [s.number for s in changes_live] in ([], live_numbers(old, soon)), (
            "only the live one"
        )
        kept = list(begun)
        waits = [s for s in old.spans if s.live_from >= soon]
        while waits and not changes_live and waits[0].number not in chosen:
            kept.append(waits.pop(0))
        first = old.last_number + 1
        anew = [*changes_live, *waits]
        assert numbers(new) == [
            *(s.number for s in kept),
            *range(first, first + len(anew)),
        ], "from the first that is changed on, all have the next numbers"
        for was, now in zip(anew, new.spans[len(kept) :], strict=True):
            content = fixed(was.content) if was.number in chosen else was.content
            assert now.content == content, "what was chosen is changed, the rest is as it was"
            begins = soon if was in changes_live else was.live_from
            kind = Kind.MINOR if was in changes_live else was.asked
            assert (now.live_from, now.until, now.asked) == (begins, was.until, kind)
        check_ends_untouched(replace(old, spans=tuple(kept)), new)


@dataclass(frozen=True)
class Cancel:
    which: int = 0

    def ask(self, edge: Edge, asked: "Asked") -> None:
        edge.cancel(asked.number(self.which))

    def check(self, asked: "Asked", new: Timeline) -> None:
        number = asked.number(self.which)
        assert find(asked.old, number).live_from >= asked.soon, "only plans are cancelled"
        assert numbers(new) == [n for n in numbers(asked.old) if n != number], "and only that one"
        check_ends_untouched(asked.old, new)  # so the one before has its own end back


@dataclass(frozen=True)
class SetEnd:
    which: int = 0
    until: int | None = None

    def ask(self, edge: Edge, asked: "Asked") -> None:
        edge.set_end(asked.number(self.which), until=asked.moment(self.until))

    def check(self, asked: "Asked", new: Timeline) -> None:
        number, until = asked.number(self.which), asked.moment(self.until)
        expected = [replace(s, until=until) if s.number == number else s for s in asked.old.spans]
        check_ends_untouched(replace(asked.old, spans=tuple(expected)), new)
        assert numbers(new) == numbers(asked.old), "an end is all that changes"
        assert until is None or until >= asked.soon, "an end lies ahead"
        ended = find(asked.old, number).live_until
        assert ended is None or ended >= asked.soon, "what is over stays over"


@dataclass(frozen=True)
class Withdraw:
    at: int | None = None
    keep_plans: bool = False

    def ask(self, edge: Edge, asked: "Asked") -> None:
        edge.withdraw(at=asked.moment(self.at), keep_plans=self.keep_plans)

    def check(self, asked: "Asked", new: Timeline) -> None:
        old, at = asked.old, asked.beginning(self.at)
        assert at >= asked.soon, "a withdrawal lies ahead"
        kept = [s.number for s in old.spans if s.live_from < at or self.keep_plans]
        assert numbers(new) == kept, "plans go, unless they are kept"
        for span in new.spans:
            was = find(old, span.number)
            if span.live_from >= at or (was.live_until and was.live_until < asked.soon):
                assert span.until == was.until, "what is over or kept has its own end"
            else:
                assert span.until == earliest(was.until, at), "the rest ends then at the latest"
        assert new.spans != old.spans, "a withdrawal changes something, if only for later"


@dataclass(frozen=True)
class BringBack:
    at: int | None = None
    waiting: str = "cancel"

    def ask(self, edge: Edge, asked: "Asked") -> None:
        edge.bring_back(at=asked.moment(self.at), waiting=self.waiting)

    def check(self, asked: "Asked", new: Timeline) -> None:
        at = check_new(asked, new, self.at, self.waiting)
        assert [s for s in asked.old.spans if s.live_from < asked.soon], "it was there before"
        assert live_numbers(asked.old, at) == [], "what is on the site needs no bringing back"
        last = [s for s in asked.old.spans if s.live_from < at][-1]
        assert find(new, asked.old.last_number + 1).content == last.content, "the newest text"


Verb = Publish | Move | Renew | Revise | Change | Cancel | SetEnd | Withdraw | BringBack


@dataclass(frozen=True)
class Turn:
    """What is asked, and how long everything takes, in quarters of a second.

    pause: before the story is locked. delays: one for each further reading of the clock, then
    none. commit: from the last reading until readers get what was written; at most a second.
    """

    verb: Verb
    pause: int = 0
    delays: tuple[int, ...] = ()
    commit: int = 0


@dataclass(frozen=True)
class Asked:
    """What an editor's question meant at the moment it was asked."""

    old: Timeline
    at: datetime
    content: str
    soon: datetime | None = None  # as the edge took it, once it has

    def moment(self, seconds: int | Inherit | None) -> datetime | Inherit | None:
        if seconds is None or seconds is INHERIT:
            return seconds
        return self.at.replace(microsecond=0) + seconds * SECOND

    def beginning(self, seconds: int | None) -> datetime:
        return self.soon if seconds is None else self.moment(seconds)

    def number(self, which: int) -> int:
        choice = [*reversed(numbers(self.old)), self.old.last_number]
        return choice[which % len(choice)]


class Newsroom:
    """The clock, the readers and their memory, and the story as last committed."""

    def __init__(self, make_edge: MakeEdge, *, ticks: int = 0, imported: int | None = None):
        self.now = SIX + ticks * TICK
        self.delays: Iterator[int] = iter(())
        self.readings: list[datetime] = []
        self.seen: dict[datetime, list[int]] = {}
        self.newest_seen = 0
        self.accepted = 0
        self.edge = make_edge(self.clock, None if imported is None else SIX + imported * SECOND)
        self.committed = self.edge.timeline()

    def clock(self) -> datetime:
        if self.readings:
            self.wait(next(self.delays, 0))
        self.readings.append(self.now)
        return self.now

    def wait(self, ticks: int) -> None:
        for _ in range(ticks):
            self.now += TICK
            if self.now.microsecond == 0:
                self.readers_look()
        self.readers_look()

    def readers_look(self) -> None:
        got = live_numbers(self.committed, self.now)
        assert len(got) <= 1, "at most one publication is live"
        assert self.seen.setdefault(self.now, got) == got, "one moment shows one thing"
        assert not got or got[0] >= self.newest_seen, "an older text never returns"
        self.newest_seen = max([self.newest_seen, *got])

    def take(self, turn: Turn, content: str) -> None:
        self.wait(turn.pause)
        old = self.committed
        asked = Asked(old, self.now, content)
        self.delays, self.readings = iter(turn.delays), []
        try:
            turn.verb.ask(self.edge, asked)
        except Refused:
            assert self.edge.timeline() == old, "a refusal changes nothing"
            return
        self.accepted += 1
        asked = replace(asked, soon=soon(self.readings[-2]))
        self.wait(turn.commit)
        self.committed = self.edge.timeline()
        self.readers_look()
        turn.verb.check(asked, self.committed)
        check_step(old, self.committed, asked.soon)
        check_timeline(self.committed)
        self.check_record()
        self.check_live()

    def check_record(self) -> None:
        for moment, got in self.seen.items():
            assert live_numbers(self.committed, moment) == got, "the record is what readers saw"

    def check_live(self) -> None:
        for edge in sorted({s.live_from for s in self.committed.spans} | ends(self.committed)):
            for moment in (edge - timedelta(microseconds=1), edge):
                expected = live_numbers(self.committed, moment)
                assert len(expected) <= 1, "at most one publication is live at any moment"
                assert self.edge.live_numbers(moment) == expected, "live(at) is the pure rule"
                span = self.committed.live(moment)
                assert ([span.number] if span else []) == expected, "and so is the timeline's"


def play(
    make_edge: MakeEdge, turns: Sequence[Turn], *, ticks: int = 0, imported: int | None = None
) -> int:
    """Take the turns on a new story and hold every promise; how many were not refused.

    ticks: quarters of a second past the full second at the start. imported: first published so
    many seconds after the start.
    """
    newsroom = Newsroom(make_edge, ticks=ticks, imported=imported)
    for place, turn in enumerate(turns, 1):
        newsroom.take(turn, f"text {place}")
    newsroom.wait(60)
    newsroom.check_record()
    return newsroom.accepted


# The promises about a timeline, and about the step from one to the next.


def check_timeline(timeline: Timeline) -> None:
    spans = timeline.spans
    assert numbers(timeline) == sorted(set(numbers(timeline))), "numbers live in order"
    assert all(n <= timeline.last_number for n in numbers(timeline)), "the last number is known"
    for place, span in enumerate(spans):
        next_from = spans[place + 1].live_from if place + 1 < len(spans) else None
        assert next_from is None or span.live_from < next_from, "one begins after the other"
        assert span.live_until == earliest(span.until, next_from), "the end in effect"
        assert span.live_until is None or span.live_from < span.live_until, "a span has a length"
        assert span.live_from.microsecond == 0, "changes come at whole seconds"
        kind = Kind.FIRST if span is spans[0] else span.asked
        assert span.kind == kind, "the earliest is the first, another what was asked"
        assert span.first_published <= span.live_from, "first published is not later than live"
        assert span.first_published == spans[0].first_published, "a story has one first moment"


def check_step(old: Timeline, new: Timeline, soon: datetime) -> None:
    assert new.last_number >= old.last_number, "a number is not given back"
    known = {span.number: span for span in old.spans}
    for span in new.spans:
        was = known.get(span.number)
        assert was or span.number > old.last_number, "no number is given twice"
        assert was or span.live_from >= soon, "what is new lies ahead"
        assert not was or was.content == span.content, "an approved text stays as it is"
    for span in old.spans:
        if span.live_from < soon:
            check_frozen(span, find(new, span.number), soon)
    earliest_old = old.spans[0] if old.spans else None
    if not earliest_old or earliest_old.live_from >= soon:
        first = new.spans[0] if new.spans else None
        expected = first and earliest(new.imported, first.live_from)
        assert not first or first.first_published == expected, "first published follows the plans"


def check_frozen(was: Span, span: Span, soon: datetime) -> None:
    assert replace(span, until=was.until, live_until=was.live_until) == was, "begun is frozen"
    if was.live_until and was.live_until < soon:
        assert span == was, "what is over does not change at all"
    elif span.live_until != was.live_until:
        assert span.live_until is None or span.live_until >= soon, "an end changes only ahead"


def check_new(asked: Asked, new: Timeline, seconds: int | None, waiting: str) -> datetime:
    """The promises about a new publication and what waits behind it; when it begins."""
    span = find(new, asked.old.last_number + 1)
    at = check_begins(asked, span, seconds)
    before = tuple(s for s in asked.old.spans if s.live_from < at)
    behind = [s for s in asked.old.spans if s.live_from >= at] if waiting == "keep" else []
    assert numbers(new) == [
        *(s.number for s in before),
        *range(span.number, span.number + 1 + len(behind)),
    ], "what waits is cancelled, or approved anew under the next numbers"
    for was, kept in zip(behind, new.spans[len(before) + 1 :], strict=True):
        same = (was.content, was.live_from, was.until)
        assert (kept.content, kept.live_from, kept.until) == same, "and all else as it was"
    check_ends_untouched(replace(asked.old, spans=before), new)
    return at


def check_begins(asked: Asked, span: Span, seconds: int | None) -> datetime:
    assert span.live_from >= asked.soon, "nothing begins before soon"
    assert span.live_from == asked.beginning(seconds), "it begins at the moment asked for"
    return span.live_from


def check_ends_untouched(old: Timeline, new: Timeline) -> None:
    untils = {span.number: span.until for span in old.spans}
    for span in new.spans:
        assert span.until == untils.get(span.number, span.until), "its own end is its own"


# Said once more, as plainly as can be, and without the code under test.


def live_numbers(timeline: Timeline, at: datetime) -> list[int]:
    return [
        s.number
        for s in timeline.spans
        if s.live_from <= at and (s.live_until is None or s.live_until > at)
    ]


def numbers(timeline: Timeline) -> list[int]:
    return [span.number for span in timeline.spans]


def ends(timeline: Timeline) -> set[datetime]:
    return {span.live_until for span in timeline.spans if span.live_until}


def find(timeline: Timeline, number: int) -> Span:
    found = [span for span in timeline.spans if span.number == number]
    assert len(found) == 1, f"publication {number} is there once"
    return found[0]


def earliest(*moments: datetime | None) -> datetime | None:
    return min(filter(None, moments), default=None)


def fixed(content: str) -> str:
    return f"{content}, fixed"


# Random turns. Moments lie close together, so that they often coincide. A turn is made from a few
# bytes, which costs less than drawing its parts; hypothesis shrinks towards the first of each row.

ROWS = {
    "verb": (
        Publish,
        Cancel,
        Move,
        SetEnd,
        Withdraw,
        BringBack,
        Publish,
        Publish,
        Publish,
        Renew,
        Revise,
        Change,
        Change,
    ),
    "which": (0, 0, 0, 1, 1, 2, 3, 4),
    "at": (None, None, *range(2, 13), *range(6, 13)),
    "until": (INHERIT, None, INHERIT, INHERIT, None, *range(2, 20), *range(10, 20)),
    "kind": tuple(Kind.values),
    "flag": (False, True),
    "others": (0, 1, 2, 3, 5, 7),
    "pause": (0, 0, 0, 1, 1, 2, 4, 4, 8, 12, 24),
    "delays": ((), (), (), (1,), (4,), (8,), (12,), (20,), (8, 6, 12), (9, 20, 20), (0, 8, 20)),
    "commit": (0, 1, 2, 3, 4),
}


def turn_from(data: bytes) -> Turn:
    """A turn, from one byte for each of ROWS."""
    pick = {
        name: row[byte % len(row)] for (name, row), byte in zip(ROWS.items(), data, strict=True)
    }
    at, which, flag = pick["at"], pick["which"], pick["flag"]
    until = pick["until"]
    waiting = "keep" if flag else "cancel"
    verb = {
        Publish: Publish(at, until, pick["kind"], waiting),
        Cancel: Cancel(which),
        Renew: Renew(which),
        Revise: Revise(),
        Change: Change(which, pick["others"]),
        Move: Move(which, at),
        SetEnd: SetEnd(which, None if until is INHERIT else until),
        Withdraw: Withdraw(at, flag),
        BringBack: BringBack(at, waiting),
    }[pick["verb"]]
    return Turn(verb, pick["pause"], pick["delays"], pick["commit"])


def turns(max_size: int = 14) -> st.SearchStrategy[list[Turn]]:
    turn = st.binary(min_size=len(ROWS), max_size=len(ROWS)).map(turn_from)
    return st.lists(turn, min_size=2, max_size=max_size)


IMPORTED = (None, -86400, 4, 9)


def stories() -> st.SearchStrategy[dict]:
    """How a story starts, as keyword arguments of `play`."""
    return st.fixed_dictionaries(
        {"ticks": st.integers(0, 3), "imported": st.sampled_from(IMPORTED)}
    )


def random_story(chance: Random, max_size: int = 14) -> tuple[list[Turn], dict]:
    """The same without hypothesis: four times as fast, but nothing shrinks."""
    length = chance.randint(2, max_size)
    turns = [turn_from(chance.randbytes(len(ROWS))) for _ in range(length)]
    return turns, {"ticks": chance.randrange(4), "imported": chance.choice(IMPORTED)}
