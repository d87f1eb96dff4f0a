"""Why was my photo refused? The checks at the door, on bytes alone."""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from io import BytesIO

import PIL.Image
from PIL import PngImagePlugin

from media.text import is_blank, one_line

MAX_BYTES = 40_000_000
MAX_PIXELS = 50_000_000
# Encoders write about ten; a thousand scans of one picture keep a processor busy for seconds.
MAX_JPEG_SCANS = 100
MAX_JPEG_SEGMENTS = 5_000
MAX_JPEG_JUNK = 65_536
# Encoders cut the pixels into pieces of 4 kB and more; reading millions takes half a minute.
MAX_PNG_CHUNKS = 20_000
MAX_FILENAME = 150

# Pillow refuses a header of more than twice this number, before anything is allocated.
PIL.Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2
PngImagePlugin.MAX_TEXT_MEMORY = PngImagePlugin.MAX_TEXT_CHUNK = 4_000_000

# https://nokiatech.github.io/heif/technical.html and ISO/IEC 23008-12, annex B.
_AVIF_BRANDS = {b"avif", b"avis"}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1"}
# 0xFF 0x00 is data, 0xFFD0 to 0xFFD7 are restarts inside a scan, 0xFF 0xFF is padding.
# Without a repetition the search is twenty times as fast.
_JPEG_MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])", re.DOTALL)
_START_OF_SCAN, _END_OF_IMAGE, _WITHOUT_LENGTH = b"\xda", b"\xd9", {b"\x01", b"\xd8"}
_TIFF_SUBFILE_TYPE, _TIFF_REDUCED, _TIFF_DNG_VERSION = 254, 1, 50706


class Fault(StrEnum):
    """Why a file does not become a picture."""

    EMPTY = "empty"
    TOO_BIG = "too big"
    HEIC = "heic"
    FOREIGN = "foreign"
    TOO_WIDE = "too wide"
    RAW = "raw"
    DAMAGED = "damaged"
    TOO_HEAVY = "too heavy"
    BUSY = "busy"
    KNOWN = "known"
    NO_ROOM = "no room"
    FAILED = "failed"


def _(text: str) -> str:
    """Marks a text for translation."""
    return text


_SENTENCES = {
    Fault.EMPTY: _("This file is empty. Choose the picture again, or copy it once more."),
    Fault.TOO_BIG: _(
        "This file has more than %(megabytes)d MB. Save it smaller, or as JPEG, and upload that."
    ),
    Fault.HEIC: _(
        "This is a HEIC picture, as iPhones take them, and cannot be used as it is. "
        "On the iPhone, choose Settings > Camera > Formats > Most Compatible for new "
        "pictures; send those you already have to yourself by e-mail, which makes them JPEG."
    ),
    Fault.FOREIGN: _(
        "This file is not a picture. Choose a JPEG, PNG, WebP, AVIF, GIF or TIFF file."
    ),
    Fault.TOO_WIDE: _(
        "This picture has more than %(megapixels)d megapixels. Make it smaller, 4,000 "
        "pixels wide are plenty, and upload that."
    ),
    Fault.RAW: _("This is a camera's raw file. Export it as JPEG on a computer and upload that."),
    Fault.DAMAGED: _(
        "This picture is damaged or incomplete and cannot be read. Copy it once more "
        "from where it came; if that does not help, open it on a computer, save it as "
        "JPEG and upload that."
    ),
    Fault.TOO_HEAVY: _(
        "Reading this picture takes too long or too much memory. Open it on a computer,"
        " save it as JPEG and upload that."
    ),
    Fault.BUSY: _("The server has too much to do to read this picture now. Try again in a minute."),
    Fault.KNOWN: _(
        "This file is in the library already, as another picture. Use that one in the "
        "stories, or choose another file."
    ),
    Fault.NO_ROOM: _("The server's disk is full, so nothing was saved. Tell your administrator."),
    Fault.FAILED: _(
        "The picture could not be saved. Try again; if that fails, tell your administrator."
    ),
}


class InvalidPicture(Exception):
    """The file is not a picture that can be used; its text is the sentence for the user."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault

    def __str__(self) -> str:
        # Here, not above: the darkroom, which starts for each upload, never shows a sentence.
        from django.utils.translation import gettext

        figures = {"megabytes": MAX_BYTES // 1_000_000, "megapixels": MAX_PIXELS // 1_000_000}
        return gettext(_SENTENCES[self.fault]) % figures


def check(data: bytes) -> str:
    """Pillow's name of the format that the bytes themselves show: "JPEG", "PNG"…

    Raises InvalidPicture for what is empty, too big, of no allowed format, or made to keep
    a processor busy. File names and content types are not looked at.
    """
    if not data:
        raise InvalidPicture(Fault.EMPTY)
    if len(data) > MAX_BYTES:
        raise InvalidPicture(Fault.TOO_BIG)
    found = _format(data)
    if found == "HEIC":
        raise InvalidPicture(Fault.HEIC)
    if found is None:
        raise InvalidPicture(Fault.FOREIGN)
    harmless = {"JPEG": _is_harmless_jpeg, "PNG": _is_harmless_png}.get(found)
    if harmless and not harmless(data):
        raise InvalidPicture(Fault.DAMAGED)
    return found


@contextmanager
def opened(data: bytes) -> Iterator[PIL.Image.Image]:
    """The checked picture, opened: its size is known and allowed, its pixels are not decoded yet.

    Of several frames it is the first. Decode inside the block: whatever Pillow raises there
    is raised as InvalidPicture.
    """
    found = check(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with PIL.Image.open(BytesIO(data), formats=[found]) as picture:
                _refuse_raw(picture)
                yield picture
    except InvalidPicture:
        raise
    except PIL.Image.DecompressionBombError as error:
        raise InvalidPicture(Fault.TOO_WIDE) from error
    except MemoryError as error:
        raise InvalidPicture(Fault.TOO_HEAVY) from error
    except Exception as error:  # a decoder raises anything, from struct.error to RecursionError
        raise InvalidPicture(Fault.DAMAGED) from error


def is_animated(picture: PIL.Image.Image) -> bool:
    """Does an opened picture move? A phone's JPEG and a TIFF may hold several that do not."""
    return picture.format in {"GIF", "WEBP", "AVIF", "PNG"} and picture.is_animated


def clean_filename(name: str) -> str:
    """The bare name of an uploaded file, to show to people; never a name on a disk.

    Without folders, control and bidirectional characters, of at most MAX_FILENAME characters,
    its extension kept. "" where nothing is left.
    """
    # What is longer than this is no name; its end holds the extension.
    name = one_line(re.split(r"[/\\]", name[-8000:])[-1], 8000).strip(". ")
    stem, dot, extension = name.rpartition(".")
    if len(name) <= MAX_FILENAME or not stem or len(extension) > 10:
        name = name[:MAX_FILENAME].strip(". ")
    else:
        name = stem[: MAX_FILENAME - len(extension) - 1].rstrip(". ") + dot + extension
    return "" if is_blank(name) else name


def _format(data: bytes) -> str | None:
    """What the first bytes say: a name that Pillow knows, "HEIC", or None."""
    for magic, name in (
        (b"\xff\xd8\xff", "JPEG"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"GIF87a", "GIF"),
        (b"GIF89a", "GIF"),
        (b"II*\x00", "TIFF"),
        (b"MM\x00*", "TIFF"),
        (b"II+\x00", "TIFF"),
        (b"MM\x00+", "TIFF"),
    ):
        if data.startswith(magic):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    return _iso_format(data) if data[4:8] == b"ftyp" else None


def _iso_format(data: bytes) -> str | None:
    """ "AVIF", "HEIC" or None by the brands in an ISO base media file's first box."""
    end = min(int.from_bytes(data[:4], "big"), 256)
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, end - 3, 4))}
    if brands & _AVIF_BRANDS:
        return "AVIF"
    return "HEIC" if brands & _HEIC_BRANDS else None


def _is_harmless_jpeg(data: bytes) -> bool:
    """Is the JPEG free of scans, segments and gaps beyond what any encoder writes?

    Walks the segments as a decoder does, up to the end of the first picture: what a phone
    appends (a film, a second picture) may hold any bytes.
    """
    position, scans = 2, 0
    for _segment in range(MAX_JPEG_SEGMENTS):
        found = _JPEG_MARKER.search(data, position)
        if found is None or found[1] == _END_OF_IMAGE:
            return scans <= MAX_JPEG_SCANS
        if not scans and found.start() - position > MAX_JPEG_JUNK:
            return False
        scans += found[1] == _START_OF_SCAN
        position = found.end()
        if found[1] not in _WITHOUT_LENGTH:
            position += int.from_bytes(data[position : position + 2], "big")
    return False


def _is_harmless_png(data: bytes) -> bool:
    """Has the PNG no more chunks than any encoder writes?"""
    position = 8
    for _chunk in range(MAX_PNG_CHUNKS):
        position += 12 + int.from_bytes(data[position : position + 4], "big")
        if position >= len(data):
            return True
    return False


def _refuse_raw(picture: PIL.Image.Image) -> None:
    """Refuses a camera's raw file, whose first picture is only a small preview."""
    tags = getattr(picture, "tag_v2", {})
    if _TIFF_DNG_VERSION in tags or tags.get(_TIFF_SUBFILE_TYPE) == _TIFF_REDUCED:
        raise InvalidPicture(Fault.RAW)
