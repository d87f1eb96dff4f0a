"""What a story's text answers: its figures, its lead picture, its words; and lines from outside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import (
    Figure,
    clean_html,
    figures,
    lead_image,
    plain_line,
    plain_text,
    take_off_mark,
    without_images,
)

BODY = (
    "<p>Mở đầu</p>"
    '<figure data-images="12 15 13"><figcaption>Ba ảnh, <em>một</em> chú thích</figcaption></figure>'
    "<p>Giữa</p>"
    '<figure data-images="7"></figure>'
    '<figure data-images="12"><figcaption>Lại ảnh đó</figcaption></figure>'
    "<p>Kết &amp; hết&nbsp;bài</p>"
)


def test_figures_come_in_story_order_with_their_captions_as_inline_html():
    assert figures(BODY) == [
        Figure((12, 15, 13), "Ba ảnh, <em>một</em> chú thích"),
        Figure((7,), ""),
        Figure((12,), "Lại ảnh đó"),
    ]
    assert figures("<p>a</p>") == figures("") == []


def test_the_lead_image_is_the_first_of_the_first_figure():
    assert lead_image(BODY) == 12
    assert lead_image("<p>a</p>") is None


def test_leaving_images_out_keeps_the_other_images_of_a_figure_and_its_caption():
    assert without_images(BODY, {15}) == BODY.replace("12 15 13", "12 13")


def test_a_figure_that_loses_its_last_image_goes_with_its_caption():
    body = without_images(BODY, [12, 7])
    assert figures(body) == [Figure((15, 13), "Ba ảnh, <em>một</em> chú thích")]
    assert plain_text(body) == "Mở đầu\nBa ảnh, một chú thích\nGiữa\nKết & hết\xa0bài"


VIDEO = (
    '<figure data-embed="https://vimeo.com/76979871"><figcaption>Không ảnh</figcaption></figure>'
    '<figure data-embed="https://vimeo.com/76979872" data-images="9"></figure>'
)


def test_a_video_is_a_figure_with_its_still_if_it_has_one():
    assert figures(VIDEO) == [
        Figure((), "Không ảnh", "https://vimeo.com/76979871"),
        Figure((9,), "", "https://vimeo.com/76979872"),
    ]
    assert lead_image(VIDEO) == 9
    assert lead_image(VIDEO.replace(' data-images="9"', "")) is None


def test_a_video_stays_without_its_still():
    assert without_images(VIDEO, [9]) == VIDEO.replace(' data-images="9"', "")
    assert without_images(VIDEO, [7]) == VIDEO


@given(st.sets(st.integers(1, 20)))
def test_a_body_without_some_images_is_still_clean(ids):
    body = without_images(BODY, ids)
    assert clean_html(body) == body
    assert not {image for figure in figures(body) for image in figure.images} & ids


def test_leaving_no_image_out_changes_no_byte():
    assert without_images(BODY, ()) == BODY


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", ""),
        ("<p>a<br>b</p><p>c</p>", "a\nb\nc"),
        ("<h2>a</h2><ul><li>b<ol><li>c</li></ol></li></ul>", "a\nb\nc"),
        ("<blockquote><p>a</p></blockquote>b", "a\nb"),
        ("<table><tbody><tr><td>a</td><td></td><td>b</td></tr></tbody></table>", "a\nb"),
        ('<figure data-images="1"><figcaption>a <em>b</em></figcaption></figure>', "a b"),
        ("<p>a&nbsp;b &lt;c&gt; &amp;amp;</p>", "a\xa0b <c> &amp;"),
        ("<script>x</script><p>đ<b>ậ</b>m", "đậm"),
    ],
)
def test_plain_text_has_a_line_for_each_block(html, expected):
    assert plain_text(html) == expected


@pytest.mark.parametrize(
    "lede",
    [
        "XYZ - Sáng nay", "XYZ – Sáng nay", "XYZ — Sáng nay", "XYZ- Sáng nay", "XYZ -Sáng nay", "XYZ—Sáng nay",
        "  XYZ\xa0–\xa0Sáng nay", "(XYZ) - Sáng nay", "(XYZ)-Sáng nay", "( XYZ ) — Sáng nay", "XYZ -- Sáng nay",
    ],
)  # fmt: skip
@pytest.mark.parametrize("mark", ["XYZ - ", "XYZ", "XYZ –", "(XYZ) - ", " XYZ\xa0— "])
def test_the_papers_mark_is_taken_off_with_any_dash(lede, mark):
    assert take_off_mark(lede, mark) == "Sáng nay"


@pytest.mark.parametrize(
    "lede",
    ["Sáng nay", "XYZ đưa tin", "xyz - Sáng nay", "XYZT - Sáng nay", "Báo XYZ - Sáng", "(XYZ - x", "XYZ-Index tăng", "XYZ", "", " a "],
)  # fmt: skip
def test_a_lede_that_begins_otherwise_stays_as_it_is(lede):
    assert take_off_mark(lede, "XYZ - ") == lede


@pytest.mark.parametrize("mark", ["", " - ", "()", "–"])
def test_no_mark_takes_nothing_off(mark):
    assert take_off_mark("- Sáng nay", mark) == "- Sáng nay"


def test_a_mark_is_text_not_a_pattern_and_matches_in_any_unicode_form():
    assert take_off_mark("ABC - x", "A.C") == "ABC - x"
    assert take_off_mark("Ba\u0301o Tỉnh - x", "Báo  Tỉnh -") == "x"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Một\n dòng\t thôi ", "Một dòng thôi"),
        ("a\x00b\x07c\u202ed\u2069e\ud800", "abcde"),
        ("a\xa0b\u3000c\x0bd\u2028e\r\nf", "a b c d e f"),
        ("Ba\u0301o", "Báo"),
        ("“a” - <b> & c", "“a” - <b> & c"),
        ("", ""),
    ],
)
def test_a_plain_line_is_one_trimmed_line(text, expected):
    assert plain_line(text) == expected


@given(st.text())
def test_a_plain_line_stays_as_it_is(text):
    assert plain_line(plain_line(text)) == plain_line(text)
