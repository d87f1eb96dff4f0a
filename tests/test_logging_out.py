"""Logging out takes along what the browser kept for a person, and asks first where that is unsaved."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from tests import desk
from tests.conftest import PASSWORD, session_cookie

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADD = "/admin/articles/article/add/"
COPIES = """() => Object.keys(localStorage).filter(key => key.startsWith("newsroom:"))"""


def kept(page) -> int:
    return len(page.evaluate(COPIES))


def nothing_is_kept(page) -> None:
    """The page's script, which sees to that, may have only just begun."""
    page.wait_for_function(f"() => ({COPIES})().length === 0")


def log_out(page) -> None:
    page.click("#logout-form button")


def logged_out(page) -> None:
    expect(page).to_have_url(re.compile("/admin/logout/$"))
    expect(page.locator("#user-tools")).to_have_count(0)


def log_in(page, username: str) -> None:
    page.goto("/admin/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", PASSWORD)
    page.locator("#login-form [type=submit]").click()
    expect(page.locator("#user-tools")).to_be_visible()


@pytest.fixture
def typing(open_page, reporter, section):
    """A reporter's page with a headline that nobody has saved, and questions that fail the test."""
    page = open_page(user=reporter)
    page.asked = []
    page.on("dialog", lambda dialog: (page.asked.append(dialog.type), dialog.accept()))
    page.goto(ADD)
    page.fill("#id_headline", "Typed at 22:00")
    yield page
    assert page.asked == []


def test_unsaved_words_are_asked_about_and_go(typing):
    page = typing
    log_out(page)
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("not saved. Logging out deletes it")
    expect(question.get_by_role("listitem")).to_have_text(["Typed at 22:00"])
    assert kept(page) == 1
    question.get_by_role("button", name="Delete it and log out").click()
    logged_out(page)
    nothing_is_kept(page)


@pytest.mark.parametrize("how", ["button", "escape"])
def test_who_stays_loses_nothing(typing, how):
    page = typing
    log_out(page)
    stay = page.get_by_role("button", name="Stay logged in")
    expect(stay).to_be_focused()
    if how == "button":
        stay.click()
    else:
        page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#id_headline")).to_have_value("Typed at 22:00")
    assert kept(page) == 1
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_contain_text("Saved")
    log_out(page)
    logged_out(page)


def test_without_unsaved_words_nothing_is_asked(open_page, reporter, draft):
    page = open_page(user=reporter)
    page.goto(desk.page("change", draft.pk))
    page.fill("#id_headline", "Typed and saved")
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_contain_text("Saved")
    log_out(page)
    logged_out(page)
    nothing_is_kept(page)


def test_words_kept_by_another_page_are_asked_about_from_any(typing):
    page = typing
    other = page.context.new_page()
    other.goto("/admin/articles/author/")
    page.locator("#id_headline").press("End")
    page.locator("#id_headline").press_sequentially("!")
    page.wait_for_function(
        "() => Object.values(localStorage).some((kept) => kept.includes('22:00!'))"
    )
    log_out(other)
    expect(other.get_by_role("listitem").filter(has_text="Typed at 22:00!")).to_be_visible()
    other.get_by_role("button", name="Delete it and log out").click()
    logged_out(other)
    # The tab with the words leaves too, asks nothing, and keeps nothing any more.
    expect(page).to_have_url(re.compile("/admin/login/"))
    nothing_is_kept(other)


def test_a_page_that_is_on_its_way_out_keeps_nothing(typing):
    page = typing
    page.wait_for_function(f"() => ({COPIES})().length === 1")
    page.evaluate("window.dispatchEvent(new Event('newsroom:left'))")
    # The caret leaves the headline, which is a change.
    page.locator("#id_headline").press_sequentially("!")
    page.locator("#id_headline").blur()
    page.goto("/admin/articles/author/")
    nothing_is_kept(page)


def test_another_form_is_asked_about_too(open_page, managing_editor, section):
    page = open_page(user=managing_editor)
    page.goto(f"/admin/articles/category/{section.pk}/change/")
    page.fill("#id_description", "Typed at 22:00")
    log_out(page)
    expect(page.get_by_role("listitem").filter(has_text=section.name).last).to_be_visible()
    page.get_by_role("button", name="Stay logged in").click()
    expect(page.locator("#id_description")).to_have_value("Typed at 22:00")
    log_out(page)
    page.get_by_role("button", name="Delete it and log out").click()
    logged_out(page)


def test_another_form_stays_where_it_is_and_is_sent_after_a_login(
    open_page, managing_editor, section
):
    page = open_page(user=managing_editor)
    page.goto(f"/admin/articles/category/{section.pk}/change/")
    page.fill("#id_description", "Typed at 22:00")
    other = page.context.new_page()
    other.goto("/admin/articles/author/")
    log_out(other)
    logged_out(other)
    expect(page.locator("#id_description")).to_have_value("Typed at 22:00")
    page.locator("[name=_save]").first.click()
    login = page.frame_locator("dialog iframe")
    login.locator("#id_username").fill("managing-editor")
    login.locator("#id_password").fill(PASSWORD)
    login.locator("[type=submit]").first.click()
    expect(page.locator(".messagelist")).to_be_visible()
    section.refresh_from_db()
    assert section.description == "Typed at 22:00"


def test_another_persons_words_stay_and_are_not_shown(typing, editor):
    page = typing
    page.wait_for_function(f"() => ({COPIES})().length === 1")
    Session.objects.all().delete()
    other = page.context.new_page()
    log_in(other, "editor")
    other.goto(ADD)
    expect(other.locator("#id_headline")).to_be_visible()
    expect(other.locator("[data-copy-offer]")).to_be_hidden()
    log_out(other)
    logged_out(other)
    assert kept(other) == 1
    log_in(other, "reporter")
    other.goto(ADD)
    other.click("[data-copy-restore]")
    expect(other.locator("#id_headline")).to_have_value("Typed at 22:00")
    page.evaluate("window.dispatchEvent(new Event('newsroom:leaving'))")


def test_an_ended_login_is_no_logging_out(typing, reporter, live_server):
    page = typing
    page.wait_for_function(f"() => ({COPIES})().length === 1")
    Session.objects.all().delete()
    other = page.context.new_page()
    other.goto("/admin/")
    expect(other).to_have_url(re.compile("/admin/login/"))
    assert kept(other) == 1
    page.context.add_cookies([session_cookie(reporter, live_server.url)])
    other.goto(ADD)
    expect(other.locator("[data-copy-offer]")).to_be_visible()


def test_a_log_out_that_fails_deletes_nothing(typing):
    page = typing
    page.route("**/admin/logout/", lambda route: route.fulfill(status=503, body="Away"))
    log_out(page)
    page.get_by_role("button", name="Delete it and log out").click()
    expect(page.locator("body")).to_have_text("Away")
    page.goto(ADD)
    expect(page.locator("[data-copy-offer]")).to_be_visible()
    assert kept(page) == 1


def test_without_script_one_is_logged_out(open_page, reporter, section):
    page = open_page(user=reporter, java_script_enabled=False)
    page.goto(ADD)
    log_out(page)
    logged_out(page)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_the_question_fits_the_page(open_page, reporter, section, width, color_scheme):
    page = open_page(user=reporter, width=width, color_scheme=color_scheme)
    page.goto(ADD)
    page.fill("#id_headline", "Tít rất dài " * 20)
    log_out(page)
    box = page.get_by_role("dialog").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    found = Axe().run(page, context="dialog")
    assert found.violations_count == 0, found.generate_report()
    page.evaluate("window.dispatchEvent(new Event('newsroom:leaving'))")
