"""The interface in Vietnamese: complete, with every placeholder in place, and no English left over."""

import re
from string import Formatter

import polib
import pytest
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse
from django.utils import translation

from articles.models import Paper
from tests.desk import page
from tests.site_pages import address, get
from tests.translations import MO, PO, compiled

# What is the same in Vietnamese.
# The last is how a moment is written.
SAME = {"AI", "English", "06:00, 28/11/2026"}
PERCENT = re.compile(r"%%|%(?:\(\w+\))?[sd]")
CATALOGUE = polib.pofile(str(PO))


def placeholders(text: str) -> list[str]:
    """What is filled in: %(name)s, %s and {name}, in no order."""
    named = [field for _text, field, _spec, _how in Formatter().parse(text) if field is not None]
    return sorted([*PERCENT.findall(text), *(f"{{{field}}}" for field in named)])


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_text_is_translated():
    assert [entry.msgid for entry in CATALOGUE if not all(translations(entry))] == []
    assert [entry.msgid for entry in CATALOGUE.fuzzy_entries()] == []


def test_every_placeholder_is_in_the_translation():
    differing = [
        (entry.msgid, text)
        for entry in CATALOGUE
        for text in translations(entry)
        if placeholders(text) != placeholders(entry.msgid_plural or entry.msgid)
    ]
    assert differing == []


def test_nothing_is_left_in_english():
    untouched = {entry.msgid for entry in CATALOGUE if entry.msgid in translations(entry)}
    assert untouched <= SAME


def test_white_space_around_a_text_is_kept():
    def around(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert [
        entry.msgid
        for entry in CATALOGUE
        for text in translations(entry)
        if around(text) != around(entry.msgid)
    ] == []


def test_what_is_compiled_is_what_is_written():
    assert polib.mofile(str(MO)) == compiled(CATALOGUE)


def english_of_the_site() -> list[str]:
    """The texts of the public templates, those without a placeholder."""
    entries = [
        entry.msgid
        for entry in CATALOGUE
        if any(
            path.startswith(("templates/site/", "templates/4", "templates/5"))
            for path, _line in entry.occurrences
        )
    ]
    return [text for text in entries if "%" not in text]


def english_in(html: str) -> list[str]:
    """Which of them stand in a page as a whole text or attribute."""
    shown = {" ".join(text.split()) for text in re.split(r"<[^>]*>|\"", html)}
    shown |= {text.removesuffix(f" | {Paper.load().name}") for text in shown}
    return [text for text in english_of_the_site() if text in shown]


def test_the_public_pages_show_no_english(
    paper, section, forum_report, published, corrected, withdrawn, publish_at, now
):
    publish_at(forum_report, now)
    pages = [
        get(reverse("site:home")),
        get(section.get_absolute_url()),
        get(address(published)),
        get(address(corrected)),
        get("/no-such-section/", 404),
        get(address(withdrawn), 410),
    ]
    assert [english_in(html) for html in pages] == [[]] * len(pages)
    assert "Tin nổi bật" in pages[0]
    assert "Đính chính" in pages[3]
    assert "Về trang chủ" in pages[4]
    assert "Bài viết này không còn trên trang báo" in pages[5]


def test_the_look_for_english_finds_it(paper, published):
    with translation.override("en"):
        html = get_template("404.html").render({"site": {"paper": paper}})
    assert "Go to the front page" in english_in(html)


@pytest.fixture
def vietnamese(reporter) -> Client:
    client = Client(headers={"accept-language": "vi"})
    client.force_login(reporter)
    return client


def test_the_story_form_speaks_the_newsrooms_words(vietnamese, draft):
    html = vietnamese.get(page("change", draft.pk)).content.decode()
    for word in ("Tít", "Sapo", "Chuyên mục", "Lưu và gửi duyệt"):
        assert word in html
    assert "Headline" not in html


def test_the_desk_names_weekdays_as_the_paper_does(vietnamese, editor, scheduled):
    vietnamese.force_login(editor)
    number = scheduled.publications.get().number
    html = vietnamese.get(page("cancel", scheduled.pk, number)).content.decode()
    weekday = "(thứ (Hai|Ba|Tư|Năm|Sáu|Bảy)|chủ Nhật)"
    assert re.search(rf"lúc \d\d:\d\d(:\d\d)? {weekday}, \d+/\d+/\d{{4}}", html)


def test_a_list_of_the_desk_says_moments_in_short(vietnamese, published):
    html = vietnamese.get(page("change", published.pk)).content.decode()
    assert re.search(r"\d\d:\d\d(:\d\d)?, \d+/\d+/\d{4}", html)
    assert "Giờ Việt Nam" in html


def test_no_text_begs(vietnamese):
    assert [entry.msgid for entry in CATALOGUE if re.search(r"\b[Hh]ãy\b", entry.msgstr)] == []


def test_djangos_own_texts_are_said_as_a_newsroom_says_them(vietnamese):
    html = vietnamese.get(reverse("admin:password_change")).content.decode()
    for words in ("Đổi mật khẩu", "Đăng xuất", "Đến nội dung chính"):
        assert words in html
