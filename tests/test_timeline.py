"""What may be done to a story's timeline, promise by promise.

Moments are seconds after six: at(10) is 06:00:10. The verbs' second argument is "soon", the first
moment that can still be changed.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from articles.rules.timing import (
    Changed,
    Kind,
    Refused,
    Timeline,
    agree,
    bring_back,
    cancel,
    change,
    course,
    found,
    move,
    publish,
    set_end,
    withdraw,
)

SIX = datetime(2023, 3, 29, 6, tzinfo=UTC)
EMPTY = Timeline()


def at(seconds: float) -> datetime:
    return SIX + timedelta(seconds=seconds)


def story(*beginnings: int, soon: int = 0, timeline: Timeline = EMPTY) -> Timeline:
    """A story with a publication from each of these seconds on, "text 1", "text 2", …"""
    for number, second in enumerate(beginnings, timeline.last_number + 1):
        timeline = publish(timeline, at(soon), f"text {number}", kind=Kind.UPDATE, at=at(second))
    return timeline


def seen(timeline: Timeline) -> list[tuple]:
    """(number, first second, last second or None) of each publication."""
    return [
        (
            s.number,
            (s.live_from - SIX).total_seconds(),
            s.live_until and (s.live_until - SIX).total_seconds(),
        )
        for s in timeline.spans
    ]


def contents(timeline: Timeline) -> list[object]:
    return [span.content for span in timeline.spans]


def refusal(verb, *args, **asked) -> str:
    with pytest.raises(Refused) as refused:
        verb(*args, **asked)
    assert str(refused.value).endswith(".")
    return refused.value.code


# Publishing


def test_publishing_now_means_soon():
    timeline = publish(EMPTY, at(3), "text", kind=Kind.FIRST)
    assert seen(timeline) == [(1, 3, None)]
    assert timeline.live(at(3)).content == "text"
    assert timeline.live(at(2.999)) is None


def test_a_scheduled_update_replaces_the_text_at_its_second_without_a_gap():
    assert seen(story(0, 10)) == [(1, 0, 10), (2, 10, None)]


def test_a_chosen_moment_before_soon_is_refused():
    assert refusal(publish, EMPTY, at(3), "text", kind=Kind.FIRST, at=at(2)) == "too_near"


def test_a_chosen_moment_with_a_fraction_takes_effect_at_the_next_second():
    timeline = publish(EMPTY, at(3), "text", kind=Kind.FIRST, at=at(9.2), until=at(20.7))
    assert seen(timeline) == [(1, 10, 21)]


@pytest.mark.parametrize("until", [9, 10])
def test_an_end_at_or_before_the_beginning_is_refused(until):
    code = refusal(publish, EMPTY, at(3), "t", kind=Kind.FIRST, at=at(10), until=at(until))
    assert code == "end_before_beginning"


def test_a_moment_without_a_time_zone_is_a_mistake_of_the_program():
    naive = at(3600).replace(tzinfo=None)
    with pytest.raises(ValueError, match="no time zone"):
        publish(EMPTY, at(3), "text", kind=Kind.FIRST, at=naive)
    with pytest.raises(ValueError, match="no time zone"):
        set_end(story(10), at(3), 1, until=naive)


def test_publishing_before_a_waiting_change_cancels_it():
    timeline = story(0, 10, 20)
    timeline = publish(timeline, at(5), "text 4", kind=Kind.CORRECTION, at=at(10))
    assert seen(timeline) == [(1, 0, 10), (4, 10, None)]


def test_or_approves_it_anew_under_the_next_numbers():
    timeline = publish(story(0, 10, 20), at(5), "text 4", kind=Kind.MINOR, at=at(6), waiting="keep")
    assert seen(timeline) == [(1, 0, 6), (4, 6, 10), (5, 10, 20), (6, 20, None)]
    assert contents(timeline) == ["text 1", "text 4", "text 2", "text 3"]
    assert timeline.last_number == 6


def test_a_kept_change_keeps_its_own_end():
    timeline = set_end(story(0, 10), at(3), 2, until=at(30))
    timeline = publish(timeline, at(5), "text 3", kind=Kind.MINOR, waiting="keep")
    assert seen(timeline) == [(1, 0, 5), (3, 5, 10), (4, 10, 30)]


def test_two_publications_cannot_begin_at_the_same_second():
    code = refusal(publish, story(0, 10), at(5), "text", kind=Kind.MINOR, at=at(10), waiting="keep")
    assert code == "taken"


def test_what_waits_is_either_cancelled_or_kept():
    with pytest.raises(ValueError, match="perhaps"):
        publish(EMPTY, at(3), "text", kind=Kind.FIRST, waiting="perhaps")


def test_a_new_publication_inherits_the_end():
    timeline = publish(EMPTY, at(0), "text 1", kind=Kind.FIRST, until=at(60))
    assert seen(story(10, timeline=timeline)) == [(1, 0, 10), (2, 10, 60)]


def test_unless_that_end_has_passed_by_then():
    timeline = publish(EMPTY, at(0), "text 1", kind=Kind.FIRST, until=at(60))
    assert seen(story(60, timeline=timeline)) == [(1, 0, 60), (2, 60, None)]


def test_or_the_editor_says_otherwise():
    timeline = publish(EMPTY, at(0), "text 1", kind=Kind.FIRST, until=at(60))
    endless = publish(timeline, at(3), "text 2", kind=Kind.UPDATE, until=None)
    assert seen(endless) == [(1, 0, 3), (2, 3, None)]


def test_what_waits_behind_it_has_no_say_in_its_end():
    timeline = set_end(story(0, 20), at(3), 2, until=at(60))
    timeline = publish(timeline, at(3), "text 3", kind=Kind.MINOR, waiting="keep")
    assert [s.until for s in timeline.spans] == [None, None, at(60)]


# Plans


def test_a_plan_moves_between_its_neighbours():
    timeline = story(0, 10, 20)
    assert seen(move(timeline, at(3), 2, at=at(19))) == [(1, 0, 19), (2, 19, 20), (3, 20, None)]
    assert seen(move(timeline, at(3), 2)) == [(1, 0, 3), (2, 3, 20), (3, 20, None)]


@pytest.mark.parametrize("moment", [20, 21])
def test_a_plan_moves_neither_to_nor_past_the_next_one(moment):
    assert refusal(move, story(0, 10, 20), at(3), 2, at=at(moment)) == "neighbour"


@pytest.mark.parametrize("moment", [10, 9])
def test_nor_to_or_past_the_one_before(moment):
    assert refusal(move, story(5, 10, 20), at(3), 3, at=at(moment)) == "neighbour"


def test_a_plan_moves_neither_to_nor_past_its_own_end():
    timeline = publish(EMPTY, at(3), "text", kind=Kind.FIRST, at=at(10), until=at(20))
    assert refusal(move, timeline, at(3), 1, at=at(20)) == "after_its_end"
    assert seen(move(timeline, at(3), 1, at=at(19))) == [(1, 19, 20)]


def test_a_plan_does_not_move_before_soon():
    assert refusal(move, story(10), at(3), 1, at=at(2)) == "too_near"


@pytest.mark.parametrize("verb", [cancel, move])
def test_what_begins_before_soon_is_no_plan_any_more(verb):
    asked = {"at": at(30)} if verb is move else {}
    assert refusal(verb, story(10), at(11), 1, **asked) == "begun"
    verb(story(10), at(10), 1, **asked)


def test_a_cancelled_update_gives_its_predecessor_its_own_end_back():
    timeline = publish(EMPTY, at(0), "text 1", kind=Kind.FIRST, until=at(60))
    updated = publish(timeline, at(3), "text 2", kind=Kind.UPDATE, at=at(10), until=None)
    assert cancel(updated, at(5), 2).spans == timeline.spans


def test_the_number_of_a_cancelled_plan_is_not_given_again():
    assert seen(story(20, timeline=cancel(story(0, 10), at(3), 2))) == [(1, 0, 20), (3, 20, None)]


@pytest.mark.parametrize("verb", [cancel, move])
def test_a_plan_that_somebody_else_cancelled_is_gone(verb):
    asked = {"at": at(30)} if verb is move else {}
    assert refusal(verb, cancel(story(10), at(3), 1), at(3), 1, **asked) == "gone"


# Ends


def test_an_end_can_be_set_changed_and_taken_away():
    timeline = set_end(story(0), at(3), 1, until=at(60))
    assert seen(timeline) == [(1, 0, 60)]
    assert seen(set_end(timeline, at(3), 1, until=at(3))) == [(1, 0, 3)]
    assert seen(set_end(timeline, at(3), 1, until=None)) == [(1, 0, None)]


def test_an_end_lies_at_or_after_soon():
    assert refusal(set_end, story(0), at(3), 1, until=at(2)) == "end_too_near"


def test_an_end_lies_after_the_beginning():
    assert refusal(set_end, story(10), at(3), 1, until=at(10)) == "end_before_beginning"


def test_an_end_before_soon_is_for_good():
    timeline = set_end(story(0), at(3), 1, until=at(10))
    assert refusal(set_end, timeline, at(11), 1, until=None) == "over"
    assert seen(set_end(timeline, at(10), 1, until=None)) == [(1, 0, None)]


def test_what_was_replaced_is_over_whatever_its_own_end():
    timeline = publish(EMPTY, at(0), "text 1", kind=Kind.FIRST, until=at(60))
    assert refusal(set_end, story(10, timeline=timeline), at(11), 1, until=at(50)) == "over"


# Withdrawing and bringing back


def test_withdrawing_ends_the_story_and_cancels_what_waits():
    assert seen(withdraw(story(0, 10), at(3))) == [(1, 0, 3)]


def test_a_withdrawal_can_be_planned():
    assert seen(withdraw(story(0, 10, 20), at(3), at=at(15))) == [(1, 0, 10), (2, 10, 15)]


def test_a_planned_withdrawal_holds_when_the_update_before_it_is_cancelled():
    timeline = withdraw(story(0, 10), at(3), at=at(15))
    assert seen(cancel(timeline, at(3), 2)) == [(1, 0, 15)]


def test_a_planned_withdrawal_holds_for_what_is_published_before_it():
    timeline = withdraw(story(0), at(3), at=at(15))
    assert seen(story(10, timeline=timeline)) == [(1, 0, 10), (2, 10, 15)]


def test_a_withdrawal_does_not_put_off_an_earlier_end():
    timeline = set_end(story(0, 10), at(3), 1, until=at(12))
    timeline = withdraw(timeline, at(3), at=at(15))
    assert seen(cancel(timeline, at(3), 2)) == [(1, 0, 12)]


def test_plans_may_outlive_a_withdrawal():
    timeline = withdraw(story(0, 10), at(3), keep_plans=True)
    assert seen(timeline) == [(1, 0, 3), (2, 10, None)]


def test_a_story_that_only_waits_can_be_withdrawn():
    assert withdraw(story(10), at(3)).spans == ()


def test_withdrawing_does_not_touch_what_is_over():
    timeline = publish(EMPTY, at(0), "text 1", kind=Kind.FIRST, until=at(60))
    timeline = story(10, timeline=timeline)
    assert withdraw(timeline, at(20)).spans[0] == timeline.spans[0]


def test_withdrawing_nothing_is_refused():
    assert refusal(withdraw, EMPTY, at(3)) == "nothing_to_withdraw"
    assert refusal(withdraw, withdraw(story(0), at(3)), at(9)) == "nothing_to_withdraw"
    assert refusal(withdraw, story(10), at(3), keep_plans=True) == "nothing_to_withdraw"


def test_withdrawing_where_an_update_stays_caps_what_it_replaces_for_when_it_is_cancelled():
    withdrawn = withdraw(story(0, 10), at(3), at=at(10), keep_plans=True)
    assert seen(withdrawn) == seen(story(0, 10))
    assert seen(cancel(withdrawn, at(4), 2)) == [(1, 0, 10)]
    assert refusal(withdraw, withdrawn, at(5), at=at(10), keep_plans=True) == "nothing_to_withdraw"


def shouted(timeline: Timeline, *numbers: int) -> dict[int, Changed]:
    """These versions in capitals."""
    return {n: Changed(str(found(timeline, n).content).upper()) for n in numbers}


def test_a_change_when_a_plan_begins_that_very_second_goes_to_the_plan():
    timeline = story(0, 10, 20)
    changed = change(timeline, at(10), shouted(timeline, 2, 3))
    assert contents(changed) == ["text 1", "TEXT 2", "TEXT 3"]
    assert seen(changed) == [(1, 0, 10), (4, 10, 20), (5, 20, None)]
    assert [span.kind for span in changed.spans] == [Kind.FIRST, Kind.UPDATE, Kind.UPDATE]


def test_a_change_of_what_readers_have_is_a_minor_one_and_what_waits_takes_the_next_number():
    timeline = story(0, 10, 20)
    changed = change(timeline, at(5), shouted(timeline, 1, 3))
    assert contents(changed) == ["text 1", "TEXT 1", "text 2", "TEXT 3"]
    assert seen(changed) == [(1, 0, 5), (4, 5, 10), (5, 10, 20), (6, 20, None)]
    assert changed.spans[1].kind == Kind.MINOR
    told = {1: Changed("new", Kind.CORRECTION)}
    assert change(timeline, at(5), told).spans[1].kind == Kind.CORRECTION


def test_what_is_over_or_gone_is_not_changed():
    timeline = story(0, 10)
    assert refusal(change, timeline, at(11), {1: Changed("new")}) == "superseded"
    assert refusal(change, timeline, at(11), {7: Changed("new")}) == "gone"


@pytest.mark.parametrize("kind", [Kind.UPDATE, Kind.CORRECTION, Kind.MINOR])
def test_a_plan_that_is_the_first_for_a_while_keeps_the_kind_that_was_asked(kind):
    timeline = publish(story(10), at(3), "text 2", kind=kind, at=at(20))
    alone = cancel(timeline, at(3), 1)
    assert [span.kind for span in alone.spans] == [Kind.FIRST]
    after = publish(alone, at(3), "text 3", kind=Kind.FIRST, at=at(10), waiting="keep")
    assert [span.kind for span in after.spans] == [Kind.FIRST, kind]


def test_what_readers_have_is_told_from_a_moment_on():
    timeline = set_end(story(0, 10), at(3), 2, until=at(20))
    told = [(moment, span and span.number) for moment, span in course(timeline, at(5))]
    assert told == [(at(5), 1), (at(10), 2), (at(20), None)]
    assert course(EMPTY, at(5)) == [(at(5), None)]


def test_a_plan_is_changed_and_keeps_its_moment_while_what_waits_behind_it_stays():
    timeline = set_end(story(0, 10, 20), at(3), 3, until=at(40))
    changed = change(timeline, at(3), shouted(timeline, 2))
    assert seen(changed) == [(1, 0, 10), (4, 10, 20), (5, 20, 40)]
    assert contents(changed) == ["text 1", "TEXT 2", "text 3"]
    assert seen(change(timeline, at(3), shouted(timeline, 3))) == [
        (1, 0, 10),
        (2, 10, 20),
        (4, 20, 40),
    ]


def test_a_first_publication_that_waits_stays_the_first():
    timeline = publish(EMPTY, at(3), "text", kind=Kind.FIRST, at=at(10), until=at(20))
    changed = change(timeline, at(4), shouted(timeline, 1))
    assert seen(changed) == [(2, 10, 20)]
    assert (changed.spans[0].kind, changed.spans[0].first_published) == (Kind.FIRST, at(10))


def test_bringing_back_publishes_the_newest_text_under_the_next_number():
    timeline = bring_back(withdraw(story(0, 10), at(20)), at(30))
    assert seen(timeline) == [(1, 0, 10), (2, 10, 20), (3, 30, None)]
    assert timeline.spans[-1].content == "text 2"
    assert timeline.spans[-1].kind == Kind.UPDATE


def test_a_newer_text_that_goes_before_is_the_one_brought_back():
    timeline = withdraw(story(0), at(3))
    timeline = publish(timeline, at(5), "text 2", kind=Kind.UPDATE, at=at(10), until=at(20))
    timeline = bring_back(timeline, at(6), at=at(30))
    assert contents(timeline) == ["text 1", "text 2", "text 2"]


def test_bringing_back_cancels_what_waits_or_keeps_it():
    timeline = withdraw(story(0, 10), at(3), keep_plans=True)
    back = bring_back(timeline, at(5))
    assert seen(back) == [(1, 0, 3), (3, 5, None)]
    assert back.spans[-1].content == "text 1"
    kept = bring_back(timeline, at(5), waiting="keep")
    assert seen(kept) == [(1, 0, 3), (3, 5, 10), (4, 10, None)]


def test_a_story_that_was_never_on_the_site_cannot_come_back():
    assert refusal(bring_back, EMPTY, at(3)) == "never_live"
    planned = publish(EMPTY, at(3), "text", kind=Kind.FIRST, at=at(10), until=at(20))
    assert refusal(bring_back, planned, at(3), at=at(5)) == "never_live"
    assert refusal(bring_back, planned, at(3), at=at(30)) == "never_live"


def test_nor_can_one_that_is_there():
    assert refusal(bring_back, story(0), at(3)) == "still_live"


# Kind, and the first moment on the site


def test_the_earliest_publication_is_the_first_whatever_was_asked():
    timeline = publish(EMPTY, at(3), "text", kind=Kind.CORRECTION)
    assert timeline.spans[0].kind == Kind.FIRST
    assert publish(timeline, at(9), "x", kind=Kind.FIRST).spans[1].kind == Kind.UPDATE


def test_being_first_passes_on_while_nothing_has_begun():
    timeline = publish(story(10), at(3), "text 2", kind=Kind.UPDATE, at=at(5), waiting="keep")
    assert [s.kind for s in timeline.spans] == [Kind.FIRST, Kind.UPDATE]
    assert [s.kind for s in cancel(timeline, at(3), 2).spans] == [Kind.FIRST]


def test_what_has_begun_stays_what_it_was_called():
    timeline = story(0)
    odd = Timeline((replace(timeline.spans[0], kind=Kind.MINOR),), last_number=1)
    assert [s.kind for s in story(10, soon=5, timeline=odd).spans] == [Kind.MINOR, Kind.UPDATE]


def test_first_published_is_the_first_moment_on_the_site_and_stays_it():
    timeline = withdraw(story(10, 20), at(30))
    timeline = bring_back(timeline, at(40))
    assert {s.first_published for s in timeline.spans} == {at(10)}


def test_first_published_follows_the_plans():
    assert {s.first_published for s in move(story(10, 20), at(3), 1, at=at(15)).spans} == {at(15)}
    assert {s.first_published for s in cancel(story(10, 20), at(3), 1).spans} == {at(20)}


def test_an_import_brings_an_earlier_first_published():
    years_ago = datetime(1998, 5, 2, tzinfo=UTC)
    assert story(10, timeline=Timeline(imported=years_ago)).spans[0].first_published == years_ago


def test_but_none_after_the_story_begins():
    timeline = story(10, timeline=Timeline(imported=at(60)))
    assert timeline.spans[0].first_published == at(10)


def test_a_date_imported_later_does_not_change_what_has_begun():
    begun = Timeline(story(0).spans, last_number=1, imported=at(-60))
    assert {s.first_published for s in story(10, soon=5, timeline=begun).spans} == {at(0)}


# What the edge asks


def test_the_timeline_tells_what_has_begun_and_what_is_planned():
    timeline = story(0, 10, 20)
    assert [s.number for s in timeline.begun(at(10))] == [1]
    assert [s.number for s in timeline.plans(at(10))] == [2, 3]
    assert timeline.newest_begun(at(11)).number == 2
    assert timeline.newest_begun(at(0)) is None


def test_two_timelines_agree_up_to_the_moment_before_they_differ():
    assert agree(EMPTY, story(10), until=at(9.999))
    assert not agree(EMPTY, story(10), until=at(10))
    old, new = story(0), story(0, 10)
    assert agree(old, new, until=at(9.999))
    assert not agree(old, new, until=at(10))
    ended = set_end(old, at(3), 1, until=at(10))
    assert agree(old, ended, until=at(9.999))
    assert not agree(old, ended, until=at(10))


def test_timelines_that_differ_only_in_a_hidden_end_agree():
    assert agree(story(0, 10), withdraw(story(0, 10), at(3), at=at(30)), until=at(29))


def test_a_refusal_names_the_publication():
    with pytest.raises(Refused, match="Version 7 "):
        cancel(EMPTY, at(3), 7)
