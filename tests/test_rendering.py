"""What a publication stores of its page."""

import re
from dataclasses import replace
from pathlib import Path

import PIL.Image
import pytest
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Genre
from articles.publishing import rendering
from articles.rules.content import Content, ContentPicture
from articles.text import Body, stored
from media import library, renditions
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
        body=Body.read(
            f'<p>A</p><figure data-images="{ids[0]}"></figure>'
            f'<figure data-images="{ids[1]} {ids[2]}">'
            "<figcaption>Both, <em>at sea</em></figcaption></figure>"
        ),
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

    large = stored.card_picture(html, sizes="50vw", lead=True)
    [image] = elements(large, "img")
    assert image.attributes["alt"] == tricky.alt_text
    assert image.attributes["fetchpriority"] == "high"
    assert "loading" not in image.attributes
    assert elements(large, "source")[0].attributes["sizes"] == "50vw"


def test_a_picture_repeated_in_the_body_loads_at_once_only_where_it_stands_first(content):
    again = replace(content, body=Body.read(content.body.html * 2))
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
        Body.read(
            f'<figure data-images="{" ".join(map(str, ids))}"></figure>'
            f'<figure data-images="{ids[1]}"></figure>'
        ),
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

    html = rendering.render(replace(content, body=Body.read(body))).body_html
    assert html == body.replace("<table>", '<table tabindex="0">')


# Credits and marks.


def picture(credit: str = "", *, illustrative: bool = False, ai: str = "") -> ContentPicture:
    return ContentPicture(1, "", credit, illustrative, ai)


@pytest.mark.parametrize(
    ("pictures", "said"),
    [
        ([picture()], ""),
        ([picture("An")], "Photo: An"),
        ([picture("An"), picture("Bình"), picture("An")], "Photo: An, Bình"),
        ([picture("An", illustrative=True)], "Photo: An · Illustration"),
        ([picture(ai="made")], "Made with AI"),
        (
            [picture("An", illustrative=True, ai="edited")] * 2,
            "Photo: An · Illustration · Edited with AI",
        ),
        (
            [picture("An"), picture("An", ai="made"), picture(ai="made")],
            "Photo: An · Made with AI (pictures 2, 3)",
        ),
        (
            [picture("An", illustrative=True), picture("Bình")],
            "Photo: An, Bình · Illustration (picture 1)",
        ),
    ],
)
def test_credits_and_marks_stand_once_each_and_say_which_picture_they_mean(pictures, said):
    with translation.override("en"):
        assert rendering.credit_line(pictures) == said


def test_a_picture_whose_credit_is_not_its_figures_carries_its_own(content):
    marked = replace(content.pictures[2], ai="made")
    html = rendering.render(replace(content, pictures=(*content.pictures[:2], marked))).body_html
    own = [e.attributes.get("data-credit") for e in elements(html, "a")]

    assert own[0] is None
    assert "Bình" in own[1]
    assert "AI" not in own[1]
    with translation.override("vi"):
        assert own[2] == rendering.credit_line([marked])


# What a browser gets.


def test_a_picture_is_a_link_to_its_large_file_with_a_name(content):
    html = rendering.render(content).body_html
    links = elements(html, "a", "opens")
    large = library.renditions_of(p.image_id for p in content.pictures)

    assert [e.attributes["href"] for e in links] == [
        large[p.image_id].large.url for p in content.pictures
    ]
    assert links[0].attributes["aria-label"].endswith(": A boat")
    for link in links:
        [picture] = [child for child in link.walk() if child.name == "picture"]
        assert [child.name for child in picture.walk()] == ["picture", "source", "img"]


def bring(size: tuple[int, int], seed: int = 60, **fields: object) -> int:
    return library.add_picture(pictures.jpeg(size, seed), f"{seed}.jpg", **fields).pk


def of_pictures(*groups: list[int], genre: str = "report") -> Content:
    """A story of figures that show these pictures."""
    ids = dict.fromkeys(pk for group in groups for pk in group)
    body = "".join(f'<figure data-images="{" ".join(map(str, g))}"></figure>' for g in groups)
    return Content(
        "H", "h", "", "", 1, genre, "", (), None, Body.read(body),
        tuple(ContentPicture(pk, "", "") for pk in ids), (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("size", "genre", "sizes"),
    [
        ((1200, 800), "report", "(min-width: 760px) 760px, 100vw"),
        ((1200, 800), "photo", "(min-width: 1080px) 1080px, 100vw"),
        ((900, 600), "photo", "(min-width: 900px) 900px, 100vw"),
        ((800, 1200), "report", "(min-width: 600px) 480px, 100vw"),
        ((500, 800), "report", "(min-width: 600px) 480px, (min-width: 500px) 500px, 100vw"),
        ((800, 1200), "photo", "(min-width: 600px) 600px, 100vw"),
        ((320, 240), "report", "(min-width: 320px) 320px, 100vw"),
    ],
)
def test_a_picture_alone_is_as_wide_as_its_place_but_never_wider_than_it_is(db, size, genre, sizes):
    html = rendering.render(of_pictures([bring(size)], genre=genre)).body_html

    assert {e.attributes["sizes"] for e in elements(html, "img") + elements(html, "source")} == {
        sizes
    }


def test_pictures_side_by_side_say_their_shares_of_the_row(db):
    wide, upright = bring((1500, 1000), 61), bring((1000, 1500), 62)
    html = rendering.render(of_pictures([wide, upright])).body_html

    assert [e.attributes["sizes"] for e in elements(html, "img")] == [
        "(min-width: 760px) 513px, (min-width: 600px) 68vw, 100vw",
        "(min-width: 760px) 239px, (min-width: 600px) 31vw, 100vw",
    ]


def test_the_second_and_third_of_three_share_a_phones_width(db):
    ids = [bring((1500, 1000), seed) for seed in (63, 64, 65)]
    html = rendering.render(of_pictures(ids)).body_html

    assert [e.attributes["sizes"].rsplit(", ")[-1] for e in elements(html, "img")] == [
        "100vw",
        "50vw",
        "50vw",
    ]


def test_a_card_is_cut_around_the_focal_point(db):
    high = rendering.render(of_pictures([bring((400, 800), 66, focus_y=0.0)]))
    low = rendering.render(of_pictures([bring((400, 800), 67, focus_y=1.0)]))

    def top_left(rendered: rendering.Rendered) -> tuple[int, int, int]:
        [image] = elements(rendered.card_picture_html, "img")
        name = image.attributes["src"].removeprefix("/uploads/")
        with default_storage.open(name) as file:
            return pictures.corners(pictures.read(file.read()))[0]

    assert pictures.near(top_left(high), pictures.RED, 20)
    assert pictures.near(top_left(low), pictures.BLUE, 20)


def test_only_a_photo_storys_card_says_how_many_pictures_it_has(db):
    ids = [bring((320, 240), seed) for seed in (68, 69, 70)]
    photo = rendering.render(of_pictures(ids[:1], ids[1:], genre=Genre.PHOTO)).card_picture_html
    report = rendering.render(of_pictures(ids[:1], ids[1:])).card_picture_html

    [count] = elements(photo, "span", "photos")
    assert count.text().endswith(" 3")
    assert not elements(report, "span")


# The place of a picture before it comes.

CSS = Path(finders.find("site/site.css")).read_text()


def tones() -> dict[int, tuple[int, int, int]]:
    found = re.findall(r"\.tone-(\d+) \{\s*--tone: #(..)(..)(..);\s*\}", CSS)
    return {int(n): tuple(int(part, 16) for part in parts) for n, *parts in found}


def test_every_tone_of_a_picture_has_its_colour_in_the_stylesheet():
    assert sorted(tones()) == list(range(64))
    for tone, colour in tones().items():
        assert renditions.tone_of(PIL.Image.new("RGB", (8, 8), colour)) == tone


def test_a_picture_carries_its_tone_in_the_story_and_on_the_card(db):
    pk = library.add_picture(
        pictures.saved(PIL.Image.new("RGB", (64, 64), (200, 30, 30))), "red.jpg"
    ).pk
    rendered = rendering.render(of_pictures([pk]))

    for html in (rendered.body_html, rendered.card_picture_html):
        assert classes(elements(html, "img")[0]) == ["tone-48"]


def luminance(colour: tuple[float, ...]) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("theme", [0, 1])
def test_an_alt_text_can_be_read_on_every_tone_in_light_and_dark(theme):
    veils = re.findall(r"--veil: rgb\((\d+) (\d+) (\d+) / (\d+)%\)", CSS)
    *veil, share = map(int, veils[theme])
    ink = [int(part, 16) for part in re.findall(r"--ink: #(..)(..)(..);", CSS)[theme]]
    for tone in tones().values():
        ground = [(v * share + t * (100 - share)) / 100 for v, t in zip(veil, tone, strict=True)]
        light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (tone, ground)
