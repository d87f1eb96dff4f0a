"""Two people change one story: the later save is refused, with both texts at hand."""

import pytest

from articles.models import Article, Author
from articles.publishing import saving, workflow
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
    assert "Minh Khuê saved this story at" in words
    assert "after you had opened it" in words
    assert "The reporter's later words" in words
    assert "A later lede" in words
    assert desk.fields(response)["body"] == ["<p>The editor's words</p>"]
    draft.refresh_from_db()
    assert draft.body == "<p>The reporter's later words</p>"


def test_sending_the_form_of_the_old_version_again_is_refused_again(at_desk, draft, stale):
    for _time in range(2):
        response = at_desk.post(desk.page("change", draft.pk), stale)
        assert response.status_code == 200
    draft.refresh_from_db()
    assert draft.body == "<p>The reporter's later words</p>"


@pytest.mark.parametrize("button", ["_save", "_publish"])
def test_having_read_it_one_saves_over_it(at_desk, draft, stale, button):
    """With whatever button one came for."""
    refused = at_desk.post(desk.page("change", draft.pk), stale)
    response = at_desk.post(desk.page("change", draft.pk), desk.filled(refused, **{button: "1"}))
    assert response.status_code == 302
    draft.refresh_from_db()
    assert draft.body == "<p>The editor's words</p>"


def test_an_error_beside_it_is_told_too_and_nothing_is_saved_over_unread(at_desk, draft, stale):
    address = desk.page("change", draft.pk)
    refused = at_desk.post(address, stale | {"headline": ""})
    assert "Minh Khuê saved this story at" in desk.text(refused)
    assert "needs a headline" in desk.text(refused)
    again = at_desk.post(address, desk.filled(refused, headline="Headline of the editor"))
    assert again.status_code == 200
    assert "Headline of the editor" in [each.typed for each in again.context["form"].stale]
    assert at_desk.post(address, desk.filled(again)).status_code == 302


def test_ones_own_other_tab_is_not_told_as_somebody_elses(at_desk, draft, editor):
    form = desk.filled(at_desk.get(desk.page("change", draft.pk)), headline="From the first tab")
    desk.save(at_desk, draft, headline="From the second tab")
    response = at_desk.post(desk.page("change", draft.pk), form)
    words = desk.text(response)
    assert "You saved this story yourself at" in words
    assert "in another tab" in words
    assert "Bích Thủy saved" not in words
    assert at_desk.post(desk.page("change", draft.pk), desk.filled(response)).status_code == 302


def test_who_saved_it_may_have_gone_since(at_desk, draft, stale):
    Article.objects.filter(pk=draft.pk).update(saved_by=None)
    words = desk.text(at_desk.post(desk.page("change", draft.pk), stale))
    assert "This story was saved at" in words


def test_other_pictures_and_other_marks_are_told_as_such(
    at_desk, draft, editor, reporter, make_picture
):
    first, second = make_picture(by=reporter), make_picture(by=reporter)
    figure = '<figure data-images="{}"><figcaption>Boats &amp; nets</figcaption></figure>'.format
    form = desk.filled(at_desk.get(desk.page("change", draft.pk)), body=figure(first.pk))
    draft.body = figure(second.pk)
    saving.save_story(draft, by=reporter)
    response = at_desk.post(desk.page("change", draft.pk), form)
    (difference,) = response.context["form"].stale
    assert difference.saved != difference.typed
    assert f"[Picture no. {second.pk}]" in difference.saved
    assert "Boats & nets" in difference.typed
    marked = desk.filled(response, body=figure(second.pk).replace("nets", "<em>nets</em>"))
    # As somebody who had read an older version still.
    again = at_desk.post(desk.page("change", draft.pk), marked | {"version": "1"})
    assert "The words are the same" in desk.text(again)


def test_what_was_saved_while_one_was_reading_is_not_saved_over(at_desk, draft, reporter, stale):
    refused = at_desk.post(desk.page("change", draft.pk), stale)
    draft.refresh_from_db()
    draft.body = "<p>Newer still</p>"
    saving.save_story(draft, by=reporter)
    response = at_desk.post(desk.page("change", draft.pk), desk.filled(refused))
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


def test_what_was_typed_into_a_story_that_was_handed_in_meanwhile_is_shown_whole(
    client, editor, reporter, draft
):
    desk.log_in(client, reporter)
    form = desk.filled(client.get(desk.page("change", draft.pk)), headline="My last headline")
    form |= {"authors": ["Hoài An", "Minh Khuê", ""], "authors_id": ["", "", ""]}
    form |= {"links_words": ["https://x.example/", ""], "links_title": ["Outside", ""]}
    workflow.submit(draft, by=editor)
    response = client.post(desk.page("change", draft.pk), form)
    assert response.status_code == 403
    words = desk.text(response)
    for typed in ("My last headline", "Hoài An Minh Khuê", "Outside https://x.example/"):
        assert typed in words


def test_only_what_differs_of_a_form_that_came_too_late_is_shown_and_in_words(
    client, editor, reporter, draft, part
):
    desk.log_in(client, reporter)
    form = desk.filled(client.get(desk.page("change", draft.pk)), section=part.pk, genre="brief")
    form["body"] = "<p>Typed <strong>late</strong> &amp; alone</p><ul><li>One</li></ul>"
    workflow.submit(draft, by=editor)
    response = client.post(desk.page("change", draft.pk), form)
    assert response.context["typed"] == {
        "Section": str(part.indented_name),
        "Genre": "Brief",
        "Text": "<p>Typed <strong>late</strong> &amp; alone</p><ul><li>One</li></ul>",
    }
    assert response.context["typed"]["Text"] in response.content.decode()


def test_what_came_too_late_is_shown_without_harm(client, editor, reporter, draft):
    desk.log_in(client, reporter)
    form = desk.filled(client.get(desk.page("change", draft.pk)), headline="<b>Late</b>\0")
    form["body"] = '<p onclick="x()">Typed<script>x()</script></p><figure data-images="7"></figure>'
    form["section"] = "9" * 30
    workflow.submit(draft, by=editor)
    page = client.post(desk.page("change", draft.pk), form).content.decode()
    assert "&lt;b&gt;Late&lt;/b&gt;" in page
    assert "<p>Typed</p><p>[Picture no. 7]</p>" in page
    assert "x()" not in page


@pytest.mark.parametrize(("saved_by_editor", "advice"), [(False, "Recall it"), (True, "Ask an")])
def test_a_form_that_came_too_late_says_what_can_be_done(
    client, editor, reporter, draft, saved_by_editor, advice
):
    desk.log_in(client, reporter)
    form = desk.filled(client.get(desk.page("change", draft.pk)), headline="Late")
    workflow.submit(draft, by=reporter)
    if saved_by_editor:
        saving.save_story(draft, by=editor)
    words = desk.text(client.post(desk.page("change", draft.pk), form))
    assert advice in words
    assert "Below is what you typed" in words
