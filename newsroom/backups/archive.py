"""The file: a tar with a list of all members' SHA-256 at its end, read only as it was written.

Whoever needs to can open it with tar, and check what came out with `sha256sum -c SHA256SUMS`. We
read it more strictly than tar does: plain members in their order, each header, each byte of padding
and the end exactly as they are written here. So one changed bit anywhere is seen, and what a tar
could hold besides (links, devices, names that lead elsewhere) is nothing that we know.
"""

import hashlib
import sqlite3
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from . import BackupError

SUMS = "SHA256SUMS"
_BLOCK = tarfile.BLOCKSIZE
_END = bytes(2 * _BLOCK)
_PIECE = 1024 * 1024
_GZIP = b"\x1f\x8b"


class Damaged(BackupError):
    """The file is not the whole backup that was written."""


@dataclass(frozen=True)
class Member:
    """A member of the file: where its bytes begin, and what they must be."""

    name: str
    start: int
    size: int
    sha256: str


class Members:
    """The members of a file, in order: in a temporary database, since they may be millions."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        self._database.execute(
            "CREATE TABLE member (position INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
            " start INTEGER NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL)"
        )

    def add(self, member: Member) -> None:
        try:
            self._database.execute(
                "INSERT INTO member (name, start, size, sha256) VALUES (?, ?, ?, ?)",
                (member.name, member.start, member.size, member.sha256),
            )
        except sqlite3.IntegrityError:
            raise Damaged(f"The file holds {member.name} twice.") from None

    def get(self, name: str) -> Member | None:
        return next(self._select("WHERE name = ?", name), None)

    def inside(self, folder: str) -> Iterator[Member]:
        """The members below a folder, in the order of the file."""
        # The first character after the slash.
        return self._select(
            "WHERE name >= ? AND name < ? ORDER BY position", f"{folder}/", f"{folder}0"
        )

    def __len__(self) -> int:
        return self._database.execute("SELECT count(*) FROM member").fetchone()[0]

    def __iter__(self) -> Iterator[Member]:
        return self._select("ORDER BY position")

    def close(self) -> None:
        self._database.close()

    def _select(self, rest: str, *values: str) -> Iterator[Member]:
        statement = f"SELECT name, start, size, sha256 FROM member {rest}"  # noqa: S608 (our own words)
        return (Member(*row) for row in self._database.execute(statement, values))


class Writer:
    """Writes an archive, from its first byte to its last, to a file that need not be seekable."""

    def __init__(self, out: BinaryIO, *, when: int) -> None:
        self._out, self._when, self._at = out, when, 0
        self._members = Members()

    def add(self, name: str, size: int, pieces: Iterable[bytes]) -> None:
        """Add a member of that many bytes. Raises BackupError for a name that no member may have."""
        try:
            header = _header(name, size, self._when)
        except ValueError:
            raise BackupError(f"{name!r} cannot be kept in a backup under this name.") from None
        self._write(header)
        start, digest = self._at, hashlib.sha256()
        for piece in pieces:
            digest.update(piece)
            self._write(piece)
        if self._at - start != size:
            raise BackupError(f"{name} changed while it was read.")
        self._write(bytes(-size % _BLOCK))
        self._members.add(Member(name, start, size, digest.hexdigest()))

    def finish(self) -> int:
        """Write the list and the end; returns how many bytes the archive has."""
        size = sum(len(_sum(member)) for member in self._members)
        self._write(_header(SUMS, size, self._when))
        for member in self._members:
            self._write(_sum(member))
        self._write(bytes(-size % _BLOCK) + _END)
        return self._at

    def close(self) -> None:
        self._members.close()

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._at += len(data)


class Archive:
    """An archive that was read to its end and found whole.

    Opening it raises Damaged, with the reason, for anything else.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.members = Members()
        try:
            self._check()
        except BaseException:
            self.close()
            raise

    def read(self, member: Member) -> Iterator[bytes]:
        """The member's bytes once more; Damaged at their end if they are no longer the same."""
        self._file.seek(member.start)
        digest = hashlib.sha256()
        for piece in self._pieces(member.name, member.size):
            digest.update(piece)
            yield piece
        if digest.hexdigest() != member.sha256:
            raise Damaged(f"The file changed while it was read, at {member.name}.")

    def close(self) -> None:
        self.members.close()

    def _check(self) -> None:
        when = None
        while True:
            name, size, when = self._head(when)
            if name == SUMS:
                break
            start, digest = self._file.tell(), hashlib.sha256()
            for piece in self._pieces(name, size):
                digest.update(piece)
            self._padding(name, size)
            self.members.add(Member(name, start, size, digest.hexdigest()))
        self._check_sums(size)
        self._padding(SUMS, size)
        if self._file.read(len(_END) + 1) != _END:
            raise Damaged("The file does not end where a backup ends.")

    def _head(self, when: int | None) -> tuple[str, int, int]:
        block = self._file.read(_BLOCK)
        first = when is None
        if first and block.startswith(_GZIP):
            raise Damaged("The file is compressed: unpack it with gunzip first.")
        with suppress(tarfile.HeaderError, ValueError):
            head = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
            moment = int(head.mtime) if first else when
            if block == _header(head.name, head.size, moment):
                return head.name, head.size, moment
        if first:
            raise Damaged("The file is not a backup of this newsroom.")
        if len(block) < _BLOCK:
            raise Damaged("The file is cut short: it ends in the middle.")
        raise Damaged(f"The file is damaged at byte {self._file.tell() - _BLOCK}.")

    def _check_sums(self, size: int) -> None:
        """The list names each member, in order, with its sum."""
        for member in self.members:
            line = _sum(member)
            if self._exactly(SUMS, min(len(line), size)) != line:
                raise Damaged(f"The file is damaged: {member.name} is not as it was written.")
            size -= len(line)
        if size:
            raise Damaged("The file is damaged: members that it should hold are not there.")

    def _pieces(self, name: str, size: int) -> Iterator[bytes]:
        while size:
            piece = self._exactly(name, min(size, _PIECE))
            size -= len(piece)
            yield piece

    def _padding(self, name: str, size: int) -> None:
        if any(self._exactly(name, -size % _BLOCK)):
            raise Damaged(f"The file is damaged after {name}.")

    def _exactly(self, name: str, size: int) -> bytes:
        data = self._file.read(size)
        if len(data) < size:
            raise Damaged(f"The file is cut short: it ends in the middle of {name}.")
        return data


def begins_with(path: Path, name: str) -> bool:
    """Whether a file begins as an archive of ours whose first member has this name."""
    if not path.is_file():
        return False
    with suppress(OSError, tarfile.HeaderError, ValueError), path.open("rb") as file:
        block = file.read(_BLOCK)
        head = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
        return block == _header(name, head.size, int(head.mtime))
    return False


def _header(name: str, size: int, when: int) -> bytes:
    """The one header that a member of this name and size has. Raises ValueError for other names."""
    parts = name.split("/")
    if not name.isprintable() or "\\" in name or {"", ".", ".."}.intersection(parts):
        raise ValueError(name)
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size, when, 0o600
    return info.tobuf(tarfile.USTAR_FORMAT, "utf-8", "strict")


def _sum(member: Member) -> bytes:
    return f"{member.sha256}  {member.name}\n".encode()
