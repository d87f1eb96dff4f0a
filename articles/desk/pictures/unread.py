"""What a picture's file says of itself in letters that nobody can be sure of is left out, and said."""

from django.utils.translation import gettext as _

from media.models import Image


def sentence(picture: Image) -> str:
    """Which fields of a picture just brought in were left empty for that; "" if none was."""
    names = [
        str(Image._meta.get_field(name).verbose_name) for name in getattr(picture, "unread", [])
    ]
    if not names:
        return ""
    text = _(
        "Some words inside %(file)s could not be read for sure. "
        "These were left empty, please fill them in: %(fields)s."
    )
    return text % {"file": picture.original_name or f"#{picture.pk}", "fields": ", ".join(names)}
