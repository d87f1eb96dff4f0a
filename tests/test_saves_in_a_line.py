"""What a save changed, in a line: a pure function of two texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.rules.content import ContentLink
from articles.rules.saves import Changed, SavedText, what_changed
from articles.text import clean_html

FIELDS = {
    "headline": "Boats come home",
    "slug": "boats-come-home",
    "dateline": "",
    "lede": "At six.",
    "section_id": 1,
    "genre": "report",
    "byline": "",
    "lead_image_id": None,
}
FIGURE = '<figure data-images="{}"><figcaption>{}</figcaption></figure>'


def text(body: str = "", *, authors=(), links=(), **fields: object) -> SavedText:
    return SavedText(FIELDS | fields, tuple(authors), tuple(links), body)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("<p>A</p>", "<p>A</p>", Changed()),
        ("<p>A</p>", "<p>B</p>", Changed(paragraphs=1)),
        ("<p>A</p>", "<p>A</p><p>B</p><h2>C</h2>", Changed(paragraphs=2)),
        ("<p>A</p><p>B</p>", "<p>B</p><p>A</p>", Changed(moved=True)),
        ("<p>A</p><p>A</p>", "<p>A</p>", Changed(paragraphs=1)),
        ("<ul><li>A</li></ul>", "<ul><li>B</li><li>A</li></ul>", Changed(paragraphs=1)),
        ("<p>A</p>", "<h2>A</h2>", Changed(paragraphs=1)),
        ("", FIGURE.format("1 2", "C"), Changed(pictures=2)),
        (FIGURE.format("1", "C"), FIGURE.format("2", "C"), Changed(pictures=1)),
        (FIGURE.format("1", "C"), FIGURE.format("1", "D"), Changed(captions=1)),
        (FIGURE.format("1 2", "C"), FIGURE.format("2 1", "C"), Changed(captions=1)),
        (
            FIGURE.format("1", "C") + FIGURE.format("2", "D"),
            FIGURE.format("2", "D") + FIGURE.format("1", "C"),
            Changed(moved=True),
        ),
        (
            "<table><tbody><tr><td>A</td></tr><tr><td>B</td></tr></tbody></table>",
            "<table><tbody><tr><td>A</td></tr><tr><td>C</td></tr></tbody></table>",
            Changed(paragraphs=1),
        ),
        ("<ul><li>A</li></ul>", "<ol><li>A</li></ol>", Changed(moved=True)),
    ],
)
def test_the_text(old, new, told):
    assert (clean_html(old), clean_html(new)) == (old, new)
    assert what_changed(text(old), text(new)) == told


def test_the_fields():
    new = text(headline="Boats are home", slug="boats-are-home", section_id=2)
    assert what_changed(text(), new).fields == ("headline", "section_id")
    assert what_changed(text(), text(slug="home")).fields == ("slug",)
    assert what_changed(text(), text(authors=[3])).fields == ("author_ids",)
    links = [ContentLink(target_id=3), ContentLink(url="https://a.example", title="A")]
    assert what_changed(text(), text(links=links)).fields == ("links",)


blocks = st.lists(
    st.sampled_from(
        ["<p>A</p>", "<p>B</p>", "<h2>C</h2>", "<ul><li>A</li><li>D</li></ul>"]
        + [FIGURE.format(ids, caption) for ids in ("1", "2", "1 2") for caption in "AE"]
    ),
    max_size=8,
).map("".join)


@given(blocks, blocks)
def test_it_tells_of_a_change_exactly_where_there_is_one(old, new):
    told = what_changed(text(old), text(new))
    assert bool(told) is (old != new)
    assert what_changed(text(new), text(old)) == told


@given(blocks)
def test_a_text_is_read_back_as_it_was(body):
    links = [ContentLink(target_id=3), ContentLink(url="https://a.example", title="A")]
    saved = text(body, authors=[1, 2], links=links)
    assert SavedText.from_json(saved.as_json(), body) == saved
