"""What a reporter sees when the server fails or refuses: their text, and a way on."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.db import OperationalError
from playwright.sync_api import expect

from articles.desk.stories import admin
from articles.models import Article
from articles.publishing import saving
from tests import desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def database_away(monkeypatch):
    """The database cannot be written while this is on: database_away(True)."""
    save = saving.save_story

    def fail(*args: object, **kwargs: object) -> None:
        raise OperationalError("database is locked")

    def switch(away: bool) -> None:
        monkeypatch.setattr(saving, "save_story", fail if away else save)

    return switch


def test_a_story_that_cannot_be_saved_is_on_the_page_and_sent_again(
    open_page, reporter, draft, database_away
):
    page = open_page(user=reporter)
    page.goto(desk.page("change", draft.pk))
    page.fill("#id_headline", "Typed while the disk filled up")
    page.fill("#id_lede", "Two\nlines & <marks>")
    database_away(True)
    page.keyboard.press("Control+s")
    expect(page.get_by_role("alert")).to_contain_text("could not do this right now")
    expect(page.locator("textarea[readonly]").first).to_have_value("Typed while the disk filled up")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("alert")).to_contain_text("could not do this right now")
    database_away(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved")
    draft.refresh_from_db()
    assert draft.headline == "Typed while the disk filled up"
    assert draft.lede.split() == ["Two", "lines", "&", "<marks>"]
    assert draft.body == "<p>Body of Draft that nobody may read</p>"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page_and_it_fits(
    open_page, reporter, draft, database_away, width, color_scheme
):
    page = open_page(user=reporter, width=width, color_scheme=color_scheme)
    page.goto(desk.page("change", draft.pk))
    page.fill("#id_headline", "Typed while the disk filled up " * 8)
    database_away(True)
    page.keyboard.press("Control+s")
    expect(page.get_by_role("alert")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_copy_in_the_browser_outlives_the_failure(open_page, reporter, draft, database_away):
    page = open_page(user=reporter)
    page.goto(desk.page("change", draft.pk))
    page.fill("#id_headline", "Typed while the disk filled up")
    database_away(True)
    page.keyboard.press("Control+s")
    expect(page.get_by_role("alert")).to_be_visible()
    page.goto(desk.page("change", draft.pk))
    page.click("[data-copy-restore]")
    expect(page.locator("#id_headline")).to_have_value("Typed while the disk filled up")


def test_a_server_that_cannot_tell_who_one_is_asks_nobody_to_log_in(
    open_page, reporter, draft, monkeypatch
):
    page = open_page(user=reporter)
    page.goto(desk.page("change", draft.pk))
    page.fill("#id_headline", "Typed while the database was away")

    def fail(user: object) -> None:
        raise OperationalError("connection refused")

    with monkeypatch.context() as patched:
        patched.setattr(admin.access, "role_of", fail)
        page.keyboard.press("Control+s")
        expect(page.locator("[data-saving]")).to_contain_text("could not do this right now")
    assert page.locator("dialog").count() == 0
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_contain_text("Saved")


@pytest.mark.parametrize("width", [390, 1280])
def test_without_script_an_ended_login_loses_nothing(open_page, managing_editor, section, width):
    page = open_page(user=managing_editor, java_script_enabled=False, width=width)
    page.goto(f"/admin/articles/category/{section.pk}/change/")
    page.fill("#id_description", "Typed while the login ended")
    Session.objects.all().delete()
    page.locator("[name=_save]").first.click()
    expect(page.get_by_role("alert")).to_contain_text("you are logged out")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Log in in a new tab").click()
    login = opened.value
    login.fill("#id_username", "managing-editor")
    login.fill("#id_password", "a long password for tests")
    login.locator("[type=submit]").first.click()
    expect(login.locator(".desk-menu")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    # Logging in renews the token.
    expect(page.get_by_role("alert")).to_contain_text("somebody has logged in")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".messagelist")).to_be_visible()
    section.refresh_from_db()
    assert section.description == "Typed while the login ended"
    assert not Article.objects.exists()
