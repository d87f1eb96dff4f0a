"""manage.py backup FILE [--overwrite]"""

import sqlite3
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, no_translations
from django.db import DatabaseError
from django.template.defaultfilters import filesizeformat

from newsroom.backups import BackupError
from newsroom.backups.manifest import figures, some
from newsroom.backups.writing import Written, new_file, write


class Command(BaseCommand):
    help = (
        "Writes everything that the newsroom holds, database and pictures, into one tar file, as it "
        "stands at one moment; the site and the desk go on meanwhile. The file is there when it is "
        "whole. It holds password hashes: keep it where only you can read it."
    )

    # What else may be wrong with the installation is no reason not to.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a new file, or - for standard output")
        parser.add_argument(
            "--overwrite", action="store_true", help="replace FILE if it is an earlier backup"
        )

    @no_translations
    def handle(self, *, file: str, overwrite: bool, **options: object) -> None:
        try:
            written = self._write(file, overwrite=overwrite)
        except BackupError as error:
            raise CommandError(str(error)) from error
        except (DatabaseError, OSError, sqlite3.Error) as error:
            raise CommandError(f"No backup was made: {error}") from error
        except KeyboardInterrupt:
            raise CommandError("Stopped: no backup was made.", returncode=130) from None
        self.stderr.write(
            f"{figures(written.rows)}; {written.files} files; {filesizeformat(written.size)}"
        )
        if written.missing or written.unknown:
            raise CommandError("\n".join(_left_out(written)))

    def _write(self, file: str, *, overwrite: bool) -> Written:
        if file != "-":
            with new_file(Path(file), overwrite=overwrite) as out:
                return write(out)
        if sys.stdout.isatty():
            raise BackupError("- is for a pipe or a redirection; here, name a file.")
        written = write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return written


def _left_out(written: Written) -> Iterator[str]:
    if written.unknown:
        yield (
            "The backup is written, but by code that is older than the database, so without what these "
            f"migrations added: {some(written.unknown)}. Make another with the code that ran migrate."
        )
    if written.missing:
        yield (
            f"The backup is written, but files of pictures could not be read ({len(written.missing)}): "
            f"{some(written.missing)}. Look for them in an older backup; sweep_uploads --dry-run tells "
            "whose they are."
        )
