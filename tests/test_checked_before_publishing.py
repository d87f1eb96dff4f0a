"""The page that publishes says what to look at first, and lets the editor go on all the same."""

from datetime import timedelta

import pytest
from django.test import Client

from articles.publishing import saving
from articles.rules.content import ContentLink
from tests import desk


@pytest.fixture
def at_desk(editor) -> Client:
    return desk.log_in(Client(), editor)


def test_everything_is_told_at_once_and_nothing_is_in_the_way(
    at_desk, make_story, make_picture, published, scheduled, editor
):
    picture = make_picture(credit="", by=editor)
    story = make_story(
        published.headline.upper(),
        lede="",
        body=f'<figure data-images="{picture.pk}"></figure><h3>Small</h3>'
        '<p>See <a href="https://a.vn/">here</a>.</p><table><tr><td>Catch</td></tr></table>',
        by=editor,
    )
    saving.save_story(story, by=editor, links=[ContentLink(target_id=scheduled.pk)])

    words = desk.text(at_desk.get(desk.page("publish", story.pk)))
    for sentence in (
        f"Another story on the site has this headline, too: “{published.headline}”.",
        "There is no lede",
        "1 picture has no alt text yet.",
        "1 picture has no credit line yet.",
        "1 picture of the text has no caption.",
        "“Small” is a small heading, but no larger one comes before it.",
        "The link “here” does not say where it leads.",
        "The table that begins with “Catch” has no head",
        f"The related story “{scheduled.headline}” is not on the site at that moment",
    ):
        assert sentence in words
    assert "Describe these pictures…" in words

    assert desk.confirm(at_desk, desk.page("publish", story.pk)).status_code == 302
    assert story.publications.count() == 1


def test_the_reporter_is_told_when_handing_in(make_story, reporter):
    story = make_story("Boats", body="<h3>Small</h3><p>Words.</p>")
    client = desk.log_in(Client(), reporter)
    assert "is a small heading" in desk.text(client.get(desk.page("submit", story.pk)))


def test_a_headline_is_its_own_stories_to_have(at_desk, published, editor):
    published.lede = "Another lede."
    saving.save_story(published, by=editor)
    words = desk.text(at_desk.get(desk.page("publish", published.pk)))
    assert "Another story on the site" not in words


def test_a_related_story_that_is_live_by_then_is_not_talked_about(
    at_desk, make_story, scheduled, editor, now
):
    story = make_story("Boats", body="<p>Words.</p>")
    saving.save_story(story, by=editor, links=[ContentLink(target_id=scheduled.pk)])
    address = desk.page("publish", story.pk)
    assert "is not on the site at that moment" in desk.text(at_desk.get(address))
    begins = scheduled.publications.get().live_from + timedelta(hours=1)
    local = begins.astimezone().strftime("%Y-%m-%dT%H:%M")
    asked = desk.ask(at_desk, address, when="at", at=local)
    assert "is not on the site at that moment" not in desk.text(asked)


def test_a_mended_version_is_told_only_what_its_change_brings(at_desk, make_story, publish_at, now):
    story = make_story("Boats", body="<h3>Small</h3><p>Words.</p>")
    publish_at(story, now - timedelta(hours=1))
    address = desk.page("version", story.pk, 1)
    body = '<h3>Small</h3><p>Words <a href="https://a.vn/">here</a>.</p>'
    asked = at_desk.post(address, desk.filled(at_desk.get(address), _on="1", body=body))
    words = desk.text(asked)
    assert "The link “here” does not say where it leads." in words
    assert "is a small heading" not in words
