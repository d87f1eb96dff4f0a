"""manage.py import_story PATH… [--publish] [--section SLUG] [--by USERNAME]"""

from argparse import ArgumentParser
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from articles.importers.stories import Outcome, import_stories
from articles.models import Category
from articles.publishing import access
from articles.rules.permissions import Role
from articles.text import plain_line


class Command(BaseCommand):
    help = (
        "Takes in story folders (or zip files) that hold a story.html and its pictures, as drafts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--publish", action="store_true", help="put the stories on the site, too"
        )
        parser.add_argument("--section", metavar="SLUG", help="instead of the one that they name")
        parser.add_argument(
            "--by", metavar="USERNAME", help="who owns and approves them; else a managing editor"
        )

    def handle(self, *, paths: list[Path], publish: bool, **options: object) -> None:
        by = _person(options["by"])
        section = _section(options["section"])
        refused = 0
        for outcome in import_stories(paths, by=by, section=section, publish=publish):
            refused += outcome.result == "refused"
            self.stdout.write(_line(outcome))
        if refused:
            raise CommandError(
                f"{len(paths) - refused} came in, {refused} did not: the lines above say why."
            )


def _person(username: str | None) -> access.User:
    people = get_user_model().objects.filter(is_active=True).order_by("pk")
    if username:
        person = people.filter(username=username).first()
        if person is None or access.role_of(person) is None:
            raise CommandError(f"{username} is nobody of the desk. Name another with --by.")
        return person
    for person in people.filter(is_staff=True):
        if access.role_of(person) is Role.MANAGING_EDITOR:
            return person
    raise CommandError("There is no managing editor yet. Say whose stories they are with --by.")


def _section(slug: str | None) -> Category | None:
    if not slug:
        return None
    section = Category.objects.filter(slug=slug).first()
    if section is None:
        slugs = ", ".join(Category.objects.values_list("slug", flat=True))
        raise CommandError(f"There is no section {slug}. Sections are: {slugs or 'none'}.")
    return section


def _line(outcome: Outcome) -> str:
    line = f"{outcome.path.name or outcome.path}: {outcome.result}"
    if outcome.published:
        line += ", published"
    # A name that is no text to the disk cannot be printed.
    return plain_line(f"{line}. {outcome.sentence}" if outcome.sentence else line)
