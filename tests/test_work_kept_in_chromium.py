"""Going on with a text on another machine, and two people at one story: seen in Chromium."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles.models import Article, TypedCopy
from tests import desk
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADD = "/admin/articles/article/add/"


@pytest.fixture
def at(open_page, section):
    """A window of its own, of this person: at(reporter)."""
    faults: list[str] = []

    def open_window(user, **how: object):
        page = open_page(user=user, **how)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    yield open_window
    assert not faults


def body(page):
    return page.locator(".cke_editable").first


def write(page, words: str) -> None:
    body(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def kept(page) -> None:
    """Wait until the server has all that stands in the form."""
    page.wait_for_function(
        """() => {
            const said = document.querySelector(".desk-kept")?.textContent ?? "";
            return said.startsWith("Kept on the server");
        }"""
    )


def kept_with(page, words: str) -> None:
    """Wait until the server has these words."""
    for _try in range(100):
        if TypedCopy.objects.filter(content__contains=words).exists():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"The server never got {words!r}.")


def people(page):
    return page.locator("[data-people]")


def test_somebody_goes_on_on_another_machine(at, reporter):
    first = at(reporter)
    first.goto(ADD)
    first.fill("#id_headline", "Typed at 22:00")
    write(first, "Words that nobody may lose")
    kept_with(first, "Words that nobody may lose")
    kept(first)
    first.context.close()
    second = at(reporter, width=390)
    second.goto(ADD)
    offer = second.locator("[data-copy-offer]")
    expect(offer).to_contain_text("The server kept unsaved text of yours")
    expect(offer).to_contain_text("Chrome, Linux")
    second.click("[data-copy-compare]")
    expect(second.locator(".desk-compared")).to_contain_text("Words that nobody may lose")
    second.get_by_role("link", name="Go on with it").click()
    expect(second.locator("#id_headline")).to_have_value("Typed at 22:00")
    expect(body(second)).to_contain_text("Words that nobody may lose")
    expect(offer).to_be_hidden()
    write(second, ", and more")
    kept_with(second, "Words that nobody may lose, and more")
    assert TypedCopy.objects.count() == 1
    second.click("[name=_save]")
    expect(second.locator(".messagelist")).to_contain_text("Saved")
    assert Article.objects.get().body == "<p>Words that nobody may lose, and more</p>"
    assert not TypedCopy.objects.exists()
    expect(offer).to_be_hidden()


def test_restored_and_saved_at_once_leaves_no_copy(at, reporter, draft):
    first = at(reporter)
    first.goto(desk.page("change", draft.pk))
    first.fill("#id_headline", "Typed on the first machine")
    kept(first)
    first.context.close()
    second = at(reporter)
    second.goto(desk.page("change", draft.pk))
    second.click("[data-copy-restore]")
    expect(second.locator("#id_headline")).to_have_value("Typed on the first machine")
    second.keyboard.press("Control+s")
    expect(second.locator(".messagelist")).to_contain_text("Saved")
    assert not TypedCopy.objects.exists()
    draft.refresh_from_db()
    assert draft.headline == "Typed on the first machine"


def test_the_last_words_of_a_tab_that_closes_arrive(at, reporter, draft):
    page = at(reporter)
    page.goto(desk.page("change", draft.pk))
    page.fill("#id_headline", "Typed")
    kept(page)
    page.fill("#id_headline", "Typed just before it was closed")
    page.goto("/admin/")
    kept_with(page, "Typed just before it was closed")


def test_what_an_input_method_composes_arrives(at, reporter, draft):
    page = at(reporter)
    page.goto(desk.page("change", draft.pk))
    write(page, " ")
    client = page.context.new_cdp_session(page)
    for step in ("d", "dd", "đ", "đư", "đườ", "đường"):
        client.send(
            "Input.imeSetComposition",
            {"text": step, "selectionStart": len(step), "selectionEnd": len(step)},
        )
    client.send("Input.insertText", {"text": "đường"})
    kept_with(page, "đường")
    page.click("#id_headline")
    client.send("Input.imeSetComposition", {"text": "Cảng", "selectionStart": 4, "selectionEnd": 4})
    client.send("Input.insertText", {"text": "Cảng cá"})
    kept_with(page, "Cảng cá")


def test_what_is_discarded_is_gone_on_the_server_too(at, reporter, draft):
    page = at(reporter)
    page.goto(desk.page("change", draft.pk))
    page.fill("#id_headline", "Not wanted")
    kept(page)
    page.reload()
    with page.expect_response("**/copies/drop/"):
        page.click("[data-copy-discard]")
    assert not TypedCopy.objects.exists()
    page.reload()
    expect(page.locator("#id_headline")).to_have_value(draft.headline)
    expect(page.locator("[data-copy-offer]")).to_be_hidden()


def test_a_copy_of_this_browser_is_compared_too(at, reporter, draft):
    page = at(reporter)
    page.route("**/beat/", lambda route: route.abort())
    page.goto(desk.page("change", draft.pk))
    page.fill("#id_headline", "Typed while the server was away")
    page.wait_for_function("() => JSON.stringify(localStorage).includes('server was away')")
    expect(page.locator(".desk-kept")).to_have_text("Not on the server yet; kept in this browser")
    page.unroute("**/beat/")
    page.goto("about:blank")
    page.goto(desk.page("change", draft.pk))
    expect(page.locator("[data-copy-offer]")).to_contain_text("This browser kept unsaved text")
    page.click("[data-copy-compare]")
    expect(page.locator(".desk-compared-fields")).to_contain_text("while the server was away")
    page.get_by_role("link", name="Go on with it").click()
    expect(page.locator("#id_headline")).to_have_value("Typed while the server was away")


def test_after_the_login_has_ended_typing_goes_on_and_arrives_after_logging_in(at, reporter, draft):
    page = at(reporter)
    page.goto(desk.page("change", draft.pk))
    page.fill("#id_headline", "Typed")
    kept(page)
    Session.objects.all().delete()
    page.fill("#id_headline", "Typed while logged out")
    expect(page.locator(".desk-kept")).to_contain_text("You are logged out")
    login = page.context.new_page()
    login.goto("/admin/login/")
    login.fill("#id_username", "reporter")
    login.fill("#id_password", PASSWORD)
    login.locator("[type=submit]").first.click()
    expect(login.locator(".desk-menu")).to_be_visible()
    login.close()
    kept_with(page, "Typed while logged out")
    kept(page)


def test_two_people_see_each_other_and_one_takes_over(at, reporter, editor, draft):
    hers, his = at(editor), at(reporter)
    hers.goto(desk.page("change", draft.pk))
    his.goto(desk.page("change", draft.pk))
    expect(his.locator("[data-people]")).to_contain_text(
        "Bích Thủy (editor) has had this story open since"
    )
    his.fill("#id_lede", "Typed by the reporter")
    expect(people(hers)).to_contain_text("Minh Khuê (reporter) has had this story open since")
    expect(people(hers)).to_contain_text("and is typing")
    hers.get_by_role("button", name="Take over").click()
    expect(people(hers)).to_contain_text("You took this story over at")
    expect(people(his)).to_contain_text("Bích Thủy took this story over at")
    # Nothing is locked.
    his.keyboard.press("Control+s")
    expect(his.locator(".messagelist")).to_contain_text("Saved")
    expect(people(hers)).to_contain_text("Minh Khuê saved this story at")
    his.goto("/admin/")
    expect(people(hers)).not_to_contain_text("has had this story open")
    expect(hers.locator("[data-take]")).to_be_hidden()
