"""Times for many stories at once: a page says all that will happen, a press does what was read."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Record
from articles.publishing import saving, workflow
from articles.rules.states import in_full
from tests import desk

pytestmark = pytest.mark.django_db

MANY = "/admin/board/many/"
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def tomorrow() -> datetime:
    """Tomorrow's 00:00 by the paper's clocks."""
    local = timezone.localtime(timezone.now() + DAY, timezone.get_default_timezone())
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


@pytest.fixture
def at_desk(editor) -> Client:
    return desk.log_in(Client(), editor)


@pytest.fixture
def three(make_story) -> list[Article]:
    return [make_story(headline) for headline in ("One", "Two", "Three")]


def typed(moment: datetime) -> str:
    return in_full(moment, timezone.get_default_timezone())


def form(response) -> dict[str, list[str]]:
    return desk.fields(response, "data-many")


def choose(client: Client, stories, **chosen) -> dict[str, object]:
    """Choose these in the list, and give them times: the form of the page that says what happens."""
    opened = client.get(MANY, {"item": [story.pk for story in stories], "go": "open"})
    return form(client.post(MANY, {**form(opened), "go": "ask", **chosen}))


def press(client: Client, sent: dict[str, object], **chosen):
    return client.post(MANY, {**sent, "go": "do", **chosen})


def moments(stories) -> list[datetime | None]:
    """When each goes live; None for one that does not."""
    return [
        story.publications.values_list("live_from", flat=True).order_by("-number").first()
        for story in stories
    ]


def save(story: Article, by, headline: str) -> None:
    saved = Article.objects.get(pk=story.pk)
    saved.headline = headline
    saving.save_story(saved, by=by)


# Choosing


def test_all_at_once(at_desk, three, tomorrow):
    six = tomorrow + 6 * HOUR
    read = choose(at_desk, three, go="fill", first=typed(six), step="0")
    assert moments(three) == [None] * 3
    assert press(at_desk, read).status_code == 302
    assert moments(three) == [six] * 3


def test_every_ten_minutes(at_desk, three, tomorrow):
    begins = tomorrow + 5.5 * HOUR
    page = at_desk.post(
        MANY,
        {"item": [s.pk for s in three], "first": typed(begins), "step": "10", "go": "fill"},
    )
    words = desk.text(page)
    for clock in ("05:30", "05:40", "05:50"):
        assert f"{clock} on " in words
    assert "3 stories go live, from 05:30 on" in words
    press(at_desk, form(page))
    assert moments(three) == [begins + n * 10 * MINUTE for n in range(3)]


def test_each_its_own_a_short_time_being_of_the_day_of_the_first(at_desk, three, tomorrow):
    times = ["06:10", "7h", typed(tomorrow + DAY + 5 * HOUR)]
    own = {f"at-{story.pk}": time for story, time in zip(three, times, strict=True)}
    read = choose(at_desk, three, first=typed(tomorrow + 6 * HOUR), **own)
    press(at_desk, read)
    assert moments(three) == [
        tomorrow + 6 * HOUR + 10 * MINUTE,
        tomorrow + 7 * HOUR,
        tomorrow + DAY + 5 * HOUR,
    ]


def test_a_quick_time_is_all_that_is_needed(at_desk, three, tomorrow):
    opened = at_desk.get(MANY, {"item": [story.pk for story in three], "go": "open"})
    quick = re.findall(r'name="first_quick" value="([^"]+)"', opened.content.decode())
    assert typed(tomorrow + 6 * HOUR) in quick
    page = at_desk.post(MANY, {**form(opened), "first_quick": typed(tomorrow + 6 * HOUR)})
    press(at_desk, form(page))
    assert moments(three) == [tomorrow + 6 * HOUR] * 3


def test_the_last_time_used_is_offered_first(at_desk, three, draft, editor, tomorrow):
    workflow.publish(draft, by=editor, at=tomorrow + 4 * HOUR)
    opened = at_desk.get(MANY, {"item": three[0].pk})
    quick = re.findall(r'name="first_quick" value="([^"]+)"', opened.content.decode())
    assert quick[0] == typed(tomorrow + 4 * HOUR)
    assert "last used" in desk.text(opened)


# What the page says


def test_each_row_says_headline_section_moment_kind_and_warnings(
    at_desk, three, published, make_picture, reporter, editor, tomorrow
):
    picture = make_picture(by=reporter)
    three[0].body += f'<figure data-images="{picture.pk}"></figure>'
    saving.save_story(three[0], by=reporter)
    save(published, editor, "A new headline")
    page = at_desk.post(
        MANY,
        {
            "item": [three[0].pk, published.pk],
            "first": typed(tomorrow + 6 * HOUR),
            "go": "fill",
        },
    )
    words = desk.text(page)
    assert re.search(r"One Kinh tế 06:00 on \w+, \S+ First publication", words)
    assert "Still a draft: Minh Khuê has not submitted it." in words
    assert "1 picture has no alt text yet." in words
    assert re.search(r"A new headline Kinh tế 06:00 on \w+, \S+ Update", words)
    assert "Schedule 2 stories" in words


def test_a_refused_one_says_why_and_the_others_can_go(at_desk, three, make_story, tomorrow):
    incomplete = make_story("No section yet", section=None)
    times = {f"at-{story.pk}": "06:00" for story in [*three, incomplete]}
    times[f"at-{three[1].pk}"] = "half past six"
    page = at_desk.post(
        MANY,
        {
            "item": [story.pk for story in [*three, incomplete]],
            "first": typed(tomorrow),
            "go": "ask",
            **times,
        },
    )
    words = desk.text(page)
    assert "Choose date and time." in words
    assert "section" in words.split("No section yet")[1]
    assert "Schedule 2 stories" in words
    after = press(at_desk, form(page))
    assert moments([*three, incomplete]) == [
        tomorrow + 6 * HOUR,
        None,
        tomorrow + 6 * HOUR,
        None,
    ]
    words = desk.text(after)
    assert "2 stories were scheduled." in words
    assert "2 wait for another look." in words


def test_a_time_that_has_passed_is_refused(at_desk, three, now):
    page = at_desk.post(MANY, {"item": three[0].pk, "first": typed(now - HOUR), "go": "fill"})
    assert "That moment is past or too near." in desk.text(page)
    press(at_desk, form(page))
    assert moments(three) == [None] * 3


def test_a_time_that_the_clocks_skip_or_repeat_is_refused(at_desk, three, settings):
    settings.TIME_ZONE = "Europe/Paris"
    for first, word in (("02:30, 28/3/2027", "skip"), ("02:30, 31/10/2027", "twice")):
        page = at_desk.post(MANY, {"item": three[0].pk, "first": first, "go": "fill"})
        assert word in desk.text(page)
        page = at_desk.post(
            MANY, {"item": three[0].pk, f"at-{three[0].pk}": first, "go": "ask", "first": ""}
        )
        assert word in desk.text(page)


def test_a_related_story_that_goes_live_with_the_others_is_no_warning(
    at_desk, three, make_story, tomorrow
):
    from articles.rules.content import ContentLink

    linking = make_story("Links to One", links=[ContentLink(target_id=three[0].pk)])
    for others, warned in (([], True), ([three[0]], False)):
        page = at_desk.post(
            MANY,
            {
                "item": [story.pk for story in [linking, *others]],
                "first": typed(tomorrow + 6 * HOUR),
                "go": "fill",
            },
        )
        assert ("is not on the site at that moment" in desk.text(page)) is warned


def test_nothing_chosen_and_too_many_chosen_are_said(at_desk, make_story, monkeypatch):
    assert "Nothing is chosen." in desk.text(at_desk.get(MANY))
    monkeypatch.setattr("articles.desk.board.many.MOST", 2)
    stories = [make_story(f"Story {n}") for n in range(3)]
    words = desk.text(at_desk.get(MANY, {"item": [story.pk for story in stories]}))
    assert "At most 2 at once" in words
    assert "Story 2" not in words


# What was read is what happens


def test_nothing_is_done_for_what_was_not_read(at_desk, three, tomorrow):
    sent = {
        "item": [story.pk for story in three],
        "first": typed(tomorrow + 6 * HOUR),
        "press": "\0",
        **{f"at-{story.pk}": "06:00" for story in three},
    }
    press(at_desk, sent)
    assert moments(three) == [None] * 3


def test_another_time_than_the_one_read_is_asked_again(at_desk, three, tomorrow):
    read = choose(at_desk, three, go="fill", first=typed(tomorrow + 6 * HOUR))
    again = press(at_desk, read, **{f"at-{three[1].pk}": "07:00"})
    assert moments(three) == [None] * 3
    assert "Read again what will happen." in desk.text(again)
    press(at_desk, form(again))
    assert moments(three) == [tomorrow + n * HOUR for n in (6, 7, 6)]


def test_one_that_is_left_out_stays_as_it_is(at_desk, three, tomorrow):
    read = choose(at_desk, three, go="fill", first=typed(tomorrow + 6 * HOUR))
    press(at_desk, read, item=[three[0].pk, three[2].pk])
    assert moments(three) == [tomorrow + 6 * HOUR, None, tomorrow + 6 * HOUR]


def test_those_that_changed_meanwhile_are_named_and_wait(
    at_desk, three, managing_editor, reporter, tomorrow
):
    read = choose(at_desk, three, go="fill", first=typed(tomorrow + 6 * HOUR))
    save(three[0], reporter, "Typed a moment ago")
    workflow.publish(Article.objects.get(pk=three[1].pk), by=managing_editor, at=tomorrow)
    after = press(at_desk, read)
    assert moments(three) == [None, tomorrow, tomorrow + 6 * HOUR]
    words = desk.text(after)
    assert "1 story was scheduled. 2 wait for another look." in words
    assert "Minh Khuê saved the text" in words
    assert "Đức Thành: " in words
    assert "Typed a moment ago" in words
    press(at_desk, form(after))
    assert moments(three) == [tomorrow + 6 * HOUR] * 3


def test_a_story_deleted_meanwhile_is_counted(at_desk, three, tomorrow):
    read = choose(at_desk, three, go="fill", first=typed(tomorrow + 6 * HOUR))
    Article.objects.filter(pk=three[0].pk).delete()
    after = press(at_desk, read)
    assert moments(three[1:]) == [tomorrow + 6 * HOUR] * 2
    assert after.status_code == 302 or "1 of the chosen stories" in desk.text(after)


def test_a_second_press_changes_nothing(at_desk, make_story, editor, tomorrow):
    stories = [make_story(f"Story {n}") for n in range(25)]
    read = choose(at_desk, stories, go="fill", first=typed(tomorrow + 6 * HOUR), step="1")
    assert press(at_desk, read).status_code == 302
    rows = list(Record.objects.values_list("pk", "verb", "story"))
    again = press(at_desk, read)
    assert again.status_code == 302
    assert list(Record.objects.values_list("pk", "verb", "story")) == rows
    assert all(story.publications.count() == 1 for story in stories)
    assert "That is done already; it was done once." in desk.text(at_desk.get(again.url))


def test_each_has_a_record_of_its_own(at_desk, three, editor, tomorrow):
    read = choose(at_desk, three, go="fill", first=typed(tomorrow + 6 * HOUR), step="5")
    press(at_desk, read)
    rows = Record.objects.filter(verb="publish", by=editor).order_by("pk")
    assert [row.headline for row in rows] == ["One", "Two", "Three"]


# Plans


def planned(stories, editor, at: datetime) -> list[str]:
    """Schedule them; their keys on the board."""
    for story in stories:
        workflow.publish(story, by=editor, at=at, until=None)
    return [f"{story.pk}-1" for story in stories]


def test_plans_typed_anew_on_the_board_are_moved(at_desk, three, editor, tomorrow):
    keys = planned(three, editor, tomorrow + 6 * HOUR)
    board = desk.fields(at_desk.get(f"/admin/board/?day={tomorrow:%Y-%m-%d}"), "data-board")
    board |= {f"at-{keys[0]}": "06:30", f"at-{keys[2]}": typed(tomorrow + DAY)}
    page = at_desk.post(MANY, {**board, "go": "moved"})
    words = desk.text(page)
    assert "Two" not in words
    assert f"New time, instead of {typed(tomorrow + 6 * HOUR)}" in words
    assert "Change 2 times" in words
    press(at_desk, form(page))
    assert moments(three) == [
        tomorrow + 6.5 * HOUR,
        tomorrow + 6 * HOUR,
        tomorrow + DAY,
    ]


def test_chosen_plans_are_cancelled(at_desk, three, editor, tomorrow):
    keys = planned(three, editor, tomorrow + 6 * HOUR)
    page = at_desk.post(MANY, {"item": keys[:2], "go": "cancel"})
    assert "Does not go live" in desk.text(page)
    assert "Unschedule 2 stories" in desk.text(page)
    press(at_desk, form(page))
    assert moments(three) == [None, None, tomorrow + 6 * HOUR]


def test_stories_of_the_list_are_unscheduled_where_one_version_waits(
    at_desk, three, editor, tomorrow
):
    planned(three[:1], editor, tomorrow + 6 * HOUR)
    page = at_desk.get(MANY, {"item": [story.pk for story in three[:2]], "go": "cancel"})
    assert "No version of this story is scheduled" in desk.text(page)
    press(at_desk, form(page))
    assert moments(three) == [None] * 3


def test_a_story_that_waits_as_it_is_is_moved_not_published_anew(at_desk, three, editor, tomorrow):
    planned(three[:1], editor, tomorrow + 6 * HOUR)
    read = choose(at_desk, three, go="fill", first=typed(tomorrow + 7 * HOUR))
    press(at_desk, read)
    assert moments(three) == [tomorrow + 7 * HOUR] * 3
    assert Record.objects.filter(story=three[0].pk, verb="move").count() == 1


# Side doors


def test_forged_ids_are_those_of_stories_that_do_not_exist(at_desk, draft, tomorrow):
    keys = ["\0", "x", "1-", "-1", "99999999999999999999", "987654321", f"{draft.pk}-77"]
    page = at_desk.post(
        MANY, {"item": keys, "first": typed(tomorrow + 6 * HOUR), "go": "fill", "press": "\0"}
    )
    words = desk.text(page)
    assert "1 of the chosen stories is not to be found" in words
    assert "Version 77 is gone" in words
    press(at_desk, {**form(page), f"seen-{draft.pk}-77": "\0.1.2.3.4.5"})
    assert moments([draft]) == [None]


def test_forty_stories_take_few_queries_each(at_desk, make_story, tomorrow):
    stories = [make_story(f"Story {n}") for n in range(10)]
    counts = []
    for several in (stories[:2], stories[2:]):
        with CaptureQueriesContext(connection) as read_queries:
            read = choose(at_desk, several, go="fill", first=typed(tomorrow + 6 * HOUR))
        with CaptureQueriesContext(connection) as press_queries:
            assert press(at_desk, read).status_code == 302
        counts.append((len(read_queries), len(press_queries)))
    (few_read, few_press), (many_read, many_press) = counts
    assert (many_read - few_read) / 6 <= 14
    assert (many_press - few_press) / 6 <= 40


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_do_each_story_once(editor, make_story, tomorrow):
    stories = [make_story(f"Story {n}") for n in range(6)]
    clients = [desk.log_in(Client(), editor) for _hand in range(2)]
    read = choose(clients[0], stories, go="fill", first=typed(tomorrow + 6 * HOUR))

    def pressed(client: Client) -> int:
        try:
            return press(client, read).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor() as hands:
        answers = list(hands.map(pressed, clients))

    assert answers == [302, 302]
    assert moments(stories) == [tomorrow + 6 * HOUR] * 6
    assert Record.objects.filter(verb="publish").count() == 6
