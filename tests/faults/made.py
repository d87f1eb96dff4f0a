"""The faults: each function makes one, and gives in a sentence what it observed.

What was promised and does not hold is raised as an AssertionError.
"""

import json
import os
import random
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tests import desk, pictures, postgres
from tests.faults import at_work
from tests.faults.at_work import Done, Person, reading
from tests.faults.at_work import at_work as going_on
from tests.installation import (
    FILLED,
    ROOT,
    Newsroom,
    environment,
    free_port,
    manage,
    running,
    until,
)

# Root may write everywhere; the server's account may not.
WITHOUT_ROOTS_RIGHTS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
SITE = "baovinhsa.example"
KILLS = 12
STORY_PAGES = "/admin/articles/article/"
STORIES = """
from django.contrib.auth.models import User
from articles.models import Article, Category
editor, section = User.objects.get(username="editor"), Category.objects.get()
for number in range({count}):
    Article.objects.create(headline=f"Story {{number}}", section=section, owner=editor, body="<p>A</p>")
"""


def audit(newsroom: Newsroom) -> dict:
    """What the installation holds, all of it whole."""
    return inside(newsroom.env)


def inside(env: dict[str, str]) -> dict:
    """The same of one that is not served."""
    found = json.loads(manage(env, "shell", "--verbosity=0", "-c", "import tests.faults.audit"))
    assert not found["wrong"], "; ".join(found["wrong"])
    return found


def add_stories(newsroom: Newsroom, count: int) -> list[int]:
    manage(newsroom.env, "shell", "--verbosity=0", "-c", STORIES.format(count=count))
    return list(range(2, 2 + count))


def whole(newsroom: Newsroom, done: dict[int, Done]) -> str:
    """Everything that was acknowledged is there; in numbers."""
    found = audit(newsroom)
    for story, work in done.items():
        if work.told and isinstance(work.told[-1], str):
            now = found["stories"][str(story)]
            since = work.tried[work.tried.index(work.told[-1]) :]
            assert now in since, f"story {story} says {now!r}, after {work.told[-1]!r} was saved"
    told = sum(len(work.told) for work in done.values())
    tried = sum(len(work.tried) for work in done.values())
    assert told, "nothing was done at all"
    return f"{told} of {tried} acknowledged, all there"


def killed_while(work: at_work.Work, prepare: Callable[[Newsroom], list[int]]):
    """A worker is killed, again and again, while people do this."""

    def fault(folder: Path) -> str:
        with running(folder) as newsroom:
            things = prepare(newsroom)
            with going_on(newsroom, work, things) as done, reading(newsroom) as readers:
                for _ in range(KILLS):
                    time.sleep(random.uniform(0.5, 2))
                    os.kill(random.choice(newsroom.workers), signal.SIGKILL)
                until(lambda: len(newsroom.workers) == 2)
            told = whole(newsroom, done)
            check(work, newsroom, done)
            return f"{KILLS} kills; {told}; {readers}"

    return fault


def check(work: at_work.Work, newsroom: Newsroom, done: dict[int, Done]) -> None:
    """What only this work promises."""
    found = audit(newsroom)
    if work is at_work.publish:
        # One that is followed within two seconds is a plan that gave way to the next.
        for story, each in done.items():
            newest = [headline for pk, headline in found["published"] if pk == story][-1]
            since = each.tried[each.tried.index(each.told[-1]) :]
            assert newest in since, f"readers have {newest!r} after {each.told[-1]!r} was published"
    if work is at_work.upload:
        told = sum(len(each.told) for each in done.values())
        assert len(found["pictures"]) >= told, f"{told} uploads, {len(found['pictures'])} pictures"


def four_stories(newsroom: Newsroom) -> list[int]:
    return add_stories(newsroom, 4)


def two_pictures(newsroom: Newsroom) -> list[int]:
    who = newsroom.logged_in()
    for seed in range(2):
        assert newsroom.upload(pictures.jpeg((1600, 1200), seed=seed), who).status == 201
    return [1, 2]


def crowd(folder: Path, **more: str) -> str:
    """Two hundred editors save at the same moment."""
    with running(folder, **more) as newsroom:
        stories = add_stories(newsroom, 200)
        person = Person(newsroom)
        forms = [
            desk.filled(person.get(desk.page("change", pk)), headline=f"New {pk}") for pk in stories
        ]

        def send(pk: int, form: dict) -> float:
            answer = person.post(desk.page("change", pk), form)
            assert answer.status_code == 302, f"a save was answered with {answer.status_code}"
            return answer.took

        with reading(newsroom) as readers, ThreadPoolExecutor(200) as pool:
            took = list(pool.map(send, stories, forms))
        found = audit(newsroom)["stories"]
        assert all(found[str(pk)] == f"New {pk}" for pk in stories), "a save is lost"
        return f"200 of 200 saved, the last after {max(took):.1f} s; {readers}"


def postgres_away(folder: Path) -> str:
    """PostgreSQL stops for ten seconds while people save, and comes back."""
    with postgres.throwaway() as server, running(folder, DATABASE_URL=server.url) as newsroom:
        stories = add_stories(newsroom, 4)
        with going_on(newsroom, at_work.save, stories) as done, reading(newsroom) as readers:
            time.sleep(3)
            server.stop()
            time.sleep(5)
            ready, alive, page = (
                newsroom.get(path).status for path in ("/readyz", "/healthz", "/")
            )
            time.sleep(5)
            server.start()
            back = until(lambda: newsroom.get("/").status == 200)
            time.sleep(3)
        assert (ready, alive, page) == (503, 200, 503), f"away: {(ready, alive, page)}"
        assert readers.statuses <= {200, 503}, f"readers got {readers.statuses}"
        return f"away: /readyz {ready}, /healthz {alive}, pages {page}; well {back:.1f} s after it; {whole(newsroom, done)}"


@contextmanager
def small_disk(folder: Path, megabytes: int = 64) -> Iterator[Path]:
    """A disk of its own for VAR_DIR; that takes root."""
    disk = folder / "disk"
    disk.mkdir()
    run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "newsroom-fault", str(disk))
    try:
        yield disk
    finally:
        run("umount", "--lazy", str(disk))


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def try_all(newsroom: Newsroom, person: Person, story: int) -> str:
    """A save, a publication and an upload, each answered by a sentence; gives their statuses."""
    form = desk.fields(person.get(desk.page("change", story))) | {"headline": "Not to be lost"}
    saved = person.post(desk.page("change", story), form | {"_save": "1"})
    asked = desk.fields(person.get(desk.page("publish", story)), "data-asking")
    published = person.post(desk.page("publish", story), asked)
    if published.status_code == 200:
        published = person.post(desk.page("publish", story), desk.fields(published, "data-asking"))
    brought = newsroom.upload(pictures.jpeg((1600, 1200), seed=4711), person.who)
    told = [saved.status_code, published.status_code, brought.status]
    assert 500 not in told, f"save, publication, upload: {told}"
    kept = saved.status_code == 302 or b"Not to be lost" in saved.content
    assert kept, "what was typed is not in the answer"
    assert len(brought.body) > 20, "the upload was refused without a sentence"
    return f"save {told[0]}, the text kept, publication {told[1]}, upload {told[2]}"


def kept(person: Person, story: int, words: str) -> int:
    """The status of the answer to these words, sent from a tab of their own while they are typed."""
    content = json.dumps({"fields": [["headline", words]], "files": []})
    sent = {"story": story, "names": words.replace(" ", "-"), "content": content}
    return person.post(f"{STORY_PAGES}beat/", sent).status_code


def offers(person: Person, story: int, words: str) -> bool:
    """Does the story's form offer to go on with these words?"""
    return words.encode() in person.get(desk.page("change", story)).content


def works_again(newsroom: Newsroom, person: Person, story: int) -> None:
    """The same person saves, publishes and uploads, without a new start of anything."""
    done = Done()
    until(lambda: _publishes(person, story, done), seconds=20)
    assert newsroom.upload(pictures.jpeg((1600, 1200), seed=4712), person.who).status == 201
    whole(newsroom, {story: done})


def _publishes(person: Person, story: int, done: Done) -> bool:
    at_work.publish(person, story, done)
    return bool(done.told)


def disk_full(folder: Path) -> str:
    """VAR_DIR's disk has no byte left."""
    with small_disk(folder) as disk, running(disk) as newsroom:
        [story] = add_stories(newsroom, 1)
        person = Person(newsroom)
        assert kept(person, story, "Typed before") == 200, "what is typed is not kept"
        with reading(newsroom) as readers:
            with suppress(OSError), (disk / "filler").open("wb") as filler:
                while filler.write(bytes(4096)):
                    filler.flush()
            told = try_all(newsroom, person, story)
            typing = kept(person, story, "Typed meanwhile")
            ready = newsroom.get("/readyz").status
            (disk / "filler").unlink()
        assert typing in (503, 507), f"typing: {typing}"
        assert offers(person, story, "Typed before"), "what was kept before is gone"
        assert readers.statuses == {200}, f"readers got {readers.statuses}"
        assert ready == 503, "it says that it is ready"
        assert kept(person, story, "Typed after") == 200, "what is typed is not kept again"
        works_again(newsroom, person, story)
        told += f", typing {typing}"
        return f"{told}; /readyz {ready}; {readers}; all works again once there is room"


def read_only(folder: Path) -> str:
    """VAR_DIR and all in it cannot be written by the server's account."""
    with running(folder, under=WITHOUT_ROOTS_RIGHTS) as newsroom:
        [story] = add_stories(newsroom, 1)
        person = Person(newsroom)
        with reading(newsroom) as readers:
            run("chmod", "-R", "a-w", str(folder))
            # Workers that start now find it so; those that had files open could go on writing.
            for pid in newsroom.workers:
                os.kill(pid, signal.SIGKILL)
            until(lambda: newsroom.get("/healthz").status == 200)
            told = try_all(newsroom, person, story)
            ready = newsroom.get("/readyz").status
            run("chmod", "-R", "u+w", str(folder))
        assert readers.statuses == {200}, f"readers got {readers.statuses}"
        assert ready == 503, "it says that it is ready"
        works_again(newsroom, person, story)
        return f"{told}; /readyz {ready}; {readers}; all works again once it can be written"


class Clock:
    """The server's clock, which is set while it runs."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "clock"
        self.set("+0")

    def set(self, offset: str) -> None:
        self.file.write_text(offset)
        time.sleep(1.5)

    @property
    def served(self) -> dict[str, str]:
        [library] = Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")
        return {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }


def clock_stepped(folder: Path) -> str:
    """The clock goes an hour forth, back, two hours back, and right again, while people publish."""
    clock = Clock(folder)
    with running(folder, served=clock.served) as newsroom:
        stories = add_stories(newsroom, 4)
        with going_on(newsroom, at_work.publish, stories) as done, reading(newsroom) as readers:
            for offset in ("+1h", "+0", "-2h", "+0"):
                time.sleep(4)
                clock.set(offset)
            time.sleep(4)
        assert readers.statuses == {200}, f"readers got {readers.statuses}"
        told = whole(newsroom, done)
        return f"+1 h, 0, -2 h, 0; {told}, no two versions at once; {readers}"


def clock_apart(folder: Path) -> str:
    """The clock differs from PostgreSQL's."""
    clock = Clock(folder)
    with (
        postgres.server() as url,
        running(folder, served=clock.served, DATABASE_URL=url) as newsroom,
    ):
        told = []
        for offset in ("+0", "+1", "-1h", "+0"):
            clock.set(offset)
            told.append(newsroom.get("/readyz").status)
        assert told == [200, 503, 503, 200], f"/readyz said {told}"
        return f"/readyz {', '.join(map(str, told))} for 0, +1 s, -1 h, 0"


def migration_interrupted(folder: Path, **more: str) -> str:
    """kill -9 of `migrate`, again and again; then it is let go."""
    env = environment(folder, 8000, **more)
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    kills, takes = 0, _seconds_of_a_migration(folder / "tried")
    for _ in range(8):
        process = subprocess.Popen(migrate, cwd=ROOT, env=env, stderr=subprocess.DEVNULL)
        time.sleep(random.uniform(0.5, 1) * takes)
        kills += process.poll() is None
        process.kill()
        process.wait()
    manage(env, "migrate", "--verbosity=0")
    manage(env, "migrate", "--check", "--verbosity=0")
    manage(env, "shell", "--verbosity=0", "-c", FILLED)
    found = json.loads(manage(env, "shell", "--verbosity=0", "-c", "import tests.faults.audit"))
    assert not found["wrong"], found["wrong"]
    assert len(found["published"]) == 1
    return f"kills: {kills}; the next migrate completes, and a story is published"


def _seconds_of_a_migration(folder: Path) -> float:
    started = time.monotonic()
    manage(environment(folder, 8000), "migrate", "--verbosity=0")
    return time.monotonic() - started


def backup_and_restore_killed(folder: Path, **more: str) -> str:
    """kill -9 of `backup` while people save, and of `restore`; then each is let go."""
    backups = folder / "backups"
    backups.mkdir()
    last = backups / "last.tar"
    with running(folder / "own", **more) as newsroom:
        two_pictures(newsroom)
        stories = add_stories(newsroom, 4)
        with going_on(newsroom, at_work.save, stories), reading(newsroom) as readers:
            written = [backups / f"{number}.tar" for number in range(KILLS)]
            saving = _killed(newsroom.env, "backup", written)
        manage(newsroom.env, "backup", str(last))
        for file in backups.glob("*.tar"):
            manage(newsroom.env, "restore", "--check", str(file))
        env = environment(folder / "restored", 8000)
        restoring = _killed(env, "restore", [last] * KILLS)
        manage(env, "migrate", "--verbosity=0")
        found = inside(env)
        if not found["stories"]:
            manage(env, "restore", str(last))
            found = inside(env)
        assert found == audit(newsroom), "what came back is not what was there"
    return (
        f"{saving} kills of backup, whole is each file that has its name; {restoring} of restore, "
        f"then all came back; {readers}"
    )


def _killed(env: dict[str, str], command: str, files: list[Path]) -> int:
    """A command is begun with each file, and killed somewhere on its way; how often it was."""
    kills = 0
    for file in files:
        process = subprocess.Popen(
            [sys.executable, "manage.py", command, file],
            cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        # To load the code takes half of this.
        time.sleep(random.uniform(0.3, 1.3))
        kills += process.poll() is None
        process.kill()
        process.wait()
    return kills


def on_postgres(fault: Callable[..., str]) -> Callable[[Path], str]:
    """The same fault with PostgreSQL."""

    def with_server(folder: Path) -> str:
        with postgres.server() as url:
            return fault(folder, DATABASE_URL=url)

    return with_server


@contextmanager
def behind_nginx(folder: Path, newsroom: Newsroom) -> Iterator[int]:
    """nginx with deploy/nginx.conf, but for the places of this machine; gives its https port."""
    port, plain = free_port(), free_port()
    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj",
        f"/CN={SITE}", "-keyout", f"{folder}/privkey.pem", "-out", f"{folder}/fullchain.pem")  # fmt: skip
    configuration = (ROOT / "deploy" / "nginx.conf").read_text()
    for written, here in (
        ("user www-data;\n", "daemon off;\n"),
        ("/run/nginx.pid", f"{folder}/nginx.pid"),
        ("/var/log/nginx", str(folder)),
        ("/etc/newsroom/tls", str(folder)),
        ("/srv/newsroom/current", str(ROOT)),
        ("root /var/lib/newsroom", f"root {newsroom.folder}"),
        ("127.0.0.1:8001", f"127.0.0.1:{newsroom.port}"),
        ("127.0.0.1:8002", f"127.0.0.1:{newsroom.port}"),
        ("listen 80 ", f"listen 127.0.0.1:{plain} "),
        ("listen 443 ", f"listen 127.0.0.1:{port} "),
    ):
        assert written in configuration, f"deploy/nginx.conf has no {written!r} any more"
        configuration = configuration.replace(written, here)
    configuration = re.sub(r"\n *listen \[::\].*", "", configuration)
    path = folder / "nginx.conf"
    path.write_text(configuration)
    process = subprocess.Popen(["nginx", "-c", str(path)], stderr=subprocess.DEVNULL)
    try:
        until(lambda: _read(port) == 200)
        yield port
    finally:
        process.terminate()
        process.wait()


def _line(port: int, source: str) -> ssl.SSLSocket:
    """A connection to the site from one of this machine's addresses."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    raw = socket.create_connection(("127.0.0.1", port), 30, source_address=(source, 0))
    return context.wrap_socket(raw, server_hostname=SITE)


def _read(port: int) -> int:
    with _line(port, "127.0.0.1") as line:
        line.sendall(f"GET / HTTP/1.1\r\nHost: {SITE}\r\nConnection: close\r\n\r\n".encode())
        return int(line.recv(100).split()[1])


def slow_lines(folder: Path) -> str:
    """Two thousand connections, from twenty addresses, that send a byte a second."""
    with (
        running(
            folder / "var", SITE_URL=f"https://{SITE}", ALLOWED_HOSTS=f"{SITE},127.0.0.1"
        ) as newsroom,
        behind_nginx(folder, newsroom) as port,
        ExitStack() as opened,
    ):
        head = (
            f"POST /admin/login/ HTTP/1.1\r\nHost: {SITE}\r\nContent-Length: 900\r\n\r\n".encode()
        )
        lines = [
            opened.enter_context(_line(port, f"127.0.0.{2 + number % 20}"))
            for number in range(2000)
        ]
        for line in lines:
            line.sendall(head)
        took = []
        for _ in range(10):
            for line in lines:
                with suppress(OSError):
                    line.send(b"a")
            for _ in range(5):
                started = time.monotonic()
                assert _read(port) == 200, "a reader got no page"
                took.append(time.monotonic() - started)
            time.sleep(1)
        assert max(took) < 3, f"a reader waited {max(took):.1f} s"
        return (
            f"2,000 open for {10 + sum(took):.0f} s; 50 of 50 pages, the slowest {max(took):.1f} s"
        )


FAULTS: dict[str, Callable[[Path], str]] = {
    "kill -9 of workers during uploads": killed_while(at_work.upload, four_stories),
    "kill -9 of workers during saves": killed_while(at_work.save, four_stories),
    "kill -9 of workers during publications": killed_while(at_work.publish, four_stories),
    "kill -9 of workers during renditions": killed_while(at_work.recrop, two_pictures),
    "PostgreSQL stopped for ten seconds": postgres_away,
    "200 editors save at once, SQLite": crowd,
    "200 editors save at once, PostgreSQL": on_postgres(crowd),
    "disk full": disk_full,
    "VAR_DIR read-only": read_only,
    "clock stepped back and forth, SQLite": clock_stepped,
    "clock differs from PostgreSQL's": clock_apart,
    "2,000 slow connections through nginx": slow_lines,
    "migration interrupted, SQLite": migration_interrupted,
    "migration interrupted, PostgreSQL": on_postgres(migration_interrupted),
    "kill -9 of backup and restore, SQLite": backup_and_restore_killed,
    "kill -9 of backup and restore, from PostgreSQL": on_postgres(backup_and_restore_killed),
}
