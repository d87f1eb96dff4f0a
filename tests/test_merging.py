"""A change is laid upon another version of its text: all of it arrives, and nothing else changes."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text import Body, clean_html, markup
from articles.text.merging import Clash, assembled, merged, merged_words

A = "Chiều nay, các nhà vườn kể chuyện giữ nước ngọt cho cây dừa."
B = "Bà Lê Hòa nói rằng cống ngăn mặn đã đóng từ tháng trước."
C = "Ông Trần An trồng lại 120 gốc sầu riêng sau đợt hạn năm 2020."
D = "Ngày mai đoàn khảo sát đi Bãi Ngao, nơi gió mạnh quanh năm."
E = "Hội thảo do sở nông nghiệp tổ chức, có hơn một trăm người dự."
ROW = '<figure data-images="1 2"><figcaption>Hai chiếc thuyền ở bến</figcaption></figure>'
LIST = f"<ul><li>{A}</li><li>{B}</li><li>{C}</li></ul>"
TABLE = "<table><tbody><tr><td>Xã</td><td>Hộ</td></tr><tr><td>Vĩnh Sa</td><td>120</td></tr></tbody></table>"


def html(*texts: str) -> str:
    return clean_html("".join(text if text.startswith("<") else f"<p>{text}</p>" for text in texts))


def body(*texts: str) -> Body:
    return Body.read(html(*texts))


def outcome(base: Body, mine: Body, theirs: Body) -> str | None:
    """The text that both changes make; None where they clash."""
    pieces = merged(base, mine, theirs)
    return None if any(piece.is_clash for piece in pieces) else assembled(pieces).html


def is_close(base: Body, mine: Body, theirs: Body) -> bool:
    return any(piece.is_close for piece in merged(base, mine, theirs))


B_MENDED = B.replace("tháng", "tuần")
C_MENDED = C.replace("120", "150")
A_MENDED = A.replace("Chiều", "Sáng")


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "becomes"),
    [
        # A slip mended beside what an update changed, added, took out or moved.
        ((A, B, C), (A, B_MENDED, C), (A, B, C_MENDED), (A, B_MENDED, C_MENDED)),
        ((A, B, C), (A, B_MENDED, C), (A, D, B, E, C), (A, D, B_MENDED, E, C)),
        ((A, B, C), (A, B_MENDED, C), (B, C), (B_MENDED, C)),
        ((A, B, C), (A, C), (A_MENDED, B, C), (A_MENDED, C)),
        ((A, B, C), (A, D, B, C), (A, B, C, E), (A, D, B, C, E)),
        ((A, B, C), (A, D, B, C), (A_MENDED, B, C), (A_MENDED, D, B, C)),
        ((A, B), (B,), (A,), ()),
        # Both did the same.
        ((A, B), (A, B_MENDED), (A, B_MENDED), (A, B_MENDED)),
        ((A, B), (A, D, B), (A, D, B_MENDED), (A, D, B_MENDED)),
        # Moved by one of them.
        ((A, B, C, D), (D, A, B, C), (A, B_MENDED, C, D), (D, A, B_MENDED, C)),
        ((A, B, C, D), (A, B_MENDED, C, D), (D, A, B, C), (D, A, B_MENDED, C)),
        # Split and joined by one of them.
        ((A, f"{B} {C}", D), (A, B, C, D), (A_MENDED, f"{B} {C}", D), (A_MENDED, B, C, D)),
        # Figures by part, lists by item, tables by cell.
        (
            (A, ROW, B),
            (A, ROW.replace("1 2", "1 2 3"), B),
            (A, ROW.replace("Hai", "Ba"), B),
            (A, ROW.replace("1 2", "1 2 3").replace("Hai", "Ba"), B),
        ),
        (
            (LIST,),
            (LIST.replace(A, A_MENDED),),
            (LIST.replace(f"<li>{C}</li>", f"<li>{C}</li><li>{D}</li>"),),
            (LIST.replace(A, A_MENDED).replace(f"<li>{C}</li>", f"<li>{C}</li><li>{D}</li>"),),
        ),
        (
            (TABLE,),
            (TABLE.replace("120", "150"),),
            (TABLE.replace("Hộ", "Số hộ"),),
            (TABLE.replace("120", "150").replace("Hộ", "Số hộ"),),
        ),
        # A paragraph became a heading there.
        ((A, B), (A, f"<h2>{B}</h2>"), (A, B_MENDED), (A, f"<h2>{B_MENDED}</h2>")),
    ],
)  # fmt: skip
def test_both_changes_arrive(base, mine, theirs, becomes):
    texts = body(*base), body(*mine), body(*theirs)
    assert outcome(*texts) == html(*becomes)


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        # Changed, gone or split there.
        ((A, B), (A, B_MENDED), (A, B.replace("tháng", "năm"))),
        ((A, B, C), (A, B_MENDED, C), (A, C)),
        ((A, B, C), (A, C), (A, B_MENDED, C)),
        ((A, f"{B} {C}"), (A, f"{B_MENDED} {C}"), (A, B, C)),
        # Two different things at one place.
        ((A, B), (A, D, B), (A, E, B)),
        # Both moved it, each elsewhere; moved here, changed there.
        ((A, B, C, D), (D, A, B, C), (A, D, B, C)),
        ((A, B, C, D), (D, A, B, C), (A, B, C, D.replace("mai", "kia"))),
        ((A, B, C, D), (D, A, B, C), (A, B, C)),
        # Which of two that are alike?
        ((A, B, A, C), (A, B, C), (A, B, A, A, C)),
        ((ROW,), (ROW.replace("Hai", "Ba"),), (ROW.replace("Hai", "Bốn"),)),
        ((ROW,), (ROW.replace("1 2", "1"),), (ROW.replace("1 2", "2"),)),
    ],
)
def test_a_clash_is_told_and_nothing_is_guessed(base, mine, theirs):
    texts = body(*base), body(*mine), body(*theirs)
    assert outcome(*texts) is None
    assert assembled([*merged(*texts)]).html is not None


def test_words_changed_far_apart_in_one_line_go_together_but_are_to_be_read():
    texts = [body(A, text) for text in (B, B.replace("Bà", "Chị"), B.replace("trước", "này"))]
    assert outcome(*texts) == html(A, B.replace("Bà", "Chị").replace("trước", "này"))
    assert is_close(*texts)
    assert not is_close(body(A, B), body(A_MENDED, B), body(A, B_MENDED))


def test_emphasis_and_links_are_changes_too():
    linked = B.replace("Lê Hòa", '<a href="https://a.vn/">Lê Hòa</a>')
    strong = B.replace("tháng trước", "<strong>tháng trước</strong>")
    both = linked.replace("tháng trước", "<strong>tháng trước</strong>")
    assert outcome(body(B), body(linked), body(strong)) == html(both)
    other = linked.replace("a.vn", "b.vn")
    assert outcome(body(linked), body(other), body(linked.replace("tháng", "tuần"))) == html(
        other.replace("tháng", "tuần")
    )


def test_who_chooses_gets_what_they_chose():
    texts = body(A, B, C), body(A, B_MENDED, C), body(A, B.replace("tháng", "năm"), C)
    pieces = merged(*texts)
    [place] = [place for place, piece in enumerate(pieces) if piece.is_clash]
    assert assembled(pieces, {place: "mine"}).html == texts[1].html
    assert assembled(pieces, {place: "theirs"}).html == texts[2].html
    assert assembled(pieces, {place: "both"}).html == html(
        A, B.replace("tháng", "năm"), B_MENDED, C
    )


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "becomes"),
    [
        ("một hai ba bốn năm sáu", "mốt hai ba bốn năm sáu", "một hai ba bốn năm 6", "mốt hai ba bốn năm 6"),
        ("một", "một", "hai", "hai"),
        ("một hai ba bốn", "một hai ba năm", "", None),
    ],
)  # fmt: skip
def test_plain_words(base, mine, theirs, becomes):
    if becomes is None:
        with pytest.raises(Clash):
            merged_words(base, mine, theirs)
    else:
        assert merged_words(base, mine, theirs) == becomes


# Random texts, and random editors of them.

POOL = [
    " ".join(random.Random(place).choices(["dừa", "cống", "mặn", "ngọt", "vườn", "thuyền", "xã", "huyện", "người", "năm"], k=6))
    + f" số {place}, nói xong ngày thứ {place * 7}."
    for place in range(14)
]  # fmt: skip
BLOCKS = [
    *(f"<p>{text}</p>" for text in POOL),
    f"<h2>{POOL[0]}</h2>",
    '<figure data-images="4"><figcaption>Bến</figcaption></figure>',
    '<figure data-images="5 6"></figure>',
    f"<ul><li>{POOL[1]}</li><li>{POOL[2]}</li></ul>",
    f'<ol start="3"><li>{POOL[3]}</li><li>{POOL[4]}</li></ol>',
    "<table><tbody><tr><td>một</td><td>hai</td></tr></tbody></table>",
    f"<blockquote><p>{POOL[5]}</p></blockquote>",
]
texts = st.lists(st.sampled_from(BLOCKS), max_size=7)


def other_word(draw, block: str) -> str:
    words = block.split(" ")
    at = draw(st.integers(0, len(words) - 1))
    if "<" not in words[at] and '"' not in words[at]:
        words[at] = draw(st.sampled_from(["mới", "cũ", "hai mươi"]))
    return " ".join(words)


def step(draw, blocks: list[str]) -> list[str]:
    """The text after one step of an editor."""
    kind = draw(st.sampled_from(["word", "add", "remove", "move", "split"]))
    if kind == "add" or not blocks:
        place = draw(st.integers(0, len(blocks)))
        return [*blocks[:place], draw(st.sampled_from(BLOCKS)), *blocks[place:]]
    place = draw(st.integers(0, len(blocks) - 1))
    block, rest = blocks[place], blocks[:place] + blocks[place + 1 :]
    if kind == "remove":
        return rest
    if kind == "move":
        place = draw(st.integers(0, len(rest)))
    elif kind == "split":
        block = block.replace(", ", ".</p><p>", 1)
    else:
        block = other_word(draw, block)
    return [*rest[:place], block, *rest[place:]]


@st.composite
def edited(draw, blocks: list[str]) -> list[str]:
    """What somebody makes of a text in a few steps."""
    for _ in range(draw(st.integers(0, 3))):
        blocks = step(draw, blocks)
    return blocks


@st.composite
def three(draw) -> tuple[Body, Body, Body]:
    base = draw(texts)
    return tuple(body("".join(each)) for each in (base, draw(edited(base)), draw(edited(base))))


def blocks_of(*bodies: Body) -> list[str]:
    return [markup.serialise([block]) for each in bodies for block in each.blocks]


@settings(max_examples=150)
@given(three())
def test_what_only_one_side_changed_is_as_that_side_left_it(versions):
    base, mine, theirs = versions
    assert outcome(base, mine, base) == mine.html
    assert outcome(base, base, theirs) == theirs.html
    assert outcome(base, mine, mine) == mine.html


@settings(max_examples=150)
@given(three())
def test_whose_change_is_laid_upon_whose_makes_no_difference(versions):
    base, mine, theirs = versions
    assert outcome(base, mine, theirs) == outcome(base, theirs, mine)


@settings(max_examples=300)
@given(three())
def test_nothing_is_invented_doubled_or_brought_back(versions):
    base, mine, theirs = versions
    pieces = merged(base, mine, theirs)
    if any(piece.is_clash for piece in pieces):
        return
    made = blocks_of(assembled(pieces))
    counts = [blocks_of(each) for each in (base, mine, theirs)]
    inner = {"<u", "<o", "<t", "<f", "<b"}
    close = any(piece.is_close for piece in pieces)
    for block in set(made):
        before, one, other = (each.count(block) for each in counts)
        if not before + one + other:
            words = {re.sub("</?(p|h2)>", "", each) for each in (*counts[1], *counts[2])}
            is_written = re.sub("</?(p|h2)>", "", block) in words
            assert close or is_written or block[:2] in inner, "a block that nobody wrote"
            continue
        assert made.count(block) <= max(one, other), "doubled"
        if before and (one == 0 or other == 0):
            assert made.count(block) == 0, "what one of them took out is out"


@settings(max_examples=200)
@given(three())
def test_the_pieces_are_the_whole_of_each_text(versions):
    base, mine, theirs = versions
    pieces = merged(base, mine, theirs)
    for name, whole in (("mine", mine), ("theirs", theirs)):
        assert [b for piece in pieces for b in getattr(piece, name)] == list(whole.blocks)
    for piece in pieces:
        if piece.mine == piece.base:
            assert piece.outcome in (piece.theirs, None), "the change did not touch it"


@settings(max_examples=150)
@given(st.permutations(POOL), st.data())
def test_changes_of_different_paragraphs_always_go_together(pool, data):
    size = data.draw(st.integers(2, 8))
    owners = [data.draw(st.sampled_from(["mine", "theirs", ""])) for _ in range(size)]

    def version(*names: str) -> Body:
        return body(
            *(
                text.replace("nói xong", "nói rằng") if owner in names else text
                for text, owner in zip(pool[:size], owners, strict=True)
            )
        )

    made = outcome(version(), version("mine"), version("theirs"))
    assert made == version("mine", "theirs").html
