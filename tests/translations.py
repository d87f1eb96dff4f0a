"""Every text of the interface has a Vietnamese translation: `python -m tests.translations`.

With --update it brings locale/vi/LC_MESSAGES/django.po up to date with the code first, and compiles it.
Compiled files are committed, so that an installation needs no gettext.
"""

import os
import sys
import tempfile
from pathlib import Path

import django
import polib
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "locale" / "vi" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
IGNORED = [".venv/*", "var/*", "tests/*", "bench/*", "docs/*"]


def extract(folder: Path) -> polib.POFile:
    """The texts that stand in the code, merged with their translations, in a copy of the catalogue."""
    copy = folder / "vi" / "LC_MESSAGES" / "django.po"
    copy.parent.mkdir(parents=True)
    if PO.exists():
        copy.write_bytes(PO.read_bytes())
    with django.test.override_settings(LOCALE_PATHS=[str(folder)]):
        call_command(
            "makemessages",
            locale=["vi"],
            ignore_patterns=IGNORED,
            no_obsolete=True,
            add_location="file",
            verbosity=0,
        )
    return polib.pofile(str(copy), wrapwidth=98)


def complaints(catalogue: polib.POFile) -> list[str]:
    """What keeps the translation from being complete, one line each."""
    lines = [f"not translated: {entry.msgid!r}" for entry in catalogue.untranslated_entries()]
    lines += [f"only guessed: {entry.msgid!r}" for entry in catalogue.fuzzy_entries()]
    if not MO.exists() or polib.mofile(str(MO)) != _compiled(catalogue):
        lines.append("locale/vi is not compiled from the latest texts: run `make messages`")
    return lines


def _compiled(catalogue: polib.POFile) -> polib.MOFile:
    with tempfile.NamedTemporaryFile(suffix=".mo") as file:
        catalogue.save_as_mofile(file.name)
        return polib.mofile(file.name)


def main(*, update: bool) -> int:
    """Check the catalogue; returns the process's exit status."""
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        catalogue = extract(Path(folder))
    if update:
        PO.parent.mkdir(parents=True, exist_ok=True)
        catalogue.metadata.pop("POT-Creation-Date", None)
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
