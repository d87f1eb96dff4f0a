"""Nothing typed is lost: seen in Chromium, with scripts, logins and slow lines as they are."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article
from articles.publishing import saving
from tests import desk
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADD = "/admin/articles/article/add/"


@pytest.fixture
def at_desk(open_page, reporter, section):
    page = open_page(user=reporter)
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    yield page
    assert not page.faults


def write(page, words: str) -> None:
    """Type into the body's editor."""
    body = page.locator(".cke_editable").first
    body.click()
    page.keyboard.type(words)


COPIES = """() => Object.keys(localStorage).filter(key => key.startsWith("newsroom:copy:"))"""


def kept(page) -> int:
    return len(page.evaluate(COPIES))


def wait_until_kept(page, *words: str) -> None:
    """Wait until one copy holds all these words."""
    page.wait_for_function(
        f"words => ({COPIES})().some(key => words.every(w => localStorage[key].includes(w)))",
        arg=words,
    )


def nothing_kept(page) -> None:
    """Wait until the page's scripts have dropped what the server has."""
    page.wait_for_function(f"() => ({COPIES})().length === 0")


def saved(page) -> None:
    expect(page.locator(".messagelist")).to_contain_text("Saved")


@pytest.mark.engines
def test_a_text_that_was_not_saved_is_offered_on_return(at_desk):
    page = at_desk
    page.goto(ADD)
    page.fill("#id_headline", "Typed at 22:00")
    write(page, "Words that nobody may lose")
    page.fill("[name=authors]", "Somebody New")
    page.fill("[name=links_words]", "https://x.example/")
    page.fill("[name=links_title]", "Outside")
    wait_until_kept(page, "Typed at 22:00", "Words that nobody may lose", "Outside")
    assert kept(page) == 1
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/admin/articles/article/")
    page.goto(ADD)
    expect(page.locator("[data-copy-offer]")).to_contain_text("This browser kept unsaved text")
    page.click("[data-copy-restore]")
    expect(page.locator("#id_headline")).to_have_value("Typed at 22:00")
    expect(page.locator(".cke_editable").first).to_contain_text("Words that nobody may lose")
    expect(page.locator("[name=authors]")).to_have_value("Somebody New")
    expect(page.locator("[name=links_title]")).to_have_value("Outside")
    page.fill("[name=authors]", "")
    page.click("[name=_save]")
    saved(page)
    nothing_kept(page)
    story = Article.objects.get()
    assert (story.headline, story.body) == (
        "Typed at 22:00",
        "<p>Words that nobody may lose</p>",
    )


def test_a_copy_can_be_discarded(at_desk, draft):
    page = at_desk
    page.goto(desk.page("change", draft.pk))
    page.fill("#id_headline", "Not wanted")
    wait_until_kept(page, "Not wanted")
    assert kept(page) == 1
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.click("[data-copy-discard]")
    nothing_kept(page)
    page.reload()
    expect(page.locator("[data-copy-offer]")).to_be_hidden()


@pytest.mark.parametrize("how", ["restore", "discard"])
def test_with_the_keyboard_one_goes_on_into_the_form(at_desk, draft, how):
    page = at_desk
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(desk.page("change", draft.pk))
    page.fill("#id_headline", "Kept")
    wait_until_kept(page, "Kept")
    page.reload()
    page.locator(f"[data-copy-{how}]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-copy-offer]")).to_be_hidden()
    page.keyboard.press("Tab")
    expect(page.locator("#id_headline")).to_be_focused()


def test_what_is_typed_beside_an_offer_is_kept_too(at_desk, draft):
    page = at_desk
    page.on("dialog", lambda dialog: dialog.accept())
    for headline in ("Typed first", "Typed beside the offer"):
        page.goto(desk.page("change", draft.pk))
        page.fill("#id_headline", headline)
        wait_until_kept(page, headline)
    assert kept(page) == 2
    page.reload()
    page.click("[data-copy-restore]")
    expect(page.locator("#id_headline")).to_have_value("Typed beside the offer")


def test_a_form_refused_and_then_saved_leaves_no_copy(at_desk, draft):
    page = at_desk
    page.goto(desk.page("change", draft.pk))
    page.fill("#id_headline", "")
    page.click("[name=_save]")
    expect(page.locator(".errornote")).to_be_visible()
    page.fill("#id_headline", "Put right")
    page.click("[name=_save]")
    saved(page)
    nothing_kept(page)


def test_leaving_a_changed_form_asks_and_an_unchanged_one_does_not(at_desk, draft):
    page = at_desk
    asked = []

    def stay(dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.goto(desk.page("change", draft.pk))
    page.click(".breadcrumbs a >> nth=0")
    expect(page).to_have_url(re.compile("/admin/$"))
    assert asked == []
    page.goto(desk.page("change", draft.pk))
    page.click("#id_lede")
    page.keyboard.type("More")
    with page.expect_event("dialog"):
        page.evaluate("document.querySelector('.breadcrumbs a').click()")
    assert asked == ["beforeunload"]
    expect(page.locator("#id_lede")).to_have_value(f"{draft.lede}More")


@pytest.mark.engines
def test_after_the_session_has_expired_one_logs_in_and_saves_in_the_same_tab(at_desk, draft):
    page = at_desk
    page.goto(desk.page("change", draft.pk))
    page.fill("#id_headline", "Typed while the session expired")
    Session.objects.all().delete()
    page.keyboard.press("Control+s")
    login = page.frame_locator("dialog iframe")
    login.locator("#id_username").fill("reporter")
    login.locator("#id_password").fill(PASSWORD)
    login.locator("[type=submit]").first.click()
    saved(page)
    draft.refresh_from_db()
    assert draft.headline == "Typed while the session expired"
    nothing_kept(page)


def test_without_a_connection_a_sentence_says_so_and_nothing_is_lost(at_desk, draft):
    page = at_desk
    page.goto(desk.page("change", draft.pk))
    page.fill("#id_headline", "Typed without a connection")
    # The editor has all its parts before the line breaks.
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.keyboard.press("Control+s")
    expect(page.locator("[data-saving]")).to_contain_text("does not answer")
    expect(page.locator("#id_headline")).to_have_value("Typed without a connection")
    page.context.set_offline(False)
    page.keyboard.press("Control+s")
    saved(page)
    draft.refresh_from_db()
    assert draft.headline == "Typed without a connection"


def test_presses_while_a_slow_line_sends_save_once(at_desk, draft):
    page = at_desk
    page.goto(desk.page("change", draft.pk))
    page.fill("#id_headline", "Saved once")
    sent = []

    def slowly(route) -> None:
        if route.request.method == "POST":
            sent.append(route.request.url)
            for _press in range(3):
                page.wait_for_event("console")
        route.continue_()

    page.route("**/change/", slowly)
    page.evaluate(
        """() => setInterval(() => {
            document.querySelector("[name=_save]").click();
            console.debug("pressed");
        }, 20)"""
    )
    saved(page)
    assert len(sent) == 1
    draft.refresh_from_db()
    assert draft.version == 2


def test_a_stale_tab_keeps_its_text(at_desk, draft, editor):
    page = at_desk
    page.goto(desk.page("change", draft.pk))
    page.fill("#id_headline", "The reporter's headline")
    draft.headline = "The editor's headline"
    saving.save_story(draft, by=editor)
    page.click("[name=_save]")
    expect(page.locator(".desk-stale")).to_contain_text("The editor's headline")
    expect(page.locator("#id_headline")).to_have_value("The reporter's headline")
    page.get_by_role("button", name="Save mine over it").first.click()
    saved(page)
    draft.refresh_from_db()
    assert draft.headline == "The reporter's headline"
    nothing_kept(page)


def test_two_tabs_of_one_person_save_one_after_the_other(at_desk, draft):
    """The second is told that it was they, and saving again saves; as does Ctrl+S."""
    page = at_desk
    page.goto(desk.page("change", draft.pk))
    page.fill("#id_headline", "From the first tab")
    other = page.context.new_page()
    other.goto(desk.page("change", draft.pk))
    other.fill("#id_lede", "From the second tab")
    other.keyboard.press("Control+s")
    saved(other)
    page.bring_to_front()
    page.keyboard.press("Control+s")
    expect(page.locator(".errornote")).to_contain_text("You saved this story yourself")
    expect(page.locator(".desk-stale")).to_contain_text("From the second tab")
    # Its scripts are there.
    expect(page.locator(".cke_editable").first).to_be_visible()
    page.keyboard.press("Control+s")
    saved(page)
    draft.refresh_from_db()
    assert draft.headline == "From the first tab"


def test_related_stories_are_found_chosen_and_moved_with_the_keyboard(
    at_desk, draft, published, make_story
):
    make_story("Đường Đà Nẵng thông xe")
    page = at_desk
    page.goto(desk.page("change", draft.pk))
    page.focus("[name=links_words]")
    page.keyboard.type("da nang")
    expect(page.locator("[role=option]")).to_contain_text("Đường Đà Nẵng thông xe")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[name=links_words]")).to_have_value("Đường Đà Nẵng thông xe")
    page.click(".desk-links [data-add]")
    page.keyboard.type("site since")
    page.locator("[role=option]").click()
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Control+s")
    saved(page)
    headlines = [link.target.headline for link in draft.related_links.all()]
    assert headlines == [published.headline, "Đường Đà Nẵng thông xe"]


def test_on_a_phone_rows_are_moved_and_removed_by_buttons(open_page, reporter, draft):
    page = open_page(user=reporter, width=390, height=844, has_touch=True, is_mobile=True)
    page.goto(desk.page("change", draft.pk))
    # Until the editor is there, all below it moves.
    page.locator(".cke_wysiwyg_div").wait_for()
    for number in (1, 2, 3):
        if number > 1:
            page.tap(".desk-links [data-add]")
        expect(page.locator("[name=links_words]")).to_have_count(number)
        page.locator("[name=links_words]").last.fill(f"https://x.example/{number}")
        page.locator("[name=links_title]").last.fill(f"Title {number}")
    page.locator(".desk-links").get_by_label("Move up").nth(2).tap()
    page.locator(".desk-links").get_by_label("Remove").nth(0).tap()
    page.tap("[name=_save]")
    saved(page)
    assert list(draft.related_links.values_list("title", flat=True)) == ["Title 3", "Title 2"]


def test_publishing_now_counts_down_and_leads_to_the_page(open_page, editor, draft):
    page = open_page(user=editor)
    page.goto(desk.page("change", draft.pk))
    page.click("[name=_publish]")
    expect(page.locator("[data-answer]")).to_contain_text("within seconds")
    page.click("[data-do]")
    expect(page.locator("[data-countdown-left]")).to_contain_text("in ")
    link = page.locator("[data-countdown-then]")
    expect(link).to_be_visible(timeout=10_000)
    expect(page.locator(".desk-countdown")).to_contain_text("Live since")
    link.click()
    expect(page.locator("article.story h1")).to_have_text(draft.headline)


def test_another_choice_is_answered_before_it_is_confirmed(open_page, editor, draft):
    page = open_page(user=editor, timezone_id="Europe/Berlin")
    page.goto(desk.page("publish", draft.pk))
    page.check("input[name=when][value=at]")
    expect(page.locator("[data-answer]")).to_be_hidden()
    page.fill("#id_at", "2150-01-01T06:00")
    hint = page.locator(".desk-at .desk-moment-hint")
    expect(hint).to_contain_text("Thursday, Vietnam time")
    expect(hint).to_contain_text("00:00 on your clock")
    expect(page.locator("[data-answer]")).to_contain_text("06:00 on Thursday, 1/1/2150")
    assert not draft.publications.exists()
    expect(page.locator("[data-do]")).to_have_text("Schedule")
    page.click("[data-do]")
    expect(page.locator(".desk-standing")).to_contain_text("Goes live")


def test_another_way_out_of_ending_rights_is_answered(open_page, editor, make_picture, make_story):
    ends = timezone.now() + timedelta(days=10)
    image = make_picture(by=editor, rights_until=ends)
    body = f'<figure data-images="{image.pk}"></figure>'
    story = make_story("With a picture for ten days", by=editor, body=body)
    page = open_page(user=editor)
    page.goto(desk.page("publish", story.pk))
    expect(page.locator("[data-answer]")).to_contain_text("this version expires then")
    page.check("input[name=rights_end][value=leave_out]")
    expect(page.locator("[data-answer]")).to_contain_text("the story goes on without it")
    assert not story.publications.exists()
