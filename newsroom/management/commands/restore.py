"""manage.py restore FILE [--check] [--replace]"""

import sqlite3
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils import timezone

from newsroom.backups import BackupError
from newsroom.backups.checking import Backup
from newsroom.backups.manifest import figures, some
from newsroom.backups.restoring import refuse_unfit, restore


class Command(BaseCommand):
    help = (
        "Puts a backup back: into an empty newsroom, on SQLite or PostgreSQL whichever it was made "
        "on, or with --replace in the place of everything that is there. The file is read to its end "
        "before anything is changed; a damaged one is refused."
    )

    # What else may be wrong with the installation is no reason not to.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="what manage.py backup has written")
        parser.add_argument(
            "--check", action="store_true", help="only read it, and tell whether it is whole"
        )
        parser.add_argument(
            "--replace", action="store_true", help="throw away all that the newsroom holds now"
        )

    def handle(self, *, file: str, check: bool, replace: bool, **options: object) -> None:
        try:
            with _opened(file) as opened:
                self._restore(opened, check=check, replace=replace)
        except BackupError as error:
            raise CommandError(str(error)) from error
        except (DatabaseError, OSError, sqlite3.Error) as error:
            raise CommandError(f"Nothing was restored: {error}") from error
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped: what the newsroom held is as it was. It can be begun again.",
                returncode=130,
            ) from None

    def _restore(self, file: BinaryIO, *, check: bool, replace: bool) -> None:
        if not check:
            refuse_unfit(connection, replace=replace)
        self.stdout.write("Reading the file to its end …")
        with closing(Backup(file, connection)) as backup:
            if not check:
                self.stdout.write("It is whole. Putting it back …")
                restore(backup, connection, replace=replace)
            self._report(backup, "The backup is whole" if check else "Restored")

    def _report(self, backup: Backup, done: str) -> None:
        taken = timezone.localtime(backup.taken)
        self.stdout.write(f"{done}: {figures(backup.counts)}, as of {taken:%d/%m/%Y %H:%M}.")
        if not backup.of_this_key:
            self.stdout.write(
                "It was made under another SECRET_KEY, so everybody must log in again."
            )
        if backup.missing:
            self.stderr.write(
                f"Files of pictures that could not be read when it was made ({len(backup.missing)}): "
                f"{some(backup.missing)}."
            )


def _opened(file: str) -> BinaryIO:
    if file == "-" or not Path(file).is_file():
        raise BackupError(
            f"{file} is not a file. A backup is read to its end before anything is changed, so it "
            "must lie in a file, not come from a pipe."
        )
    return open(file, "rb")
