"""Once a picture's bytes have arrived, its row says that the server works on it: no bar stands full."""

from threading import Event

import pytest
from playwright.sync_api import expect

from articles.desk.editor import pictures as view
from tests import pictures
from tests.editor_page import Editor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORKING = {"en-GB": "Working on the picture…", "vi-VN": "Đang xử lý ảnh…"}


@pytest.fixture
def darkroom(monkeypatch):
    """Holds every picture that has arrived until it is set."""
    goes_on, add = Event(), view.library.add_picture

    def slowly(*args: object, **kwargs: object) -> object:
        assert goes_on.wait(60)
        return add(*args, **kwargs)

    monkeypatch.setattr(view.library, "add_picture", slowly)
    yield goes_on
    goes_on.set()


@pytest.mark.urls("tests.editor_page")
@pytest.mark.parametrize("locale", WORKING)
def test_in_the_text(open_page, reporter, darkroom, locale):
    editor = Editor(open_page(user=reporter, locale=locale), "<p>One</p>")
    editor.drop({"a.jpg": pictures.jpeg()}, on=editor.text.locator("p").first)
    figure = editor.figures.first
    expect(figure.get_by_text(WORKING[locale])).to_be_visible()
    expect(figure.locator("progress")).to_have_count(0)
    expect(figure.get_by_text("a.jpg")).to_be_visible()
    darkroom.set()
    editor.pictures(1)
    expect(figure.get_by_text(WORKING[locale])).to_have_count(0)
    assert editor.reports == []


def test_in_the_library(open_page, reporter, darkroom):
    page = open_page(user=reporter)
    page.goto("/admin/media/image/")
    page.locator("[data-bring-input]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": pictures.jpeg()}
    )
    row = page.locator("[data-bring-rows] li")
    expect(row).to_contain_text(WORKING["en-GB"])
    expect(row.locator("progress")).to_be_hidden()
    darkroom.set()
    expect(row.locator("a")).to_be_visible()
