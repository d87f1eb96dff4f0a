"""Starting the newsroom: with a good environment it does, with another it says why, and no more."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from newsroom.server import place
from tests.test_environment import KEY

ROOT = Path(__file__).resolve().parent.parent
# What tests.postgres and tests.s3 set is not for these.
OURS = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess:
    """Run manage.py in an environment of these variables only."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=OURS | {"NEWSROOM_ENV": ""} | variables,
        capture_output=True,
        text=True,
    )


def test_manage_py_tells_what_is_wrong_in_sentences(tmp_path):
    told = manage("migrate", VAR_DIR=str(tmp_path), SITE_URL="http://a.example", TIME_ZONE="x")
    assert told.returncode == 1
    assert told.stdout == ""
    assert "Traceback" not in told.stderr
    assert [line[:10] for line in told.stderr.splitlines() if line.startswith("- ")] == [
        "- TIME_ZON",
        "- SITE_URL",
        "- SECRET_K",
    ]


def test_the_server_tells_it_too():
    told = subprocess.run(
        [sys.executable, "-c", "import newsroom.wsgi"],
        cwd=ROOT,
        env=OURS | {"NEWSROOM_ENV": ""},
        capture_output=True,
        text=True,
    )
    assert told.returncode == 1
    assert "SECRET_KEY: it is not set" in told.stderr
    assert "Traceback" not in told.stderr


def test_django_finds_nothing_to_say_about_a_public_site(tmp_path):
    told = manage(
        "check",
        "--deploy",
        "--fail-level=DEBUG",
        VAR_DIR=str(tmp_path),
        SECRET_KEY=KEY,
        SITE_URL="https://baovinhsa.example",
    )
    assert told.returncode == 0, told.stderr
    assert "no issues" in told.stdout


@pytest.mark.parametrize("before", [None, 0o640])
def test_nobody_else_may_read_the_database_that_it_makes(tmp_path, before):
    file = tmp_path / "newsroom.sqlite3"
    if before:
        file.touch(mode=before)
    script = (
        "import os; os.umask(0o022); import django; django.setup()\n"
        "from django.db import connection\n"
        "connection.cursor().execute('CREATE TABLE story (id)')\n"
        "print(*(oct(e.stat().st_mode)[-3:] for e in os.scandir(os.environ['VAR_DIR'])))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=OURS
        | {"NEWSROOM_ENV": "", "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
        | {"VAR_DIR": str(tmp_path), "SECRET_KEY": KEY},
        capture_output=True,
        text=True,
    )
    # The database, and what SQLite writes beside it.
    assert told.stdout.split() == ["640" if before else "600"] * 3, told.stderr


def test_a_file_that_all_accounts_can_read_is_told(tmp_path):
    file = tmp_path / "newsroom.env"
    file.write_text(f"SECRET_KEY={KEY}\nSITE_URL=https://baovinhsa.example\n")
    for mode, said in ((0o640, False), (0o644, True)):
        file.chmod(mode)
        told = manage("check", VAR_DIR=str(tmp_path), NEWSROOM_ENV=str(file))
        assert told.returncode == 0, told.stderr
        assert (f"chmod o= {file}" in told.stderr) is said


def test_manage_py_reads_the_file_in_the_folder_of_all_data(tmp_path):
    file = tmp_path / "newsroom.env"
    file.write_text(f"SECRET_KEY={KEY}\nSITE_URL=https://fromthefile.example\n")
    environment = OURS | {"VAR_DIR": str(tmp_path)}
    command = [sys.executable, "manage.py", "diffsettings"]
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert "SITE_URL = 'https://fromthefile.example'" in told.stdout


def test_tests_read_no_file(tmp_path):
    poison = tmp_path / "newsroom.env"
    poison.write_text("DATABASE_URL=postgresql://prod@db.example/paper\nSECRETKEY=oops\n")
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_cursors.py"],
        cwd=ROOT,
        env=OURS | {"NEWSROOM_ENV": str(poison), "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert manage("check", NEWSROOM_ENV=str(poison)).returncode == 1


def test_manage_py_works_beside_the_demo_with_nothing_exported(tmp_path):
    """The same key, database and address, in a file for nobody else."""
    script = "from example import demo; demo.configure()"
    for port in ("8077", "8078"):
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=OURS | {"VAR_DIR": str(tmp_path), "PORT": port, "NEWSROOM_ENV": ""},
            check=True,
        )
    file = tmp_path / "newsroom.env"
    assert file.stat().st_mode & 0o077 == 0
    key = (tmp_path / "demo-secret-key").read_text()
    told = manage("diffsettings", NEWSROOM_ENV=str(file)).stdout
    assert f"SECRET_KEY = '{key}'" in told
    assert "SITE_URL = 'http://127.0.0.1:8078'" in told
    assert str(tmp_path / "newsroom.sqlite3") in told


def demo(**variables: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "example.demo"],
        cwd=ROOT,
        env=OURS | {"NEWSROOM_ENV": ""} | variables,
        capture_output=True,
        text=True,
    )


def test_a_demo_that_cannot_be_served_leaves_the_file_of_the_one_that_runs(tmp_path):
    file = tmp_path / "newsroom.env"
    file.write_text("SITE_URL=http://127.0.0.1:8077\n")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        told = demo(VAR_DIR=str(tmp_path), PORT=str(taken.getsockname()[1]))
    assert told.returncode == 1
    assert "Try: make demo PORT=" in told.stderr
    assert file.read_text() == "SITE_URL=http://127.0.0.1:8077\n"
    assert list(tmp_path.iterdir()) == [file]


def test_a_demo_that_cannot_write_its_folder_says_so(tmp_path):
    (tmp_path / "file").touch()
    told = demo(VAR_DIR=str(tmp_path / "file" / "var"), PORT="0")
    assert told.returncode == 1
    assert told.stderr.startswith(f"The demo cannot write into {tmp_path}/file/var (")


def test_a_demo_for_the_whole_network_answers_to_this_machines_names(tmp_path):
    subprocess.run(
        [sys.executable, "-c", "from example import demo; demo.configure()"],
        cwd=ROOT,
        env=OURS | {"VAR_DIR": str(tmp_path), "HOST": "0.0.0.0"},
        check=True,
    )
    told = manage("diffsettings", NEWSROOM_ENV=str(tmp_path / "newsroom.env")).stdout
    [hosts] = [line for line in told.splitlines() if line.startswith("ALLOWED_HOSTS")]
    assert "'127.0.0.1', 'localhost'" in hosts
    for address in socket.gethostbyname_ex(socket.gethostname())[2]:
        assert f"'{address}'" in hosts


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("127.0.0.1:8001", ("127.0.0.1", 8001)),
        ("0.0.0.0:80", ("0.0.0.0", 80)),
        ("[::1]:8000", ("::1", 8000)),
        ("localhost:8000", ("127.0.0.1", 8000)),
        (":8000", ("127.0.0.1", 8000)),
        ("8000", ("127.0.0.1", 8000)),
    ],
)
def test_where_the_server_listens(written, meant):
    assert place(written) == meant


@pytest.mark.parametrize("written", ["localhost", "127.0.0.1:", "a b:1", "127.0.0.1:99999"])
def test_where_it_cannot_listen_is_told(written):
    with pytest.raises(SystemExit, match="write HOST:PORT"):
        place(written)
