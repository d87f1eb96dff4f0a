"""Every text of the interface has a Vietnamese translation: `python -m tests.translations`.

With --update it brings locale/vi/LC_MESSAGES/django.po up to date with the code first, and compiles it.
Compiled files are committed, so that an installation needs no gettext.

Where Django's own Vietnamese is not what a newsroom says, the catalogue holds another translation of
Django's text; such an entry, which no code of ours would keep, is commented "Django's own text".
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import django
import polib
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "locale" / "vi" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
SOURCES = ["articles", "media", "newsroom", "templates"]
DJANGOS_OWN = "Django's own text"


def extract(folder: Path) -> polib.POFile:
    """The texts that stand in the code, merged with their translations.

    From a copy of the sources in `folder`: makemessages writes beside what it reads.
    """
    for name in SOURCES:
        ignore = shutil.ignore_patterns("static", "__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=ignore)
    copy = folder / PO.relative_to(ROOT)
    copy.parent.mkdir(parents=True)
    shutil.copy(PO, copy)
    os.chdir(folder)
    try:
        with django.test.override_settings(LOCALE_PATHS=[str(folder / "locale")]):
            call_command(
                "makemessages", locale=["vi"], no_obsolete=True, add_location="file", verbosity=0
            )
    finally:
        os.chdir(ROOT)
    catalogue = polib.pofile(str(copy), wrapwidth=98)
    catalogue.metadata.pop("POT-Creation-Date", None)
    catalogue.extend(_djangos_own(catalogue))
    return catalogue


def _djangos_own(catalogue: polib.POFile) -> list[polib.POEntry]:
    """The entries for Django's texts, which makemessages drops since our code does not have them."""
    ours = {(entry.msgctxt, entry.msgid) for entry in catalogue}
    return [
        entry
        for entry in polib.pofile(str(PO), wrapwidth=98)
        if entry.comment == DJANGOS_OWN and (entry.msgctxt, entry.msgid) not in ours
    ]


def complaints(catalogue: polib.POFile) -> list[str]:
    """What keeps the translation from being complete, one line each."""
    lines = [f"not translated: {entry.msgid!r}" for entry in catalogue.untranslated_entries()]
    lines += [f"only guessed: {entry.msgid!r}" for entry in catalogue.fuzzy_entries()]
    if not MO.exists() or polib.mofile(str(MO)) != compiled(catalogue):
        lines.append("locale/vi is not compiled from the latest texts: run `make messages`")
    return lines


def compiled(catalogue: polib.POFile) -> polib.MOFile:
    """The catalogue as Django would read it."""
    with tempfile.NamedTemporaryFile(suffix=".mo") as file:
        catalogue.save_as_mofile(file.name)
        return polib.mofile(file.name)


def main(*, update: bool) -> int:
    """Check the catalogue; returns the process's exit status."""
    with tempfile.TemporaryDirectory() as folder:
        catalogue = extract(Path(folder))
    if update:
        catalogue.save(str(PO))
        catalogue.save_as_mofile(str(MO))
    problems = complaints(catalogue)
    sys.stdout.write("".join(f"{line}\n" for line in problems))
    sys.stdout.write(f"{len(catalogue)} texts, {len(problems)} problems\n")
    return 1 if problems else 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    os.environ.setdefault("DEBUG", "1")
    django.setup()
    import django.test

    sys.exit(main(update="--update" in sys.argv))
