"""The one door to the pictures: what brings them in, and what pages get of them."""

import hashlib
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from media import darkroom, files, metadata, renditions, uploads
from media.darkroom import Developed
from media.models import Image, OldFile, Rendition, Replacement
from media.renditions import Rendered
from media.signals import picture_changed
from media.text import one_line
from media.uploads import Fault, InvalidPicture

_ALL_KINDS = (renditions.MASTER, *renditions.SHAPES)


class Source(NamedTuple):
    """One file of a picture, as an `img` or a `srcset` names it; the size is in pixels."""

    width: int
    height: int
    url: str


@dataclass(frozen=True)
class Picture:
    """What a page needs of a picture. alt, photographer and credit are the library's, or "".

    illustrative and ai ("", "made" or "edited") are for readers to know; tone is the class of
    its placeholder colour, as renditions.tone_of gives it.
    """

    id: int
    width: int
    height: int
    alt: str
    credit: str
    caption: str
    illustrative: bool = False
    ai: str = ""
    tone: int = renditions.MID_GREY
    photographer: str = ""
    sources: dict[tuple[str, str], list[Source]] = field(default_factory=dict)

    @property
    def large(self) -> Source:
        """The largest file that every browser shows by itself, for opening the picture large."""
        return self.get(renditions.STORY, renditions.JPEG)[-1]

    def get(self, kind: str, format_: str) -> list[Source]:
        """The files of one kind ("story", "card", "social") and format, the narrowest first."""
        return self.sources.get((kind, format_), [])

    def srcset(self, kind: str, format_: str) -> str:
        """The same as the value of a srcset attribute."""
        return ", ".join(f"{source.url} {source.width}w" for source in self.get(kind, format_))


def address(name: str) -> str:
    """The root-relative address of a stored file, whatever storage stands behind."""
    return settings.MEDIA_URL + name


def add_picture(data: bytes, filename: str, *, by: models.Model | None = None, **fields) -> Image:
    """Brings an uploaded file into the library, with its renditions; call it outside transactions.

    All files are made before it returns: that takes a second or two for a large photo, and then
    nothing is left to be done later, by whatever process. If this one dies in between, no row
    names the files that it had stored, and media.sweeping finds them.

    The same bytes again give the Image that they made before, unchanged; `by` becomes one of its
    holders. fields: alt_text, caption, photographer, credit, source, rights, rights_until, taken_at, focus_x,
    focus_y, illustrative, ai, used instead of what the file says of itself. Of a new picture,
    `unread` names the fields left empty because it is not sure what the file says there. Raises
    InvalidPicture, with a sentence for the user, for a file that is no good picture or cannot be
    kept.
    """
    digest = hashlib.sha256(data).hexdigest()
    image = Image.objects.filter(sha256=digest).first()
    if image is None:
        image = _bring_in(data, filename, digest, by, fields)
    if by is not None:
        image.holders.add(by)
    return image


def replace_picture(image: Image, data: bytes, filename: str, *, by: models.Model) -> Image:
    """Gives a picture another file, wherever it shows; call it outside transactions.

    Words, rights and the focal point stay: look at the crops where the new file has another shape.
    Its own bytes change nothing; the old ones, uploaded again, are a new picture. Who did it and
    when is kept as a Replacement. Of two at once the last stands. Announces picture_changed after
    the commit; the old files stay while a page may show them (media.sweeping). Returns the row
    as it is now. Raises InvalidPicture like add_picture, and for another picture's bytes.
    """
    digest = hashlib.sha256(data).hexdigest()
    theirs = Image.objects.filter(sha256=digest).first()
    if theirs == image:
        return theirs
    if theirs is not None:
        raise InvalidPicture(Fault.KNOWN)

    def write(row: Image, developed: Developed, name: str) -> None:
        Replacement.objects.create(
            image=row, by=by, sha256=row.sha256, original_name=row.original_name
        )
        OldFile.objects.create(name=row.file.name, image_id=row.pk)
        row.file = name
        for fact, value in _facts(developed, digest, filename).items():
            setattr(row, fact, value)
        row.save()

    try:
        return _remake(image, lambda seen: _developed(data, seen.focus), write)
    except IntegrityError as error:
        # Somebody brought the same file in the meantime.
        raise InvalidPicture(Fault.KNOWN) from error


def rebuild(
    image: Image,
    kinds: Collection[str] = renditions.CROPPED,
    *,
    focus: tuple[float, float] | None = None,
) -> Image:
    """Makes renditions of these kinds anew from the master; call it outside transactions.

    focus: a new focal point, written together with the crops that honour it, so that neither is
    there without the other. Without it they are cut by the row's. Announces picture_changed after
    the commit; the old files stay while a page may show them. Returns the row as it is now.
    Raises InvalidPicture where they cannot be made or kept.
    """

    def develop(seen: Image) -> Developed:
        with default_storage.open(seen.file.name) as master:
            return _developed(master.read(), focus or seen.focus, kinds)

    def write(row: Image, _developed: Developed, _name: str) -> None:
        if focus:
            row.focus_x, row.focus_y = focus
            row.save(update_fields=["focus_x", "focus_y"])

    return _remake(image, develop, write)


def renditions_of(image_ids: Iterable[int]) -> dict[int, Picture]:
    """What pages need of these pictures, by id, in two queries; unknown ids are left out."""
    ids = set(image_ids)
    if not ids:
        return {}
    columns = (
        *("width", "height", "alt_text", "credit", "caption", "illustrative", "ai", "tone"),
        "photographer",
    )
    pictures = {
        row[0]: Picture(*row)
        for row in Image.objects.filter(pk__in=ids).values_list("pk", *columns)
    }
    rows = Rendition.objects.filter(image__in=pictures).order_by("width")
    for pk, kind, format_, width, height, name in rows.values_list(
        "image_id", "kind", "format", "width", "height", "file"
    ):
        files_of_kind = pictures[pk].sources.setdefault((kind, format_), [])
        files_of_kind.append(Source(width, height, address(name)))
    return pictures


def rights_ends(image_ids: Collection[int]) -> dict[int, datetime]:
    """When the rights of these pictures end, for those whose rights do."""
    rows = Image.objects.filter(pk__in=image_ids, rights_until__isnull=False)
    return dict(rows.values_list("pk", "rights_until"))


def _bring_in(
    data: bytes, filename: str, digest: str, by: models.Model | None, fields: dict[str, object]
) -> Image:
    developed = _developed(data, (fields.get("focus_x", 0.5), fields.get("focus_y", 0.5)))
    given = {name: _bounded(name, value) for name, value in fields.items()}
    described = _descriptions(developed.words) | given
    # Who took it is all that there is to name.
    if "credit" not in given:
        described["credit"] = described["credit"] or described["photographer"]
    image = Image(
        **described,
        **_facts(developed, digest, filename),
        uploaded_by=by,
    )
    try:
        with files.stored(developed.files) as names, transaction.atomic():
            image.file = names[0]
            image.save(force_insert=True)
            _create_renditions(image, developed.files, names)
    except IntegrityError:
        # Somebody brought the same file in the meantime: theirs stands.
        theirs = Image.objects.filter(sha256=digest).first()
        if theirs is None:
            raise
        return theirs
    image.unread = _unread(image, developed.words)
    return image


class _Overtaken(Exception):
    """Somebody changed a picture's file or focal point while files were made from the old one."""


def _remake(
    image: Image,
    develop: Callable[[Image], Developed],
    write: Callable[[Image, Developed, str], None],
) -> Image:
    """Makes a picture's files outside of any lock, and under its lock puts them in place.

    `write` changes the row itself; it gets the name of the first file. What was made from a row
    that has changed in between is made again, so that files and row always fit each other.
    """
    while True:
        seen = Image.objects.get(pk=image.pk)
        developed = develop(seen)
        kinds = {file.kind for file in developed.files}
        with (
            suppress(_Overtaken),
            files.stored(developed.files) as names,
            transaction.atomic(),
        ):
            row = Image.objects.select_for_update().get(pk=image.pk)
            if (row.file.name, row.focus) != (seen.file.name, seen.focus):
                raise _Overtaken
            write(row, developed, names[0])
            row.renditions.filter(kind__in=kinds).delete()
            _create_renditions(row, developed.files, names)
            transaction.on_commit(lambda: picture_changed.send(sender=Image, image_id=image.pk))
            return row


def _developed(
    data: bytes, focus: tuple[float, float], kinds: Collection[str] = _ALL_KINDS
) -> Developed:
    zone = timezone.get_default_timezone_name()
    return darkroom.develop(
        data, kinds=kinds, focus=focus, zone=zone, language=settings.LANGUAGE_CODE
    )


def _facts(developed: Developed, digest: str, filename: str) -> dict[str, object]:
    return {
        "width": developed.width,
        "height": developed.height,
        "tone": developed.tone,
        "animated": developed.animated,
        "sha256": digest,
        "original_name": uploads.clean_filename(filename),
    }


def _descriptions(found: metadata.Metadata) -> dict[str, object]:
    return {
        "alt_text": found.alt_text,
        "caption": found.caption,
        "photographer": found.photographer,
        "credit": found.credit,
        "source": found.source,
        "rights": found.rights,
        "taken_at": found.taken_at,
    }


def _unread(image: Image, found: metadata.Metadata) -> list[str]:
    """The fields of a picture that are empty although its file says something there."""
    return [name for name in found.unread if not getattr(image, name)]


def _bounded(name: str, value: object) -> object:
    """A given text as the file's own would be kept; anything else as it is."""
    if not isinstance(value, str):
        return value
    return one_line(value, metadata.MAX_CAPTION if name == "caption" else metadata.MAX_NAME)


def _create_renditions(image: Image, made: list[Rendered], names: list[str]) -> None:
    Rendition.objects.bulk_create(
        Rendition(
            image=image,
            kind=each.kind,
            format=each.format,
            width=each.width,
            height=each.height,
            file=name,
        )
        for each, name in zip(made, names, strict=True)
        if each.kind != renditions.MASTER
    )
