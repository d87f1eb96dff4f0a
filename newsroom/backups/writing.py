"""How a backup is made: the rows as they stood at one moment, then the files that they name."""

import gzip
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from . import BackupError, counters, migrations
from .archive import Writer, begins_with
from .files import NamedFiles, taken_out
from .manifest import NAME, TABLES, UPLOADS, Manifest, piece_name
from .snapshot import snapshot
from .tables import Table, all_tables

_PIECE = 1024 * 1024


@dataclass
class Written:
    """What went into a backup. `missing`: files that rows name and nobody could read; `unknown`:
    the database's migrations that this code does not know, so that what they added is left out.
    """

    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    missing: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    size: int = 0


def write(out: BinaryIO) -> Written:
    """Write a backup of the installation to a file that need not be seekable.

    The rows come from one snapshot. Their files are read after it, while the desk goes on: a stored
    file never changes, and one that is let go stays for a week (media.sweeping).
    """
    written = Written()
    with ExitStack() as stack:
        named = stack.enter_context(closing(NamedFiles()))
        with snapshot() as connection:
            if migrations.waiting(connection):
                raise BackupError(
                    "The database does not have the form that this code knows: run migrate first, "
                    "or make the backup with the code that the site runs."
                )
            written.unknown = migrations.unknown(connection)
            now = timezone.now()
            archive = stack.enter_context(closing(Writer(out, when=int(now.timestamp()))))
            tables = all_tables()
            manifest = Manifest.of(tables, taken=now, database=connection.vendor)
            _add(archive, NAME, manifest.write())
            for table in tables:
                written.rows[table.name] = _add_rows(archive, table, connection, named)
            ends = {
                table.name: {
                    "rows": written.rows[table.name],
                    "last_id": counters.last_given(table, connection),
                }
                for table in tables
            }
            _add(archive, TABLES, json.dumps(ends, indent=1).encode())
        _add_files(archive, named, written)
        written.size = archive.finish()
    return written


@contextmanager
def new_file(path: Path, *, overwrite: bool) -> Iterator[BinaryIO]:
    """A file that appears under its name when the block has ended well, and whole.

    Only its owner may read it: it holds password hashes and logins.
    """
    _refuse_place(path, overwrite=overwrite)
    handle, unfinished = tempfile.mkstemp(
        dir=path.parent, prefix=f"{path.name}.", suffix=".partial"
    )
    try:
        with open(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _refuse_place(path, overwrite=overwrite)
        os.replace(unfinished, path)
    except BaseException:
        os.unlink(unfinished)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _refuse_place(path: Path, *, overwrite: bool) -> None:
    if path.is_dir():
        raise BackupError(f"{path} is a folder: name a file in it.")
    if not path.parent.is_dir():
        raise BackupError(f"There is no folder {path.parent}.")
    if path.exists():
        if not begins_with(path, NAME):
            raise BackupError(f"{path} is there already, and no backup: name another file.")
        if not overwrite:
            raise BackupError(f"{path} is there already: name another file, or say --overwrite.")
    for served in (settings.MEDIA_ROOT, settings.STATIC_ROOT):
        if path.resolve().is_relative_to(Path(served).resolve()):
            raise BackupError(f"{served} is open to readers: keep backups elsewhere.")


def _add(archive: Writer, name: str, data: bytes) -> None:
    archive.add(name, len(data), [data])


def _add_rows(
    archive: Writer, table: Table, connection: BaseDatabaseWrapper, named: NamedFiles
) -> int:
    """Add a table's rows; returns how many. They go in pieces, so that few are in memory."""
    count = number = size = 0
    lines: list[bytes] = []
    for row in table.rows(connection.alias):
        named.add(table.files(row))
        lines.append(table.line(row))
        count, size = count + 1, size + len(lines[-1])
        if size >= _PIECE:
            number += 1
            _add(archive, piece_name(table, number), _packed(lines))
            lines, size = [], 0
    if lines:
        _add(archive, piece_name(table, number + 1), _packed(lines))
    return count


def _packed(lines: list[bytes]) -> bytes:
    return gzip.compress(b"".join(lines), 6, mtime=0)


def _add_files(archive: Writer, named: NamedFiles, written: Written) -> None:
    for name, must in named:
        with ExitStack() as stack:
            try:
                file, size = stack.enter_context(taken_out(name))
            except OSError:
                if must:
                    written.missing.append(name)
                continue
            archive.add(f"{UPLOADS}/{name}", size, iter(partial(file.read, _PIECE), b""))
            written.files += 1
