"""What a story's text answers: its figures, its pictures, its words; and lines from outside."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text import Body, Figure, clean_html, plain_line, take_off_mark

BODY = (
    "<p>Mở đầu</p>"
    '<figure data-images="12 15 13"><figcaption>Ba ảnh, <em>một</em> chú thích</figcaption></figure>'
    "<p>Giữa</p>"
    '<figure data-images="7"></figure>'
    '<figure data-images="12"><figcaption>Lại ảnh đó</figcaption></figure>'
    "<p>Kết &amp; hết&nbsp;bài</p>"
)


def test_figures_come_in_story_order_with_their_captions_as_inline_html():
    body = Body.read(BODY)
    assert body.figures == (
        Figure((12, 15, 13), "Ba ảnh, <em>một</em> chú thích"),
        Figure((7,), ""),
        Figure((12,), "Lại ảnh đó"),
    )
    assert [figure.plain_caption for figure in body.figures] == [
        "Ba ảnh, một chú thích",
        "",
        "Lại ảnh đó",
    ]
    assert Body.read("<p>a</p>").figures == Body.read("").figures == ()


def test_images_come_in_story_order_each_once():
    assert Body.read(BODY).images == (12, 15, 13, 7)
    assert Body.read("<p>a</p>").images == ()


def test_leaving_images_out_keeps_the_other_images_of_a_figure_and_its_caption():
    assert Body.read(BODY).without_images({15}).html == BODY.replace("12 15 13", "12 13")


def test_a_figure_that_loses_its_last_image_goes_with_its_caption():
    body = Body.read(BODY).without_images([12, 7])
    assert body.figures == (Figure((15, 13), "Ba ảnh, <em>một</em> chú thích"),)
    assert body.plain_text() == "Mở đầu\nBa ảnh, một chú thích\nGiữa\nKết & hết\xa0bài"


VIDEO = (
    '<figure data-embed="https://vimeo.com/76979871"><figcaption>Không ảnh</figcaption></figure>'
    '<figure data-embed="https://vimeo.com/76979872" data-images="9"></figure>'
)


def test_a_video_is_a_figure_with_its_still_if_it_has_one():
    body = Body.read(VIDEO)
    assert body.figures == (
        Figure((), "Không ảnh", "https://vimeo.com/76979871"),
        Figure((9,), "", "https://vimeo.com/76979872"),
    )
    assert body.images == (9,)
    assert [video.player for video in body.videos] == [
        "https://player.vimeo.com/video/76979871?autoplay=1&dnt=1",
        "https://player.vimeo.com/video/76979872?autoplay=1&dnt=1",
    ]


def test_a_video_stays_without_its_still():
    assert Body.read(VIDEO).without_images([9]).html == VIDEO.replace(' data-images="9"', "")
    assert Body.read(VIDEO).without_images([7]).html == VIDEO


@settings(deadline=None)
@given(st.sets(st.integers(1, 20)))
def test_a_body_without_some_images_is_still_clean(ids):
    body = Body.read(BODY).without_images(ids)
    assert clean_html(body.html) == body.html
    assert not set(body.images) & ids


def test_leaving_no_image_out_changes_no_byte_and_leaving_some_out_not_the_body_itself():
    body = Body.read(BODY)
    assert body.without_images(()) == body
    body.without_images([12, 7])
    assert body.html == BODY
    assert body.images == (12, 15, 13, 7)


def test_images_are_replaced_by_others_each_standing_once_in_a_figure():
    body = Body.read(BODY + VIDEO).with_images({12: 3, 15: 4, 13: 3, 9: 5})
    assert [figure.images for figure in body.figures] == [(3, 4), (3,), (), (5,)]
    assert clean_html(body.html) == body.html


@pytest.mark.parametrize("make", [Body.cleaned, Body.read])
def test_bodies_are_equal_when_their_html_is_and_can_be_kept(make):
    body = make(BODY)
    assert body == Body.read(BODY) != Body.read(VIDEO)
    assert len({body, Body.read(BODY), Body.read(VIDEO)}) == 2
    kept = pickle.loads(pickle.dumps(body))
    assert (kept, kept.figures) == (body, body.figures)


def test_a_body_is_filled_by_what_is_made_of_its_figures():
    filled = Body.read(BODY).filled(lambda figure: f"[{len(figure.images)} {figure.caption}]")
    assert filled == (
        "<p>Mở đầu</p>[3 Ba ảnh, <em>một</em> chú thích]<p>Giữa</p>[1 ][1 Lại ảnh đó]"
        "<p>Kết &amp; hết&nbsp;bài</p>"
    )


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
    assert Body.cleaned(html).plain_text() == expected


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


@settings(deadline=None)
@given(st.text())
def test_a_plain_line_stays_as_it_is(text):
    assert plain_line(plain_line(text)) == plain_line(text)
