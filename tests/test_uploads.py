"""Why a photo is refused: one sentence for each fault, and nothing else ever raised."""

import struct
import time
import unicodedata
import zlib
from contextlib import suppress

import PIL.Image
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from media import renditions, uploads
from tests import pictures


def take(data: bytes) -> PIL.Image.Image:
    """The clean master of an upload, made as the library makes it."""
    with uploads.opened(data) as picture:
        return renditions.master_of(picture)


def refusal(data: bytes) -> str:
    """The English sentence with which an upload is refused."""
    with pytest.raises(uploads.InvalidPicture) as refused:
        take(data)
    with translation.override("en"):
        return str(refused.value)


KINDS = {
    "JPEG": pictures.jpeg(),
    "progressive JPEG": pictures.jpeg(progressive=True),
    "PNG": pictures.png(),
    "GIF": pictures.saved(pictures.drawn(), "GIF"),
    "WebP": pictures.saved(pictures.drawn(), "WEBP"),
    "lossless WebP": pictures.saved(pictures.drawn(), "WEBP", lossless=True),
    "AVIF": pictures.saved(pictures.drawn(), "AVIF"),
    "TIFF": pictures.saved(pictures.drawn(), "TIFF"),
    "TIFF, LZW": pictures.saved(pictures.drawn(), "TIFF", compression="tiff_lzw"),
    "TIFF, deflate": pictures.saved(pictures.drawn(), "TIFF", compression="tiff_adobe_deflate"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_allowed_kinds_are_taken(kind):
    assert take(KINDS[kind]).size == (640, 480)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_a_truncated_file_is_refused_with_one_sentence(kind, share):
    data = KINDS[kind]
    assert "damaged or incomplete" in refusal(data[: max(16, int(len(data) * share))])


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_with_rubbish_in_its_middle_raises_nothing_but_the_refusal(kind):
    data = KINDS[kind]
    for start in range(20, len(data), max(1, len(data) // 12)):
        broken = data[:start] + b"\xff\x00\xaa\x55" * 8 + data[start + 32 :]
        with suppress(uploads.InvalidPicture):
            take(broken)


def test_an_empty_file_is_refused():
    assert "empty" in refusal(b"")


def test_a_file_that_is_too_big_is_refused_before_it_is_looked_at():
    assert "more than 40 MB" in refusal(b"\xff\xd8\xff" + bytes(uploads.MAX_BYTES))


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE html><html><script>alert(1)</script></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"<?php system($_GET['c']); ?>",
        b"PK\x03\x04" + bytes(100),
        b"%PDF-1.7\n" + bytes(100),
        b"BM" + bytes(100),
        b"RIFF\x00\x00\x00\x00WAVEfmt " + bytes(50),
        b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(50),
        b"\x00\x00\x00\x00ftyp",
        b"\xff",
        b"\x00" * 64,
    ],
)
def test_what_is_not_a_picture_is_called_so(data):
    assert "not a picture" in refusal(data)


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"hevc", b"mif1"])
def test_a_heic_gets_a_sentence_that_tells_the_way(brand):
    box = b"\x00\x00\x00\x18ftyp" + brand + b"\x00\x00\x00\x00mif1" + brand
    sentence = refusal(box + bytes(100))
    assert "Most Compatible" in sentence
    assert "e-mail" in sentence


def test_an_avif_of_the_general_brand_is_no_heic():
    data = bytearray(pictures.saved(pictures.drawn(), "AVIF"))
    assert data[8:12] == b"avif"
    data[8:12] = b"mif1"
    assert take(bytes(data)).size == (640, 480)


@pytest.mark.parametrize(
    "data",
    [
        pictures.png_header(30_000, 30_000),
        pictures.png_header(10_000, 5_001, depth=8, colour=2),
        pictures.png_header(2**31 - 1, 2**31 - 1),
        b"GIF89a" + struct.pack("<HHBBB", 65535, 65535, 0, 0, 0) + b"," + bytes(9) + b"\x02\x00;",
        b"RIFF"
        + struct.pack("<I", 30)
        + b"WEBPVP8X"
        + struct.pack("<I", 10)
        + bytes(4)
        + (16_382).to_bytes(3, "little") * 2
        + bytes(30),
    ],
    ids=["one bit", "just above", "largest", "gif", "webp"],
)
def test_a_huge_header_is_refused_before_anything_is_decoded(data):
    started = time.process_time()
    assert "megapixels" in refusal(data)
    assert time.process_time() - started < 1


def test_fifty_megapixels_are_not_too_many():
    data = pictures.saved(PIL.Image.new("1", (10_000, 5_000), 1), "PNG")
    assert take(data).size == (3334, 1667)


def test_a_header_that_promises_more_than_there_is_is_refused():
    assert "damaged" in refusal(pictures.png_header(4000, 4000))


def test_a_bomb_of_text_inside_a_png_is_refused():
    text = zlib.compress(bytes(900_000))
    chunk = b"zTXt" + b"Comment\x00\x00" + text
    bomb = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    data = pictures.png()
    refusal(data[:33] + bomb * 20 + data[33:])


def test_a_jpeg_of_a_thousand_scans_is_refused_at_once():
    data = pictures.jpeg(progressive=True)
    start = data.index(b"\xff\xda")
    following = data.index(b"\xff\xda", start + 2)
    started = time.process_time()
    refusal(data[:start] + data[start:following] * 1000 + data[following:])
    assert time.process_time() - started < 1


@pytest.mark.parametrize("filler", [b"\xff\xfe\x00\x02", b"\x00", b"\xff\xfe\x00\x00", b"\xff\x01"])
def test_a_jpeg_stuffed_with_empty_segments_or_junk_is_refused_at_once(filler):
    data = pictures.jpeg()
    started = time.process_time()
    refusal(data[:2] + filler * (8_000_000 // len(filler)) + data[2:])
    assert time.process_time() - started < 2


def test_a_film_behind_a_phones_jpeg_does_no_harm():
    # Motion photos: any bytes may follow, those that look like scans too.
    assert take(pictures.jpeg() + b"\x00\x00\x00\x18ftypmp42" + b"\xff\xda\x00\x08" * 5000)


def test_a_phones_jpeg_with_several_pictures_gives_the_first():
    data = pictures.saved(
        pictures.drawn(), "MPO", save_all=True, append_images=[PIL.Image.new("RGB", (300, 200))]
    )
    assert take(data).size == (640, 480)


def test_an_animation_gives_its_first_frame_however_many_follow():
    data = pictures.gif(500)
    started = time.process_time()
    assert pictures.near(take(data).getpixel((0, 0)), pictures.RED)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("format_", ["WEBP", "AVIF", "PNG"])
def test_other_animations_give_their_first_frame_too(format_):
    frames = [PIL.Image.new("RGB", (64, 48), colour) for colour in (pictures.RED, pictures.BLUE)]
    data = pictures.saved(frames[0], format_, save_all=True, append_images=frames[1:] * 20)
    assert pictures.near(take(data).getpixel((20, 20)), pictures.RED)


def test_a_camera_raw_file_is_not_taken_for_its_small_preview():
    preview = pictures.drawn((160, 120))
    assert "raw" in refusal(pictures.saved(preview, "TIFF", tiffinfo={254: 1}))
    assert "raw" in refusal(pictures.saved(preview, "TIFF", tiffinfo={50706: b"\x01\x04\x00\x00"}))


def test_a_tiff_of_floating_point_numbers_is_refused():
    assert "JPEG" in refusal(pictures.saved(PIL.Image.new("F", (20, 20)), "TIFF"))


def test_a_polyglot_comes_out_as_a_plain_picture():
    script = b"<script>alert(1)</script><?php evil(); ?>PK\x03\x04"
    master = take(pictures.with_segment(pictures.jpeg(), 0xFE, script) + script)
    for format_ in (renditions.JPEG, renditions.AVIF):
        stored = renditions.encode(master, format_)
        assert b"script" not in stored
        assert b"php" not in stored


@given(st.binary(max_size=300))
def test_random_bytes_raise_nothing_but_the_refusal(data):
    with pytest.raises(uploads.InvalidPicture):
        take(data)


@given(
    st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"II*\x00", b"MM\x00+"]),
    st.binary(max_size=300),
)
def test_random_bytes_behind_a_true_beginning_raise_nothing_but_the_refusal(magic, data):
    with pytest.raises(uploads.InvalidPicture):
        take(magic + data)


@given(st.sampled_from([*KINDS]), st.integers(0, 400), st.integers(0, 255))
def test_a_changed_byte_in_the_header_raises_nothing_but_the_refusal(kind, position, value):
    data = bytearray(KINDS[kind])
    data[position % len(data)] = value
    with suppress(uploads.InvalidPicture):
        take(bytes(data))


@pytest.mark.parametrize("fault", [MemoryError, RecursionError, struct.error, OverflowError])
def test_whatever_a_decoder_raises_becomes_a_sentence(fault):
    with pytest.raises(uploads.InvalidPicture), uploads.opened(pictures.jpeg()):
        raise fault


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Hội nghị 29-3.jpg", "Hội nghị 29-3.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Lan\\Ảnh\\anh 1.JPG", "anh 1.JPG"),
        ("a\x00b\r\nc.png", "ab c.png"),
        ("anh\u202egpj.exe", "anhgpj.exe"),
        ("  .htaccess", "htaccess"),
        ("\t/ ", ""),
        ("", ""),
        (unicodedata.normalize("NFD", "Đầm Dơi.jpg"), "Đầm Dơi.jpg"),
    ],
)
def test_a_file_name_is_shown_bare(name, clean):
    assert uploads.clean_filename(name) == clean


def test_a_very_long_file_name_keeps_its_extension():
    clean = uploads.clean_filename("ả" * 5000 + ".jpeg")
    assert len(clean) == uploads.MAX_FILENAME
    assert clean.endswith("ả.jpeg")


@given(st.text() | st.text(st.sampled_from("a./\\ \u202e\x00ế\u0301"), max_size=400))
def test_a_clean_file_name_is_bounded_printable_and_stays_as_it_is(name):
    clean = uploads.clean_filename(name)
    assert len(clean) <= uploads.MAX_FILENAME
    assert not set(clean) & set("/\\\x00\r\n\u202e")
    assert uploads.clean_filename(clean) == clean
