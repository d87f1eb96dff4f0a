"""Dates as the paper writes them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from articles.rules.dates import in_words

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2023, 3, 27, 10, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "written"),
    [
        (0, "Thứ Hai, 27/3/2023, 17:05"),
        (1, "Thứ Ba, 28/3/2023, 17:05"),
        (2, "Thứ Tư, 29/3/2023, 17:05"),
        (3, "Thứ Năm, 30/3/2023, 17:05"),
        (4, "Thứ Sáu, 31/3/2023, 17:05"),
        (5, "Thứ Bảy, 1/4/2023, 17:05"),
        (6, "Chủ Nhật, 2/4/2023, 17:05"),
    ],
)
def test_vietnamese_weekdays_are_spelt_as_papers_do(days, written):
    with translation.override("vi"):
        assert in_words(MONDAY + timedelta(days=days), "l, j/n/Y, H:i", HERE) == written


def test_another_language_has_its_own_weekdays():
    with translation.override("en"):
        assert in_words(MONDAY, "l, j F Y", HERE) == "Monday, 27 March 2023"


def test_the_day_is_that_of_the_papers_zone():
    with translation.override("vi"):
        assert in_words(datetime(2023, 3, 28, 17, 0, tzinfo=UTC), "l j/n", HERE) == "Thứ Tư 29/3"


@pytest.mark.parametrize("letters", ["", "\\", "%", "{}", "qQxX", "l" * 40, "<b>l</b>"])
def test_no_format_breaks_a_page(letters):
    assert isinstance(in_words(MONDAY, letters, HERE), str)
