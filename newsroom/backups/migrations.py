"""Which version the code is, which form of the tables it knows, and whether a database has it."""

import shutil
import subprocess

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader


def known() -> list[str]:
    """The names of the code's migrations."""
    return sorted(f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations)


def commit() -> str:
    """The commit that the code stands at, where that can be told."""
    git = shutil.which("git")
    if git is None or not (settings.BASE_DIR / ".git").exists():
        return ""
    asked = [git, "-C", settings.BASE_DIR, "rev-parse", "HEAD"]
    return subprocess.run(asked, capture_output=True, text=True).stdout.strip()  # noqa: S603


def waiting(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database has not had all of them yet."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def unknown(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of those that the database has had and the code does not know."""
    loader = MigrationLoader(connection)
    ours = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        ours.update(migration.replaces)
    return sorted(f"{app}.{name}" for app, name in set(loader.applied_migrations) - ours)
