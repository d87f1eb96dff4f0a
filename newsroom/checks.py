"""What `manage.py` tells an operator before it does anything; the server goes on as well as it can."""

import os
import stat
from collections.abc import Iterable

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register


@register(Tags.staticfiles)
def var_dir_can_be_written(**_kwargs: object) -> Iterable[CheckMessage]:
    if not os.access(settings.VAR_DIR, os.W_OK | os.X_OK):
        yield Error(
            f"This account may not write in VAR_DIR, {settings.VAR_DIR}.",
            hint="Run the command as the account that runs the newsroom: runuser -u newsroom -- …",
            id="newsroom.E001",
        )


@register(Tags.security)
def environment_file_is_private(**_kwargs: object) -> Iterable[CheckMessage]:
    path = settings.ENVIRONMENT_FILE
    if path and stat.S_IMODE(path.stat().st_mode) & stat.S_IROTH:
        yield Warning(
            f"Every account of this machine can read {path}, which holds secrets.",
            hint=f"chmod o= {path}",
            id="newsroom.W001",
        )
