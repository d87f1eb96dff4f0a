"""What stands first in a backup: what it is of, so that nobody has to guess."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Self

from django.contrib.auth.models import User
from django.utils.crypto import salted_hmac

from articles.models import Article, Publication
from media.models import Image

from . import BackupError, migrations
from .tables import Table

NAME = "manifest.json"
TABLES = "tables.json"
ROWS = "rows"
UPLOADS = "uploads"
FORMAT = 1

# What an operator counts, one and several.
COUNTED = {
    Article: ("story", "stories"),
    Publication: ("version", "versions"),
    Image: ("picture", "pictures"),
    User: ("person", "people"),
}


@dataclass(frozen=True)
class Manifest:
    """A backup's own words about itself."""

    format: int
    taken: str
    database: str
    code: str
    migrations: list[str]
    tables: dict[str, list[str]]
    secret_key: str

    @classmethod
    def of(cls, tables: Iterable[Table], *, taken: datetime, database: str) -> Self:
        return cls(
            format=FORMAT,
            taken=taken.isoformat(timespec="seconds"),
            database=database,
            code=migrations.commit(),
            migrations=migrations.known(),
            tables={table.name: table.columns for table in tables},
            secret_key=key_mark(),
        )

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Raises BackupError for what this code does not know."""
        try:
            fields = json.loads(data)
            if fields["format"] != FORMAT:
                raise BackupError(
                    f"The backup has format {fields['format']}, this code reads {FORMAT}: restore it "
                    "with the version of the newsroom that made it."
                )
            names = [str(name) for name in fields["migrations"]]
            manifest = cls(**fields | {"migrations": names, "code": str(fields["code"])})
            if datetime.fromisoformat(manifest.taken).tzinfo is None:
                raise ValueError("a time without its zone")
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise BackupError(f"The backup's manifest.json cannot be read ({error}).") from error
        return manifest

    def write(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    def refuse_other_code(self, tables: Iterable[Table]) -> None:
        """Raises BackupError where the code's tables are not those of the backup."""
        theirs, ours = set(self.migrations), set(migrations.known())
        if newer := theirs - ours:
            raise BackupError(
                f"The backup was made by another version of the newsroom, which has {_some(newer)}. "
                f"{self._way_out}"
            )
        if older := ours - theirs:
            raise BackupError(
                f"The backup was made by an older version of the newsroom, before {_some(older)}. "
                f"{self._way_out}"
            )
        if self.tables != {table.name: table.columns for table in tables}:
            raise BackupError(
                "The backup's tables are not those of this code, though its migrations are. "
                f"{self._way_out}"
            )

    @property
    def _way_out(self) -> str:
        commit = f", commit {self.code[:12]}" if self.code else ""
        return f"Install the version of {self.taken[:10]}{commit}; restore with it, then upgrade."


def piece_name(table: Table, number: int) -> str:
    """The member that holds the rows of a table, or the first, second, … part of them."""
    return f"{ROWS}/{table.name}/{number:06}.jsonl.gz"


def key_mark() -> str:
    """Tells whether two installations have the same SECRET_KEY, and not which."""
    return salted_hmac("newsroom.backups", "SECRET_KEY", algorithm="sha256").hexdigest()


def figures(counts: dict[str, int]) -> str:
    """Rows by table as an operator counts them: "12 stories, 40 pictures, 7 people"."""
    parts = []
    for model, (one, several) in COUNTED.items():
        count = counts[model._meta.db_table]
        parts.append(f"{count} {one if count == 1 else several}")
    return ", ".join(parts)


def some(names: list[str]) -> str:
    """The first of many names, for a sentence."""
    return ", ".join(names[:10]) + (", …" if len(names) > 10 else "")


def _some(names: set[str]) -> str:
    first, *others = sorted(names)
    return f"{first} and {len(others)} more" if others else first
