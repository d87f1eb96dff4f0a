"""A throwaway PostgreSQL for one command: `python -m tests.postgres pytest …`.

The server listens on a socket in a temporary folder only and goes away with the command.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

DEBIAN = Path("/usr/lib/postgresql")


def binaries() -> Path:
    """The folder of PostgreSQL's programs: the newest that Debian has, else that on the PATH.

    Raises FileNotFoundError where there is none.
    """
    debian = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = debian[-1] if debian else shutil.which("initdb")
    if found is None:
        raise FileNotFoundError("PostgreSQL's initdb is not installed (Debian: postgresql).")
    return Path(found).resolve().parent


def _servers_account() -> dict[str, object]:
    """initdb refuses root: then the server runs as the user that Debian's package makes."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise RuntimeError("root cannot run PostgreSQL, and there is no user postgres or nobody.")


@contextmanager
def server() -> Iterator[str]:
    """A running server; gives the DATABASE_URL of its database."""
    account = _servers_account()
    programs = binaries()
    with tempfile.TemporaryDirectory(prefix="newsroom-pg-") as folder:
        if account:
            os.chown(folder, account["user"], account["group"])
        data = f"{folder}/data"
        run = {"check": True, "cwd": folder, "stdout": subprocess.DEVNULL, **account}
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "newsroom", "-A", "trust", "-E", "UTF8",
             "--locale=C.UTF-8", "--no-sync"],
            **run,
        )  # fmt: skip
        options = f"-k {folder} -c listen_addresses= -c fsync=off -c full_page_writes=off"
        control = [programs / "pg_ctl", "-D", data, "-w", "-s"]
        subprocess.run([*control, "-l", f"{folder}/log", "-o", options, "start"], **run)
        try:
            yield f"postgresql://newsroom@/postgres?host={quote(folder, safe='')}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **run)


if __name__ == "__main__":
    with server() as url:
        sys.exit(subprocess.call(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}))
