"""Where a story stands, in plain words (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.rules.dates import in_words
from articles.rules.permissions import Stage
from articles.rules.timing import Span, is_live


class State(StrEnum):
    """What a list can be filtered by; the words for people are made by `state_of`."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    LIVE = "live"
    OFF = "off"


@dataclass(frozen=True)
class Facts:
    """What the words are made of.

    spans: the story's publications, ordered by live_from. changed: the working copy differs from
    the newest of them. withdrawn: the last thing done to the timeline was withdrawing.
    """

    stage: str
    spans: Sequence[Span] = ()
    changed: bool = False
    withdrawn: bool = False


@dataclass(frozen=True)
class Standing:
    """A story's state: a word for programs, the words for people, and what else to know."""

    state: State
    text: str
    note: str = ""

    def __str__(self) -> str:
        return f"{self.text}; {self.note}" if self.note else self.text


def state_of(facts: Facts, *, at: datetime, zone: tzinfo) -> Standing:
    """Where the story stands at the moment `at`; times are said as in `zone`."""
    if not facts.spans:
        return _unpublished(facts.stage)
    state, text = _published(facts, at, zone)
    note = _("draft changed after publication") if facts.changed else ""
    return Standing(state, text, note)


def _unpublished(stage: str) -> Standing:
    if stage == Stage.SUBMITTED:
        return Standing(State.SUBMITTED, _("Awaiting approval"))
    if stage == Stage.APPROVED:
        return Standing(State.APPROVED, _("Approved, not scheduled"))
    return Standing(State.DRAFT, _("Draft"))


def _published(facts: Facts, at: datetime, zone: tzinfo) -> tuple[State, str]:
    live = next((s for s in facts.spans if is_live(s.live_from, s.live_until, at)), None)
    plan = next((s for s in facts.spans if s.live_from > at), None)
    if live:
        return State.LIVE, _live(live, plan, at, zone)
    if plan:
        begun = facts.spans[0].live_from <= at
        words = _("Back online %(when)s") if begun else _("Goes live %(when)s")
        return State.SCHEDULED, words % {"when": when(plan.live_from, at, zone)}
    words = _("Taken down %(when)s") if facts.withdrawn else _("Expired %(when)s")
    return State.OFF, words % {"when": when(facts.spans[-1].live_until, at, zone)}


def _live(live: Span, plan: Span | None, at: datetime, zone: tzinfo) -> str:
    since = when(live.live_from, at, zone)
    if plan and plan.live_from == live.live_until:
        return _("Live since %(since)s, next version %(when)s") % {
            "since": since,
            "when": when(plan.live_from, at, zone),
        }
    if live.live_until:
        return _("Live since %(since)s, expires %(when)s") % {
            "since": since,
            "when": when(live.live_until, at, zone),
        }
    return _("Live since %(since)s") % {"since": since}


def when(moment: datetime, at: datetime, zone: tzinfo) -> str:
    """A moment as one says it at the moment `at`: "today 08:15", "06:00, 28/11/2026"."""
    local, today = moment.astimezone(zone), at.astimezone(zone).date()
    clock = _clock(local)
    if local.date() == today:
        return _("today %(time)s") % {"time": clock}
    if local.date() == today + timedelta(days=1):
        return _("tomorrow %(time)s") % {"time": clock}
    if local.date() == today - timedelta(days=1):
        return _("yesterday %(time)s") % {"time": clock}
    return in_full(moment, zone)


def in_full(moment: datetime, zone: tzinfo) -> str:
    """A moment with time and date, as lists say it: "06:00, 28/11/2026"."""
    local = moment.astimezone(zone)
    return f"{_clock(local)}, {date_format(local, 'j/n/Y')}"


def in_sentence(moment: datetime, zone: tzinfo, *, bare: bool = False) -> str:
    """A moment inside a sentence: "at 06:00 on Saturday, 28/11/2026"; bare: without its "at"."""
    local = moment.astimezone(zone)
    weekday = in_words(moment, "l", zone)
    if (get_language() or "").startswith("vi"):
        weekday = weekday[:1].lower() + weekday[1:]
    words = _("%(time)s on %(weekday)s, %(date)s") % {
        "time": _clock(local),
        "weekday": weekday,
        "date": date_format(local, "j/n/Y"),
    }
    return words if bare else _("at %(moment)s") % {"moment": words}


def _clock(local: datetime) -> str:
    """Hours and minutes, and the seconds where there are any."""
    return date_format(local, "H:i:s" if local.second else "H:i")
