"""Stored files that no row names: kept while they may be needed, then found and removed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

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
    for folder, there in _folders():
        named = _named(folder)
        old = {file.name: file for file in OldFile.objects.filter(name__startswith=folder)}
        for name in sorted(there - named.keys()):
            if name in old and at - old[name].since >= PAGES_LIVE:
                yield Orphan(name, old[name].image_id)
            elif name not in old and at - default_storage.get_modified_time(name) >= UPLOAD_TAKES:
                yield Orphan(name, None)


def missing() -> Iterator[Orphan]:
    """What rows name and the storage does not have, with the picture; there should be none."""
    for folder, there in _folders():
        for name, image_id in sorted(_named(folder).items()):
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


def _folders() -> Iterator[tuple[str, set[str]]]:
    """Each folder that names begin with, "00/" to "ff/", and our files in it."""
    for number in range(256):
        folder = f"{number:02x}/"
        try:
            _folders_inside, names = default_storage.listdir(folder)
        except FileNotFoundError:
            names = []
        yield folder, {folder + name for name in names if NAME.fullmatch(folder + name)}


def _named(folder: str) -> dict[str, int]:
    """The names in this folder that rows hold, with their pictures."""
    rows = Rendition.objects.filter(file__startswith=folder).values_list("file", "image_id")
    masters = Image.objects.filter(file__startswith=folder).values_list("file", "pk")
    return dict([*rows, *masters])
