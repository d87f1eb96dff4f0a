"""The grammar of a story's body: what comes in is cleaned, and the clean body can be asked.

Pure, and without Django; it knows nothing of who asks.
"""

from articles.text.body import Body, Figure, clean_html, cleaned_with_notes
from articles.text.cleaning import (
    LeftOut,
    begins_with_mark,
    is_too_intricate,
    part_mark,
    plain_line,
    take_off_mark,
    with_dash,
)
from articles.text.opening import Opening, opening_of

__all__ = [
    "Body",
    "Figure",
    "LeftOut",
    "Opening",
    "begins_with_mark",
    "clean_html",
    "cleaned_with_notes",
    "is_too_intricate",
    "opening_of",
    "part_mark",
    "plain_line",
    "take_off_mark",
    "with_dash",
]
