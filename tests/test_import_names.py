"""A picture is found beside its story however the two write its name."""

import struct
import unicodedata
import zipfile
import zlib
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importers import folder as folders
from articles.importers.names import Files
from articles.models import Article
from media.models import Image
from tests.story_folders import HEAD, folder, photo, take_in, zipped

NAME = "Ảnh hội nghị Đắk Lắk (1).jpg"
DECOMPOSED = unicodedata.normalize("NFD", NAME)


def showing(reference: str) -> str:
    return f'{HEAD}<figure><img src="{reference}" alt="Hội nghị"></figure>'


@pytest.mark.parametrize("name", [NAME, DECOMPOSED, NAME.upper(), DECOMPOSED.lower()])
@pytest.mark.parametrize(
    "reference",
    [
        NAME,
        DECOMPOSED,
        quote(NAME),
        quote(DECOMPOSED),
        f"./{NAME}",
        f" {NAME}?v=2#trang",
        f"C:\\Users\\An\\{NAME}",
        f"tin_files/{quote(NAME)}",
    ],
)
@pytest.mark.parametrize("pack", [folder, zipped])
def test_a_picture_is_found_by_any_spelling_of_its_name(tmp_path, name, reference, pack):
    data = photo()

    found = folders.read(pack(tmp_path / "tin.x", showing(reference), {name: data}))

    (file,) = found.files.values()
    assert (file.name, file.read()) == (name, data)


@pytest.mark.parametrize("pack", [folder, zipped])
def test_the_same_name_wins_over_one_that_is_alike(tmp_path, pack):
    files = {"anh.JPG": b"1", "anh.jpg": b"2", "Anh.jpg": b"3"}

    found = folders.read(pack(tmp_path / "tin.x", showing("anh.jpg"), files))

    assert [file.read() for file in found.files.values()] == [b"2"]


def test_a_name_that_fits_several_files_is_refused_with_their_names(tmp_path):
    path = folder(tmp_path / "tin", showing("ANH.jpg"), {"anh.jpg": b"1", "Anh.jpg": b"2"})

    with pytest.raises(folders.ImportRefused, match="several files have that name") as refused:
        folders.read(path)

    assert "Anh.jpg" in str(refused.value)
    assert "anh.jpg" in str(refused.value)


def test_a_picture_in_a_folder_beside_the_story_comes_before_one_of_that_name_elsewhere(tmp_path):
    files = {"a/1.jpg": b"a", "b/1.jpg": b"b", "1.jpg": b"beside"}
    html = "".join(f'<img src="{name}">' for name in ("a/1.jpg", r"B\1.JPG", "c/1.jpg"))

    found = folders.read(folder(tmp_path / "tin", HEAD + html, files))

    assert [file.read() for file in found.files.values()] == [b"a", b"b", b"beside"]


letters = st.text(st.sampled_from("aAâÂấẤđĐ e\u0301é.1%"), min_size=1, max_size=8)


@given(st.lists(letters, unique=True, max_size=5), letters)
def test_what_is_found_is_alike_and_the_very_name_is_always_found(names, asked):
    def alike(name: str) -> str:
        return " ".join(unicodedata.normalize("NFC", name).casefold().split())

    found = Files((name, name) for name in names).meant(asked.replace("%", "%25"))

    assert {alike(name) for name in found} <= {alike(asked)}
    if asked in names and asked == asked.strip():
        assert found == [asked]


def raw_zip(place: Path, entries: list[tuple[bytes, bytes, int, bytes]]) -> Path:
    """A zip file with names as bytes: name, data, flags, extra field."""
    place.write_bytes(b"")
    body, directory = b"", b""
    for name, data, flags, extra in entries:
        sizes = struct.pack("<LLL", zlib.crc32(data), len(data), len(data))
        common = struct.pack("<HHHHH", 20, flags, 0, 0, 0x21) + sizes
        common += struct.pack("<HH", len(name), len(extra))
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + common
        directory += struct.pack("<HHHLL", 0, 0, 0, 0, len(body)) + name + extra
        body += b"PK\x03\x04" + common + name + extra + data
    end = struct.pack("<HHHHLLH", 0, 0, len(entries), len(entries), len(directory), len(body), 0)
    place.write_bytes(body + directory + b"PK\x05\x06" + end)
    assert zipfile.is_zipfile(place)
    return place


def beside(name: str, raw: bytes) -> bytes:
    """The extra field in which some programs write a name in UTF-8."""
    told = struct.pack("<BL", 1, zlib.crc32(raw)) + name.encode()
    return struct.pack("<HH", 0x7075, len(told)) + told


@pytest.mark.parametrize(
    ("raw", "flags", "extra", "reference"),
    [
        (NAME.encode(), 0x800, b"", NAME),
        (NAME.encode(), 0, b"", NAME),
        (DECOMPOSED.encode(), 0, b"", NAME),
        ("café ô.jpg".encode("cp437"), 0, b"", "café ô.jpg"),
        ("Đê Ho\u0300a.jpg".encode("cp1258"), 0, b"", "Đê Hòa.jpg"),
        (b"?nh h?i.jpg", 0, beside("Ảnh hội.jpg", b"?nh h?i.jpg"), "Ảnh hội.jpg"),
        (b"1?.jpg", 0, beside("of another.jpg", b"2?.jpg"), "1%3F.jpg"),
        (b"tin\\" + NAME.encode(), 0, b"", f"tin/{NAME}"),
    ],
)  # fmt: skip
def test_a_zip_may_write_names_in_its_own_letters(tmp_path, raw, flags, extra, reference):
    html = showing(reference).encode()

    found = folders.read(
        raw_zip(tmp_path / "a.zip", [(b"story.html", html, 0, b""), (raw, b"x", flags, extra)])
    )

    assert [file.read() for file in found.files.values()] == [b"x"]


def test_a_zip_of_windows_has_its_story_in_a_folder_with_backslashes(tmp_path):
    entries = [
        (b"bai\\Story.HTML", showing("anh\\1.jpg").encode(), 0, b""),
        (b"bai\\Anh\\1.JPG", b"x", 0, b""),
    ]

    found = folders.read(raw_zip(tmp_path / "a.zip", entries))

    assert [file.read() for file in found.files.values()] == [b"x"]


def test_a_zip_may_spell_its_folder_in_several_ways(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Bài/story.html", showing("anh/1.jpg"))
        archive.writestr(unicodedata.normalize("NFD", "bài/Anh/1.jpg"), b"x")
        archive.writestr("khác/anh/1.jpg", b"y")

    found = folders.read(path)

    assert [file.read() for file in found.files.values()] == [b"x"]


def test_a_zip_of_several_stories_is_refused_since_one_would_come_in(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in "một", "hai":
            archive.writestr(f"{name}/story.html", HEAD)

    with pytest.raises(folders.ImportRefused, match="several stories .hai, một."):
        folders.read(path)


def test_one_picture_under_two_spellings_is_brought_in_once(tmp_path, paper, section, editor):
    html = f'{HEAD}<img src="{NAME}"><p>x</p><img src="{quote(DECOMPOSED)}">'

    (outcome,) = take_in(folder(tmp_path / "tin", html, {DECOMPOSED: photo()}), by=editor)

    assert outcome.result == "created"
    assert outcome.article.body.count("data-images") == 2
    assert Image.objects.get().original_name == NAME


def test_a_story_from_a_mac_is_the_same_as_from_windows(tmp_path, paper, section, editor):
    for name in "Bão số 3", unicodedata.normalize("NFD", "Bão số 3"):
        path = tmp_path / name
        path.mkdir()
        (path / "story.html").write_text(HEAD, encoding="utf-8")
        (outcome,) = take_in(path, by=editor)

    assert outcome.result == "unchanged"
    assert Article.objects.get().source_key == "Bão số 3"
