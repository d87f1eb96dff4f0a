"""manage.py seed_stories --count N"""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.management.seeding import seed_stories


class Command(BaseCommand):
    help = "Makes made-up stories for measurements, published, spread over sections and years."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--count", type=int, default=1000)

    def handle(self, *, count: int, **options: object) -> None:
        for made in seed_stories(count, at=timezone.now()):
            self.stdout.write(f"{made} of {count}")
