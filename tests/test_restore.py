"""What a restore does to the newsroom that is there: nothing by accident, and nothing by half."""

import re
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.db.models.signals import post_save, pre_save
from django.test import Client

from articles.models import Article, Category
from newsroom.backups import counters, restoring
from tests.backups import Installation, all_rows, of_the_test, on_sqlite
from tests.conftest import PASSWORD
from tests.storages import stored_bytes, stored_names

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def newsroom(settings, tmp_path) -> Installation:
    return of_the_test(settings, tmp_path / "own")


@pytest.fixture
def file(newsroom, tmp_path, published, make_picture) -> Path:
    """A backup of a newsroom that has a story on the site and a picture."""
    make_picture()
    call_command("backup", tmp_path / "1.tar")
    return tmp_path / "1.tar"


def refused(*words: object, **options: object) -> str:
    before = all_rows()
    with pytest.raises(CommandError) as refusal:
        call_command(*words, **options)
    assert all_rows() == before
    return str(refusal.value)


def test_a_newsroom_with_stories_is_left_alone(file):
    assert "The database holds 1 story, 1 version, 1 picture, 2 people." in refused("restore", file)
    Article.objects.all()
    assert "say --replace" in refused("restore", file)


def test_one_in_which_somebody_begins_meanwhile_is_left_alone(file):
    with patch("newsroom.management.commands.restore.refuse_unfit"):
        assert "say --replace" in refused("restore", file)


def test_with_replace_it_is_as_it_was(file, make_story, make_picture, editor, client):
    before = all_rows()
    Category.objects.update(name="Renamed")
    make_picture()
    later = make_story("After the backup")
    said = []
    for signal in (pre_save, post_save):
        signal.connect(lambda **sent: said.append(sent), weak=False, dispatch_uid="here")

    call_command("restore", file, replace=True)

    for signal in (pre_save, post_save):
        signal.disconnect(dispatch_uid="here")
    assert said == []
    assert all_rows() == before
    # The address of what was there for a while never becomes another story's.
    assert make_story("The next").pk > later.pk
    assert client.get("/kinh-te/").status_code == 200


def test_everybody_can_log_in_and_work(file, make_story, editor):
    call_command("restore", file, replace=True)
    client = Client()
    assert client.login(username="editor", password=PASSWORD)
    assert client.get("/admin/articles/article/").status_code == 200
    assert Group.objects.filter(name="Editor").count() == 1


def test_a_database_that_needs_migrating_is_told_so(file, tmp_path):
    older = on_sqlite(tmp_path / "older")
    older.manage("migrate", "articles", "0001")
    older.manage("migrate", "auth")
    with older.opened() as database:
        User.objects.using(database.alias).create(username="somebody")
    assert "run migrate first" in older.manage("restore", file).complained


def test_a_restore_that_was_stopped_while_it_migrated_is_begun_again(file, tmp_path):
    stopped = on_sqlite(tmp_path / "stopped")
    stopped.manage("migrate", "articles", "0001")
    assert "Restored: 1 story" in stopped.manage("restore", file).said


def test_ctrl_c_is_a_sentence(file, tmp_path):
    before = all_rows()
    for step, command in (
        ("writing.Writer.finish", partial(call_command, "backup", tmp_path / "2.tar")),
        ("restoring.fill", partial(call_command, "restore", file, replace=True)),
    ):
        with (
            patch(f"newsroom.backups.{step}", side_effect=KeyboardInterrupt),
            pytest.raises(CommandError, match="^Stopped: ") as told,
        ):
            command()
        assert told.value.returncode == 130
    assert all_rows() == before
    assert not (tmp_path / "2.tar").exists()


def test_a_database_in_which_nothing_is_may_be_migrated_already(file, tmp_path):
    migrated = on_sqlite(tmp_path / "migrated")
    migrated.manage("migrate")
    assert "Restored: 1 story" in migrated.manage("restore", file).said


def test_looking_at_it_touches_nothing(file, capsys, tmp_path):
    before = all_rows()
    call_command("restore", file, check=True)
    assert all_rows() == before
    assert re.search(r"The backup is whole: 1 story, 1 version, 1 picture, 2 people, as of \d\d/", (
        capsys.readouterr().out
    ))  # fmt: skip


@pytest.mark.parametrize("name", ["-", "no/file.tar", "."])
def test_what_is_no_file(file, name):
    assert "must lie in a file" in refused("restore", name, replace=True)


class TestStopped:
    """Something fails on the way: the rows are as they were, and a second run goes through."""

    def test_at_the_last_step(self, file):
        with patch.object(counters, "never_again", side_effect=OperationalError("it is gone")):
            assert "refused the backup, and is as it was: it is gone" in refused(
                "restore", file, replace=True
            )
        call_command("restore", file, replace=True)

    def test_where_the_storage_takes_nothing(self, file):
        for name in stored_names():
            default_storage.delete(name)
        full = OSError(28, "No space left on device")
        with patch.object(default_storage._wrapped, "_save", side_effect=full):
            assert "could not be stored: [Errno 28]" in refused("restore", file, replace=True)

    def test_when_the_files_are_there(self, file):
        before = {name: stored_bytes(name) for name in stored_names()}
        for name in before:
            default_storage.delete(name)
        with patch.object(restoring, "fill", side_effect=OperationalError("locked")):
            assert "locked. Is the server stopped?" in refused("restore", file, replace=True)
        assert {name: stored_bytes(name) for name in stored_names()} == before


@pytest.mark.parametrize("fault", [lambda data: data[:9], lambda data: data[:-1] + b"x"])
def test_a_half_written_or_rotten_file_is_written_anew_and_a_whole_one_kept(file, fault):
    before = {name: stored_bytes(name) for name in stored_names()}
    bad, *good = sorted(before)
    default_storage.delete(bad)
    default_storage.save(bad, ContentFile(fault(before[bad])))
    save = default_storage.save

    with patch.object(default_storage._wrapped, "save", side_effect=save) as saved:
        call_command("restore", file, replace=True)

    assert [call.args[0] for call in saved.call_args_list] == [bad]
    assert {name: stored_bytes(name) for name in stored_names()} == before
