"""The whole circle of a backup: from this database to a file, into another, and all is the same."""

import gzip
import hashlib
import json
import os
import subprocess
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from articles.models import Article, Category, Record
from articles.publishing import workflow
from media import library
from media.models import Image, OldFile, Rendition
from newsroom.backups import counters
from newsroom.backups.tables import all_tables
from tests import pictures
from tests.backups import KEY, Installation, all_rows, of_the_test, on_postgres, on_sqlite
from tests.storages import stored_bytes, stored_names

pytestmark = pytest.mark.django_db(transaction=True)

# Where a backup of this run's database goes, from one installation to the next.
ROUTES = [["sqlite"]]
if "postgres" in os.environ.get("DATABASE_URL", ""):
    ROUTES = [["postgresql"], ["sqlite", "postgresql"]]


@pytest.fixture
def newsroom(settings, tmp_path) -> Installation:
    return of_the_test(settings, tmp_path / "own")


@pytest.fixture
def everything(newsroom, request) -> Installation:
    """A newsroom in which everything has happened that a table keeps."""
    names = "paper part forum_report scheduled withdrawn corrected editor reporter make_picture"
    cast = {name: request.getfixturevalue(name) for name in names.split()}
    workflow.publish(cast["forum_report"], by=cast["editor"])
    image = cast["make_picture"](
        by=cast["reporter"], caption="Tàu về bến “Cửa Tra”\n\t\\ \u2028 🐟"
    )
    library.replace_picture(image, pictures.png((60, 40), 1), "new.png", by=cast["editor"])
    cast["make_picture"](by=cast["reporter"]).delete()
    # Its id was given, and the highest row no longer says so.
    Category.objects.create(name="Gone", slug="gone", position=9).delete()
    moment = datetime(2026, 11, 27, 23, 59, 59, 123457, tzinfo=UTC)
    Article.objects.filter(pk=cast["forum_report"].pk).update(created_at=moment)
    details = {"đổi": [1, 2.5, None, True, {"trong": '"\\u0000"'}], "số": 10**15}
    story = Article.objects.first()
    person = {"by_id": cast["editor"].pk, "by_name": "Bích Thủy"}
    Record.objects.create(at=moment, verb="x", story=story, headline="h", details=details, **person)
    type_ = ContentType.objects.get_for_model(Image)
    LogEntry.objects.create(user=cast["editor"], content_type=type_, action_flag=ADDITION)
    SessionStore().create()
    return newsroom


@pytest.mark.parametrize("route", ROUTES, ids=" then ".join)
def test_everything_comes_back_on_the_other_side(everything, tmp_path, route):
    before, ids = all_rows(), last_ids(connection)
    files = {name: stored_bytes(name) for name in stored_names()}
    assert OldFile.objects.count() > Image.objects.count() > 5

    at = everything
    with ExitStack() as stack:
        for number, kind in enumerate(route):
            file, var = tmp_path / f"{number}.tar", tmp_path / f"restored-{number}"
            assert at.manage("backup", file).status == 0
            at = on_sqlite(var) if kind == "sqlite" else stack.enter_context(on_postgres(var))
            restored = at.manage("restore", file)
            assert (restored.status, restored.complained) == (0, "")
            assert "5 stories, 6 versions, 8 pictures, 3 people" in restored.said

        with at.opened() as other:
            assert other.vendor == route[-1]
            assert all_rows("other") == before
            assert {
                table: last for table, last in last_ids(other).items() if last < ids[table]
            } == {}
            later = Category.objects.using("other").create(name="Later", slug="later", position=9)
            assert later.pk == ids["articles_category"] + 1
        uploads = at.var / "uploads"
        found = {str(path.relative_to(uploads)): path for path in uploads.rglob("*.*")}
        assert {name: path.read_bytes() for name, path in found.items()} == files
        # The desk has nothing to prepare: the next migrate finds all in place.
        assert at.manage("migrate").status == 0
        with at.opened():
            assert all_rows("other")["auth_group"] == before["auth_group"]


def last_ids(connection) -> dict[str, int]:
    return {table.name: counters.last_given(table, connection) for table in all_tables()}


def test_the_file_is_one_that_usual_tools_open(everything, tmp_path):
    file = tmp_path / "paper.tar"
    everything.manage("backup", file)
    subprocess.run(["tar", "-xf", file, "-C", tmp_path], check=True)

    sums = (tmp_path / "SHA256SUMS").read_text().splitlines()
    for line in sums:
        sha256, name = line.split("  ")
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == sha256
    named = {*Image.objects.values_list("file", flat=True)}
    named |= {*Rendition.objects.values_list("file", flat=True)}
    named |= {*OldFile.objects.values_list("name", flat=True)}
    assert {line.split("  uploads/")[1] for line in sums if "  uploads/" in line} == named
    rows = gzip.decompress((tmp_path / "rows/articles_article/000001.jsonl.gz").read_bytes())
    assert "Corrected yesterday" in [json.loads(row)["headline"] for row in rows.splitlines()]
    assert (tmp_path / "paper.tar").stat().st_mode & 0o777 == 0o600


def test_all_tables_of_the_database_are_in_it(everything, tmp_path):
    file = tmp_path / "paper.tar"
    everything.manage("backup", file)
    manifest = subprocess.run(
        ["tar", "-xOf", file, "manifest.json"], check=True, capture_output=True
    )

    tables = set(connection.introspection.table_names())
    assert set(json.loads(manifest.stdout)["tables"]) == tables - {"django_migrations"}


def test_standard_output_gets_the_same(everything, tmp_path):
    everything.manage("backup", tmp_path / "1.tar")
    piped = everything.manage("backup", "-")

    assert piped.status == 0
    assert "8 pictures" in piped.complained
    assert (everything.var / "said").stat().st_size == (tmp_path / "1.tar").stat().st_size
    piped_file = (everything.var / "said").rename(tmp_path / "2.tar")
    checked = everything.manage("restore", "--check", piped_file)
    assert "The backup is whole: 5 stories, 6 versions, 8 pictures" in checked.said


def test_another_secret_key_is_told(everything, tmp_path):
    everything.manage("backup", tmp_path / "1.tar")
    other = on_sqlite(tmp_path / "other")
    same = other.manage("restore", "--check", tmp_path / "1.tar")
    assert "log in" not in same.said

    from_elsewhere = replace(other, secret_key=KEY[::-1]).manage("restore", tmp_path / "1.tar")
    assert "another SECRET_KEY, so everybody must log in again" in from_elsewhere.said
