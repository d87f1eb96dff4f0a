"""Which file a story means, however the two write its name (pure).

A Mac takes letters and their marks apart, Windows has names in any case and writes backslashes, a
browser encodes what is no ASCII, and an old zip file has letters of its own.
"""

import posixpath
import re
import struct
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar
from urllib.parse import unquote
from zipfile import ZipInfo

File = TypeVar("File")

_IS_UTF8 = 0x800
# https://support.pkware.com/pkzip/appnote, 4.6.9
_UNICODE_PATH = 0x7075


class Files(Generic[File]):
    """Files by their names, which are paths with slashes; one may have several spellings."""

    def __init__(self, named: Iterable[tuple[str, File]]) -> None:
        self._like: list[dict[str, list[File]]] = [{} for _form in _FORMS]
        for name, file in named:
            for like, form in zip(self._like, _FORMS, strict=True):
                like.setdefault(form(name), []).append(file)

    def meant(self, reference: str) -> list[File]:
        """The files that a reference may mean: none, one, or several that are alike to it.

        The same name comes before one whose letters are put together otherwise, and that before
        one in another case. What names a folder that is not there means the file beside the text.
        """
        paths = list(dict.fromkeys(_paths(reference)))
        for asked in paths, [posixpath.basename(path) for path in paths]:
            for like, form in zip(self._like, _FORMS, strict=True):
                for path in asked:
                    if found := like.get(form(path)):
                        return list(dict.fromkeys(found))
        return []


def folder_of(path: str, depth: int | None = None) -> str:
    """The folder of a file, or the one so deep in which it lies, however it is spelt."""
    return _caseless("/".join(path.split("/")[:-1][:depth]))


def spellings(entry: ZipInfo) -> list[str]:
    """How the name of a zip's entry may be meant: a zip need not say in which letters it is."""
    name = entry.orig_filename
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return [_path(name)]
    if entry.flag_bits & _IS_UTF8:
        return [_path(name)]
    told = _told_beside(entry.extra, raw)
    try:
        return [_path(told or raw.decode())]
    except UnicodeDecodeError:
        # DOS, and Windows where it speaks Vietnamese.
        return [_path(name), _path(raw.decode("cp1258", errors="replace"))]


def _told_beside(extra: bytes, raw: bytes) -> str:
    """The name in UTF-8 that some programs write beside the one of old, if it is of this one."""
    while len(extra) >= 9:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == _UNICODE_PATH and extra[5:9] == struct.pack("<L", zlib.crc32(raw)):
            return extra[9 : 4 + size].decode(errors="replace")
        extra = extra[4 + size :]
    return ""


def _paths(reference: str) -> Iterator[str]:
    """What an img's address may mean: a name as it stands, encoded, or with a query behind it."""
    plain = reference.strip()
    for address in plain, re.split("[?#]", plain, maxsplit=1)[0]:
        yield _path(address)
        yield _path(unquote(address))


def _path(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/") if name else ""


def composed(name: str) -> str:
    """A name in the form in which one letter is one character."""
    return unicodedata.normalize("NFC", name)


def _caseless(name: str) -> str:
    return composed(" ".join(composed(name).casefold().split()))


_FORMS: tuple[Callable[[str], str], ...] = (str, composed, _caseless)
