"""How a backup is put back: its files, then all its rows in one transaction."""

import os
from collections.abc import Iterator
from itertools import islice

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from . import BackupError, counters, migrations
from .checking import Backup
from .files import put_back
from .manifest import COUNTED, figures
from .tables import Table, all_tables

_ROWS_AT_ONCE = 100


def refuse_unfit(connection: BaseDatabaseWrapper, *, replace: bool) -> None:
    """Raises BackupError where a database is not one to restore into."""
    if migrations.waiting(connection):
        if _holds_something(connection):
            raise BackupError(
                "The database does not have the form that this code knows: run migrate first."
            )
    elif not replace:
        _refuse_full(connection)


def restore(backup: Backup, connection: BaseDatabaseWrapper, *, replace: bool) -> None:
    """Put a backup back; with `replace` in the place of all that the database holds.

    Until its end nothing that was there before is changed: the files have names of their own, and
    the rows come in one transaction.
    """
    if migrations.waiting(connection):
        # It is empty, or a restore that migrated it was stopped.
        call_command("migrate", interactive=False, verbosity=0)
    for name, sha256, pieces in backup.files():
        put_back(name, sha256, pieces)
    # The rows that name the files must not outlive a power cut that these do not.
    os.sync()
    try:
        with transaction.atomic(using=connection.alias):
            _lock(backup.tables, connection)
            if not replace:
                _refuse_full(connection)
            for table in backup.tables:
                _empty(table, connection)
            for table in backup.tables:
                fill(table, backup.rows(table), connection)
            connection.check_constraints()
            for table in backup.tables:
                counters.never_again(table, backup.last_id(table), connection)
    except (DatabaseError, ValueError, OverflowError) as error:
        # The latter are what a driver says to a number or text that no database has.
        busy = " Is the server stopped?" if isinstance(error, OperationalError) else ""
        raise BackupError(
            f"The database refused the backup, and is as it was: {error}.{busy}"
        ) from error
    ContentType.objects.clear_cache()


def _holds_something(connection: BaseDatabaseWrapper) -> bool:
    """Whether there are stories, pictures or people, in whatever form the tables are."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for name in there.intersection(model._meta.db_table for model in COUNTED):
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(name)} LIMIT 1")  # noqa: S608
            if cursor.fetchone():
                return True
    return False


def _refuse_full(connection: BaseDatabaseWrapper) -> None:
    counts = {
        table.name: models.QuerySet(table.model, using=connection.alias).count()
        for table in all_tables()
        if table.model in COUNTED
    }
    if any(counts.values()):
        raise BackupError(
            f"The database holds {figures(counts)}. To put the backup in their place, make a backup "
            "of them, stop the server, and say --replace."
        )


def _lock(tables: list[Table], connection: BaseDatabaseWrapper) -> None:
    """Nobody writes meanwhile; on SQLite the transaction has begun with that."""
    if connection.vendor == "postgresql":
        names = ", ".join(connection.ops.quote_name(table.name) for table in tables)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '20s'")
            cursor.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")


def _empty(table: Table, connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(table.name)}")  # noqa: S608


def fill(table: Table, rows: Iterator[list[object]], connection: BaseDatabaseWrapper) -> None:
    """Write rows into a table, past save() and signals, some at a time."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(column) for column in table.columns)
    values = ", ".join(["%s"] * len(table.columns))
    statement = f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({values})"  # noqa: S608
    with connection.cursor() as cursor:
        while some := list(islice(rows, _ROWS_AT_ONCE)):
            cursor.executemany(statement, some)
