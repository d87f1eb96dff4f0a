"""A throwaway S3 server for one command: `python -m tests.s3 pytest …` keeps all pictures in it.

The server listens on this machine only and goes away, with what it was given, with the command.
"""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import boto3
from moto.server import ThreadedMotoServer

KEY, SECRET = "the-key", "a secret/with+signs"


@contextmanager
def server() -> Iterator[str]:
    """A running server; gives its address."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line for each request otherwise
    moto = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    moto.start()
    host, port = moto.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        moto.stop()


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


if __name__ == "__main__":
    with server() as endpoint:
        url = new_bucket(endpoint, "pictures")
        sys.exit(subprocess.call(sys.argv[1:], env={**os.environ, "STORAGE_URL": url}))
