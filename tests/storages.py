"""What the storage of the tests' pictures holds, be it a folder or a bucket."""

from collections.abc import Iterator

from django.core.files.storage import default_storage


def stored_names() -> set[str]:
    """The names of all files in the storage, whatever it is."""
    return set(_names(""))


def stored_bytes(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


def _names(folder: str) -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (folder + name for name in files)
    for name in folders:
        yield from _names(f"{folder}{name}/")
