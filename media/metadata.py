"""What a picture says of itself: caption, credit, source, photographer, rights and when it was taken.

IPTC speaks first (it is what agencies fill), then XMP, then EXIF. It is text from a stranger:
cleaned, bounded, and never markup. Where the picture was taken is not read at all.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from PIL import ExifTags, IptcImagePlugin
from PIL.Image import Image

from media.text import one_line

MAX_CAPTION = 2000
MAX_NAME = 250
_MAX_XMP = 1_000_000

# What cameras write into every picture is no caption.
_CAMERA_WORDS = (
    "olympus digital camera",
    "sony dsc",
    "samsung camera pictures",
    "minolta digital camera",
    "konica minolta digital camera",
    "exif_jpeg_picture",
    "digital camera",
    "default",
    "dcim\\",
)

# 2023:03:29 17:05:00 (EXIF), 20230329 170500+0700 (IPTC), 2023-03-29T17:05:00.25+07:00 (XMP)
_MOMENT = re.compile(
    r"(?P<year>19\d\d|20\d\d)[-:]?(?P<month>\d\d)[-:]?(?P<day>\d\d)[ T]"
    r"(?P<hour>\d\d):?(?P<minute>\d\d)(:?(?P<second>\d\d)(\.\d+)?)?(?P<offset>Z|[+-]\d\d:?\d\d)?",
    re.ASCII,
)

Found = dict[str, str]


@dataclass(frozen=True)
class Metadata:
    """Plain text on one line each, "" where the picture says nothing; taken_at is aware or None."""

    caption: str = ""
    alt_text: str = ""
    credit: str = ""
    source: str = ""
    photographer: str = ""
    rights: str = ""
    taken_at: datetime | None = None


def read(picture: Image, zone: tzinfo) -> Metadata:
    """The metadata of an opened picture; broken metadata is none.

    zone: where a camera's clock is, when the picture does not say its offset.
    """
    iptc, xmp, exif = (_tolerant(reader, picture) for reader in (_iptc, _xmp, _exif))

    def first(name: str, limit: int) -> str:
        texts = (one_line(source.get(name, ""), limit) for source in (iptc, xmp, exif))
        return next((text for text in texts if text), "")

    return Metadata(
        caption=first("caption", MAX_CAPTION),
        alt_text=first("alt_text", MAX_NAME),
        credit=first("credit", MAX_NAME),
        source=first("source", MAX_NAME),
        photographer=first("photographer", MAX_NAME),
        rights=first("rights", MAX_NAME),
        # The camera's own clock first: agencies write a day, programs the moment of saving.
        taken_at=next(
            filter(None, (_moment(found.get("taken"), zone) for found in (exif, xmp, iptc))), None
        ),
    )


def _tolerant(reader: Callable[[Image], Found], picture: Image) -> Found:
    try:
        return reader(picture)
    except Exception:  # noqa: BLE001 (the parsers raise anything; no picture is refused for it)
        return {}


def _iptc(picture: Image) -> Found:
    """IPTC-IIM 4.2, record 2: https://www.iptc.org/std/IIM/4.2/specification/IIMV4.2.pdf"""
    fields = IptcImagePlugin.getiptcinfo(picture) or {}

    def text(number: int) -> str:
        value = fields.get((2, number), b"")
        return ", ".join(map(_decoded, value if isinstance(value, list) else [value]))

    return {
        "caption": text(120),
        "credit": text(110),
        "source": text(115),
        "photographer": text(80),
        "rights": text(116),
        "taken": f"{text(55)} {text(60)}",
    }


def _xmp(picture: Image) -> Found:
    """https://www.iptc.org/std/photometadata/specification/IPTC-PhotoMetadata"""
    packet = picture.info.get("xmp", b"")
    if len(packet) > _MAX_XMP:
        return {}
    root = picture.getxmp()
    described = root.get("xmpmeta", root)["RDF"]["Description"]
    fields: dict[str, object] = {}
    for part in described if isinstance(described, list) else [described]:
        fields.update(part or {})
    return {
        "caption": _text(fields.get("description")),
        "alt_text": _text(fields.get("AltTextAccessibility")),
        "credit": _text(fields.get("Credit")),
        "source": _text(fields.get("Source")),
        "photographer": _text(fields.get("creator")),
        "rights": _text(fields.get("rights")),
        "taken": _text(fields.get("DateCreated")),
    }


def _text(value: object) -> str:
    """The text in a value of Pillow's XMP: plain, or in a list, or the first of several languages."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, value)))
    if isinstance(value, dict):
        languages = value.get("Alt")
        if isinstance(languages, dict) and isinstance(languages.get("li"), list):
            return _text(languages["li"][0])
        return next(
            (_text(value[key]) for key in ("text", "Alt", "Seq", "Bag", "li") if key in value), ""
        )
    return ""


def _exif(picture: Image) -> Found:
    """https://exiftool.org/TagNames/EXIF.html"""
    tags = picture.getexif()
    details = tags.get_ifd(ExifTags.IFD.Exif)
    base = ExifTags.Base
    caption = _repaired(tags.get(base.ImageDescription))
    if caption.strip().casefold().startswith(_CAMERA_WORDS):
        caption = ""
    return {
        "caption": caption or _utf16(tags.get(base.XPComment)) or _utf16(tags.get(base.XPTitle)),
        "photographer": _repaired(tags.get(base.Artist)) or _utf16(tags.get(base.XPAuthor)),
        "rights": _repaired(tags.get(base.Copyright)),
        "taken": _repaired(details.get(base.DateTimeOriginal))
        + _repaired(details.get(base.OffsetTimeOriginal)),
    }


def _decoded(raw: bytes) -> str:
    """UTF-8, else the old Vietnamese code page, whose marks are characters of their own."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return unicodedata.normalize("NFC", raw.decode("cp1258", errors="ignore"))


def _repaired(value: object) -> str:
    """EXIF text as it was meant: Pillow gives its bytes as latin-1."""
    if not isinstance(value, str):
        return _decoded(value) if isinstance(value, bytes) else ""
    try:
        return _decoded(value.encode("latin-1"))
    except UnicodeEncodeError:
        return value


def _utf16(value: object) -> str:
    """The text of Windows' own EXIF fields."""
    return value.decode("utf-16-le", errors="ignore") if isinstance(value, bytes) else ""


def _moment(text: str | None, zone: tzinfo) -> datetime | None:
    """An aware moment, as EXIF, IPTC or XMP write it; None for a day alone and for what is none."""
    found = _MOMENT.search(text or "")
    if found is None:
        return None
    try:
        offset = found["offset"]
        if offset:
            zone = datetime.strptime(offset, "%z").tzinfo or zone
        parts = (
            int(found[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")
        )
        return datetime(*parts, tzinfo=zone)
    except ValueError:
        return None
