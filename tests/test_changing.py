"""What an editor mends in one version of a story is offered to the others, field by field."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.rules.changing import Change
from articles.rules.content import Content, ContentLink, ContentPicture
from articles.text import Body

LINKS = tuple(ContentLink(target_id=pk) for pk in (21, 22, 23, 24))
BASE = Content(
    headline="Giữ nước ngọt cho cây dừa mùa hạn mặn",
    slug="giu-nuoc-ngot",
    dateline="",
    lede="Hơn một trăm nhà vườn dự hội thảo sáng nay.",
    section_id=3,
    genre="report",
    byline="",
    author_ids=(1, 2),
    lead_image_id=None,
    body=Body.cleaned('<p>Một.</p><figure data-images="7"></figure><p>Hai.</p><p>Ba.</p>'),
    pictures=(ContentPicture(7, "Vườn", "Ảnh: Minh"),),
    links=LINKS[:3],
)


def html(text: str) -> Body:
    return Body.cleaned(text)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({"headline": "Giữ ngọt"}, {"lede": "Sáng nay."}),
        ({"section_id": 4, "slug": "giu-ngot"}, {"genre": "photo", "byline": "TTXVN"}),
        ({"author_ids": (1,)}, {"author_ids": (1, 2, 5)}),
        ({"links": (LINKS[0], LINKS[2])}, {"links": (*LINKS[:3], LINKS[3])}),
        ({"body": html('<p>Mốt.</p><figure data-images="7"></figure><p>Hai.</p><p>Ba.</p>')}, {"headline": "Giữ"}),
        ({"lead_image_id": 9, "pictures": (*BASE.pictures, ContentPicture(9, "", "B"))}, {"headline": "Giữ"}),
        ({"pictures": (ContentPicture(7, "Vườn dừa", "Ảnh: Minh"),)}, {"pictures": (ContentPicture(7, "Vườn", "Ảnh: An"),)}),
    ],
)  # fmt: skip
def test_different_fields_go_together(mine, theirs):
    laid = Change(BASE, replace(BASE, **mine)).upon(replace(BASE, **theirs))
    assert laid.is_clean
    assert not laid.close
    for name, value in mine.items():
        if name not in theirs:
            assert getattr(laid.content, name) == value
    for name, value in theirs.items():
        if name not in mine:
            assert getattr(laid.content, name) == value


def test_lists_and_pictures_take_both_changes():
    change = Change(BASE, replace(BASE, author_ids=(1,), links=(LINKS[0], LINKS[2])))
    laid = change.upon(replace(BASE, author_ids=(1, 2, 5), links=LINKS))
    assert laid.content.author_ids == (1, 5)
    assert laid.content.links == (LINKS[0], LINKS[2], LINKS[3])

    described = replace(BASE, pictures=(ContentPicture(7, "Vườn dừa", "Ảnh: Minh"),))
    laid = Change(BASE, described).upon(
        replace(BASE, pictures=(ContentPicture(7, "Vườn", "Ảnh: An"),))
    )
    assert laid.content.pictures == (ContentPicture(7, "Vườn dừa", "Ảnh: An"),)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({"headline": "Giữ ngọt"}, {"headline": "Cây dừa mùa hạn"}),
        ({"section_id": 4}, {"section_id": 5}),
        ({"links": LINKS[2::-1]}, {"links": LINKS}),
        ({"pictures": (ContentPicture(7, "A", "Ảnh: Minh"),)}, {"pictures": (ContentPicture(7, "B", "Ảnh: Minh"),)}),
        ({"body": html("<p>Mốt.</p>")}, {"body": html("<p>Mười.</p>")}),
    ],
)  # fmt: skip
def test_what_both_changed_stays_the_versions_own_and_is_told(mine, theirs):
    other = replace(BASE, **theirs)
    laid = Change(BASE, replace(BASE, **mine)).upon(other)
    assert laid.clashes == tuple(mine)
    assert laid.content == replace(other, pictures=laid.content.pictures)


def test_words_of_one_headline_changed_apart_are_to_be_read_first():
    mine = replace(BASE, headline=BASE.headline.replace("Giữ", "Dành"))
    theirs = replace(BASE, headline=BASE.headline.replace("hạn mặn", "khô"))
    laid = Change(BASE, mine).upon(theirs)
    assert laid.is_clean
    assert laid.close == ("headline",)
    assert laid.content.headline == "Dành nước ngọt cho cây dừa mùa khô"


VALUES = {
    "headline": st.sampled_from([BASE.headline, "Một tít khác", "Tít thứ ba"]),
    "section_id": st.integers(3, 5),
    "author_ids": st.sampled_from([(1, 2), (1,), (2, 1), (1, 5, 2), ()]),
    "links": st.lists(st.sampled_from(LINKS), unique=True).map(tuple),
    "lead_image_id": st.sampled_from([None, 7, 9]),
    "body": st.sampled_from(
        [BASE.body, html('<p>Mốt.</p><figure data-images="7 9"></figure><p>Hai.</p>'), html("<p>Ba.</p>")]
    ),
}  # fmt: skip


@st.composite
def versions(draw) -> Content:
    content = replace(BASE, **{name: draw(values) for name, values in VALUES.items()})
    pictures = tuple(
        ContentPicture(pk, draw(st.sampled_from(["", "Vườn"])), "Ảnh: Minh")
        for pk in content.shown_ids
    )
    return replace(content, pictures=pictures)


@given(versions(), versions(), versions())
def test_nothing_is_lost_or_invented_by_laying_changes(before, after, other):
    assert Change(before, after).upon(before).content == after
    assert Change(before, before).upon(other).content == other
    laid = Change(before, after).upon(other)
    assert [picture.image_id for picture in laid.content.pictures] == laid.content.shown_ids
    for name in VALUES:
        if getattr(before, name) == getattr(after, name):
            assert getattr(laid.content, name) == getattr(other, name)
        elif getattr(before, name) == getattr(other, name):
            assert getattr(laid.content, name) == getattr(after, name)
