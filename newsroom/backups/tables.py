"""The rows of all tables as lines of JSON that mean the same on SQLite and on PostgreSQL.

Values go between row and line as they are, past save(), signals and managers. The tables are found
by walking the models of all apps, so that those that come later are carried unasked.
"""

import base64
import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cached_property

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.duration import duration_string

from media.models import OldFile

from . import BackupError

# A row may hold a long text.
_ROWS_AT_ONCE = 100


@dataclass(frozen=True)
class Table:
    """A table, as the model that it belongs to describes it."""

    model: type[models.Model]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @cached_property
    def fields(self) -> list[models.Field]:
        """What its rows hold; not what the database computes from it."""
        return [field for field in self.model._meta.local_concrete_fields if not field.generated]

    @cached_property
    def columns(self) -> list[str]:
        return [field.column for field in self.fields]

    def rows(self, using: str) -> Iterator[tuple[object, ...]]:
        """All rows of a database, in the order of their keys, few of them at once in memory."""
        rows = models.QuerySet(self.model, using=using).order_by("pk")
        return rows.values_list(*(field.attname for field in self.fields)).iterator(_ROWS_AT_ONCE)

    def line(self, row: Sequence[object]) -> bytes:
        """A row as a line of JSON."""
        named = dict(zip(self.columns, row, strict=True))
        text = json.dumps(named, ensure_ascii=False, separators=(",", ":"), default=_plain)
        return f"{text}\n".encode()

    def values(self, line: bytes, connection: BaseDatabaseWrapper) -> list[object]:
        """A line's values as a database takes them. Raises BackupError for what it would not take."""
        try:
            named = json.loads(line)
            if not isinstance(named, dict) or list(named) != self.columns:
                raise BackupError(f"{self.name}: a row does not have the columns of the table.")
            values = [
                field.to_python(value)
                for field, value in zip(self.fields, named.values(), strict=True)
            ]
            for field, value in zip(self.fields, values, strict=True):
                self._refuse_misfit(field, value, named, connection)
            return [
                field.get_db_prep_save(value, connection)
                for field, value in zip(self.fields, values, strict=True)
            ]
        except (ValueError, TypeError, ValidationError, RecursionError) as error:
            raise BackupError(f"{self.name}: a row cannot be read ({error}).") from error

    def files(self, row: Sequence[object]) -> Iterator[tuple[str, bool]]:
        """The names of stored files that a row holds, and whether they must be there."""
        for field, value in zip(self.fields, row, strict=True):
            if value and isinstance(field, models.FileField):
                yield str(value), True
            elif field.model is OldFile and field.name == "name":
                yield str(value), False

    def _refuse_misfit(
        self,
        field: models.Field,
        value: object,
        named: dict[str, object],
        connection: BaseDatabaseWrapper,
    ) -> None:
        """SQLite takes what PostgreSQL does not: that is said before anything is written."""
        if connection.vendor != "postgresql" or value is None:
            return
        problem = _misfit(field, value, connection)
        if problem:
            key = named[self.model._meta.pk.column]
            raise BackupError(
                f"{self.name}, row {key}: PostgreSQL does not take what {field.column} holds, {problem}. "
                "Correct it in the newsroom that the backup was made of, and make a new one."
            )


def all_tables() -> list[Table]:
    """The tables of all apps, those between two models included."""
    found = apps.get_models(include_auto_created=True)
    return [Table(model) for model in found if model._meta.managed and not model._meta.proxy]


def _plain(value: object) -> str:
    """What JSON has no form of, in the form that the field's to_python reads."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_string(value)
    if isinstance(value, Decimal | uuid.UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    raise TypeError(f"no form is known for a {type(value).__name__}")


def _misfit(field: models.Field, value: object, connection: BaseDatabaseWrapper) -> str:
    if any("\0" in text for text in _texts(value)):
        return "a NUL character"
    kind = field.target_field if field.remote_field else field
    longest = kind.max_length if isinstance(kind, models.CharField | models.FileField) else None
    if longest is not None and isinstance(value, str) and len(value) > longest:
        return f"more than {longest} characters"
    if isinstance(value, int) and isinstance(kind, models.IntegerField):
        low, high = connection.ops.integer_field_range(kind.get_internal_type())
        if not low <= value <= high:
            return "a number that is too large"
    return ""


def _texts(value: object) -> Iterator[str]:
    """The texts in a value, and inside those of a JSON field."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, dict):
        yield from value
        for part in value.values():
            yield from _texts(part)
