"""The form leaves its room to the text: high up on a desktop, and between the bars on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles.publishing import saving
from tests import desk
from tests.editor_page import photos

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADD = "/admin/articles/article/add/"
# What sticks to the window's edges, of all that stands on the page; and where the line is.
BARS = """async () => {
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    const stuck = [...document.querySelectorAll("body *")].filter((each) => {
        const box = each.getBoundingClientRect();
        return ["sticky", "fixed"].includes(getComputedStyle(each).position) && box.height
            && each.checkVisibility() && box.bottom > 0 && box.top < innerHeight;
    });
    const seen = stuck.map((each) => each.getBoundingClientRect())
        .map(({top, bottom}) => Math.min(bottom, innerHeight) - Math.max(top, 0));
    const line = (getSelection().anchorNode?.parentElement ?? document.body)
        .getBoundingClientRect();
    const inside = stuck.every((each) => {
        const box = each.getBoundingClientRect();
        return line.bottom <= box.top + 1 || line.top >= box.bottom - 1;
    });
    return [seen.reduce((sum, height) => sum + height, 0), inside];
}"""


def top_of(page, what: str) -> float:
    return page.locator(what).first.bounding_box()["y"]


def wide(page) -> bool:
    """Is anything beyond the window's right edge?"""
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.engines
@pytest.mark.parametrize("locale", ["en-GB", "vi-VN"])
@pytest.mark.parametrize("size", [(1280, 900), (1024, 768), (1920, 1080)])
def test_the_text_of_a_new_story_begins_above_the_middle(
    open_page, reporter, paper, section, size, locale
):
    page = open_page(user=reporter, width=size[0], height=size[1], locale=locale)
    page.goto(ADD)
    page.locator(".cke_wysiwyg_div").wait_for()
    assert page.evaluate("scrollY") == 0
    assert top_of(page, ".cke_wysiwyg_div") < min(450, size[1] * 0.6)
    assert not wide(page)


@pytest.mark.parametrize("width", [1024, 1280, 1920])
def test_the_width_is_used(open_page, editor, corrected, section, width):
    """Beside the text stand its section and byline, and where there is one, its panel."""
    page = open_page(user=editor, width=width)
    for address in (ADD, desk.page("change", corrected.pk)):
        page.goto(address)
        text = page.locator(".cke_wysiwyg_div")
        text.wait_for()
        box, section_box = text.bounding_box(), page.locator("#id_section").bounding_box()
        assert section_box["x"] >= box["x"] + box["width"]
        assert section_box["y"] < 450
        assert box["width"] >= 560
        assert not wide(page)
        right = max(
            each.bounding_box()["x"] + each.bounding_box()["width"]
            for each in page.locator(".desk-side, .desk-panel").all()
        )
        assert right >= width * 0.7


def test_it_holds_together_with_errors_and_with_a_colleagues_save(open_page, editor, draft):
    page = open_page(user=editor, bypass_csp=True)
    for width in (390, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(desk.page("change", draft.pk))
        page.fill("#id_headline", "")
        page.locator(".desk-more summary").click()
        page.fill("#id_slug", "---")
        page.click("[name=_save]")
        expect(page.locator(".desk-slug .errorlist")).to_be_visible()
        page.locator(".cke_wysiwyg_div").wait_for()
        assert not wide(page)
        assert Axe().run(page).response["violations"] == []
        page.goto(desk.page("change", draft.pk))
        page.fill("#id_lede", f"Mine at {width}")
        draft.refresh_from_db()
        draft.lede = f"Theirs at {width}"
        saving.save_story(draft, by=draft.owner)
        page.click("[name=_save]")
        expect(page.locator(".desk-stale")).to_be_visible()
        assert not wide(page)


def test_the_keyboard_goes_from_headline_to_text_and_then_beside_it(open_page, reporter, section):
    page = open_page(user=reporter)
    page.goto(ADD)
    page.locator(".cke_wysiwyg_div").wait_for()
    page.locator("#id_headline").focus()
    seen = []
    while len(seen) < 40 and "id_section" not in seen:
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "document.activeElement.closest('.cke_wysiwyg_div') ? 'text'"
                " : document.activeElement.id"
            )
        )
    order = [name for name in seen if name in ("id_dateline", "id_lede", "text", "id_section")]
    assert list(dict.fromkeys(order)) == ["id_dateline", "id_lede", "text", "id_section"]


PHONE = {"width": 390, "has_touch": True, "is_mobile": True}


def type_lines(page, count: int = 12) -> None:
    page.locator(".cke_wysiwyg_div").tap()
    for number in range(count):
        page.keyboard.type(f"Paragraph {number}")
        page.keyboard.press("Enter")
    page.keyboard.type("The line that is typed")


def assert_room(page) -> None:
    """Two thirds of the window are the text's, and what is typed is in sight."""
    height = page.viewport_size["height"]
    covered, in_sight = page.evaluate(BARS)
    assert covered <= height / 3, f"{covered} of {height} px"
    assert in_sight


@pytest.mark.engines
@pytest.mark.parametrize("height", [844, 664, 420])
@pytest.mark.parametrize("locale", ["en-GB", "vi-VN"])
def test_on_a_phone_two_thirds_of_the_window_are_the_texts(
    open_page, request, section, height, locale
):
    """420: what an on-screen keyboard leaves."""
    for person in ("reporter", "managing_editor"):
        user = request.getfixturevalue(person)
        page = open_page(user=user, height=height, locale=locale, **PHONE)
        page.goto(ADD)
        type_lines(page)
        assert_room(page)


@pytest.mark.parametrize("size", [(390, 844), (390, 420), (844, 390)])
def test_a_message_takes_no_more_and_can_be_read(open_page, reporter, section, size):
    page = open_page(user=reporter, **PHONE | {"width": size[0], "height": size[1]})
    page.goto(ADD)
    type_lines(page)
    page.route("**/alive/", lambda route: route.abort())
    page.evaluate("document.querySelector('[name=_save]').click()")
    expect(page.locator("[data-saving]")).to_contain_text("What you typed is still here")
    page.keyboard.type(" and on")
    assert_room(page)
    said = page.locator("[data-saving]")
    assert said.evaluate("each => each.getBoundingClientRect().top < innerHeight")


def test_a_comparison_with_a_colleagues_save_takes_no_more(open_page, reporter, editor, draft):
    page = open_page(user=reporter, **PHONE | {"height": 420})
    page.goto(desk.page("change", draft.pk))
    page.fill("#id_lede", "Mine")
    draft.lede = "Theirs"
    saving.save_story(draft, by=editor)
    page.locator("[name=_save]").tap()
    expect(page.locator(".desk-stale")).to_be_visible()
    type_lines(page)
    assert_room(page)


@pytest.mark.parametrize("size", [(390, 844), (390, 420)])
def test_a_notice_and_all_the_tools_take_no_more(open_page, reporter, section, size):
    page = open_page(user=reporter, **PHONE | {"width": size[0], "height": size[1]})
    page.goto(ADD)
    type_lines(page)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Add pictures").first.tap()
    files = [
        {"name": name, "mimeType": "image/jpeg", "buffer": data}
        for name, data in photos("1.jpg", "2.jpg", "3.jpg").items()
    ]
    chooser.value.set_files(files)
    expect(page.locator(".figures-notice")).to_contain_text("Together with one caption")
    expect(page.locator("figure img")).to_have_count(3)
    page.locator(".cke_wysiwyg_div p").last.tap()
    page.keyboard.type("On below them")
    assert_room(page)
    page.locator(".more-tools").tap()
    expect(page.locator(".more-tools")).to_have_attribute("aria-expanded", "true")
    assert page.evaluate(BARS)[0] <= size[1] / 3
    # What does not fit is within reach.
    page.get_by_role("button", name="Find", exact=True).scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Find", exact=True)).to_be_in_viewport()


def test_the_choices_of_a_long_notice_stay_in_sight(open_page, reporter, section):
    page = open_page(user=reporter, **PHONE | {"height": 420})
    page.goto(ADD)
    page.locator(".cke_wysiwyg_div").tap()
    page.evaluate(
        """html => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/html", html);
            document.activeElement.dispatchEvent(new ClipboardEvent(
                "paste", {clipboardData, bubbles: true, cancelable: true}));
        }""",
        """<h1>Rice that floats is reaped</h1><p><b>XYZ - Reapers went out at six.</b></p>
        <p>One <del cite="mailto:a" datetime="2026-11-28">out</del>.</p>
        <p><img src="file:///C:/a.png" width="400" height="300"></p><p>Two.</p>""",
    )
    notice = page.locator(".figures-notice")
    expect(notice).to_contain_text("Left out")
    expect(notice).to_contain_text("Pictures not pasted: 1")
    page.get_by_text("Two.").tap()
    page.keyboard.type("On")
    assert_room(page)
    edge = page.locator(".cke_top").bounding_box()
    for button in notice.get_by_role("button").all():
        box = button.bounding_box()
        assert box["y"] + box["height"] <= edge["y"] + edge["height"]


@pytest.mark.parametrize("options", [{}, PHONE | {"height": 844}])
def test_the_form_does_not_move_when_the_editor_comes(open_page, reporter, section, options):
    page = open_page(user=reporter, **options)
    page.route("**/ckeditor.js*", lambda route: route.abort())
    page.goto(ADD)
    before = top_of(page, ".desk-links")
    assert not page.locator(".cke_wysiwyg_div").count()
    page.unroute("**/ckeditor.js*")
    page.goto(ADD)
    page.locator(".cke_wysiwyg_div").wait_for()
    assert top_of(page, ".desk-links") == before
