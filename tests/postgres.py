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
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Server:
    """A PostgreSQL in a folder; `url` is the DATABASE_URL of its database."""

    folder: str
    account: dict[str, object]

    @property
    def url(self) -> str:
        return f"postgresql://newsroom@/postgres?host={quote(self.folder, safe='')}"

    def create(self) -> None:
        options = ["-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        self._run("initdb", "-U", "newsroom", *options)

    def start(self) -> None:
        options = f"-k {self.folder} -c listen_addresses= -c fsync=off -c full_page_writes=off"
        self._run("pg_ctl", "-w", "-s", "-l", f"{self.folder}/log", "-o", options, "start")

    def stop(self) -> None:
        """As if the power went: nothing is waited for."""
        self._run("pg_ctl", "-w", "-s", "-m", "immediate", "stop")

    def _run(self, program: str, *options: str) -> None:
        command = [binaries() / program, "-D", f"{self.folder}/data", *options]
        subprocess.run(
            command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL, **self.account
        )


@contextmanager
def throwaway() -> Iterator[Server]:
    """A running server, which goes away with its folder."""
    account = _servers_account()
    with tempfile.TemporaryDirectory(prefix="newsroom-pg-") as folder:
        if account:
            os.chown(folder, account["user"], account["group"])
        made = Server(folder, account)
        made.create()
        made.start()
        try:
            yield made
        finally:
            made.stop()


@contextmanager
def server() -> Iterator[str]:
    """A running server; gives the DATABASE_URL of its database."""
    with throwaway() as made:
        yield made.url


if __name__ == "__main__":
    with server() as url:
        sys.exit(subprocess.call(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}))
