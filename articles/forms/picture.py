"""Pictures of the library, brought in and described."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from media import library, uploads
from media.models import Image

WORDS = ["alt_text", "caption", "credit", "source"]


class NewPictureForm(forms.ModelForm):
    """One file with its words. Valid means: it is in the library, as `picture`.

    `by`, who brings it, is set by the admin. `was_there`: the same file had been brought before.
    """

    by = None
    picture: Image | None = None
    was_there = False
    upload = forms.FileField(label=gettext_lazy("File"), widget=forms.FileInput)

    class Meta:
        model = Image
        fields = WORDS

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        started = timezone.now()
        file = cleaned["upload"]
        words = {name: cleaned[name] for name in WORDS if cleaned.get(name)}
        try:
            data = file.read(uploads.MAX_BYTES + 1)
            self.picture = library.add_picture(data, file.name, by=self.by, **words)
        except uploads.InvalidPicture as error:
            self.add_error("upload", str(error))
        else:
            self.was_there = self.picture.uploaded_at < started
        return cleaned
