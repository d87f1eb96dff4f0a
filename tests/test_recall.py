"""A reporter takes a story back that no editor has touched yet, and finds what was sent back first."""

import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from articles.models import Article, Record
from articles.publishing import saving, workflow
from articles.rules.permissions import Stage
from articles.rules.refusals import WorkflowError
from tests import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(draft, reporter) -> Article:
    workflow.submit(draft, by=reporter)
    return draft


@pytest.fixture
def at_desk(client, reporter):
    return desk.log_in(client, reporter)


def stage(story: Article) -> str:
    return Article.objects.get(pk=story.pk).stage


def front(user) -> str:
    return desk.text(desk.log_in(Client(), user).get("/admin/"))


def test_a_story_recalled_is_its_reporters_draft_again(submitted, reporter):
    workflow.recall(submitted, by=reporter)
    assert stage(submitted) == submitted.stage == Stage.DRAFT
    assert Record.objects.latest("pk").verb == "recall"


def test_what_an_editor_has_saved_is_not_recalled(submitted, reporter, editor):
    saving.save_story(submitted, by=editor)
    with pytest.raises(WorkflowError) as refused:
        workflow.recall(submitted, by=reporter)
    assert refused.value.code == "saved_since"
    assert "Bích Thủy saved this story" in str(refused.value)
    assert stage(submitted) == Stage.SUBMITTED


def test_what_was_saved_before_it_was_handed_in_does_not_matter(draft, reporter, editor):
    saving.save_story(draft, by=editor)
    workflow.submit(draft, by=reporter)
    workflow.recall(draft, by=reporter)
    assert stage(draft) == Stage.DRAFT


@pytest.mark.parametrize("stage_now", [Stage.DRAFT, Stage.APPROVED])
def test_only_what_waits_for_the_editors_is_recalled(draft, reporter, stage_now):
    draft.stage = stage_now
    draft.save()
    with pytest.raises(WorkflowError) as refused:
        workflow.recall(draft, by=reporter)
    assert refused.value.code == "permission_denied"


def test_a_colleague_recalls_nothing(submitted, other_reporter):
    with pytest.raises(WorkflowError):
        workflow.recall(submitted, by=other_reporter)


def test_it_is_handed_in_recalled_changed_and_handed_in_again(at_desk, draft):
    desk.confirm(at_desk, desk.page("submit", draft.pk))
    page = at_desk.get(desk.page("change", draft.pk))
    assert f'href="{desk.page("recall", draft.pk)}"' in page.content.decode()
    done = desk.confirm(at_desk, desk.page("recall", draft.pk))
    assert done.url == desk.page("change", draft.pk)
    assert "Recalled" in desk.text(at_desk.get(done.url))
    saved = desk.save(at_desk, draft, headline="Put right in time", _submit="1")
    assert saved.status_code == 302
    draft.refresh_from_db()
    assert (draft.headline, draft.stage) == ("Put right in time", Stage.SUBMITTED)


def test_once_an_editor_has_saved_it_the_button_is_gone_and_its_address_says_why(
    at_desk, submitted, editor
):
    address = desk.page("recall", submitted.pk)
    form = desk.fields(at_desk.get(address), "data-asking")
    saving.save_story(submitted, by=editor)
    page = at_desk.get(desk.page("change", submitted.pk)).content.decode()
    assert f'href="{address}"' not in page
    for response in (at_desk.post(address, form), at_desk.get(address)):
        assert "Bích Thủy saved this story" in desk.text(response)
    assert stage(submitted) == Stage.SUBMITTED


def test_once_it_is_published_the_button_is_gone_and_its_address_says_why(
    at_desk, submitted, editor
):
    address = desk.page("recall", submitted.pk)
    form = desk.fields(at_desk.get(address), "data-asking")
    workflow.publish(submitted, by=editor)
    assert (
        f'href="{address}"' not in at_desk.get(desk.page("change", submitted.pk)).content.decode()
    )
    response = at_desk.post(address, form)
    assert response.status_code == 403
    assert "Bích Thủy: published" in desk.text(response)


def test_a_story_sent_back_comes_first_with_who_when_and_why(
    reporter, editor, other_reporter, draft, make_story
):
    workflow.submit(draft, by=reporter)
    workflow.send_back(draft, by=editor, note="Two more voices, please.")
    for number in range(10):
        make_story(f"Written later {number}")
    words = front(reporter)
    assert words.index(draft.headline) < words.index("Written later 9")
    assert re.search(r"Returned by Bích Thủy, \d\d:\d\d.*: Two more voices, please\.", words)
    assert "Two more voices" not in front(other_reporter)
    workflow.submit(draft, by=reporter)
    assert "Two more voices" not in front(reporter)


def test_a_story_sent_back_without_a_note_comes_first_too(reporter, editor, draft, make_story):
    workflow.submit(draft, by=reporter)
    workflow.send_back(draft, by=editor)
    make_story("Written later")
    words = front(reporter)
    assert words.index(draft.headline) < words.index("Written later")
    assert "Returned by Bích Thủy" in words


def test_a_story_of_long_ago_that_was_sent_back_is_still_there(
    reporter, editor, make_story, django_assert_max_num_queries
):
    sent_back = [make_story(f"Sent back {number}") for number in range(3)]
    for story in sent_back:
        workflow.submit(story, by=reporter)
        workflow.send_back(story, by=editor, note=f"Why {story.pk}")
    for number in range(9):
        make_story(f"Written later {number}")
    client = desk.log_in(Client(), reporter)
    client.get("/admin/")
    with django_assert_max_num_queries(16):
        page = client.get("/admin/").context["page"]
    assert [story.pk for story in page.own[:3]] == [story.pk for story in reversed(sent_back)]
    assert len({story.pk for story in page.own}) == len(page.own)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_in_a_browser_from_handing_in_to_writing_on(open_page, reporter, section, draft):
    page = open_page(user=reporter, width=390, height=844)
    page.goto(desk.page("change", draft.pk))
    page.get_by_role("button", name="Save and submit").click()
    expect(page.locator(".messagelist")).to_contain_text("Submitted to editors")
    page.get_by_role("link", name="Recall").click()
    expect(page.locator("[data-answer]")).to_contain_text("a draft again")
    page.get_by_role("button", name="Recall", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Recalled")
    expect(page.locator("#id_headline")).to_have_value(draft.headline)
