"""What is selected in a caption stays in it; what is written over comes back by one undo."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.editor_page import Editor, photos

pytestmark = [
    pytest.mark.browser,
    pytest.mark.engines,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.editor_page"),
]

WORDS = "Thuyền về bến lúc sáu giờ"


@pytest.fixture
def ids(reporter, make_picture):
    return [make_picture(by=reporter).pk for _n in range(2)]


@pytest.fixture
def editor(open_page, reporter):
    # So high that the mouse reaches whatever stands around a picture.
    editor = Editor(open_page(user=reporter, height=1400), "<p>One</p>")
    yield editor
    assert editor.reports == []


@pytest.fixture
def places(ids) -> list[str]:
    """Texts with the figure in the middle, first, last, alone, and below another one."""
    figure = f'<figure data-images="{ids[0]}"><figcaption>{{}}</figcaption></figure>'
    other = f'<figure data-images="{ids[1]}"><figcaption>Other</figcaption></figure>'
    return [
        f"<p>One</p>{figure}<p>Two</p>",
        f"{figure}<p>One</p>",
        f"<p>One</p>{figure}",
        figure,
        f"{other}{figure}",
    ]


def press(editor: Editor, *keys: str) -> None:
    for key in keys:
        editor.page.keyboard.press(key)


def becomes(editor: Editor, data: str) -> None:
    """Wait until this stands in the text; cutting and undoing answer a moment later."""
    editor.page.wait_for_function(
        "data => CKEDITOR.instances.id_body.getData().replaceAll('&nbsp;', ' ') === data", arg=data
    )


def overwritten_and_undone(editor: Editor, body: str, select: Callable[[], None]) -> None:
    """Whatever overwrites the selection changes nothing but the caption; one undo brings it back."""
    before = body.format(WORDS)
    for overwrite, left in (
        (lambda: editor.page.keyboard.type("Mới"), "Mới"),
        (lambda: press(editor, "Backspace"), ""),
        (lambda: press(editor, "Delete"), ""),
        (lambda: press(editor, "Control+x"), ""),
        (lambda: editor.page.keyboard.insert_text("mới"), "mới"),
    ):
        select()
        overwrite()
        becomes(editor, body.format(left).replace("<figcaption></figcaption>", ""))
        press(editor, "Control+z")
        becomes(editor, before)


def caption(editor: Editor):
    return editor.captions.filter(has_text=WORDS)


@pytest.mark.parametrize(
    "keys",
    [
        ["Control+a"],
        ["Control+a", "Control+a"],
        ["Home", *["Shift+ArrowDown"] * 3],
        ["End", *["Shift+ArrowUp"] * 3],
        ["Home", *["Control+Shift+ArrowDown"] * 3],
        ["End", *["Control+Shift+ArrowUp"] * 3],
        ["Home", "Shift+End", *["Shift+ArrowRight"] * 3],
        ["End", "Shift+Home", *["Control+Shift+ArrowLeft"] * 3],
        ["Home", "Control+Shift+End"],
        ["End", "Control+Shift+Home"],
        ["Home", "Shift+PageDown"],
        ["End", "Shift+PageUp"],
    ],
    ids=" ".join,
)
def test_keys_that_reach_past_a_caption_take_that_caption_only(editor, places, keys):
    for body in places:
        editor.set_data(body.format(WORDS))

        def select() -> None:
            caption(editor).click()
            press(editor, *keys)

        overwritten_and_undone(editor, body, select)


@pytest.mark.parametrize(
    "keys",
    [
        ["Home", "Shift+ArrowLeft", "Control+Shift+ArrowLeft"],
        ["End", "Shift+ArrowRight", "Control+Shift+ArrowRight"],
    ],
    ids=" ".join,
)
def test_keys_that_lead_further_reach_nothing_outside_the_caption(editor, places, keys):
    # Engines differ in whether they take the words up to the edge, or none.
    for body in places:
        before = editor.set_data(body.format(WORDS))
        caption(editor).click()
        press(editor, *keys, "x")
        after = editor.data()
        assert after in (body.format(each) for each in ("x", f"x{WORDS}", f"{WORDS}x"))
        press(editor, "Control+z")
        becomes(editor, before)


def drag(editor: Editor, start, end) -> None:
    mouse = editor.page.mouse
    mouse.move(*start)
    mouse.down()
    mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=4)
    mouse.move(*end, steps=4)
    mouse.up()


def settled(editor: Editor) -> None:
    """Wait until the picture stands there at its size: nothing moves under the mouse any more."""
    editor.pictures(1)
    expect(editor.figures.locator("img")).to_have_css("display", "block")


def at(locator, x: float) -> tuple[float, float]:
    box = locator.bounding_box()
    return box["x"] + x, box["y"] + box["height"] / 2


@pytest.mark.parametrize("down", [0, -150, 100], ids=["three clicks", "dragged up", "dragged down"])
def test_the_mouse_takes_nothing_outside_the_caption(editor, places, down):
    before = editor.set_data(places[0].format(WORDS))
    settled(editor)
    if down:
        x, y = at(caption(editor), 60)
        drag(editor, (x, y), (x + 100, y + down))
    else:
        caption(editor).click(click_count=3)
    press(editor, "x")
    after = editor.data()
    start, _words, rest = before.partition(WORDS)
    assert after.startswith(start)
    assert after.endswith(rest)
    assert "x" in after.removeprefix(start).removesuffix(rest)
    press(editor, "Control+z")
    becomes(editor, before)


@pytest.mark.parametrize("number", [0, 1], ids=["above", "below"])
def test_a_selection_begun_in_the_text_takes_no_part_of_a_caption(editor, places, number):
    body = places[0].format(WORDS)
    editor.set_data(body)
    settled(editor)
    drag(editor, at(editor.text.locator("p").nth(number), 15), at(caption(editor), 60))
    press(editor, "x")
    assert f"<figcaption>{WORDS}</figcaption>" in editor.data()
    press(editor, "Control+z")
    becomes(editor, body)


def test_figures_in_a_selection_are_seen_to_be_selected_and_come_back_by_one_undo(editor, places):
    body = places[0].format(WORDS)
    editor.set_data(body)
    for keys in (["Control+a"], ["Control+Home", "Control+Shift+End"]):
        editor.text.locator("p").first.click()
        press(editor, *keys)
        selected = editor.text.locator(".cke_widget_selected figure")
        selected.wait_for()
        assert selected.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"
        press(editor, "x")
        becomes(editor, "<p>x</p>")
        press(editor, "Control+z")
        becomes(editor, body)
    # What a figure looks like while it is selected is no part of the text.
    assert editor.data() == body


def test_nothing_is_taken_over_a_captions_edge_by_backspace_and_delete(editor, places):
    for body in places:
        before = editor.set_data(body.format(WORDS))
        for keys in (["Home", "Backspace"], ["End", "Delete"]):
            caption(editor).click()
            press(editor, *keys)
            press(editor, keys[0], f"Control+{keys[1]}")
            assert editor.data() == before
        before = editor.set_data(body.replace("<figcaption>{}</figcaption>", ""))
        empty = editor.text.locator("figure", has=editor.page.locator(".placeholder:visible"))
        empty.locator("figcaption").click()
        press(editor, "Control+a", "Backspace", "Delete", "Control+x")
        assert editor.data() == before


def dropped(editor: Editor, pk: int) -> None:
    editor.set_data("<p>One</p><p>Two</p>")
    editor.drop(photos("a.jpg"), on=editor.text.locator("p").first)
    editor.pictures(1)
    editor.page.keyboard.type(WORDS)


def moved(editor: Editor, pk: int) -> None:
    editor.set_data(f"{figure_of(pk)}<p>One</p><p>Two</p>")
    editor.tool("Move down").click()


def pasted(editor: Editor, pk: int) -> None:
    editor.set_data("<p>One</p><p>Two</p>")
    editor.text.locator("p").first.click()
    press(editor, "End")
    editor.notice_selection()
    html = f'<figure data-images="{pk}"><figcaption>{WORDS}</figcaption></figure>'
    editor.paste(html=f"<p> </p>{html}")
    caption(editor).wait_for()


def undone(editor: Editor, pk: int) -> None:
    editor.set_data(f"<p>One</p>{figure_of(pk)}<p>Two</p>")
    editor.tool("Remove these pictures and their caption").click()
    press(editor, "Control+z")
    caption(editor).wait_for()


def redone(editor: Editor, pk: int) -> None:
    before = editor.set_data(f"<p>One</p><p>Two</p>{figure_of(pk)}")
    editor.pictures(1)
    editor.tool("Move up").click()
    after = f"<p>One</p>{figure_of(pk)}<p>Two</p>"
    becomes(editor, after)
    press(editor, "Control+z")
    becomes(editor, before)
    press(editor, "Control+y")
    becomes(editor, after)


def figure_of(pk: int) -> str:
    return f'<figure data-images="{pk}"><figcaption>{WORDS}</figcaption></figure>'


def test_what_is_pasted_over_a_whole_caption_stays_in_it_and_is_one_step_of_undo(editor, places):
    for body in places[:3]:
        before = editor.set_data(body.format(WORDS))
        for content in ({"plain": "Dán"}, {"html": "<p>Dán</p>"}):
            caption(editor).click()
            press(editor, "Control+a")
            editor.notice_selection()
            editor.paste(**content)
            becomes(editor, body.format("Dán"))
            press(editor, "Control+z")
            becomes(editor, before)


@pytest.mark.parametrize("bring", [dropped, moved, pasted, undone, redone])
def test_select_all_takes_the_caption_however_its_figure_came_there(editor, ids, bring):
    bring(editor, ids[0])
    before = editor.data()
    assert before.count("<p>") == 2
    body = before.replace(WORDS, "{}")

    def select() -> None:
        caption(editor).click()
        press(editor, "Control+a")

    if bring is dropped:
        # Without a click between: the caret has stood there since the picture came.
        press(editor, "Control+a")
        editor.page.keyboard.type("Mới")
        becomes(editor, body.format("Mới"))
        press(editor, "Control+z")
        becomes(editor, before)
    overwritten_and_undone(editor, body, select)


def test_every_word_typed_can_be_undone_while_its_key_is_still_down(editor, places):
    editor.set_data(places[0].format(WORDS))
    caption(editor).click()
    press(editor, "End")
    editor.page.keyboard.down("x")
    becomes(editor, places[0].format(f"{WORDS}x"))
    press(editor, "Control+z")
    becomes(editor, places[0].format(WORDS))
