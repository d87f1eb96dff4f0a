"""The site as a browser shows it: readable by everybody, on a phone and a desktop, light and dark."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.site_pages import address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def paths(paper, forum_report, corrected, withdrawn, publish_at, make_story, now) -> dict[str, str]:
    """One address of each kind of page."""
    publish_at(forum_report, now - timedelta(hours=2))
    long = make_story(
        ("Ầ Ễ Ổ Ữ gỵ ạ ợ " * 20)[:300].strip(),
        lede="Donaudampfschiff" * 40,
        body=f"<h2>Two</h2><p>{'Donaudampfschiff' * 40}</p><h3>Three</h3>"
        f"<table><tbody><tr>{'<td>1.200.000</td>' * 12}</tr></tbody></table>",
    )
    publish_at(long, now - timedelta(hours=1))
    return {
        "home": "/",
        "section": "/kinh-te/",
        "author": "/author/minh-khue/",
        "story": address(forum_report),
        "long": address(long),
        "corrected": address(corrected),
        "missing": "/no/such/page/",
        "gone": address(withdrawn),
    }


def watched(page):
    """The page, with the list of what its console says of our own doing."""
    said = []
    page.on("console", lambda message: said.append(message.text))
    return page, said


@pytest.mark.engines
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_spills_over_and_nothing_is_stopped_by_the_policy(open_page, paths, width):
    page, said = watched(open_page(width=width))

    for path in paths.values():
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert [line for line in said if "status of 4" not in line] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_what_axe_objects_to(open_page, paths, scheme):
    page = open_page(width=390, color_scheme=scheme, bypass_csp=True)

    for path in paths.values():
        page.goto(path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"


def test_headings_leave_no_level_out_and_there_is_one_first(page, paths):
    for path in paths.values():
        page.goto(path)
        levels = page.locator("h1, h2, h3, h4, h5, h6").evaluate_all(
            "all => all.map(heading => Number(heading.tagName[1]))"
        )
        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False)), path


@pytest.mark.engines
def test_the_skip_link_leads_to_the_content_on_every_page(page, paths):
    for path in paths.values():
        page.goto(path)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.engines
def test_a_card_is_opened_by_a_click_anywhere_on_it(page, paths):
    page.goto("/kinh-te/")
    picture = page.locator(".card", has_text="Forum on young").locator(".card-picture")
    box = picture.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    page.wait_for_url(f"**{paths['story']}")


def test_without_script_a_story_is_whole_and_offers_nothing_that_needs_it(open_page, paths):
    page = open_page(java_script_enabled=False)
    page.goto(paths["story"])

    assert page.locator(".story-body figure").count() == 5
    assert page.locator(".share a:visible").count() == 4
    assert page.locator("button:visible").count() == 0


def test_the_address_of_a_story_can_be_copied(open_page, paths, settings):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(paths["story"])
    button = page.locator("[data-copy]")
    button.click()

    page.locator("[data-copy]", has_text=button.get_attribute("data-copied")).wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == settings.SITE_URL + paths["story"]


@pytest.mark.engines
def test_three_pictures_stand_side_by_side_on_a_desktop_and_fill_a_phone(open_page, paths):
    for width, tops in ((1280, 1), (390, 2)):
        page = open_page(width=width)
        page.goto(paths["story"])
        boxes = [image.bounding_box() for image in page.locator(".figure-row-3 img").all()]
        assert len({round(box["y"]) for box in boxes}) == tops
        assert abs(boxes[1]["height"] - boxes[2]["height"]) < 1


@pytest.mark.engines
def test_pictures_keep_their_place_before_they_come(open_page, paths):
    page = open_page(width=390)
    page.route("**/uploads/**", lambda route: route.abort())
    page.goto(paths["story"])
    box = page.locator(".story-body img").first.bounding_box()

    assert (box["width"], box["height"]) == (320, 240)


def test_on_paper_only_the_story_is_left(page, paths):
    page.goto(paths["story"])
    page.emulate_media(media="print")

    assert page.locator(".lede").is_visible()
    for gone in (".sections", ".related-links", ".same-section", ".hand-on"):
        assert not page.locator(gone).first.is_visible()
