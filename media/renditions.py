"""What readers get of a picture: boxes from numbers, then files from pixels."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import groupby
from math import ceil, isqrt, sqrt
from typing import NamedTuple

import PIL.Image
from PIL import ImageCms

# The pixels of a master, where the picture has them: the largest rendition and room for a crop.
# It has under four times as many, since larger pictures are made smaller by whole factors.
MASTER_PIXELS = 2560 * 1706
# Upright pictures are shown no wider than this at one to three pixels each.
UPRIGHT_WIDTH = 1200

MASTER, STORY, CARD, SOCIAL = "master", "story", "card", "social"
AVIF, JPEG = "avif", "jpeg"
# Of AVIF's speeds, 9 costs a third of 8 and gives a twelfth more bytes. Made with care are the
# files of a story that weigh: the largest, and those that phones on slow lines get.
_CAREFUL, _FAST = 8, 9
_PHONE_WIDTH = 800
# The tone of a picture whose own is not known.
MID_GREY = 42


class Shape(NamedTuple):
    """A kind of rendition: width / height (None is the picture's own) and widths by format."""

    ratio: float | None
    widths: dict[str, tuple[int, ...]]


# A story's column has at most 760 CSS pixels and a phone 390, at one to three pixels each;
# a card has 160 to 480. 1200x630: https://developers.facebook.com/docs/sharing/webmasters/images
SHAPES = {
    STORY: Shape(None, {AVIF: (400, _PHONE_WIDTH, 1200, 1920), JPEG: (_PHONE_WIDTH, 1200)}),
    CARD: Shape(16 / 9, {AVIF: (320, 640, 960), JPEG: (640,)}),
    SOCIAL: Shape(1200 / 630, {JPEG: (1200,)}),
}
CROPPED = (CARD, SOCIAL)


class Box(NamedTuple):
    """A part of a picture, in pixels from its top left; right and bottom are outside."""

    left: int
    top: int
    right: int
    bottom: int


class Cut(NamedTuple):
    """One rendition to make: the part of the master, and its size in pixels."""

    kind: str
    format: str
    box: Box
    width: int
    height: int


class Rendered(NamedTuple):
    """One rendition, made: sizes in pixels and the bytes of its file."""

    kind: str
    format: str
    width: int
    height: int
    data: bytes


def crop_box(size: tuple[int, int], ratio: float, focus: tuple[float, float] = (0.5, 0.5)) -> Box:
    """The largest box of a given shape, its middle as near the focal point as it can be.

    size: width and height in pixels. ratio: width / height of the wanted picture.
    focus: x and y as shares of width and height, 0 to 1, from the top left.
    Raises ValueError for a size or ratio that is not positive.
    """
    if min(size) < 1 or ratio <= 0:
        raise ValueError(f"cannot cut {size} to a ratio of {ratio}")
    width = max(1, min(size[0], round(size[1] * ratio)))
    height = max(1, min(size[1], round(size[0] / ratio)))
    left = _place(width, size[0], focus[0])
    top = _place(height, size[1], focus[1])
    return Box(left, top, left + width, top + height)


def fitting_widths(room: int, wanted: Iterable[int]) -> list[int]:
    """The wanted widths that a picture of `room` pixels can fill, ascending, at least one.

    Nothing is enlarged: between two wanted widths the picture's own is taken, where that
    shows more than the smaller of them.
    """
    wanted = sorted(wanted)
    fits = [width for width in wanted if width <= room]
    if not fits or (len(fits) < len(wanted) and room >= fits[-1] * 1.2):
        fits.append(room)
    return fits


def plan(
    size: tuple[int, int], focus: tuple[float, float], kinds: Iterable[str] = tuple(SHAPES)
) -> list[Cut]:
    """What to make of a master of this size: kind by kind, the widest first."""
    cuts = []
    for kind in kinds:
        ratio, formats = SHAPES[kind]
        box = Box(0, 0, *size) if ratio is None else crop_box(size, ratio, focus)
        width, height = box.right - box.left, box.bottom - box.top
        room = min(width, UPRIGHT_WIDTH) if width < height else width
        cuts += sorted(
            (
                Cut(kind, format_, box, wide, max(1, round(height * wide / width)))
                for format_, wanted in formats.items()
                for wide in fitting_widths(room, wanted)
            ),
            key=lambda cut: -cut.width,
        )
    return cuts


def master_of(picture: PIL.Image.Image) -> PIL.Image.Image:
    """The clean master of an opened picture: upright, 8 bit sRGB, on white, of bounded size.

    It carries nothing else: no metadata, profile or comment. Raises whatever a decoder raises.
    """
    share = min(1, sqrt(MASTER_PIXELS / (picture.width * picture.height)))
    # A JPEG is decoded only as large as it is needed; a TIFF turns itself when it is loaded.
    picture.draft(None, tuple(ceil(edge * share) for edge in picture.size))
    picture.load()
    profile, orientation = picture.info.get("icc_profile"), _orientation(picture)
    plain = _plain(picture)
    factor = isqrt(plain.width * plain.height // MASTER_PIXELS)
    small = plain.reduce(factor) if factor > 1 else plain
    upright = _turned(_srgb(_on_white(small), profile), orientation)
    clean = upright.copy()
    clean.info = {}
    return clean


def keep(master: PIL.Image.Image) -> Rendered:
    """The file of the master: nearly as good as it is, and never sent to readers."""
    out = BytesIO()
    master.save(out, "JPEG", quality=90)
    return Rendered(MASTER, JPEG, *master.size, out.getvalue())


def render(
    master: PIL.Image.Image,
    focus: tuple[float, float],
    kinds: Iterable[str] = tuple(SHAPES),
) -> Iterator[Rendered]:
    """Makes the renditions of these kinds, each from the smallest made before that shows as much."""
    steps = [master]
    cuts = plan(master.size, focus, kinds)
    for (kind, box, *size), same in groupby(cuts, lambda c: (c.kind, c.box, c.width, c.height)):
        picture = _cut(steps, box, size)
        if kind == STORY:
            steps.append(picture)
        for cut in same:
            data = encode(picture, cut.format, speed=_speed_of(cut, cuts[0].width))
            yield Rendered(kind, cut.format, *size, data)


def encode(picture: PIL.Image.Image, format_: str, *, speed: int = _CAREFUL) -> bytes:
    """The bytes of a picture as AVIF or JPEG. speed: the AVIF encoder's, 0 to 10, fast is worse."""
    out = BytesIO()
    if format_ == AVIF:
        picture.save(out, "AVIF", quality=60, speed=speed)
    else:
        picture.save(out, "JPEG", quality=80, optimize=True, progressive=True)
    return out.getvalue()


def tone_of(picture: PIL.Image.Image) -> int:
    """The class of a picture's mean colour, 0 to 63: a page can show it before the picture comes.

    Each channel has four steps, 0x20, 0x60, 0xa0 and 0xe0: tone = 16 red + 4 green + blue.
    """
    mean = picture.resize((1, 1), PIL.Image.Resampling.BOX).getpixel((0, 0))
    red, green, blue = (level // 64 for level in mean)
    return 16 * red + 4 * green + blue


def _speed_of(cut: Cut, widest: int) -> int:
    careful = cut.kind == STORY and (cut.width == widest or cut.width <= _PHONE_WIDTH)
    return _CAREFUL if careful else _FAST


def _cut(steps: list[PIL.Image.Image], box: Box, size: Iterable[int]) -> PIL.Image.Image:
    """A part of the master, steps[0], at this size; the other steps are the whole of it, smaller."""
    whole, (width, height) = steps[0], size
    enough = [s for s in steps if s.width * (box.right - box.left) >= width * whole.width]
    source = min(enough, key=lambda step: step.width)
    across, down = source.width / whole.width, source.height / whole.height
    part = (
        box.left * across,
        box.top * down,
        min(box.right * across, source.width),
        min(box.bottom * down, source.height),
    )
    return source.resize((width, height), PIL.Image.Resampling.LANCZOS, part, reducing_gap=2.0)


def _place(length: int, room: int, share: float) -> int:
    """Where a stretch of `length` starts inside `room`, centred on `share` of it."""
    return min(max(round(share * room - length / 2), 0), room - length)


def _plain(picture: PIL.Image.Image) -> PIL.Image.Image:
    """The picture in one of the modes that can be made smaller: L, RGB, RGBA or CMYK."""
    if picture.mode.startswith("I"):
        # 16 bits are scaled to 8; Pillow's own conversion would cut off all above 255.
        wide = picture.convert("I")
        return wide.point(lambda value: value * (255 / 65535)).convert("L")
    if picture.mode == "F":
        raise ValueError("a picture of floating point numbers has no known white")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode in {"L", "RGB", "CMYK"}:
        return picture
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _on_white(picture: PIL.Image.Image) -> PIL.Image.Image:
    """Without transparency: what lies under it must not come to light."""
    if picture.mode != "RGBA":
        return picture
    ground = PIL.Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _orientation(picture: PIL.Image.Image) -> int:
    """The EXIF orientation; 1, upright, where there is none or the EXIF block is broken."""
    try:
        return picture.getexif().get(0x0112, 1)
    except Exception:  # noqa: BLE001 (its parser raises anything; a good picture is not refused for it)
        return 1


def _turned(picture: PIL.Image.Image, orientation: int) -> PIL.Image.Image:
    """Upright, by the EXIF orientation (1 to 8; anything else is upright already)."""
    turn = PIL.Image.Transpose
    method = {
        2: turn.FLIP_LEFT_RIGHT,
        3: turn.ROTATE_180,
        4: turn.FLIP_TOP_BOTTOM,
        5: turn.TRANSPOSE,
        6: turn.ROTATE_270,
        7: turn.TRANSVERSE,
        8: turn.ROTATE_90,
    }.get(orientation)
    return picture if method is None else picture.transpose(method)


def _srgb(picture: PIL.Image.Image, profile: bytes | None) -> PIL.Image.Image:
    """In sRGB, by the profile where it can be used, else by the plain conversion."""
    if profile:
        try:
            return _by_profile(picture, profile)
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            pass  # A broken profile is no reason to refuse: without it the colours are near enough.
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _by_profile(picture: PIL.Image.Image, data: bytes) -> PIL.Image.Image:
    source = ImageCms.ImageCmsProfile(BytesIO(data))
    space = source.profile.xcolor_space.strip()
    # Grey with a profile for colours is that profile's grey; the other way round there is no grey.
    if space == "RGB" and picture.mode == "L":
        picture = picture.convert("RGB")
    return ImageCms.profileToProfile(
        picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
    )
