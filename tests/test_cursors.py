"""Places in lists, as they stand in addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.rules.cursors import EPOCH, MICROSECOND, Cursor


@given(st.integers(-(10**16), 10**16), st.integers(1, 2**63 - 1))
def test_a_cursor_is_read_as_it_was_written(microseconds, pk):
    cursor = Cursor(EPOCH + microseconds * MICROSECOND, pk)

    assert Cursor.read(str(cursor)) == cursor


@pytest.mark.parametrize(
    "text",
    ["", "-", "12", "x", "x-1", "1-x", "1-", "-1", "1-0", "1--5", "1-1\0", "1_0-5", "01-5", "+1-2",
     " 1-5", "1-5 ", "1.5-2", "\u0663-\u0663", "9" * 25 + "-1", "9" * 6000 + "-1", "1-" + "9" * 30,
     f"1-{2**63}"],
)  # fmt: skip
def test_a_place_that_makes_no_sense_is_none(text):
    assert Cursor.read(text) is None
