"""The server's side of the newsroom: what waits for the network waits here, in one event loop.

Django works in threads, and a thread that waits for a slow line is one that readers lack. So a
body is collected before a thread is asked, and an answer is given away whole: somebody who
trickles, in either direction, holds a connection and nothing else. Readers, the desk and
what is heavy have threads of their own, so that none of them waits for another.
"""

import asyncio
import logging
import os
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import BinaryIO
from urllib.parse import unquote_to_bytes

from newsroom import bodies
from newsroom.bodies import REFUSED, Refusal

READERS, DESK, HEAVY, LOGIN = 8, 8, 3, 2
# A picture takes seconds: who would wait for a dozen is told to come back.
WAITING = 9
# The slowest line that is waited for: 10 kB a second after half a minute.
PATIENCE, SLOWEST = 30, 10_000
IN_MEMORY = 256_000

Message = dict[str, object]
Pages = Callable[[dict[str, object], Callable], Iterable[bytes]]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """What is sent: the bytes, or the path of the file that holds them."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes = b""
    path: str = ""


class _Broken(Exception):
    """The body did not come whole; its argument is the status that says so."""


class _Share:
    """Threads for one kind of work, and how many requests have one or wait for one."""

    def __init__(self, name: str, threads: int, most: float = float("inf")) -> None:
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self.most, self.taken = most, 0

    @property
    def is_full(self) -> bool:
        return self.taken >= self.most

    async def work(self, pages: Pages, environ: dict[str, object]) -> Answer:
        self.taken += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self.threads, _answered, pages, environ)
        finally:
            self.taken -= 1


class Door:
    """An ASGI 3 application over a WSGI application, `pages`.

    https://asgi.readthedocs.io/en/latest/specs/www.html, https://peps.python.org/pep-3333/
    """

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.readers = _Share("readers", READERS)
        self.desk = _Share("desk", DESK)
        # Pictures take time, very long texts memory.
        self.heavy = _Share("heavy", HEAVY, HEAVY + WAITING)
        # Checking a password takes time, and more where somebody guesses.
        self.login = _Share("login", LOGIN)
        # Whether this process is alive must not depend on whether the others' work gets done.
        self.alive, self.ready = _Share("alive", 1), _Share("ready", 1)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        environ = _environ(scope)
        with SpooledTemporaryFile(max_size=IN_MEMORY) as body:
            environ["wsgi.input"] = body
            try:
                share = await self._ready(environ, receive)
            except _Broken as broken:
                answer = Answer(*broken.args, [(b"connection", b"close")])
            else:
                answer = await share.work(self.pages, environ)
        await _give(answer, send)

    async def _ready(self, environ: dict[str, object], receive: Receive) -> _Share:
        """Collects the body, and gives whose threads are to work on it.

        What is not taken is left out, and newsroom.middleware says why.
        """
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] in {"GET", "HEAD"}:
            probes = {"/healthz": self.alive, "/readyz": self.ready}
            return self.desk if path.startswith("/admin/") else probes.get(path, self.readers)
        if not await _taken(environ, receive):
            return self.desk
        return self._share_of(environ)

    def _share_of(self, environ: dict[str, object]) -> _Share:
        """Whose threads a form that has come needs."""
        path = environ["PATH_INFO"]
        if bodies.logs_in(path):
            return self.login
        if bodies.told(environ) <= bodies.Most.FORM and not bodies.brings_pictures(path):
            return self.desk
        if self.heavy.is_full and bodies.is_sent_again(path):
            environ[REFUSED] = Refusal.BUSY
            return self.desk
        return self.heavy


async def _taken(environ: dict[str, object], receive: Receive) -> bool:
    """Collects a body where it is one that is taken; else newsroom.middleware says why not."""
    sent = environ["PATH_INFO"], environ.get("CONTENT_TYPE", "")
    limit = bodies.most(*sent)
    if not bodies.says_logged_in(environ.get("HTTP_COOKIE", "")):
        limit = bodies.most_unless_logged_in(*sent)
    if bodies.told(environ) <= limit:
        try:
            size = await _collected(receive, limit, environ["wsgi.input"])
        except OSError:
            logger.exception("There is no room for what comes in.")
            environ[REFUSED] = Refusal.NO_ROOM
            return False
        environ["CONTENT_LENGTH"] = str(size)
    if limit < bodies.told(environ) <= bodies.most(*sent):
        environ[REFUSED] = Refusal.LOGGED_OUT
    return bodies.told(environ) <= limit


async def _collected(receive: Receive, most: int, body: BinaryIO) -> int:
    """Writes what comes into the body, which is then ready to be read; gives its size in bytes.

    Ends as soon as that is more than is taken. Raises _Broken.
    """
    size = 0
    try:
        async with asyncio.timeout(PATIENCE + most / SLOWEST):
            while size <= most:
                message = await receive()
                if message["type"] != "http.request":
                    raise _Broken(HTTPStatus.BAD_REQUEST)
                part = message.get("body", b"")
                size += len(part)
                body.write(part)
                if not message.get("more_body"):
                    break
    except TimeoutError as error:
        raise _Broken(HTTPStatus.REQUEST_TIMEOUT) from error
    body.seek(0)
    return size


def _environ(scope: Message) -> dict[str, object]:
    """The request as WSGI tells it, but for its body."""
    server, client = scope.get("server") or ("", 0), scope.get("client") or ("", 0)
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": _File,
    }
    for name, value in scope["headers"]:
        # X_Real_IP would be taken for X-Real-IP, which our proxy sets.
        if b"_" in name:
            continue
        key = name.decode("latin-1").upper().replace("-", "_")
        key = key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"
        between = "; " if key == "HTTP_COOKIE" else ","
        told = value.decode("latin-1")
        environ[key] = f"{environ[key]}{between}{told}" if key in environ else told
    return environ


class _File:
    """A stored file as Django hands it on: the server sends it from the disk, where it lies on one."""

    def __init__(self, file: BinaryIO, block: int = 65_536) -> None:
        self.file, self.block, self.close = file, block, file.close

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self.file.read(self.block), b"")

    def path(self, length: str | None) -> str:
        """Where the file lies, if what is to be sent is the whole of it; else ""."""
        name = getattr(self.file, "name", None)
        if not isinstance(name, str) or not os.path.isabs(name):
            return ""
        with suppress(OSError):
            return name if str(os.path.getsize(name)) == length else ""
        return ""


def _answered(pages: Pages, environ: dict[str, object]) -> Answer:
    """What Django answers, whole, in a thread."""
    started: list[tuple[int, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
        started.append((int(status[:3]), headers))

    parts: Iterable[bytes] = pages(environ, start_response)
    try:
        status, headers = started[-1]
        sent = [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
        ]
        path = parts.path(dict(headers).get("Content-Length")) if isinstance(parts, _File) else ""
        return Answer(status, sent, b"" if path else b"".join(parts), path)
    finally:
        if hasattr(parts, "close"):
            parts.close()


async def _give(answer: Answer, send: Send) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    if answer.path:
        await send({"type": "http.response.pathsend", "path": answer.path})
    else:
        await send({"type": "http.response.body", "body": answer.body})
