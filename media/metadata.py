"""What a picture says of itself: caption, credit, source, photographer, rights and when it was taken.

IPTC speaks first (it is what agencies fill), then XMP, then EXIF, then PNG's own text; where one
was cut, the one that has it whole. It is text from a stranger: cleaned, bounded, and never markup;
where it is not sure in which letters it is written (media.letters), it is left out, and said so.
Where the picture was taken is not read at all.
"""

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from itertools import islice
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from PIL import ExifTags, PngImagePlugin
from PIL.Image import Image

from media import letters
from media.text import one_line

MAX_CAPTION = 2000
MAX_NAME = 250
_MAX_XMP = 1_000_000
# A file may hold millions; one_line keeps no more of a text.
_MAX_RECORDS, _MAX_BLOCKS, _MAX_TEXTS = 5_000, 4, 10
_MAX_BYTES = 4 * MAX_CAPTION

# What cameras and programs write into every picture, and what is not sure.
_NO_WORDS = (
    letters.UNSURE,
    "olympus digital camera",
    "sony dsc",
    "samsung camera pictures",
    "minolta digital camera",
    "konica minolta digital camera",
    "exif_jpeg_picture",
    "digital camera",
    "default",
    "dcim\\",
    "created with gimp",
    "creator: ",
    "filter: ",
)

# 2023:03:29 17:05:00 (EXIF), 20230329 170500+0700 (IPTC), 2023-03-29T17:05:00.25+07:00 (XMP)
_MOMENT = re.compile(
    r"(?P<year>19\d\d|20\d\d)[-:]?(?P<month>\d\d)[-:]?(?P<day>\d\d)[ T]"
    r"(?P<hour>\d\d):?(?P<minute>\d\d)(:?(?P<second>\d\d)(\.\d+)?)?(?P<offset>Z|[+-]\d\d:?\d\d)?",
    re.ASCII,
)

# The bytes that a field of IPTC may have: https://www.iptc.org/std/IIM/4.2/specification/IIMV4.2.pdf
_CHARACTER_SET, _EDITORIAL, _IPTC_IN_PHOTOSHOP = (1, 90), 2, 0x0404
_IPTC_FIELDS = {
    "caption": (120, 2000),
    "headline": (105, 256),
    "credit": (110, 32),
    "source": (115, 32),
    "photographer": (80, 32),
    "rights": (116, 128),
    "day": (55, 8),
    "time": (60, 11),
}
_APP13, _TIFF_IPTC, _TIFF_PHOTOSHOP = b"Photoshop 3.0\0", 33723, 34377

# https://www.iptc.org/std/photometadata/specification/IPTC-PhotoMetadata
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_XMP_FIELDS = {
    "caption": _DC + "description",
    "headline": _PHOTOSHOP + "Headline",
    "alt_text": "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}AltTextAccessibility",
    "credit": _PHOTOSHOP + "Credit",
    "source": _PHOTOSHOP + "Source",
    "photographer": _DC + "creator",
    "rights": _DC + "rights",
    "taken": _PHOTOSHOP + "DateCreated",
}
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NO_XML = re.compile(rb"[\0-\x08\x0b\x0c\x0e-\x1f]")
# Latin ones with the marks of Vietnamese, and the quotation marks and dashes between them.
_OUR_LETTERS = re.compile("[\t-\u024f\u0300-\u036f\u1e00-\u1eff\u2010-\u205e]")
_IN_PNG = "XML:com.adobe.xmp"

_NAMES = "caption", "alt_text", "credit", "source", "photographer", "rights"

# A field's texts, in their order; and XMP's, by their language.
Found = dict[str, list[str]]
Said = dict[str, list[str]]


@dataclass(frozen=True)
class Metadata:
    """Plain text on one line each, "" where the picture says nothing; taken_at is aware or None.

    unread: the fields that are empty because it is not sure what they say; two that are equal say
    the same.
    """

    caption: str = ""
    alt_text: str = ""
    credit: str = ""
    source: str = ""
    photographer: str = ""
    rights: str = ""
    taken_at: datetime | None = None
    unread: tuple[str, ...] = field(default=(), compare=False)


def read(picture: Image, zone: tzinfo, language: str = "vi") -> Metadata:
    """The metadata of an opened picture; broken metadata is none.

    zone: where a camera's clock is, when the picture does not say its offset. language: the
    paper's, taken first where a text is there in several. A headline, a title or a remark stands
    in for a caption only where nothing else is one.
    """
    # PNG first: it reads the file to its end, where the others may stand.
    png, iptc, exif = (_tolerant(reader, picture) for reader in (_png, _iptc, _exif))
    spoken = _tolerant(_xmp, picture)
    xmp = {name: _in_language(language, said) for name, said in spoken.items()}

    def first(name: str, limit: int) -> str:
        own = _lines(xmp.get(name, []), limit)
        # The others have one language: a foreign one, if XMP has the paper's beside the same text.
        foreign = [
            _lines(texts, limit)
            for texts in spoken.get(name, {}).values()
            if _speaks(language, spoken[name])
        ]
        before, *after = (
            [] if texts != own and any(_begins(texts, other) for other in foreign) else texts
            for texts in (_lines(found.get(name, []), limit) for found in (iptc, exif, png))
        )
        return one_line(", ".join(_wholest([before, own, *after])), limit)

    captions = (first(name, MAX_CAPTION) for name in ("caption", "headline", "remark"))
    words = {name: first(name, MAX_NAME) for name in _NAMES}
    words["caption"] = next(filter(None, captions), "")
    unsure = {
        name
        for found in (iptc, xmp, exif, png)
        for name, texts in found.items()
        if letters.UNSURE in texts
    }
    return Metadata(
        **words,
        unread=tuple(name for name in words if name in unsure and not words[name]),
        # The camera's own clock first: agencies write a day, programs the moment of saving.
        taken_at=next(
            filter(
                None,
                (_moment(" ".join(found.get("taken", [])), zone) for found in (exif, xmp, iptc)),
            ),
            None,
        ),
    )


def _lines(texts: list[str], limit: int) -> list[str]:
    lines = (one_line(text, limit) for text in texts)
    return [line for line in lines if line and not line.casefold().startswith(_NO_WORDS)]


def _either(*texts: str) -> list[str]:
    """The first text that says something."""
    return _lines([*texts], MAX_CAPTION)[:1] or [text for text in texts if text][:1]


def _wholest(candidates: list[list[str]]) -> list[str]:
    """The first source's texts, or those of a later one that go on where they were cut."""
    best: list[str] = []
    for texts in candidates:
        if not best or (texts and _begins(best, texts)):
            best = texts
    return best


def _begins(texts: list[str], others: list[str]) -> bool:
    """Are these texts what the others say, or only begin it, all together or each?"""
    if len(texts) == len(others):
        return all(map(str.startswith, others, texts))
    return ", ".join(others).startswith(", ".join(texts))


def _tolerant(reader: Callable[[Image], dict], picture: Image) -> dict:
    try:
        return reader(picture)
    except Exception:  # noqa: BLE001 (the parsers raise anything; no picture is refused for it)
        return {}


def _iptc(picture: Image) -> Found:
    """IPTC-IIM 4.2, in all the blocks that there are."""
    found: Found = {}
    for block in islice(filter(None, _iptc_blocks(picture)), _MAX_BLOCKS):
        records = list(_records(block))
        marks = next((value for number, value in records if number == _CHARACTER_SET), b"")
        charset = letters.declared(marks)
        for name, (dataset, limit) in _IPTC_FIELDS.items():
            raw = [value for number, value in records if number == (_EDITORIAL, dataset)]
            texts = [
                letters.decoded(value[:_MAX_BYTES], charset, limit) for value in raw[:_MAX_TEXTS]
            ]
            # Of several blocks the first that says something.
            if not _lines(found.get(name, []), limit):
                found[name] = list(filter(None, texts))
    return found | {"taken": [" ".join(found.get("day", []) + found.get("time", []))]}


def _iptc_blocks(picture: Image) -> Iterator[bytes]:
    tags = getattr(picture, "tag_v2", None)
    if tags is not None:
        # As it stands in the file: many call it numbers, of which Pillow would give the first.
        yield from _either_order(tags._tagdata.get(_TIFF_IPTC, b""))
        yield from _resources(_bytes(tags.get(_TIFF_PHOTOSHOP)))
    # What is too long for one segment goes on in the next.
    segments = [
        segment.removeprefix(_APP13)
        for name, segment in getattr(picture, "applist", [])
        if name == "APP13" and segment.startswith(_APP13)
    ]
    yield from _resources(b"".join(segments))
    yield from _resources(_raw_profile(picture, "8bim"))
    yield from _resources(_raw_profile(picture, "iptc"))
    yield _raw_profile(picture, "iptc")


def _either_order(block: bytes) -> Iterator[bytes]:
    """A TIFF's IPTC; where it was called numbers, each four bytes may stand the other way round."""
    if not block.startswith(b"\x1c"):
        count = len(block) // 4
        block = struct.pack(f"<{count}I", *struct.unpack_from(f">{count}I", block))
    if block.startswith(b"\x1c"):
        yield block


def _resources(data: bytes) -> Iterator[bytes]:
    """The IPTC among Photoshop's image resources."""
    position = 0
    for _resource in range(_MAX_RECORDS):
        position = data.find(b"8BIM", position)
        if position < 0 or position + 12 > len(data):
            return
        kind, length_of_name = struct.unpack_from(">HB", data, position + 4)
        position += 6 + (length_of_name + 2) // 2 * 2
        size = int.from_bytes(data[position : position + 4], "big")
        position += 4
        if kind == _IPTC_IN_PHOTOSHOP:
            yield data[position : position + size]
        position += size


def _records(block: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    """The numbers and the bytes of IPTC's records; the last may be cut, any may be empty."""
    position = 0
    for _record in range(_MAX_RECORDS):
        position = block.find(b"\x1c", position)
        if position < 0 or position + 5 > len(block):
            return
        record, dataset, size = struct.unpack_from(">BBH", block, position + 1)
        position += 5
        if size & 0x8000:
            more = size & 0x7FFF
            size = int.from_bytes(block[position : position + min(more, 8)], "big")
            position += more
        yield (record, dataset), block[position : position + size]
        position += size


def _raw_profile(picture: Image, name: str) -> bytes:
    """What ImageMagick writes into a PNG's text: a name, a length, and the bytes as digits."""
    text = picture.info.get(f"Raw profile type {name}")
    digits = "".join(text.split()[2:]) if isinstance(text, str) else ""
    return bytes.fromhex(digits)


def _xmp(picture: Image) -> dict[str, Said]:
    packet = picture.info.get("xmp") or picture.info.get(_IN_PNG) or _raw_profile(picture, "xmp")
    packet = packet.encode("latin-1") if isinstance(packet, str) else _bytes(packet)
    if len(packet) > _MAX_XMP:
        return {}
    # Some write what no XML may hold, and pad it with zeros.
    clean = packet if packet.startswith(letters.UTF16) else _NO_XML.sub(b"", packet)
    root = ElementTree.fromstring(clean.strip())
    found: dict[str, Said] = {}
    for description in (part for rdf in root.iter(_RDF + "RDF") for part in rdf):
        for name, tag in _XMP_FIELDS.items():
            child = description.find(tag)
            said = {"": [description.get(tag, "")]} if child is None else _said(child)
            if any(map(any, said.values())):
                found.setdefault(name, said)
    return found


def _said(element: Element) -> Said:
    """A property's texts by language, "" where none is told."""
    for kind in "Alt", "Seq", "Bag":
        container = element.find(_RDF + kind)
        if container is not None:
            items = list(container.iter(_RDF + "li"))[:_MAX_TEXTS]
            if kind != "Alt":
                return {"": list(map(_text, items))}
            said = {item.get(_LANGUAGE, "").lower(): [_text(item)] for item in items}
            return {name: texts for name, texts in said.items() if _lines(texts, 1)} or said
    return {"": [_text(element)]}


def _text(element: Element) -> str:
    value = element.find(f".//{_RDF}value")
    text = "".join((element if value is None else value).itertext())
    return letters.readable(text[:_MAX_BYTES]).strip()


def _speaks(language: str, said: Said) -> str:
    """How the texts name this language, or another country's; "" where they have it not."""
    primary = language.lower().partition("-")[0]
    names = [name for name in said if name.partition("-")[0] == primary]
    return language.lower() if language.lower() in names else next(iter(names), "")


def _in_language(language: str, said: Said) -> list[str]:
    """The texts in this language, else in what the picture calls its own, else the first."""
    for name in _speaks(language, said), "x-default":
        if name and name in said:
            return said[name]
    return next(iter(said.values()), [])


def _exif(picture: Image) -> Found:
    """https://exiftool.org/TagNames/EXIF.html"""
    tags = picture.getexif()
    details = tags.get_ifd(ExifTags.IFD.Exif)
    base = ExifTags.Base
    order = "utf-16-be" if tags.endian == ">" else "utf-16-le"

    def windows(tag: int) -> str:
        return _utf16(_bytes(tags.get(tag)), "utf-16-le")

    return {
        "caption": _either(_repaired(tags.get(base.ImageDescription)), windows(base.XPComment)),
        "headline": [windows(base.XPTitle)],
        "remark": [_comment(_bytes(details.get(base.UserComment)), order)],
        "photographer": _either(_repaired(tags.get(base.Artist)), windows(base.XPAuthor)),
        "rights": [_repaired(tags.get(base.Copyright))],
        "taken": [
            _repaired(details.get(base.DateTimeOriginal))
            + _repaired(details.get(base.OffsetTimeOriginal))
        ],
    }


def _png(picture: Image) -> Found:
    """https://www.w3.org/TR/png-3/#11keywords"""
    if picture.format != "PNG":
        return {}
    picture.load()

    def text(keyword: str) -> str:
        said = picture.info.get(keyword, "")
        # International text is UTF-8; Latin-1 is the standard of the other, and few keep to it.
        return letters.readable(said) if isinstance(said, PngImagePlugin.iTXt) else _repaired(said)

    return {
        "caption": [text("Description")],
        "headline": [text("Title")],
        "remark": [text("Comment")],
        "photographer": [text("Author")],
        "rights": [text("Copyright")],
    }


def _comment(raw: bytes, order: str) -> str:
    """EXIF's UserComment: in its first eight bytes it says in which letters it is written."""
    prefix, rest = raw[:8].rstrip(b"\0 ").upper(), raw[8 : 8 + _MAX_BYTES]
    if prefix == b"UNICODE":
        return _utf16(rest, order)
    if prefix == b"JIS" and b"\x1b" in rest:
        return rest.rstrip(b"\0 ").decode("iso2022_jp", errors="ignore")
    return letters.decoded(rest if prefix in {b"ASCII", b"JIS", b""} else raw[:_MAX_BYTES])


def _repaired(value: object) -> str:
    """Text as it was meant: Pillow gives its bytes as Latin-1. Two may stand in one, for two people."""
    try:
        return letters.decoded(_bytes(value)[:_MAX_BYTES]).replace("\0", " ")
    except UnicodeEncodeError:
        return letters.readable(str(value))


def _bytes(value: object) -> bytes:
    """What Pillow gives as bytes, numbers or text."""
    if isinstance(value, str):
        return value.encode("latin-1")
    return bytes(value) if isinstance(value, bytes | tuple) else b""


def _utf16(raw: bytes, order: str) -> str:
    """Text of two bytes a letter in this order, or in the one in which it has our letters."""
    raw = raw[:_MAX_BYTES]
    if raw.startswith(letters.UTF16):
        return letters.decoded(raw)
    other = {"utf-16-le": "utf-16-be", "utf-16-be": "utf-16-le"}[order]
    texts = [raw[: len(raw) // 2 * 2].decode(page, errors="ignore") for page in (order, other)]
    best = max(texts, key=lambda text: len(_OUR_LETTERS.findall(text)))
    if len(_OUR_LETTERS.findall(best)) * 2 < len(best) and b"\0" not in raw.rstrip(b"\0"):
        # Some write UTF-8 and call it Unicode.
        text = letters.decoded(raw)
        return letters.readable(best) if text == letters.UNSURE else text
    return letters.readable(best)


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
