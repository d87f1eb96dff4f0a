"""The admin's history of a story is its record, whole, for everybody who may see the story."""

from datetime import timedelta

import pytest

from articles.desk.stories import panel
from articles.publishing import workflow
from tests import desk

pytestmark = pytest.mark.django_db


def history(story) -> str:
    return desk.page("history", story.pk)


def test_it_says_who_did_what_with_all_particulars(client, reporter, published, managing_editor):
    workflow.withdraw(published, by=managing_editor, note="A court's <order>")
    desk.log_in(client, reporter)
    page = client.get(history(published))
    words = desk.text(page)
    assert words.index("Đức Thành: took down") < words.index("Bích Thủy: scheduled")
    assert "Note: A court's <order> · Scheduled versions kept: No" in words
    assert "Scheduled versions: Cancelled" in words
    assert f'href="{desk.page("change", published.pk)}"' in page.content.decode()


def test_it_is_longer_than_what_stands_beside_the_story(client, editor, published, monkeypatch):
    monkeypatch.setattr(panel, "SHOWN_RECORDS", 2)
    publication = published.publications.get()
    for _again in range(3):
        workflow.set_end(publication, by=editor, until=publication.live_from + timedelta(days=9))
        workflow.set_end(publication, by=editor, until=None)
    desk.log_in(client, editor)
    beside = client.get(desk.page("change", published.pk))
    assert desk.text(beside).count("changed the expiry") == 2
    assert f'href="{history(published)}"' in beside.content.decode()
    assert desk.text(client.get(history(published))).count("changed the expiry") == 6


def test_a_new_story_has_none_yet(client, reporter, draft):
    desk.log_in(client, reporter)
    assert "No entries yet." in desk.text(client.get(history(draft)))
