"""What the server hands to Django, and what it answers by itself: the door, message by message."""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest

from newsroom import bodies, door
from newsroom.bodies import Most
from newsroom.door import Door

PARTS = b"multipart/form-data; boundary=x"
PICTURE = "/admin/articles/article/pictures/add/"


class Asked:
    """Django in its place: notes what it was asked, and answers."""

    def __init__(self) -> None:
        self.environ: dict = {}
        self.body = b""

    def __call__(self, environ: dict, start_response) -> Iterable[bytes]:
        self.environ = environ
        length = int(environ.get("CONTENT_LENGTH") or 0)
        self.body = environ["wsgi.input"].read(length)
        start_response("200 OK", [("Content-Type", "text/plain"), ("Set-Cookie", "a=1")])
        return [b"well, ", b"done"]


@pytest.fixture
def django() -> Asked:
    return Asked()


def ask(
    pages: Callable | Door,
    path: str = "/",
    *parts: bytes,
    method: str = "POST",
    headers: Iterable[tuple[bytes, bytes]] = (),
    query: bytes = b"",
    ends: str = "",
) -> list[dict]:
    """The messages with which the door answers a request whose body comes in these parts.

    ends: the message that comes in place of the rest of the body.
    """
    coming = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    coming.append({"type": ends} if ends else {"type": "http.request", "more_body": False})
    sent: list[dict] = []

    async def receive() -> dict:
        if not coming:
            await asyncio.sleep(3600)
        return coming.pop(0)

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {
        "type": "http", "http_version": "1.1", "method": method, "scheme": "http",
        "raw_path": path.encode(), "query_string": query, "headers": list(headers),
        "server": ("127.0.0.1", "8000"), "client": ("192.0.2.7", "4711"),
    }  # fmt: skip
    opened = pages if isinstance(pages, Door) else Door(pages)
    # Playwright's event loop runs in the thread of the tests.
    with ThreadPoolExecutor(1) as own:
        own.submit(lambda: asyncio.run(opened(scope, receive, send))).result()
    return sent


def test_a_body_is_handed_on_whole(django):
    answer = ask(django, PICTURE, b"ab", b"", b"cd", headers=[(b"content-type", PARTS)])

    assert django.body == b"abcd"
    assert django.environ["CONTENT_LENGTH"] == "4"
    assert answer[0]["status"] == 200
    assert (b"set-cookie", b"a=1") in answer[0]["headers"]
    assert answer[1]["body"] == b"well, done"


def test_a_page_is_asked_for_without_waiting_for_a_body(django):
    ask(django, "/", b"never looked at", method="GET")
    assert django.body == b""


@pytest.mark.parametrize("told", [[], [(b"content-length", b"9")]])
def test_what_is_too_large_ends_early_and_is_not_handed_on(django, told):
    part = bytes(Most.FORM_OF_ANYBODY)
    ask(django, "/admin/login/", part, part, part, headers=told, ends="would wait for ever")

    assert bodies.told(django.environ) > Most.FORM_OF_ANYBODY


@pytest.mark.parametrize(
    ("ends", "status"), [("http.disconnect", 400), ("never comes", 408)], ids=["broken", "slow"]
)
def test_a_body_that_does_not_come_whole_is_refused(django, monkeypatch, ends, status):
    monkeypatch.setattr(door, "PATIENCE", 0.05)
    monkeypatch.setattr(door, "SLOWEST", 10**12)
    if status == 408:
        monkeypatch.setattr(door, "_collected", slowly(door._collected))
    answer = ask(django, "/admin/login/", b"abc", ends=ends)

    assert answer[0]["status"] == status
    assert django.environ == {}


def slowly(collected):
    """The same, of a sender that sends nothing."""

    async def nothing() -> dict:
        await asyncio.sleep(3600)

    return lambda _receive, most, body: collected(nothing, most, body)


def test_the_request_is_told_as_it_came(django):
    ask(
        django,
        "/a%C4%91%ff//b%2Fc/",
        method="GET",
        query=b"q=\xc4\x91&x=%FF",
        headers=[
            (b"host", b"baovinhsa.example"),
            (b"accept", b"text/html"),
            (b"accept", b"*/*"),
            (b"cookie", b"a=1"),
            (b"cookie", b"b=2"),
            (b"x_real_ip", b"203.0.113.9"),
        ],
    )
    told = django.environ

    assert told["PATH_INFO"].encode("latin-1") == b"/a\xc4\x91\xff//b/c/"
    assert told["QUERY_STRING"].encode("latin-1") == b"q=\xc4\x91&x=%FF"
    assert told["HTTP_HOST"] == "baovinhsa.example"
    assert told["HTTP_ACCEPT"] == "text/html,*/*"
    assert told["HTTP_COOKIE"] == "a=1; b=2"
    assert told["REMOTE_ADDR"] == "192.0.2.7"
    assert "HTTP_X_REAL_IP" not in told


def test_a_file_on_the_disk_is_sent_from_there(tmp_path):
    path = tmp_path / "picture.avif"
    path.write_bytes(b"0123456789")

    def sends(length: str, start: int):
        def application(environ: dict, start_response) -> Iterable[bytes]:
            file = path.open("rb")
            file.seek(start)
            start_response("200 OK", [("Content-Length", length)])
            return environ["wsgi.file_wrapper"](file)

        return application

    assert ask(sends("10", 0), method="GET")[1] == {
        "type": "http.response.pathsend",
        "path": str(path),
    }
    assert ask(sends("6", 4), method="GET")[1]["body"] == b"456789"


@pytest.mark.parametrize("told", [[], [(b"content-length", b"2000000")]], ids=["chunked", "told"])
def test_a_large_picture_of_nobody_is_not_kept(django, told):
    headers = [(b"content-type", PARTS), *told]
    ask(django, PICTURE, bytes(900_000), bytes(900_000), headers=headers, ends="never comes")
    assert django.environ[bodies.REFUSED] == bodies.Refusal.LOGGED_OUT

    known = [*headers[:1], (b"cookie", b"sessionid=abc")]
    ask(django, PICTURE, bytes(900_000), bytes(900_000), headers=known)
    assert bodies.REFUSED not in django.environ
    assert len(django.body) == 1_800_000


def test_a_disk_without_room_is_told(django, monkeypatch):
    async def full(*_args: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(door, "_collected", full)
    ask(django, "/admin/login/", b"abc")
    assert django.environ[bodies.REFUSED] == bodies.Refusal.NO_ROOM


def test_more_pictures_than_wait_are_told_to_come_again(django):
    opened = Door(django)
    opened.heavy.taken = door.HEAVY + door.WAITING
    ask(opened, PICTURE, b"ab", headers=[(b"content-type", PARTS)])
    assert django.environ[bodies.REFUSED] == bodies.Refusal.BUSY

    ask(opened, "/admin/articles/article/7/publish/", b"ab")
    assert bodies.REFUSED not in django.environ
