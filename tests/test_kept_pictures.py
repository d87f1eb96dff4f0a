"""What was typed under pictures on their way comes back, and so do the pictures: seen in Chromium."""

import json
import shutil

import pytest
from playwright.sync_api import expect

from articles.models import Article
from media.models import Image
from tests.conftest import CHROMIUM_OPTIONS, session_cookie
from tests.editor_page import photos
from tests.test_kept_copy import nothing_kept, wait_until_kept

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADD = "/admin/articles/article/add/"
# The files that lie in the browser's database: their names.
FILES = """() => new Promise((done) => {
    const request = indexedDB.open("newsroom", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("files", {keyPath: "key"});
    request.onsuccess = () => {
        const all = request.result.transaction("files").objectStore("files").getAll();
        all.onsuccess = () => {
            request.result.close();
            done(all.result.map(({file}) => file.name).sort());
        };
    };
})"""


def files_in(page) -> list[str]:
    return page.evaluate(FILES)


def wait_for_files(page, *names: str) -> None:
    """Wait until just these lie there."""
    assert page.evaluate(
        f"""async (names) => {{
            const until = Date.now() + 15_000;
            let there;
            do {{
                await new Promise(requestAnimationFrame);
                there = JSON.stringify(await ({FILES})());
            }} while (there !== names && Date.now() < until);
            return JSON.parse(there);
        }}""",
        json.dumps(sorted(names), separators=(",", ":")),
    ) == sorted(names)


def add_pictures(page, files: dict[str, bytes]) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Add pictures").first.click()
    chooser.value.set_files(
        [{"name": name, "mimeType": "image/jpeg", "buffer": data} for name, data in files.items()]
    )


def hold_uploads(page) -> None:
    """Nothing arrives from now on."""
    page.route("**/pictures/add/", lambda route: None)


def write_with_pictures(page, *captions: str) -> None:
    """A paragraph, then a picture for each caption, none of which arrives."""
    page.goto(ADD)
    hold_uploads(page)
    page.fill("#id_headline", "Typed at 22:00")
    page.locator(".cke_editable").first.click()
    page.keyboard.type("Words before")
    add_pictures(page, photos(*(f"{n}.jpg" for n in range(1, len(captions) + 1))))
    figures = page.locator("figure")
    expect(figures).to_have_count(len(captions))
    for n, caption in enumerate(captions):
        figures.nth(n).locator("figcaption").click()
        page.keyboard.type(caption)


@pytest.fixture
def page(open_page, reporter, section):
    page = open_page(user=reporter)
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("dialog", lambda dialog: dialog.accept())
    yield page
    assert not page.faults


def reopen(page):
    """As after a crash: another page of the same browser, where uploads work."""
    again = page.context.new_page()
    page.close(run_before_unload=False)
    again.faults = page.faults
    again.on("dialog", lambda dialog: dialog.accept())
    again.goto(ADD)
    return again


def assert_all_there(page, *captions: str) -> None:
    """The pictures have arrived in their places, their captions under them, and all is saved."""
    expect(page.locator("figure img")).to_have_count(len(captions))
    expect(page.locator("figcaption")).to_have_text(list(captions))
    page.click("[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text("Saved")
    story = Article.objects.get()
    assert story.body.startswith("<p>Words before</p><figure")
    assert [row.text for row in story.captions.order_by("position")] == list(captions)
    names = [caption.images.get().original_name for caption in story.captions.order_by("position")]
    assert names == [f"{n}.jpg" for n in range(1, len(captions) + 1)]


@pytest.mark.engines
def test_captions_and_files_come_back_and_the_pictures_go_on_by_themselves(page):
    captions = ("The first boat", "The second boat", "The third boat")
    write_with_pictures(page, *captions)
    wait_until_kept(page, *captions)
    wait_for_files(page, "1.jpg", "2.jpg", "3.jpg")
    page = reopen(page)
    page.click("[data-copy-restore]")
    assert_all_there(page, *captions)
    wait_for_files(page)
    nothing_kept(page)


def test_a_picture_that_failed_and_its_caption_come_back_too(page):
    page.goto(ADD)
    page.route("**/pictures/add/", lambda route: route.abort())
    page.fill("#id_headline", "Typed at 22:00")
    page.locator(".cke_editable").first.click()
    page.keyboard.type("Words before")
    add_pictures(page, photos("1.jpg"))
    expect(page.locator("figure .failed")).to_be_visible()
    page.locator("figcaption").click()
    page.keyboard.type("Under what failed")
    wait_until_kept(page, "Under what failed")
    wait_for_files(page, "1.jpg")
    page = reopen(page)
    page.click("[data-copy-restore]")
    assert_all_there(page, "Under what failed")


def test_of_a_group_the_one_that_was_missing_joins_the_others(page):
    page.goto(ADD)
    page.fill("#id_headline", "A group")
    page.locator(".cke_editable").first.click()
    add_pictures(page, photos("1.jpg"))
    expect(page.locator("figure img")).to_have_count(1)
    hold_uploads(page)
    with page.expect_file_chooser() as chooser:
        page.locator("figure").get_by_role("button", name="Add pictures here").click()
    chooser.value.set_files(
        [{"name": "2.jpg", "mimeType": "image/jpeg", "buffer": photos("2.jpg")["2.jpg"]}]
    )
    page.locator("figcaption").click()
    page.keyboard.type("Over both")
    wait_until_kept(page, "Over both", "2.jpg")
    wait_for_files(page, "2.jpg")
    page = reopen(page)
    page.click("[data-copy-restore]")
    expect(page.locator("figure")).to_have_count(1)
    expect(page.locator("figure img")).to_have_count(2)
    expect(page.locator("figcaption")).to_have_text("Over both")


def test_what_has_arrived_is_not_kept_any_longer(page):
    page.goto(ADD)
    held = []
    page.route("**/pictures/add/", lambda route: held.append(route))
    page.locator(".cke_editable").first.click()
    add_pictures(page, photos("1.jpg"))
    wait_for_files(page, "1.jpg")
    held[0].continue_()
    expect(page.locator("figure img")).to_have_count(1)
    wait_for_files(page)
    wait_until_kept(page, f'data-images=\\"{Image.objects.get().pk}\\"')


def test_what_is_taken_out_or_discarded_is_thrown_away(page):
    write_with_pictures(page, "One", "Two")
    wait_for_files(page, "1.jpg", "2.jpg")
    page.locator("figure").first.get_by_role("button", name="Remove", exact=True).click()
    wait_for_files(page, "2.jpg")
    page = reopen(page)
    page.click("[data-copy-discard]")
    wait_for_files(page)


def test_logging_out_tells_of_the_pictures_and_throws_them_away(page):
    write_with_pictures(page, "One", "Two")
    wait_for_files(page, "1.jpg", "2.jpg")
    page.click("#logout-form button")
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("Typed at 22:00 (pictures not uploaded yet: 2)")
    question.get_by_role("button", name="Delete it and log out").click()
    expect(page.locator("#user-tools")).to_have_count(0)
    wait_for_files(page)


def test_logging_out_in_another_tab_throws_them_away_too(page):
    write_with_pictures(page, "One")
    wait_for_files(page, "1.jpg")
    other = page.context.new_page()
    other.goto("/admin/")
    other.click("#logout-form button")
    other.get_by_role("button", name="Delete it and log out").click()
    page.wait_for_url("**/admin/login/")
    wait_for_files(other)


BROKEN = {
    "no database": """Object.defineProperty(window, "indexedDB", {
        get() { throw new DOMException("denied", "SecurityError"); }
    })""",
    "no answer": "indexedDB.open = () => ({})",
    "no room": """IDBObjectStore.prototype.put = () => {
        throw new DOMException("full", "QuotaExceededError");
    }""",
}


@pytest.mark.parametrize("broken", BROKEN)
def test_where_the_browser_keeps_no_files_captions_and_names_come_back(page, broken):
    """As in a private window, and on a full disk."""
    page.context.add_init_script(BROKEN[broken])
    write_with_pictures(page, "The first boat", "The second boat")
    wait_until_kept(page, "The first boat", "The second boat", "1.jpg")
    page = reopen(page)
    page.click("[data-copy-restore]")
    figures = page.locator("figure")
    expect(figures).to_have_count(2)
    expect(page.locator("figcaption")).to_have_text(["The first boat", "The second boat"])
    for n in range(2):
        expect(figures.nth(n)).to_contain_text(f"{n + 1}.jpg")
        expect(figures.nth(n)).to_contain_text("did not keep the file")
    # The file is chosen again at its caption; without the other one its caption is a paragraph.
    with page.expect_file_chooser() as chooser:
        figures.first.get_by_role("button", name="Choose the file").click()
    chooser.value.set_files(
        [{"name": "1.jpg", "mimeType": "image/jpeg", "buffer": photos("1.jpg")["1.jpg"]}]
    )
    expect(figures.first.locator("img")).to_have_count(1)
    page.click("[name=_save]")
    page.get_by_role("button", name="Save without them").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved")
    story = Article.objects.get()
    assert [row.text for row in story.captions.all()] == ["The first boat"]
    assert "<p>The second boat</p>" in story.body


def test_more_than_all_may_take_costs_the_file_alone(page):
    room = len(photos("1.jpg")["1.jpg"]) + 1

    def narrow(route) -> None:
        response = route.fetch()
        script = response.text().replace("MOST = 200_000_000", f"MOST = {room}")
        route.fulfill(response=response, body=script)

    page.route("**/kept-files*.js", narrow)
    write_with_pictures(page, "One", "Two", "Three")
    wait_until_kept(page, "One", "Two", "Three", "3.jpg")
    wait_for_files(page, "1.jpg")


def test_seven_photos_of_four_megabytes_outlive_a_restart(
    browser, live_server, tmp_path, reporter, section
):
    path = shutil.which("chromium") or shutil.which("chromium-browser")

    def start():
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "profile",
            executable_path=path,
            args=CHROMIUM_OPTIONS,
            base_url=live_server.url,
            locale="en-GB",
        )
        context.set_default_timeout(30_000)
        context.add_cookies([session_cookie(reporter, live_server.url)])
        return context

    # Bytes behind a picture's end are no part of it.
    large = {name: data + bytes(4_000_000) for name, data in photos(*PHOTOS).items()}
    context = start()
    page = context.pages[0]
    page.goto(ADD)
    hold_uploads(page)
    page.fill("#id_headline", "Typed at 22:00")
    page.locator(".cke_editable").first.click()
    page.keyboard.type("Words before")
    add_pictures(page, large)
    captions = [f"Caption {n}" for n in range(1, 8)]
    for n, caption in enumerate(captions):
        page.locator("figcaption").nth(n).click()
        page.keyboard.type(caption)
    wait_until_kept(page, *captions)
    wait_for_files(page, *PHOTOS)
    context.close()
    context = start()
    page = context.pages[0]
    page.goto(ADD)
    page.click("[data-copy-restore]")
    assert_all_there(page, *captions)
    context.close()


PHOTOS = [f"{n}.jpg" for n in range(1, 8)]
