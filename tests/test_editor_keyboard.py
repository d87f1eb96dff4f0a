"""All of it with the keyboard alone."""

import pytest
from playwright.sync_api import expect

from media.models import Image
from tests.editor_page import Editor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.editor_page"),
]


@pytest.fixture
def ids(reporter, make_picture):
    return [make_picture(by=reporter, caption=f"Default {n}").pk for n in range(3)]


@pytest.fixture
def editor(open_page, reporter, ids):
    a, b, c = ids
    editor = Editor(
        open_page(user=reporter),
        f'<p>One</p><figure data-images="{a} {b}"><figcaption>First</figcaption></figure>'
        f'<figure data-images="{c}"><figcaption>Second</figcaption></figure><p>Two</p>',
    )
    editor.pictures(3)
    editor.text.locator("p").first.click()
    yield editor
    assert editor.reports == []


def press(editor: Editor, *keys: str) -> None:
    for key in keys:
        editor.page.keyboard.press(key)


def focused(editor: Editor) -> str:
    """The label of what has the focus, inside figures too."""
    return editor.page.evaluate(
        """() => {
            let found = document.activeElement;
            while (found.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
            return found.getAttribute("aria-label") ?? found.textContent;
        }"""
    )


@pytest.mark.engines
def test_tab_walks_from_the_text_through_pictures_caption_and_tools(editor):
    press(editor, "Tab")
    assert focused(editor).startswith("Picture 1 of 2")
    press(editor, "Tab")
    assert focused(editor).startswith("Picture 2 of 2")
    press(editor, "Tab")
    assert focused(editor) == "Caption"
    press(editor, "Tab")
    assert focused(editor) == "Add pictures here, under this caption"
    press(editor, "ArrowLeft", "ArrowLeft")
    assert focused(editor) == "Move up"
    press(editor, "Tab")
    assert focused(editor).startswith("Picture 1 of 1")
    press(editor, "Shift+Tab", "Shift+Tab")
    assert focused(editor) == "Caption"


def test_a_picture_opens_with_enter_and_closes_with_escape(editor, ids):
    press(editor, "Tab", "Enter")
    editor.page.keyboard.type("Thuyền")
    press(editor, "Tab", "Escape")
    editor.figures.get_by_role("button", name="Picture 1 of 2: Thuyền").wait_for()
    assert focused(editor).startswith("Picture 1 of 2: Thuyền")
    assert Image.objects.get(pk=ids[0]).alt_text == "Thuyền"


def test_figures_move_and_pictures_are_split_off(editor, ids):
    a, b, c = ids
    press(editor, "Tab", "Tab", "Tab", "Tab", "ArrowLeft", "ArrowLeft", "Enter")
    assert editor.data().startswith(f'<figure data-images="{a} {b}">')
    press(editor, "Control+z")
    press(editor, "Tab", "Enter")
    # The first picture cannot go left: behind alt text and credit comes the other arrow.
    press(editor, "Tab", "Tab", "Enter")
    assert f'data-images="{b} {a}"' in editor.data()
    assert focused(editor) == "Move this picture to the left"
    press(editor, "Tab", "Enter")
    split = f'<figure data-images="{a}"><figcaption>Default 0</figcaption></figure>'
    assert f'{split}<figure data-images="{c}">' in editor.data()


@pytest.mark.engines
def test_arrows_enter_and_leave_captions_and_enter_goes_on(editor):
    editor.captions.first.click()
    press(editor, "End", "Enter")
    editor.page.keyboard.type("X")
    assert "<figcaption>SecondX</figcaption>" in editor.data()
    press(editor, "Enter")
    editor.page.keyboard.type("Y")
    assert editor.data().endswith("<p>YTwo</p>")
    press(editor, "Shift+Enter")
    assert editor.data().endswith("<p>Y<br>Two</p>")


@pytest.mark.engines
def test_select_all_in_a_caption_selects_the_caption(editor):
    editor.captions.first.click()
    press(editor, "Control+a")
    editor.page.keyboard.type("New")
    assert "<figcaption>New</figcaption>" in editor.data()
    assert "<p>One</p>" in editor.data()


@pytest.mark.engines
@pytest.mark.parametrize("place", ["first", "last"])
def test_select_all_in_the_caption_of_a_figure_at_the_edge_leaves_the_text(editor, ids, place):
    figure = f'<figure data-images="{ids[0]}"><figcaption>{{}}</figcaption></figure>'
    body = f"{figure}<p>One</p>" if place == "first" else f"<p>One</p>{figure}"
    editor.set_data(body.format("Old"))
    editor.captions.first.click()
    for words in ("New", "Newer"):
        press(editor, "Control+a")
        editor.page.keyboard.type(words)
        assert editor.data() == body.format(words)


def test_enter_on_a_selected_figure_writes_below_it(editor):
    editor.select_figure(0)
    press(editor, "Enter")
    editor.page.keyboard.type("Between")
    assert "</figure><p>Between</p><figure" in editor.data()


@pytest.mark.engines
def test_delete_takes_a_selected_figure_and_undo_brings_it_back(editor):
    before = editor.data()
    editor.select_figure(0)
    press(editor, "Delete")
    assert editor.figures.count() == 1
    press(editor, "Control+z")
    assert editor.data() == before


@pytest.mark.engines
def test_pictures_of_the_library_are_found_and_taken_in_the_order_of_choosing(editor, ids):
    a, _b, c = ids
    editor.page.get_by_role("button", name="From the library").focus()
    press(editor, "Enter")
    grid = editor.page.get_by_role("listbox")
    grid.get_by_role("option").nth(2).wait_for()
    with editor.page.expect_response("**q=defAULT&**"):
        editor.page.keyboard.type("defAULT")
    expect(editor.page.get_by_role("dialog").get_by_role("status")).to_have_text("")
    # Newest first: the last one brought, then the first one.
    press(editor, "ArrowDown", " ", "ArrowRight", "ArrowRight", " ")
    assert editor.page.get_by_role("button", name="Insert (2)").is_visible()
    press(editor, "Enter")
    assert (
        f'<p>One</p><figure data-images="{c}"><figcaption>Default 2</figcaption></figure>'
        f'<figure data-images="{a}"><figcaption>Default 0</figcaption></figure>'
    ) in editor.data()
    assert editor.page.get_by_role("dialog").count() == 0


def test_the_picker_closes_with_escape_and_changes_nothing(editor):
    before = editor.data()
    editor.page.get_by_role("button", name="From the library").click()
    editor.page.get_by_role("listbox").get_by_role("option").first.wait_for()
    press(editor, "Escape")
    assert editor.page.get_by_role("dialog").count() == 0
    assert editor.data() == before


def test_a_search_without_result_says_so(editor):
    editor.page.get_by_role("button", name="From the library").click()
    editor.page.get_by_role("listbox").get_by_role("option").first.wait_for()
    editor.page.keyboard.type("không có")
    editor.page.get_by_text("No picture found").wait_for()


def test_a_click_on_the_label_leads_to_the_text(editor):
    editor.page.get_by_text("Body:", exact=True).click()
    editor.page.keyboard.type("Z")
    assert "Z" in editor.data()
