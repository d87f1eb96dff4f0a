"""Files that are made to harm whoever opens them, and honest ones that are heavy."""

import json
import resource
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import PIL.Image

from media import darkroom, uploads
from media.renditions import MASTER, SHAPES
from tests import pictures

# As many pixels as are allowed, on the long and the short edge.
LARGEST = (8660, 5773)


def png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_with(chunks: bytes) -> bytes:
    """A small PNG with chunks behind its header."""
    data = pictures.png((64, 48))
    return data[:33] + chunks + data[33:]


def png_of_text() -> bytes:
    """Twenty chunks of text that are a megabyte each when unpacked."""
    text = zlib.compress(bytes(1_000_000))
    return png_with(png_chunk(b"zTXt", b"Comment\x00\x00" + text) * 20)


def png_profile() -> bytes:
    """An ICC profile of 400 MB, packed."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(4_000_000)) for _ in range(100)) + packer.flush()
    return png_with(png_chunk(b"iCCP", b"x\x00\x00" + packed))


def gif_of_comments() -> bytes:
    """A GIF with 30 MB of comments before its picture."""
    data = pictures.gif(1)
    block = b"!\xfe" + (b"\xff" + bytes(255)) * 400 + b"\x00"
    at = data.index(b",", 13 + 6)
    return data[:at] + block * 290 + data[at:]


def tiff_header(width: int, height: int) -> bytes:
    """A TIFF of any size on paper, with one strip of nothing."""
    tags = [
        (256, 4, 1, width),
        (257, 4, 1, height),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 8),
        (277, 3, 1, 1),
        (278, 4, 1, height),
        (279, 4, 1, 100),
    ]
    entries = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    head = b"II*\x00" + struct.pack("<I", 8) + struct.pack("<H", len(tags))
    return head + entries + bytes(4) + bytes(100)


def tiff_pages() -> bytes:
    """A TIFF of 1,000 pages."""
    page = PIL.Image.new("L", (8, 8))
    return pictures.saved(page, "TIFF", save_all=True, append_images=[page] * 999)


def tiff_loop() -> bytes:
    """A TIFF whose only page says that it is followed by itself."""
    data = bytearray(pictures.saved(PIL.Image.new("L", (8, 8)), "TIFF"))
    start = struct.unpack("<I", data[4:8])[0]
    count = struct.unpack("<H", data[start : start + 2])[0]
    data[start + 2 + 12 * count : start + 6 + 12 * count] = struct.pack("<I", start)
    return bytes(data)


def webp_header(edge: int) -> bytes:
    """A WebP of any size on paper."""
    size = (edge - 1).to_bytes(3, "little")
    body = b"VP8X" + struct.pack("<I", 10) + bytes(4) + size * 2 + bytes(30)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def animation(format_: str, frames: int, size: tuple[int, int], **options: object) -> bytes:
    """Frames of two colours in turn."""
    both = [PIL.Image.new("RGB", size, colour) for colour in (pictures.RED, pictures.BLUE)]
    return pictures.saved(
        both[0],
        format_,
        save_all=True,
        append_images=[both[n % 2] for n in range(1, frames)],
        duration=40,
        **options,
    )


def avif_header(edge: int) -> bytes:
    """An AVIF whose boxes promise more pixels than its picture has."""
    data = pictures.saved(PIL.Image.new("RGB", (64, 64)), "AVIF")
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">II", edge, edge) + data[at + 8 :]


def jpeg_of_scans(scans: int) -> bytes:
    """A progressive JPEG that repeats its first scan."""
    data = pictures.jpeg((2000, 2000), progressive=True)
    start = data.index(b"\xff\xda")
    following = data.index(b"\xff\xda", start + 2)
    return data[:start] + data[start:following] * scans + data[following:]


def jpeg_of_words() -> bytes:
    """A JPEG of 40,000 records, whose words are hard to read in any letters, and 20 MB of others."""
    marks = "a\u0301\u0323\u0327".encode() * 1100
    dull = [
        marks,
        b"\xe9" * 8000,
        b"\xe9\x92" * 4000,
        b"\xc5 \x92a" * 2000,
        b"\xd5o " * 2600,
        b"l\x92" * 4000,
    ]
    numbers = 120, 105, 110, 115, 80, 116
    hard = b"".join(
        b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(words)) + words
        for number in numbers
        for words in dull * 2
    )
    empty = b"\x1c\x02\x50\0\0" * 10_000
    blocks = [
        b"8BIM\x04\x04\0\0" + struct.pack(">I", len(block)) + block
        for block in [hard, empty, hard, empty, hard, empty, hard, empty]
    ]
    data = pictures.jpeg((64, 48))
    everything = b"".join(blocks) + b"8BIM" * 5_000_000
    parts = [everything[at : at + 65_000] for at in range(0, len(everything), 65_000)]
    segments = [
        b"\xff\xed" + struct.pack(">H", len(part) + 16) + b"Photoshop 3.0\0" + part
        for part in parts
    ]
    return data[:2] + b"".join(segments) + data[2:]


def polyglot() -> bytes:
    """A JPEG that is a page, a script and an archive as well."""
    script = b"<script>alert(1)</script><?php evil(); ?>PK\x03\x04"
    return pictures.with_segment(pictures.jpeg(), 0xFE, script) + script


def largest(format_: str, mode: str = "RGB", **options: object) -> bytes:
    """A picture of the most pixels that are allowed."""
    return pictures.saved(pictures.drawn(LARGEST).convert(mode), format_, **options)


HARMFUL: dict[str, Callable[[], bytes]] = {
    "png of 30,000 x 30,000 bits": lambda: pictures.png_header(30_000, 30_000),
    "png of three million chunks": lambda: png_with(png_chunk(b"teXt", b"") * 3_000_000),
    "png of packed text": png_of_text,
    "png with a packed profile": png_profile,
    "png animation": lambda: animation("PNG", 1000, (64, 48)),
    "gif of 65,535 x 65,535": lambda: (
        b"GIF89a" + struct.pack("<HHBBB", 65535, 65535, 0, 0, 0) + b"," + bytes(9) + b"\x02\x00;"
    ),
    "gif of 5,000 frames": lambda: pictures.gif(5000),
    "gif of endless comments": gif_of_comments,
    "tiff of 60,000 x 60,000": lambda: tiff_header(60_000, 60_000),
    "tiff that promises 49 megapixels": lambda: tiff_header(7000, 7000),
    "tiff of 1,000 pages": tiff_pages,
    "tiff that loops": tiff_loop,
    "webp of 16,383 x 16,383": lambda: webp_header(16_383),
    "webp that promises 49 megapixels": lambda: webp_header(7000),
    "webp animation": lambda: animation("WEBP", 1000, (320, 240)),
    "webp animation of 49 megapixels": lambda: animation(
        "WEBP", 2, (7000, 7000), lossless=True, method=0
    ),
    "avif of 60,000 x 60,000": lambda: avif_header(60_000),
    "avif that promises 49 megapixels": lambda: avif_header(7000),
    "avif animation": lambda: animation("AVIF", 1000, (160, 120), speed=10),
    "jpeg of 1,000 scans": lambda: jpeg_of_scans(1000),
    "jpeg of 90 scans": lambda: jpeg_of_scans(90),
    "jpeg of words": jpeg_of_words,
    "polyglot": polyglot,
    "truncated": lambda: largest("JPEG")[:-20_000],
}

HEAVY: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: largest("JPEG"),
    "progressive jpeg": lambda: largest("JPEG", progressive=True),
    "progressive cmyk jpeg": lambda: largest("JPEG", "CMYK", progressive=True),
    "png": lambda: largest("PNG", compress_level=1),
    "png with transparency": lambda: largest("PNG", "RGBA", compress_level=1),
    "tiff": lambda: largest("TIFF", compression="tiff_lzw"),
    "cmyk tiff": lambda: largest("TIFF", "CMYK", compression="tiff_adobe_deflate"),
    "gif": lambda: largest("GIF", "P"),
    "webp": lambda: largest("WEBP", method=0),
    "lossless webp": lambda: largest("WEBP", "RGBA", lossless=True, method=0, quality=0),
    "avif": lambda: largest("AVIF", speed=10),
    "avif with transparency": lambda: largest("AVIF", "RGBA", speed=10, subsampling="4:4:4"),
}


class Cost(NamedTuple):
    """What taking in a file cost: processor seconds, and megabytes over what was there before."""

    outcome: str
    seconds: float
    worker: int
    child: int


def cost_of(data: bytes, folder: Path) -> Cost:
    """Takes a file in, as a web worker does it, in a process that does nothing else."""
    path = folder / "upload"
    path.write_bytes(data)
    asked = [sys.executable, "-m", "tests.hostile", str(path)]
    return Cost(*json.loads(subprocess.run(asked, check=True, capture_output=True).stdout))


def _take(path: str) -> Cost:
    before, started = _peak(), time.process_time()
    try:
        data = Path(path).read_bytes()
        darkroom.develop(data, kinds=(MASTER, *SHAPES), focus=(0.5, 0.5), zone="UTC")
        outcome = "taken"
    except uploads.InvalidPicture as refused:
        outcome = str(refused.fault)
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = time.process_time() - started + child.ru_utime + child.ru_stime
    return Cost(outcome, round(seconds, 2), _peak() - before, child.ru_maxrss // 1024)


def _peak() -> int:
    """The most memory that this process has had, in MB; getrusage counts its parent's, too."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


if __name__ == "__main__":
    print(json.dumps(_take(sys.argv[1])))  # noqa: T201 (the answer to cost_of)
