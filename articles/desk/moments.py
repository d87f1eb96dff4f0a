"""A moment as an editor types it: wall-clock time in the paper's zone, in its 24-hour form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Paper, Record
from articles.publishing import access
from articles.rules import moments, timing
from articles.rules.dates import zone_name
from articles.rules.permissions import Verb
from articles.rules.states import in_full, when

# Of a person's last deeds, as many are asked for the moment that was chosen last.
REMEMBERED = 20
QUICK = 8


class MomentInput(forms.TextInput):
    """A line of text, the same in every browser, with what a script needs to add a calendar, the
    weekday and one's own time."""

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        usual = {"autocomplete": "off", "placeholder": gettext_lazy("06:00, 28/11/2026")}
        super().__init__(usual | (attrs or {}))

    def get_context(self, name: str, value: object, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-zone": str(timezone.get_current_timezone()),
            "data-zone-name": zone_name(timezone.get_current_timezone()),
            "data-own-time": _("%(time)s on your clock"),
            "data-calendar": _("Choose the day"),
        }
        return context

    def format_value(self, value: object) -> str | None:
        if isinstance(value, datetime):
            return in_full(value, timezone.get_current_timezone())
        return value or None


class MomentField(forms.Field):
    """An aware datetime, typed as the paper's clocks show it; None when left empty.

    years: those in which it may lie.
    """

    widget = MomentInput
    is_moment = True

    def __init__(self, *, years: range = moments.YEARS, **options: object) -> None:
        super().__init__(**options)
        self.years = years

    def to_python(self, value: object) -> datetime | None:
        if value in self.empty_values:
            return None
        return read(str(value), years=self.years)


def read(words: str, day: date | None = None, *, years: range = moments.YEARS) -> datetime:
    """The moment that somebody wrote; a time alone is one of `day`. Raises ValidationError."""
    wall = moments.wall_of(words, day) or _of_a_program(words)
    if wall is None or wall.year not in years:
        raise ValidationError(_("Choose date and time."), code="invalid")
    try:
        return moments.moment_of(wall, timezone.get_current_timezone())
    except timing.Refused as refused:
        raise ValidationError(str(refused), code=refused.code) from refused


def _of_a_program(words: str) -> datetime | None:
    """What has fractions of a second, as no person writes it."""
    try:
        wall = parse_datetime(words.strip())
    except ValueError:
        return None
    return None if wall is None or timezone.is_aware(wall) else wall


@dataclass(frozen=True)
class Quick:
    """A moment to be chosen with one press: as a form takes it, and as people say it.

    note: what it is beside a usual time, "" for nothing.
    """

    value: str
    words: str
    note: str = ""


def quick_times(user: access.User, at: datetime) -> list[Quick]:
    """The moments that this person is likely to want: the last one chosen, then the paper's usual
    times of today and tomorrow. Two queries."""
    zone = timezone.get_default_timezone()
    soon = timing.soon(at)
    usual = moments.upcoming(Paper.load().usual_times, soon, zone)[:QUICK]
    last = last_chosen(user)
    chosen = [last] if last and last >= soon else []
    return [
        Quick(
            in_full(moment, zone),
            when(moment, at, zone),
            _("last used") if moment in chosen else "",
        )
        for moment in [*chosen, *(each for each in usual if each not in chosen)]
    ]


def last_chosen(user: access.User) -> datetime | None:
    """The moment at which this person has let something begin last. One query."""
    verbs = (Verb.PUBLISH, Verb.MOVE, Verb.BRING_BACK)
    rows = Record.objects.filter(by=user.pk, verb__in=verbs).order_by("-pk")
    found = (details.get("at") for details in rows.values_list("details", flat=True)[:REMEMBERED])
    last = next(filter(None, found), None)
    return last and datetime.fromisoformat(last)


def site_then(moment: datetime) -> str:
    """The address of the site as of a moment."""
    local = moment.astimezone(timezone.get_default_timezone()).replace(tzinfo=None)
    return reverse("site_at", args=[local.isoformat(timespec="seconds")])


def pressed_quick(data: dict[str, str], names: Sequence[str]) -> dict[str, str]:
    """What pressing one of the quick times chooses: the moment of the field it belongs to."""
    return {name: data[f"{name}_quick"] for name in names if data.get(f"{name}_quick")}
