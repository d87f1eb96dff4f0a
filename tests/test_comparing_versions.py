"""An editor reads what differs between two versions of a story, word by word, before deciding."""

from datetime import timedelta

import pytest
from django.test import Client

from articles.publishing import saving
from tests import desk


@pytest.fixture
def at_desk(editor) -> Client:
    return desk.log_in(Client(), editor)


@pytest.fixture
def story(make_story, publish_at, make_picture, editor, now):
    """Live, with a working copy that has gone on."""
    story = make_story(
        "Boats come home", body="<p>At six.</p><p>Ten boats.</p><p>Nobody was hurt.</p>"
    )
    publish_at(story, now - timedelta(hours=1))
    story.refresh_from_db()
    picture = make_picture(alt_text="Boats")
    story.headline = "Boats are home"
    story.body = (
        f'<p>At six.</p><figure data-images="{picture.pk}"><figcaption>The quay</figcaption></figure>'
        "<p>Twelve boats.</p><p>Nobody was <strong>hurt</strong>.</p>"
    )
    saving.save_story(story, by=editor)
    return story


def compared(client: Client, story, query: str = "") -> str:
    response = client.get(desk.page("compare", story.pk) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_what_readers_have_is_compared_with_the_working_copy(at_desk, story):
    page = compared(at_desk, story)
    words = desk.text(at_desk.get(desk.page("compare", story.pk)))
    assert "Headline Boats [removed: come ] [added: are ] home" in words
    assert "[removed: Ten ] [added: Twelve ] boats." in words
    assert "fields: 1, changed: 2, added: 1" in words
    assert "Emphasis changed" in words
    assert 'alt="Boats"' in page
    assert "[added: The quay ]" in words


def test_the_other_way_round_and_with_itself(at_desk, story):
    assert "fields: 1, changed: 2, removed: 1" in compared(at_desk, story, "?old=copy&new=1")
    assert "There is no difference." in compared(at_desk, story, "?old=1&new=1")


@pytest.mark.parametrize("odd", ["9", "0", "x", "", "٣", "1" * 400, "copy\0"])
def test_a_version_that_is_none_is_refused_in_a_sentence(at_desk, story, odd):
    response = at_desk.get(desk.page("compare", story.pk), {"old": odd, "new": "copy"})
    assert response.status_code == 200
    assert "There is no such version." in response.content.decode()


def test_a_story_that_was_never_published_has_nothing_to_be_compared_with(at_desk, draft):
    assert "Never published." in compared(at_desk, draft)


def test_nothing_typed_is_read_as_markup(at_desk, story, editor):
    story.headline = "<script>alert(1)</script>"
    story.lede = "<img src=x onerror=alert(1)>"
    saving.save_story(story, by=editor)
    page = compared(at_desk, story)
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_it_asks_the_database_little(at_desk, story, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        compared(at_desk, story)


def test_the_story_leads_to_it(at_desk, story):
    page = at_desk.get(desk.page("change", story.pk)).content.decode()
    assert f"{desk.page('compare', story.pk)}?old=1&amp;new=copy" in page
