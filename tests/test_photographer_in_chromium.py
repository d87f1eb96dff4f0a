"""A photographer chosen in the library's list, and written beside the text, in Chromium."""

import re

import pytest
from playwright.sync_api import expect

from media.models import Image

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_library_is_filtered_by_keys_alone(open_page, editor, make_picture, width):
    for name in ("Minh Khuê", "Lan, Minh", "Hoa"):
        make_picture(photographer=name, alt_text=f"By {name}")
    page = open_page(user=editor, width=width)
    page.goto("/admin/media/image/")
    field = page.locator("#library-photographer")
    field.focus()
    page.keyboard.type("minh")
    options = page.locator(".desk-options li")
    expect(options).to_have_text(["Minh", "Minh Khuê"])
    box, first = field.bounding_box(), options.first.bounding_box()
    assert 0 <= first["y"] - box["y"] - box["height"] < 8
    assert abs(first["x"] - box["x"]) < 8
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator(".library-tile")).to_have_count(1)
    expect(page.locator(".library-name")).to_have_text("By Lan, Minh")
    expect(page.locator("#library-photographer")).to_have_value("Minh")


def test_beside_the_text_the_credit_follows_another_photographer(
    open_page, reporter, make_picture, make_story
):
    image = make_picture(by=reporter, photographer="Lan", credit="Lan/TTXVN", alt_text="Boats")
    story = make_story("Boats", body=f'<figure data-images="{image.pk}"></figure>')
    page = open_page(user=reporter)
    page.goto(f"/admin/articles/article/{story.pk}/change/")
    page.locator(".cke_editable figure img").click()
    panel = page.locator(".panel")
    panel.get_by_label(re.compile("^Photographer")).fill("Minh Anh")
    panel.get_by_label(re.compile("^Photographer")).press("Enter")
    expect(panel.get_by_role("status")).to_have_text("Saved in the library.")
    expect(panel.get_by_label(re.compile("^Credit line"))).to_have_value("Minh Anh/TTXVN")
    image.refresh_from_db()
    assert (image.photographer, image.credit) == ("Minh Anh", "Minh Anh/TTXVN")
    assert Image.objects.get().credit_line == "Minh Anh/TTXVN"


def test_a_draft_with_an_unknown_name_is_saved_and_says_where_it_went(open_page, reporter):
    page = open_page(user=reporter)
    page.goto("/admin/articles/article/add/")
    page.fill("#id_headline", "Ra khơi")
    page.locator("[name=authors]").first.fill("Người Lạ")
    page.locator("[name=_save]").first.click()
    expect(page.locator(".messagelist")).to_contain_text("moved to “Source line”: Người Lạ")
    expect(page.locator("#id_byline")).to_have_value("Người Lạ")
