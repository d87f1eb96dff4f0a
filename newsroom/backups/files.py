"""The stored files that rows name, in whatever storage they lie."""

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import default_storage

from . import BackupError

_IN_MEMORY = 8 * 1024 * 1024


class NamedFiles:
    """The names that rows hold, each once: in a temporary database, since they may be millions."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        self._database.execute(
            "CREATE TABLE named (name TEXT PRIMARY KEY, must INTEGER NOT NULL) WITHOUT ROWID"
        )

    def add(self, names: Iterable[tuple[str, bool]]) -> None:
        """Add names, each with whether its file must be there."""
        self._database.executemany(
            "INSERT INTO named VALUES (?, ?) ON CONFLICT DO UPDATE SET must = max(must, excluded.must)",
            names,
        )

    def __iter__(self) -> Iterator[tuple[str, bool]]:
        rows = self._database.execute("SELECT name, must FROM named ORDER BY name")
        return ((name, bool(must)) for name, must in rows)

    def __contains__(self, name: str) -> bool:
        rows = self._database.execute("SELECT 1 FROM named WHERE name = ?", [name])
        return rows.fetchone() is not None

    def close(self) -> None:
        self._database.close()


@contextmanager
def taken_out(name: str) -> Iterator[tuple[BinaryIO, int]]:
    """A copy of a stored file, and its size. Raises OSError where it is missing or unreadable."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
        try:
            with default_storage.open(name) as file:
                for piece in file.chunks():
                    _keep(copy, piece)
        except (SuspiciousFileOperation, ValueError) as error:
            raise FileNotFoundError(f"{name!r} is not the name of a stored file") from error
        size = copy.tell()
        copy.seek(0)
        yield copy, size


def _keep(copy: BinaryIO, piece: bytes) -> None:
    try:
        copy.write(piece)
    except OSError as error:
        folder = tempfile.gettempdir()
        raise BackupError(f"There is no room for temporary files in {folder}: {error}") from error


def put_back(name: str, sha256: str, pieces: Iterable[bytes]) -> None:
    """Store a file under its name, unless it is there already, whole.

    Raises BackupError where the storage does not take it.
    """
    try:
        if default_storage.exists(name):
            if _is_whole(name, sha256):
                return
            # A disk's fault, or what a stopped restore left: a name means one content only.
            default_storage.delete(name)
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
            for piece in pieces:
                _keep(copy, piece)
            copy.seek(0)
            stored = default_storage.save(name, File(copy, name))
    except BackupError:
        raise
    except Exception as error:  # each kind of storage has errors of its own
        raise BackupError(f"The file {name} could not be stored: {error}") from error
    if stored != name:
        raise BackupError(f"The file {name} could not be stored under its name.")


def _is_whole(name: str, sha256: str) -> bool:
    try:
        with default_storage.open(name) as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False
