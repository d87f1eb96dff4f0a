"""What a picture says of itself is read with its accents, cleaned and bounded."""

import shutil
import subprocess
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL.ExifTags import IFD, Base
from PIL.Image import Exif

from media import metadata, uploads
from media.text import fold, one_line
from tests import pictures

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
CAPTION = "Đại biểu dự diễn đàn tại Cần Thơ"


def told(data: bytes) -> metadata.Metadata:
    with uploads.opened(data) as picture:
        return metadata.read(picture, HANOI)


def with_exif(tags: dict[int, object], details: dict[int, object] | None = None) -> bytes:
    exif = Exif()
    exif.update(tags)
    exif.get_ifd(IFD.Exif).update(details or {})
    return pictures.jpeg(exif=exif)


def with_xmp(properties: str, entity: str = "") -> bytes:
    return pictures.jpeg(xmp=packet(properties, entity))


def packet(properties: str, entity: str = "") -> bytes:
    """The XMP of a picture with these properties."""
    return f"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>{entity}
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">{properties}</rdf:Description>
</rdf:RDF></x:xmpmeta><?xpacket end="w"?>""".encode()


def with_iptc_of(agency: bytes, data: bytes) -> bytes:
    """A JPEG with the IPTC fields of another one, as pictures.iptc makes it."""
    length = int.from_bytes(agency[4:6], "big")
    return data[:2] + agency[2 : 4 + length] + data[2:]


def language(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt>'


def test_a_picture_that_says_nothing_gives_nothing():
    assert told(pictures.jpeg()) == metadata.Metadata()
    assert told(pictures.png()) == metadata.Metadata()


def test_iptc_gives_caption_credit_source_photographer_rights_and_time():
    found = told(
        pictures.iptc(
            caption=CAPTION.encode(),
            credit=b"TTXVN",
            source="Báo Sông Mây".encode(),
            by="Nguyễn Thị Đào".encode(),
            rights="© Báo Sông Mây".encode(),
            day=b"20230329",
            time=b"170500+0700",
        )
    )
    assert found == metadata.Metadata(
        caption=CAPTION,
        credit="TTXVN",
        source="Báo Sông Mây",
        photographer="Nguyễn Thị Đào",
        rights="© Báo Sông Mây",
        taken_at=datetime(2023, 3, 29, 10, 5, tzinfo=UTC),
    )


def test_iptc_in_the_old_vietnamese_code_page_keeps_its_accents():
    # cp1258 writes tones as characters of their own, after a vowel that has its hat already.
    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    split = "".join(
        unicodedata.normalize("NFC", "".join(m for m in marks if m not in tones))
        + "".join(m for m in marks if m in tones)
        for marks in (unicodedata.normalize("NFD", letter) for letter in CAPTION)
    )
    assert told(pictures.iptc(caption=split.encode("cp1258"))).caption == CAPTION


@pytest.mark.parametrize("fields", ["IPTC", "XMP", "EXIF"])
def test_what_other_programs_write_keeps_its_accents(fields, tmp_path):
    written = {
        "IPTC": [
            "-charset",
            "iptc=utf8",
            f"-IPTC:Caption-Abstract={CAPTION}",
            "-IPTC:By-line=Lê Đức",
        ],
        "XMP": [f"-XMP-dc:Description={CAPTION}", "-XMP-dc:Creator=Lê Đức"],
        "EXIF": [f"-EXIF:ImageDescription={CAPTION}", "-EXIF:Artist=Lê Đức"],
    }
    assert shutil.which("exiftool"), "exiftool is missing; install libimage-exiftool-perl."
    path = tmp_path / "a.jpg"
    path.write_bytes(pictures.jpeg())
    subprocess.run(["exiftool", *written[fields], path], check=True, capture_output=True)
    found = told(path.read_bytes())
    assert (found.caption, found.photographer) == (CAPTION, "Lê Đức")


def test_exif_gives_caption_photographer_and_rights():
    found = told(
        with_exif(
            {
                Base.ImageDescription: "Chợ nổi Cái Răng".encode(),
                Base.Artist: "Lê Đức".encode(),
                Base.Copyright: "Lê Đức".encode(),
            }
        )
    )
    assert (found.caption, found.photographer, found.rights) == (
        "Chợ nổi Cái Răng",
        "Lê Đức",
        "Lê Đức",
    )


def test_the_fields_that_windows_writes_are_read():
    title = "Cầu Mỹ Thuận".encode("utf-16-le") + b"\x00\x00"
    assert told(with_exif({Base.XPTitle: title})).caption == "Cầu Mỹ Thuận"
    comment = "Thông xe".encode("utf-16-le")
    found = told(with_exif({Base.XPTitle: title, Base.XPComment: comment, Base.XPAuthor: title}))
    assert (found.caption, found.photographer) == ("Thông xe", "Cầu Mỹ Thuận")


@pytest.mark.parametrize(
    "words", ["OLYMPUS DIGITAL CAMERA         ", "SONY DSC", "DCIM\\100MEDIA\\DJI_0001.JPG"]
)
def test_what_a_camera_writes_into_every_picture_is_no_caption(words):
    assert told(with_exif({Base.ImageDescription: words})).caption == ""


def test_xmp_gives_caption_alt_text_credit_source_and_photographers():
    found = told(
        with_xmp(
            f"<dc:description>{language(CAPTION)}</dc:description>"
            f"<Iptc4xmpCore:AltTextAccessibility>{language('Hội trường')}</Iptc4xmpCore:AltTextAccessibility>"
            "<photoshop:Credit>TTXVN</photoshop:Credit><photoshop:Source>Sở</photoshop:Source>"
            "<dc:creator><rdf:Seq><rdf:li>Lê Đức</rdf:li><rdf:li>An</rdf:li></rdf:Seq></dc:creator>"
            "<photoshop:DateCreated>2023-03-29T17:05:00.25+07:00</photoshop:DateCreated>"
        )
    )
    assert found.caption == CAPTION
    assert found.alt_text == "Hội trường"
    assert (found.credit, found.source, found.photographer) == ("TTXVN", "Sở", "Lê Đức, An")
    assert found.taken_at == datetime(2023, 3, 29, 10, 5, tzinfo=UTC)


def test_the_first_of_several_languages_is_the_caption():
    both = '<rdf:Alt><rdf:li xml:lang="x-default">Sông</rdf:li><rdf:li xml:lang="en">River</rdf:li></rdf:Alt>'
    assert told(with_xmp(f"<dc:description>{both}</dc:description>")).caption == "Sông"


def test_xmp_is_read_from_a_png_and_a_webp_too():
    xmp = packet(f"<dc:description>{language(CAPTION)}</dc:description>")
    assert told(pictures.saved(pictures.drawn(), "WEBP", xmp=xmp)).caption == CAPTION


def test_a_megabyte_of_xmp_is_not_read():
    long = packet(f"<dc:description>{language('x' * 1_000_000)}</dc:description>")
    assert told(pictures.saved(pictures.drawn(), "WEBP", xmp=long)) == metadata.Metadata()


def test_a_bomb_of_entities_in_the_xmp_is_no_metadata():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    data = with_xmp(f"<dc:description>{language('&b;')}</dc:description>", bomb)
    assert told(data) == metadata.Metadata()


def test_iptc_is_believed_before_exif_and_fields_are_filled_from_each():
    exif = Exif()
    exif.update({Base.ImageDescription: "IMG_2041", Base.Artist: "Lan"})
    agency = pictures.iptc(caption=CAPTION.encode())
    found = told(with_iptc_of(agency, pictures.jpeg(exif=exif)))
    assert (found.caption, found.photographer) == (CAPTION, "Lan")


def test_iptc_is_believed_before_xmp_and_xmp_before_exif():
    tags = {
        "caption": "dc:description",
        "credit": "photoshop:Credit",
        "source": "photoshop:Source",
        "by": "dc:creator",
        "rights": "dc:rights",
    }
    xmp = packet("".join(f"<{tag}>XMP {name}</{tag}>" for name, tag in tags.items()))
    exif = Exif()
    exif.update({Base.ImageDescription: "EXIF", Base.Artist: "EXIF", Base.Copyright: "EXIF"})
    below = pictures.jpeg(xmp=xmp, exif=exif)
    found = told(below)
    assert (found.caption, found.photographer, found.rights) == (
        "XMP caption",
        "XMP by",
        "XMP rights",
    )

    agency = pictures.iptc(**{name: f"IPTC {name}".encode() for name in tags})
    found = told(with_iptc_of(agency, below))
    assert found == metadata.Metadata(
        caption="IPTC caption",
        credit="IPTC credit",
        source="IPTC source",
        photographer="IPTC by",
        rights="IPTC rights",
    )


def test_a_cameras_clock_is_believed_before_what_programs_and_agencies_wrote():
    later = "<photoshop:DateCreated>2023-03-30T08:00:00+07:00</photoshop:DateCreated>"
    agency = pictures.iptc(day=b"20230331", time=b"080000+0700")
    found = told(with_iptc_of(agency, pictures.jpeg(xmp=packet(later))))
    assert found.taken_at == datetime(2023, 3, 30, 8, tzinfo=HANOI)

    exif = Exif()
    exif.get_ifd(IFD.Exif).update({Base.DateTimeOriginal: "2023:03:29 17:05:00"})
    found = told(with_iptc_of(agency, pictures.jpeg(xmp=packet(later), exif=exif)))
    assert found.taken_at == datetime(2023, 3, 29, 17, 5, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("offset", "zone"),
    [(None, HANOI), ("+07:00", HANOI), ("-03:30", timezone(-timedelta(hours=3, minutes=30)))],
)
def test_a_cameras_clock_is_the_papers_unless_it_says_its_offset(offset, zone):
    details = {Base.DateTimeOriginal: "2023:03:29 17:05:09"}
    if offset:
        details[Base.OffsetTimeOriginal] = offset
    assert told(with_exif({}, details)).taken_at == datetime(2023, 3, 29, 17, 5, 9, tzinfo=zone)


@pytest.mark.parametrize(
    "text", ["0000:00:00 00:00:00", "2023:13:45 99:99:99", "yesterday", "2023:03:29"]
)
def test_what_is_no_moment_is_none(text):
    assert told(with_exif({}, {Base.DateTimeOriginal: text})).taken_at is None


def test_a_strangers_text_is_cleaned_and_bounded():
    dirty = "\u202eMột\x00 dòng\r\n\r\nhai\u200b   dòng <b>đậm</b> "
    found = told(pictures.iptc(caption=dirty.encode(), credit=b"x" * 4000))
    assert found.caption == "Một dòng hai dòng <b>đậm</b>"
    assert len(found.credit) == metadata.MAX_NAME


@pytest.mark.parametrize(
    "data",
    [
        pictures.with_segment(pictures.jpeg(), 0xE1, b"Exif\x00\x00" + b"MM\x00*\xff\xff\xff\xff"),
        pictures.with_segment(pictures.jpeg(), 0xE1, b"Exif\x00\x00not a tiff at all"),
        pictures.with_segment(pictures.jpeg(), 0xE1, b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta"),
        pictures.with_segment(pictures.jpeg(), 0xE1, b"http://ns.adobe.com/xap/1.0/\x00<a/>"),
        pictures.with_segment(pictures.jpeg(), 0xED, b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00"),
        pictures.with_segment(
            pictures.jpeg(),
            0xED,
            b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x06\x1c\x02\x78\xff\xff\xff",
        ),
    ],
)
def test_broken_metadata_is_none_and_the_picture_is_taken(data):
    assert told(data) == metadata.Metadata()


@given(st.binary(max_size=200))
def test_random_exif_never_refuses_a_picture(junk):
    data = pictures.with_segment(
        pictures.jpeg((16, 16)), 0xE1, b"Exif\x00\x00II*\x00\x08\x00\x00\x00" + junk
    )
    assert isinstance(told(data), metadata.Metadata)


@given(st.text(max_size=60), st.integers(1, 40))
def test_one_line_is_bounded_and_stays_as_it_is(text, limit):
    line = one_line(text, limit)
    assert len(line) <= limit
    assert one_line(line, limit) == line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đà  Nẵng", "da nang"),
        ("  ĐƯỜNG\n", "duong"),
        ("ế" + "e\u0302\u0301", "ee"),
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_folding_takes_the_accents_away(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_what_is_folded_changes_nothing_and_writing_does_not_matter(text):
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
