"""The page of an error, as Chromium shows it: styled, and nothing refused by its own policy."""

import pytest

from articles.site import pages
from tests.test_outage import failing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_shows_in_its_own_style(open_page, monkeypatch, scheme):
    monkeypatch.setattr(pages, "home", failing(RuntimeError("broken")))
    page = open_page(width=390, color_scheme=scheme)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto("/")
    assert page.locator("h1").evaluate("it => getComputedStyle(it).fontSize") == "31.5px"
    assert [text for text in complaints if "status of 500" not in text] == []
