"""Somebody reads an older save of a story, compares it, and brings its text back."""

import pytest
from django.test import Client

from articles.models import Article, Save
from articles.publishing import saving, workflow
from articles.rules.content import ContentLink
from tests import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(make_story, reporter, editor):
    """Three saves: the reporter's, and two of the editor."""
    story = make_story("Boats come home", body="<p>At six.</p><p>Ten boats.</p>")
    for headline, body in (
        ("Boats are home", "<p>At six.</p><p>Twelve boats.</p>"),
        ("Boats are home", "<p>At six.</p>"),
    ):
        story = Article.objects.get(pk=story.pk)
        story.headline, story.body = headline, body
        saving.save_story(story, by=editor)
    return story


@pytest.fixture
def at_desk(editor) -> Client:
    return desk.log_in(Client(), editor)


def test_the_history_page_lists_who_when_and_what(at_desk, story, reporter):
    workflow.submit(story, by=reporter)
    page = at_desk.get(desk.page("history", story.pk))
    words = desk.text(page)
    assert "Save 3 the working copy submitted Bích Thủy: 1 paragraph" in words
    assert "Bích Thủy: headline, 1 paragraph What it changed" in words
    assert "Minh Khuê: First version kept Compare with the working copy Restore…" in words
    html = page.content.decode()
    assert f"{desk.page('compare', story.pk)}?old=save-2&amp;new=copy" in html
    assert desk.page("restore_save", story.pk, 1) in html
    assert desk.page("restore_save", story.pk, 3) not in html


def test_who_only_reads_the_story_is_not_offered_to_restore(story, reporter):
    workflow.submit(story, by=reporter)
    client = desk.log_in(Client(), reporter)
    for page in ("history", "save"):
        args = [story.pk] if page == "history" else [story.pk, 1]
        response = client.get(desk.page(page, *args))
        assert response.status_code == 200
        assert "Restore…" not in desk.text(response)


def test_a_save_is_compared_by_its_key(at_desk, story):
    words = desk.text(at_desk.get(desk.page("compare", story.pk), {"old": "save-1", "new": "copy"}))
    assert "Headline Boats [removed: come ] [added: are ] home" in words
    assert "fields: 1, removed: 1" in words
    words = desk.text(
        at_desk.get(desk.page("compare", story.pk), {"old": "save-1", "new": "save-2"})
    )
    assert "[removed: Ten ] [added: Twelve ] boats." in words
    assert "Save 2: " in words


def test_what_was_never_published_is_compared_with_the_save_before(at_desk, story):
    page = at_desk.get(desk.page("compare", story.pk)).content.decode()
    assert '<option value="save-2" selected>' in page


@pytest.mark.parametrize("odd", ["save-9", "save-", "save-x", "save-٣", "save-1\0", "save-save-1"])
def test_a_save_that_is_none_is_refused_in_a_sentence(at_desk, story, odd):
    response = at_desk.get(desk.page("compare", story.pk), {"old": odd, "new": "copy"})
    assert "There is no such version." in response.content.decode()


def test_a_save_is_read_as_readers_would_get_it(at_desk, story):
    page = at_desk.get(desk.page("save", story.pk, 1))
    assert f'src="{desk.page("save_preview", story.pk, 1)}"' in page.content.decode()
    words = desk.text(page)
    assert "Minh Khuê, " in words
    assert "Save 2 →" in words
    preview = at_desk.get(desk.page("save_preview", story.pk, 1))
    assert "Ten boats." in desk.text(preview)
    assert "Preview of save 1: readers do not get this page." in desk.text(preview)
    assert "noindex" in preview.headers["X-Robots-Tag"]


def test_a_save_of_a_story_without_section_and_authors_is_read(at_desk, make_story):
    story = make_story("Nothing but words", section=None, body="")
    assert at_desk.get(desk.page("save_preview", story.pk, 1)).status_code == 200


def test_a_save_that_has_been_thinned_leads_to_those_that_are_kept(at_desk, story):
    Save.objects.get(article=story, version=2).delete()
    for page in ("save", "save_preview", "restore_save"):
        response = at_desk.get(desk.page(page, story.pk, 2), follow=True)
        assert response.redirect_chain[0][0] == desk.page("history", story.pk)
        assert "This save is not kept any more." in desk.text(response)
    assert at_desk.get(f"/admin/articles/article/{story.pk}/saves/{10**30}/").status_code == 302


def test_restoring_says_what_changes_and_does_it_once_confirmed(at_desk, story):
    address = desk.page("restore_save", story.pk, 1)
    asked = at_desk.get(address)
    words = desk.text(asked)
    assert "The working copy gets the text of save 1, by Minh Khuê at " in words
    assert "Headline Boats [removed: are ] [added: come ] home" in words
    assert "[added: Ten boats. ]" in words
    story.refresh_from_db()
    assert story.version == 3
    sent = {"version": asked.context["version"]}
    for _press in range(2):
        done = at_desk.post(address, sent, follow=True)
        assert done.redirect_chain[0][0] == desk.page("change", story.pk)
        assert "Restored: the working copy has the text of save 1 again." in desk.text(done)
    story.refresh_from_db()
    assert (story.headline, story.version) == ("Boats come home", 4)
    assert "save 1 restored: headline, 1 paragraph" in desk.text(
        at_desk.get(desk.page("history", story.pk))
    )


def test_a_colleagues_save_in_between_is_shown_and_nothing_is_done(at_desk, story, reporter):
    address = desk.page("restore_save", story.pk, 1)
    asked = at_desk.get(address)
    story.lede = "Meanwhile"
    saving.save_story(story, by=reporter)
    page = at_desk.post(address, {"version": asked.context["version"]})
    words = desk.text(page)
    assert "Nothing was done yet. Minh Khuê saved the text at " in words
    assert "[removed: Meanwhile ]" in words
    story.refresh_from_db()
    assert story.lede == "Meanwhile"
    at_desk.post(address, {"version": page.context["version"]})
    story.refresh_from_db()
    assert story.headline == "Boats come home"


@pytest.mark.parametrize("forged", ["", "x", "\0", "9" * 60, "٣"])
def test_a_forged_version_restores_nothing(at_desk, story, forged):
    response = at_desk.post(desk.page("restore_save", story.pk, 1), {"version": forged})
    assert response.status_code == 200
    story.refresh_from_db()
    assert story.version == 3


def test_what_cannot_be_restored_is_said_before(at_desk, make_story, make_picture, editor):
    image = make_picture(by=editor)
    story = make_story("A", body=f'<p>A</p><figure data-images="{image.pk}"></figure>', by=editor)
    story.body = "<p>B</p>"
    saving.save_story(story, by=editor)
    image.delete()
    words = desk.text(at_desk.get(desk.page("restore_save", story.pk, 1)))
    assert "Left out: 1 picture is gone from the library, or you may not use it." in words
    assert "1 picture is gone" in desk.text(at_desk.get(desk.page("save", story.pk, 1)))


def test_no_page_names_a_related_story_that_is_hidden_from_its_reader(
    draft, reporter, editor, other_reporter, make_story
):
    hidden = make_story("Hidden from the reporter", by=other_reporter)
    for links in ([ContentLink(target_id=hidden.pk)], []):
        saving.save_story(Article.objects.get(pk=draft.pk), by=editor, links=links)
    client = desk.log_in(Client(), reporter)
    for address in (
        f"{desk.page('compare', draft.pk)}?old=save-2&new=copy",
        desk.page("restore_save", draft.pk, 2),
        desk.page("restore", draft.pk, "save-2"),
        desk.page("save_preview", draft.pk, 2),
        desk.page("read_page", draft.pk, "save-2"),
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert "Hidden from the reporter" not in response.content.decode(), address
    words = desk.text(client.get(desk.page("restore_save", draft.pk, 2)))
    assert "[added: (a story that you may not see yet) ]" in words


def test_deleting_the_story_deletes_its_saves(story, managing_editor):
    client = desk.log_in(Client(), managing_editor)
    client.post(desk.page("delete", story.pk), {"post": "yes"})
    assert not Save.objects.exists()


def test_the_pages_ask_the_database_little(at_desk, story, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        at_desk.get(desk.page("save", story.pk, 1))
    with django_assert_max_num_queries(24):
        at_desk.get(desk.page("restore_save", story.pk, 1))
