"""What is being typed is never hidden behind the tools above it or the buttons below."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LINE = """() => {
    const node = getSelection().anchorNode;
    const line = (node.nodeType === 1 ? node : node.parentElement).getBoundingClientRect();
    const edge = (name) => document.querySelector(name).getBoundingClientRect();
    return [edge(".cke_top").bottom, line.top, line.bottom, edge(".desk-buttons").top];
}"""


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
