"""What becomes of stored files: none that a row names is missing, none that nobody needs stays."""

from datetime import timedelta
from io import StringIO
from itertools import count

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from media import darkroom, library, sweeping
from media.library import add_picture, replace_picture
from media.models import Image, OldFile, Rendition, Replacement
from media.signals import picture_changed
from tests import pictures
from tests.storages import stored_names

pytestmark = pytest.mark.django_db

SMALL, OTHER = pictures.png((60, 40), 1), pictures.png((40, 60), 2)
MINUTE = timedelta(minutes=1)


class Died(BaseException):
    """The process dies here."""


def names_of(image: Image) -> set[str]:
    return {image.file.name, *image.renditions.values_list("file", flat=True)}


def orphans(age: timedelta) -> set[str]:
    """What may go when this time has passed."""
    return {orphan.name for orphan in sweeping.orphans(timezone.now() + age)}


STEPS = [
    (default_storage, "save"),
    (Image, "save"),
    (Rendition.objects, "bulk_create"),
    (Replacement.objects, "create"),
    (OldFile.objects, "create"),
    (OldFile.objects, "get_or_create"),
]


def mortal(call, steps):
    """The call, dying when there are no more steps."""

    def wrapped(*args, **kwargs):
        if next(steps, Died) is Died:
            raise Died
        return call(*args, **kwargs)

    return wrapped


def unable(name):
    raise OSError("a dead process removes nothing")


def deaths(monkeypatch, action):
    """Do it again and again, dying at every step that stores or writes; yields after each death."""
    for survived in count():
        steps = iter([None] * survived)
        with monkeypatch.context() as patch:
            for owner, name in STEPS:
                patch.setattr(owner, name, mortal(getattr(owner, name), steps))
            patch.setattr(default_storage, "delete", unable)
            try:
                action()
            except Died:
                pass
            else:
                assert survived > 7
                return
        yield


@pytest.mark.usefixtures("storage")
class TestAProcessThatDies:
    @pytest.fixture(autouse=True)
    def _developed_once(self, monkeypatch):
        """The darkroom is not what is tried here."""
        made, develop = {}, darkroom.develop

        def quickly(data, **job):
            if data not in made:
                made[data] = develop(data, **job)
            return made[data]

        monkeypatch.setattr(darkroom, "develop", quickly)

    def test_while_a_picture_is_brought_in_leaves_only_files_to_sweep(self, monkeypatch):
        for _death in deaths(monkeypatch, lambda: add_picture(SMALL, "a.png")):
            assert not Image.objects.exists()
            assert not Rendition.objects.exists()
            assert orphans(sweeping.UPLOAD_TAKES + MINUTE) == stored_names()
        assert not list(sweeping.missing())
        assert orphans(sweeping.UPLOAD_TAKES + MINUTE) == stored_names() - names_of(
            Image.objects.get()
        )

    def test_while_a_file_is_replaced_leaves_the_old_one_whole(self, monkeypatch, editor):
        image = add_picture(SMALL, "a.png")
        before = library.renditions_of([image.pk])
        names = names_of(image)
        replace = lambda: replace_picture(image, OTHER, "b.png", by=editor)  # noqa: E731
        for _death in deaths(monkeypatch, replace):
            assert library.renditions_of([image.pk]) == before
            assert names_of(Image.objects.get()) == names
            assert not Replacement.objects.exists()
            assert not list(sweeping.missing())
            assert orphans(sweeping.UPLOAD_TAKES + MINUTE) == stored_names() - names
        assert names_of(Image.objects.get()).isdisjoint(names)


@pytest.mark.usefixtures("storage")
class TestSweeping:
    def test_leaves_what_rows_name_and_what_is_not_ours(self):
        add_picture(SMALL, "a.png")
        for name in ("ab/note.txt", "ab/" + "0" * 38 + ".html", "note.jpg"):
            default_storage.save(name, ContentFile(b"somebody's"))
        assert orphans(timedelta(days=1000)) == set()

    def test_finds_what_an_upload_left_that_died_a_day_ago(self):
        name = "ab/" + "0" * 38 + ".jpg"
        default_storage.save(name, ContentFile(b"half"))
        assert orphans(sweeping.UPLOAD_TAKES - MINUTE) == set()
        assert orphans(sweeping.UPLOAD_TAKES + MINUTE) == {name}

    def test_keeps_replaced_files_as_long_as_pages_live(self, editor):
        image = add_picture(SMALL, "a.png")
        old = stored_names()
        replace_picture(image, OTHER, "b.png", by=editor)
        assert orphans(sweeping.PAGES_LIVE - MINUTE) == set()
        assert orphans(sweeping.PAGES_LIVE + MINUTE) == old

    def test_keeps_the_files_of_a_deleted_picture_as_long(self):
        add_picture(SMALL, "a.png")
        Image.objects.all().delete()
        assert orphans(sweeping.PAGES_LIVE - MINUTE) == set()
        assert orphans(sweeping.PAGES_LIVE + MINUTE) == stored_names()

    def test_removes_what_it_found_and_forgets_it(self, editor):
        image = add_picture(SMALL, "a.png")
        replace_picture(image, OTHER, "b.png", by=editor)
        sweeping.remove(list(sweeping.orphans(timezone.now() + sweeping.PAGES_LIVE + MINUTE)))
        assert stored_names() == names_of(Image.objects.get())
        assert not OldFile.objects.exists()
        assert not list(sweeping.missing())

    def test_lets_pages_be_rendered_again_before_their_files_go(self, editor):
        image = add_picture(SMALL, "a.png")
        replace_picture(image, OTHER, "b.png", by=editor)
        there = []

        def note(image_id, **_sent):
            there.append((image_id, len(stored_names())))

        picture_changed.connect(note)
        stored = len(stored_names())
        sweeping.remove(list(sweeping.orphans(timezone.now() + sweeping.PAGES_LIVE + MINUTE)))
        picture_changed.disconnect(note)
        assert there == [(image.pk, stored)]

    def test_reports_what_rows_name_and_the_storage_does_not_have(self):
        image = add_picture(SMALL, "a.png")
        default_storage.delete(image.file.name)
        assert list(sweeping.missing()) == [sweeping.Orphan(image.file.name, image.pk)]

    def test_a_file_that_came_after_the_listing_is_not_missing(self, monkeypatch):
        add_picture(SMALL, "a.png")
        monkeypatch.setattr(
            type(default_storage), "listdir", lambda *_folder: ([], []), raising=False
        )
        assert list(sweeping.missing()) == []


def swept(**options: object) -> tuple[str, str]:
    """What the command says, and what it complains about, in eight days."""
    out, err = StringIO(), StringIO()
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        call_command("sweep_uploads", stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.mark.usefixtures("storage")
class TestTheCommand:
    def test_tells_what_would_go_and_removes_nothing_when_run_dry(self):
        add_picture(SMALL, "a.png")
        Image.objects.all().delete()
        stored = stored_names()
        said, complained = swept(dry_run=True)
        assert set(said.split("\n")[:-2]) == stored
        assert f"{len(stored)} files would be removed" in said
        assert complained == ""
        assert stored_names() == stored

    def test_removes_it_and_complains_of_what_is_missing(self):
        image = add_picture(SMALL, "a.png")
        default_storage.delete(image.file.name)
        default_storage.save("ab/" + "0" * 38 + ".jpg", ContentFile(b"half"))
        said, complained = swept()
        assert "1 files were removed" in said
        assert complained == f"picture {image.pk}: {image.file.name} is missing in the storage\n"
        assert stored_names() == names_of(image) - {image.file.name}

    def test_on_an_empty_storage_finds_nothing(self):
        assert swept() == ("0 files were removed\n", "")
