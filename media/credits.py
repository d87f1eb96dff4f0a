"""Whom to name under a picture: made from who took it and from its credit (pure)."""

import re

from media.text import fold

# What stands between the names of a credit: "Minh Anh/TTXVN", "Ảnh: Minh Anh - TTXVN".
_BETWEEN = re.compile(r"(\s*[/,;:|&()]\s*|\s+[-–—]\s+)")


def line(photographer: str, credit: str) -> str:
    """The line that readers see: "Minh Anh" and "TTXVN" are "Minh Anh/TTXVN".

    Nobody is named twice: where the credit names a photographer, or a photographer is the credit,
    once is enough.
    """
    if not (photographer and credit):
        return photographer or credit
    if _names(photographer, credit):
        return photographer
    missing = [name for name in photographer.split(", ") if not _names(credit, name)]
    return "/".join(filter(None, [", ".join(missing), credit]))


def renamed(credit: str, before: str, after: str) -> str:
    """A credit in which another photographer is named where the one before was."""
    if not (before and after):
        return credit
    if fold(credit) == fold(before):
        return after
    parts = _BETWEEN.split(credit)
    return "".join(after if fold(part) == fold(before) else part for part in parts)


def _names(credit: str, name: str) -> bool:
    """Does a credit name somebody: between its signs, or in the middle if the name is no one word?"""
    folded, wanted = fold(credit), fold(name)
    if wanted in (fold(part) for part in _BETWEEN.split(credit)) or wanted == folded:
        return True
    return " " in wanted and bool(re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", folded))
