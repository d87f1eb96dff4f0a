"""The server is killed in the middle of typing, and of saving: no letter is lost."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests import installation
from tests.installation import PASSWORD, Newsroom

pytestmark = pytest.mark.browser

ADD = "/admin/articles/article/add/"
SENT = (
    """() => document.querySelector(".desk-kept")?.textContent.startsWith("Kept on the server")"""
)


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory) -> Iterator[Newsroom]:
    with installation.running(tmp_path_factory.mktemp("killed")) as newsroom:
        yield newsroom


def kill(newsroom: Newsroom) -> None:
    """All its processes at once, as when the power fails."""
    os.killpg(newsroom.process.pid, signal.SIGKILL)
    newsroom.process.wait(20)


def start(newsroom: Newsroom) -> None:
    newsroom.process = installation.start(newsroom.env, newsroom.port)
    installation.until(lambda: newsroom.get("/healthz").status == 200)


@contextmanager
def killed(newsroom: Newsroom) -> Iterator[None]:
    """While the server is away."""
    kill(newsroom)
    try:
        yield
    finally:
        start(newsroom)


@pytest.fixture
def at_desk(browser, newsroom):
    """A window of the editor, on a machine of its own each time."""
    contexts = []

    def open_window():
        context = browser.new_context(
            base_url=newsroom.env["SITE_URL"], viewport={"width": 1280, "height": 900}, locale="en"
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto("/admin/login/")
        page.fill("#id_username", "editor")
        page.fill("#id_password", PASSWORD)
        page.locator("[type=submit]").first.click()
        expect(page.locator(".desk-menu")).to_be_visible()
        return page

    yield open_window
    for context in contexts:
        context.close()


def write(page, words: str) -> None:
    page.locator(".cke_editable").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def compose(page, words: str) -> None:
    """As an input method writes: letter by letter, then the word at once."""
    page.locator(".cke_editable").first.click()
    page.keyboard.press("Control+End")
    client = page.context.new_cdp_session(page)
    for end in range(1, len(words) + 1):
        client.send(
            "Input.imeSetComposition",
            {"text": words[:end], "selectionStart": end, "selectionEnd": end},
        )
    client.send("Input.insertText", {"text": words})


@pytest.mark.parametrize("by", [write, compose])
def test_in_the_middle_of_typing(newsroom, at_desk, by):
    page = at_desk()
    page.goto(ADD)
    page.fill("#id_headline", f"Typed by {by.__name__}")
    by(page, "Before")
    page.wait_for_function(SENT)
    with killed(newsroom):
        by(page, ", while the server was away")
        expect(page.locator(".desk-kept")).to_have_text(
            "Not on the server yet; kept in this browser"
        )
        by(page, ", giữa chừng")
    # It asks at least every four seconds, and sends all of it as soon as it is answered.
    page.wait_for_function(SENT, timeout=10_000)
    page.context.close()
    other = at_desk()
    other.goto(ADD)
    other.click("[data-copy-restore]")
    expect(other.locator("#id_headline")).to_have_value(f"Typed by {by.__name__}")
    expect(other.locator(".cke_editable").first).to_have_text(
        "Before, while the server was away, giữa chừng"
    )
    other.click("[name=_save]")
    expect(other.locator(".messagelist")).to_contain_text("Saved")
    other.goto(ADD)
    expect(other.locator("#id_headline")).to_have_value("")
    expect(other.locator("[data-copy-offer]")).to_be_hidden()


def test_a_killed_tab_and_server_leave_what_was_acknowledged(newsroom, at_desk):
    page = at_desk()
    page.goto(ADD)
    page.fill("#id_headline", "Acknowledged")
    page.wait_for_function(SENT)
    kill(newsroom)
    page.context.close()
    start(newsroom)
    other = at_desk()
    other.goto(ADD)
    other.click("[data-copy-restore]")
    expect(other.locator("#id_headline")).to_have_value("Acknowledged")
    # The next one begins without it.
    page = other
    page.click("[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text("Saved")


def test_in_the_middle_of_saving(newsroom, at_desk):
    page = at_desk()
    page.goto(ADD)
    page.fill("#id_headline", "Saved while the server died")
    write(page, "Every word of it")
    page.wait_for_function(SENT)
    save_while(page, lambda route: (kill(newsroom), route.continue_()))
    start(newsroom)
    page.goto(ADD)
    page.click("[data-copy-restore]")
    expect(page.locator("#id_headline")).to_have_value("Saved while the server died")
    expect(page.locator(".cke_editable").first).to_have_text("Every word of it")
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_contain_text("Saved")
    page.goto(ADD)
    expect(page.locator("[data-copy-offer]")).to_be_hidden()


def test_after_saving_and_before_the_answer(newsroom, at_desk):
    """Nobody knows whether it is saved; it is, once, and nothing is offered."""
    page = at_desk()
    page.goto(ADD)
    page.fill("#id_headline", "Saved and never told")
    write(page, "Every word of it")

    def die(route) -> None:
        route.fetch(max_redirects=0)
        kill(newsroom)
        route.abort()

    save_while(page, die)
    start(newsroom)
    page.goto(ADD)
    expect(page.locator("#id_headline")).to_have_value("")
    expect(page.locator("[data-copy-offer]")).to_be_hidden()
    page.goto("/admin/articles/article/?q=never+told")
    expect(page.locator("#result_list")).to_contain_text("Saved and never told")


def save_while(page, happens) -> None:
    """Press Save, and let this happen to what is sent."""

    def route(route) -> None:
        if route.request.method == "POST":
            happens(route)
        else:
            route.continue_()

    page.route(f"**{ADD}", route)
    with page.expect_event("requestfailed", lambda request: request.method == "POST"):
        page.keyboard.press("Control+s")
    page.unroute(f"**{ADD}")
