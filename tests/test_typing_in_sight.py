"""What is being typed is never hidden: by the tools above, the buttons below, or its own length."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# As it is painted: Firefox scrolls to the caret only then.
LINE = """async () => {
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    const node = getSelection().anchorNode;
    const line = (node.nodeType === 1 ? node : node.parentElement).getBoundingClientRect();
    const edge = (name) => document.querySelector(name).getBoundingClientRect();
    return [edge(".cke_top").bottom, line.top, line.bottom, edge(".desk-buttons").top];
}"""


@pytest.mark.engines
@pytest.mark.parametrize("height", [900, 640])
def test_the_line_that_is_typed_stays_between_tools_and_buttons(
    open_page, reporter, paper, section, height
):
    page = open_page(user=reporter, height=height)
    page.goto("/admin/articles/article/add/")
    page.locator(".cke_wysiwyg_div").click()
    for number in range(30):
        page.keyboard.type(f"Paragraph {number}")
        page.keyboard.press("Enter")
        _tools, _top, bottom, buttons = page.evaluate(LINE)
        assert bottom <= buttons
    for _n in range(25):
        page.keyboard.press("ArrowUp")
        tools, top, _bottom, _buttons = page.evaluate(LINE)
        assert tools <= top


def test_a_long_headline_shows_whole_and_says_that_a_card_cuts_it(open_page, reporter):
    page = open_page(user=reporter)
    page.goto("/admin/articles/article/add/")
    headline = page.locator("#id_headline")
    cut = "field => field.scrollWidth > field.clientWidth"
    large = headline.evaluate("field => getComputedStyle(field).fontSize")
    for words, smaller in (("Hợp long cầu Trà Mây 2", False), ("Đôi bờ sông gần lại " * 5, True)):
        headline.fill(words)
        assert not headline.evaluate(cut)
        size = headline.evaluate("field => getComputedStyle(field).fontSize")
        assert (size != large) is smaller
    expect(page.locator("#id_headline_count")).to_contain_text("front page shortens it")
