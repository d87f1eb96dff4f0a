"""A database that stands still while it is read, though the desk goes on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

ALIAS = "snapshot"


@contextmanager
def snapshot() -> Iterator[BaseDatabaseWrapper]:
    """A connection of its own that reads the database as it is now, to the end of the block.

    It locks nothing. On SQLite our other transactions take the writers' place in the queue as they
    begin; this one only reads (WAL).
    """
    connection = connections[DEFAULT_DB_ALIAS].copy(alias=ALIAS)
    connection.settings_dict["OPTIONS"].pop("transaction_mode", None)
    connections[ALIAS] = connection
    try:
        with transaction.atomic(using=ALIAS), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            # The first look takes the snapshot.
            connection.introspection.table_names(cursor)
            yield connection
    finally:
        connection.close()
        del connections[ALIAS]
