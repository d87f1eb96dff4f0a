"""Is this process alive, and is this server fit to answer readers?"""

import os
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

# Stories appear at their second on every server, so all clocks must agree with the database's.
MOST_APART = timedelta(milliseconds=250)
LEAST_FREE = 200_000_000
STATIC_FILE = "site/site.css"
# Seconds: how long an answer serves everybody who asks, how long a bucket may take, and after how
# long a check that does not end is a bad answer itself.
KEPT, PATIENCE, STUCK = 1, 3, 10

PROBES = {"/healthz", "/readyz"}


class ProbeMiddleware:
    """Lets what looks after this machine ask without knowing the site's public name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info in PROBES:
            request.META["HTTP_HOST"] = settings.SITE_URL.partition("//")[2]
        return self.get_response(request)


@csrf_exempt
@require_safe
def healthz(request: HttpRequest) -> HttpResponseBase:
    """Alive: 200 as long as this process answers at all. One that does not should be restarted."""
    return _plain("ok\n", 200)


@csrf_exempt
@require_safe
def readyz(request: HttpRequest) -> HttpResponseBase:
    """Ready: 200 when pages can be served and pictures taken, else 503 with a reason a line."""
    problems = _kept.problems()
    return _plain("".join(f"{line}\n" for line in problems or ["ok"]), 503 if problems else 200)


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(
        text,
        status=status,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )


class KeptAnswer:
    """What was found a moment ago, so that asking often costs nothing.

    One asks at a time, and the others have the last answer meanwhile.
    """

    def __init__(self, ask: Callable[[], list[str]]) -> None:
        self._ask = ask
        self._asking = Lock()
        self._found: list[str] = []
        self._at = float("-inf")

    def problems(self) -> list[str]:
        age = time.monotonic() - self._at
        first = self._at == float("-inf")
        if age > KEPT and self._asking.acquire(timeout=PATIENCE if first else 0):
            try:
                if time.monotonic() - self._at > KEPT:
                    self._found, self._at = self._ask(), time.monotonic()
            finally:
                self._asking.release()
            return self._found
        return self._found if age < STUCK else ["the last check has not ended"]


def _problems() -> list[str]:
    checks = (_database, _database_file, _static_files, _storage, _disk)
    return [problem for check in checks for problem in check()]


_kept = KeptAnswer(_problems)


def _database() -> list[str]:
    try:
        apart = _clocks_apart()
        missing = _migrations_missing()
    except DatabaseError:
        return ["the database cannot be reached"]
    problems = []
    if abs(apart) > MOST_APART:
        problems.append(f"the clock differs from the database's by {apart.total_seconds():+.3f} s")
    if missing:
        problems.append(f"the database lacks migrations: {', '.join(missing)}")
    return problems


def _database_file() -> list[str]:
    """SQLite writes into its file, and into files beside it; another account may have made them."""
    path = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor != "sqlite" or not path.exists():
        return []
    beside = (Path(f"{path}-wal"), Path(f"{path}-shm"))
    fit = os.access(path.parent, os.W_OK | os.X_OK) and all(
        os.access(file, os.W_OK) for file in (path, *beside) if file.exists()
    )
    return [] if fit else ["the database's file, or its folder, cannot be written"]


def _clocks_apart() -> timedelta:
    """How far the database's clock is ahead of ours, but for what the question itself took.

    SQLite has no clock of its own.
    """
    connection.ensure_connection()
    asked, started = timezone.now(), time.monotonic()
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("SELECT 1")
            return timedelta()
        cursor.execute("SELECT clock_timestamp()")
        theirs: datetime = cursor.fetchone()[0]
    took = timedelta(seconds=time.monotonic() - started)
    return _outside(theirs, asked, asked + took)


def _outside(moment: datetime, start: datetime, end: datetime) -> timedelta:
    """How far a moment lies outside a stretch of time; nothing inside it."""
    if moment < start:
        return moment - start
    return max(moment - end, timedelta())


def _migrations_missing() -> list[str]:
    """What this code's migrations would still do. A database that is newer is no fault: during an
    upgrade, the old code goes on beside it.
    """
    applied = MigrationRecorder(connection).applied_migrations().keys()
    return sorted(
        f"{app}.{name}"
        for (app, name), replaced in _migrations().items()
        if (app, name) not in applied and not (replaced and applied >= replaced)
    )


@cache
def _migrations() -> dict[tuple[str, str], set[tuple[str, str]]]:
    """This code's migrations, each with those that it replaces."""
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    return {key: set(migration.replaces) for key, migration in loader.disk_migrations.items()}


def _static_files() -> list[str]:
    """Pages need the names that collectstatic wrote down, and the files."""
    if not hasattr(staticfiles_storage, "stored_name"):
        return []
    try:
        if staticfiles_storage.exists(staticfiles_storage.stored_name(STATIC_FILE)):
            return []
    except (OSError, ValueError):
        pass
    return ["the static files are not collected: run collectstatic, then restart"]


def _storage() -> list[str]:
    if not isinstance(default_storage, FileSystemStorage):
        return _bucket()
    folder = Path(default_storage.location)
    while not folder.exists():
        folder = folder.parent
    fit = folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
    return [] if fit else ["the folder of the pictures cannot be written"]


# One thread, and one question at a time, however long the bucket is silent.
_questions = ThreadPoolExecutor(1, "readyz")
_open_question = None


def _bucket() -> list[str]:
    global _open_question
    if _open_question is None or _open_question.done():
        _open_question = _questions.submit(default_storage.exists, "readyz")
    try:
        _open_question.result(timeout=PATIENCE)
    except TimeoutError:
        return ["the bucket of the pictures does not answer"]
    except Exception:  # noqa: BLE001  each kind of storage has errors of its own
        return ["the bucket of the pictures refuses to answer"]
    return []


def _disk() -> list[str]:
    try:
        free = shutil.disk_usage(settings.VAR_DIR).free
    except OSError:
        return ["VAR_DIR cannot be read"]
    if free < LEAST_FREE:
        return [f"only {free // 1_000_000} MB are free in VAR_DIR"]
    return []
