"""The desk's first page: what waits for each person, and nothing else."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.test import Client

from articles import workflow

pytestmark = pytest.mark.django_db


def front(user) -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client.get("/admin/").content.decode()


def test_a_reporter_finds_their_own_stories_and_writes_new_ones(reporter, other_reporter, draft):
    assert draft.headline in front(reporter)
    assert 'href="/admin/articles/article/add/"' in front(reporter)
    assert draft.headline not in front(other_reporter)


def test_an_editor_finds_what_was_handed_in_and_what_goes_out_next(
    editor, reporter, draft, scheduled
):
    workflow.submit(draft, by=reporter)
    page = front(editor)
    assert draft.headline in page
    assert scheduled.headline in page
    assert "/admin/site-at/" in page


def test_a_link_to_the_site_at_a_plans_moment_shows_the_story(editor, scheduled):
    client = Client()
    client.force_login(editor)
    page = client.get("/admin/").context["page"]
    assert scheduled.headline in client.get(page.soon[0].site_then).content.decode()


def test_the_menu_leads_only_where_a_person_may_go(reporter, managing_editor):
    assert "/admin/auth/user/" not in front(reporter)
    assert "/admin/articles/paper/" not in front(reporter)
    assert "/admin/auth/user/" in front(managing_editor)


def test_old_actions_name_no_story(reporter, other_reporter, draft):
    LogEntry.objects.log_actions(other_reporter.pk, [draft], CHANGE, single_object=True)
    assert draft.headline not in front(other_reporter)


def test_who_has_no_role_is_told_whom_to_ask(without_role, draft):
    page = front(without_role)
    assert "no role" in page
    assert draft.headline not in page
