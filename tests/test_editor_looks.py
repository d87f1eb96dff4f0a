"""The editor on a phone and a desktop, light and dark: readable, big enough to touch, accessible."""

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


@pytest.fixture
def body(reporter, make_picture) -> str:
    a, b, c = (make_picture(by=reporter).pk for _n in range(3))
    return (
        f'<p>Text with a <a href="https://example.com/">link</a></p><figure data-images="{a}">'
        f'<figcaption>Caption</figcaption></figure><h2>Heading</h2><figure data-images="{b} {c}">'
        "</figure><ul><li>Item</li></ul><table><thead><tr><th>Head</th></tr></thead>"
        "<tbody><tr><td>Cell</td></tr></tbody></table><blockquote><p>Quote</p></blockquote>"
    )


def violations(editor: Editor) -> list[str]:
    """What axe finds wrong in the editor and its dialogs."""
    found = Axe().run(editor.page, context=".django-ckeditor-widget, dialog").response
    return [
        f"{rule['id']}: {node['html']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page, reporter, body, scheme):
    editor = Editor(open_page(user=reporter, color_scheme=scheme), body)
    editor.pictures(3)
    assert violations(editor) == []
    editor.drop({"bad.jpg": b"no picture", "bad2.jpg": b"neither"})
    editor.figures.locator(".failed").nth(1).wait_for()
    editor.open_picture(1, 0)
    assert violations(editor) == []
    editor.page.get_by_role("button", name="From the library").click()
    editor.page.get_by_role("listbox").get_by_role("option").nth(2).click()
    assert violations(editor) == []
    assert editor.reports == []


def test_buttons_are_big_enough_for_a_finger_and_nothing_sticks_out(open_page, reporter, body):
    editor = Editor(open_page(user=reporter, **PHONE), body)
    editor.pictures(3)
    editor.open_picture(1, 1)
    small = [
        (button.inner_text(), box)
        for button in editor.page.locator(
            ".django-ckeditor-widget button:visible, .cke_top .cke_button:visible,"
            " .cke_top .cke_combo_button:visible, .panel input:visible"
        ).all()
        if (box := button.bounding_box()) and (box["height"] < FINGER or box["width"] < FINGER)
    ]
    assert small == []
    assert editor.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_phone_orders_joins_and_describes_by_taps(open_page, reporter, body):
    editor = Editor(open_page(user=reporter, **PHONE), body)
    editor.pictures(3)
    editor.tool("Move down").tap()
    editor.tool("Join with the pictures above, under one caption", 1).wait_for()
    editor.tool("Join with the pictures above, under one caption", 1).tap()
    assert editor.figures.count() == 1
    editor.figures.locator("button.picture").nth(2).tap()
    editor.tool("Move this picture to the left").tap()
    editor.captions.first.tap()
    editor.page.keyboard.press("End")
    editor.page.keyboard.type("!")
    assert "Caption!" in editor.data()


def test_the_toolbar_stays_in_sight(open_page, reporter, body):
    editor = Editor(open_page(user=reporter), body)
    editor.pictures(3)
    editor.text.get_by_text("Quote").scroll_into_view_if_needed()
    editor.page.mouse.wheel(0, 5000)
    editor.page.wait_for_function("scrollY > 300")
    assert 0 <= editor.page.locator(".cke_top").bounding_box()["y"] < 60


def test_the_editor_speaks_the_users_language(open_page, reporter, body):
    editor = Editor(open_page(user=reporter, locale="vi-VN"), body)
    assert editor.page.evaluate("CKEDITOR.instances.id_body.langCode") == "vi"


def test_the_tools_are_called_what_the_newsroom_calls_them(open_page, reporter, body):
    editor = Editor(open_page(user=reporter, locale="vi-VN"), body)
    found = editor.page.locator(".cke_top [title]").evaluate_all("all => all.map(e => e.title)")
    titles = {title.partition(" (")[0] for title in found}
    assert {
        "Hoàn tác",
        "Làm lại",
        "Xóa liên kết",
        "Danh sách dấu chấm",
        "Danh sách số",
        "Xóa định dạng",
    } <= titles
    assert not [title for title in titles if "oá" in title]
    editor.page.locator(".cke_combo_button").click()
    formats = editor.page.frame_locator(".cke_panel_frame").get_by_role("option")
    assert formats.all_inner_texts() == ["Đoạn văn", "Tiêu đề 2", "Tiêu đề 3"]


def test_the_toolbars_dialogs_work_under_the_desks_policy(open_page, reporter):
    """No report of a violated Content-Security-Policy, whatever is opened."""
    editor = Editor(open_page(user=reporter), "<p>Words to find</p>")
    page = editor.page
    editor.text.get_by_text("Words").click()
    page.keyboard.press("Home")
    for _letter in "Words":
        page.keyboard.press("Shift+ArrowRight")
    editor.notice_selection()
    expect(page.locator(".cke_button__link")).to_have_attribute("aria-disabled", "false")
    page.locator(".cke_button__link").click()
    page.get_by_role("textbox", name="URL").fill("example.com/a?b=1&c=2")
    page.get_by_role("button", name="OK").click()
    page.locator(".cke_button__find").click()
    page.get_by_role("tab", name="Replace").click()
    page.locator(".cke_dialog_page_contents:visible input[type=text]").nth(0).fill("find")
    page.locator(".cke_dialog_page_contents:visible input[type=text]").nth(1).fill("keep")
    page.get_by_role("button", name="Replace All").click()
    page.keyboard.press("Escape")
    page.locator(".cke_combo_button").click()
    page.frame_locator(".cke_panel_frame").get_by_role("option", name="Heading 2").click()
    assert editor.data() == (
        '<h2><a href="https://example.com/a?b=1&amp;c=2">Words</a> to keep</h2>'
    )
    assert editor.reports == []
