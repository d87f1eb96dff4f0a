"""The last id that each table gave. Ids stand in public addresses: none is ever given again.

The highest row is not enough: the story that had the last id may be deleted.
"""

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from .tables import Table


def last_given(table: Table, connection: BaseDatabaseWrapper) -> int:
    """The last id that a table gave, 0 before the first or if it gives none."""
    field = table.model._meta.auto_field
    if field is None:
        return 0
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
            row = cursor.fetchone()
            return row[0] if row else 0
        # The name comes back quoted where it must be.
        sequence = _sequence(table, field, connection)
        cursor.execute(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608
        last, is_called = cursor.fetchone()
        return last if is_called else last - 1


def never_again(table: Table, last: int, connection: BaseDatabaseWrapper) -> None:
    """From now on a table gives only ids above `last`, its rows', and those that it gave before."""
    field = table.model._meta.auto_field
    if field is None:
        return
    rows = models.QuerySet(table.model, using=connection.alias)
    highest = rows.aggregate(models.Max(field.attname))[f"{field.attname}__max"] or 0
    last = max(last, highest, last_given(table, connection))
    if not last:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(%s, %s)", [_sequence(table, field, connection), last])
            return
        cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last, table.name])
        if not cursor.rowcount:
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, last]
            )


def _sequence(table: Table, field: models.Field, connection: BaseDatabaseWrapper) -> str:
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(table.name)
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [name, field.column])
        return cursor.fetchone()[0]
