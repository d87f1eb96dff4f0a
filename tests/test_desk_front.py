"""The desk's first page: what waits for each person, and nothing else."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.test import Client

from articles.publishing import picture_rights, workflow

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


def test_editors_are_warned_of_rights_that_end_with_the_stories_and_where_to_decide(
    editor, reporter, make_picture, make_story, publish_at, now
):
    image = make_picture(by=reporter, alt_text="An agency's picture")
    story = make_story("Shows it", body=f'<figure data-images="{image.pk}"></figure>')
    publish_at(story, now - timedelta(days=1))
    assert "An agency" not in front(editor)
    image.rights_until = now + timedelta(days=6)
    image.save()
    decide = f'href="/admin/media/image/{image.pk}/rights/"'
    page = front(editor)
    assert "An agency" in page
    assert "Shows it" in page
    assert decide in page
    assert decide not in front(reporter)
    [found] = picture_rights.outliving(image, at=now)
    workflow.end_with_rights(found, by=editor)
    page = front(editor)
    assert "resolved" in page
    assert decide not in page


def test_the_page_of_an_app_lists_what_of_it_the_person_may_see(client, reporter):
    client.force_login(reporter)
    page = client.get("/admin/articles/").content.decode()
    assert 'href="/admin/articles/article/"' in page
    assert "/admin/articles/paper/" not in page
    assert "no role" not in page
