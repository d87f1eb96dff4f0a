"""manage.py render_publications [--after ID]"""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from articles.publishing.publications import render_again


class Command(BaseCommand):
    help = (
        "Renders again the publications that older code or templates rendered, while the site "
        "serves. It may be stopped at any time; it goes on where it is needed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--after", type=int, default=0, help="begin after this id")

    def handle(self, *, after: int, **options: object) -> None:
        count = 0
        for pk in render_again(after=after):
            count += 1
            if count % 100 == 0:
                self.stdout.write(f"{count} rendered; go on with --after {pk}")
        self.stdout.write(f"{count} rendered")
