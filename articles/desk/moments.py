"""A moment as an editor types it: wall-clock time in the paper's zone."""

from datetime import UTC, datetime, tzinfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from articles.rules.dates import zone_name

# Far enough for any plan, and near enough for every clock and calendar to agree.
YEARS = range(2000, 2200)


def moment_of(wall: datetime, zone: tzinfo) -> datetime:
    """The moment at which the clocks of `zone` show `wall` (naive).

    Raises ValidationError where they never show it, or show it twice.
    """
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    shown = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    if shown != wall:
        raise ValidationError(
            _("The clocks of %(zone)s skip this time on that day. Choose another one.")
            % {"zone": zone},
            code="nonexistent",
        )
    raise ValidationError(
        _("The clocks of %(zone)s show this time twice on that day. Choose another one.")
        % {"zone": zone},
        code="ambiguous",
    )


class MomentInput(forms.DateTimeInput):
    """The browser's picker, with what a small script needs to say weekday and own time."""

    input_type = "datetime-local"

    def get_context(self, name: str, value: object, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-zone": str(timezone.get_current_timezone()),
            "data-zone-name": zone_name(timezone.get_current_timezone()),
            "data-own-time": _("%(time)s on your clock"),
        }
        return context

    def format_value(self, value: object) -> str | None:
        if isinstance(value, datetime):
            local = timezone.localtime(value).replace(tzinfo=None)
            return local.isoformat(timespec="seconds" if local.second else "minutes")
        return value or None


class MomentField(forms.Field):
    """An aware datetime, typed as the paper's clocks show it; None when left empty."""

    widget = MomentInput

    def to_python(self, value: object) -> datetime | None:
        if value in self.empty_values:
            return None
        try:
            wall = parse_datetime(str(value).strip())
        except ValueError:
            wall = None
        if wall is None or wall.year not in YEARS or timezone.is_aware(wall):
            raise ValidationError(_("Choose date and time."), code="invalid")
        return moment_of(wall, timezone.get_current_timezone())
