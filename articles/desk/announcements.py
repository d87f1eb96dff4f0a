"""What a verb will do for readers, said in one sentence before it is done (pure).

The timelines here hold headlines as their content.
"""

from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from articles.rules.states import in_full
from articles.rules.timing import Span, Timeline


def moment(at: datetime | None, zone: tzinfo) -> str:
    """A moment as the sentence says it; None is "soon"."""
    if at is None:
        return _("in about three seconds")
    return _("on %(when)s (%(zone)s)") % {"when": in_full(at, zone), "zone": zone}


def published(
    headline: str, old: Timeline, new: Timeline, *, at: datetime | None, now: datetime, zone: tzinfo
) -> str:
    """For a headline that goes on the site at `at`, and what that makes of the timeline."""
    span = next(s for s in new.spans if s.number == old.last_number + 1)
    if span.live_until and span.live_until == span.until:
        sentence = _(
            "“%(headline)s” goes on the site %(moment)s and leaves it %(end)s; "
            "readers have %(before)s now and will have this text then."
        )
    else:
        sentence = _(
            "“%(headline)s” goes on the site %(moment)s; "
            "readers have %(before)s now and will have this text then."
        )
    return sentence % {
        "headline": headline,
        "moment": moment(at, zone),
        "end": moment(span.live_until, zone),
        "before": _had(old.live(now), same_as=headline),
    }


def moved(span: Span, *, at: datetime, zone: tzinfo) -> str:
    """For a plan that begins at another moment."""
    return _(
        "“%(headline)s” (number %(number)s) goes on the site %(moment)s instead of %(old)s."
    ) % {
        "headline": span.content,
        "number": span.number,
        "moment": moment(at, zone),
        "old": moment(span.live_from, zone),
    }


def cancelled(span: Span, new: Timeline, *, zone: tzinfo) -> str:
    """For a plan that is taken back."""
    return _(
        "“%(headline)s” (number %(number)s) does not go on the site %(old)s; "
        "readers will have %(after)s then."
    ) % {
        "headline": span.content,
        "number": span.number,
        "old": moment(span.live_from, zone),
        "after": _had(new.live(span.live_from)),
    }


def ended(span: Span, *, until: datetime | None, zone: tzinfo) -> str:
    """For a publication that gets another end."""
    if until is None:
        return _("“%(headline)s” stays on the site without an end.") % {"headline": span.content}
    return _("“%(headline)s” leaves the site %(moment)s.") % {
        "headline": span.content,
        "moment": moment(until, zone),
    }


def withdrawn(
    headline: str, old: Timeline, *, at: datetime | None, now: datetime, zone: tzinfo
) -> str:
    """For a story that is taken from the site."""
    return _(
        "“%(headline)s” leaves the site %(moment)s; "
        "readers have %(before)s now and will have nothing of this story then."
    ) % {"headline": headline, "moment": moment(at, zone), "before": _had(old.live(now))}


def _had(span: Span | None, same_as: str = "") -> str:
    if span is None:
        return _("nothing of this story")
    if span.content == same_as:
        return _("an earlier text under the same headline")
    return _("“%(headline)s”") % {"headline": span.content}
