"""What a publication stores of its page."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import rendering
from articles.content import Content, ContentPicture
from media import library
from tests import pictures
from tests.site_pages import classes, elements


@given(st.integers(1, 200))
def test_rows_hold_all_pictures_and_leave_none_alone(count):
    rows = rendering.rows_of(count)

    assert sum(rows) == count
    assert rows == sorted(rows)
    assert count == 1 or set(rows) <= {2, 3}
    assert rows.count(2) <= 2


@pytest.fixture
def content(make_picture) -> Content:
    """Three pictures in two figures."""
    ids = [make_picture(credit=credit).pk for credit in ("An", "Bình", "An")]
    return Content(
        headline="Headline <b> & more",
        slug="x",
        dateline="",
        lede="",
        section_id=1,
        genre="report",
        byline="",
        author_ids=(),
        lead_image_id=None,
        body=f'<p>A</p><figure data-images="{ids[0]}"></figure>'
        f'<figure data-images="{ids[1]} {ids[2]}"><figcaption>Both, <em>at sea</em></figcaption></figure>',
        pictures=tuple(
            ContentPicture(pk, alt, credit)
            for pk, alt, credit in zip(ids, ("A boat", "", ""), ("An", "Bình", "An"), strict=True)
        ),
        links=(),
    )


def test_no_alt_text_yet_is_said_as_the_headline_and_a_number(content):
    html = rendering.render(content).body_html
    alts = [e.attributes["alt"] for e in elements(html, "img")]

    assert alts[0] == "A boat"
    assert [alt.startswith("Headline <b> & more, ") for alt in alts] == [False, True, True]
    assert [alt[-1] for alt in alts[1:]] == ["2", "3"]


def test_credits_are_named_once_each_after_the_caption(content):
    [_first, caption] = elements(rendering.render(content).body_html, "figcaption")

    assert caption.text().startswith("Both, at sea ")
    assert caption.text().endswith("Bình, An")
    assert [e.name for e in caption.walk()] == ["figcaption", "em", "span"]


def test_a_figure_without_words_has_no_caption(content):
    bare = replace(
        content, pictures=tuple(replace(picture, credit="") for picture in content.pictures)
    )

    assert len(elements(rendering.render(bare).body_html, "figcaption")) == 1


def test_the_card_shows_the_chosen_picture_else_the_first(content):
    first = rendering.render(content)
    chosen = rendering.render(replace(content, lead_image_id=content.pictures[2].image_id))

    assert first.card_picture_html != chosen.card_picture_html
    assert first.social_picture["width"] > 0
    assert 'alt="A boat"' in first.card_picture_html


def test_a_card_picture_changes_its_place_without_touching_the_rest(content):
    tricky = replace(content.pictures[0], alt_text='loading="lazy" sizes="1px"')
    html = rendering.render(
        replace(content, pictures=(tricky, *content.pictures[1:]))
    ).card_picture_html

    large = rendering.card_picture(html, sizes="50vw", lead=True)
    [image] = elements(large, "img")
    assert image.attributes["alt"] == tricky.alt_text
    assert image.attributes["fetchpriority"] == "high"
    assert "loading" not in image.attributes
    assert elements(large, "source")[0].attributes["sizes"] == "50vw"


def test_a_picture_repeated_in_the_body_loads_at_once_only_where_it_stands_first(content):
    again = replace(content, body=content.body * 2)
    eager = [
        e
        for e in elements(rendering.render(again).body_html, "img")
        if e.attributes.get("loading") != "lazy"
    ]

    assert len(eager) == 1


def test_pictures_side_by_side_share_their_row_by_their_shapes(db):
    shapes = [(300, 200), (200, 400), (3000, 100)]
    ids = [
        library.add_picture(pictures.jpeg(size, n), f"{n}.jpg").pk
        for n, size in enumerate(shapes, start=50)
    ]
    content = Content(
        "H", "h", "", "", 1, "report", "", (), None,
        f'<figure data-images="{" ".join(map(str, ids))}"></figure>'
        f'<figure data-images="{ids[1]}"></figure>',
        tuple(ContentPicture(pk, "", "") for pk in ids), (),
    )  # fmt: skip
    html = rendering.render(content).body_html

    assert [classes(e)[1] for e in elements(html, "a")][:3] == [
        "share-15",
        "share-5",
        "share-30",
    ]
    assert [("figure-tall" in classes(e)) for e in elements(html, "figure")] == [False, True]


def test_stored_html_has_no_style_script_or_full_address(content):
    rendered = rendering.render(content)

    for html in (rendered.body_html, rendered.card_picture_html):
        assert "style=" not in html
        assert "<script" not in html
        assert "//" not in html


def test_a_table_can_be_reached_and_scrolled_by_the_keyboard(content):
    body = "<table><tbody><tr><td>&lt;table&gt;</td></tr></tbody></table>"

    html = rendering.render(replace(content, body=body)).body_html
    assert html == body.replace("<table>", '<table tabindex="0">')
