"""A photographer chosen in the library's list, and told beside the text, in Chromium."""

import re

import pytest
from playwright.sync_api import expect

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
    named = make_picture(by=reporter, photographer="Lan", credit="Lan/TTXVN", alt_text="Boats")
    bare = make_picture(by=reporter, alt_text="Bridge")
    body = "".join(f'<figure data-images="{image.pk}"></figure>' for image in (named, bare))
    page = open_page(user=reporter)
    page.goto(f"/admin/articles/article/{make_story('Boats', body=body).pk}/change/")
    first, second = (page.locator(".cke_editable figure").nth(number) for number in (0, 1))
    first.locator("img").click()
    photographer, credit = (
        first.get_by_label(re.compile(f"^{label}")) for label in ("Photographer", "Credit line")
    )
    photographer.fill("Minh Anh")
    photographer.press("Enter")
    expect(first.get_by_text("Saved in the library.")).to_be_visible()
    expect(credit).to_have_value("Minh Anh/TTXVN")
    named.refresh_from_db()
    assert (named.photographer, named.credit) == ("Minh Anh", "Minh Anh/TTXVN")
    second.locator("img").click()
    expect(second.get_by_label(re.compile("^Credit line"))).to_be_visible()
    expect(second.get_by_label(re.compile("^Photographer"))).to_have_count(0)


def test_a_draft_with_an_unknown_name_is_saved_and_says_where_it_went(open_page, reporter):
    page = open_page(user=reporter)
    page.goto("/admin/articles/article/add/")
    page.fill("#id_headline", "Ra khơi")
    page.locator("[name=authors]").first.fill("Người Lạ")
    page.locator("[name=_save]").first.click()
    expect(page.locator(".messagelist")).to_contain_text("moved to “Source line”: Người Lạ")
    expect(page.locator("#id_byline")).to_have_value("Người Lạ")
