"""Where a backup comes from and goes to: newsrooms with `manage.py`, as an operator has it."""

import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

from django.apps import apps
from django.db import connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from newsroom.environment import database, picture_storage
from tests import s3
from tests.installation import ROOT, environment

# A process begins with the peak of the one that started it, so a small one does.
MEASURED = """
import resource, subprocess, sys
status = subprocess.call(sys.argv[2:])
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
with open(sys.argv[1], "w") as file:
    file.write(str(peak * (1 if sys.platform == "darwin" else 1024)))
sys.exit(status)
"""
KEY = secrets.token_urlsafe(50)


@dataclass(frozen=True)
class Ran:
    """What a command said, how it ended, and the most memory that it took, in bytes."""

    said: str
    complained: str
    status: int
    peak: int


@dataclass(frozen=True)
class Installation:
    """A folder for its files, a database, and a bucket where files do not lie in the folder."""

    var: Path
    database_url: str
    storage_url: str = ""
    secret_key: str = field(default=KEY, repr=False)

    @property
    def environment(self) -> dict[str, str]:
        return environment(
            self.var,
            8000,
            SECRET_KEY=self.secret_key,
            DATABASE_URL=self.database_url,
            STORAGE_URL=self.storage_url,
        )

    def manage(self, *words: str | Path) -> Ran:
        """Run a command of it in a process of its own."""
        self.var.mkdir(parents=True, exist_ok=True)
        said, complained, peak = (self.var / name for name in ("said", "complained", "peak"))
        with said.open("wb") as out, complained.open("wb") as err:
            measured = [sys.executable, "-S", "-c", MEASURED, peak]
            command = [sys.executable, ROOT / "manage.py", *words]
            run = subprocess.run(
                [*measured, *command], env=self.environment, stdout=out, stderr=err
            )
        return Ran(
            said.read_text(errors="replace"),
            complained.read_text(),
            run.returncode,
            int(peak.read_text()),
        )

    @contextmanager
    def opened(self) -> Iterator[BaseDatabaseWrapper]:
        """Its database, under an alias by which querysets can ask it."""
        wrapper = ConnectionHandler({"default": database(self.database_url)})["default"]
        wrapper.alias = "other"
        connections["other"] = wrapper
        try:
            yield wrapper
        finally:
            wrapper.close()
            del connections["other"]


def of_the_test(settings: object, var: Path) -> Installation:
    """The test's own database, and an empty storage for it in a folder, or a bucket of its own.

    `settings` is pytest-django's, so that the storage goes with the test.
    """
    settings.MEDIA_ROOT = str(var / "uploads")
    endpoint = settings.STORAGES["default"].get("OPTIONS", {}).get("endpoint_url")
    bucket = s3.new_bucket(endpoint, f"test-{uuid4()}") if endpoint else ""
    settings.STORAGES = settings.STORAGES | {"default": picture_storage(bucket)}
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{found['NAME']}"
    else:
        url = _postgres_url(found["NAME"])
    return Installation(var, url, bucket)


def on_sqlite(var: Path) -> Installation:
    """A new one on SQLite, in which nothing is yet, not even a database."""
    return Installation(var, f"sqlite:///{var / 'newsroom.sqlite3'}")


@contextmanager
def on_postgres(var: Path) -> Iterator[Installation]:
    """A new one beside the test's database on its server, in which nothing is yet."""
    name = f"{connection.settings_dict['NAME']}_other"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        yield Installation(var, _postgres_url(name))
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')


def all_rows(using: str = "default") -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, as Django reads it."""
    return {
        model._meta.db_table: list(models.QuerySet(model, using=using).order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
    }


def _postgres_url(name: str) -> str:
    found = connection.settings_dict
    user = quote(found["USER"], safe="")
    password = f":{quote(found['PASSWORD'], safe='')}" if found["PASSWORD"] else ""
    query = f"host={quote(found['HOST'], safe='')}" + (
        f"&port={found['PORT']}" if found["PORT"] else ""
    )
    return f"postgresql://{user}{password}@/{quote(name, safe='')}?{query}"
