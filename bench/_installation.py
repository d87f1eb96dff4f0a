"""An empty installation to measure on, in a folder that goes away with the process."""

import atexit
import os
import shutil
import tempfile
from functools import cache


@cache
def migrated() -> None:
    """Set Django up on an empty database of its own, whatever the environment says."""
    folder = tempfile.mkdtemp(prefix="newsroom-bench-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "DEBUG": "1",
        "NEWSROOM_ENV": "",
        "VAR_DIR": folder,
    }
    for elsewhere in ("ALLOWED_HOSTS", "DATABASE_URL", "SITE_URL", "STORAGE_URL"):
        os.environ.pop(elsewhere, None)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
