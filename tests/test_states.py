"""A story's state in plain words: a function of its timeline and the moment, nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from articles.rules.permissions import Stage
from articles.rules.states import Facts, State, in_full, state_of, when
from articles.rules.timing import Kind, Span

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=ZONE)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def span(live_from: datetime, live_until: datetime | None = None, number: int = 1) -> Span:
    return Span(number, None, Kind.FIRST, live_from, live_until, live_until, live_from)


def said(*spans: Span, stage: Stage = Stage.APPROVED, **facts: bool) -> str:
    return str(state_of(Facts(stage, spans, **facts), at=NOON, zone=ZONE))


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (Stage.DRAFT, "Draft"),
        (Stage.SUBMITTED, "Awaiting approval"),
        (Stage.APPROVED, "Approved, not scheduled"),
    ],
)
def test_without_publications_the_stage_says_it(stage, words):
    assert said(stage=stage) == words


def test_a_live_story_says_since_when():
    assert said(span(NOON - 4 * HOUR)) == "Live since today 08:00"
    assert said(span(NOON - 24 * HOUR)) == "Live since yesterday 12:00"
    assert said(span(NOON - 48 * HOUR)) == "Live since 12:00, 22/11/2026"


def test_a_live_story_with_an_end_says_when():
    assert said(span(NOON - HOUR, NOON + HOUR)) == "Live since today 11:00, expires today 13:00"


def test_a_live_story_that_expires_before_it_is_back_says_when():
    spans = span(NOON - HOUR, NOON + HOUR), span(NOON + 18 * HOUR, number=2)
    assert said(*spans) == "Live since today 11:00, expires today 13:00"


def test_a_change_that_waits_is_said():
    spans = span(NOON - HOUR, NOON + 18 * HOUR), span(NOON + 18 * HOUR, number=2)
    assert said(*spans) == "Live since today 11:00, next version tomorrow 06:00"


def test_a_planned_story_says_when_it_goes_live():
    assert said(span(NOON + 18 * HOUR)) == "Goes live tomorrow 06:00"


def test_a_story_that_is_over_and_planned_again_comes_back():
    spans = span(NOON - 3 * HOUR, NOON - HOUR), span(NOON + HOUR, number=2)
    assert said(*spans) == "Back online today 13:00"


def test_a_story_that_is_over_was_withdrawn_or_has_ended():
    over = span(NOON - 3 * HOUR, NOON - HOUR)
    assert said(over) == "Expired today 11:00"
    assert said(over, withdrawn=True) == "Taken down today 11:00"
    assert said(span(NOON - 9 * HOUR, NOON - 8 * HOUR), replace(over, number=2)) == said(over)


def test_a_changed_working_copy_is_said():
    live = span(NOON - HOUR)
    assert said(live, changed=True) == "Live since today 11:00; draft changed after publication"


def test_it_is_live_at_its_very_first_moment_and_not_at_its_end():
    stage = Facts(Stage.APPROVED, [span(NOON, NOON + HOUR)])
    assert state_of(stage, at=NOON, zone=ZONE).state is State.LIVE
    assert state_of(stage, at=NOON + HOUR, zone=ZONE).state is State.OFF


def test_seconds_are_said_where_there_are_any():
    assert when(NOON + timedelta(seconds=7), NOON, ZONE) == "today 12:00:07"


def test_a_moment_in_lists_is_the_papers_time():
    assert in_full(NOON.astimezone(UTC), ZONE) == "12:00, 24/11/2026"
