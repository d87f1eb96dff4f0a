"""The list of stories: whose, in which state, found how, at what cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.desk import long_lists
from articles.models import Article, Category, Genre
from articles.publishing import saving
from tests import desk

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"


@pytest.fixture
def at_desk(client, editor):
    return desk.log_in(client, editor)


def listed(client, **query: str) -> list[str]:
    response = client.get(LIST, query)
    assert response.status_code == 200, response
    return [story.headline for story in response.context["cl"].result_list]


def test_the_last_saved_comes_first(at_desk, editor, make_story):
    first, second = make_story("First"), make_story("Second")
    assert listed(at_desk) == ["Second", "First"]
    saving.save_story(first, by=editor)
    assert listed(at_desk) == ["First", "Second"]
    assert second.pk


def test_a_reporter_sees_own_stories_only(client, reporter, other_reporter, make_story):
    make_story("Mine")
    make_story("A colleague's", by=other_reporter)
    desk.log_in(client, reporter)
    assert listed(client) == ["Mine"]
    assert listed(client, q="colleague") == []


def test_states_stand_in_plain_words(at_desk, draft, scheduled, published, corrected, withdrawn):
    words = desk.text(at_desk.get(LIST))
    for state in ("Draft", "Goes live", "Live since yesterday", "Taken down yesterday"):
        assert state in words


def test_filters_by_state(at_desk, editor, draft, scheduled, published, withdrawn, corrected):
    corrected.headline = "Changed since"
    saving.save_story(corrected, by=editor)
    assert listed(at_desk, state="draft") == [draft.headline]
    assert listed(at_desk, state="scheduled") == [scheduled.headline]
    assert set(listed(at_desk, state="live")) == {published.headline, "Changed since"}
    assert listed(at_desk, state="changed") == ["Changed since"]
    assert listed(at_desk, state="off") == [withdrawn.headline]
    assert listed(at_desk, state="submitted") == []


def test_a_filter_by_a_main_section_includes_its_parts(at_desk, section, part, make_story):
    make_story("In the main section")
    make_story("In the part", section=part)
    elsewhere = Category.objects.create(name="Thể thao", slug="the-thao")
    make_story("Elsewhere", section=elsewhere)
    assert len(listed(at_desk, section=str(section.pk))) == 2
    assert listed(at_desk, section=str(part.pk)) == ["In the part"]


def test_filters_by_genre_and_owner(at_desk, editor, make_story):
    make_story("Photos", genre=Genre.PHOTO)
    make_story("The editor's", by=editor)
    assert listed(at_desk, genre="photo") == ["Photos"]
    assert listed(at_desk, mine="1") == ["The editor's"]


def test_the_search_needs_every_word_and_no_accents(at_desk, make_story):
    make_story("Đồng bào Vĩnh Sa vui hội mùa")
    make_story("Vĩnh Sa thông cầu mới")
    assert listed(at_desk, q="hoi dong") == ["Đồng bào Vĩnh Sa vui hội mùa"]
    assert len(listed(at_desk, q="VĨNH sa")) == 2
    assert listed(at_desk, q="100%") == []


@pytest.mark.parametrize(
    "query",
    [
        {"state": "nonsense"},
        {"section": "\0"},
        {"section": "9" * 30},
        {"genre": "\0"},
        {"mine": "x"},
        {"q": "\0"},
        {"p": "99"},
        {"o": "1.2"},
        {"all": ""},
        {"owner__password__startswith": "a"},
        {"headline__regex": "["},
    ],
)
def test_odd_addresses_are_no_fault(at_desk, draft, query):
    assert at_desk.get(LIST, query, follow=True).status_code in (200, 400)


def test_the_number_of_queries_does_not_grow(
    at_desk, make_story, make_picture, publish_at, editor, now
):
    def add(number: int) -> None:
        image = make_picture(by=editor)
        figure = f'<figure data-images="{image.pk}"></figure>'
        story = make_story(f"Story {number}", by=editor, body=figure)
        publish_at(story, now - timedelta(hours=number))

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            response = at_desk.get(LIST)
        assert response.status_code == 200
        return len(asked)

    for number in range(1, 3):
        add(number)
    few = cost()
    for number in range(3, 9):
        add(number)
    assert cost() == few <= 14


def test_a_picture_of_the_story_stands_in_its_row(at_desk, forum_report):
    assert "/uploads/" in at_desk.get(LIST).content.decode()


def test_an_archive_is_not_counted_whole(at_desk, make_story, monkeypatch):
    monkeypatch.setattr(long_lists, "COUNTED", 3)
    for number in range(5):
        make_story(f"Story {number}")
    assert "The newest 3" in desk.text(at_desk.get(LIST))
    with CaptureQueriesContext(connection) as asked:
        at_desk.get(LIST)
    assert not [query["sql"] for query in asked if "COUNT(" in query["sql"]]
    assert Article.objects.count() == 5
