"""All pictures of a story at once: their alt texts in one go, their order in one step."""

import re

import pytest
from playwright.sync_api import expect

from media.models import Image
from tests.editor_page import Editor, photos

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.editor_page"),
]


@pytest.fixture
def ids(reporter, make_picture):
    return [make_picture(by=reporter).pk for _n in range(7)]


def body_of(*figures: tuple[str, list[int]]) -> str:
    """Figures with a paragraph before each."""
    return "".join(
        f'<p>Before {caption}</p><figure data-images="{" ".join(map(str, ids))}">'
        f"<figcaption>{caption}</figcaption></figure>"
        for caption, ids in figures
    )


@pytest.fixture
def open_editor(open_page, reporter, ids):
    """Four figures of one picture, one of three."""
    editors = []

    def open_one(**options: object) -> Editor:
        figures = [(f"Caption {n}", [ids[n]]) for n in range(4)]
        editor = Editor(
            open_page(user=reporter, **options),
            body_of(*figures, ("Three", ids[4:])) + "<p>End</p>",
        )
        editor.pictures(7)
        editors.append(editor)
        return editor

    yield open_one
    assert [editor.reports for editor in editors] == [[]] * len(editors)


@pytest.fixture
def editor(open_editor):
    return open_editor()


def alts(ids: list[int]) -> list[str]:
    return [Image.objects.get(pk=pk).alt_text for pk in ids]


def say_of_each(editor: Editor, words: list[str]) -> None:
    for word in words:
        editor.page.keyboard.type(word)
        editor.page.keyboard.press("Enter")


@pytest.mark.engines
def test_seven_alt_texts_take_one_click_and_one_key_each(editor, ids):
    editor.text.locator("p").last.click()
    editor.page.keyboard.press("End")
    bar = editor.page.locator(".figures-summary")
    expect(bar).to_contain_text("Pictures: 7. No alt text yet: 7.")
    bar.get_by_role("button", name="Write alt texts").click()
    words = [f"Alt {n}" for n in range(7)]
    say_of_each(editor, words[:2])
    expect(editor.figures.nth(2).get_by_role("textbox", name="Alt text 3 of 7")).to_be_focused()
    say_of_each(editor, words[2:])
    editor.notice.get_by_text("All pictures have an alt text.").wait_for()
    assert alts(ids) == words
    expect(bar).to_contain_text("Pictures: 7. All have an alt text.")
    expect(bar.get_by_role("button", name="Write alt texts")).to_be_hidden()
    # Back where one was.
    editor.page.keyboard.type("!")
    assert editor.data().endswith("<p>End!</p>")


@pytest.mark.engines
def test_one_begins_at_any_picture_and_what_has_an_alt_text_is_passed_over(editor, ids):
    Image.objects.filter(pk=ids[2]).update(alt_text="Known")
    editor.page.reload()
    editor.pictures(7)
    editor.open_picture(1, 0)
    say_of_each(editor, ["Second"])
    # From there on, and then from the beginning.
    expect(editor.figures.nth(3).get_by_role("textbox", name="Alt text 2 of 6")).to_be_focused()
    # The second of three pictures is passed by, and told of.
    say_of_each(editor, ["Fourth", "Fifth", "", "Seventh"])
    expect(editor.figures.nth(0).get_by_role("textbox", name="Alt text 6 of 6")).to_be_focused()
    say_of_each(editor, ["First"])
    editor.notice.get_by_text("No alt text yet: 1.").wait_for()
    assert alts(ids) == ["First", "Second", "Known", "Fourth", "Fifth", "", "Seventh"]


@pytest.mark.engines
def test_escape_leads_back_where_one_was(editor, ids):
    editor.captions.first.click()
    editor.page.keyboard.press("End")
    editor.page.get_by_role("button", name="Write alt texts").click()
    say_of_each(editor, ["One"])
    editor.page.keyboard.type("Two")
    editor.page.keyboard.press("Escape")
    editor.page.keyboard.type("!")
    assert "<figcaption>Caption 0!</figcaption>" in editor.data()
    editor.page.locator(".figures-summary").get_by_text("No alt text yet: 5.").wait_for()
    assert alts(ids[:3]) == ["One", "Two", ""]
    # Later, at a picture that one has opened oneself, one stays there.
    editor.page.get_by_role("button", name="Write alt texts").click()
    editor.open_picture(3, 0)
    editor.page.keyboard.press("Escape")
    expect(editor.figures.nth(3).locator("button.picture")).to_be_focused()


@pytest.mark.engines
def test_an_alt_text_that_was_refused_stands_in_its_field_again(editor, ids):
    address = f"**/pictures/{ids[0]}/describe/"
    editor.page.route(address, lambda route: route.abort())
    editor.page.get_by_role("button", name="Write alt texts").click()
    say_of_each(editor, ["First words"])
    editor.notice.get_by_text("cannot be reached").wait_for()
    say_of_each(editor, [f"Alt {n}" for n in range(1, 7)])
    field = editor.figures.nth(0).get_by_role("textbox", name="Alt text")
    expect(field).to_be_focused()
    expect(field).to_have_value("First words")
    editor.page.unroute(address)
    editor.page.keyboard.press("Enter")
    editor.notice.get_by_text("All pictures have an alt text.").wait_for()
    assert alts(ids)[0] == "First words"


def test_of_pictures_that_have_not_come_yet_nothing_is_said(open_page, reporter):
    editor = Editor(open_page(user=reporter), "<p>One</p>")
    bar = editor.page.locator(".figures-summary")
    editor.text.locator("p").click()
    editor.paste(html='<p>Two</p><p><img src="file:///C:/a.png" width="400" height="300"></p>')
    expect(editor.figures).to_have_count(1)
    editor.slow_uploads()
    editor.drop(photos("1.jpg"))
    expect(editor.figures).to_have_count(2)
    expect(bar.get_by_role("button", name="Change the order")).to_be_visible()
    assert "alt text" not in bar.inner_text()
    editor.let_uploads_go()
    expect(bar).to_contain_text("Pictures: 1. No alt text yet: 1.")


@pytest.mark.engines
def test_a_story_without_pictures_has_no_row_of_them(open_page, reporter):
    editor = Editor(open_page(user=reporter), "<p>One</p>")
    assert editor.page.locator(".figures-summary").is_hidden()


def order(editor: Editor, ids: list[int]) -> str:
    """Paragraphs as |, figures as the places of their pictures in the beginning."""
    text = re.sub(
        r'<figure data-images="([0-9 ]+)"><figcaption>(.*?)</figcaption></figure>',
        lambda found: "".join(str(ids.index(int(pk))) for pk in found[1].split()) + found[2][-1],
        editor.data(),
    )
    return re.sub(r"<p>.*?</p>", "|", text)


BEFORE = "|00|11|22|33|456e|"


def open_order(editor: Editor):
    editor.page.get_by_role("button", name="Change the order", exact=True).click()
    dialog = editor.page.get_by_role("dialog", name="Order of the pictures")
    dialog.wait_for()
    return dialog


@pytest.mark.engines
def test_figures_change_places_by_buttons_in_one_step_of_undo(editor, ids):
    assert order(editor, ids) == BEFORE
    dialog = open_order(editor)
    dialog.get_by_role("option", name="Caption 3, place 4 of 5").click()
    dialog.get_by_role("button", name="To the front").click()
    expect(dialog.get_by_role("status")).to_have_text("Now at place 1 of 5.")
    dialog.get_by_role("option", name="Caption 0, place 2 of 5").click()
    dialog.get_by_role("button", name="Later").click()
    dialog.get_by_role("button", name="Later").click()
    dialog.get_by_role("button", name="Use this order").click()
    after = "|33|11|22|00|456e|"
    assert order(editor, ids) == after
    editor.page.keyboard.press("Control+z")
    assert order(editor, ids) == BEFORE
    editor.page.keyboard.press("Control+y")
    assert order(editor, ids) == after


@pytest.mark.engines
def test_pictures_change_places_inside_their_figure_with_keys_alone(editor, ids):
    editor.page.get_by_role("button", name="Change the order", exact=True).focus()
    editor.page.keyboard.press("Enter")
    dialog = editor.page.get_by_role("dialog")
    expect(dialog.get_by_role("option", selected=True)).to_be_focused()
    # The last picture of three.
    for key in ("End", "Alt+ArrowLeft", "Alt+ArrowLeft"):
        editor.page.keyboard.press(key)
    expect(dialog.get_by_role("button", name="To the front")).to_be_disabled()
    # All three of them to the front of the story.
    for key in ("ArrowLeft", "Alt+Home", "Tab", "Tab", "Tab", "Enter"):
        editor.page.keyboard.press(key)
    assert order(editor, ids) == "|645e|00|11|22|33|"
    expect(editor.page.get_by_role("button", name="Change the order", exact=True)).to_be_focused()
    editor.page.keyboard.press("Control+z")
    assert order(editor, ids) == BEFORE


def test_pictures_are_dragged_to_another_place(editor, ids):
    dialog = open_order(editor)
    options = dialog.get_by_role("option")
    options.nth(0).drag_to(options.nth(2))
    expect(options.nth(2)).to_have_attribute("aria-label", "Caption 0, place 3 of 5")
    options.nth(7).drag_to(options.nth(5))
    dialog.get_by_role("button", name="Use this order").click()
    assert order(editor, ids) == "|11|22|00|33|645e|"


@pytest.mark.engines
def test_given_up_nothing_changes(editor, ids):
    dialog = open_order(editor)
    dialog.get_by_role("button", name="Later").click()
    dialog.get_by_role("button", name="Cancel").click()
    assert order(editor, ids) == BEFORE
    dialog = open_order(editor)
    dialog.get_by_role("button", name="Use this order").click()
    assert order(editor, ids) == BEFORE


@pytest.mark.engines
def test_many_pictures_of_one_figure_are_put_in_order_from_its_own_button(open_editor, ids):
    phone = open_editor(width=390, height=844)
    phone.tool("Change the order of these pictures", 4).click()
    dialog = phone.page.get_by_role("dialog", name="Order of the pictures")
    chosen = dialog.get_by_role("option", selected=True)
    expect(chosen).to_have_attribute("aria-label", re.compile("place 1 of 3$"))
    dialog.get_by_role("button", name="To the end").click()
    dialog.get_by_role("button", name="Use this order").click()
    assert order(phone, ids) == "|00|11|22|33|564e|"


@pytest.mark.engines
def test_videos_have_their_place_among_the_figures(open_page, reporter, ids):
    video = '<figure data-embed="https://www.youtube.com/watch?v=aqz-KE-bpKQ"></figure>'
    picture = f'<figure data-images="{ids[0]}"></figure>'
    editor = Editor(open_page(user=reporter), f"<p>One</p>{video}<p>Two</p>{picture}")
    editor.figures.locator("button.picture").wait_for()
    dialog = open_order(editor)
    dialog.get_by_role("option", name="Video and its title, place 1 of 2").click()
    dialog.get_by_role("button", name="Later").click()
    dialog.get_by_role("button", name="Use this order").click()
    assert editor.data() == f"<p>One</p>{picture}<p>Two</p>{video}"
    assert editor.reports == []
