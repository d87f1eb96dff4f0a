"""A newsroom as an operator runs it: its own folder, its own processes, asked from outside."""

import http.client
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "a long password for tests"
UPLOADS = "/admin/articles/article/pictures/add/"

# A section with a story that readers have, and somebody who may do everything.
FILLED = f"""
from django.contrib.auth.models import User
from articles.models import Article, Category
from articles.publishing import workflow
editor = User.objects.create_superuser("editor", password={PASSWORD!r})
section = Category.objects.create(name="Society", slug="society")
story = Article.objects.create(
    headline="Boats come home", section=section, owner=editor, body="<p>At six.</p>"
)
workflow.publish(story, by=editor)
"""


@dataclass
class Answer:
    """What came back, and how long it took, in seconds."""

    status: int
    headers: dict[str, str]
    body: bytes
    took: float


@dataclass
class Newsroom:
    """A running installation; `process` is the server's first process."""

    folder: Path
    port: int
    env: dict[str, str] = field(repr=False)
    process: subprocess.Popen = field(repr=False)

    @property
    def workers(self) -> list[int]:
        """The ids of the processes that answer requests."""
        found = subprocess.run(
            ["pgrep", "-P", str(self.process.pid)], check=False, capture_output=True, text=True
        )
        return [pid for pid in map(int, found.stdout.split()) if _is_worker(pid)]

    def memory(self) -> int:
        """What the workers hold, in MB, what they share counted once."""
        return sum(_pss(pid) for pid in self.workers) // 1024

    def get(self, path: str, **headers: str) -> Answer:
        return self.send("GET", path, headers=headers)

    def send(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Answer:
        started = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, path, body or None, headers or {})
            response = connection.getresponse()
            data = response.read()
        finally:
            connection.close()
        headers: dict[str, str] = {}
        for name, value in response.getheaders():
            headers[name.lower()] = "; ".join(filter(None, [headers.get(name.lower()), value]))
        return Answer(response.status, headers, data, time.monotonic() - started)

    def logged_in(self) -> dict[str, str]:
        """The headers of somebody who has just logged in."""
        form = self.get("/admin/login/")
        token = _cookies(form)["csrftoken"]
        body = f"username=editor&password={PASSWORD}&csrfmiddlewaretoken={token}&next=/admin/"
        headers = {
            "Cookie": f"csrftoken={token}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        done = self.send("POST", "/admin/login/", body.replace(" ", "+").encode(), headers)
        assert done.status == 302, done
        cookies = _cookies(done)
        return {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "X-CSRFToken": cookies["csrftoken"],
        }

    def upload(self, picture: bytes, who: dict[str, str]) -> Answer:
        kind, body = multipart(picture)
        return self.send("POST", UPLOADS, body, who | {"Content-Type": kind})


def multipart(picture: bytes) -> tuple[str, bytes]:
    """A form with a picture, as a browser sends it: its content type and its body."""
    head = (
        b'--limit\r\nContent-Disposition: form-data; name="file"; filename="photo.jpg"\r\n'
        b"Content-Type: image/jpeg\r\n\r\n"
    )
    return "multipart/form-data; boundary=limit", head + picture + b"\r\n--limit--\r\n"


def environment(folder: Path, port: int, **more: str) -> dict[str, str]:
    """What an installation in this folder knows, and nothing of the tests' own environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "NEWSROOM_ENV": "",
        "VAR_DIR": str(folder),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SITE_URL": f"http://127.0.0.1:{port}",
        **more,
    }


def manage(env: dict[str, str], *command: str) -> str:
    """Runs one of manage.py's commands; gives what it says."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT, env=env, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout


@contextmanager
def running(
    folder: Path,
    *,
    served: dict[str, str] | None = None,
    under: Sequence[str] = (),
    **more: str,
) -> Iterator[Newsroom]:
    """An installation with one story, served; it is stopped at the end, whatever became of it.

    more: of its environment; served: what only the server's processes know; under: a command that
    becomes the server.
    """
    port = free_port()
    env = environment(folder, port, **more)
    manage(env, "migrate", "--verbosity=0")
    manage(env, "collectstatic", "--noinput", "--verbosity=0")
    manage(env, "shell", "--verbosity=0", "-c", FILLED)
    newsroom = Newsroom(folder, port, env, start(env | (served or {}), port, under))
    try:
        until(lambda: newsroom.get("/healthz").status == 200)
        yield newsroom
    finally:
        # A test may have started it anew.
        stop(newsroom.process)


def start(env: dict[str, str], port: int, under: Sequence[str] = ()) -> subprocess.Popen:
    """The server's processes, in a group of their own."""
    return subprocess.Popen(
        [*under, sys.executable, "-m", "newsroom.server", f"127.0.0.1:{port}"],
        cwd=ROOT, env=env, start_new_session=True, stdout=sys.stderr.fileno(),
    )  # fmt: skip


def stop(process: subprocess.Popen) -> None:
    """Ends it as an operator does, and with force where that takes too long."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def until(happens, seconds: float = 60) -> float:
    """Waits until it happens, asking again where it cannot be asked; gives the seconds it took."""
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        with suppress(OSError, http.client.HTTPException):
            if happens():
                return time.monotonic() - started
        time.sleep(0.1)
    raise AssertionError(f"It did not happen within {seconds} seconds.")


def _cookies(answer: Answer) -> dict[str, str]:
    found = re.findall("(csrftoken|sessionid)=([^;]+)", answer.headers["set-cookie"])
    return dict(found)


def _is_worker(pid: int) -> bool:
    """Not what multiprocessing may start beside them."""
    with suppress(FileNotFoundError):
        return b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def _pss(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
