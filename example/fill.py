"""Filling the example newspaper: as if it had run for a month, and the same when run again.

The history goes through the same verbs as everybody's, asked at moments that are past: so it obeys
the rules of time.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from articles.importers import folder as folders
from articles.importers import stories as importer
from articles.models import Article, Author, Category, Paper
from articles.publishing import saving, workflow
from articles.rules.permissions import Role
from example import drawings, plan

Draw = Callable[[str], bytes]

STORIES = Path(__file__).parent / "stories"
# Username, name, role; None is a superuser.
PEOPLE = (
    ("reporter", "Minh Khuê", Role.REPORTER),
    ("editor", "Bích Thủy", Role.EDITOR),
    ("managing-editor", "Đức Thành", Role.MANAGING_EDITOR),
    ("admin", "Quản trị", None),
)
ASKED_BEFORE = timedelta(minutes=5)
WRITTEN_BEFORE = timedelta(hours=1)


@transaction.atomic
def make_accounts(password: str) -> str | None:
    """Make the example accounts that are missing, and give all of them `password` if it is not "".

    Returns the password where one was set: the given one, or a random one for new accounts.
    """
    users = get_user_model().objects
    missing = [person for person in PEOPLE if not users.filter(username=person[0]).exists()]
    if missing and not password:
        password = get_random_string(14)
    for username, name, role in missing:
        first, last = name.split(" ", 1)
        user = users.create_user(
            username,
            f"{username}@baovinhsa.example",
            first_name=first,
            last_name=last,
            is_staff=True,
            is_superuser=role is None,
        )
        if role:
            user.groups.add(Group.objects.get(name=role.value))
    if password:
        for username, _name, _role in PEOPLE:
            user = users.get(username=username)
            user.set_password(password)
            user.save(update_fields=["password"])
    return password or None


def drawn_jpeg(name: str) -> bytes:
    """A drawn picture as the JPEG file that a camera might have made."""
    out = BytesIO()
    drawings.draw(name).save(out, "JPEG", quality=92)
    return out.getvalue()


def fill(now: datetime, draw: Draw = drawn_jpeg) -> Iterator[str]:
    """Fill the example paper as of `now`; yields lines that say what is being done.

    What is there already is left as it is. Needs the accounts. draw: makes a picture's file from
    its name, in other processes.
    """
    now = now.replace(microsecond=0)
    _make_paper()
    cast = _Cast(*(get_user_model().objects.get(username=name) for name, *_rest in PEOPLE[:3]))
    present = set(Article.objects.exclude(source_key=None).values_list("source_key", flat=True))
    entries = [entry for entry in plan.STORIES if entry.folder not in present]
    if not entries:
        yield "It is all there already."
        return
    taken_in = []
    for entry, folder in zip(
        entries, _drawn([entry.folder for entry in entries], draw), strict=True
    ):
        written = _moment(entry.published or 0, now) - WRITTEN_BEFORE
        written = min(written, now)
        _folder, article, _result = importer.take_in(
            folder, by=cast.reporter, section=None, now=written
        )
        taken_in.append((entry, folder, article, written))
        if len(taken_in) % 10 == 0:
            yield f"{len(taken_in)} of {len(entries)} stories"
    for entry, folder, article, written in taken_in:
        importer.link_up(article, folder, by=cast.reporter, now=written)
        _History(entry, article, cast, now, draw).play()
    yield f"{len(taken_in)} stories are there."


@dataclass(frozen=True)
class _Cast:
    reporter: object
    editor: object
    managing_editor: object


def _make_paper() -> None:
    paper = Paper.load()
    if paper.name != plan.PAPER["name"]:
        for field, value in plan.PAPER.items():
            setattr(paper, field, value)
        paper.mark = paper.mark.strip()
        paper.save()
    sections: dict[str, Category] = {}
    for section in plan.SECTIONS:
        sections[section.slug], _created = Category.objects.get_or_create(
            slug=section.slug,
            defaults={
                "name": section.name,
                "description": section.description,
                "position": section.position,
                "parent": sections.get(section.parent),
            },
        )
    reporter = get_user_model().objects.get(username="reporter")
    for author in plan.AUTHORS:
        account = reporter if author.name == reporter.get_full_name() else None
        Author.objects.get_or_create(
            slug=author.slug, defaults={"name": author.name, "user": account}
        )


def _drawn(names: list[str], draw: Draw) -> Iterator[folders.Folder]:
    """The story folders with their pictures, each drawn once, ahead, by other processes."""
    stories = {name: _story(name, "story.html") for name in names}
    with ProcessPoolExecutor(2) as pool:
        wanted = (picture.file for story in stories.values() for picture in story.pictures)
        drawn = {file: pool.submit(draw, file) for file in dict.fromkeys(wanted)}
        for name, story in stories.items():
            files = [(each.file, drawn[each.file].result()) for each in story.pictures]
            yield _folder(name, story, files)


def _folder(name: str, story: folders.Story, files: Iterable[tuple[str, bytes]]) -> folders.Folder:
    read = {file: folders.File(file, partial(bytes, data)) for file, data in files}
    return folders.Folder(name, story, read)


def _story(name: str, file: str) -> folders.Story:
    return folders.parse((STORIES / name / file).read_text(encoding="utf-8"))


def _moment(when: float | plan.Ahead, now: datetime) -> datetime:
    """Hours before now, or a clock of a day ahead in the paper's zone; a whole minute."""
    if not isinstance(when, plan.Ahead):
        return (now - timedelta(hours=when)).replace(second=0, microsecond=0)
    day = timezone.localdate(now) + timedelta(days=when.days)
    return timezone.make_aware(datetime.combine(day, when.clock))


@dataclass(frozen=True)
class _History:
    """What happens to one story, played in order."""

    entry: plan.Entry
    article: Article
    cast: _Cast
    now: datetime
    draw: Draw

    def play(self) -> None:
        if self.entry.published is None:
            if self.entry.stage == "submitted":
                workflow.submit(self.article, by=self.cast.reporter)
            return
        self._publish(self.article, _moment(self.entry.published, self.now))
        if self.entry.change:
            self._change(self.entry.change)
        if self.entry.withdrawn is not None:
            at = _moment(self.entry.withdrawn, self.now)
            workflow.withdraw(
                self.article, by=self.cast.managing_editor, at=at, clock=self._asked(at)
            )

    def _publish(self, article: Article, at: datetime, **how: str) -> None:
        workflow.publish(article, by=self.cast.editor, at=at, clock=self._asked(at), **how)

    def _change(self, change: plan.Change) -> None:
        at = _moment(change.when, self.now)
        story = _story(self.entry.folder, change.file)
        files = [(each.file, self.draw(each.file)) for each in story.pictures]
        folder = _folder(self.entry.folder, story, files)
        article = Article.objects.get(pk=self.article.pk)
        images = importer.bring_pictures(folder, self.cast.reporter)
        body, authors = importer.fill_in(article, story, images, section=None, now=self.now)
        saving.save_story(
            article, by=self.cast.editor, body=body, authors=authors, clock=self._asked(at)
        )
        self._publish(article, at, kind=change.kind, note=change.note)

    def _asked(self, at: datetime) -> partial:
        """The clock at which the editor asked: shortly before, or now for what lies ahead."""
        return partial(min, self.now, at - ASKED_BEFORE)
