"""The one door to the pictures: what brings them in, and what pages get of them."""

import hashlib
import logging
import secrets
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO
from typing import NamedTuple

import PIL.Image
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from media import metadata, renditions, uploads
from media.models import Image, Rendition
from media.signals import picture_changed
from media.text import one_line

EXTENSIONS = {renditions.AVIF: "avif", renditions.JPEG: "jpg"}
_MASTER_QUALITY = 90

logger = logging.getLogger(__name__)


class Source(NamedTuple):
    """One file of a picture, as an `img` or a `srcset` names it; the size is in pixels."""

    width: int
    height: int
    url: str


@dataclass(frozen=True)
class Picture:
    """What a page needs of a picture. alt and credit are the library's, "" where it has none."""

    id: int
    width: int
    height: int
    alt: str
    credit: str
    caption: str
    sources: dict[tuple[str, str], list[Source]] = field(default_factory=dict)

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

    The same bytes again give the Image that they made before, unchanged; `by` becomes one of its
    holders. fields: alt_text, caption, credit, source, rights, rights_until, taken_at, focus_x,
    focus_y, used instead of what the file says of itself. Raises InvalidPicture, with a sentence
    for the user, for a file that is no good picture or cannot be kept.
    """
    digest = hashlib.sha256(data).hexdigest()
    image = Image.objects.filter(sha256=digest).first()
    if image is None:
        image = _bring_in(data, filename, digest, by, fields)
    if by is not None:
        image.holders.add(by)
    return image


def rebuild(image: Image, kinds: Collection[str] = renditions.CROPPED) -> None:
    """Makes renditions of these kinds anew from the master, by the image's focal point.

    The old files stay, since pages may still show them. Announces picture_changed after the commit.
    """
    with default_storage.open(image.file.name) as stored:
        master = PIL.Image.open(BytesIO(stored.read()), formats=["JPEG"])
    made = list(renditions.render(master, image.focus, kinds))
    files = ((each.format, each.data) for each in made)
    with _stored(files) as names, transaction.atomic():
        Image.objects.select_for_update().get(pk=image.pk)
        image.renditions.filter(kind__in=kinds).delete()
        _create_renditions(image, made, names)
        transaction.on_commit(lambda: picture_changed.send(sender=Image, image_id=image.pk))


def renditions_of(image_ids: Iterable[int]) -> dict[int, Picture]:
    """What pages need of these pictures, by id, in two queries; unknown ids are left out."""
    ids = set(image_ids)
    if not ids:
        return {}
    pictures = {
        row["pk"]: Picture(
            row["pk"], row["width"], row["height"], row["alt_text"], row["credit"], row["caption"]
        )
        for row in Image.objects.filter(pk__in=ids).values(
            "pk", "width", "height", "alt_text", "credit", "caption"
        )
    }
    rows = Rendition.objects.filter(image__in=pictures).order_by("width")
    for pk, kind, format_, width, height, name in rows.values_list(
        "image_id", "kind", "format", "width", "height", "file"
    ):
        files = pictures[pk].sources.setdefault((kind, format_), [])
        files.append(Source(width, height, address(name)))
    return pictures


def _bring_in(
    data: bytes, filename: str, digest: str, by: models.Model | None, fields: dict[str, object]
) -> Image:
    with uploads.opened(data) as picture:
        found = metadata.read(picture, timezone.get_default_timezone())
        master = renditions.master_of(picture)
    image = Image(
        **_words(found) | {name: _bounded(name, value) for name, value in fields.items()},
        width=master.width,
        height=master.height,
        sha256=digest,
        original_name=uploads.clean_filename(filename),
        uploaded_by=by,
    )
    kept = renditions.encode(master, renditions.JPEG, quality=_MASTER_QUALITY)
    made = list(renditions.render(master, image.focus))
    files = [(renditions.JPEG, kept), *((each.format, each.data) for each in made)]
    try:
        with _stored(files) as names, transaction.atomic():
            image.file = names[0]
            image.save(force_insert=True)
            _create_renditions(image, made, names[1:])
    except IntegrityError:
        # Somebody brought the same file in the meantime: theirs stands.
        theirs = Image.objects.filter(sha256=digest).first()
        if theirs is None:
            raise
        return theirs
    return image


def _words(found: metadata.Metadata) -> dict[str, object]:
    return {
        "alt_text": found.alt_text,
        "caption": found.caption,
        "credit": found.credit or found.photographer,
        "source": found.source,
        "rights": found.rights,
        "taken_at": found.taken_at,
    }


def _bounded(name: str, value: object) -> object:
    """A given text as the file's own would be kept; anything else as it is."""
    if not isinstance(value, str):
        return value
    return one_line(value, metadata.MAX_CAPTION if name == "caption" else metadata.MAX_NAME)


def _create_renditions(image: Image, made: list[renditions.Rendered], names: list[str]) -> None:
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
    )


@contextmanager
def _stored(files: Iterable[tuple[str, bytes]]) -> Iterator[list[str]]:
    """Writes (format, bytes) to the storage and gives the names, in order.

    They are written before the rows that name them; if the block fails, they are removed.
    Names are random, not made from the content: nobody can guess one from another, and of two
    uploads of the same file the one that fails never removes a file that the other's rows name.
    """
    names: list[str] = []
    try:
        for format_, data in files:
            names.append(_new_name(format_))
            _write(names[-1], data)
        yield names
    except BaseException:
        for name in names:
            with suppress(OSError):
                default_storage.delete(name)
        raise


def _new_name(format_: str) -> str:
    token = secrets.token_hex(20)
    return f"{token[:2]}/{token[2:]}.{EXTENSIONS[format_]}"


def _write(name: str, data: bytes) -> None:
    try:
        default_storage.save(name, ContentFile(data))
    except OSError as error:
        logger.exception("A picture could not be stored.")
        raise uploads.InvalidPicture(
            _("The picture could not be stored. Try again; if that fails, tell your administrator.")
        ) from error
