"""Nobody's request, line or picture keeps readers from their pages, or the machine's memory."""

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests import pictures
from tests.installation import ROOT, UPLOADS, Answer, Newsroom, manage, multipart, running, until

SLOWEST = 3.0
STORY = "/society/boats-come-home-1/"
# Without it Django refuses a form unread.
TOKEN = "a" * 32
COOKIE = f"Cookie: csrftoken={TOKEN}; sessionid={TOKEN}"


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory) -> Iterator[Newsroom]:
    with running(tmp_path_factory.mktemp("strained")) as newsroom:
        # The story is there within seconds, and everything has been asked once.
        until(lambda: newsroom.get(STORY).status == 200)
        for _ in range(20):
            newsroom.get("/")
        yield newsroom


@contextmanager
def reading(newsroom: Newsroom) -> Iterator[list[Answer]]:
    """Somebody reads on, page after page, while the block goes on; all must be well."""
    answers: list[Answer] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            answers.extend(newsroom.get(path) for path in ("/", STORY, "/society/"))
            time.sleep(0.05)

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        try:
            yield answers
        finally:
            done.set()
        for reader in readers:
            reader.result()
    assert answers
    assert {answer.status for answer in answers} == {200}
    assert max(answer.took for answer in answers) < SLOWEST


@contextmanager
def trickling(newsroom: Newsroom, lines: int, head: bytes) -> Iterator[None]:
    """Connections that send a beginning, and no more."""
    opened = [socket.create_connection(("127.0.0.1", newsroom.port)) for _ in range(lines)]
    for line in opened:
        line.sendall(head)
    try:
        yield
    finally:
        for line in opened:
            line.close()


def head(path: str, length: int, kind: str = "application/x-www-form-urlencoded") -> bytes:
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\n"
        f"{COOKIE}\r\nContent-Length: {length}\r\n\r\nabc"
    ).encode()


@pytest.mark.parametrize(
    "beginning",
    [
        head("/admin/login/", 1000),
        head(UPLOADS, 20_000_000, "multipart/form-data; boundary=limit"),
        head("/", 1000),
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n",
    ],
    ids=["login", "upload", "page", "headers"],
)
def test_slow_senders_hold_no_thread(newsroom, beginning):
    with trickling(newsroom, 200, beginning), reading(newsroom):
        assert newsroom.logged_in()


def test_slow_readers_hold_no_thread(newsroom):
    picture = newsroom.upload(pictures.jpeg((2400, 1600), seed=99), newsroom.logged_in())
    asked = f"GET {json.loads(picture.body)['url']} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    with trickling(newsroom, 100, asked * 100), reading(newsroom):
        time.sleep(1)


def test_a_large_form_from_anybody_takes_no_memory(newsroom):
    before = newsroom.memory()
    peak = Peak(newsroom)
    field = b"username=" + b"%C4%91" * (22_000_000 // 6)
    kinds = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"csrftoken={TOKEN}; sessionid={TOKEN}",
    }

    with peak.watched(), reading(newsroom):
        for path in ("/admin/login/", "/admin/articles/article/add/", UPLOADS, "/"):
            answer = refused(newsroom, path, field, kinds)
            assert answer == 413

    assert peak.most - before < 200


def refused(newsroom: Newsroom, path: str, body: bytes, headers: dict[str, str]) -> int:
    """The status that a sender gets who looks for an answer while it is still sending."""
    with socket.create_connection(("127.0.0.1", newsroom.port)) as line:
        told = {"Host": "127.0.0.1", "Content-Length": str(len(body))} | headers
        fields = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        line.sendall(f"POST {path} HTTP/1.1\r\n{fields}\r\n".encode())
        sender = threading.Thread(target=_send, args=(line, body))
        sender.start()
        answer = line.recv(100)
        sender.join()
    return int(answer.split()[1])


def _send(line: socket.socket, body: bytes) -> None:
    # It need not take all.
    with suppress(OSError):
        line.sendall(body)


class Peak:
    """The most memory that the workers had."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom, self.most, self.done = newsroom, 0, threading.Event()

    @contextmanager
    def watched(self) -> Iterator[None]:
        watcher = threading.Thread(target=self._watch)
        watcher.start()
        try:
            yield
        finally:
            self.done.set()
            watcher.join()

    def _watch(self) -> None:
        while not self.done.is_set():
            self.most = max(self.most, self.newsroom.memory())
            time.sleep(0.05)


def test_many_pictures_at_once_all_arrive_and_readers_do_not_notice(newsroom):
    who = newsroom.logged_in()
    before = newsroom.memory()
    sent = [pictures.jpeg((2400, 1600), seed=seed) for seed in range(48)]
    outcomes: list[int] = []

    def bring(picture: bytes) -> None:
        """As the desk's pages do: again, when it is asked for."""
        while (answer := newsroom.upload(picture, who)).status == 503:
            outcomes.append(503)
            assert int(answer.headers["retry-after"]) > 0
            time.sleep(int(answer.headers["retry-after"]))
        outcomes.append(answer.status)

    with reading(newsroom) as answers, ThreadPoolExecutor(48) as pool:
        list(pool.map(bring, sent))
        # The desk's small forms are never refused because of the pictures.
        assert newsroom.logged_in()

    assert outcomes.count(201) == 48
    assert set(outcomes) == {201, 503}
    assert statistics.median(answer.took for answer in answers) < 1
    until(lambda: newsroom.memory() - before < 150)


def test_what_is_sent_whole_or_in_pieces_is_the_same(newsroom):
    who = newsroom.logged_in()
    kind, body = multipart(pictures.jpeg(seed=77))
    pieces = b"".join(
        f"{len(part):x}\r\n".encode() + part + b"\r\n"
        for part in (body[at : at + 5000] for at in range(0, len(body), 5000))
    )
    fields = {"Host": "127.0.0.1", "Content-Type": kind, "Transfer-Encoding": "chunked", **who}
    with socket.create_connection(("127.0.0.1", newsroom.port)) as line:
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        line.sendall(f"POST {UPLOADS} HTTP/1.1\r\n{lines}\r\n".encode() + pieces + b"0\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 201")


def test_a_picture_that_breaks_off_is_not_half_a_picture(newsroom):
    who = newsroom.logged_in()
    kind, body = multipart(pictures.jpeg(seed=78))
    with trickling(newsroom, 1, head(UPLOADS, len(body), kind).removesuffix(b"abc") + body[:-50]):
        pass
    assert newsroom.upload(pictures.jpeg(seed=78), who).status == 201


@pytest.mark.parametrize("times", [1, 3])
def test_a_worker_that_dies_comes_back(newsroom, times):
    for _ in range(times):
        dead = newsroom.workers[0]
        os.kill(dead, signal.SIGKILL)
        until(lambda dead=dead: _is_back(newsroom, dead), seconds=10)
    until(lambda: newsroom.get("/").status == 200, seconds=10)


def _is_back(newsroom: Newsroom, dead: int) -> bool:
    return dead not in newsroom.workers and len(newsroom.workers) == 2


def test_nobody_else_serves_on_the_same_port(newsroom):
    address = f"127.0.0.1:{newsroom.port}"
    other = subprocess.run(
        [sys.executable, "-m", "newsroom.server", address],
        cwd=ROOT, env=newsroom.env, check=False, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert other.returncode == 1
    assert other.stderr.startswith(f"Cannot serve on {address}")
    assert "Traceback" not in other.stderr


def test_both_workers_come_back(newsroom):
    for pid in newsroom.workers:
        os.kill(pid, signal.SIGKILL)
    until(lambda: newsroom.get("/").status == 200, seconds=10)
    until(lambda: len(newsroom.workers) == 2, seconds=10)


def test_workers_end_with_the_first_process(tmp_path):
    with running(tmp_path) as newsroom:
        workers = newsroom.workers
        newsroom.process.kill()
        until(lambda: not any(Path(f"/proc/{pid}/exe").exists() for pid in workers), seconds=20)


def test_workers_that_began_before_collectstatic_give_way_to_others_when_it_is_done(tmp_path):
    with running(tmp_path) as newsroom:
        (tmp_path / "static").rename(tmp_path / "away")
        newsroom.process.send_signal(signal.SIGHUP)
        until(lambda: b"collectstatic" in newsroom.get("/readyz").body)
        until(lambda: all(newsroom.get("/").status == 500 for _ in range(20)))
        unaware = set(newsroom.workers)
        manage(newsroom.env, "collectstatic", "--noinput", "--verbosity=0")
        until(lambda: len(newsroom.workers) == 2 and unaware.isdisjoint(newsroom.workers))
        until(lambda: newsroom.get("/readyz").status == 200)
        for path in ["/", STORY] * 20:
            assert newsroom.get(path).status == 200
