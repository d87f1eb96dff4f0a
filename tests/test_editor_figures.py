"""What can be done to the figures of a text, by buttons; undo and redo over all of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.editor_page import Editor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.editor_page"),
]


@pytest.fixture
def ids(reporter, make_picture):
    return [make_picture(by=reporter).pk for _n in range(4)]


@pytest.fixture
def story(open_page, reporter, ids):
    """Text, two pictures over one caption, text, a figure of one, a figure without a caption."""
    a, b, c, d = ids
    editor = Editor(
        open_page(user=reporter),
        f'<p>One</p><figure data-images="{a} {b}"><figcaption>Two boats</figcaption></figure>'
        f'<p>Two</p><figure data-images="{c}"><figcaption>A <em>house</em></figcaption></figure>'
        f'<figure data-images="{d}"></figure>',
    )
    editor.pictures(4)
    editor.ids = ids
    yield editor
    assert editor.reports == []


def shape(editor: Editor) -> str:
    """The body with a figure as [pictures by letter: caption]."""

    def figure(match: re.Match[str]) -> str:
        letters = "".join("abcd"[editor.ids.index(int(pk))] for pk in match[1].split())
        return f"[{letters}:{match[2] or ''}]"

    return (
        re.sub(
            r'<figure data-images="([0-9 ]+)">(?:<figcaption>(.*?)</figcaption>)?</figure>',
            figure,
            editor.data(),
        )
        .replace("<p>", "|")
        .replace("</p>", "|")
    )


BEFORE = "|One|[ab:Two boats]|Two|[c:A <em>house</em>][d:]"


def undone_and_redone(editor: Editor, after: str, before: str = BEFORE) -> None:
    """One step of undo leads back, one of redo leads there again."""
    assert shape(editor) == after
    editor.page.keyboard.press("Control+z")
    assert shape(editor) == before
    editor.page.keyboard.press("Control+y")
    assert shape(editor) == after


def test_the_story_stands_as_it_came(story):
    assert shape(story) == BEFORE


@pytest.mark.engines
def test_a_figure_moves_between_paragraphs_and_the_button_stays_in_hand(story):
    story.tool("Move down").click()
    story.page.keyboard.press("Enter")
    assert shape(story) == "|One||Two|[c:A <em>house</em>][ab:Two boats][d:]"
    story.page.keyboard.press("Control+z")
    assert shape(story) == "|One||Two|[ab:Two boats][c:A <em>house</em>][d:]"
    story.page.keyboard.press("Control+z")
    assert shape(story) == BEFORE


def test_a_figure_at_the_top_can_only_go_down(story):
    story.tool("Move up").click()
    undone_and_redone(story, "[ab:Two boats]|One||Two|[c:A <em>house</em>][d:]")
    assert story.tool("Move up").is_disabled()


@pytest.mark.engines
def test_figures_are_joined_and_keep_the_words_of_both(story):
    story.captions.nth(2).click()
    story.page.keyboard.type("A garden")
    before = BEFORE.replace("[d:]", "[d:A garden]")
    story.tool("Join with the pictures above, under one caption", 2).click()
    undone_and_redone(story, "|One|[ab:Two boats]|Two|[cd:A <em>house</em>. A garden.]", before)


def test_there_is_nothing_to_join_under_a_paragraph(story):
    assert story.tool("Join with the pictures above, under one caption", 0).is_disabled()


@pytest.mark.engines
def test_a_picture_is_split_off_into_its_own_figure(story):
    story.open_picture(0, 0)
    story.tool("Split off").click()
    undone_and_redone(story, "|One|[b:Two boats][a:]|Two|[c:A <em>house</em>][d:]")


def test_pictures_change_places_inside_a_figure(story):
    story.open_picture(0, 1)
    assert story.tool("Move this picture to the right").is_disabled()
    story.tool("Move this picture to the left").click()
    undone_and_redone(story, "|One|[ba:Two boats]|Two|[c:A <em>house</em>][d:]")


def test_a_picture_is_removed_from_a_figure(story):
    story.open_picture(0, 1)
    story.tool("Remove").click()
    undone_and_redone(story, "|One|[a:Two boats]|Two|[c:A <em>house</em>][d:]")


def test_a_figure_is_removed(story):
    story.tool("Remove these pictures and their caption", 1).click()
    undone_and_redone(story, "|One|[ab:Two boats]|Two|[d:]")


def test_a_paragraph_is_written_below_a_figure(story):
    story.tool("Write a paragraph below", 1).click()
    story.page.keyboard.type("Between")
    assert shape(story) == "|One|[ab:Two boats]|Two|[c:A <em>house</em>]|Between|[d:]"


def test_the_first_picture_leads_until_another_is_chosen(story):
    lead = story.page.locator("#id_lead_image")
    badge = story.text.locator(".badges .lead")
    assert story.figures.nth(0).locator(".badges .lead").count() == badge.count() == 1
    story.open_picture(1, 0)
    story.tool("Lead picture", 1).click()
    assert story.figures.nth(1).locator(".badges .lead").count() == badge.count() == 1
    expect(lead).to_have_value(str(story.ids[2]))
    story.page.keyboard.press("Control+z")
    expect(lead).to_have_value("")
    story.page.keyboard.press("Control+y")
    expect(lead).to_have_value(str(story.ids[2]))
    # Without its picture the choice is gone, and comes back with it.
    story.tool("Remove these pictures and their caption", 1).click()
    assert story.figures.nth(0).locator(".badges .lead").count() == badge.count() == 1
    expect(lead).to_have_value("")
    story.page.keyboard.press("Control+z")
    assert story.save()["lead_image"] == str(story.ids[2])


def test_a_chosen_lead_picture_is_known_again(open_page, reporter, ids):
    body = "".join(f'<figure data-images="{pk}"></figure>' for pk in ids[:2])
    editor = Editor(open_page(user=reporter), body, lead=ids[1])
    editor.pictures(2)
    assert editor.figures.nth(1).locator(".badges .lead").count() == 1
    assert editor.save() == {"body": body, "lead_image": str(ids[1]), "_save": "Save"}


def test_a_lead_picture_from_outside_the_text_stays(open_page, reporter, ids):
    editor = Editor(open_page(user=reporter), f'<figure data-images="{ids[0]}"></figure>', lead=99)
    editor.pictures(1)
    editor.captions.first.click()
    editor.page.keyboard.type("Words")
    assert editor.save()["lead_image"] == "99"


@pytest.mark.engines
def test_alt_text_and_credit_are_one_click_away_and_kept_in_the_library(story, ids, reporter):
    from media.models import Image

    assert story.figures.nth(1).locator(".no-alt").is_visible()
    story.open_picture(1, 0)
    story.page.keyboard.type("Nhà sàn bên suối")
    story.page.keyboard.press("Tab")
    story.page.keyboard.type("Minh Khuê")
    story.page.keyboard.press("Enter")
    story.figures.nth(1).get_by_text("Saved in the library.").wait_for()
    story.figures.nth(1).locator(".no-alt").wait_for(state="detached")
    image = Image.objects.get(pk=ids[2])
    assert (image.alt_text, image.credit) == ("Nhà sàn bên suối", "Minh Khuê")
    assert shape(story) == BEFORE
    story.page.keyboard.press("Escape")
    assert story.figures.nth(1).locator(".panel").is_hidden()
    # None of it is a step of undo, nor a change of the text.
    story.page.keyboard.press("Control+z")
    assert shape(story) == BEFORE


def test_who_did_not_bring_a_picture_reads_its_alt_text(
    open_page, other_reporter, make_story, publish_at, now, ids
):
    body = f'<figure data-images="{ids[0]}"></figure>'
    from django.contrib.auth.models import User

    owner = User.objects.get(username="reporter")
    publish_at(make_story("Story", by=owner, body=body), now)
    editor = Editor(open_page(user=other_reporter), body)
    editor.open_picture(0, 0)
    field = editor.figures.first.get_by_role("textbox", name="Alt text")
    assert not field.is_editable()


def test_a_picture_that_is_gone_says_so_and_keeps_its_place(open_page, reporter):
    body = '<figure data-images="987654"><figcaption>Words</figcaption></figure>'
    editor = Editor(open_page(user=reporter), body)
    editor.figures.first.get_by_text("Picture no. 987654 is gone").wait_for()
    assert editor.save()["body"] == body


@pytest.mark.engines
def test_a_figure_is_copied_and_pasted_whole(story):
    story.select_figure(1)
    story.page.keyboard.press("Control+c")
    # What is copied is selected in a place of its own for a moment.
    story.page.locator("#cke_copybin").wait_for(state="detached")
    story.text.locator("p").first.click()
    expect(story.text.locator(".cke_widget_focused")).to_have_count(0)
    story.page.keyboard.press("End")
    story.notice_selection()
    story.page.keyboard.press("Control+v")
    story.figures.nth(3).wait_for()
    assert shape(story).count("[c:A <em>house</em>]") == 2
