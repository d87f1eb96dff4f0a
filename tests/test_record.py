"""The record says in words who did what to which story, and what it meant."""

from datetime import timedelta

import pytest
from django.test import Client

from articles.models import Record
from articles.publishing import saving, workflow

pytestmark = pytest.mark.django_db


def rows(user) -> list[str]:
    """What the list says, the newest first, a line for each row."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    found = client.get("/admin/articles/record/").context["cl"].result_list
    return [page_of(client, row) for row in found]


def page_of(client: Client, row: Record) -> str:
    return client.get(f"/admin/articles/record/{row.pk}/change/").content.decode()


def test_a_first_publication_is_called_so_whatever_was_asked(published, managing_editor):
    [page] = rows(managing_editor)
    assert "scheduled" in page
    assert "Kind: First publication · Scheduled for: " in page
    assert " · Scheduled versions: Cancelled" in page


def test_a_withdrawal_says_why_and_what_it_took_with_it(published, managing_editor, now):
    published.headline = "Next version"
    saving.save_story(published, by=managing_editor)
    workflow.publish(published, by=managing_editor, at=now + timedelta(days=1))
    workflow.withdraw(published, by=managing_editor, note="A court's <order>")
    page = rows(managing_editor)[0]
    assert "Note: A court&#x27;s &lt;order&gt;" in page
    assert "Scheduled versions kept: No" in page
    assert "Versions cancelled: 2" in page


def test_an_end_is_said_in_the_papers_time(published, managing_editor):
    publication = published.publications.get()
    workflow.set_end(publication, by=managing_editor, until=publication.live_from.replace(2100))
    assert "/2100" in rows(managing_editor)[0]
    workflow.set_end(publication, by=managing_editor, until=None)
    assert "Expiry: No expiry" in rows(managing_editor)[0]


def test_a_copy_names_the_story_it_was_made_of(published, managing_editor):
    workflow.duplicate(published, by=managing_editor)
    assert f"Copy of story no.: {published.pk}" in rows(managing_editor)[0]


def test_what_readers_do_not_have_yet_is_said_to_be_scheduled(
    draft, published, managing_editor, now
):
    workflow.publish(draft, by=managing_editor)
    assert '<div class="readonly">published</div>' in rows(managing_editor)[0]
    workflow.withdraw(published, by=managing_editor, at=now + timedelta(days=1))
    page = rows(managing_editor)[0]
    assert '<div class="readonly">scheduled taking down</div>' in page
    assert "Scheduled for: " in page
