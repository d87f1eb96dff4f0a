"""Before a text goes out, its editor is told what to look at, and nothing that is as it should be."""

from dataclasses import replace

import pytest
from hypothesis import given

from articles.rules.checks import Check, findings
from articles.rules.content import Content, ContentPicture
from articles.text import Body
from tests.test_changing import versions

GOOD = Content(
    headline="Giữ nước ngọt",
    slug="giu-nuoc-ngot",
    dateline="",
    lede="Hơn một trăm nhà vườn dự hội thảo.",
    section_id=3,
    genre="report",
    byline="",
    author_ids=(1,),
    lead_image_id=None,
    body=Body.cleaned(
        '<p>Một.</p><figure data-images="7"><figcaption>Vườn</figcaption></figure>'
        '<h2>Nước</h2><p>Xem <a href="https://a.vn/">số liệu của sở</a>.</p><h3>Mặn</h3><p>Hai.</p>'
        "<table><thead><tr><th>Xã</th></tr></thead><tbody><tr><td>Vĩnh Sa</td></tr></tbody></table>"
        '<figure data-embed="https://www.youtube.com/watch?v=abcdefghijk"></figure>'
    ),
    pictures=(ContentPicture(7, "Vườn dừa", "Ảnh: Minh"),),
    links=(),
)


def found(html: str | None = None, **fields) -> list[tuple[str, str]]:
    if html is not None:
        fields["body"] = Body.cleaned(html)
    return [(each.check, each.where) for each in findings(replace(GOOD, **fields))]


def test_a_text_as_it_should_be_is_not_talked_about():
    assert found() == []


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<p>Một.</p><h3>Nhỏ</h3><p>Hai.</p>", [(Check.SKIPPED_HEADING, "Nhỏ")]),
        ("<h2>Lớn</h2><p>Một.</p><h3>Nhỏ</h3><p>Hai.</p>", []),
        ("<h2>Lớn</h2><h3>Nhỏ</h3><p>Hai.</p>", []),
        ("<h2>Một</h2><h2>Hai</h2><p>Ba.</p>", [(Check.EMPTY_HEADING, "Một")]),
        ("<p>Một.</p><h2>Cuối</h2>", [(Check.EMPTY_HEADING, "Cuối")]),
        ('<p>Xem <a href="https://a.vn/">tại đây</a>.</p>', [(Check.VAGUE_LINK, "tại đây")]),
        ('<p><a href="https://a.vn/">Xem thêm »</a></p>', [(Check.VAGUE_LINK, "Xem thêm »")]),
        (
            '<ul><li><a href="https://a.vn/">Click here!</a></li></ul>',
            [(Check.VAGUE_LINK, "Click here!")],
        ),
        ('<p><a href="https://a.vn/"><strong>here</strong></a></p>', [(Check.VAGUE_LINK, "here")]),
        ('<p><a href="https://a.vn/">Đây là nghị quyết</a></p>', []),
        (
            "<table><tbody><tr><td>Xã</td><td>Hộ</td></tr></tbody></table>",
            [(Check.TABLE_WITHOUT_HEAD, "Xã · Hộ")],
        ),
        (
            "<blockquote><table><tbody><tr><td>Xã</td></tr></tbody></table></blockquote>",
            [(Check.TABLE_WITHOUT_HEAD, "Xã")],
        ),
        ('<figure data-images="7"></figure>', [(Check.NO_CAPTION, "")]),
    ],
)
def test_what_is_to_be_looked_at_in_the_text(html, told):
    assert found(html) == told


def test_pictures_by_what_they_lack():
    pictures = (ContentPicture(7, "", ""), ContentPicture(8, "Dừa", ""), ContentPicture(9, "", "B"))
    told = {each.check: each.image_ids for each in findings(replace(GOOD, pictures=pictures))}
    assert told == {Check.NO_ALT_TEXT: (7, 9), Check.NO_CREDIT: (7, 8)}


def test_what_the_database_knows_is_told_too():
    told = findings(replace(GOOD, lede=""), absent=["Bão số 9"], namesakes=["Giữ nước ngọt"])
    assert [(each.check, each.where) for each in told] == [
        (Check.SAME_HEADLINE, "Giữ nước ngọt"),
        (Check.NO_LEDE, ""),
        (Check.ABSENT_STORY, "Bão số 9"),
    ]


@given(versions())
def test_any_text_can_be_looked_at(content):
    told = findings(content)
    shown = {picture.image_id for picture in content.pictures}
    assert all(set(each.image_ids) <= shown for each in told)
