"""Where a backup is written: whole or not at all, readable by its owner only, never over another."""

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest
from django.conf import settings as project
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from media.models import Image, OldFile
from newsroom.backups.archive import Writer
from tests.backups import Installation, of_the_test, on_sqlite

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def newsroom(settings, tmp_path, make_picture) -> Installation:
    newsroom = of_the_test(settings, tmp_path / "own")
    make_picture()
    return newsroom


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


def refused(*words: object, **options: object) -> str:
    with pytest.raises(CommandError) as refusal:
        call_command(*words, **options)
    return str(refusal.value)


def test_only_its_owner_may_read_it(newsroom, folder):
    call_command("backup", folder / "1.tar")
    assert [path.name for path in folder.iterdir()] == ["1.tar"]
    assert (folder / "1.tar").stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_stays_unless_it_is_asked(newsroom, folder):
    call_command("backup", folder / "1.tar")
    yesterdays = (folder / "1.tar").stat().st_ino
    assert "say --overwrite" in refused("backup", folder / "1.tar")
    assert (folder / "1.tar").stat().st_ino == yesterdays

    call_command("backup", folder / "1.tar", overwrite=True)
    assert (folder / "1.tar").stat().st_ino != yesterdays
    call_command("restore", folder / "1.tar", check=True)


def test_nothing_but_an_earlier_backup_is_replaced(newsroom, folder):
    with closing(sqlite3.connect(folder / "live.sqlite3")) as live:
        live.execute("CREATE TABLE story (id)")
    (folder / "empty").touch()
    with tarfile.open(folder / "other.tar", "w") as other:
        other.addfile(tarfile.TarInfo("manifest.json"))
    os.mkfifo(folder / "pipe")
    before = {path.name: path.stat().st_ino for path in folder.iterdir()}
    for name in before:
        for overwrite in (False, True):
            sentence = refused("backup", folder / name, overwrite=overwrite)
            assert "no backup" in sentence
            assert "--overwrite" not in sentence
    assert {path.name: path.stat().st_ino for path in folder.iterdir()} == before


def test_a_file_that_appears_meanwhile_stays(newsroom, folder):
    finish = Writer.finish

    def slower(writer):
        (folder / "1.tar").write_text("another's")
        return finish(writer)

    with patch.object(Writer, "finish", slower):
        assert "is there already" in refused("backup", folder / "1.tar")
    assert [path.read_text() for path in folder.iterdir()] == ["another's"]


@pytest.mark.parametrize("name", ["", "no/folder/1.tar"])
def test_what_is_no_place_for_a_file(newsroom, folder, name):
    assert "folder" in refused("backup", folder / name)
    assert list(folder.iterdir()) == []


def test_readers_could_fetch_it_there(newsroom, settings):
    uploads = Path(settings.MEDIA_ROOT)
    uploads.mkdir(parents=True, exist_ok=True)
    assert "open to readers" in refused("backup", uploads / "1.tar")


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_takes_no_more_leaves_nothing(newsroom, folder, fault):
    add = Writer.add

    def full(writer, name, *rest):
        if name.startswith("uploads/"):
            raise OSError(fault, os.strerror(fault))
        add(writer, name, *rest)

    with patch.object(Writer, "add", full):
        sentence = refused("backup", folder / "1.tar")
    assert sentence.startswith("No backup was made: ")
    assert os.strerror(fault) in sentence
    assert list(folder.iterdir()) == []


def test_a_folder_that_takes_nothing(newsroom, folder):
    with patch("tempfile.mkstemp", side_effect=PermissionError(13, "Permission denied")):
        assert "No backup was made: [Errno 13] Permission denied" in refused(
            "backup", folder / "1.tar"
        )


def test_killed_in_the_middle_there_is_no_file_of_that_name(newsroom, folder):
    # The process ends as kill -9 ends it, when it comes to the pictures.
    script = (
        "import os, signal, sys\n"
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "from newsroom.backups import writing\n"
        "writing._add_files = lambda *args: os.kill(os.getpid(), signal.SIGKILL)\n"
        "call_command('backup', sys.argv[1])\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", script, folder / "1.tar"],
        env={**newsroom.environment, "DJANGO_SETTINGS_MODULE": "newsroom.settings"},
        cwd=project.BASE_DIR,
    )
    assert killed.returncode == -signal.SIGKILL
    assert [path.suffix for path in folder.iterdir()] == [".partial"]
    newsroom.manage("backup", folder / "1.tar")
    assert newsroom.manage("restore", "--check", folder / "1.tar").status == 0


def test_a_database_of_another_form_is_not_backed_up(tmp_path, folder):
    older = on_sqlite(tmp_path / "older")
    older.manage("migrate", "articles", "0001")
    tried = older.manage("backup", folder / "1.tar")
    assert tried.status == 1
    assert "run migrate first" in tried.complained
    assert list(folder.iterdir()) == []


def test_code_that_is_older_than_the_database_says_what_it_leaves_out(newsroom, folder):
    MigrationRecorder(connection).record_applied("articles", "9999_of_tomorrow")
    sentence = refused("backup", folder / "1.tar")
    assert sentence.startswith("The backup is written, but by code that is older")
    assert "articles.9999_of_tomorrow" in sentence
    call_command("restore", folder / "1.tar", check=True)
    MigrationRecorder(connection).record_unapplied("articles", "9999_of_tomorrow")
    call_command("backup", folder / "2.tar")


def test_no_database_is_a_sentence(tmp_path, folder):
    nowhere = Installation(tmp_path / "var", f"postgresql://nobody@/none?host={tmp_path}")
    for command in ("backup", "restore"):
        (folder / "restore").touch()
        tried = nowhere.manage(command, folder / command)
        assert tried.status == 1
        assert tried.complained.startswith("CommandError: No")
        assert "Traceback" not in tried.complained


class TestMissingFiles:
    """A stored file is not there, or cannot be read: the rest is saved, and it is told."""

    @pytest.fixture
    def lost(self, newsroom) -> str:
        name = Image.objects.get().file.name
        default_storage.delete(name)
        return name

    def test_the_backup_is_written_and_the_command_fails(self, lost, folder):
        sentence = refused("backup", folder / "1.tar")
        assert (
            f"The backup is written, but files of pictures could not be read (1): {lost}."
            in sentence
        )

    def test_restoring_it_says_so_too(self, newsroom, lost, folder, tmp_path):
        newsroom.manage("backup", folder / "1.tar")
        restored = on_sqlite(tmp_path / "restored").manage("restore", folder / "1.tar")
        assert restored.status == 0
        assert f"could not be read when it was made (1): {lost}." in restored.complained

    def test_a_file_that_cannot_be_read_is_one_too(self, newsroom, folder):
        name = Image.objects.get().file.name
        opened = default_storage.open

        def unreadable(wanted, *args):
            if wanted == name:
                raise OSError(errno.EIO, "Input/output error")
            return opened(wanted, *args)

        with patch.object(default_storage._wrapped, "open", unreadable):
            assert name in refused("backup", folder / "1.tar")
        call_command("restore", folder / "1.tar", check=True)

    def test_an_old_file_may_have_gone(self, newsroom, folder):
        OldFile.objects.create(name="ab/gone.jpg", image_id=1)
        call_command("backup", folder / "1.tar")
