"""A backup while the desk works: it keeps one moment, holds nobody up, and takes little memory."""

import threading
import time
from itertools import islice
from unittest.mock import patch

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection

from articles.models import Article, Category
from articles.publishing import workflow
from media import library
from media.models import Image, OldFile
from newsroom.backups.tables import Table
from tests import pictures
from tests.backups import Installation, all_rows, of_the_test, on_sqlite
from tests.storages import stored_bytes

pytestmark = pytest.mark.django_db(transaction=True)
MEGABYTE = 1024 * 1024


@pytest.fixture
def newsroom(settings, tmp_path) -> Installation:
    return of_the_test(settings, tmp_path / "own")


def test_it_is_of_one_moment_whatever_happens_while_the_rows_are_read(
    newsroom, tmp_path, forum_report, make_story, make_picture, reporter, editor
):
    replaced, deleted = make_picture(by=reporter), make_picture(by=reporter)
    files = {name: stored_bytes(name) for image in Image.objects.all() for name in names_of(image)}
    before = all_rows()
    took = []

    def meanwhile(number: int) -> None:
        """What the desk does between one table and the next."""
        started = time.monotonic()
        story = make_story(f"Written meanwhile {number}")
        workflow.publish(story, by=editor)
        make_picture(by=reporter)
        if number == 0:
            workflow.publish(forum_report, by=editor)
            library.replace_picture(replaced, pictures.png((60, 40), 1), "new.png", by=editor)
            deleted.delete()
        took.append(time.monotonic() - started)

    rows = Table.rows

    def interrupted(table, using):
        found = rows(table, using)
        yield from islice(found, 1)
        if table.model in {Category, Article, Image, OldFile}:
            meanwhile(len(took))
        yield from found

    with patch.object(Table, "rows", interrupted):
        call_command("backup", tmp_path / "1.tar")

    assert len(took) == 4
    # A writer who waits for a lock waits 20 seconds, and fails.
    assert max(took) < 10
    restored = on_sqlite(tmp_path / "restored")
    assert restored.manage("restore", tmp_path / "1.tar").complained == ""
    with restored.opened():
        assert all_rows("other") == before
    assert all((restored.var / "uploads" / name).read_bytes() == files[name] for name in files)


def names_of(image: Image) -> set[str]:
    return {image.file.name, *image.renditions.values_list("file", flat=True)}


def test_nobody_at_the_desk_waits_for_it(
    newsroom, tmp_path, make_story, make_picture, reporter, editor
):
    """A desk that never stops, beside the command in a process of its own."""
    begun, stop, took = threading.Event(), threading.Event(), []

    def work() -> None:
        while not stop.is_set():
            started = time.monotonic()
            image = make_picture(by=reporter)
            figure = f'<figure data-images="{image.pk}"><figcaption>Thuyền</figcaption></figure>'
            workflow.publish(make_story(f"Story {len(took)}", body=f"<p>A</p>{figure}"), by=editor)
            took.append(time.monotonic() - started)
            begun.set()
        connection.close()

    desk = threading.Thread(target=work)
    desk.start()
    try:
        assert begun.wait(60)
        done = newsroom.manage("backup", tmp_path / "1.tar")
    finally:
        stop.set()
        desk.join()

    assert (done.status, "CommandError" in done.complained) == (0, False)
    assert max(took) < 10
    restored = on_sqlite(tmp_path / "restored")
    assert restored.manage("restore", tmp_path / "1.tar").complained == ""


def test_memory_is_flat_both_ways(newsroom, tmp_path, editor, make_picture):
    make_picture()
    little = newsroom.manage("backup", tmp_path / "little.tar")
    body = f"<p>{'Một câu dài về chuyến biển. ' * 700}</p>"
    Article.objects.bulk_create(
        [Article(headline=f"Story {n}", slug=f"s{n}", owner=editor, body=body) for n in range(3000)]
    )
    for number in range(8):
        name = default_storage.save(f"big/{number}.jpg", ContentFile(bytes(12 * MEGABYTE)))
        Image.objects.create(file=name, width=1, height=1, sha256=str(number))

    much = newsroom.manage("backup", tmp_path / "much.tar")
    assert "3000 stories, 0 versions, 9 pictures" in much.complained
    # In all 60 MB of text and 96 MB of pictures; of these a bucket's are in memory one by one.
    assert much.peak - little.peak < (90 if newsroom.storage_url else 40) * MEGABYTE

    restored = on_sqlite(tmp_path / "restored")
    back = restored.manage("restore", tmp_path / "much.tar")
    assert "3000 stories" in back.said
    again = on_sqlite(tmp_path / "empty").manage("restore", tmp_path / "little.tar")
    assert back.peak - again.peak < 40 * MEGABYTE
    with restored.opened():
        assert all_rows("other") == all_rows()
