"""Fields of text in which what nobody sees is nothing."""

from django import forms

from media.text import is_blank


class LineField(forms.CharField):
    """Text as Django takes it, but empty where it holds only what has no look."""

    def to_python(self, value: object) -> str:
        text = super().to_python(value)
        return self.empty_value if is_blank(text) else text
