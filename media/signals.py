"""The one announcement upwards: everything else is a call."""

from django.dispatch import Signal

# Sent with image_id, after the commit, when the renditions of a picture have changed.
picture_changed = Signal()
