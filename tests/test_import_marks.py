"""An imported story has one mark before its lede, with its dash, as its author wrote it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Paper
from articles.text import begins_with_mark, part_mark, take_off_mark
from media.text import fold
from tests.story_folders import HEAD, folder, take_in


def imported(tmp_path, editor, lede: str, dateline: str | None = None):
    named = "" if dateline is None else f'<meta name="dateline" content="{dateline}">'
    html = f'{HEAD}{named}<p class="lede">{lede}</p><p>x</p>'
    (outcome,) = take_in(folder(tmp_path / fold(lede)[:9], html), by=editor, publish=True)
    assert outcome.result == "created", outcome.sentence
    return outcome.article


@pytest.mark.parametrize("papers", ["XYZ -", "XYZ", "BVS -", ""])
@pytest.mark.parametrize(
    ("lede", "dateline", "read"),
    [
        ("XYZ - Chiều 29/3", None, "XYZ - Chiều 29/3"),
        ("XYZ – Chiều 29/3", "XYZ", "XYZ – Chiều 29/3"),
        ("(XYZ) - Chiều 29/3", "XYZ -", "XYZ - Chiều 29/3"),
        ("Chiều 29/3", "XYZ - ", "XYZ - Chiều 29/3"),
        ("Chiều 29/3", "XYZ", "XYZ - Chiều 29/3"),
        ("Chiều 29/3", "(XYZ)", "(XYZ) - Chiều 29/3"),
        ("Chiều 29/3", "Hà Nội, 29/3:", "Hà Nội, 29/3: Chiều 29/3"),
        ("Chiều 29/3", "", "Chiều 29/3"),
        ("(TTXVN) - Chiều 29/3", None, "(TTXVN) - Chiều 29/3"),
        ("(TTXVN) Chiều 29/3", None, "(TTXVN) Chiều 29/3"),
        ("Hà Nội (TTXVN) - Chiều 29/3", None, "Hà Nội (TTXVN) - Chiều 29/3"),
        ("TP.HCM — Chiều 29/3", None, "TP.HCM — Chiều 29/3"),
    ],
)
def test_readers_see_the_mark_once_with_its_dash(
    tmp_path, paper, section, editor, papers, lede, dateline, read
):
    Paper.objects.update(mark=papers)

    article = imported(tmp_path, editor, lede, dateline)

    assert " ".join([article.dateline, article.lede]).strip() == read


def test_a_lede_without_a_mark_gets_the_papers(tmp_path, paper, section, editor):
    for lede in "Chiều 29/3", "Lúc 5 - 6 giờ", "Hà Nội - Huế thông xe", "UBND tỉnh họp":
        article = imported(tmp_path, editor, lede)
        assert (article.dateline, article.lede) == ("VS -", lede)


def test_the_same_folder_again_changes_nothing(tmp_path, paper, section, editor):
    for n, lede in enumerate(["VS - a", "(VS) — a", "TTXVN - a", "a"]):
        path = folder(tmp_path / str(n), f'{HEAD}<p class="lede">{lede}</p>')
        results = [outcome.result for _n in "12" for outcome in take_in(path, by=editor)]
        assert results == ["created", "unchanged"]


@pytest.mark.parametrize(
    ("lede", "mark", "parted"),
    [
        ("XYZ - a", "XYZ", ("XYZ -", "a")),
        ("XYZ—a", "XYZ", ("XYZ—", "a")),
        ("XYZ – a", "XYZ -", ("XYZ -", "a")),
        ("( XYZ ) - a", "XYZ", ("( XYZ ) -", "a")),
        ("a", "XYZ", ("XYZ", "a")),
        ("a", "", ("", "a")),
    ],
)
def test_the_dash_goes_with_the_mark(lede, mark, parted):
    assert part_mark(lede, mark) == parted


@pytest.mark.parametrize(
    "lede", ["", "Chiều - tối", "G7 - họp", "VN-Index tăng", "5 - 6", "ABC", "(a) b", "(1) b", "—"]
)
def test_what_is_no_mark(lede):
    assert not begins_with_mark(lede)


@given(st.text(st.sampled_from("XYZ -–—():"), max_size=40), st.sampled_from(["XYZ -", ":", "(X)"]))
def test_a_mark_that_stands_several_times_goes_at_once(lede, mark):
    rest = take_off_mark(f"{mark} - {lede}", mark)
    assert take_off_mark(rest, mark) == rest
    assert take_off_mark(part_mark(lede, mark)[1], mark) == part_mark(lede, mark)[1]


def test_of_several_marks_one_is_kept():
    assert part_mark("XYZ – XYZ - (XYZ) - Sáng 29/3", "XYZ") == ("XYZ –", "Sáng 29/3")


def test_half_a_million_marks_are_no_more_work_than_other_text():
    assert take_off_mark(":–" * 500_000 + "x", ":") == "x"
