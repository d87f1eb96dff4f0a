"""What readers get of a picture: upright, in sRGB, cut around the focal point, never enlarged."""

import json
import shutil
import struct
import subprocess

import PIL.Image
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageCms
from PIL.ExifTags import IFD, Base
from PIL.Image import Exif

from media import renditions, uploads
from tests import pictures
from tests.pictures import BLUE, GREEN, RED, YELLOW, corners, near

UPRIGHT = [RED, GREEN, BLUE, YELLOW]
shares = st.floats(0, 1)
edges = st.integers(1, 9000)


def master(data: bytes) -> PIL.Image.Image:
    with uploads.opened(data) as picture:
        return renditions.master_of(picture)


@given(size=st.tuples(edges, edges), ratio=st.floats(0.05, 20), focus=st.tuples(shares, shares))
def test_a_crop_lies_inside_is_as_large_as_can_be_and_holds_the_focal_point(size, ratio, focus):
    box = renditions.crop_box(size, ratio, focus)
    assert 0 <= box.left < box.right <= size[0]
    assert 0 <= box.top < box.bottom <= size[1]
    assert box.right - box.left == size[0] or box.bottom - box.top == size[1]
    assert box.left - 1 <= focus[0] * size[0] <= box.right + 1
    assert box.top - 1 <= focus[1] * size[1] <= box.bottom + 1


@pytest.mark.parametrize(
    ("size", "ratio", "focus", "box"),
    [
        ((1600, 900), 16 / 9, (0.5, 0.5), (0, 0, 1600, 900)),
        ((900, 1600), 1, (0.5, 0), (0, 0, 900, 900)),
        ((900, 1600), 1, (0.5, 1), (0, 700, 900, 1600)),
        ((2000, 1000), 1, (0.5, 0.5), (500, 0, 1500, 1000)),
        ((1, 1), 16 / 9, (0.5, 0.5), (0, 0, 1, 1)),
    ],
)
def test_a_crop_by_example(size, ratio, focus, box):
    assert renditions.crop_box(size, ratio, focus) == box


@pytest.mark.parametrize(
    ("size", "ratio"), [((0, 10), 1), ((10, 10), 0), ((10, -1), 1), ((10, 10), -2)]
)
def test_a_crop_without_a_shape_is_an_error(size, ratio):
    with pytest.raises(ValueError, match="cannot cut"):
        renditions.crop_box(size, ratio)


@pytest.mark.parametrize(
    ("room", "widths"),
    [
        (5000, [400, 800, 1200]),
        (1200, [400, 800, 1200]),
        (1100, [400, 800, 1100]),
        (820, [400, 800]),
        (400, [400]),
        (399, [399]),
        (1, [1]),
    ],
)
def test_widths_fit_the_picture(room, widths):
    assert renditions.fitting_widths(room, (1200, 400, 800)) == widths


@given(size=st.tuples(edges, edges), focus=st.tuples(shares, shares))
def test_nothing_is_enlarged_and_every_kind_is_there(size, focus):
    cuts = renditions.plan(size, focus)
    assert {(cut.kind, cut.format) for cut in cuts} == {
        (kind, format_) for kind, shape in renditions.SHAPES.items() for format_ in shape.widths
    }
    for cut in cuts:
        assert 1 <= cut.width <= cut.box.right - cut.box.left
        assert 1 <= cut.height <= cut.box.bottom - cut.box.top
    assert len({cut[:2] + cut[3:4] for cut in cuts}) == len(cuts)


def test_a_large_picture_gets_the_files_that_the_layout_uses():
    made = list(renditions.render(pictures.drawn((2560, 1706)), (0.5, 0.5)))
    assert [each[:4] for each in made] == [
        ("story", "avif", 1920, 1280),
        ("story", "avif", 1200, 800),
        ("story", "jpeg", 1200, 800),
        ("story", "avif", 800, 533),
        ("story", "jpeg", 800, 533),
        ("story", "avif", 400, 267),
        ("card", "avif", 960, 540),
        ("card", "avif", 640, 360),
        ("card", "jpeg", 640, 360),
        ("card", "avif", 320, 180),
        ("social", "jpeg", 1200, 630),
    ]
    for each in made:
        picture = pictures.read(each.data)
        assert picture.format == each.format.upper()
        assert picture.size == (each.width, each.height)
        assert all(map(near, corners(picture), UPRIGHT))


def test_the_largest_file_and_those_of_phones_are_made_with_care(monkeypatch):
    encode, careful = renditions.encode, set()

    def noted(picture, format_, *, speed):
        if format_ == "avif" and speed < 9:
            careful.add(picture.width)
        return encode(picture, format_, speed=speed)

    monkeypatch.setattr(renditions, "encode", noted)
    list(renditions.render(pictures.drawn((2560, 1706)), (0.5, 0.5)))
    assert careful == {1920, 800, 400}


def test_an_upright_picture_gets_no_wider_files_than_it_is_shown():
    cuts = renditions.plan((2000, 3000), (0.5, 0.5), ["story"])
    assert [cut.width for cut in cuts if cut.format == "avif"] == [1200, 800, 400]
    assert [cut.width for cut in cuts if cut.format == "jpeg"] == [1200, 800]


@pytest.mark.parametrize(
    ("size", "kept"),
    [
        ((6000, 4000), (3000, 2000)),
        ((4000, 3000), (4000, 3000)),
        ((8660, 5773), (2887, 1925)),
        ((1200, 8000), (1200, 8000)),
    ],
    ids=["24 megapixels", "12 megapixels", "50 megapixels", "tall infographic"],
)
def test_a_master_is_made_smaller_by_a_whole_factor_and_stays_readable(size, kept):
    assert master(pictures.png(size, compress_level=1)).size == kept


@pytest.mark.parametrize(
    ("colour", "tone"),
    [((0, 0, 0), 0), ((255, 255, 255), 63), ((128, 128, 128), 42), ((255, 63, 64), 49)],
)
def test_the_tone_is_the_class_of_the_mean_colour(colour, tone):
    assert renditions.tone_of(PIL.Image.new("RGB", (70, 30), colour)) == tone


def test_the_tone_of_many_colours_is_that_of_their_mean():
    both = PIL.Image.new("RGB", (600, 400), "black")
    both.paste((254, 254, 254), (300, 0, 600, 400))
    assert renditions.tone_of(both) == 1 * 16 + 1 * 4 + 1


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (7, 5)])
def test_the_smallest_and_thinnest_pictures_have_renditions_too(size):
    made = list(renditions.render(master(pictures.png(size)), (0.5, 0.5)))
    assert {each.kind for each in made} == {"story", "card", "social"}
    for each in made:
        assert pictures.read(each.data).size == (each.width, each.height)


def test_a_card_is_cut_around_the_focal_point():
    tall = PIL.Image.new("RGB", (400, 1200), RED)
    tall.paste(BLUE, (0, 900, 400, 1200))
    above, below = (next(renditions.render(tall, (0.5, y), ["card"])).data for y in (0.1, 0.95))
    assert near(pictures.read(above).getpixel((200, 110)), RED)
    assert near(pictures.read(below).getpixel((200, 110)), BLUE)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_every_orientation_comes_out_upright(format_, orientation):
    turn = PIL.Image.Transpose
    back = [
        None,
        turn.FLIP_LEFT_RIGHT,
        turn.ROTATE_180,
        turn.FLIP_TOP_BOTTOM,
        turn.TRANSPOSE,
        turn.ROTATE_90,
        turn.TRANSVERSE,
        turn.ROTATE_270,
    ][orientation - 1]
    picture = pictures.drawn((64, 40))
    exif = Exif()
    exif[Base.Orientation] = orientation
    data = pictures.saved(
        picture.transpose(back) if back is not None else picture, format_, exif=exif
    )
    found = master(data)
    assert found.size == (64, 40)
    assert all(near(*pair, tolerance=40) for pair in zip(corners(found), UPRIGHT, strict=True))


def test_a_large_rotated_picture_is_made_smaller_and_upright():
    exif = Exif()
    exif[Base.Orientation] = 6
    turned = pictures.drawn((6000, 4000)).transpose(PIL.Image.Transpose.ROTATE_90)
    found = master(pictures.saved(turned, "JPEG", exif=exif))
    assert found.size == (3000, 2000)
    assert all(map(near, corners(found), UPRIGHT))


@pytest.mark.parametrize("orientation", [0, 9, 77])
def test_an_impossible_orientation_is_upright(orientation):
    exif = Exif()
    exif[Base.Orientation] = orientation
    assert all(map(near, corners(master(pictures.jpeg(exif=exif))), UPRIGHT))


def test_an_ordinary_palette_and_a_bitmap_come_out_as_they_look():
    palette = pictures.drawn().convert("P", palette=PIL.Image.Palette.ADAPTIVE)
    assert all(map(near, corners(master(pictures.saved(palette, "PNG"))), UPRIGHT))
    bitmap = PIL.Image.new("1", (40, 40), 1)
    assert master(pictures.saved(bitmap, "PNG")).getpixel((9, 9)) == (255, 255, 255)


@pytest.mark.parametrize("format_", ["PNG", "TIFF"])
def test_sixteen_bit_grey_is_scaled_and_not_cut_off(format_):
    grey = PIL.Image.new("I;16", (30, 30), 0x8000)
    found = master(pictures.saved(grey, format_)).getpixel((9, 9))
    assert near(found, (128, 128, 128), tolerance=1)


def test_sixteen_bit_colour_is_taken():
    # Pillow writes none: one row of 48 bit pixels.
    row = b"\x00" + struct.pack(">3H", 0xC800, 0x1E00, 0x1E00) * 2
    data = pictures.png_header(2, 1, depth=16, colour=2, rows=row)
    assert near(master(data).getpixel((0, 0)), RED, tolerance=1)


def test_cmyk_comes_out_in_its_colours():
    found = master(pictures.saved(pictures.drawn().convert("CMYK"), "JPEG"))
    assert all(map(near, corners(found), UPRIGHT))


def hidden_secret(mode: str) -> PIL.Image.Image:
    """Transparent everywhere, with colours underneath that must not come to light."""
    if mode == "P":
        picture = PIL.Image.new("P", (40, 40), 3)
        picture.putpalette([*BLUE, *GREEN, *YELLOW, *RED])
        return picture
    picture = pictures.drawn((40, 40)).convert("RGBA")
    picture.putalpha(0)
    return picture.convert(mode)


@pytest.mark.parametrize(
    "data",
    [
        pictures.saved(hidden_secret("RGBA"), "PNG"),
        pictures.saved(hidden_secret("LA"), "PNG"),
        pictures.saved(hidden_secret("RGBA"), "WEBP", lossless=True, exact=True),
        pictures.saved(hidden_secret("RGBA"), "TIFF"),
        pictures.saved(PIL.Image.new("RGB", (40, 40), RED), "PNG", transparency=RED),
        pictures.saved(PIL.Image.new("L", (40, 40), 40), "PNG", transparency=40),
        pictures.saved(hidden_secret("P"), "PNG", transparency=3),
        pictures.saved(hidden_secret("P"), "GIF", transparency=3),
    ],
    ids=["rgba", "grey", "webp", "tiff", "key colour", "key grey", "palette", "gif"],
)
def test_transparency_becomes_white(data):
    assert master(data).getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_a_colour_profile_is_applied(format_):
    data = pictures.saved(pictures.drawn(), format_, icc_profile=pictures.swapped_profile())
    found = corners(master(data))
    assert found[0][1] > 150 > found[0][0], "red was written as green"


def test_the_profile_of_a_large_picture_is_applied_too():
    data = pictures.saved(
        pictures.drawn((3000, 2000)), "JPEG", icc_profile=pictures.swapped_profile()
    )
    assert corners(master(data))[0][1] > 150


@pytest.mark.parametrize("profile", [b"nonsense", pictures.swapped_profile()[:200]])
def test_a_broken_profile_is_ignored(profile):
    data = pictures.saved(pictures.drawn(), "PNG", icc_profile=profile)
    assert all(map(near, corners(master(data)), UPRIGHT))


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_a_profile_for_colours_on_grey_or_print_colours_does_no_harm(mode):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = PIL.Image.new("RGB", (40, 40), (120, 120, 120)).convert(mode)
    found = master(pictures.saved(picture, "JPEG", icc_profile=profile))
    assert found.mode == "RGB"
    assert near(found.getpixel((20, 20)), (120, 120, 120))


def everything_embedded() -> dict[str, object]:
    exif = Exif()
    exif[Base.Artist] = "Lan"
    exif[Base.Make] = "Camera"
    exif.get_ifd(IFD.GPSInfo).update({1: "N", 2: (10.0, 2.0, 1.0), 3: "E", 4: (105.0, 47.0, 1.0)})
    xmp = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="10,2.0N" '
        b'exif:GPSLongitude="105,47.0E"/></rdf:RDF></x:xmpmeta>'
    )
    return {"exif": exif, "xmp": xmp, "icc_profile": pictures.swapped_profile(), "comment": b"home"}


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_no_stored_file_tells_a_position_or_anything_else(format_, tmp_path):
    exiftool = shutil.which("exiftool")
    assert exiftool, "exiftool is missing; install libimage-exiftool-perl."
    data = pictures.saved(pictures.drawn(), format_, **everything_embedded())
    (tmp_path / "upload").write_bytes(data)
    found = master(data)
    files = [renditions.keep(found).data]
    files += [each.data for each in renditions.render(found, (0.5, 0.5))]
    for number, stored in enumerate(files):
        (tmp_path / f"stored-{number}").write_bytes(stored)
    asked = [exiftool, "-json", "-G", "-a", *map(str, sorted(tmp_path.iterdir()))]
    answers = json.loads(subprocess.run(asked, check=True, capture_output=True).stdout)
    for answer in answers:
        tags = {
            name
            for name in answer
            if "GPS" in name or name.split(":")[0] in {"EXIF", "XMP", "IPTC", "ICC_Profile"}
        }
        assert bool(tags) is answer["SourceFile"].endswith("upload"), tags
        assert not {"File:Comment", "PNG:Comment"} & set(answer) or answer["SourceFile"].endswith(
            "upload"
        )
        assert answer.get("File:BitsPerSample", 8) == 8
