"""The story desk on a phone, in the dark, and for who cannot see it: no axe violations, no spill."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles.publishing import saving
from tests import desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def faults(page) -> list[str]:
    """What axe finds, and whether the page is wider than the screen."""
    violations = Axe().run(page).response["violations"]
    found = [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in violations]
    width = page.locator("body").evaluate("body => body.scrollWidth")
    if width > page.viewport_size["width"]:
        found.append(f"{width} px wide")
    return found


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_every_page_of_a_story_is_for_everybody(
    open_page, editor, draft, corrected, scheduled, width, scheme
):
    page = open_page(user=editor, width=width, color_scheme=scheme, bypass_csp=True)
    addresses = {
        "list": "/admin/articles/article/",
        "new": "/admin/articles/article/add/",
        "story": desk.page("change", corrected.pk),
        "publish": desk.page("publish", scheduled.pk),
        "move": desk.page("move", scheduled.pk, 1),
    }
    found = {}
    for name, address in addresses.items():
        page.goto(address)
        if name in ("new", "story"):
            expect(page.locator(".cke_editable").first).to_be_visible()
        found[name] = faults(page)
    page.goto(desk.page("change", draft.pk))
    page.fill("#id_lede", "Mine")
    draft.lede = "Theirs"
    saving.save_story(draft, by=editor)
    page.click("[name=_save]")
    expect(page.locator(".desk-stale")).to_be_visible()
    expect(page.locator(".cke_editable").first).to_be_visible()
    found["stale"] = faults(page)
    assert {name: each for name, each in found.items() if each} == {}
