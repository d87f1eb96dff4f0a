"""Pictures whose rights end while a publication shows them (pure)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from articles.rules import timing
from articles.rules.timing import Kind, Span, Timeline

# What an editor may want of a story that outlives a picture's rights.
REFUSE, END, LEAVE_OUT = "refuse", "end", "leave_out"


def outlived(ends: Mapping[int, datetime], until: datetime | None) -> dict[int, datetime]:
    """The pictures whose rights end before `until` (None: never), each with the whole second of it.

    ends: by picture, when its rights end; a picture may be shown before that moment, not at it.
    """
    seconds = {pk: end.replace(microsecond=0) for pk, end in ends.items()}
    return {pk: end for pk, end in seconds.items() if until is None or end < until}


def leave_out(
    timeline: Timeline,
    soon: datetime,
    span: Span,
    moments: Sequence[datetime],
    content_at: Callable[[datetime], object],
) -> Timeline:
    """The timeline with a publication at each of these moments that no longer shows the pictures.

    content_at: what to show from a moment on. A change that waits for earlier replaces the span
    anyway, so nothing is added after it; the span's own end is set all the same, since that change
    might be cancelled. Raises timing.Refused.
    """
    until = span.until
    for moment in moments:
        timeline = timing.set_end(timeline, soon, span.number, until=moment)
        position = [each.number for each in timeline.spans].index(span.number)
        following = timeline.spans[position + 1 : position + 2]
        if following and following[0].live_from <= moment:
            break
        content = content_at(moment)
        timeline = timing.publish(
            timeline, soon, content, at=moment, until=until, kind=Kind.MINOR, waiting="keep"
        )
        span = next(each for each in timeline.spans if each.content is content)
    return timeline


def go_on_without(
    timeline: Timeline,
    soon: datetime,
    ends_of: Callable[[object], Mapping[int, datetime]],
    content_at: Callable[[object, datetime], object],
) -> Timeline:
    """The timeline in which, from `soon` on, every picture is left out once its rights have ended.

    ends_of: when the rights of a content's pictures end, at whole seconds. content_at: a content
    without the pictures whose rights have ended by a moment. What waits keeps its moment, end and
    kind. Raises timing.Refused.
    """
    for begins in [span.live_from for span in timeline.spans]:
        span = next(each for each in timeline.spans if each.live_from == begins)
        if span.live_until is not None and span.live_until <= soon:
            continue
        shown, start = span.content, max(begins, soon)
        ends = ends_of(shown)
        if any(end <= start for end in ends.values()):
            timeline, span = _replaced(timeline, soon, span, content_at(shown, start))
        later = {end for end in outlived(ends, span.until).values() if end > start}
        timeline = leave_out(timeline, soon, span, sorted(later), partial(content_at, shown))
    return timeline


def _replaced(
    timeline: Timeline, soon: datetime, span: Span, content: object
) -> tuple[Timeline, Span]:
    """The timeline with this content in place of a span's, from its beginning or from soon on."""
    kind = Kind.MINOR
    if span.live_from >= soon:
        timeline, kind = timing.cancel(timeline, soon, span.number), span.kind
    at = max(span.live_from, soon)
    timeline = timing.publish(
        timeline, soon, content, at=at, until=span.until, kind=kind, waiting="keep"
    )
    return timeline, next(each for each in timeline.spans if each.content is content)


def end_all(timeline: Timeline, soon: datetime, numbers: Sequence[int], end: datetime) -> Timeline:
    """The timeline in which these publications are over at `end`, or at `soon` where that is later.

    Those that would begin then or later are cancelled. Raises timing.Refused.
    """
    end = max(end, soon)
    for number in numbers:
        begins = {span.number: span.live_from for span in timeline.spans}
        if number in begins and begins[number] >= end:
            timeline = timing.cancel(timeline, soon, number)
        else:
            timeline = timing.set_end(timeline, soon, number, until=end)
    return timeline
