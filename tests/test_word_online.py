"""Lists of Word's online edition, where each item is a list of its own, keep the numbers one saw."""

from hypothesis import given
from hypothesis import strategies as st

from articles.text import clean_html

BETWEEN = '<div class="OutlineElement"><p class="Paragraph"><span>Đoạn</span></p></div>'


def item(number, words, written="%1.", level=1, style="", tag="ol", marker=""):
    """As the clipboard has it: newer versions write the number beside the text, too."""
    wrapped = (
        f'<span class="ListMarkerWrappingSpan"><span class="ListMarker">{marker}</span></span>'
    )
    return (
        f'<div class="ListContainerWrapper BCX0"><{tag} role="list" start="{number}" style="{style}">'
        f'<li data-leveltext="{written}" data-font="Calibri" data-listid="2" '
        f'data-aria-posinset="{number}" data-aria-level="{level}" style="display:block">'
        f'{wrapped if marker else ""}<p class="Paragraph"><span class="TextRun">{words}</span>'
        f'<span class="EOP">&nbsp;</span></p></li></{tag}></div>'
    )


def test_items_are_one_list_that_goes_on_after_a_paragraph():
    assert clean_html(item(1, "một") + item(2, "hai") + BETWEEN + item(3, "ba")) == (
        '<ol><li>một</li><li>hai</li></ol><p>Đoạn</p><ol start="3"><li>ba</li></ol>'
    )


def test_levels_are_lists_in_lists():
    letters = {"written": "%2.", "level": 2, "style": "list-style-type: lower-alpha;"}
    assert clean_html(
        item(1, "một") + item(1, "con", **letters) + item(2, "nữa", **letters) + item(2, "hai")
    ) == ('<ol><li>một<ol type="a"><li>con</li><li>nữa</li></ol></li><li>hai</li></ol>')


def test_what_a_list_cannot_write_stands_as_text():
    letters = {"written": "%1)", "style": "list-style-type: lower-alpha;"}
    assert clean_html(item(2, "hai", **letters)) == "<p>b) hai</p>"
    assert clean_html(item(7, "Phạm vi", written="Điều %1.")) == "<p>Điều 7. Phạm vi</p>"
    assert clean_html(item(1, "một") + item(3, "con", written="%1.%2.", level=2)) == (
        "<ol><li>một</li></ol><p>1.3. con</p>"
    )


def test_a_number_that_is_written_out_is_there_once():
    assert clean_html(item(4, "bốn", marker="4.")) == '<ol start="4"><li>bốn</li></ol>'
    assert clean_html(item(4, "bốn", written="Điều %1.", marker="Điều 4.")) == "<p>Điều 4. bốn</p>"


def test_bullets_are_bullets():
    html = item(1, "một", "\uf0b7", tag="ul") + item(1, "con", "o", level=2, tag="ul")
    assert clean_html(html) == "<ul><li>một<ul><li>con</li></ul></li></ul>"


@given(
    st.lists(
        st.tuples(
            st.integers(-5, 30),
            st.sampled_from(["%1.", "%1)", "%1.%2.", "Điều %1.", "%9", "", "%", "\uf0b7"]),
            st.sampled_from(["1", "2", "9", "0", "x", ""]),
            st.sampled_from(["ol", "ul"]),
        ),
        max_size=6,
    )
)
def test_no_words_are_lost_and_nothing_breaks(items):
    html = "".join(
        item(number, f"⟦{n}⟧", written, level, tag=tag)
        for n, (number, written, level, tag) in enumerate(items)
    )
    cleaned = clean_html(html)
    assert clean_html(cleaned) == cleaned
    for n in range(len(items)):
        assert cleaned.count(f"⟦{n}⟧") == 1
