"""The pages of saves and of unsaved texts, as a browser shows them."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles.models import Article
from articles.publishing import saving, unsaved
from articles.rules.keeping import Typed
from tests import desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def story(forum_report, editor):
    story = Article.objects.get(pk=forum_report.pk)
    story.headline = "Another headline"
    return saving.save_story(story, by=editor)


@pytest.fixture
def copy(story, editor, reporter, now) -> int:
    """An unsaved text of the editor; the reporter has the story open."""
    unsaved.see(
        story,
        reporter,
        name="another",
        edits="",
        before=None,
        typing=True,
        copied=False,
        leaves=False,
        at=now,
    )
    return unsaved.keep(
        editor,
        Typed([("headline", "Typed"), ("genre", "forum"), ("body", "<p>Typed</p>")]),
        name="tab",
        article=story,
        form_id=None,
        edits="",
        place="Chrome, Android",
        at=now,
    )


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_and_they_fit(
    open_page, editor, story, copy, width, color_scheme
):
    page = open_page(user=editor, width=width, color_scheme=color_scheme)
    for address in (
        desk.page("history", story.pk),
        desk.page("save", story.pk, 1),
        desk.page("restore_save", story.pk, 1),
        desk.page("copy", copy),
    ):
        page.goto(address)
        # What readers get is looked at elsewhere.
        found = Axe().run(page, context={"exclude": [["iframe"]]})
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_axe_finds_nothing_where_another_one_has_the_story_open(
    open_page, editor, story, copy, width, color_scheme
):
    page = open_page(user=editor, width=width, color_scheme=color_scheme)
    page.goto(desk.page("change", story.pk))
    expect(page.locator("[data-people]")).to_contain_text("Minh Khuê (reporter)")
    expect(page.locator("[data-copy-offer]")).to_be_visible()
    found = Axe().run(page, context={"include": [[".desk-people"], [".desk-offer"]]})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_save_is_read_on_phone_and_desktop_width(open_page, editor, story):
    page = open_page(user=editor)
    page.goto(desk.page("save", story.pk, 1))
    frame = page.locator("iframe")
    expect(page.frame_locator("iframe").locator("h1")).to_contain_text("Forum on young people")
    assert frame.bounding_box()["width"] == 390
    page.get_by_label("On a phone").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("On a desktop")).to_be_checked()
    assert frame.bounding_box()["width"] == 1280
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_older_text_is_restored_in_three_presses(open_page, editor, story):
    page = open_page(user=editor)
    page.goto(desk.page("history", story.pk))
    page.get_by_role("link", name="Restore…").click()
    expect(page.locator(".desk-compared-fields")).to_contain_text("Another headline")
    page.get_by_role("button", name="Restore this text").click()
    expect(page.locator(".messagelist")).to_contain_text("the text of save 1 again")
    expect(page.locator("#id_headline")).to_have_value("Forum on young people starting a business")
    story.refresh_from_db()
    assert story.version == 3
