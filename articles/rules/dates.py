"""Dates and times as the paper writes them (pure, but for the language that is active)."""

from datetime import datetime, tzinfo

from django.utils import translation
from django.utils.dateformat import DateFormat
from django.utils.translation import gettext as _

# As papers write them; Django's own Vietnamese names are "Thứ 4" and "Chủ nhật".
VIETNAMESE_WEEKDAYS = (
    "Thứ Hai",
    "Thứ Ba",
    "Thứ Tư",
    "Thứ Năm",
    "Thứ Sáu",
    "Thứ Bảy",
    "Chủ Nhật",
)


class _PaperFormat(DateFormat):
    def l(self) -> str:  # noqa: E743 (Django's letter for the weekday)
        if (translation.get_language() or "").startswith("vi"):
            return VIETNAMESE_WEEKDAYS[self.data.weekday()]
        return super().l()


def in_words(moment: datetime, letters: str, zone: tzinfo) -> str:
    """A moment in the paper's zone, by Django's format letters: "Thứ Tư, 29/3/2023, 17:05".

    The weekday is a Vietnamese paper's where Vietnamese is the active language.
    """
    return _PaperFormat(moment.astimezone(zone)).format(letters)


def zone_name(zone: tzinfo) -> str:
    """What people call the time of a zone: "Vietnam time", "Europe/Berlin time"."""
    if str(zone) == "Asia/Ho_Chi_Minh":
        return _("Vietnam time")
    return _("%(zone)s time") % {"zone": zone}
