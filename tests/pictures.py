"""Pictures that the tests draw: different for each seed, in every kind a newsroom is sent."""

import struct
import zlib
from io import BytesIO

import PIL.Image
from PIL import ImageCms

RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 160, 30), (30, 30, 200), (220, 210, 40)


def drawn(size: tuple[int, int] = (640, 480), seed: int = 0) -> PIL.Image.Image:
    """Four quarters, red, green, blue and yellow from the top left, with a mark for the seed."""
    picture = PIL.Image.new("RGB", size, RED)
    middle, below = size[0] // 2, size[1] // 2
    picture.paste(GREEN, (middle, 0, *size))
    picture.paste(BLUE, (0, below, middle, size[1]))
    picture.paste(YELLOW, (middle, below, *size))
    picture.putpixel((0, 0), (seed % 256, seed // 256 % 256, seed // 65536 % 256))
    return picture


def saved(picture: PIL.Image.Image, format_: str = "JPEG", **options: object) -> bytes:
    """The picture as a file, with Pillow's options for the format."""
    out = BytesIO()
    picture.save(out, format_, **options)
    return out.getvalue()


def jpeg(size: tuple[int, int] = (640, 480), seed: int = 0, **options: object) -> bytes:
    """A JPEG file; another seed gives other bytes."""
    # The seed also stands in a comment: JPEG may lose it in the pixels.
    return saved(drawn(size, seed), "JPEG", comment=f"seed {seed}".encode(), **options)


def png(size: tuple[int, int] = (640, 480), seed: int = 0, **options: object) -> bytes:
    """A PNG file; another seed gives other bytes."""
    return saved(drawn(size, seed), "PNG", **options)


def read(data: bytes) -> PIL.Image.Image:
    """A stored file, decoded."""
    picture = PIL.Image.open(BytesIO(data))
    picture.load()
    return picture


def near(found: object, wanted: tuple[int, int, int], tolerance: int = 12) -> bool:
    """Is a pixel about this colour? Encoders change it a little."""
    return all(abs(a - b) <= tolerance for a, b in zip(found, wanted, strict=True))


def corners(picture: PIL.Image.Image) -> list[tuple[int, int, int]]:
    """The colours inside the four quarters: top left, top right, bottom left, bottom right."""
    width, height = picture.size
    return [picture.getpixel((width * x // 4, height * y // 4)) for y in (1, 3) for x in (1, 3)]


def png_header(
    width: int, height: int, depth: int = 1, colour: int = 0, rows: bytes = bytes(1000)
) -> bytes:
    """A PNG of any size on paper, with these rows behind it: next to nothing, if not said."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", header),
            chunk(b"IDAT", zlib.compress(rows)),
            chunk(b"IEND", b""),
        ]
    )


def gif(frames: int, size: tuple[int, int] = (8, 8)) -> bytes:
    """An animated GIF whose first frame is red."""
    colours = [PIL.Image.new("P", size, n % 2) for n in range(2)]
    for colour in colours:
        colour.putpalette([*RED, *GREEN])
    pictures = [colours[n % 2] for n in range(frames)]
    return saved(pictures[0], "GIF", save_all=True, append_images=pictures[1:], duration=40)


def iptc(**fields: bytes) -> bytes:
    """A JPEG whose Photoshop block holds IPTC fields: caption, credit, source, by, rights…"""
    numbers = {"caption": 120, "credit": 110, "source": 115, "by": 80, "rights": 116}
    numbers |= {"day": 55, "time": 60}
    records = b"".join(
        b"\x1c\x02" + bytes([numbers[name]]) + struct.pack(">H", len(value)) + value
        for name, value in fields.items()
    )
    block = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(records)) + records
    body = b"Photoshop 3.0\x00" + block + b"\x00" * (len(records) % 2)
    return with_segment(jpeg(), 0xED, body)


def with_segment(data: bytes, marker: int, body: bytes) -> bytes:
    """The JPEG with one more segment before all others."""
    return data[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body + data[2:]


def swapped_profile() -> bytes:
    """The ICC profile of a space in which red and green have changed places."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for at in range(132, 132 + 12 * struct.unpack(">I", profile[128:132])[0], 12):
        if bytes(profile[at : at + 4]) in {b"rXYZ", b"gXYZ"}:
            swapped = b"gXYZ" if profile[at : at + 4] == b"rXYZ" else b"rXYZ"
            profile[at : at + 4] = swapped
    return bytes(profile)
