"""Starts the web server: `python -m newsroom.server [HOST:PORT]`, as installations and the demo do."""

import atexit
import multiprocessing
import os
import resource
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

ADDRESS = "127.0.0.1:8000"
WORKERS = 2
# How long a worker that is to stop may finish what it has begun, in seconds.
STOPPING = 30
# Connections that may be open in each worker: those of slow lines cost memory, but no thread.
CONNECTIONS = 4096

# What a large body took goes back to the system when it is done with, instead of staying with each
# thread. https://www.gnu.org/software/libc/manual/html_node/Malloc-Tunable-Parameters.html
FREED_AT_ONCE = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": "131072",
    "MALLOC_TRIM_THRESHOLD_": "131072",
}


class Server(Granian):
    """Granian, which brings back a worker that died, however often that happens."""

    @property
    def respawned_wrks(self) -> dict[int, float]:
        """Nothing remembered: where two deaths lie within seconds, Granian would stop for good."""
        return {}

    @respawned_wrks.setter
    def respawned_wrks(self, _remembered: dict[int, float]) -> None:
        pass


def serve(address: str = ADDRESS) -> None:
    """Serves on HOST:PORT until it is told to stop; SIGHUP changes worker after worker."""
    from newsroom import settings  # noqa: F401 (what is wrong with them is said once, and ends here)

    host, port = place(address)
    _refuse_taken(host, port)
    _open_files()
    # A forked worker would inherit our handlers, and so not hear a signal while it starts.
    multiprocessing.set_start_method("spawn")
    for name, value in FREED_AT_ONCE.items():
        os.environ.setdefault(name, value)
    Server(
        "newsroom.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        websockets=False,
        workers=WORKERS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOPPING,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        log_level=LogLevels.warning,
    ).serve()


def place(address: str) -> tuple[str, int]:
    """The IP address, which is all that Granian takes, and the port; 8000 alone is one, too."""
    host, _colon, port = address.rpartition(":")
    host = host.strip("[]") or "127.0.0.1"
    try:
        if not 0 < int(port) < 65536:
            raise ValueError(port)
        return host if ":" in host else socket.gethostbyname(host), int(port)
    except (OSError, ValueError):
        sys.exit(f"Cannot serve on {address}: write HOST:PORT, as in {ADDRESS}.")


def _refuse_taken(host: str, port: int) -> None:
    """Ends with a sentence where somebody serves there already.

    Granian's sockets share a port, so it would begin beside another newsroom, and take turns.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sys.exit(f"Cannot serve on {host}:{port}: {error.strerror}.")


def end_with_parent() -> None:
    """In a worker: end, when what is under way is done, if the server's first process is gone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        _end_after(parent.join)


def end_when_collected() -> None:
    """In a worker that starts before `collectstatic`: end when that is done.

    It would never learn the files' names, and answer each page with an error; what takes its place
    knows them.
    """
    from django.conf import settings

    from newsroom.storage import StaticStorage

    names = Path(settings.STATIC_ROOT, StaticStorage.manifest_name)

    def wait() -> None:
        while not names.exists():
            time.sleep(1)

    if multiprocessing.parent_process() is not None and not settings.DEBUG and not names.exists():
        _end_after(wait)


def end_cleanly() -> None:
    """In a worker: leave out Python's own ending, once all is done.

    A thread of the server that comes back to Python then is killed in the middle of code that
    cannot bear it, and takes the process down with a report of a crash.
    """

    def leave() -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)

    if multiprocessing.parent_process() is not None:
        atexit.register(leave)


def _end_after(wait: Callable[[], None]) -> None:
    """Ends this process when `wait` returns, and gives what is under way time to be done."""

    def end() -> None:
        wait()
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(STOPPING)
        os._exit(1)

    threading.Thread(target=end, daemon=True).start()


def _open_files() -> None:
    """As many open files, and so connections, as the system allows this process."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


if __name__ == "__main__":
    serve(*sys.argv[1:2])
