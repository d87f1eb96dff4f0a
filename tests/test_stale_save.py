"""Two people change one story: the later save is refused, with both texts at hand."""

import pytest

from articles.models import Author
from articles.publishing import saving
from articles.rules.content import ContentLink
from tests import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_desk(client, editor):
    return desk.log_in(client, editor)


@pytest.fixture
def stale(at_desk, draft, reporter):
    """The form as the editor opened it, before the reporter saved once more."""
    form = desk.filled(at_desk.get(desk.page("change", draft.pk)))
    draft.body = "<p>The reporter's later words</p>"
    draft.lede = "A later lede"
    saving.save_story(draft, by=reporter, authors=[Author.objects.get(slug="minh-khue")], links=[])
    return form | {"body": ["<p>The editor's words</p>"]}


def test_the_second_save_is_refused_and_both_texts_are_shown(at_desk, draft, stale):
    response = at_desk.post(desk.page("change", draft.pk), stale)
    words = desk.text(response)
    assert "Somebody has saved this story since you opened it" in words
    assert "The reporter's later words" in words
    assert "A later lede" in words
    assert desk.fields(response)["body"] == ["<p>The editor's words</p>"]
    draft.refresh_from_db()
    assert draft.body == "<p>The reporter's later words</p>"


def test_sending_it_again_is_refused_again(at_desk, draft, stale):
    refused = at_desk.post(desk.page("change", draft.pk), stale)
    response = at_desk.post(desk.page("change", draft.pk), desk.filled(refused))
    assert response.status_code == 200
    draft.refresh_from_db()
    assert draft.body == "<p>The reporter's later words</p>"


def test_having_read_it_one_saves_over_it(at_desk, draft, stale):
    refused = at_desk.post(desk.page("change", draft.pk), stale)
    version = refused.context["form"].saved_version
    response = at_desk.post(desk.page("change", draft.pk), desk.filled(refused, _over=str(version)))
    assert response.status_code == 302
    draft.refresh_from_db()
    assert draft.body == "<p>The editor's words</p>"


def test_what_was_saved_while_one_was_reading_is_not_saved_over(at_desk, draft, reporter, stale):
    refused = at_desk.post(desk.page("change", draft.pk), stale)
    version = refused.context["form"].saved_version
    draft.refresh_from_db()
    draft.body = "<p>Newer still</p>"
    saving.save_story(draft, by=reporter)
    response = at_desk.post(desk.page("change", draft.pk), desk.filled(refused, _over=str(version)))
    assert "Newer still" in desk.text(response)
    draft.refresh_from_db()
    assert draft.body == "<p>Newer still</p>"


def test_the_same_text_twice_is_no_conflict(at_desk, draft):
    form = desk.filled(at_desk.get(desk.page("change", draft.pk)), headline="Changed once")
    first, second = (at_desk.post(desk.page("change", draft.pk), form) for _n in range(2))
    assert first.status_code == second.status_code == 302
    draft.refresh_from_db()
    assert draft.version == 2


@pytest.mark.parametrize("version", ["", "-1", "99999999999999999999", "x", "\0"])
def test_a_forged_version_is_refused(at_desk, draft, version):
    form = desk.filled(at_desk.get(desk.page("change", draft.pk)), headline="Forged")
    response = at_desk.post(desk.page("change", draft.pk), form | {"version": version})
    assert response.status_code == 200
    draft.refresh_from_db()
    assert draft.headline != "Forged"


def test_a_hidden_related_story_is_not_named_to_whom_it_is_hidden(
    client, editor, reporter, other_reporter, make_story, draft
):
    hidden = make_story("Nobody may know of this", by=other_reporter)
    desk.log_in(client, reporter)
    form = desk.filled(client.get(desk.page("change", draft.pk)), headline="Mine")
    link = ContentLink(target_id=hidden.pk)
    saving.save_story(draft, by=editor, links=[link])
    response = client.post(desk.page("change", draft.pk), form)
    assert response.status_code == 200
    assert hidden.headline not in response.content.decode()
