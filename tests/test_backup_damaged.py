"""What is not a whole backup is refused with a sentence, before anything is touched."""

import gzip
import hashlib
import io
import json
import re
import tarfile
from collections.abc import Callable
from contextlib import closing, nullcontext
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article
from newsroom.backups import BackupError, writing
from newsroom.backups.archive import Archive, Damaged
from newsroom.backups.checking import Backup
from newsroom.backups.manifest import NAME, TABLES
from tests.backups import all_rows, of_the_test
from tests.storages import stored_names

pytestmark = pytest.mark.django_db
Members = dict[str, bytes]
ARTICLES = "rows/articles_article/000001.jsonl.gz"
# PostgreSQL's numbers are known, SQLite is asked.
ARTICLES_TOO_LARGE = r"a number that is too large|as it was"
PEOPLE = "rows/auth_user/000001.jsonl.gz"


@pytest.fixture
def whole(settings, tmp_path, make_story, make_picture) -> Path:
    """A backup of a small newsroom, which then goes on."""
    of_the_test(settings, tmp_path / "own")
    make_picture()
    make_story("In the backup")
    # Of the test's own transaction, which no other connection sees.
    with patch.object(writing, "snapshot", lambda: nullcontext(connection)):
        call_command("backup", tmp_path / "whole.tar")
    make_story("After it")
    return tmp_path / "whole.tar"


def refused(file: Path) -> str:
    """The sentence with which a file is refused; nothing may be touched."""
    before = all_rows(), stored_names()
    with pytest.raises(CommandError) as refusal:
        call_command("restore", file, replace=True)
    assert (all_rows(), stored_names()) == before
    return str(refusal.value)


def members_of(file: Path) -> Members:
    with file.open("rb") as opened, closing(Archive(opened)) as found:
        return {member.name: b"".join(found.read(member)) for member in found.members}


def written(file: Path, members: Members | list[tuple[str, bytes]]) -> Path:
    """An archive of these members with a list that agrees, made by other means than ours."""
    pairs = list(members.items() if isinstance(members, dict) else members)
    sums = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in pairs]
    out = io.BytesIO()
    tar = tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT)  # noqa: SIM115
    for name, data in [*pairs, ("SHA256SUMS", "".join(sums).encode())]:
        tar.addfile(named(name, mtime=1, size=len(data)), io.BytesIO(data))
    file.write_bytes(out.getvalue()[: tar.offset] + bytes(1024))
    return file


def named(name: str, **attributes: object) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    for attribute, value in {"mode": 0o600, **attributes}.items():
        setattr(member, attribute, value)
    return member


def test_whole_it_is_taken(whole):
    members = members_of(whole)
    call_command("restore", written(whole, members), replace=True)
    assert [article.headline for article in Article.objects.all()] == ["In the backup"]


def test_one_bit_or_a_missing_end_is_seen_wherever_it_is(whole):
    data = whole.read_bytes()

    @settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.integers(0, len(data) - 1), st.integers(0, 7))
    def flipped(position, bit):
        damaged = bytearray(data)
        damaged[position] ^= 1 << bit
        with pytest.raises(BackupError, match=r"\w{2}.*\."):
            Backup(io.BytesIO(damaged), connection)

    @settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.integers(0, len(data) - 1))
    def cut(end):
        with pytest.raises(Damaged, match=r"cut short|not a backup|does not end"):
            Backup(io.BytesIO(data[:end]), connection)

    with closing(Backup(io.BytesIO(data), connection)):
        flipped()
        cut()


@pytest.mark.parametrize("place", [0, 0.3, 0.6, 0.9, 1])
def test_a_damaged_one_touches_nothing(whole, place):
    data = bytearray(whole.read_bytes())
    data[int(place * (len(data) - 1))] ^= 1
    whole.write_bytes(data)
    assert "backup" in (sentence := refused(whole)) or "file" in sentence


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "not a backup"),
        (b"PGDMP" * 1000, "not a backup"),
        (bytes(20_000), "not a backup"),
        (gzip.compress(b"x" * 2000, mtime=0), "gunzip"),
    ],
)
def test_what_is_no_backup(whole, data, sentence):
    whole.write_bytes(data)
    assert sentence in refused(whole)


def test_what_lies_behind_it(whole):
    whole.write_bytes(whole.read_bytes() + b"\0")
    assert "does not end" in refused(whole)


@pytest.mark.parametrize(
    "member",
    [
        named("../../etc/passwd"),
        named("/etc/passwd"),
        named("uploads/../../evil.jpg"),
        named("uploads//evil.jpg"),
        named("uploads\\evil.jpg"),
        named("uploads/./evil.jpg"),
        named("uploads/evil\n.jpg"),
        named("uploads/link.jpg", type=tarfile.SYMTYPE, linkname="/etc/passwd"),
        named("uploads/link.jpg", type=tarfile.LNKTYPE, linkname="/etc/passwd"),
        named("uploads/device", type=tarfile.CHRTYPE),
        named("uploads/folder", type=tarfile.DIRTYPE),
        named("manifest.json", mode=0o4755),
        named("manifest.json", uname="root"),
    ],
    ids=lambda member: f"{member.name!r} {member.type}",
)
def test_what_else_a_tar_may_hold(whole, member):
    with tarfile.open(whole, "w", format=tarfile.USTAR_FORMAT) as tar:
        tar.addfile(member, io.BytesIO())
    assert "not a backup" in refused(whole)


def test_a_name_that_leads_elsewhere_after_good_members(whole):
    members = members_of(whole) | {"uploads/../../evil.jpg": b"evil"}
    assert "damaged at byte" in refused(written(whole, members))


def test_a_size_that_no_file_has(whole):
    whole.write_bytes(named("manifest.json", mtime=1, size=8**11 - 1).tobuf() + b"{}")
    assert "cut short" in refused(whole)


def test_a_member_twice(whole):
    pairs = [*members_of(whole).items()]
    assert "twice" in refused(written(whole, [*pairs, pairs[-1]]))


def test_a_list_that_names_another_member_or_sum(whole):
    members = members_of(whole)
    data = written(whole, members).read_bytes()
    name = next(name for name in members if name.startswith("uploads/"))
    whole.write_bytes(data.replace(f"  {name}".encode(), f"  {name[::-1]}".encode()))
    assert "is not as it was written" in refused(whole)


@pytest.mark.parametrize("name", [NAME, TABLES, PEOPLE, ARTICLES])
def test_a_member_that_is_not_there(whole, name):
    members = members_of(whole)
    del members[name]
    written(whole, members)
    if name.startswith("rows/"):
        assert f"does not hold all rows of {name.split('/')[1]}" in refused(whole)
    else:
        assert f"not a backup of this newsroom: it has no {name}" in refused(whole)


def test_a_part_that_is_not_there(whole):
    members = members_of(whole)
    members[ARTICLES.replace("1", "2")] = members.pop(ARTICLES)
    assert "does not hold all rows of articles_article" in refused(written(whole, members))


@pytest.mark.parametrize("name", ["evil.sh", "uploads/evil.html", "rows/auth_user/evil", "rows/x"])
def test_a_member_that_no_backup_has(whole, name):
    assert "holds what no backup" in refused(written(whole, members_of(whole) | {name: b"evil"}))


def change(whole: Path, name: str, how: Callable[[bytes], bytes]) -> Path:
    members = members_of(whole)
    packed = name.endswith(".gz")
    data = how(gzip.decompress(members[name]) if packed else members[name])
    return written(whole, members | {name: gzip.compress(data, mtime=0) if packed else data})


@pytest.mark.parametrize(
    ("name", "how", "sentence"),
    [
        (NAME, lambda data: b"{", "manifest.json cannot be read"),
        (NAME, lambda data: b"[]", "manifest.json cannot be read"),
        (NAME, lambda data: b"{}", "manifest.json cannot be read"),
        (NAME, lambda data: b"[" * 100_000, "manifest.json cannot be read"),
        (NAME, lambda data: b"\xff", "manifest.json cannot be read"),
        (NAME, lambda data: data.replace(b'"taken"', b'"token"'), "manifest.json cannot be read"),
        (NAME, lambda data: data.replace(b'"taken": "2', b'"taken": "x'), "manifest.json cannot"),
        (NAME, lambda data: data.replace(b'"format": 1', b'"format": 2'), "has format 2"),
        (NAME, lambda data: data.replace(b'+00:00"', b'"'), "manifest.json cannot be read"),
        (NAME, lambda data: json.dumps(json.loads(data) | {"migrations": 1}).encode(), "cannot be"),
        (
            NAME,
            lambda data: json.dumps(json.loads(data) | {"code": 1, "tables": 1}).encode(),
            "tables are not",
        ),
        (TABLES, lambda data: data.replace(b": 0", b": Infinity"), "tables.json cannot be read"),
        (
            TABLES,
            lambda data: data.replace(b'"last_id": 0', b'"last_id": %d' % 10**30),
            "as it was",
        ),
        (TABLES, lambda data: b"null", "tables.json cannot be read"),
        (TABLES, lambda data: b"{}", "tables.json cannot be read"),
        (PEOPLE, lambda data: b"nonsense\n", "auth_user: a row cannot be read"),
        (PEOPLE, lambda data: b"[1, 2]\n", "does not have the columns"),
        (PEOPLE, lambda data: data.replace(b'"username"', b'"nickname"'), "have the columns"),
        (PEOPLE, lambda data: data.replace(b'"id":', b'"id":"x'), "a row cannot be read"),
        (PEOPLE, lambda data: data.replace(b'"date_joined":"', b'"date_joined":"x'), "cannot be"),
        (ARTICLES, lambda data: data.replace(b'"owner_id":', b'"owner_id":99'), "as it was"),
        (ARTICLES, lambda data: data.replace(b'"draft"', b"null"), "as it was"),
        (ARTICLES, lambda data: data.replace(b'"id":', b'"id":9' + b"9" * 30), ARTICLES_TOO_LARGE),
        (ARTICLES, lambda data: data.replace(b'"In the', b'"In the\\ud800'), "as it was"),
        (ARTICLES, lambda data: data + data, "does not hold all rows of articles_article"),
    ],
)
def test_what_a_member_may_not_say(whole, name, how, sentence):
    assert re.search(sentence, refused(change(whole, name, how)))


def test_rows_that_are_not_packed(whole):
    members = members_of(whole) | {ARTICLES: b"not packed"}
    assert f"{ARTICLES} in the backup cannot be read" in refused(written(whole, members))


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        (lambda names: [*names, "articles.0999_later"], "another version .* articles.0999_later"),
        (
            lambda names: [name for name in names if not name.startswith("media.")],
            r"an older version .*media.0001_initial and \d+ more",
        ),
    ],
)
def test_another_version_of_the_code(whole, how, sentence):
    def other(data: bytes) -> bytes:
        manifest = json.loads(data)
        manifest["migrations"] = how(manifest["migrations"])
        return json.dumps(manifest).encode()

    found = refused(change(whole, NAME, other))
    assert re.search(sentence, found)
    version = r"Install the version of \d{4}-\d\d-\d\d(, commit [0-9a-f]{12})?; restore with it"
    assert re.search(version, found)


def test_other_tables_under_the_same_migrations(whole):
    found = refused(change(whole, NAME, lambda data: data.replace(b'"lede"', b'"load"')))
    assert "tables are not those of this code" in found
