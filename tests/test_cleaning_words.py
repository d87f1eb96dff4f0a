"""What an author took out stays out, and each word and sign that they saw comes in."""

import random
from html import escape

import pytest

from articles.text import Body, LeftOut, clean_html, cleaned_with_notes
from tests import office
from tests.story_grammar import cleaned

TRACKED = "cite='mailto:x' datetime='2026-01-01T08:00'"
ANCHOR = (
    "<span class=MsoCommentReference><![if !supportAnnotations]><a class=msocomanchor"
    " id='_anchor_1' href='#_msocom_1' name='_msoanchor_1'>[A1]</a><![endif]>"
    "<span style='mso-special-character:comment'>&nbsp;</span></span>"
)
REMARKS = (
    "<div style='mso-element:comment-list'><hr class=msocomoff><div style='mso-element:comment'>"
    "<div id='_com_1' class=msocomtxt><p class=MsoCommentText>Bỏ câu này</p></div></div></div>"
)


@pytest.mark.parametrize(
    ("html", "text", "left_out"),
    [
        (f"Bị cáo <del {TRACKED}>có tội</del><ins {TRACKED}>vô tội</ins>.", "Bị cáo vô tội.", LeftOut(deletions=1)),
        ("a<del cite>b</del><del datetime=x>c</del><del class=MsoDel>d</del>", "a", LeftOut(deletions=3)),
        ("a<span class=msoDel><del>b</del></span>", "a", LeftOut(deletions=1)),
        (f"<p>a</p><ul><li><del {TRACKED}>b</del></li></ul>", "a", LeftOut(deletions=1)),
        (f"<p>Câu{ANCHOR} hết.</p>{REMARKS}", "Câu hết.", LeftOut(remarks=1)),
        (f"<p>Câu</p>{REMARKS}", "Câu", LeftOut(remarks=1)),
        ("<p><a style='mso-comment-reference:A_1;mso-comment-date:20260101T0800'>Câu</a></p>", "Câu", LeftOut()),
        (
            '<p>a<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p><div style="border:1px solid">'
            '<p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Bỏ</span></p></div>',
            "a", LeftOut(remarks=1),
        ),
        ("a<span style='mso-hide:all'>b</span>", "a", LeftOut(hidden=1)),
        ("a<span style='color:red;DISPLAY : none !important'>b</span>", "a", LeftOut(hidden=1)),
        ("a<span style='visibility:hidden'>b</span>", "a", LeftOut(hidden=1)),
        ("a<div hidden>b</div>", "a", LeftOut(hidden=1)),
        ("a<span style='display:none'> </span>", "a", LeftOut()),
        ("<style>span.x,.y{color:red;display:none}</style>a<span class='z x'>b</span><i class=y>c</i><i class=x>d</i>", "ad", LeftOut(hidden=2)),
        ("<style><!-- .x{mso-hide:all} --></style>a<span class=x>b</span>", "a", LeftOut(hidden=1)),
        ("<style>@media print{.x{display:none}.y{display:none}} .z .x{display:none}</style><i class=x>a</i><i class=y>b</i>", "ab", LeftOut()),
        ("<table><tr><td>a<td style='display:none'>b<tr style='display:none'><td>c</table>", "a", LeftOut(hidden=2)),
        ("a<iframe src='https://ads.vn/x'></iframe>", "a", LeftOut(frames=1)),
        ("a<script>b</script><iframe></iframe>", "a", LeftOut()),
    ],
)  # fmt: skip
def test_what_the_author_took_out_or_hid_stays_out_and_is_counted(html, text, left_out):
    body, counted = cleaned_with_notes(html)
    assert Body.read(body).plain_text() == text
    assert counted == left_out
    assert Body.read(cleaned(html)).plain_text() == text


@pytest.mark.parametrize(
    "html",
    [
        "<s>b</s>", "<strike>b</strike>", "<del>b</del>", "<del class=x>b</del>",
        "<span style='text-decoration:line-through'>b</span>",
        "<span style='text-decoration: underline line-through red'>b</span>",
        "<span style='text-decoration-line:line-through'>b</span>",
    ],
)  # fmt: skip
def test_struck_text_stays_struck(html):
    assert cleaned(f"a {html} c") == "<p>a <s>b</s> c</p>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<span style="white-space:pre-wrap">a\nb\n\nc</span>', "<p>a<br>b</p><p>c</p>"),
        ('<div style="white-space: pre-line">a\nb</div>', "<p>a<br>b</p>"),
        ('<p style="white-space-collapse: preserve; text-wrap: wrap">a\nb</p>', "<p>a<br>b</p>"),
        ('<pre>a\n<span style="white-space:normal">b\nc</span></pre>', "<p>a<br>b c</p>"),
        ('<p style="white-space:nowrap">a\nb</p>', "<p>a b</p>"),
        ('<ul><li>a<span style="white-space:pre">\nb</span></li></ul>', "<ul><li>a<br>b</li></ul>"),
    ],
)
def test_lines_that_the_author_saw_stay_lines(html, expected):
    assert cleaned(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('a <img alt="😀" src="https://x.vn/e.png"> b', "a 😀 b"),
        ('a<img alt="👨‍👩‍👧">', "a👨‍👩‍👧"),
        ('a<img alt="🇻🇳❤️1️⃣👍🏽">', "a🇻🇳❤️1️⃣👍🏽"),
        ('a<img alt="Ảnh: người dân">', "a"),
        ('a<img alt="12">', "a"),
        ("Ông nói: <q>Đi <q>ngay</q></q>.", "Ông nói: “Đi ‘ngay’”."),
        ("Ông nói: <q>“Đi”</q>.", "Ông nói: “Đi”."),
        ("a<q> </q>b", "a b"),
    ],
)
def test_signs_that_are_pictures_or_marks_become_letters(html, expected):
    assert cleaned(html) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<td><ul><li>a<li>b</ul></td>", "<td>• a<br>• b</td>"),
        ("<td>x<ol start=3 type=a><li>a<p>b</p><li>c</ol></td>", "<td>x<br>c. a<br>b<br>d. c</td>"),
        ("<th><ol><li>a</ol></th>", "<th>1. a</th>"),
    ],
)
def test_the_items_of_a_list_in_a_cell_are_lines_with_their_signs(html, expected):
    assert cleaned(f"<table><tr>{html}</table>") == (
        f"<table><tbody><tr>{expected}</tr></tbody></table>"
    )


VIDEO = '<figure data-embed="https://www.youtube.com/watch?v=dMFO9n_-XyA">'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a<iframe src='//www.youtube.com/embed/dMFO9n_-XyA?rel=0'></iframe>b</p>", f"<p>a</p>{VIDEO}</figure><p>b</p>"),
        (
            "<figure><div><iframe src='https://www.youtube-nocookie.com/embed/dMFO9n_-XyA'></iframe></div>"
            "<figcaption>c</figcaption></figure>",
            f"{VIDEO}<figcaption>c</figcaption></figure>",
        ),
        (
            "<iframe src='https://www.facebook.com/plugins/video.php?height=3&amp;href=https%3A%2F%2Fwww."
            "facebook.com%2Fbaotinh%2Fvideos%2F12345678%2F&amp;show_text=0'></iframe>",
            '<figure data-embed="https://www.facebook.com/baotinh/videos/12345678/"></figure>',
        ),
        ("<iframe src='https://[x/embed/dMFO9n_-XyA'></iframe>", ""),
    ],
)  # fmt: skip
def test_a_frame_that_plays_a_video_we_know_becomes_that_video(html, expected):
    assert cleaned(html) == expected


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        (
            "https://a.vn/x-1.html?utm_source=zalo&utm_medium=zalo&zarsrc=30",
            "https://a.vn/x-1.html",
        ),
        ("https://a.vn/?id=5&fbclid=IwAR0&p=a%20b#k", "https://a.vn/?id=5&p=a%20b#k"),
        ("https://a.vn/?UTM_Source=x#k", "https://a.vn/#k"),
        ("/tin-1/?gclid=x", "/tin-1/"),
        ("https://a.vn/?a=1&&b", "https://a.vn/?a=1&&b"),
        ("https://a.vn/?q=utm_source&autm_x=1", "https://a.vn/?q=utm_source&autm_x=1"),
        ("https://a.vn/#x?fbclid=1", "https://a.vn/#x?fbclid=1"),
    ],
)
def test_a_link_no_longer_tells_who_shared_it(address, kept):
    link = '<p><a href="{}">x</a></p>'
    body = clean_html(link.format(address.replace("&", "&amp;")))
    assert body == link.format(kept.replace("&", "&amp;"))
    assert clean_html(body) == body


def test_signs_of_a_symbol_font_become_characters_that_every_font_has():
    assert clean_html("<p>\uf0b7 Một</p><p>5\uf0b0, \uf0e0</p>") == "<p>• Một</p><p>5°, →</p>"


@pytest.mark.parametrize("seeds", [range(n, n + 50) for n in range(0, 200, 50)], ids=str)
def test_the_cells_of_a_sheet_come_in_as_they_were_seen(seeds):
    for seed in seeds:
        html, rows = office.excel(random.Random(seed))
        body = clean_html(html)
        written = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
        assert body == (f"<table><tbody>{written}</tbody></table>" if rows else "")


@pytest.mark.parametrize(
    ("shared", "meant"),
    [
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.vn%2Fb%3Fx%3D1%26fbclid%3DIw&h=AT0", "https://a.vn/b?x=1"),
        ("https://lm.facebook.com/l.php?u=https%3A%2F%2Fa.vn%2F", "https://a.vn/"),
        ("https://l.instagram.com/?u=https%3A%2F%2Fa.vn%2F&e=AT", "https://a.vn/"),
        ("https://www.google.com/url?sa=D&q=https://a.vn/b&source=docs", "https://a.vn/b"),
        ("https://www.google.com.vn/url?url=https://a.vn/b", "https://a.vn/b"),
        ("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.vn%2F&data=05", "https://a.vn/"),
        ("https://www.google.com/url?q=https://l.facebook.com/l.php?u%3Dhttps://a.vn/", "https://a.vn/"),
        ("https://l.facebook.com/l.php?u=javascript:alert(1)", "https://l.facebook.com/l.php?u=javascript:alert(1)"),
        ("https://a.vn/l.php?u=https://b.vn/", "https://a.vn/l.php?u=https://b.vn/"),
        ("https://l.facebook.com/l.php?u=https://a.vn/%ff", "https://l.facebook.com/l.php?u=https://a.vn/%ff"),
    ],
)  # fmt: skip
def test_a_link_leads_where_it_led_and_not_by_way_of_who_counts_it(shared, meant):
    assert (
        clean_html(f'<p><a href="{escape(shared)}">x</a></p>')
        == f'<p><a href="{escape(meant)}">x</a></p>'
    )


def test_an_address_with_too_many_parts_stays_as_it_is():
    address = "https://l.facebook.com/l.php?" + "&".join(f"a{n}=1" for n in range(500))
    assert f'href="{escape(address)}"' in clean_html(f'<p><a href="{escape(address)}">x</a></p>')


def test_a_video_that_a_script_would_have_shown_is_a_video():
    tiktok = "https://www.tiktok.com/@bao/video/7123456789012345678"
    assert (
        clean_html(
            f'<p>a</p><blockquote class="tiktok-embed" cite="{tiktok}"><section>Mô tả</section>'
            "</blockquote><script async src=https://www.tiktok.com/embed.js></script>"
        )
        == f'<p>a</p><figure data-embed="{tiktok}"><figcaption>Mô tả</figcaption></figure>'
    )
    facebook = "https://www.facebook.com/bao/videos/1234567890/"
    assert clean_html(f'<div class="fb-video" data-href="{facebook}"></div>') == (
        f'<figure data-embed="{facebook}"></figure>'
    )
    assert clean_html('<div class="fb-video" data-href="https://a.vn/">Lời</div>') == "<p>Lời</p>"
