"""The schedule: a day and a week as readers will meet them, for who may schedule."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk.board import days
from articles.models import Article, Publication
from articles.publishing import saving, workflow
from tests import desk

pytestmark = pytest.mark.django_db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def local(moment: datetime) -> datetime:
    return timezone.localtime(moment, timezone.get_default_timezone())


@pytest.fixture
def tomorrow() -> datetime:
    """Tomorrow's 00:00 by the paper's clocks."""
    return local(timezone.now() + DAY).replace(hour=0, minute=0, second=0, microsecond=0)


@pytest.fixture
def at_desk(editor) -> Client:
    return desk.log_in(Client(), editor)


def board(client: Client, day: datetime, page: str = "") -> str:
    response = client.get(f"/admin/board/{page}?day={local(day):%Y-%m-%d}")
    assert response.status_code == 200
    return desk.text(response)


def schedule(make_story, editor, headline: str, at: datetime, **how) -> Article:
    story = make_story(headline)
    workflow.publish(story, by=editor, at=at, until=how.pop("until", None), **how)
    story.refresh_from_db()
    return story


def test_a_day_says_what_appears_changes_and_leaves_and_in_which_section(
    at_desk, make_story, editor, tomorrow
):
    six = tomorrow + 6 * HOUR
    story = schedule(make_story, editor, "Boats come home", six, until=six + 10 * HOUR)
    story.headline = "Boats are home"
    saving.save_story(story, by=editor)
    workflow.publish(story, by=editor, at=six + 2 * HOUR, waiting="keep")

    words = board(at_desk, tomorrow)

    assert "06:00 preview that moment Goes live Kinh tế Boats come home" in words
    assert "08:00 preview that moment New version Kinh tế Update Boats are home" in words
    assert "16:00 preview that moment Goes offline Kinh tế Boats are home" in words
    assert "until 06:00 · 6 hours without a change" in words
    assert "1 goes live 1 new version 1 goes offline" in words


def test_a_pile_up_is_counted(at_desk, make_story, editor, tomorrow):
    for headline in ("One", "Two", "Three"):
        schedule(make_story, editor, headline, tomorrow + 6 * HOUR)
    assert "06:00 3 stories at 06:00" in board(at_desk, tomorrow)
    week = board(at_desk, tomorrow, "week/")
    assert "+3 One" in week
    assert "3 go live" in week


def test_an_empty_day_and_an_empty_week_say_so(at_desk, tomorrow):
    far = tomorrow + 40 * DAY
    assert "24 hours without a change" in board(at_desk, far)
    assert "Nothing changes for readers on this day." in board(at_desk, far)
    assert "Nothing changes for readers in this week." in board(at_desk, far, "week/")


def test_today_has_a_line_for_now_and_the_past_is_what_happened(at_desk, published, now):
    assert "Now, " in board(at_desk, now)
    yesterday = board(at_desk, now - DAY)
    assert "Now, " not in yesterday
    assert "Went live Kinh tế On the site since yesterday" in yesterday


def test_what_readers_have_cannot_be_moved_from_the_board(at_desk, published, scheduled, now):
    for day, may in ((now - DAY, False), (now + DAY, True)):
        response = at_desk.get(f"/admin/board/?day={local(day):%Y-%m-%d}")
        assert ('name="item"' in response.content.decode()) is may


@pytest.mark.parametrize("who", ["reporter", "without_role"])
def test_for_who_schedules_nothing_there_is_no_board(request, scheduled, who):
    client = desk.log_in(Client(), request.getfixturevalue(who))
    for page in ("", "week/", "many/", f"many/?item={scheduled.pk}"):
        assert client.get(f"/admin/board/{page}").status_code == 404
    sent = {"item": scheduled.pk, "go": "do", "press": "1"}
    assert client.post("/admin/board/many/", sent).status_code == 404
    assert "Schedule board" not in desk.text(client.get("/admin/"))
    if who == "reporter":
        assert "board/many" not in client.get("/admin/articles/article/").content.decode()


def fill(section, editor, start: datetime, count: int) -> None:
    """So many stories that begin and end within two hours, written as rows."""
    stories = Article.objects.bulk_create(
        Article(headline=f"Story {n}", owner=editor, section=section) for n in range(count)
    )
    Publication.objects.bulk_create(
        Publication(
            article=story,
            headline=story.headline,
            section=section,
            top_section=section,
            number=1,
            kind="first",
            approved_by=editor,
            approved_at=start,
            first_published=start + n * timedelta(seconds=30),
            live_from=start + n * timedelta(seconds=30),
            live_until=start + n * timedelta(seconds=30) + HOUR,
            digest=str(n),
        )
        for n, story in enumerate(stories)
    )


@pytest.mark.parametrize("page", ["", "week/"])
def test_two_hundred_changes_take_at_most_ten_queries(at_desk, section, editor, tomorrow, page):
    fill(section, editor, tomorrow + 6 * HOUR, 100)
    address = f"/admin/board/{page}?day={tomorrow:%Y-%m-%d}"
    at_desk.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = at_desk.get(address)
    assert len(queries) <= 10
    assert "Story 99" in desk.text(response) or page


def test_a_day_that_holds_too_much_is_cut_at_a_whole_moment(section, editor, tomorrow):
    fill(section, editor, tomorrow + 6 * HOUR, 30)
    begins, ends = tomorrow, tomorrow + DAY
    found = days.changes_between(editor, begins, ends, most=20)
    assert found.cut
    assert [change.row.headline for change in found.changes] == [f"Story {n}" for n in range(20)]


def test_a_day_is_read_from_an_index(section, editor, tomorrow):
    with CaptureQueriesContext(connection) as queries:
        days.changes_between(editor, tomorrow, tomorrow + DAY)
    asked = [q["sql"] for q in queries if "live_" in q["sql"]]
    assert len(asked) == 2
    if connection.vendor == "sqlite":
        for sql, index in zip(asked, ("publication_begins", "publication_ends"), strict=True):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
                plan = " ".join(str(row) for row in cursor.fetchall())
            assert f"USING INDEX {index}" in plan


@pytest.mark.parametrize("far", [0, 3, 40, -40, 7])
def test_from_any_day_one_gets_to_its_neighbours_and_back_to_today(at_desk, now, far):
    day = local(now) + far * DAY
    response = at_desk.get(f"/admin/board/?day={day:%Y-%m-%d}")
    words = response.content.decode()
    for other in (local(now), day, day - DAY, day + DAY):
        assert f'href="?day={other:%Y-%m-%d}"' in words
    assert words.count('aria-current="date"') == 1
