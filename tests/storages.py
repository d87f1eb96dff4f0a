"""Where the tests' pictures are stored: in a folder, or in a bucket of a server in this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import boto3
from django.core.files.storage import default_storage
from moto.server import ThreadedMotoServer

KEY, SECRET = "the-key", "a secret/with+signs"


@contextmanager
def s3_server() -> Iterator[str]:
    """An S3 server; gives its address."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def new_bucket(endpoint: str, name: str) -> str:
    """Makes a bucket; gives its address as an operator writes it into STORAGE_URL."""
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
    )
    client.create_bucket(Bucket=name)
    client.close()
    return f"s3://{KEY}:{quote(SECRET, safe='')}@{name}/paper?region=us-east-1&endpoint={endpoint}"


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
