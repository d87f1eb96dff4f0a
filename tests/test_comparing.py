"""Between two texts an editor is shown what changed, and nothing else, as a person would tell it."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import clean_html, comparing, inline, markup
from articles.text.comparing import compared, marked, units_of

A = "Chiều nay, các nhà vườn kể chuyện giữ nước ngọt cho cây dừa."
B = "Bà Lê Hòa nói rằng cống ngăn mặn đã đóng từ tháng trước."
C = "Ông Trần An trồng lại 120 gốc sầu riêng sau đợt hạn năm 2020."
D = "Ngày mai đoàn khảo sát đi Bãi Ngao, nơi gió mạnh quanh năm."


def body(*texts: str) -> str:
    return clean_html("".join(text if text.startswith("<") else f"<p>{text}</p>" for text in texts))


def kinds(old: str, new: str) -> list[str]:
    return [change.kind for change in compared(units_of(old), units_of(new))]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ((A, B), (A, B), ["same", "same"]),
        ((A, B), (A, C, B), ["same", "added", "same"]),
        ((A, C, B), (A, B), ["same", "removed", "same"]),
        ((A, B, C), (A, B.replace("tháng", "tuần"), C), ["same", "changed", "same"]),
        ((A, B), (B, A), ["same", "moved"]),
        ((A, B, C, D), (D, A, B, C), ["moved", "same", "same", "same"]),
        ((A, f"{B} {C}", D), (A, B, C, D), ["same", "split", "same"]),
        ((A, B, C, D), (A, f"{B} {C}", D), ["same", "joined", "same"]),
        ((A,), (D,), ["removed", "added"]),
        ((), (A,), ["added"]),
        ((A,), (), ["removed"]),
        ((A, B), (f"<h2>{A}</h2>", B), ["changed", "same"]),
        (("<ul><li>Một</li><li>Hai</li></ul>",), ("<ul><li>Không</li><li>Một</li><li>Hai</li></ul>",),
         ["added", "same", "same"]),
    ],
)  # fmt: skip
def test_what_became_of_each_paragraph(old, new, told):
    assert kinds(body(*old), body(*new)) == told


@pytest.mark.parametrize(
    ("old", "new", "reads"),
    [
        ("Cống đã đóng", "Cống đang đóng", "Cống [-đã-]{+đang+} đóng"),
        ("Trồng 120 gốc", "Trồng 1.120 gốc", "Trồng [-120-]{+1.120+} gốc"),
        ("Có 5% và 7,5% tăng", "Có 5% và 7,6% tăng", "Có 5% và [-7,5%-]{+7,6%+} tăng"),
        ("Ngày 28/11 mưa", "Ngày 29/11 mưa", "Ngày [-28/11-]{+29/11+} mưa"),
        ("Ông An nói hay lắm", "Ông An nói lắm", "Ông An nói [-hay -]lắm"),
        ("một hai ba bốn năm", "mốt hai bà bốn năm", "[-một hai ba-]{+mốt hai bà+} bốn năm"),
        (
            "hoàn toàn khác nhau",
            "chẳng có gì giống",
            "[-hoàn toàn khác nhau-]{+chẳng có gì giống+}",
        ),
    ],
)
def test_which_words_changed(old, new, reads):
    signs = {"": "{}", "ins": "{{+{}+}}", "del": "[-{}-]"}
    line = pair(old, new).line
    assert "".join(signs[run.marks.change].format(run.text) for run in line) == reads


def pair(old: str, new: str) -> comparing.Marked:
    """Two paragraphs, marked."""
    [one], [other] = units_of(body(old)), units_of(body(new))
    return marked(one.parts[0], other.parts[0])


def test_marks_and_addresses_that_changed_alone_are_told():
    assert pair("Một hai", "Một <b>hai</b>").emphasis
    assert pair('<a href="https://a.vn/">Một</a> hai', '<a href="https://b.vn/">Một</a> hai').links
    alike = pair("Một <b>hai</b>", "Một <b>hai</b> <i>ba</i>")
    assert not alike.emphasis
    assert not alike.links


def test_pictures_and_rows_are_compared_as_such():
    old = '<figure data-images="1 2"><figcaption>Chú thích cũ</figcaption></figure>'
    new = '<figure data-images="2 1"><figcaption>Chú thích mới</figcaption></figure>'
    [change] = compared(units_of(old), units_of(new))
    assert (change.kind, comparing.told(change)) == ("changed", {"order"})
    [change] = compared(units_of(old), units_of(new.replace("2 1", "2 3")))
    assert (change.kind, comparing.told(change)) == ("changed", {"pictures"})
    table = (
        "<table><tr><td>OM5451</td><td>6.900</td></tr><tr><td>ST25</td><td>9.000</td></tr></table>"
    )
    found = compared(
        units_of(clean_html(table)), units_of(clean_html(table.replace("6.900", "7.000")))
    )
    assert [each.kind for each in found] == ["changed", "same"]
    assert [len(unit.parts) for unit in found[0].new] == [2]


WORDS = st.lists(
    st.sampled_from(["an", "bình", "cống", "dừa", "gió", "5%", "1.200", ",", "."]), max_size=12
).map(" ".join)
PIECES = st.tuples(st.sampled_from(["<p>", "<h2>", "<ul><li>", "<p><b>", "<blockquote><p>"]), WORDS)
TEXTS = st.lists(PIECES, max_size=8).map(lambda pieces: clean_html("".join(map("".join, pieces))))


@given(TEXTS, TEXTS)
def test_nothing_is_lost_doubled_or_invented(old, new):
    one, other = units_of(old), units_of(new)
    changes = compared(one, other)
    assert [unit for change in changes for unit in change.new] == other
    assert sorted(map(id, (u for change in changes for u in change.old))) == sorted(map(id, one))
    for change in changes:
        for before, after in zip(
            comparing.lines(change.old), comparing.lines(change.new), strict=False
        ):
            line = marked(before, after).line
            assert "".join(r.text for r in line if r.marks.change != "ins") == text(before)
            assert "".join(r.text for r in line if r.marks.change != "del") == text(after)
            html = markup.serialise(inline.as_nodes(list(line)))
            kept = html.replace("<ins>", "").replace("</ins>", "")
            assert ("<del>" in html or kept == html) or text(before) != text(after)


def text(line) -> str:
    return "".join(run.text for run in line)


@given(TEXTS)
def test_a_text_is_the_same_as_itself(html):
    assert {change.kind for change in compared(units_of(html), units_of(html))} <= {"same"}


def test_a_story_of_20_000_words_takes_less_than_a_second():
    rng = random.Random(3)
    words = [f"từ{n}" for n in range(3000)]
    texts = [" ".join(rng.choices(words, k=60)) for _ in range(340)]
    edited = list(texts)
    for n in range(0, 340, 3):
        edited[n] = edited[n].replace(" ", " sửa ", 3)
    del edited[50:60]
    edited.insert(200, edited.pop(10))
    old, new = body(*texts), body(*edited)
    started = time.thread_time()
    changes = compared(units_of(old), units_of(new))
    for change in changes:
        if change.kind == "changed":
            marked(change.old[0].parts[0], change.new[0].parts[0])
    assert time.thread_time() - started < 1
    assert sum(change.kind == "removed" for change in changes) == 10
    assert sum(change.kind == "moved" for change in changes) == 1
