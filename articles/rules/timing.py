"""The rules of time: when a story is on the site, and what may still be changed about it.

Everything here is a function of its arguments. The edge (articles.publishing.workflow) locks the story, reads
the clock, takes `soon(now)`, calls one verb, and just before the commit asks `agree`. Moments are
aware datetimes; those that come out are UTC, because two moments of one zone with summer time
compare by their wall clocks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from itertools import takewhile
from typing import Final, Literal

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

SECOND: Final = timedelta(seconds=1)
MARGIN: Final = 2 * SECOND
FOREVER: Final = datetime.max.replace(tzinfo=UTC)


class Inherit(Enum):
    """The type of INHERIT, "the end of the publication before it", which None cannot say."""

    INHERIT = "inherit"


INHERIT: Final = Inherit.INHERIT

Waiting = Literal["cancel", "keep"]
End = datetime | None | Inherit


class Kind(TextChoices):
    """Why a publication was made, as readers may be told."""

    FIRST = "first", _("First publication")
    UPDATE = "update", _("Update")
    CORRECTION = "correction", _("Correction")
    # Cải chính, xin lỗi: the form that the Press Law asks for.
    APOLOGY = "apology", _("Correction and apology")
    MINOR = "minor", _("Minor change")


# The kinds whose note readers are told.
TOLD: Final = frozenset({Kind.CORRECTION, Kind.APOLOGY})


class Refused(Exception):
    """What was asked would break a rule of time. str() is a translated sentence for the editor.

    `code` names the rule for programs and tests.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


SENTENCES: Final = {
    "too_near": _(
        "That moment is past or too near. Choose one at least three seconds from now, or do it now."
    ),
    "end_before_beginning": _(
        "The expiry must come after the start. Choose a later expiry, or none."
    ),
    "end_too_near": _(
        "That expiry is past or too near. Choose one at least three seconds from now, "
        "or take the story down."
    ),
    "taken": _(
        "Another version is scheduled for exactly that moment. Choose another moment, "
        "or cancel the scheduled one."
    ),
    "gone": _(
        "Version %(number)s is gone: it was cancelled or replaced. Load the page again "
        "to see what is scheduled now."
    ),
    "begun": _(
        "Version %(number)s has gone live, so its time can no longer be changed, nor "
        "can it be unscheduled. Publish a correction, or take the story down."
    ),
    "over": _(
        "Version %(number)s is over, so its expiry can no longer be changed. Put the "
        "story back online, or publish it again."
    ),
    "superseded": _(
        "Readers no longer have version %(number)s, so it can no longer be changed. "
        "Change the version that they have now."
    ),
    "neighbour": _(
        "A version cannot go live at the moment of another version of its story, or "
        "past it. Choose a moment between its neighbours, or unschedule the one in the "
        "way."
    ),
    "after_its_end": _(
        "The version would go live at or after its own expiry. Choose an earlier "
        "moment, or change its expiry first."
    ),
    "nothing_to_withdraw": _(
        "Taking the story down at that moment would change nothing for readers. Choose "
        "another moment, or unschedule what is scheduled."
    ),
    "never_live": _(
        "This story has not been on the site yet. Publish it instead of putting it back online."
    ),
    "not_live": _("The story is not on the site at that moment, so there is nothing to change."),
    "still_live": _(
        "The story is on the site at that moment. Publish an update instead, or choose "
        "a moment after its expiry."
    ),
}


@dataclass(frozen=True)
class Span:
    """One publication in a story's timeline: what is shown, and when.

    content: any value; only handed on. kind: "first" for the earliest of its story, else the one
    that was asked. until: the end that the editor asked for, None for no end. live_until: the end in
    effect, the earlier of `until` and the next publication's live_from. first_published: the story's
    first moment on the site, the same in all its spans. asked: the kind that was asked, kept for a
    plan that is the first only for a while.
    """

    number: int
    content: object
    kind: str
    live_from: datetime
    until: datetime | None
    live_until: datetime | None
    first_published: datetime
    asked: str = Kind.UPDATE


@dataclass(frozen=True)
class Timeline:
    """All publications of one story, as a value.

    spans: ordered by live_from, which is the order of their numbers. last_number: the highest
    number ever given, also to a plan that was cancelled since. imported: the earlier date of first
    publication that an import brought.
    """

    spans: tuple[Span, ...] = ()
    last_number: int = 0
    imported: datetime | None = None

    def live(self, at: datetime) -> Span | None:
        """What readers have at the moment `at`; None when the story is not on the site."""
        return next((s for s in self.spans if is_live(s.live_from, s.live_until, at)), None)

    def begun(self, soon: datetime) -> tuple[Span, ...]:
        """What begins before `soon`, and so is frozen."""
        return tuple(s for s in self.spans if s.live_from < soon)

    def plans(self, soon: datetime) -> tuple[Span, ...]:
        """What begins at or after `soon`, and so may still be moved, changed or cancelled."""
        return tuple(s for s in self.spans if s.live_from >= soon)

    def newest_begun(self, soon: datetime) -> Span | None:
        """The last that begins before `soon`, on the site or not; None when nothing does."""
        return next(reversed(self.begun(soon)), None)


def is_live(live_from: datetime, live_until: datetime | None, at: datetime) -> bool:
    """Is a publication with this span on the site at the moment `at`?

    The span is half open, [live_from, live_until): a story that ends at 06:00:00 is gone at
    06:00:00. None means that it does not end.
    """
    at = _utc(at)
    return live_from <= at and (live_until is None or at < live_until)


def is_over(span: Span, soon: datetime) -> bool:
    """Has it ended before `soon`, so that nothing about it changes any more?"""
    return span.live_until is not None and span.live_until < soon


def ends_by(span: Span, until: datetime | None) -> bool:
    """Is the end asked for no later than `until`? None is no end."""
    return until is None or (span.until is not None and span.until <= until)


def live(at: datetime) -> Q:
    """The same rule for rows; tests/test_timing.py holds the two together.

    first_published <= live_from always, so its condition excludes nothing; lists are ordered by it,
    and with it the database need not walk the newer rows when it looks for an older moment.
    """
    at = _utc(at)
    begun = Q(live_from__lte=at, first_published__lte=at)
    return begun & (Q(live_until=None) | Q(live_until__gt=at))


def course(timeline: Timeline, at: datetime) -> list[tuple[datetime, Span | None]]:
    """What readers have from `at` on: each moment at which that changes, `at` first, and what then.

    None is nothing of the story.
    """
    edges = {m for s in timeline.spans for m in (s.live_from, s.live_until) if m and m > at}
    found = [(at, timeline.live(at))]
    for moment in sorted(edges):
        span = timeline.live(moment)
        if span != found[-1][1]:
            found.append((moment, span))
    return found


def soon(now: datetime) -> datetime:
    """The first moment at which what readers have can still be changed: there is no "now".

    It is the first whole second more than two seconds ahead, so that every process knows of a
    change before it happens.
    """
    return (_utc(now) + MARGIN).replace(microsecond=0) + SECOND


def whole_second(at: datetime) -> datetime:
    """The moment itself, or the next whole second when it has a fraction: never early."""
    at = _utc(at)
    return at.replace(microsecond=0) + SECOND if at.microsecond else at


def agree(old: Timeline, new: Timeline, *, until: datetime) -> bool:
    """Do readers have the same in both at every moment up to and including `until`?

    The edge asks this just before it commits, with `until` = the clock plus one second. When the
    answer is no, the work took too long: write nothing, take a new `soon` and call the verb again,
    which refuses a chosen moment that has meanwhile come too near.
    """
    return _seen_up_to(old, until) == _seen_up_to(new, until)


def publish(
    timeline: Timeline,
    soon: datetime,
    content: object,
    *,
    kind: str,
    at: datetime | None = None,
    until: End = INHERIT,
    waiting: Waiting = "cancel",
) -> Timeline:
    """Put `content` on the site from `at` on, under the next number. at=None is `soon`.

    until: None for no end; INHERIT takes over the end of the publication before it, where that
    still lies ahead. waiting: what begins at or after `at` is cancelled, or with "keep" approved
    anew under the numbers that follow.
    Raises Refused.
    """
    at = _chosen(at, soon)
    stays, waits = timeline.begun(at), timeline.plans(at)
    span = Span(
        number=timeline.last_number + 1,
        content=content,
        kind=kind,
        asked=Kind.UPDATE if kind == Kind.FIRST else kind,
        live_from=at,
        until=_inherited(stays, at) if until is INHERIT else _end(until, at, soon),
        live_until=None,
        first_published=at,
    )
    kept = _approved_anew(waits, span) if _keeps(waiting) else ()
    return _settled(timeline, [*stays, span, *kept], soon)


def move(
    timeline: Timeline, soon: datetime, number: int, *, at: datetime | None = None
) -> Timeline:
    """Let a plan begin at another moment, between its neighbours. at=None is `soon`.

    Raises Refused.
    """
    span = plan(timeline, soon, number)
    at = _chosen(at, soon)
    others = [s for s in timeline.spans if s is not span]
    if any((s.number < number) != (s.live_from < at) or s.live_from == at for s in others):
        raise _refused("neighbour")
    if span.until is not None and at >= span.until:
        raise _refused("after_its_end")
    return _changed(timeline, soon, replace(span, live_from=at))


@dataclass(frozen=True)
class Changed:
    """What a publication becomes. kind: for readers, None for the one that it has."""

    content: object
    kind: str | None = None


def change(timeline: Timeline, soon: datetime, changes: Mapping[int, Changed]) -> Timeline:
    """Give publications that are not over, by their numbers, another content.

    What readers have is published anew at `soon`, as a minor change unless another kind is given;
    what waits is approved anew, at its moment. What waits behind the first of them takes the next
    numbers, and is else as it was. Raises Refused.
    """
    live = timeline.live(soon)
    for number in changes:
        span = found(timeline, number)
        if span.live_from < soon and span is not live:
            raise _refused("superseded", number=number)
    stays, plans = timeline.begun(soon), timeline.plans(soon)
    if live and live.live_from < soon and live.number in changes:
        plans = (replace(live, live_from=soon, asked=Kind.MINOR), *plans)
    else:
        before = tuple(takewhile(lambda span: span.number not in changes, plans))
        stays, plans = stays + before, plans[len(before) :]
    anew = [
        replace(_with_change(span, changes.get(span.number)), number=number)
        for number, span in enumerate(plans, timeline.last_number + 1)
    ]
    return _settled(timeline, [*stays, *anew], soon)


def _with_change(span: Span, changed: Changed | None) -> Span:
    if changed is None:
        return span
    return replace(span, content=changed.content, asked=changed.kind or span.asked)


def found(timeline: Timeline, number: int) -> Span:
    """The publication with this number. Raises Refused."""
    for span in timeline.spans:
        if span.number == number:
            return span
    raise _refused("gone", number=number)


def plan(timeline: Timeline, soon: datetime, number: int) -> Span:
    """The publication with this number, which must not have begun. Raises Refused."""
    span = found(timeline, number)
    if span.live_from < soon:
        raise _refused("begun", number=number)
    return span


def live_then(timeline: Timeline, at: datetime) -> Span:
    """What readers have at `at`. Raises Refused where the story is not on the site then."""
    span = timeline.live(at)
    if span is None:
        raise _refused("not_live")
    return span


def cancel(timeline: Timeline, soon: datetime, number: int) -> Timeline:
    """Drop a plan; what it would have replaced gets its own end back. Raises Refused."""
    span = plan(timeline, soon, number)
    return _settled(timeline, [s for s in timeline.spans if s is not span], soon)


def set_end(timeline: Timeline, soon: datetime, number: int, *, until: datetime | None) -> Timeline:
    """Let a publication that is not over end at `until`, or with None not at all. Raises Refused."""
    span = found(timeline, number)
    if is_over(span, soon):
        raise _refused("over", number=number)
    return _changed(timeline, soon, replace(span, until=_end(until, span.live_from, soon)))


def withdraw(
    timeline: Timeline, soon: datetime, *, at: datetime | None = None, keep_plans: bool = False
) -> Timeline:
    """Take the story off the site at `at`; at=None is `soon`.

    Everything that begins before ends then at the latest, also what is replaced by a plan that is
    kept: it must not live on when that plan is cancelled. What begins later is cancelled, or with
    keep_plans stays as it is. Raises Refused where nothing at all would change.
    """
    at = _chosen(at, soon)
    capped = [
        s if is_over(s, soon) else replace(s, until=_earliest(s.until, at))
        for s in timeline.begun(at)
    ]
    kept = timeline.plans(at) if keep_plans else ()
    withdrawn = _settled(timeline, [*capped, *kept], soon)
    if withdrawn == timeline:
        raise _refused("nothing_to_withdraw")
    return withdrawn


def bring_back(
    timeline: Timeline, soon: datetime, *, at: datetime | None = None, waiting: Waiting = "cancel"
) -> Timeline:
    """Publish again, under the next number, what readers had last before `at`; None is `soon`.

    For the plans, see `publish`. Raises Refused.
    """
    at = _chosen(at, soon)
    if not timeline.begun(soon):
        raise _refused("never_live")
    if timeline.live(at):
        raise _refused("still_live")
    last = timeline.newest_begun(at)
    return publish(timeline, soon, last.content, kind=Kind.UPDATE, at=at, waiting=waiting)


def _refused(code: str, **facts: object) -> Refused:
    return Refused(code, SENTENCES[code] % facts)


def _utc(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError(f"{moment!r} has no time zone; a moment needs one")
    return moment.astimezone(UTC)


def _earliest(*moments: datetime | None) -> datetime | None:
    return min((m for m in moments if m is not None), default=None)


def _seen_up_to(timeline: Timeline, until: datetime) -> list[Span]:
    """What readers get up to `until`, without the ends which they cannot know of by then."""
    return [
        replace(
            span,
            until=None,
            live_until=span.live_until if span.live_until and span.live_until <= until else None,
        )
        for span in timeline.spans
        if span.live_from <= until
    ]


def _chosen(at: datetime | None, soon: datetime) -> datetime:
    at = soon if at is None else whole_second(at)
    if at < soon:
        raise _refused("too_near")
    return at


def _end(until: datetime | None, live_from: datetime, soon: datetime) -> datetime | None:
    if until is None:
        return None
    until = whole_second(until)
    if until <= live_from:
        raise _refused("end_before_beginning")
    if until < soon:
        raise _refused("end_too_near")
    return until


def _inherited(before: Sequence[Span], at: datetime) -> datetime | None:
    until = before[-1].until if before else None
    return until if until and until > at else None


def _keeps(waiting: str) -> bool:
    if waiting not in ("cancel", "keep"):
        raise ValueError(f'waiting is {waiting!r}; it must be "cancel" or "keep"')
    return waiting == "keep"


def _approved_anew(waits: Sequence[Span], before: Span) -> list[Span]:
    if waits and waits[0].live_from == before.live_from:
        raise _refused("taken")
    return [replace(span, number=number) for number, span in enumerate(waits, before.number + 1)]


def _changed(timeline: Timeline, soon: datetime, span: Span) -> Timeline:
    spans = [span if s.number == span.number else s for s in timeline.spans]
    return _settled(timeline, spans, soon)


def _settled(timeline: Timeline, spans: Sequence[Span], soon: datetime) -> Timeline:
    """The timeline with these spans, and with all that follows from them made to fit.

    Kind and first_published follow only for plans: what has begun is frozen.
    """
    first_published = _first_published(timeline.imported, spans, soon)
    settled = []
    for position, span in enumerate(spans):
        following = spans[position + 1].live_from if position + 1 < len(spans) else None
        fitted = replace(span, live_until=_earliest(span.until, following))
        if span.live_from >= soon:
            kind = Kind.FIRST if position == 0 else span.asked
            fitted = replace(fitted, kind=kind, first_published=first_published)
        settled.append(fitted)
    last_number = max([timeline.last_number, *(s.number for s in spans)])
    return replace(timeline, spans=tuple(settled), last_number=last_number)


def _first_published(
    imported: datetime | None, spans: Sequence[Span], soon: datetime
) -> datetime | None:
    if not spans:
        return None
    earliest = spans[0]
    if earliest.live_from < soon:
        return earliest.first_published
    return _earliest(imported and _utc(imported), earliest.live_from)
