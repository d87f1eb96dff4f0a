"""What was left out of a text that came in, said in a sentence."""

from django.utils.translation import gettext as _

from articles.text import LeftOut


def sentence(left_out: LeftOut) -> str:
    """What of a text its author did not mean for readers, and how much; "" for nothing."""
    counted = (
        (_("text deleted with changes tracked"), left_out.deletions),
        (_("remarks in the margin"), left_out.remarks),
        (_("hidden text"), left_out.hidden),
        (_("frames of other sites"), left_out.frames),
    )
    kinds = ", ".join(f"{name} ({count})" for name, count in counted if count)
    return _("Left out: %(kinds)s.") % {"kinds": kinds} if kinds else ""
