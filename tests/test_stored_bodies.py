"""Bodies that were stored before the grammar grew stay the same bytes."""

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text import Body, clean_html

# The elements of the first grammar, and how they were written.
WORDS = st.sampled_from(
    ["Thứ Tư", "29/3", '"a"', "x&nbsp;y", "&amp;", "1.", "a)", "m²", "😀", "i."]
)
MARKED = st.sampled_from(
    ["{}", "{}", "<strong>{}</strong>", "<em>{}</em>", "<strong><em>{}</em> x</strong>",
     '<a href="https://a.vn/?a=1&amp;b=%20">{}</a>', '<a href="/x/">{} <em>y</em></a>']
)  # fmt: skip
PIECE = st.builds(str.format, MARKED, WORDS)
LINE = st.lists(PIECE, min_size=1, max_size=4).map(" - ".join)
LINES = st.lists(LINE, min_size=1, max_size=3).map("<br>x ".join)
CAPTION = st.one_of(st.just(""), LINE.map("<figcaption>{}</figcaption>".format))


def list_of(items):
    return st.builds(
        lambda name, inside: f"<{name}>{''.join(f'<li>{item}</li>' for item in inside)}</{name}>",
        st.sampled_from(["ul", "ol"]),
        st.lists(items, min_size=1, max_size=3),
    )


# At most as deep as lists are written.
LISTS = LINES
for _level in range(3):
    LISTS = st.builds("{}{}".format, LINES, st.one_of(st.just(""), list_of(LISTS)))
CELL = st.builds(
    "<{0}{1}>{2}</{0}>".format,
    st.sampled_from(["td", "th"]),
    st.sampled_from(["", ' colspan="2"', ' rowspan="3"', ' colspan="2" rowspan="2"']),
    st.one_of(st.just(""), PIECE),
).filter(lambda cell: not cell.startswith("<th") or "strong" not in cell)
ROWS = st.lists(CELL, min_size=1, max_size=3).map(lambda row: f"<tr>{''.join(row)}<td>x</td></tr>")
TABLE = st.builds(
    "<table>{}<tbody>{}</tbody></table>".format,
    st.one_of(st.just(""), ROWS.map("<thead>{}</thead>".format)),
    ROWS,
)
HEADING = st.builds(
    "<{0}>{1}</{0}>".format,
    st.sampled_from(["h2", "h3"]),
    LINES.filter(lambda t: "strong" not in t),
)
BLOCK = st.one_of(LINES.map("<p>{}</p>".format), HEADING, list_of(LISTS), TABLE)
FIGURE = st.builds(
    "<figure {}>{}</figure>".format,
    st.sampled_from(
        ['data-images="7"', 'data-images="12 15 13"',
         'data-embed="https://vimeo.com/76979871" data-images="7"']
    ),
    CAPTION,
)  # fmt: skip
QUOTATION = st.lists(BLOCK, min_size=1, max_size=2).map(
    lambda blocks: f"<blockquote>{''.join(blocks)}</blockquote>"
)
BODY = st.lists(st.one_of(BLOCK, FIGURE, QUOTATION), max_size=6).map("".join)


@settings(max_examples=300, deadline=None)
@given(BODY)
def test_a_body_of_the_first_grammar_is_written_as_before(body):
    assert Body.cleaned(body).html == body
    assert clean_html(body) == body


def test_even_what_is_taken_off_text_that_comes_in():
    body = '<p>\uf0b7 <a href="https://a.vn/?utm_source=x">x</a></p>'
    assert Body.cleaned(body).html == body
