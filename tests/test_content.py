"""The content of a story as a value: what publishing takes, and its digest."""

import pickle
from dataclasses import replace

import pytest

from articles.rules.content import Content, ContentLink, ContentPicture
from articles.text import Body

FIGURE = '<figure data-images="12 15"><figcaption>Hai <em>ảnh</em></figcaption></figure>'
CONTENT = Content(
    headline="Diễn đàn “khởi nghiệp” & <b>",
    slug="dien-dan",
    dateline="VS -",
    lede="Sáng 29/3\u00a0…",
    section_id=7,
    genre="forum",
    byline="Theo TTXVN",
    author_ids=(3, 1),
    lead_image_id=15,
    body=Body.read(
        f"<p>Mở đầu &amp;&nbsp;“kết”</p>{FIGURE}"
        '<figure data-embed="https://vimeo.com/76979871"></figure>'
    ),
    pictures=(
        ContentPicture(12, "Hội trường", "Minh Khuê"),
        ContentPicture(15, "", "", illustrative=True, ai="made"),
    ),
    links=(
        ContentLink(target_id=4),
        ContentLink(url="https://forum.example/a?b=1&c=2", title='Chương trình "A"'),
    ),
)


def test_the_same_content_has_the_digest_that_databases_hold_of_it():
    assert CONTENT.digest() == "b18f5e9247112e9c6cc5d6e426d098111ff7dbb47f89a689098469f02f7c5318"


@pytest.mark.parametrize(
    "other",
    [
        replace(CONTENT, headline="Diễn đàn"),
        replace(CONTENT, body=Body.read(CONTENT.body.html + "<p>x</p>")),
        replace(CONTENT, pictures=CONTENT.pictures[::-1]),
        replace(CONTENT, links=()),
    ],
)
def test_another_content_has_another_digest(other):
    assert other != CONTENT
    assert other.digest() != CONTENT.digest()


def test_equal_contents_are_one_however_their_bodies_came_to_be():
    cleaned = replace(CONTENT, body=Body.cleaned(f"<div>{CONTENT.body.html}</div>"))
    assert cleaned == CONTENT == pickle.loads(pickle.dumps(CONTENT))
    assert len({cleaned, CONTENT}) == 1
    assert cleaned.digest() == CONTENT.digest()


def test_a_content_without_a_picture_has_it_nowhere():
    without = CONTENT.without_pictures({15})
    assert without.body.html == CONTENT.body.html.replace("12 15", "12")
    assert without.lead_image_id is None
    assert without.card_image_id == 12
    assert without.image_ids == [12]
    assert CONTENT.without_pictures({12}).lead_image_id == 15
    assert FIGURE not in CONTENT.without_pictures([12, 15]).body.html
    assert CONTENT.without_pictures(()) == CONTENT
