"""Whatever form one types into, an ended login or a careless click loses nothing."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles.models import Category
from media.models import Image
from tests import desk
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def log_in_again():
    """Ends all logins, presses the button, and logs in where the page asks for it."""

    def log_in_again(page, button: str) -> None:
        Session.objects.all().delete()
        page.clock.fast_forward("10:00")
        page.locator(button).first.click()
        login = page.frame_locator("dialog iframe")
        login.locator("#id_username").fill("managing-editor")
        login.locator("#id_password").fill(PASSWORD)
        login.locator("[type=submit]").first.click()

    return log_in_again


def test_a_sections_form(open_page, managing_editor, section, log_in_again):
    page = open_page(user=managing_editor)
    page.clock.install()
    page.goto(f"/admin/articles/category/{section.pk}/change/")
    page.fill("#id_description", "Typed while the login ended")
    log_in_again(page, "[name=_save]")
    expect(page.locator(".messagelist")).to_be_visible()
    assert Category.objects.get(pk=section.pk).description == "Typed while the login ended"


def test_the_login_can_be_left_with_escape(open_page, managing_editor, section):
    page = open_page(user=managing_editor)
    page.clock.install()
    page.goto(f"/admin/articles/category/{section.pk}/change/")
    page.fill("#id_description", "Typed while the login ended")
    Session.objects.all().delete()
    page.clock.fast_forward("10:00")
    page.locator("[name=_save]").first.click()
    username = page.frame_locator("dialog iframe").locator("#id_username")
    username.wait_for()
    page.wait_for_load_state("networkidle")
    username.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("[data-saving]")).to_contain_text("You are logged out")
    expect(page.locator("#id_description")).to_have_value("Typed while the login ended")


def test_a_pictures_form(open_page, managing_editor, make_picture, log_in_again):
    image = make_picture()
    page = open_page(user=managing_editor)
    page.clock.install()
    page.goto(f"/admin/media/image/{image.pk}/change/")
    page.get_by_label("Credit line").fill("Minh Khuê")
    log_in_again(page, "[name=_save]")
    expect(page.locator(".messagelist")).to_be_visible()
    assert Image.objects.get(pk=image.pk).credit == "Minh Khuê"


def test_many_pictures_at_once(open_page, managing_editor, make_picture, log_in_again):
    image = make_picture()
    page = open_page(user=managing_editor)
    page.clock.install()
    page.goto(f"/admin/media/image/many/?ids={image.pk}")
    page.get_by_label("Alt text").fill("A boat on the river")
    log_in_again(page, "[data-do]")
    expect(page.locator("[data-answer]")).to_contain_text("A boat on the river")


def test_the_note_of_a_correction(open_page, managing_editor, published, log_in_again):
    page = open_page(user=managing_editor)
    page.clock.install()
    page.goto(desk.page("publish", published.pk))
    page.check("[name=kind][value=correction]")
    page.locator("[name=note]").fill("An earlier text spoke of twelve boats.")
    log_in_again(page, "[data-do]")
    expect(page.locator("[data-answer]")).to_be_visible()
    expect(page.get_by_label("Correction text")).to_be_visible()
    expect(page.locator("[name=note]")).to_have_value("An earlier text spoke of twelve boats.")


def test_leaving_what_was_typed_asks_and_sending_it_does_not(
    open_page, managing_editor, make_picture
):
    image = make_picture()
    page = open_page(user=managing_editor)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto(f"/admin/media/image/many/?ids={image.pk}")
    page.get_by_label("Alt text").press_sequentially("A boat")
    page.locator(".desk-menu a").first.click()
    expect(page.get_by_label("Alt text")).to_have_value("A boat")
    assert asked == ["beforeunload"]
    page.locator("[data-do]").click()
    expect(page.locator("[data-answer]")).to_contain_text("A boat")
    page.locator(".desk-menu a").first.click()
    assert asked == ["beforeunload"] * 2
    page.locator("[data-do]").click()
    expect(page.locator(".messagelist")).to_be_visible()
    assert len(asked) == 2


def test_a_fresh_form_is_not_sent_into_the_void(open_page, managing_editor, section):
    page = open_page(user=managing_editor)
    page.goto(f"/admin/articles/category/{section.pk}/change/")
    page.fill("#id_description", "Typed without a connection")
    page.context.set_offline(True)
    page.locator("[name=_save]").first.click()
    expect(page.locator("[data-saving]").first).to_contain_text("The server does not answer")
    page.context.set_offline(False)
    page.locator("[name=_save]").first.click()
    expect(page.locator(".messagelist")).to_be_visible()


def test_two_presses_send_once(open_page, managing_editor, section):
    page = open_page(user=managing_editor)
    page.goto(f"/admin/articles/category/{section.pk}/change/")
    page.fill("#id_description", "Typed once")
    sent = []
    page.on("request", lambda request: sent.append(1) if request.method == "POST" else None)
    page.evaluate("for (const n of [1, 2, 3]) document.querySelector('[name=_save]').click()")
    expect(page.locator(".messagelist")).to_be_visible()
    assert len(sent) == 1


def test_somebody_elses_login_is_not_used(open_page, managing_editor, editor, section):
    page = open_page(user=managing_editor)
    page.clock.install()
    page.goto(f"/admin/articles/category/{section.pk}/change/")
    page.fill("#id_description", "Typed by the managing editor")
    other = open_page(user=editor)
    page.context.add_cookies(other.context.cookies())
    page.clock.fast_forward("10:00")
    page.locator("[name=_save]").first.click()
    expect(page.locator("dialog")).to_contain_text("Somebody else is logged in now")
    page.locator("dialog").get_by_role("button", name="Cancel").click()
    expect(page.locator("[data-saving]").first).to_contain_text("Somebody else is logged in now")
    expect(page.locator("#id_description")).to_have_value("Typed by the managing editor")
    assert not Category.objects.exclude(description="").exists()
