"""Stored files that no row names: kept while they may be needed, then found and removed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.core.files.storage import default_storage

from media.files import NAME
from media.models import Image, OldFile, Rendition
from media.signals import picture_changed

# An upload stores its files before its rows; one that takes longer than this has died.
UPLOAD_TAKES = timedelta(days=1)
# How long a page from before, in a cache or an open tab, may show a file that has been replaced.
PAGES_LIVE = timedelta(days=7)


@dataclass(frozen=True)
class Orphan:
    """A stored file that may go. image_id: the picture whose file it was, where that is known."""

    name: str
    image_id: int | None


def remember_file(instance: Image | Rendition, **_sent: object) -> None:
    """A row that names a file was deleted: note since when nothing names it."""
    image_id = instance.pk if isinstance(instance, Image) else instance.image_id
    OldFile.objects.get_or_create(name=instance.file.name, defaults={"image_id": image_id})


def orphans(at: datetime) -> Iterator[Orphan]:
    """The files that may go: of uploads that died a day ago, and replaced or deleted a week ago."""
    for folder in sorted(_listed("", folders=True)):
        there = _ours(folder)
        old = {file.name: file for file in OldFile.objects.filter(name__startswith=f"{folder}/")}
        for name in sorted(there - _named(folder)):
            if name in old and at - old[name].since >= PAGES_LIVE:
                yield Orphan(name, old[name].image_id)
            elif name not in old and at - default_storage.get_modified_time(name) >= UPLOAD_TAKES:
                yield Orphan(name, None)


def missing() -> Iterator[Orphan]:
    """What rows name and the storage does not have, with the picture; there should be none."""
    masters = Image.objects.values_list("file", "pk")
    rows = Rendition.objects.values_list("file", "image_id").union(masters).order_by("file")
    for folder, named in groupby(rows.iterator(), key=lambda row: row[0].partition("/")[0]):
        there = _ours(folder)
        for name, image_id in named:
            # A picture that came after the listing is in the storage now.
            if name not in there and not default_storage.exists(name):
                yield Orphan(name, image_id)


def remove(found: list[Orphan]) -> None:
    """Removes orphans from the storage.

    First it announces their pictures as changed once more: a page that was written while a
    picture was replaced may still name an old file.
    """
    changed = {orphan.image_id for orphan in found} - {None}
    for image_id in Image.objects.filter(pk__in=changed).values_list("pk", flat=True):
        picture_changed.send(sender=Image, image_id=image_id)
    for orphan in found:
        default_storage.delete(orphan.name)
        OldFile.objects.filter(name=orphan.name).delete()


def _ours(folder: str) -> set[str]:
    """The names in a folder of the storage that are ours."""
    names = (f"{folder}/{name}" for name in _listed(folder))
    return {name for name in names if NAME.fullmatch(name)}


def _listed(folder: str, *, folders: bool = False) -> list[str]:
    try:
        inside = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    return inside[0] if folders else inside[1]


def _named(folder: str) -> set[str]:
    """The names in a folder that rows hold."""
    rows = (model.objects.filter(file__startswith=f"{folder}/") for model in (Image, Rendition))
    return {name for files in rows for name in files.values_list("file", flat=True)}
