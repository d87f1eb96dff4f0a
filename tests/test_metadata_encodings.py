"""What photos say of themselves is read in whatever letters it was written, or left out: no mojibake."""

import shutil
import struct
import subprocess
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import PngImagePlugin, TiffImagePlugin
from PIL.ExifTags import IFD, Base
from PIL.Image import Exif

from media import library, metadata, uploads
from tests import pictures
from tests.hostile import png_chunk, png_with

NAME = "Nguyễn Trần Khánh Thị Phượng Quỳnh"
CAPTION = "Người dân thả hoa đăng trên sông"

VIETNAMESE = (
    "Đại biểu dự diễn đàn tại Cần Thơ chiều 29/3",
    "Nguyễn Trần Khánh Thị Phượng Quỳnh",
    "Người dân thả hoa đăng trên sông, mừng lễ Vu Lan",
    "Báo Vĩnh Sa – Lê Đức",
    "© Thông tấn xã Việt Nam",
    "Xã Đắk Rơ Wa, Kon Tum: già làng kể chuyện “ngày xưa”",
    "HỘI ĐỒNG NHÂN DÂN TỈNH HẬU GIANG",
    "Chợ nổi Cái Răng",
)
WESTERN = (
    "Le président reçoit les élèves à l’école, près de la gare",
    "Jürgen Müller grüßt Gäste in Köln",
    "El señor Núñez habló con los niños en Málaga",
    "São Paulo: João Gonçalves e a seleção",
    "Åsa Öberg möter Søren Kjær på bryggan",
    "Perché il papà è già in città, così così",
    "The minister’s visit to the People’s Army Museum",
    "Agence France-Presse / François Lemaître",
    "Château de Chambord à Noël",
)
ENGLISH = ("Boats come home", "AFP/Getty Images")

# Short, with one or two strange letters that another page has as others.
NAMES = [
    "Võ Giáp",
    "Văn Chung",
    "Lê Lã",
    "Đỗ Hà",
    "Sơn",
    "Hoà",
    "Bình",
    "Tú",
    "Ý Nhi",
    "Lý",
    "Phú",
    "Võ Thị Sáu",
    "Hồ Chí",
    "Mỹ",
    "Bảo",
    "Ân",
    "Lê",
    "Ánh",
    "Ngọc Ánh",
    "Müller",
    "Möller",
    "Jürg",
    "Zoë",
    "André",
    "René",
    "José",
    "María",
    "Núñez",
    "Muñoz",
    "João",
    "Simões",
    "Gonçalves",
    "Bogotá",
    "Málaga",
    "Álvaro",
    "Óscar",
    "Íñigo",
    "Åsa",
    "Örjan",
    "Søren",
    "Ærø",
    "Kjær",
    "Þór",
    "Guðrún",
    "Niccolò",
    "Forlì",
    "Chloë",
    "Noël",
    "François",
    "Ève",
    "Élodie",
    "Cœur",
    "Škoda",
    "Žižek",
    "Aleš",
    "O’Brien",
    "D’Angelo",
    "l’Été",
    "Pa’s",
    "Cancún",
    "Perú",
    "País",
    "Così",
    "Öz",
    "Köln",
    "Nîmes",
    "Île",
    "Hôtel",
    "Août",
    "Ça",
]

# The bytes that IPTC allows, by the field of Metadata where a text comes out.
IPTC = {
    "caption": (120, 2000),
    "headline": (105, 256),
    "credit": (110, 32),
    "source": (115, 32),
    "photographer": (80, 32),
    "rights": (116, 128),
}
UTF8, LATIN1 = b"\x1b%G", b"\x1b.A"
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def windows_1258(text: str) -> bytes:
    """As Windows writes it: a letter of the page where there is one, else its tone behind it."""
    out = b""
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", letter)
            bare = unicodedata.normalize("NFC", "".join(m for m in marks if m not in TONES))
            out += (bare + "".join(m for m in marks if m in TONES)).encode("cp1258")
    return out


PAGES = {
    "utf-8": str.encode,
    "utf-8, decomposed": lambda text: unicodedata.normalize("NFD", text).encode(),
    "utf-8 twice": lambda text: text.encode().decode("latin-1").encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "cp1258": windows_1258,
    "cp1252": lambda text: text.encode("cp1252"),
    "mac": lambda text: text.encode("mac_roman"),
}
# Some of their letters are several characters: that one was cut in two shows only at a field's end.
COMPOUND = {"utf-8, decomposed", "utf-8 twice", "cp1258"}


class Written(NamedTuple):
    """A picture's file, and what was put into a field of it."""

    how: str
    field: str
    text: str
    cut: bool
    data: bytes


@cache
def base(format_: str = "JPEG") -> bytes:
    return pictures.saved(pictures.drawn((16, 16)), format_)


def records(*fields: tuple[int, bytes], charset: bytes = b"") -> bytes:
    """IPTC's records, with the character set declared before them."""
    block = b"\x1c\x01\x5a" + struct.pack(">H", len(charset)) + charset if charset else b""
    return block + b"".join(
        b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(value)) + value
        for number, value in fields
    )


def resource(block: bytes) -> bytes:
    """Photoshop's resource with IPTC in it."""
    return b"8BIM\x04\x04\0\0" + struct.pack(">I", len(block)) + block + b"\0" * (len(block) % 2)


def with_iptc(block: bytes, data: bytes | None = None) -> bytes:
    return pictures.with_segment(data or base(), 0xED, b"Photoshop 3.0\0" + resource(block))


def tiff_with_iptc(block: bytes) -> bytes:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[33723] = block
    tags.tagtype[33723] = 7
    return pictures.saved(pictures.drawn((16, 16)), "TIFF", tiffinfo=tags)


def xmp(properties: str) -> bytes:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">'
        f"{properties}</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def with_xmp(packet: bytes, data: bytes | None = None) -> bytes:
    body = b"http://ns.adobe.com/xap/1.0/\0" + packet
    return pictures.with_segment(data or base(), 0xE1, body)


def with_exif(
    format_: str = "JPEG", details: dict[int, object] | None = None, **tags: object
) -> bytes:
    exif = Exif()
    exif.update({Base[name]: value for name, value in tags.items()})
    exif.get_ifd(IFD.Exif).update(details or {})
    return pictures.saved(pictures.drawn((16, 16)), format_, exif=exif)


def told(data: bytes, language: str = "vi") -> metadata.Metadata:
    with uploads.opened(data) as picture:
        return metadata.read(picture, ZoneInfo("Asia/Ho_Chi_Minh"), language)


def encoded(
    texts: Sequence[str] = VIETNAMESE + WESTERN + ENGLISH,
) -> Iterator[tuple[str, str, bytes]]:
    """The texts on all pages that have their letters: the page, the text, its bytes."""
    for text in texts:
        for page, encode in PAGES.items():
            try:
                yield page, text, encode(text)
            except UnicodeEncodeError:
                continue


def declarations(page: str) -> list[bytes]:
    """What programs say of such bytes: nothing, the truth, or what they say of all."""
    return [b"", UTF8] + [LATIN1] * (page in {"cp1252", "mac", "cp1258"})


def iptc_pictures() -> Iterator[Written]:
    """Every text on every page in every field, declared or not, as long as the field allows."""
    for page, text, raw in encoded():
        for charset in declarations(page):
            for name, (number, limit) in IPTC.items():
                block = records((number, raw[:limit]), charset=charset)
                field = name if name != "headline" else "caption"
                how = f"IPTC {name}, {page}, {charset!r}"
                yield Written(how, field, text, len(raw) > limit - 2, with_iptc(block))
        yield Written(
            f"TIFF, {page}", "caption", text, cut=False, data=tiff_with_iptc(records((120, raw)))
        )


def cut_pictures() -> Iterator[Written]:
    """Captions cut by other programs wherever their own fields end."""
    for page, text, raw in encoded():
        if page not in COMPOUND:
            for end in range(1, len(raw), 3):
                data = with_iptc(records((120, raw[:end])))
                yield Written(f"{page}, cut at {end}", "caption", text, cut=True, data=data)


def long_pictures() -> Iterator[Written]:
    """Captions that are longer than IPTC allows, by some letters more at each."""
    text = "; ".join(VIETNAMESE * 7)
    for page in ("utf-8", "utf-8, decomposed", "cp1258"):
        for start in range(40):
            raw = PAGES[page](text[start:])
            data = with_iptc(records((120, raw[:2000])))
            yield Written(f"{page}, cut at 2000", "caption", text[start:].strip(), True, data)


def exif_pictures() -> Iterator[Written]:
    for page, text, raw in encoded():
        for format_ in ("JPEG", "PNG", "WEBP"):
            data = with_exif(format_, ImageDescription=raw, Artist=raw, Copyright=raw)
            for field in ("caption", "photographer", "rights"):
                yield Written(f"EXIF in {format_}, {page}", field, text, cut=False, data=data)
        comment = {Base.UserComment: b"ASCII\0\0\0" + raw}
        data = with_exif(details=comment)
        yield Written(f"UserComment, {page}", "caption", text, cut=False, data=data)


def doubled_pictures() -> Iterator[Written]:
    """By-lines that IPTC may have cut, and XMP has whole."""
    for page, text, raw in encoded():
        for charset in declarations(page):
            whole = with_xmp(xmp(creator(text)))
            data = with_iptc(records((80, raw[:32]), charset=charset), whole)
            yield Written(f"both, {page}, {charset!r}", "photographer", text, cut=False, data=data)


def xmp_pictures() -> Iterator[Written]:
    for text in VIETNAMESE + WESTERN + ENGLISH:
        for how, said in (("once", text), ("twice", text.encode().decode("latin-1"))):
            for format_ in ("PNG", "WEBP", "TIFF", "AVIF"):
                packet = xmp(creator(said))
                data = pictures.saved(
                    pictures.drawn((16, 16)), format_, **xmp_option(format_, packet)
                )
                yield Written(f"XMP in {format_}, {how}", "photographer", text, False, data)


def xmp_option(format_: str, packet: bytes) -> dict[str, object]:
    """How Pillow is told to write XMP."""
    if format_ == "PNG":
        chunks = PngImagePlugin.PngInfo()
        chunks.add_itxt("XML:com.adobe.xmp", packet.decode(), zip=True)
        return {"pnginfo": chunks}
    return {"tiffinfo": {700: packet}} if format_ == "TIFF" else {"xmp": packet}


def png_pictures() -> Iterator[Written]:
    for page, text, raw in encoded():
        if page in {"utf-16"}:
            continue
        for chunk, packed in ((b"tEXt", raw), (b"zTXt", b"\0" + zlib.compress(raw))):
            data = png_with(png_chunk(chunk, b"Description\0" + packed))
            yield Written(f"PNG {chunk}, {page}", "caption", text, cut=False, data=data)


@pytest.mark.parametrize(
    "kind",
    [
        iptc_pictures,
        cut_pictures,
        long_pictures,
        doubled_pictures,
        exif_pictures,
        xmp_pictures,
        png_pictures,
    ],
)
def test_what_was_written_is_read_or_left_out_but_never_another_text(kind):
    wrong, lost, count = [], [], 0
    for how, field, text, cut, data in kind():
        count += 1
        found = getattr(told(data), field)
        if not text.startswith(found):
            wrong.append((how, text, found))
        elif not cut and found != text:
            lost.append((how, text, found))
    assert not wrong
    assert not lost
    assert count > 100


def test_a_short_name_that_two_pages_could_have_is_right_or_left_out():
    read = {
        (page, name): told(with_iptc(records((80, raw)))).photographer
        for page, name, raw in encoded(NAMES)
    }
    wrong = {how: found for how, found in read.items() if found not in (how[1], "")}
    assert not wrong
    assert sum(map(bool, read.values())) > len(read) * 0.8


def creator(*names: str) -> str:
    items = "".join(f"<rdf:li>{name}</rdf:li>" for name in names)
    return f"<dc:creator><rdf:Seq>{items}</rdf:Seq></dc:creator>"


def described(**texts: str) -> str:
    """A caption in several languages, x_default among them."""
    items = "".join(
        f'<rdf:li xml:lang="{name.replace("_", "-")}">{text}</rdf:li>'
        for name, text in texts.items()
    )
    return f"<dc:description><rdf:Alt>{items}</rdf:Alt></dc:description>"


class TestOneSourceAndAnother:
    """IPTC, XMP and EXIF are compared field by field."""

    def test_an_empty_record_loses_nothing_of_the_others(self):
        block = records(
            (80, b""), (110, "Báo Vĩnh Sa".encode()), (120, CAPTION.encode()), (116, b"")
        )
        found = told(with_iptc(block))
        assert found == metadata.Metadata(caption=CAPTION, credit="Báo Vĩnh Sa")

    def test_an_empty_iptc_field_is_filled_by_xmp(self):
        found = told(with_iptc(records((80, b"")), with_xmp(xmp(creator(NAME)))))
        assert found.photographer == NAME

    def test_the_whole_by_line_wins_over_the_one_that_was_cut(self):
        cut = records((80, NAME.encode()[:32]), charset=UTF8)
        assert told(with_iptc(cut)).photographer == "Nguyễn Trần Khánh Thị Ph"
        assert told(with_iptc(cut, with_xmp(xmp(creator(NAME))))).photographer == NAME
        assert told(with_iptc(cut, with_exif(Artist=NAME.encode()))).photographer == NAME

    def test_of_several_by_lines_each_is_whole(self):
        cut = records((80, NAME.encode()[:32]), (80, b"Minh"))
        found = told(with_iptc(cut, with_xmp(xmp(creator(NAME, "Minh")))))
        assert found.photographer == f"{NAME}, Minh"

    def test_another_text_does_not_win_over_iptc(self):
        found = told(with_iptc(records((80, b"Lan")), with_xmp(xmp(creator(NAME)))))
        assert found.photographer == "Lan"

    @pytest.mark.parametrize(
        "raw", ["Новости".encode("cp1251"), b"Nguy?n Tr?n Kh\xe1nh", "南京".encode("gbk") * 3]
    )
    def test_what_cannot_be_read_is_taken_from_elsewhere_or_left_out(self, raw):
        found = told(with_iptc(records((80, raw))))
        assert (found.photographer, found.unread) == ("", ("photographer",))
        found = told(with_iptc(records((80, raw)), with_xmp(xmp(creator(NAME)))))
        assert (found.photographer, found.unread) == (NAME, ())

    def test_a_headline_stands_in_for_a_caption_that_is_nowhere(self):
        headline = records((105, "Lễ hội hoa đăng".encode()))
        assert told(with_iptc(headline)).caption == "Lễ hội hoa đăng"
        assert told(with_iptc(headline, with_xmp(xmp(described(vi=CAPTION))))).caption == CAPTION
        assert told(with_iptc(headline, with_exif(ImageDescription=b"Lan"))).caption == "Lan"
        in_xmp = xmp("<photoshop:Headline>Lễ hội</photoshop:Headline>")
        assert told(with_xmp(in_xmp)).caption == "Lễ hội"


class TestIptc:
    @pytest.mark.parametrize(
        ("charset", "text", "page"),
        [
            (b"\x1b.B", "Łódź, Gdańsk", "iso8859_2"),
            (b"\x1b-L", "Новости дня", "iso8859_5"),
            (b"\x1b%/I", "Новости дня", "utf-8"),
        ],
    )
    def test_the_declared_letters_are_read(self, charset, text, page):
        block = records((120, text.encode(page)), charset=charset)
        assert told(with_iptc(block)).caption == text

    def test_what_is_declared_may_be_wrong(self):
        block = records((120, CAPTION.encode()), (80, windows_1258("Lê Đức")), charset=LATIN1)
        found = told(with_iptc(block))
        assert (found.caption, found.photographer) == (CAPTION, "Lê Đức")

    def test_a_text_that_fills_its_field_is_not_believed_to_its_last_mark(self):
        decomposed = unicodedata.normalize("NFD", "Nguyễn Văn Tám, Trần Thị Hạ Huyền")
        raw = decomposed.encode()
        for end in range(20, len(raw) + 1):
            padded = b"." * (32 - end % 32) if end < 32 else b""
            found = told(with_iptc(records((80, padded + raw[: 32 - len(padded)])))).photographer
            assert unicodedata.normalize("NFC", padded.decode() + decomposed).startswith(found)

    def test_a_second_segment_is_read(self):
        first = records((110, "Báo Sông Mây".encode()))
        second = with_iptc(records((110, b"AFP"), (80, NAME.encode())))
        found = told(with_iptc(first, second))
        assert (found.credit, found.photographer) == ("Báo Sông Mây", NAME)

    def test_iptc_that_goes_on_in_the_next_segment_is_read(self):
        whole = resource(records((40, b"x" * 600), (120, CAPTION.encode()), (80, NAME.encode())))
        data = base()
        for part in (whole[630:], whole[:630]):
            data = pictures.with_segment(data, 0xED, b"Photoshop 3.0\0" + part)
        found = told(data)
        assert (found.caption, found.photographer) == (CAPTION, NAME)

    def test_iptc_is_found_behind_other_resources(self):
        named = b"8BIM\x03\xf3\x04name\0" + struct.pack(">I", 3) + b"abc\0"
        body = b"Photoshop 3.0\0" + named + resource(records((120, CAPTION.encode())))
        assert told(pictures.with_segment(base(), 0xED, body)).caption == CAPTION

    @pytest.mark.parametrize("order", ["<", ">"])
    def test_a_tiff_that_calls_it_numbers_is_read(self, order):
        block = records((120, CAPTION.encode()))
        block += bytes(-len(block) % 4)
        count = len(block) // 4
        numbers = struct.pack(f"{order}{count}I", *struct.unpack(f"<{count}I", block))
        entry = struct.pack("<HHI", 33723, 7, len(block))
        data = tiff_with_iptc(numbers)
        assert entry in data
        assert told(data.replace(entry, struct.pack("<HHI", 33723, 4, count))).caption == CAPTION

    @given(st.binary(max_size=300))
    def test_random_records_never_refuse_a_picture(self, junk):
        block = records((120, junk), (80, junk[:32])) + b"\x1c\x02\x50" + junk
        assert isinstance(told(with_iptc(block)), metadata.Metadata)

    @pytest.mark.parametrize(("page", "text"), [("Latin", WESTERN[0]), ("MacRoman", WESTERN[2])])
    def test_what_another_program_writes_on_an_old_page_is_read(self, page, text, tmp_path):
        assert shutil.which("exiftool"), "exiftool is missing; install libimage-exiftool-perl."
        path = tmp_path / "a.jpg"
        path.write_bytes(base())
        words = "-charset", f"iptc={page}", f"-IPTC:Caption-Abstract={text}"
        subprocess.run(["exiftool", *words, path], check=True, capture_output=True)
        assert told(path.read_bytes()).caption == text


class TestXmp:
    def test_white_space_between_the_nodes_is_no_text(self):
        spread = (
            "\n  <dc:description>\n    <rdf:Alt>\n      <rdf:li xml:lang='x-default'>\n   "
            f"{CAPTION}\n </rdf:li>\n    </rdf:Alt>\n  </dc:description>\n <dc:creator>\n"
            f"<rdf:Seq>\n <rdf:li> </rdf:li>\n <rdf:li>{NAME}</rdf:li>\n</rdf:Seq></dc:creator>\n"
        )
        found = told(with_xmp(xmp(spread)))
        assert (found.caption, found.photographer) == (CAPTION, NAME)

    @pytest.mark.parametrize(
        ("language", "caption"),
        [("vi", "Sông"), ("vi-VN", "Sông"), ("en", "River"), ("fr", "Fleuve"), ("de", "Fleuve")],
    )
    def test_the_papers_own_language_is_first_then_the_pictures(self, language, caption):
        texts = described(en_GB="River", x_default="Fleuve", fr="Fleuve", vi="Sông")
        assert told(with_xmp(xmp(texts)), language).caption == caption

    def test_an_empty_text_in_the_papers_language_is_none(self):
        texts = described(x_default="River", vi=" ")
        assert told(with_xmp(xmp(texts))).caption == "River"

    def test_iptc_in_a_foreign_language_gives_way_to_the_papers_own(self):
        texts = with_xmp(xmp(described(x_default="The river at dawn", vi="Sông lúc bình minh")))
        foreign = records((120, b"The river at dawn"))
        assert told(with_iptc(foreign, texts)).caption == "Sông lúc bình minh"
        assert told(with_iptc(foreign, texts), "en").caption == "The river at dawn"
        other = records((120, "Bến sông".encode()))
        assert told(with_iptc(other, texts)).caption == "Bến sông"

    def test_a_packet_that_is_padded_with_zeros_is_read(self):
        packet = xmp(described(vi=f"{CAPTION}\x01")) + bytes(100)
        assert told(with_xmp(packet)).caption == CAPTION

    def test_windows_quotation_marks_in_unicode_are_put_right(self):
        packet = xmp(described(vi="Hà Nội \x96 Huế: \x93ngày xưa\x94\x85"))
        assert told(with_xmp(packet)).caption == "Hà Nội – Huế: “ngày xưa”…"

    @pytest.mark.parametrize("page", ["mac_roman", "cp1258", "cp1252"])
    def test_utf8_that_was_read_as_another_page_and_then_lost_letters_is_left_out(self, page):
        broken = CAPTION.encode().decode(page, errors="ignore")
        found = told(with_xmp(xmp(described(vi=broken))))
        assert found.caption in (CAPTION, "")

    @pytest.mark.parametrize(
        "text", ["Ai làm?và ở đâu", "Xem a.vn/tin?id=3", "https://a.vn/?tin", "Đi đâu? Về đâu?"]
    )
    def test_a_question_mark_is_no_lost_letter(self, text):
        assert told(with_xmp(xmp(described(vi=text)))).caption == text

    @pytest.mark.django_db
    def test_the_library_takes_the_papers_language(self, settings):
        data = with_xmp(xmp(described(x_default="River", vi="Sông", en="Stream")))
        settings.LANGUAGE_CODE = "en"
        assert library.add_picture(data, "a.jpg").caption == "Stream"


class TestPng:
    @pytest.mark.parametrize("size", [10, 1_100_000, 3_500_000])
    def test_packed_text_of_any_size_is_read(self, size):
        text = (CAPTION + " x" * size).encode()[: size + 100]
        data = png_with(png_chunk(b"zTXt", b"Description\0\0" + zlib.compress(text)))
        assert told(data).caption.startswith(CAPTION)

    def test_international_text_is_read(self):
        raw = b"Author\0\1\0vi\0\0" + zlib.compress(NAME.encode())
        assert told(png_with(png_chunk(b"iTXt", raw))).photographer == NAME

    @pytest.mark.parametrize("packed", [True, False])
    @pytest.mark.parametrize("behind", [True, False])
    def test_xmp_is_read_packed_or_not_and_behind_the_pixels(self, packed, behind):
        packet = xmp(described(vi=CAPTION))
        text = zlib.compress(packet) if packed else packet
        chunk = png_chunk(b"iTXt", b"XML:com.adobe.xmp\0" + bytes([packed]) + b"\0\0\0" + text)
        data = base("PNG")
        data = data[:-12] + chunk + data[-12:] if behind else png_with(chunk)
        assert told(data).caption == CAPTION

    def test_xmp_in_packed_text_that_is_not_international_is_read(self):
        packet = zlib.compress(xmp(described(vi=CAPTION)))
        data = png_with(png_chunk(b"zTXt", b"XML:com.adobe.xmp\0\0" + packet))
        assert told(data).caption == CAPTION

    def test_iptc_that_a_converter_left_in_the_text_is_read(self):
        block = resource(records((120, CAPTION.encode()), (80, NAME.encode())))
        text = f"\niptc\n{len(block):8}\n{block.hex()}\n".encode()
        data = png_with(png_chunk(b"zTXt", b"Raw profile type iptc\0\0" + zlib.compress(text)))
        found = told(data)
        assert (found.caption, found.photographer) == (CAPTION, NAME)

    def test_what_a_program_says_of_itself_is_no_caption(self):
        data = png_with(png_chunk(b"tEXt", b"Comment\0Created with GIMP"))
        assert told(data) == metadata.Metadata()


class TestExif:
    @pytest.mark.parametrize(
        "comment",
        [
            b"ASCII\0\0\0" + CAPTION.encode(),
            b"UNICODE\0" + CAPTION.encode("utf-16-le"),
            b"UNICODE\0" + CAPTION.encode("utf-16-be"),
            b"UNICODE\0" + CAPTION.encode("utf-16"),
            b"UNICODE\0" + CAPTION.encode(),
            bytes(8) + CAPTION.encode(),
            CAPTION.encode() + b"   \0",
        ],
    )
    def test_a_users_comment_is_read_in_its_letters(self, comment):
        assert told(with_exif(details={Base.UserComment: comment})).caption == CAPTION

    def test_a_japanese_comment_is_read(self):
        comment = b"JIS\0\0\0\0\0" + "東京の川".encode("iso2022_jp")
        assert told(with_exif(details={Base.UserComment: comment})).caption == "東京の川"

    @pytest.mark.parametrize("comment", [b"ASCII\0\0\0" + b" " * 40, bytes(60), b"UNICODE\0", b""])
    def test_an_empty_comment_is_none(self, comment):
        assert told(with_exif(details={Base.UserComment: comment})).caption == ""

    def test_a_comment_stands_in_for_a_caption_only(self):
        details = {Base.UserComment: b"ASCII\0\0\0IMG"}
        assert told(with_exif(details=details, ImageDescription=b"Lan")).caption == "Lan"

    def test_windows_fields_are_read(self):
        wide = f"{NAME}\0".encode("utf-16-le")
        found = told(with_exif(XPComment=wide, XPAuthor=wide))
        assert (found.caption, found.photographer) == (NAME, NAME)
