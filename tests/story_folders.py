"""Story folders and zip files as people send them, for the tests of the import."""

import zipfile
from pathlib import Path

from articles.importers.stories import Outcome, import_stories
from tests import pictures

HEAD = '<!doctype html><meta charset="utf-8"><meta name="section" content="kinh-te"><h1>Tin</h1>'


def folder(place: Path, html: str, files: dict[str, bytes] | None = None) -> Path:
    """A folder with this story.html and these files, by their names."""
    place.mkdir(parents=True)
    for name, data in {"story.html": html.encode(), **(files or {})}.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(data)
    return place


def zipped(place: Path, html: str, files: dict[str, bytes] | None = None) -> Path:
    """A zip file of the same."""
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {"story.html": html.encode(), **(files or {})}.items():
            archive.writestr(name, data)
    return place


def photo(seed: int = 1) -> bytes:
    """A drawn photo."""
    return pictures.jpeg((320, 240), seed)


def take_in(*paths: Path, **how: object) -> list[Outcome]:
    """What becomes of each."""
    return list(import_stories(paths, **how))
