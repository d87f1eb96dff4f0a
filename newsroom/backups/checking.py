"""Reading a backup to its end before anything is done with it."""

import gzip
import io
import json
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from itertools import count
from typing import BinaryIO

from django.db.backends.base.base import BaseDatabaseWrapper

from .archive import Archive, Damaged, Member
from .files import NamedFiles
from .manifest import NAME, TABLES, UPLOADS, Manifest, key_mark, piece_name
from .tables import Table, all_tables


class Backup:
    """A backup that is whole, of this version of the code, and fit for a database.

    Opening it raises BackupError, with the reason, for anything else. `counts`: rows by table;
    `missing`: files that rows name and the backup does not hold.
    """

    def __init__(self, file: BinaryIO, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection
        self._archive = Archive(file)
        try:
            self.tables = all_tables()
            self.manifest = Manifest.read(self._whole(NAME))
            self.manifest.refuse_other_code(self.tables)
            self._ends = self._read_ends()
            self._check_contents()
        except BaseException:
            self.close()
            raise

    @property
    def taken(self) -> datetime:
        return datetime.fromisoformat(self.manifest.taken)

    @property
    def of_this_key(self) -> bool:
        """Whether it was made under the SECRET_KEY that is set now."""
        return self.manifest.secret_key == key_mark()

    def rows(self, table: Table) -> Iterator[list[object]]:
        """The values of a table's rows as the database takes them."""
        for line in self._lines(table):
            yield table.values(line, self._connection)

    def last_id(self, table: Table) -> int:
        """The last id that the table gave."""
        return self._ends[table.name][1]

    def files(self) -> Iterator[tuple[str, str, Iterator[bytes]]]:
        """Name, SHA-256 and bytes of each stored file."""
        for member in self._archive.members.inside(UPLOADS):
            name = member.name.removeprefix(f"{UPLOADS}/")
            yield name, member.sha256, self._archive.read(member)

    def close(self) -> None:
        self._archive.close()

    def _check_contents(self) -> None:
        """Each row can be read, each file is named by a row, and nothing else is in it."""
        self.counts: dict[str, int] = {}
        members, known = self._archive.members, 2
        with closing(NamedFiles()) as named:
            for table in self.tables:
                self.counts[table.name] = 0
                for row in self.rows(table):
                    named.add(table.files(row))
                    self.counts[table.name] += 1
                if self.counts[table.name] != self._ends[table.name][0]:
                    raise Damaged(f"The backup does not hold all rows of {table.name}.")
                known += sum(1 for _piece in self._pieces(table))
            for member in members.inside(UPLOADS):
                known += member.name.removeprefix(f"{UPLOADS}/") in named
            if known != len(members):
                raise Damaged("The backup holds what no backup of this newsroom has.")
            self.missing = [
                name for name, must in named if must and not members.get(f"{UPLOADS}/{name}")
            ]

    def _read_ends(self) -> dict[str, tuple[int, int]]:
        """How many rows each table had, and the last id that it gave."""
        try:
            ends = json.loads(self._whole(TABLES))
            return {
                table.name: (int(ends[table.name]["rows"]), int(ends[table.name]["last_id"]))
                for table in self.tables
            }
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
            raise Damaged(f"The backup's {TABLES} cannot be read ({error}).") from error

    def _pieces(self, table: Table) -> Iterator[Member]:
        for number in count(1):
            member = self._archive.members.get(piece_name(table, number))
            if member is None:
                return
            yield member

    def _lines(self, table: Table) -> Iterator[bytes]:
        for member in self._pieces(table):
            packed = io.BytesIO(b"".join(self._archive.read(member)))
            try:
                with gzip.open(packed) as lines:
                    yield from lines
            except (OSError, EOFError, zlib.error) as error:
                raise Damaged(f"{member.name} in the backup cannot be read ({error}).") from error

    def _whole(self, name: str) -> bytes:
        member = self._archive.members.get(name)
        if member is None:
            raise Damaged(f"The file is not a backup of this newsroom: it has no {name}.")
        return b"".join(self._archive.read(member))
