"""A manuscript's headline and lede are found where people write them, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import Body, opening_of

HEADING = "<h1>Diễn đàn khởi nghiệp Vĩnh Sa</h1>"
LEDE = "Chiều 29/3, hơn 200 bạn trẻ đã nghe các nhà vườn kể chuyện."
TEXT = "<p>Đến dự có bà Lê Hòa.</p>"


def opening(html: str, mark: str = "") -> tuple[str, str, str]:
    found = opening_of(Body.cleaned(html), mark)
    return found.headline, found.dateline, found.lede


@pytest.mark.parametrize(
    "lede",
    [
        f"<p><b>XYZ - {LEDE}</b></p>",
        f"<p>XYZ - <b>{LEDE}</b></p>",
        f"<p><b>XYZ</b> – <b>{LEDE}</b></p>",
        f"<p><b>(XYZ)</b><b> - {LEDE[:20]}<i>{LEDE[20:]}</i></b></p>",
        f"<p><b>XYZ - </b>{LEDE}</p>",
        f"<p>XYZ - {LEDE}</p>",
    ],
)
@pytest.mark.parametrize("between", ["", "<p>Bài, ảnh: Minh Anh</p>"])
def test_heading_and_lede_without_its_mark(lede, between):
    html = HEADING + between + lede + TEXT
    assert opening(html, "XYZ") == ("Diễn đàn khởi nghiệp Vĩnh Sa", "", LEDE)
    headline, mark, lede = opening(html)
    assert (headline, lede) == ("Diễn đàn khởi nghiệp Vĩnh Sa", LEDE)
    assert mark in ("XYZ -", "XYZ –", "(XYZ) -")


def test_it_says_which_blocks_they_are():
    found = opening_of(Body.cleaned(f"<p>Kinh tế</p>{HEADING}<p>Minh Anh</p><p><b>{LEDE}</b></p>"))
    assert (found.headline_block, found.lede_block) == (1, 3)


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ('<p class=MsoTitle>Tít kiểu "Title"</p>', 'Tít kiểu "Title"'),
        ("<p><b>Tít chỉ in đậm</b></p>", "Tít chỉ in đậm"),
        ("<p><b>Tít hai<br>dòng</b></p>", "Tít hai dòng"),
        ("<h3>Tít <b>H<sub>2</sub>O</b></h3>", "Tít H₂O"),
    ],
)
def test_what_a_title_looks_like(title, headline):
    assert opening(f"{title}<p><b>{LEDE}</b></p>{TEXT}") == (headline, "", LEDE)


def test_a_place_in_capitals_is_the_dateline_and_words_with_a_dash_are_none():
    assert opening(f"{HEADING}<p><b>TP. VĨNH SA - {LEDE}</b></p>")[1:] == ("TP. VĨNH SA -", LEDE)
    for words in ("VN-Index tăng mạnh.", "Vĩnh Sa - thành phố biển.", "Dự án A - B dở dang."):
        assert opening(f"{HEADING}<p><b>{words}</b></p>")[1:] == ("", words)


def test_another_mark_than_the_storys_own_takes_its_place():
    for mark in ("TTXVN -", "(TTXVN) –", "(TTXVN)", "Hà Nội (TTXVN) -"):
        html = f"{HEADING}<p><b>{mark} {LEDE}</b></p>"
        assert opening(html, "XYZ")[1:] == opening(html, "")[1:] == (mark, LEDE)


@pytest.mark.parametrize(
    "html",
    [
        "",
        TEXT,
        TEXT * 4 + HEADING,
        "<p><b>Một dòng thôi</b></p>",
        f"<p>{LEDE * 4}</p>" + HEADING,
        "<ul><li><b>Một</b></li></ul>" + TEXT,
        '<figure data-images="3"><figcaption><b>Chú thích</b></figcaption></figure>' + TEXT,
    ],
)
def test_a_text_that_only_goes_on_has_none(html):
    assert opening(html) == ("", "", "")


def test_a_bold_sentence_first_is_the_lede_of_a_text_without_headline():
    assert opening(f"<p><b>{LEDE}</b></p>{TEXT}") == ("", "", LEDE)


def test_what_no_field_could_hold_stays_in_the_text():
    assert opening(f"<h1>{'a ' * 200}</h1><p><b>{LEDE}</b></p>{TEXT}")[0] == ""
    assert opening(f"{HEADING}<p><b>{'a ' * 1200}</b></p>{TEXT}")[2] == ""


BLOCKS = ["<p>", "<h2>", "<p><b>", "<p>XYZ - <b>", "<ul><li>", "<blockquote><p>", "<table><td>"]


@given(
    st.lists(st.tuples(st.sampled_from(BLOCKS), st.text("aB .-–()\xa0Ắ", max_size=12))), st.text()
)
def test_what_it_finds_are_the_words_of_the_blocks_that_it_names(pieces, mark):
    body = Body.cleaned("".join(map("".join, pieces)))
    found = opening_of(body, mark)
    for words, place in ((found.headline, found.headline_block), (found.lede, found.lede_block)):
        assert place is not None or not words
        if place is not None:
            assert words in " ".join(body.blocks[place].text().split())
