"""An editor mends a slip where it is: in what readers have, or in what waits, and nowhere else."""

import time
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from articles.publishing import saving, workflow
from tests import desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SLIP = "<p>Tem boats came home at six.</p><p>Nobody was hurt, says the harbour master.</p>"


@pytest.fixture
def story(make_story, publish_at, managing_editor, now):
    """Live with a slip; the update that waits has it too."""
    story = make_story("Boats come home", body=SLIP)
    publish_at(story, now - timedelta(hours=1))
    story.refresh_from_db()
    story.body = f"{SLIP}<p>Tomorrow they leave again.</p>"
    saving.save_story(story, by=managing_editor)
    workflow.publish(story, by=managing_editor, at=now + timedelta(days=1))
    return story


def mend(page) -> None:
    """As a person does: behind the wrong letter, one key back, the right one."""
    text = page.locator(".cke_wysiwyg_div")
    expect(text).to_contain_text("Tem boats")
    text.locator("p").first.click()
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Backspace")
    page.keyboard.type("n")
    expect(text).to_contain_text("Ten boats")


def open_version(page, story, name: str) -> None:
    page.goto(desk.page("change", story.pk))
    page.get_by_role("link", name=name).click()


def test_a_slip_in_a_live_text_is_mended_while_an_update_waits(
    open_page, editor, story, live_server, now
):
    page, reader = open_page(user=editor), open_page()
    open_version(page, story, "Change what readers have…")
    expect(page.locator(".desk-band")).to_contain_text("which readers have now")
    mend(page)
    page.get_by_role("button", name="What will change?").click()
    expect(page.locator(".desk-compared").first).to_contain_text("Tem")
    expect(page.get_by_role("status").first).to_contain_text("within seconds as a minor change")
    page.get_by_role("button", name="Change what readers have").click()
    expect(page.locator(".messagelist")).to_contain_text("Done.")

    pressed = time.monotonic()
    address = story.publications.get(number=1).get_absolute_url()
    seen = ""
    while "Ten boats" not in seen:
        reader.goto(address)
        seen = reader.locator(".story-body").inner_text()
        assert "leave again" not in seen
        assert time.monotonic() - pressed < 8, "readers have it within a few seconds"

    plan = story.publications.latest("number")
    assert plan.live_from == now + timedelta(days=1)
    local = timezone.localtime(plan.live_from).replace(tzinfo=None)
    page.goto(reverse("site_at", args=[local.isoformat(), address.lstrip("/")]))
    expect(page.locator(".story-body")).to_contain_text("Ten boats came home")
    expect(page.locator(".story-body")).to_contain_text("leave again")


def test_a_slip_in_a_plan_is_mended_and_nothing_of_it_is_live(open_page, editor, story, now):
    page = open_page(user=editor)
    open_version(page, story, "Change what is scheduled…")
    mend(page)
    page.get_by_role("button", name="What will change?").click()
    expect(page.get_by_label("Version 1, live since")).not_to_be_checked()
    expect(page.get_by_label("The working copy")).to_be_checked()
    page.get_by_role("button", name="Change the scheduled version").click()
    expect(page.locator(".messagelist")).to_contain_text("Done.")

    plan = story.publications.latest("number")
    assert plan.live_from == now + timedelta(days=1)
    assert "Ten boats" in plan.text.body
    page.goto(story.publications.get(number=1).get_absolute_url())
    expect(page.locator(".story-body")).to_contain_text("Tem boats")


def test_writing_on_and_choosing_again_keep_what_was_typed(open_page, editor, story):
    page = open_page(user=editor)
    open_version(page, story, "Change what readers have…")
    mend(page)
    page.get_by_role("button", name="What will change?").click()
    page.get_by_role("button", name="Go on writing").click()
    expect(page.locator(".cke_wysiwyg_div")).to_contain_text("Ten boats")
    page.fill("#id_headline", "Boats are home")
    page.get_by_role("button", name="What will change?").click()
    page.get_by_label("Correction", exact=True).check()
    page.get_by_label("Correction text").fill("Ten boats, not tem.")
    page.get_by_label("The working copy").uncheck()
    expect(page.get_by_role("status").first).to_contain_text("as a correction")
    expect(page.get_by_role("status").first).not_to_contain_text("working copy gets it")
    page.get_by_role("button", name="Change what readers have").click()
    expect(page.locator(".messagelist")).to_contain_text("Done.")
    row = story.publications.get(number=3)
    assert (row.headline, row.kind, row.note) == (
        "Boats are home",
        "correction",
        "Ten boats, not tem.",
    )


def test_what_was_typed_into_a_version_comes_back_there_and_only_there(open_page, editor, story):
    page = open_page(user=editor)
    open_version(page, story, "Change what readers have…")
    page.fill("#id_headline", "Typed and left")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(desk.page("change", story.pk))
    expect(page.locator(".cke_wysiwyg_div")).to_be_visible()
    expect(page.locator("[data-copy-offer]")).to_be_hidden()
    page.goto(desk.page("version", story.pk, 1))
    page.get_by_role("button", name="Restore it").click()
    expect(page.locator("#id_headline")).to_have_value("Typed and left")
    page.get_by_role("button", name="What will change?").click()
    page.get_by_role("button", name="Change what readers have").click()
    expect(page.locator(".messagelist")).to_contain_text("Done.")
    page.goto(desk.page("version", story.pk, 3))
    expect(page.locator(".cke_wysiwyg_div")).to_be_visible()
    expect(page.locator("[data-copy-offer]")).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_axe_finds_nothing_and_the_pages_fit(open_page, editor, story, width, color_scheme):
    page = open_page(user=editor, width=width, color_scheme=color_scheme)
    for address in (
        desk.page("versions", story.pk),
        desk.page("read", story.pk, 1),
        desk.page("restore", story.pk, 1),
    ):
        page.goto(address)
        check(page)
    page.goto(desk.page("version", story.pk, 1))
    expect(page.locator(".cke_wysiwyg_div")).to_be_visible()
    page.fill("#id_headline", "Boats are home " * 8)
    page.get_by_role("button", name="What will change?").click()
    expect(page.get_by_role("button", name="Go on writing")).to_be_visible()
    check(page)


def check(page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
