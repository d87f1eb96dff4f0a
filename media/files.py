"""Stored files: under names that nobody can guess, and there before any row names them."""

import errno
import logging
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from media import renditions
from media.renditions import Rendered
from media.uploads import Fault, InvalidPicture

EXTENSIONS = {renditions.AVIF: "avif", renditions.JPEG: "jpg"}
# The names that are given here, and nothing else that may lie in the storage.
NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{38}\.(avif|jpg)", re.ASCII)

logger = logging.getLogger(__name__)


@contextmanager
def stored(files: Iterable[Rendered]) -> Iterator[list[str]]:
    """Writes files to the storage and gives their names, in order.

    The block writes the rows that name them; if it fails, they are removed. If the process dies
    instead, media.sweeping finds them. Raises InvalidPicture where the storage takes no file.
    Names are random, not made from the content: nobody can guess one from another, and of two
    uploads of the same file the one that fails never removes a file that the other's rows name.
    """
    names: list[str] = []
    try:
        for file in files:
            names.append(_new_name(file.format))
            _write(names[-1], file.data)
        yield names
    except BaseException:
        for name in names:
            # Each kind of storage has errors of its own; what stays is swept.
            with suppress(Exception):
                default_storage.delete(name)
        raise


def _new_name(format_: str) -> str:
    token = secrets.token_hex(20)
    return f"{token[:2]}/{token[2:]}.{EXTENSIONS[format_]}"


def _write(name: str, data: bytes) -> None:
    try:
        default_storage.save(name, ContentFile(data))
    except Exception as error:
        logger.exception("A picture could not be stored.")
        is_full = getattr(error, "errno", None) in {errno.ENOSPC, errno.EDQUOT}
        raise InvalidPicture(Fault.NO_ROOM if is_full else Fault.FAILED) from error
