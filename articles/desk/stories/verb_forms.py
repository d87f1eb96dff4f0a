"""What a verb asks before it is done. The rules of time are articles.rules.timing's, not these forms'."""

from collections.abc import Sequence
from datetime import datetime

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.desk.lines import LineField
from articles.desk.moments import MomentField, pressed_quick
from articles.publishing.asks import missing_note
from articles.rules import rights
from articles.rules.timing import INHERIT, TOLD, Kind

NOW, AT = "now", "at"
NO_END, INHERITED = "none", "inherit"
CANCEL, KEEP = "cancel", "keep"
# The choice that a moment belongs to.
CHOICES = {"at": "when", "until": "end"}


class AskForm(forms.Form):
    """A question, with a mark of the plan that the person has read before they say yes.

    press: a word for this showing of the form, so that its button pressed twice does one thing.
    """

    seen = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    press = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, **options: object) -> None:
        super().__init__(data, **options)
        if self.is_bound:
            self.data = data.copy()
            for name, moment in pressed_quick(self.data, list(self.fields)).items():
                self.data[name] = moment
                if CHOICES.get(name) in self.fields:
                    self.data[CHOICES[name]] = AT
            # What was not asked when the form was shown has not been answered: the proposal holds,
            # and since the plan is another one then, it is read before anything is done.
            for name, field in self.fields.items():
                if type(field) is forms.ChoiceField and name not in self.data:
                    self.data[name] = self.get_initial_for_field(field, name) or ""

    def choice(self) -> dict[str, object]:
        """What is asked for: as posted, or as proposed by a form that was not posted yet."""
        if self.is_bound:
            return self.cleaned_data
        return {
            name: self.get_initial_for_field(field, name) for name, field in self.fields.items()
        }


class RemarkField(LineField):
    """A remark among colleagues, of which nothing that readers get depends."""

    is_private = True

    def __init__(self, **options: object) -> None:
        super().__init__(required=False, max_length=2000, **options)


class WhenMixin(forms.Form):
    """Now, or at a moment."""

    when = forms.ChoiceField(
        label=_("When"),
        choices=[(NOW, _("Now, within seconds")), (AT, _("At a time"))],
        initial=NOW,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose when.")},
    )
    at = MomentField(label=_("Time"), required=False)

    def clean(self) -> dict[str, object]:
        super().clean()
        chosen = self.cleaned_data
        if chosen.get("when") == AT and not chosen.get("at") and "at" not in self.errors:
            self.add_error("at", _("Choose the time, or “Now”."))
        proposed = self.get_initial_for_field(self.fields["at"], "at")
        if chosen.get("when") == NOW and chosen.get("at") not in (None, proposed):
            self.add_error("at", _("You wrote a time, but chose “Now”. Choose one of the two."))
        return chosen

    @staticmethod
    def moment(choice: dict[str, object]) -> datetime | None:
        """The chosen moment; None is soon."""
        return choice["at"] if choice["when"] == AT else None


class WaitingMixin(forms.Form):
    """What becomes of changes that wait for later; asked only where there are any."""

    waiting = forms.ChoiceField(
        label=_("Scheduled versions"),
        choices=[
            (CANCEL, _("Cancel them: this version replaces them")),
            (KEEP, _("Keep them: they follow at their times")),
        ],
        initial=CANCEL,
        widget=forms.RadioSelect,
    )


class ToldMixin(forms.Form):
    """What readers are told of a change: its kind, and the note of a correction.

    The legal form, a correction and apology, has the paper's own parts instead of one note.
    """

    kind = forms.ChoiceField(label=_("Kind"), widget=forms.RadioSelect)
    note = LineField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "With a correction, readers see this: what was wrong, and what is right. "
            "Otherwise it stays in the log."
        ),
    )

    def ask_kind(self, kinds: Sequence[Kind], parts: Sequence[str]) -> None:
        """Ask with these kinds. parts: of a correction and apology."""
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        if self["kind"].value() == Kind.CORRECTION:
            self.fields["note"].label = _("Correction text")
        written = _parts_of(self.get_initial_for_field(self.fields["note"], "note") or "")
        self.parts = {f"part_{number}": label for number, label in enumerate(parts)}
        for name, label in self.parts.items():
            self.fields[name] = LineField(
                label=label,
                required=False,
                max_length=2000,
                initial=written.get(label, ""),
                widget=forms.Textarea(attrs={"rows": 2, "data-part": ""}),
            )

    def clean(self) -> dict[str, object]:
        chosen = super().clean()
        if chosen.get("kind") == Kind.APOLOGY and self.parts:
            self._check_parts(chosen)
        elif chosen.get("kind") in TOLD and not chosen.get("note"):
            self.add_error("note", str(missing_note()))
        return chosen

    def _check_parts(self, chosen: dict[str, object]) -> None:
        for name, label in self.parts.items():
            if not chosen.get(name) and name not in self.errors:
                self.add_error(name, gettext("Fill in “%(part)s”.") % {"part": label})
        chosen["note"] = "\n".join(
            f"{label}: {chosen.get(name) or ''}" for name, label in self.parts.items()
        )


def _parts_of(note: str) -> dict[str, str]:
    """A note that was made of parts, by their labels."""
    pairs = [line.partition(": ") for line in note.splitlines()]
    return {label: words for label, _colon, words in pairs}


class PublishForm(WhenMixin, WaitingMixin, ToldMixin, AskForm):
    end = forms.ChoiceField(
        label=_("Expiry"),
        choices=[
            (INHERITED, _("As it is now")),
            (NO_END, _("No expiry")),
            (AT, _("Until a time")),
        ],
        initial=NO_END,
        widget=forms.RadioSelect,
    )
    until = MomentField(label=_("Expires at"), required=False)
    rights_end = forms.ChoiceField(
        label=_("When the usage rights of a picture end"),
        choices=[
            (rights.END, _("The story goes offline")),
            (rights.LEAVE_OUT, _("The story goes on without the picture")),
        ],
        initial=rights.END,
        widget=forms.RadioSelect,
    )
    field_order = ["when", "at", "end", "until", "kind", "note", "waiting", "rights_end"]
    KINDS = (Kind.UPDATE, Kind.CORRECTION, Kind.APOLOGY, Kind.MINOR)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        first: bool,
        has_end: bool,
        waits: bool,
        rights_end: bool,
        parts: Sequence[str],
        **options: object,
    ) -> None:
        super().__init__(data, **options)
        if not rights_end:
            del self.fields["rights_end"]
        if first:
            del self.fields["kind"], self.fields["note"]
        else:
            self.ask_kind(self.KINDS, parts)
            self.order_fields(["when", "at", "end", "until", "kind", "note", *self.parts])
        if not has_end:
            self.fields["end"].choices = self.fields["end"].choices[1:]
        if not waits:
            del self.fields["waiting"]

    def clean(self) -> dict[str, object]:
        chosen = super().clean()
        if chosen.get("end") == AT and not chosen.get("until") and "until" not in self.errors:
            self.add_error("until", _("Choose the expiry, or “No expiry”."))
        return chosen

    @staticmethod
    def end_of(choice: dict[str, object]) -> object:
        """The end as articles.rules.timing takes it."""
        return {AT: choice["until"], NO_END: None, INHERITED: INHERIT}[choice["end"]]


class ChangeForm(ToldMixin, AskForm):
    """What becomes of one version that was changed by itself, and which others get the change."""

    KINDS = (Kind.MINOR, Kind.UPDATE, Kind.CORRECTION, Kind.APOLOGY)
    at = MomentField(label=_("Goes live"), error_messages={"required": _("Choose the new time.")})
    until = MomentField(label=_("Expires at"), required=False)
    also = forms.MultipleChoiceField(
        label=_("The same change in"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        waits: bool,
        first: bool,
        also: list[tuple[str, str]],
        parts: Sequence[str],
        **options: object,
    ) -> None:
        super().__init__(data, **options)
        self.fields["also"].choices = also
        if not also:
            del self.fields["also"]
        if first:
            del self.fields["kind"], self.fields["note"]
        else:
            self.ask_kind(self.KINDS, parts)
            self.order_fields(["kind", "note", *self.parts])
        if not waits:
            del self.fields["at"], self.fields["until"]


class MoveForm(AskForm):
    at = MomentField(label=_("New time"), error_messages={"required": _("Choose the new time.")})


class EndForm(AskForm):
    end = forms.ChoiceField(
        label=_("Expiry"),
        choices=[(AT, _("Until a time")), (NO_END, _("No expiry"))],
        initial=AT,
        widget=forms.RadioSelect,
    )
    until = MomentField(label=_("Expires at"), required=False)

    def clean(self) -> dict[str, object]:
        chosen = super().clean()
        if chosen.get("end") == AT and not chosen.get("until") and "until" not in self.errors:
            self.add_error("until", _("Choose the expiry, or “No expiry”."))
        return chosen


class WithdrawForm(WhenMixin, AskForm):
    keep_plans = forms.BooleanField(
        label=_("Keep the scheduled versions"), required=False, initial=False
    )
    note = RemarkField(
        label=_("Reason, for the log"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Readers do not see this."),
    )
    field_order = ["when", "at", "keep_plans", "note"]

    def __init__(self, data: QueryDict | None = None, *, waits: bool, **options: object) -> None:
        super().__init__(data, **options)
        if not waits:
            del self.fields["keep_plans"]


class BringBackForm(WhenMixin, WaitingMixin, AskForm):
    field_order = ["when", "at", "waiting"]

    def __init__(self, data: QueryDict | None = None, *, waits: bool, **options: object) -> None:
        super().__init__(data, **options)
        if not waits:
            del self.fields["waiting"]


class SendBackForm(AskForm):
    note = RemarkField(
        label=_("What is missing"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The reporter reads this on top of the story."),
    )
