"""The tools over the text: one row on every screen; what does not fit waits behind one button."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.editor_page import Editor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.editor_page"),
]

FINGER = 40
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
TOOLS = [
    "Undo",
    "Redo",
    "Add pictures",
    "From the library",
    "Add a video",
    "Paragraph Format",
    "Bold",
    "Italic",
    "Link",
    "Remove the link",
    "Bulleted list",
    "Numbered list",
    "Block Quote",
    "Table",
    "Paste as plain text",
    "Remove the formatting",
    "Find",
]
MORE = "More tools"
SHOWN = """row => [...row.querySelectorAll("[role=button], button")]
    .filter(tool => tool.checkVisibility({visibilityProperty: true}))
    .map(tool => {
        const {left, top, right, bottom} = tool.getBoundingClientRect();
        const name = tool.title.replace(/ [(].*/, "");
        const cut = [tool, ...tool.children].some(
            each => each.checkVisibility() && each.scrollWidth > Math.ceil(each.clientWidth || 1e9));
        return {name, left, top, right, bottom, cut};
    })"""


def row(page):
    """The toolbar over the text."""
    return page.locator(".cke_top [role=toolbar]")


def more(page):
    """The button behind which tools wait."""
    return page.get_by_role("button", name=MORE, exact=True)


def shown(page) -> list[dict]:
    """The tools in sight, with their boxes, in the order in which they stand."""
    tools = row(page).evaluate(SHOWN)
    return sorted(tools, key=lambda tool: (round(tool["top"]), tool["left"]))


def resize(page, width: int) -> None:
    """Give the window another width; what watches it has its say in the frames that follow."""
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(
        """async width => {
            const frame = () => new Promise(requestAnimationFrame);
            while (innerWidth !== width) await frame();
            await frame();
            await frame();
        }""",
        width,
    )


def names(page) -> list[str]:
    return [tool["name"] for tool in shown(page)]


def faults(page, smallest: int = 0) -> list[dict]:
    """Tools that are cut, too small, over one another, or beyond the toolbar's edges."""
    tools, box = shown(page), row(page).bounding_box()
    right, bottom = box["x"] + box["width"] + 0.5, box["y"] + box["height"] + 0.5
    return [
        tool
        for tool in tools
        if tool["cut"]
        or not (box["x"] - 0.5 <= tool["left"] and tool["right"] <= right)
        or not (box["y"] - 0.5 <= tool["top"] and tool["bottom"] <= bottom)
        or min(tool["right"] - tool["left"], tool["bottom"] - tool["top"]) < smallest
        or any(
            other is not tool
            and tool["left"] < other["right"] - 0.5
            and other["left"] < tool["right"] - 0.5
            and tool["top"] < other["bottom"] - 0.5
            and other["top"] < tool["bottom"] - 0.5
            for other in tools
        )
    ]


def rows(page) -> int:
    return len({round(tool["top"]) for tool in shown(page)})


def focused(page) -> str:
    return page.evaluate("document.activeElement.title.replace(/ [(].*/, '')")


def select_first_word(editor: Editor) -> None:
    """With the keyboard."""
    editor.text.locator("p").first.click()
    editor.page.keyboard.press("Home")
    for _letter in "Words":
        editor.page.keyboard.press("Shift+ArrowRight")
    editor.notice_selection()


@pytest.fixture
def phone(open_page, reporter) -> Editor:
    editor = Editor(open_page(user=reporter, **PHONE), "<p>Words to choose from</p>")
    expect(more(editor.page)).to_be_visible()
    yield editor
    assert editor.reports == []


@pytest.mark.engines
@pytest.mark.parametrize("locale", ["en-GB", "vi-VN"])
def test_a_desktop_shows_all_tools_in_one_row(open_page, reporter, locale):
    editor = Editor(open_page(user=reporter, locale=locale), "<p>Words</p><h2>Head</h2>")
    editor.text.locator("h2").click()
    expect(row(editor.page).locator(".more-tools")).to_be_hidden()
    assert len(shown(editor.page)) == len(TOOLS)
    assert rows(editor.page) == 1
    assert faults(editor.page) == []


@pytest.mark.parametrize("width", [320, 390, 600, 820])
def test_a_finger_finds_every_tool_in_one_row_or_behind_its_last_button(open_page, reporter, width):
    editor = Editor(open_page(user=reporter, **PHONE | {"width": width}), "<p>Words</p>")
    expect(more(editor.page)).to_be_visible()
    assert rows(editor.page) == 1
    assert faults(editor.page, FINGER) == []
    closed = names(editor.page)
    assert closed[-1] == MORE
    assert closed[:-1] == TOOLS[: len(closed) - 1]
    more(editor.page).tap()
    expect(more(editor.page)).to_have_attribute("aria-expanded", "true")
    assert names(editor.page) == [*closed, *TOOLS[len(closed) - 1 :]]
    assert faults(editor.page, FINGER) == []
    assert all(tool["left"] >= 0 and tool["right"] <= width for tool in shown(editor.page))
    more(editor.page).tap()
    expect(more(editor.page)).to_have_attribute("aria-expanded", "false")
    assert names(editor.page) == closed


@pytest.mark.parametrize("width", [390, 600, 1280])
def test_the_row_fits_on_a_slow_line_too(open_page, reporter, width):
    """The style sheet of CKEditor's skin may come after the tools were measured."""
    page = open_page(user=reporter, width=width)
    held = []
    page.route("**/skins/*/editor.css*", lambda route: held.append(route))
    page.goto("/admin/body/")
    measured = ".more-tools[hidden]" if width == 1280 else ".cke_top .behind"
    page.locator(measured).first.wait_for(state="attached")
    held[0].continue_()
    expect(page.locator(".cke_wysiwyg_div")).to_be_visible()
    assert rows(page) == 1
    assert faults(page) == []


def test_undo_and_the_pictures_are_at_hand_on_a_phone(phone):
    assert names(phone.page)[:3] == ["Undo", "Redo", "Add pictures"]


def test_a_window_made_narrow_and_wide_again_shows_what_fits(open_page, reporter):
    editor = Editor(open_page(user=reporter), "<p>Words</p>")
    for width in (700, 500, 390):
        resize(editor.page, width)
        expect(more(editor.page)).to_be_visible()
        assert rows(editor.page) == 1
        assert faults(editor.page) == []
    resize(editor.page, 1280)
    expect(more(editor.page)).to_be_hidden()
    assert names(editor.page) == TOOLS


def test_every_tool_is_reached_with_the_keyboard_alone(phone):
    press = phone.page.keyboard.press
    for _n in range(30):
        press("Tab")
        if focused(phone.page) == MORE:
            break
    closed = names(phone.page)
    press("Enter")
    reached = []
    while focused(phone.page) not in reached:
        reached.append(focused(phone.page))
        assert focused(phone.page) in names(phone.page)
        press("ArrowRight")
    assert sorted(reached) == sorted([*TOOLS, MORE])
    press("End")
    press("Home")
    assert focused(phone.page) == "Undo"
    press("Escape")
    assert focused(phone.page) == MORE
    expect(more(phone.page)).to_have_attribute("aria-expanded", "false")
    press("ArrowLeft")
    assert focused(phone.page) == closed[-2]
    press("Escape")
    phone.page.keyboard.type("X")
    assert "X" in phone.data()


def test_tab_leaves_the_tools_for_the_text(phone):
    more(phone.page).focus()
    phone.page.keyboard.press("Home")
    phone.page.keyboard.press("Tab")
    assert focused(phone.page) == MORE
    phone.page.keyboard.press("Tab")
    phone.page.keyboard.type("X")
    assert "X" in phone.data()
    phone.page.keyboard.press("Shift+Tab")
    assert focused(phone.page) == MORE


@pytest.mark.engines
def test_a_tool_pressed_with_the_keyboard_acts_on_the_selection(phone):
    select_first_word(phone)
    phone.page.keyboard.press("Shift+Tab")
    phone.page.keyboard.press("Enter")
    while focused(phone.page) != "Bold":
        phone.page.keyboard.press("ArrowRight")
    phone.page.keyboard.press("Enter")
    assert phone.data() == "<p><strong>Words</strong> to choose from</p>"
    expect(more(phone.page)).to_have_attribute("aria-expanded", "false")


def test_a_tool_behind_the_button_acts_on_the_selection(phone):
    select_first_word(phone)
    more(phone.page).tap()
    assert phone.page.evaluate("getSelection().toString()") == "Words"
    assert phone.page.evaluate("document.activeElement.isContentEditable")
    phone.page.locator(".cke_button__bold").tap()
    assert phone.data() == "<p><strong>Words</strong> to choose from</p>"
    expect(more(phone.page)).to_have_attribute("aria-expanded", "false")
    more(phone.page).tap()
    phone.page.locator(".cke_combo_button").tap()
    phone.page.frame_locator(".cke_panel_frame").get_by_role("option", name="Heading 2").click()
    assert phone.data() == "<h2><strong>Words</strong> to choose from</h2>"
    expect(more(phone.page)).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("key", ["a", "Enter", "Escape"])
def test_going_on_in_the_text_closes_the_tools(phone, key):
    phone.text.locator("p").click()
    more(phone.page).tap()
    expect(more(phone.page)).to_have_attribute("aria-expanded", "true")
    phone.page.keyboard.press(key)
    expect(more(phone.page)).to_have_attribute("aria-expanded", "false")


def test_the_row_stays_in_sight_and_the_button_under_the_finger(phone):
    phone.set_data("<p>Line</p>" * 60)
    phone.text.locator("p").nth(50).click()
    top = phone.page.locator(".cke_top")
    assert phone.page.evaluate("scrollY") > 300
    for _n in range(4):
        place = more(phone.page).bounding_box()
        assert 0 <= top.bounding_box()["y"] < 1
        phone.page.touchscreen.tap(place["x"] + 20, place["y"] + 20)
        phone.page.evaluate("() => new Promise(requestAnimationFrame)")
        assert more(phone.page).bounding_box() == place
    phone.page.evaluate("scrollTo(0, 0)")
    place = more(phone.page).bounding_box()
    phone.page.touchscreen.tap(place["x"] + 20, place["y"] + 20)
    phone.page.evaluate("() => new Promise(requestAnimationFrame)")
    assert more(phone.page).bounding_box() == place


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_the_tools_open_or_closed(open_page, reporter, scheme):
    page = open_page(user=reporter, color_scheme=scheme, bypass_csp=True, **PHONE)
    editor = Editor(page, "<p>Words</p>")
    more(editor.page).tap()
    for _n in range(2):
        found = Axe().run(page, context=".django-ckeditor-widget").response["violations"]
        assert [(rule["id"], rule["nodes"]) for rule in found] == []
        more(editor.page).tap()
