"""People at work while a fault is made, from outside; they note what they were told was done."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests import desk, pictures
from tests.installation import Answer, Newsroom

AWAY = (OSError, http.client.HTTPException)


class Person:
    """Somebody at the desk, who asks as tests.desk does of Django's own client."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.who = newsroom.logged_in()

    def get(self, path: str) -> "Page":
        return Page(self.newsroom.get(path, **self.who))

    def post(self, path: str, data: dict[str, object]) -> "Page":
        token = self.who["X-CSRFToken"]
        body = urlencode({**data, "csrfmiddlewaretoken": token}, doseq=True).encode()
        kind = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": self.newsroom.env["SITE_URL"],
        }
        return Page(self.newsroom.send("POST", path, body, self.who | kind))


class Page:
    """An answer under the names that Django's client gives it."""

    def __init__(self, answer: Answer) -> None:
        self.status_code, self.content, self.took = answer.status, answer.body, answer.took


@dataclass
class Done:
    """What was tried, and of that what the newsroom said was done, in order."""

    tried: list[object] = field(default_factory=list)
    told: list[object] = field(default_factory=list)


def save(person: Person, story: int, done: Done) -> None:
    """Type another headline, and save."""
    headline = f"Saved {story}-{len(done.tried)}"
    page = person.get(desk.page("change", story))
    if page.status_code != 200:
        return
    done.tried.append(headline)
    if (
        person.post(desk.page("change", story), desk.filled(page, headline=headline)).status_code
        == 302
    ):
        done.told.append(headline)


def publish(person: Person, story: int, done: Done) -> None:
    """Save another headline, and put it on the site."""
    saved = Done(tried=done.tried)
    save(person, story, saved)
    if not saved.told:
        return
    answer = desk.confirm(person, desk.page("publish", story))
    if answer.status_code == 302:
        done.told.append(saved.told[-1])


def upload(person: Person, story: int, done: Done) -> None:
    """Bring in a picture that nobody brought before."""
    seed = story * 1000 + len(done.tried)
    done.tried.append(seed)
    answer = person.newsroom.upload(pictures.jpeg((1600, 1200), seed=seed), person.who)
    if answer.status == 201:
        done.told.append(seed)


def recrop(person: Person, picture: int, done: Done) -> None:
    """Move a picture's focal point: its crops are made anew."""
    address = f"/admin/media/image/{picture}/change/"
    page = person.get(address)
    if page.status_code != 200:
        return
    done.tried.append(picture)
    place = f"{len(done.tried) * 7 % 100 / 100:.2f}"
    form = desk.fields(page, "image_form") | {"focus_x": place, "focus_y": place, "_save": "1"}
    if person.post(address, form).status_code == 302:
        done.told.append(picture)


Work = Callable[[Person, int, Done], None]


@contextmanager
def at_work(newsroom: Newsroom, work: Work, things: list[int]) -> Iterator[dict[int, Done]]:
    """One person for each thing does this again and again while the block goes on."""
    done = {thing: Done() for thing in things}
    over = threading.Event()

    def go_on(thing: int, person: Person) -> None:
        while not over.is_set():
            with suppress(*AWAY):
                work(person, thing, done[thing])

    people = [threading.Thread(target=go_on, args=(thing, Person(newsroom))) for thing in things]
    for each in people:
        each.start()
    try:
        yield done
    finally:
        over.set()
        for each in people:
            each.join()


@dataclass
class Readers:
    """What somebody got who asked for a page ten times a second."""

    asked: int = 0
    statuses: set[int] = field(default_factory=set)
    slowest: float = 0
    longest_without: float = 0

    def __str__(self) -> str:
        others = sorted(self.statuses - {200})
        told = f"readers: {self.asked} pages, the slowest {self.slowest:.1f} s"
        told += f", longest without one {self.longest_without:.1f} s"
        return told + (f", answers {', '.join(map(str, others))} too" if others else "")


@contextmanager
def reading(newsroom: Newsroom, path: str = "/") -> Iterator[Readers]:
    """Somebody reads on while the block goes on."""
    readers, over = Readers(), threading.Event()

    def read() -> None:
        last = time.monotonic()
        while not over.is_set():
            with suppress(*AWAY):
                answer = newsroom.get(path)
                readers.asked += 1
                readers.statuses.add(answer.status)
                if answer.status == 200:
                    last = time.monotonic()
                    readers.slowest = max(readers.slowest, answer.took)
            readers.longest_without = max(readers.longest_without, time.monotonic() - last)
            time.sleep(0.1)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield readers
    finally:
        over.set()
        reader.join()
