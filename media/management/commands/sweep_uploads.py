"""manage.py sweep_uploads [--dry-run]"""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from media import sweeping


class Command(BaseCommand):
    help = (
        "Removes stored picture files that nothing needs any more: what uploads left that died, "
        "after a day, and files that were replaced or whose picture was deleted, after a week. "
        "Reports pictures whose files are missing. It may run while the site serves."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only tell what would go")

    def handle(self, *, dry_run: bool, **options: object) -> None:
        found = list(sweeping.orphans(timezone.now()))
        if not dry_run:
            sweeping.remove(found)
        for orphan in found:
            self.stdout.write(orphan.name)
        self.stdout.write(f"{len(found)} files {'would be' if dry_run else 'were'} removed")
        for lost in sweeping.missing():
            self.stderr.write(f"picture {lost.image_id}: {lost.name} is missing in the storage")
