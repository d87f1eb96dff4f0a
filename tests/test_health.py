"""What a server says of itself: /healthz, that it lives; /readyz, that it can serve, or why not."""

import os
import threading
import time
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from newsroom import health
from newsroom.storage import StaticStorage, manifest_of


@pytest.fixture(autouse=True)
def _asked_anew(monkeypatch):
    """Each test has the answer of its own moment."""
    monkeypatch.setattr(health, "_kept", health.KeptAnswer(health._problems))


def ready() -> tuple[int, str]:
    health._kept = health.KeptAnswer(health._problems)
    response = Client().get("/readyz")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    return response.status_code, response.content.decode()


@pytest.mark.parametrize("what", ["", "newsroom.sqlite3", "newsroom.sqlite3-wal"])
def test_a_database_file_that_cannot_be_written_is_told(db, monkeypatch, tmp_path, what):
    """Asked of the system, which root passes but for a disk that is read-only."""
    for name in ("newsroom.sqlite3", "newsroom.sqlite3-wal"):
        (tmp_path / name).touch()
    file = {"NAME": str(tmp_path / "newsroom.sqlite3")}
    there = SimpleNamespace(vendor="sqlite", settings_dict=file)
    asked = os.access
    with monkeypatch.context() as patched:
        patched.setattr(health, "connection", there)
        assert health._database_file() == []
        patched.setattr(
            os, "access", lambda path, mode: path != tmp_path / what and asked(path, mode)
        )
        assert health._database_file() == ["the database's file, or its folder, cannot be written"]


def without_database(monkeypatch) -> None:
    def fail() -> None:
        raise DatabaseError("no route to host, password secret")

    monkeypatch.setattr(health, "_clocks_apart", fail)


def test_a_server_that_has_what_it_needs_is_ready(db):
    assert ready() == (200, "ok\n")


def test_a_process_that_answers_is_alive_whatever_is_away(monkeypatch):
    """Without the database, which this test has no leave to ask."""
    without_database(monkeypatch)
    response = Client().get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response.headers["Cache-Control"] == "no-store"


def test_a_server_without_its_database_is_not_ready(db, monkeypatch):
    without_database(monkeypatch)
    assert ready() == (503, "the database cannot be reached\n")


@pytest.mark.parametrize(
    ("ahead", "status"), [(-260, 503), (-200, 200), (0, 200), (200, 200), (260, 503), (90_000, 503)]
)
def test_a_clock_that_differs_from_the_databases_is_told(db, monkeypatch, ahead, status):
    monkeypatch.setattr(health, "_clocks_apart", lambda: timedelta(milliseconds=ahead))

    found, text = ready()
    assert found == status
    assert ("clock" in text) is (status == 503)


def test_the_databases_clock_is_this_machines_in_tests(db):
    assert abs(health._clocks_apart()) < timedelta(milliseconds=50)


def test_a_slow_answer_is_not_taken_for_a_wrong_clock():
    asked = timezone.now()
    answered = asked + timedelta(seconds=3)

    for moment in (asked, asked + timedelta(seconds=1), answered):
        assert health._outside(moment, asked, answered) == timedelta()
    assert health._outside(answered + timedelta(seconds=1), asked, answered) == timedelta(seconds=1)
    assert health._outside(asked - timedelta(seconds=1), asked, answered) == timedelta(seconds=-1)


def test_a_database_that_lacks_migrations_is_told(db):
    MigrationRecorder(connection).record_unapplied("articles", "0001_initial")
    assert ready() == (503, "the database lacks migrations: articles.0001_initial\n")


def test_an_empty_database_is_told(db, monkeypatch):
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda self: {})
    status, text = ready()
    assert status == 503
    assert "articles.0001_initial" in text


def test_old_code_beside_a_database_that_is_newer_is_ready(db):
    MigrationRecorder(connection).record_applied("articles", "9999_of_tomorrow")
    assert ready()[0] == 200


def test_a_squashed_migration_is_there_when_all_that_it_replaces_are(db, monkeypatch):
    squashed = {("articles", "0001_squashed"): {("articles", "0001_initial")}}
    monkeypatch.setattr(health, "_migrations", lambda: squashed)
    assert ready()[0] == 200
    squashed["articles", "0001_squashed"].add(("articles", "0002_other"))
    assert ready()[0] == 503


@pytest.fixture
def static_files(tmp_path, monkeypatch) -> Path:
    """Hashed static files in a folder of their own, as in production, not collected yet."""
    monkeypatch.setattr(staticfiles_storage, "_wrapped", StaticStorage(location=tmp_path))
    return tmp_path


def test_static_files_that_are_not_collected_are_told(db, static_files):
    status, text = ready()
    assert status == 503
    assert "collectstatic" in text


def test_static_files_that_were_deleted_are_told(db, static_files):
    names = {health.STATIC_FILE: "site/site.0123456789ab.css"}
    staticfiles_storage.hashed_files = names
    assert ready()[0] == 503
    (static_files / "site").mkdir()
    (static_files / names[health.STATIC_FILE]).touch()
    assert ready()[0] == 200


def collect(folder: Path) -> None:
    """The site's own files only; the editor's take a while."""
    editor = ["ckeditor", "admin", "js_asset"]
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=editor)
    # A server that starts now.
    staticfiles_storage._wrapped = StaticStorage(location=folder)


def test_collecting_makes_ready(db, static_files):
    collect(static_files)
    assert ready()[0] == 200


def test_old_and_new_code_collect_beside_each_other(static_files, monkeypatch):
    """Each has its own list of names, so an old process that starts again finds its files."""
    collect(static_files)
    old = staticfiles_storage.stored_name(health.STATIC_FILE)
    with monkeypatch.context() as new_release:
        new_release.setattr(StaticStorage, "manifest_name", manifest_of("/srv/releases/new"))
        assert StaticStorage(location=static_files).hashed_files == {}
    assert StaticStorage(location=static_files).stored_name(health.STATIC_FILE) == old


def test_a_folder_of_pictures_that_cannot_be_written_is_told(db, monkeypatch, tmp_path):
    (tmp_path / "uploads").touch()
    monkeypatch.setattr(health, "default_storage", FileSystemStorage(tmp_path / "uploads"))
    assert ready() == (503, "the folder of the pictures cannot be written\n")
    monkeypatch.setattr(health, "default_storage", FileSystemStorage(tmp_path / "not" / "yet"))
    assert ready()[0] == 200


def test_a_bucket_that_is_away_is_told(db, monkeypatch):
    def refuse(name: str) -> bool:
        raise ConnectionError("key AKIA secret")

    monkeypatch.setattr(health, "default_storage", SimpleNamespace(exists=refuse))
    assert ready() == (503, "the bucket of the pictures refuses to answer\n")
    monkeypatch.setattr(health, "default_storage", SimpleNamespace(exists=lambda name: False))
    assert ready()[0] == 200


def test_a_bucket_that_is_silent_is_not_waited_for(db, monkeypatch):
    asked, speak = [], threading.Event()

    def silent(name: str) -> bool:
        asked.append(name)
        return speak.wait(30)

    monkeypatch.setattr(health, "default_storage", SimpleNamespace(exists=silent))
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    try:
        for _n in range(3):
            assert ready() == (503, "the bucket of the pictures does not answer\n")
        assert len(asked) == 1
    finally:
        speak.set()


def test_a_disk_that_is_nearly_full_is_told(db, monkeypatch):
    monkeypatch.setattr(health, "LEAST_FREE", 10**18)
    status, text = ready()
    assert status == 503
    assert text.endswith("MB are free in VAR_DIR\n")


def test_all_reasons_are_told(db, monkeypatch):
    without_database(monkeypatch)
    monkeypatch.setattr(health, "LEAST_FREE", 10**18)
    assert ready()[1].count("\n") == 2


def test_asking_often_asks_the_database_once(db, django_assert_num_queries):
    ready()
    with django_assert_num_queries(0):
        for _n in range(50):
            assert Client().get("/readyz").status_code == 200


def test_one_asks_and_the_others_have_the_last_answer():
    begun, go_on = threading.Event(), threading.Event()

    def ask() -> list[str]:
        begun.set()
        go_on.wait(30)
        return ["new"]

    kept = health.KeptAnswer(ask)
    kept._found, kept._at = ["old"], time.monotonic() - health.KEPT - 1
    answers = []
    asker = threading.Thread(target=lambda: answers.append(kept.problems()))
    asker.start()
    assert begun.wait(30)
    assert kept.problems() == ["old"]
    kept._at -= health.STUCK
    assert kept.problems() == ["the last check has not ended"]
    go_on.set()
    asker.join(30)
    assert answers == [["new"]] == [kept.problems()]
