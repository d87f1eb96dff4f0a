"""Pictures of the library, brought in and described, one or many at once."""

from collections.abc import Iterable
from typing import NamedTuple

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.desk.moments import MomentField
from articles.rules.states import in_full
from articles.text import plain_line
from media import library, uploads
from media.models import Image

DESCRIPTIONS = ["alt_text", "caption", "photographer", "credit", "source"]


class _CleanLines(forms.BaseForm):
    """Texts of one line without what nobody sees, as everything else that the desk takes."""

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        for name, value in cleaned.items():
            if isinstance(self.fields[name], forms.CharField) and isinstance(value, str):
                cleaned[name] = plain_line(value)
        return cleaned


class NewPictureForm(_CleanLines, forms.ModelForm):
    """One file with its words. Valid means: it is in the library, as `picture`.

    `by`, who brings it, is set by the admin. `was_there`: the same file had been brought before.
    """

    by = None
    picture: Image | None = None
    was_there = False
    upload = forms.FileField(label=gettext_lazy("File"), widget=forms.FileInput)

    class Meta:
        model = Image
        fields = DESCRIPTIONS

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        started = timezone.now()
        file = cleaned["upload"]
        words = {name: cleaned[name] for name in DESCRIPTIONS if cleaned.get(name)}
        try:
            data = file.read(uploads.MAX_BYTES + 1)
            self.picture = library.add_picture(data, file.name, by=self.by, **words)
        except uploads.InvalidPicture as error:
            self.add_error("upload", str(error))
        else:
            self.was_there = self.picture.uploaded_at < started
        return cleaned


class ReplaceForm(forms.Form):
    """Another file for a picture. Valid means: it has it."""

    upload = forms.FileField(label=gettext_lazy("New file"), widget=forms.FileInput)
    agreed = forms.BooleanField(
        label=gettext_lazy("Yes, show the new file wherever this picture stands"),
        error_messages={"required": gettext_lazy("Tick this, or keep the file.")},
    )

    def __init__(self, *args: object, image: Image, by: AbstractBaseUser, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.image, self.by = image, by
        self.fields["upload"].widget.attrs["accept"] = "image/*"

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if not self.errors:
            file = cleaned["upload"]
            data = file.read(uploads.MAX_BYTES + 1)
            try:
                library.replace_picture(self.image, data, file.name, by=self.by)
            except uploads.InvalidPicture as error:
                self.add_error("upload", str(error))
        return cleaned


class PictureForm(_CleanLines, forms.ModelForm):
    """One picture's words, marks, rights and focal point.

    `may_refile`, whether this person may move the focal point, is set by the admin.
    """

    may_refile = True
    rights_until = MomentField(label=gettext_lazy("Usage rights end"), required=False)
    taken_at = MomentField(label=gettext_lazy("Taken"), required=False, years=range(1800, 2200))

    class Meta:
        model = Image
        fields = [
            *DESCRIPTIONS,
            *("illustrative", "ai", "rights", "rights_until", "taken_at", "focus_x", "focus_y"),
        ]
        widgets = {
            "alt_text": forms.Textarea(attrs={"rows": 2}),
            "caption": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "ai" in self.fields:
            self.fields["ai"].choices = [("", _("No AI")), *Image.AI.choices]
        # Who may only look at the picture gets a form without fields.
        for name in {"focus_x", "focus_y"} & self.fields.keys():
            field = self.fields[name]
            field.disabled = not self.may_refile
            field.widget.attrs |= {"min": "0", "max": "1", "step": "any"}

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if "photographer" in self.changed_data and "photographer" in cleaned:
            given = {name: cleaned[name] for name in self.changed_data if name in cleaned}
            cleaned |= self.instance.with_new_photographer(given)
        for name in ("focus_x", "focus_y"):
            if not 0 <= cleaned.get(name, 0) <= 1:
                self.add_error(name, _("Write a number from 0 to 1."))
        return cleaned


class Difference(NamedTuple):
    """What changes about one picture: the field's label, what stands there and what will."""

    name: str
    label: str
    old: str
    new: str


class _GivingForm(_CleanLines, forms.Form):
    """Values that pictures are given; which of them would change a picture is asked first."""

    def chosen(self) -> dict[str, object]:
        """The values to give, by the name of the field."""
        raise NotImplementedError

    def differences(self, image: Image) -> list[Difference]:
        """What of that would change this picture."""
        return [
            Difference(
                name, str(self.fields[name].label), _field_text(image, name), _said(name, value)
            )
            for name, value in image.with_new_photographer(self.chosen()).items()
            if getattr(image, name) != value
        ]


class OwnWordsForm(_GivingForm):
    """What is each picture's own among many: what is in it, and its default caption.

    Only what was typed counts, so that a colleague's words of the meantime stay.
    """

    alt_text = Image._meta.get_field("alt_text").formfield(
        widget=forms.Textarea(attrs={"rows": 2}), help_text="", show_hidden_initial=True
    )
    caption = Image._meta.get_field("caption").formfield(
        widget=forms.Textarea(attrs={"rows": 2}), help_text="", show_hidden_initial=True
    )

    def chosen(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in self.changed_data}


class ManyForm(_GivingForm):
    """The same for many pictures at once. What is left empty stays as it is in each.

    seen: a mark of the list of changes that the person has read.
    """

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    photographer = forms.CharField(
        label=gettext_lazy("Photographer"),
        required=False,
        max_length=Image._meta.get_field("photographer").max_length,
        help_text=gettext_lazy("Who took the picture; several names with commas between them."),
    )
    credit = forms.CharField(
        label=gettext_lazy("Credit line"),
        required=False,
        max_length=Image._meta.get_field("credit").max_length,
        help_text=gettext_lazy(
            "The agency or whom else to name; readers see the photographer before it."
        ),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=Image._meta.get_field("source").max_length,
        help_text=gettext_lazy("Where the picture came from."),
    )
    rights = forms.CharField(
        label=gettext_lazy("Usage rights"),
        required=False,
        max_length=Image._meta.get_field("rights").max_length,
    )
    rights_until = MomentField(label=gettext_lazy("Usage rights end"), required=False)
    illustrative = forms.ChoiceField(
        label=gettext_lazy("Illustration"),
        required=False,
        choices=[
            ("", gettext_lazy("As it is")),
            ("yes", gettext_lazy("An illustration")),
            ("no", gettext_lazy("No illustration")),
        ],
    )
    ai = forms.ChoiceField(
        label=gettext_lazy("AI"),
        required=False,
        choices=[
            ("", gettext_lazy("As it is")),
            ("none", gettext_lazy("No AI")),
            *Image.AI.choices,
        ],
    )
    emptied = forms.MultipleChoiceField(
        label=gettext_lazy("Remove from each picture"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("photographer", gettext_lazy("The photographer")),
            ("credit", gettext_lazy("The credit line")),
            ("source", gettext_lazy("The source")),
            ("rights", gettext_lazy("The usage rights")),
            ("rights_until", gettext_lazy("The end of usage rights")),
        ],
    )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        for name in cleaned.get("emptied", []):
            if cleaned.get(name):
                self.add_error(name, _("Write something here or remove it below, not both."))
        return cleaned

    def chosen(self) -> dict[str, object]:
        given = {
            name: value
            for name, value in self.cleaned_data.items()
            if value and name not in {"seen", "emptied"}
        }
        if "illustrative" in given:
            given["illustrative"] = given["illustrative"] == "yes"
        if given.get("ai") == "none":
            given["ai"] = ""
        empty = {
            name: None if name == "rights_until" else "" for name in self.cleaned_data["emptied"]
        }
        return given | empty


def give(image: Image, forms_of_it: Iterable[_GivingForm]) -> list[str]:
    """Change a picture as these forms say; gives the labels of the changed fields."""
    given: dict[str, object] = {}
    labels = []
    for form in forms_of_it:
        chosen = image.with_new_photographer(form.chosen())
        for difference in form.differences(image):
            given[difference.name] = chosen[difference.name]
            labels.append(difference.label)
    for name, value in given.items():
        setattr(image, name, value)
    if given:
        image.save(update_fields=given.keys())
    return labels


def _field_text(image: Image, name: str) -> str:
    return _said(name, getattr(image, name))


def _said(name: str, value: object) -> str:
    """A value as people read it; "" for nothing."""
    if name == "illustrative":
        return _("Yes") if value else _("No")
    if name == "ai":
        return str(dict(Image.AI.choices).get(value, _("No")))
    if name == "rights_until" and value:
        return in_full(value, timezone.get_current_timezone())
    return str(value or "")
