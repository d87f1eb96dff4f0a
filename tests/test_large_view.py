"""A story's pictures opened large: by click, keys, buttons and swipes, and without script."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles.publishing import freezing
from tests.site_pages import address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def path(paper, forum_report, publish_at, now) -> str:
    """The forum report; the sixth of its seven pictures has a credit and a mark of its own."""
    content = freezing.content_of(forum_report)
    sixth = forum_report.captions.last().images.get(pk=content.pictures[5].image_id)
    sixth.credit, sixth.alt_text, sixth.ai = "Hoài An", "A boat at sea", "edited"
    sixth.save()
    publish_at(forum_report, now - timedelta(hours=1))
    return address(forum_report)


def opened(page, path: str, index: int = 0):
    """The large view of the story's picture of that index."""
    page.goto(path)
    page.locator("a.opens").nth(index).click()
    view = page.locator("dialog.large-view")
    expect(view).to_be_visible()
    return view


def test_without_script_a_picture_is_a_link_to_its_large_file(open_page, path):
    page = open_page(java_script_enabled=False)
    page.goto(path)
    page.locator("a.opens").first.click()
    page.wait_for_url(re.compile(r"/uploads/.+\.jpg$"))

    assert page.goto(page.url).headers["content-type"] == "image/jpeg"


@pytest.mark.engines
def test_keys_lead_through_all_pictures_and_escape_back_to_where_one_came_from(page, path):
    page.goto(path)
    link = page.locator("a.opens").nth(1)
    link.focus()
    page.keyboard.press("Enter")
    view = page.locator("dialog.large-view")
    count = view.locator(".large-count")
    expect(count).to_have_text("2 / 7")

    seen = []
    for key in ("ArrowLeft", "ArrowLeft", "ArrowRight", "End", "ArrowRight", "Home"):
        page.keyboard.press(key)
        seen.append(count.inner_text().split(" ")[0])
    assert seen == ["1", "1", "2", "7", "7", "1"]

    page.keyboard.press("Escape")
    expect(view).to_be_hidden()
    expect(link).to_be_focused()


def test_the_keyboard_reaches_every_button_and_nothing_behind_the_view(page, path):
    view = opened(page, path)
    places = []
    for _step in range(8):
        page.keyboard.press("Tab")
        place = "document.activeElement.closest('dialog, body').localName"
        places.append((page.evaluate(place), page.evaluate("document.activeElement.localName")))
    buttons = view.get_by_role("button")

    # Between rounds the browser's own bar has its turn: then nothing of the page is in focus.
    assert set(places) == {("dialog", "button"), ("dialog", "div"), ("body", "body")}
    assert buttons.count() == 3
    for button in buttons.all():
        assert button.get_attribute("aria-label")
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 44
    previous, following, close = buttons.all()
    expect(previous).to_have_attribute("aria-disabled", "true")
    following.press("Enter")
    expect(view.locator(".large-count")).to_have_text("2 / 7")
    expect(previous).to_have_attribute("aria-disabled", "false")
    close.press("Enter")
    expect(view).to_be_hidden()


@pytest.mark.engines
def test_the_view_says_the_caption_and_the_pictures_own_credit(page, path):
    view = opened(page, path, 0)
    words = view.locator(".large-words")
    expect(words).to_contain_text("Caption 1")
    expect(words.locator(".credit")).to_contain_text("Minh Khuê")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")

    expect(words).to_contain_text("One caption for three")
    own = page.locator("a.opens").nth(5).get_attribute("data-credit")
    assert own.endswith("AI")
    assert "Minh" not in own
    expect(words.locator(".credit")).to_have_text(own)
    expect(view.get_by_role("status")).to_have_text("6 / 7. A boat at sea")
    assert page.locator("figcaption").count() == 5


@pytest.mark.engines
def test_a_picture_fills_the_view_as_far_as_it_goes_and_the_page_stays_where_it_was(page, path):
    page.goto(path)
    link = page.locator("a.opens").nth(2)
    link.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    link.click()
    image = page.locator(".large-slide:not([inert]) img")
    expect(image).to_have_js_property("complete", value=True)
    box = image.bounding_box()
    assert (round(box["width"]), round(box["height"])) == (320, 240)
    expect(page.locator("html")).to_have_css("overflow-y", "hidden")
    page.mouse.wheel(0, 3000)
    page.locator("dialog [data-close]").click()

    expect(page.locator("html")).not_to_have_css("overflow-y", "hidden")
    assert page.evaluate("scrollY") == before


def test_a_swipe_leads_to_the_next_picture(phone, path):
    view = opened(phone, path)
    hand = phone.context.new_cdp_session(phone)
    for event, x in [("Start", 340), *(("Move", x) for x in range(320, 20, -20)), ("End", None)]:
        points = [{"x": x, "y": 400}] if x else []
        hand.send("Input.dispatchTouchEvent", {"type": f"touch{event}", "touchPoints": points})
    expect(view.locator(".large-count")).to_have_text("2 / 7")
    expect(view.locator(".large-words")).to_contain_text("Caption 2")

    slide = view.locator(".large-slide").nth(1)
    expect(slide).to_be_in_viewport(ratio=0.99)
    phone.set_viewport_size({"width": 844, "height": 390})
    expect(slide).to_be_in_viewport(ratio=0.99)
    expect(view.locator(".large-count")).to_have_text("2 / 7")


@pytest.mark.engines
def test_when_the_large_file_does_not_come_the_smaller_one_stays(page, path):
    page.goto(path)
    page.locator(".story-body img").first.scroll_into_view_if_needed()
    expect(page.locator(".story-body img").first).to_have_js_property("complete", value=True)
    page.context.set_offline(True)
    page.locator("a.opens").first.click()
    image = page.locator(".large-slide:not([inert]) img")

    expect(image).to_have_js_property("complete", value=True)
    assert image.evaluate("image => image.naturalWidth") > 0


@pytest.mark.engines
def test_a_click_with_a_key_is_left_to_the_browser(page, path):
    page.goto(path)
    with page.context.expect_page():
        page.locator("a.opens").first.click(modifiers=["ControlOrMeta"])

    expect(page.locator("dialog.large-view")).to_be_hidden()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_the_policy_stops_nothing(open_page, path, width, scheme):
    said = []
    watched = open_page(width=width, color_scheme=scheme)
    watched.on("console", lambda message: said.append(message.text))
    opened(watched, path, 4)
    watched.keyboard.press("ArrowRight")
    assert said == []

    page = open_page(width=width, color_scheme=scheme, bypass_csp=True)
    opened(page, path, 4)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_story_without_pictures_has_no_view(page, published):
    page.goto(address(published))

    assert page.locator("dialog").count() == 0


def test_a_page_is_printed_whole_and_without_the_view(page, path):
    view = opened(page, path)
    page.emulate_media(media="print")

    expect(view).to_be_hidden()
    expect(page.locator("html")).to_have_css("overflow-y", "visible")
    expect(page.locator("figcaption").last).to_be_visible()
