"""Backups: the whole newsroom in one file, and back again, on either database.

`archive` is the file, which knows only names and bytes; `tables` are the rows as JSON, `counters`
the ids that were given. `writing` makes a backup, `checking` reads one, `restoring` puts it back.
"""


class BackupError(Exception):
    """A backup cannot be made or restored: a sentence for whoever asked."""
