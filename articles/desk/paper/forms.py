"""The paper's own facts, checked."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.models import Paper
from articles.rules import moments, timing
from media.text import one_line

# https://docs.djangoproject.com/en/5.2/ref/templates/builtins/#date, those that a reader can use.
DAY, MONTH, YEAR = "dj", "mnMFbEN", "yY"
LETTERS = f"{DAY}{MONTH}{YEAR}lDHGhgisAaP"
MOST_PARTS = 8
CHANNELS = ("facebook", "youtube", "zalo", "x")


def check_date_format(pattern: str) -> None:
    """Raise ValidationError, with a sentence, unless dates in this format can be read."""
    letters = re.findall(r"[^\W\d_]", re.sub(r"\\.", "", pattern))
    repeated = [a + a for a in LETTERS if a + a in pattern]
    if repeated:
        raise ValidationError(
            _(
                "“%(letters)s” would show that part twice: one letter stands for all of it, "
                "so write j/n/Y, not dd/mm/yyyy."
            )
            % {"letters": repeated[0]},
            code="repeated_letter",
        )
    unknown = [letter for letter in letters if letter not in LETTERS]
    if unknown:
        raise ValidationError(
            _(
                "“%(letter)s” stands for no part of a date. To show the letter itself, "
                "put a backslash before it."
            )
            % {"letter": unknown[0]},
            code="unknown_letter",
        )
    if not all(set(letters) & set(part) for part in (DAY, MONTH, YEAR)):
        raise ValidationError(
            _("A date needs a day (j), a month (n) and a year (Y)."), code="incomplete_date"
        )


class PaperForm(forms.ModelForm):
    """The facts that stand in the footer, on the story's page and in its dates."""

    class Meta:
        model = Paper
        fields = "__all__"  # noqa: DJ007  (all of it is the paper's to say)

    def clean_date_format(self) -> str:
        pattern = self.cleaned_data["date_format"]
        check_date_format(pattern)
        return pattern

    def clean_apology_parts(self) -> str:
        lines = [one_line(line, 80) for line in self.cleaned_data["apology_parts"].splitlines()]
        lines = list(dict.fromkeys(filter(None, lines)))
        if len(lines) > MOST_PARTS:
            raise ValidationError(
                ngettext(
                    "At most %(number)d part, a line for each.",
                    "At most %(number)d parts, a line for each.",
                    MOST_PARTS,
                )
                % {"number": MOST_PARTS},
                code="too_many_parts",
            )
        return "\n".join(lines)

    def clean_slots(self) -> str:
        try:
            slots = moments.slots_of(self.cleaned_data["slots"])
        except timing.Refused as refused:
            raise ValidationError(str(refused), code=refused.code) from refused
        return ", ".join(slot.strftime("%H:%M") for slot in slots)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        for name in CHANNELS:
            self._check_channel(name, cleaned.get(name))
        return cleaned

    def _check_channel(self, name: str, address: str | None) -> None:
        """Readers follow these links: no other schemes than those of web pages."""
        try:
            if address:
                URLValidator(schemes=["http", "https"])(address)
        except ValidationError:
            self.add_error(
                name, gettext_lazy("Write the channel's web address, beginning with https://.")
            )
