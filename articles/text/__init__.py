"""The grammar of a story's body: what comes in is cleaned, and the clean body can be asked.

Pure, and without Django; it knows nothing of who asks.
"""

from articles.text.cleaning import (
    Figure,
    clean_html,
    figures,
    lead_image,
    plain_line,
    plain_text,
    take_off_mark,
    without_images,
)

__all__ = [
    "Figure",
    "clean_html",
    "figures",
    "lead_image",
    "plain_line",
    "plain_text",
    "take_off_mark",
    "without_images",
]
