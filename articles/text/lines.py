"""Lines from outside, for fields that hold one: a headline, a lede, a name."""

import re
import unicodedata

from articles.text import inline

_DASHES = "-\u2013\u2014"


def plain_line(text: str) -> str:
    """Text from outside for a field of one line: NFC, white space collapsed and trimmed.

    Control characters and those that hide text or turn it round are gone.
    """
    return " ".join(inline.composed(inline.readable(text)).split())


def take_off_mark(lede: str, mark: str) -> str:
    """A lede without the paper's own mark at its beginning ("XYZ - ", "(XYZ) – ", "XYZ—").

    mark: the mark with or without its dash and parentheses. The rest is returned as it was, and so
    is a lede that begins otherwise: "VN-Index" does not begin with the mark "VN -".
    """
    name = mark.strip().rstrip(_DASHES + " \xa0").strip("() \xa0")
    if not name:
        return lede
    words = r"\s+".join(map(re.escape, unicodedata.normalize("NFC", name).split()))
    apart = rf"(?:\s+[{_DASHES}]+\s*|[{_DASHES}]+\s+|[–—]\s*)"
    found = re.match(
        rf"\s*(?:{words}{apart}|\(\s*{words}\s*\)\s*[{_DASHES}]+\s*)",
        unicodedata.normalize("NFC", lede),
    )
    return unicodedata.normalize("NFC", lede)[found.end() :] if found else lede
