"""`make demo`: an example newspaper, served as in production, on this machine only."""

import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

from newsroom import environment

HOST = os.environ.get("HOST", "127.0.0.1")
PORT = os.environ.get("PORT", "8000")
ACCOUNTS = ("reporter", "editor", "managing-editor", "admin")


def say(line: str) -> None:
    """Tell the person at the terminal what is going on."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def configure() -> None:
    """The environment of a production installation that lives under var/.

    It stands in a file there, too, so that manage.py works beside the demo.
    """
    var = Path(os.environ.setdefault("VAR_DIR", str(environment.BASE_DIR / "var")))
    try:
        _configure(var)
    except OSError as error:
        sys.exit(
            f"The demo cannot write into {var} ({error.strerror}). Try: VAR_DIR=/full/path make demo"
        )


def _configure(var: Path) -> None:
    var.mkdir(parents=True, exist_ok=True)
    shown = "127.0.0.1" if HOST in {"0.0.0.0", "::"} else HOST  # noqa: S104
    host = f"[{shown}]" if ":" in shown else shown
    os.environ.setdefault("SITE_URL", f"http://{host}:{PORT}")
    names = [host, "127.0.0.1", "localhost", *(_own_names() if shown != HOST else [])]
    os.environ.setdefault("ALLOWED_HOSTS", ",".join(dict.fromkeys(names)))
    if "SECRET_KEY" not in os.environ:
        os.environ["SECRET_KEY"] = environment.kept_key(var / "demo-secret-key")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    os.environ["NEWSROOM_ENV"] = str(var / environment.FILE_NAME)
    _write(var / environment.FILE_NAME)


def _own_names() -> list[str]:
    """What a phone on the same network may call this machine: its addresses, and its name."""
    name = socket.gethostname()
    names = [name, f"{name}.local"]
    with suppress(OSError):
        names += socket.gethostbyname_ex(name)[2]
    # Where packets into the world would leave; none is sent.
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        names.append(probe.getsockname()[0])
    return [name for name in names if environment.is_host(name.lower())]


def _write(path: Path) -> None:
    values = {name: os.environ[name] for name in environment.RULES if os.environ.get(name)}
    with suppress(FileNotFoundError):
        path.unlink()
    path.touch(mode=0o600)
    path.write_text(
        f"# Written by `make demo` at each start.\n{environment.written(values)}", encoding="utf-8"
    )


def check_port() -> None:
    """Stop with a sentence where the server could not start anyway."""
    family = socket.AF_INET6 if ":" in HOST else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(PORT)))
        except (OSError, ValueError, OverflowError) as error:
            sys.exit(f"Cannot serve on {HOST}:{PORT} ({error}). Try: make demo PORT=8001")


def prepare() -> str | None:
    """Database, static files, example newsroom. Gives the accounts' password where it set one."""
    import django
    from django.core.management import call_command

    django.setup()
    from django.utils import timezone

    from example import fill

    say("== Preparing the database")
    call_command("migrate", interactive=False, verbosity=0)
    say("== Collecting static files")
    call_command("collectstatic", interactive=False, verbosity=0)
    password = fill.make_accounts(os.environ.get("DEMO_PASSWORD", ""))
    if password:
        # Now, as who stops the demo while it is filled does not come to the greeting.
        say(f"== The accounts' password: {password}")
    say("== Filling the example newsroom (the first time it draws its pictures, about a minute)")
    for line in fill.fill(timezone.now()):
        say(f"   {line}")
    return password


def greeting(password: str | None) -> str:
    """Where to go, and with which accounts: the last lines before the server takes over."""
    site = os.environ["SITE_URL"]
    shown = password or "as before (DEMO_PASSWORD=… make demo sets another)"
    return "\n".join(
        [
            "",
            f"The site:     {site}/",
            f"The desk:     {site}/admin/",
            f"Accounts:     {', '.join(ACCOUNTS)}",
            f"Password:     {shown}",
            "Two-factor login is off in this demo. Stop it with Ctrl+C.",
        ]
    )


def serve() -> None:
    """Become the web server."""
    host = f"[{HOST}]" if ":" in HOST else HOST
    command = [sys.executable, "-m", "newsroom.server", f"{host}:{PORT}"]
    os.execv(sys.executable, command)  # noqa: S606


if __name__ == "__main__":
    # First, since the file of a demo that runs already must stay as it is.
    check_port()
    configure()
    say(greeting(prepare()))
    serve()
