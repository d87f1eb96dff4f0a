"""The library in Chromium: pictures brought in, described, cropped, used, replaced; by keyboard alone."""

from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article
from media import renditions, uploads
from media.models import Image
from tests import pictures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIBRARY = "/admin/media/image/"


@pytest.fixture
def desk(open_page, editor):
    """An editor's page, which must not complain about anything."""
    page = open_page(user=editor)
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if _is_fault(message) else 0)
    yield page
    assert complaints == []


def _is_fault(message) -> bool:
    # What Chromium itself says of a refused upload is no fault of the page.
    return message.type == "error" and "Failed to load resource" not in message.text


@pytest.fixture
def ten_files(tmp_path: Path) -> list[Path]:
    """Seven photos, and three files that are none: text, half a photo, nothing."""
    files = {f"DSC_{n}.jpg": pictures.jpeg((640, 480), n) for n in range(1, 7)}
    files["DSC_7.jpg"] = pictures.iptc(caption="Thuyền về bến Đông Hà".encode())
    files["letter.jpg"] = b"Dear editor, here are the pictures."
    files["half.jpg"] = pictures.jpeg((640, 480), 8)[:4000]
    files["empty.jpg"] = b""
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return [tmp_path / name for name in files]


def press(page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page, locator, at_most: int = 60) -> None:
    """Reach it with the Tab key alone."""
    for _n in range(at_most + 1):
        if locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {locator}")


def bring(page, files: list[Path]) -> None:
    page.goto(LIBRARY)
    page.locator("[data-bring-input]").set_input_files(files)
    expect(page.locator("[data-bring-rows] li")).to_have_count(len(files))
    busy = page.locator("[data-state=waiting], [data-state=sending]")
    expect(busy).to_have_count(0, timeout=60_000)


def test_the_whole_way_of_ten_pictures_of_which_three_are_bad(
    desk, page, publish_at, section, paper, ten_files, tmp_path
):
    bring(desk, ten_files)
    expect(desk.locator("[data-state=done]")).to_have_count(7)
    failed = desk.locator("[data-state=failed]")
    expect(failed).to_have_count(3)
    expect(failed.filter(has_text="letter.jpg")).to_contain_text("not a picture")
    expect(desk.locator("[data-bring-status]")).to_contain_text("7 pictures uploaded")
    assert Image.objects.count() == 7

    desk.get_by_role("link", name="Fill in for all").click()
    expect(desk.locator(".many-list > li")).to_have_count(7)
    expect(desk.get_by_text("Thuyền về bến Đông Hà")).to_be_visible()
    desk.get_by_label("Credit line", exact=True).fill("Minh Khuê")
    desk.get_by_role("button", name="What will change?").click()
    expect(desk.get_by_text("7 pictures will change")).to_be_visible()
    desk.get_by_role("button", name="Change them").click()
    expect(desk.get_by_text("7 pictures changed.")).to_be_visible()
    assert set(Image.objects.values_list("credit", flat=True)) == {"Minh Khuê"}

    desk.get_by_label("Keywords").fill("dong ha thuyen")
    desk.get_by_role("button", name="Search").click()
    desk.locator(".library-tile a").click()
    image = Image.objects.get(original_name="DSC_7.jpg")
    desk.get_by_label("Alt text").fill("Những chiếc thuyền")
    desk.locator("[data-focus-point]").focus()
    press(desk, *["Shift+ArrowLeft"] * 3, "ArrowLeft", "ArrowLeft", *["Shift+ArrowDown"] * 5)
    expect(desk.get_by_label("Focal point, from the left")).to_have_value("0.18")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".library-grid")).to_be_visible(timeout=30_000)
    image.refresh_from_db()
    assert image.focus == (0.18, 1.0)

    desk.goto("/admin/articles/article/add/")
    desk.get_by_label("Headline", exact=True).fill("Thuyền về bến sớm")
    desk.get_by_label("Section").select_option(label="Kinh tế")
    desk.locator(".cke_wysiwyg_div").click()
    desk.get_by_role("button", name="From the library").click()
    grid = desk.get_by_role("listbox", name="Pictures of the library")
    expect(grid.get_by_role("option")).to_have_count(7)
    desk.get_by_label("Search the library").fill("thuyen")
    expect(grid.get_by_role("option")).to_have_count(1)
    grid.get_by_role("option").dblclick()
    expect(desk.locator("figcaption")).to_have_text("Thuyền về bến Đông Hà")
    desk.locator("[name=_save]").first.click()
    expect(desk.get_by_text("Thuyền về bến sớm").first).to_be_visible()
    story = Article.objects.get()
    address = publish_at(story, timezone.now() - timedelta(minutes=1)).get_absolute_url()
    shown = page.locator(".story figure img")
    page.goto(address)
    expect(shown).to_have_attribute("alt", "Những chiếc thuyền")
    expect(page.locator("figcaption")).to_contain_text("Minh Khuê")
    before = shown.get_attribute("src")

    new = tmp_path / "better.jpg"
    new.write_bytes(pictures.jpeg((900, 900), 99))
    desk.goto(f"{LIBRARY}{image.pk}/change/")
    expect(desk.get_by_role("link", name="Thuyền về bến sớm")).to_be_visible()
    desk.get_by_role("link", name="Replace the file").click()
    desk.get_by_label("New file", exact=True).set_input_files(new)
    expect(desk.locator("[data-replace-new] img")).to_be_visible()
    desk.get_by_label("Yes, show the new file").check()
    desk.get_by_role("button", name="Replace the file").click()
    expect(desk.get_by_text("The picture has its new file")).to_be_visible(timeout=30_000)
    page.goto(address)
    assert shown.get_attribute("src") != before
    assert shown.evaluate("img => img.naturalWidth === img.naturalHeight")
    expect(page.locator("figcaption")).to_contain_text("Thuyền về bến Đông Hà")


def test_the_same_file_leads_to_the_picture_that_exists(desk, ten_files, make_picture):
    bring(desk, ten_files[:2])
    bring(desk, ten_files[:3])
    known = desk.locator("[data-state=done]", has_text="Already in the library")
    expect(known).to_have_count(2)
    expect(desk.locator("[data-bring-status]")).to_contain_text("1 picture uploaded")
    known.first.get_by_role("link").click()
    expect(desk.get_by_text("DSC_1.jpg").first).to_be_visible()
    assert Image.objects.count() == 3


def test_a_lost_connection_is_said_and_tried_again(desk, ten_files):
    desk.route("**/pictures/add/", lambda route: route.abort())
    bring(desk, ten_files[:2])
    failed = desk.locator("[data-state=failed]")
    expect(failed).to_have_count(2)
    expect(failed.first).to_contain_text("cannot be reached")
    desk.unroute("**/pictures/add/")
    failed.first.get_by_role("button", name="Try again").click()
    expect(desk.locator("[data-state=done]")).to_have_count(1, timeout=30_000)
    failed.first.get_by_role("button", name="Dismiss").click()
    expect(desk.locator("[data-state=discarded]")).to_have_count(1)
    assert Image.objects.count() == 1


def test_a_busy_server_is_asked_again_by_itself(desk, ten_files):
    left = iter(range(3))

    def answer(route) -> None:
        if next(left, None) is None:
            route.continue_()
        else:
            route.fulfill(status=503, headers={"Retry-After": "1"}, body="Busy")

    desk.route("**/pictures/add/", answer)
    bring(desk, ten_files[:2])
    expect(desk.locator("[data-state=postponed]").first).to_contain_text("goes on by itself")
    expect(desk.locator("[data-state=done]")).to_have_count(2, timeout=30_000)
    assert Image.objects.count() == 2


@pytest.mark.parametrize("way", ["drop", "paste"])
def test_files_are_dropped_and_pasted_anywhere_on_the_page(desk, way):
    desk.goto(LIBRARY)
    desk.evaluate(
        """([way, bytes]) => {
            const files = new DataTransfer();
            for (const name of ["10.jpg", "2.jpg"]) {
                files.items.add(new File([new Uint8Array(bytes)], name, {type: "image/jpeg"}));
            }
            const how = {bubbles: true, cancelable: true};
            document.body.dispatchEvent(
                way === "drop"
                    ? new DragEvent("drop", {...how, dataTransfer: files})
                    : new ClipboardEvent("paste", {...how, clipboardData: files}));
        }""",
        [way, list(pictures.jpeg((320, 240), 4))],
    )
    expect(desk.locator(".bring-name")).to_have_text(["2.jpg", "10.jpg"])
    expect(desk.locator("[data-state=done]")).to_have_count(2, timeout=60_000)
    assert Image.objects.count() == 1


def test_pictures_are_selected_and_edited_with_the_keyboard_alone(desk, make_picture):
    for n in range(5):
        make_picture(alt_text=f"Number {n}", credit="Old")
    desk.goto(LIBRARY)
    tab_to(desk, desk.get_by_label("Keywords"))
    desk.keyboard.type("number")
    press(desk, "Enter")
    desk.wait_for_url("**q=number**")
    boxes = desk.get_by_role("checkbox")
    tab_to(desk, boxes.nth(1))
    press(desk, " ")
    expect(desk.locator("[data-select-count]")).to_have_text("Selected: 1")
    tab_to(desk, boxes.nth(2))
    press(desk, " ")
    for _n in range(12):
        if desk.get_by_role("button", name="Edit selected").evaluate(
            "b => b === document.activeElement"
        ):
            break
        press(desk, "Shift+Tab")
    press(desk, "Enter")
    tab_to(desk, desk.get_by_label("Credit line", exact=True))
    desk.keyboard.type("New")
    press(desk, "Enter")
    expect(desk.get_by_text("2 pictures will change")).to_be_visible()
    tab_to(desk, desk.get_by_role("button", name="Change them"))
    press(desk, "Enter")
    expect(desk.get_by_text("2 pictures changed.")).to_be_visible()
    assert set(Image.objects.filter(credit="New").values_list("alt_text", flat=True)) == {
        "Number 3",
        "Number 2",
    }


def test_shift_selects_all_between_and_one_button_selects_the_page(desk, make_picture):
    for _n in range(5):
        make_picture()
    desk.goto(LIBRARY)
    boxes = desk.get_by_role("checkbox")
    boxes.nth(1).click()
    boxes.nth(3).click(modifiers=["Shift"])
    expect(desk.locator("[data-select-count]")).to_have_text("Selected: 3")
    desk.get_by_role("button", name="Select all on this page").click()
    expect(desk.locator("[data-select-count]")).to_have_text("Selected: 5")
    desk.get_by_role("button", name="Select none").click()
    expect(desk.get_by_role("button", name="Edit selected")).to_be_disabled()


def test_a_picture_is_cropped_and_saved_with_the_keyboard_alone(desk, make_picture):
    image = make_picture()
    desk.goto(f"{LIBRARY}{image.pk}/change/")
    point = desk.locator("[data-focus-point]")
    tab_to(desk, point)
    press(desk, "ArrowRight", "Shift+ArrowUp")
    expect(desk.locator("[data-focus-status]")).to_have_text(
        "Focal point: 51 % from the left, 40 % from the top"
    )
    tab_to(desk, desk.get_by_label("Alt text"))
    desk.keyboard.type("Boats")
    tab_to(desk, desk.get_by_role("button", name="Save and stay here"))
    press(desk, "Enter")
    expect(desk.get_by_label("Focal point, from the top")).to_have_value("0.4")
    image.refresh_from_db()
    assert (image.alt_text, image.focus) == ("Boats", (0.51, 0.4))


def test_a_click_sets_the_focal_point_and_numbers_move_it(desk, make_picture):
    image = make_picture()
    desk.goto(f"{LIBRARY}{image.pk}/change/")
    picture = desk.locator("[data-focus-picture]")
    box = picture.bounding_box()
    picture.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.75})
    x, y = desk.get_by_label("Focal point, from the left"), desk.locator("#id_focus_y")
    assert (float(x.input_value()), float(y.input_value())) == pytest.approx((0.25, 0.75), abs=0.02)
    x.fill("0.9")
    expect(desk.locator("[data-focus-point]")).to_have_attribute("style", r"left: 90%; top: 75%;")


def test_the_picker_is_searched_filtered_and_emptied_into_the_story_by_keyboard(
    desk, editor, reporter, make_picture, make_story
):
    placed = make_picture(by=editor, caption="Placed")
    make_story("Hội thi bơi chải", by=editor, body=f'<figure data-images="{placed.pk}"></figure>')
    for n in range(2):
        make_picture(by=editor, caption=f"Mine {n}")
    make_picture(by=reporter, caption="A reporter's")
    desk.goto("/admin/articles/article/add/")
    desk.locator(".cke_wysiwyg_div").click()
    desk.get_by_role("button", name="From the library").focus()
    press(desk, "Enter")
    options = desk.get_by_role("listbox", name="Pictures of the library").get_by_role("option")
    expect(options).to_have_count(4)
    desk.keyboard.type("boi chai")
    expect(options).to_have_text(["Placed"])
    press(desk, "Control+a", "Delete")
    expect(options).to_have_count(4)
    tab_to(desk, desk.get_by_role("button", name="Mine"), at_most=3)
    press(desk, "Enter")
    expect(options).to_have_text(["Mine 1", "Mine 0", "Placed"])
    tab_to(desk, desk.get_by_role("button", name="In no story"), at_most=1)
    press(desk, " ")
    expect(options).to_have_text(["A reporter's", "Mine 1", "Mine 0"])
    tab_to(desk, options.first, at_most=1)
    press(desk, "End", " ", "ArrowLeft", " ")
    expect(options.locator(".order")).to_have_text(["", "2", "1"])
    press(desk, "Enter")
    expect(desk.locator("figcaption")).to_have_text(["Mine 0", "Mine 1"])


@pytest.mark.parametrize("size", [(3000, 2000), (2000, 3000), (1600, 900), (1000, 1000)])
def test_the_previews_show_exactly_what_is_cut(desk, size):
    desk.goto(LIBRARY)
    for ratio in (16 / 9, 1200 / 630):
        for focus in ((0.5, 0.5), (0, 1), (0.3, 0.62), (0.97, 0.04)):
            box = renditions.crop_box(size, ratio, focus)
            found = desk.evaluate(
                """async ([width, height, ratio, x, y]) => {
                    const {cropPosition} = await import("/static/articles/library/focusing.js");
                    return cropPosition({width, height}, ratio, {x, y});
                }""",
                [*size, ratio, *focus],
            )
            left = found["x"] * (size[0] - (box.right - box.left))
            top = found["y"] * (size[1] - (box.bottom - box.top))
            assert (left, top) == pytest.approx((box.left, box.top), abs=1.01)


def test_a_file_that_is_too_big_is_said_so_without_being_sent(desk, tmp_path):
    big, small = tmp_path / "big.tiff", tmp_path / "small.jpg"
    with big.open("wb") as file:
        file.truncate(uploads.MAX_BYTES + 1)
    small.write_bytes(pictures.jpeg())
    sent = []
    desk.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    bring(desk, [big, small])
    expect(desk.locator("[data-state=failed]")).to_contain_text("more than 40 MB")
    expect(desk.locator("[data-state=done]")).to_have_count(1)
    assert len(sent) == 1


def faults(page) -> list[str]:
    """What axe finds, and whether the page is wider than the screen."""
    violations = Axe().run(page).response["violations"]
    found = [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in violations]
    width = page.locator("body").evaluate("body => body.scrollWidth")
    if width > page.viewport_size["width"]:
        found.append(f"{width} px wide")
    return found


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_every_page_of_the_library_is_for_everybody(
    open_page, editor, reporter, make_picture, make_story, publish_at, now, ten_files, width, scheme
):
    image = make_picture(by=reporter, alt_text="Boats", credit="Old")
    make_picture(by=reporter)
    publish_at(make_story("Live", body=f'<figure data-images="{image.pk}"></figure>'), now)
    image.credit, image.rights_until = "New", now.replace(year=now.year + 1)
    image.save()
    page = open_page(user=editor, width=width, color_scheme=scheme, bypass_csp=True)
    one = f"{LIBRARY}{image.pk}/"
    pages = {
        "list": LIBRARY,
        "nothing": f"{LIBRARY}?q=nothing",
        "picture": f"{one}change/",
        "replace": f"{one}replace/",
        "rights": f"{one}rights/",
        "words": f"{LIBRARY}words/?ids={image.pk}",
        "many": f"{LIBRARY}many/?ids={image.pk}",
        "new": f"{LIBRARY}add/",
        "front": "/admin/",
    }
    found = {}
    for name, address in pages.items():
        page.goto(address)
        found[name] = faults(page)
    bring(page, [*ten_files[:1], *ten_files[-1:]])
    expect(page.locator("[data-state=done]")).to_have_count(1)
    found["bringing"] = faults(page)
    page.goto("/admin/articles/article/add/")
    page.get_by_role("button", name="From the library").click()
    grid = page.get_by_role("listbox", name="Pictures of the library")
    grid.get_by_role("option").nth(1).click()
    found["picker"] = faults(page)
    assert {name: each for name, each in found.items() if each} == {}
