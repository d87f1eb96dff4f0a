"""A picture gets another file: everywhere, with its words kept, and with nothing half done."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import translation

from articles.models import PublicationText
from media import darkroom, library
from media.library import add_picture, replace_picture
from media.models import Image, OldFile, Rendition, Replacement
from media.signals import picture_changed
from media.uploads import Fault, InvalidPicture
from tests import pictures
from tests.storages import stored_names

OLD, NEW = pictures.jpeg((640, 480), 1), pictures.png((900, 1200), 2)
WORDS = {"alt_text": "Hội trường", "caption": "Diễn đàn", "credit": "Lan", "focus_x": 0.25}


@pytest.fixture
def image(storage) -> Image:
    return add_picture(OLD, "old.jpg", **WORDS)


@pytest.fixture
def announced():
    """The ids of the pictures announced as changed."""
    ids = []

    def note(image_id, **_sent):
        ids.append(image_id)

    picture_changed.connect(note)
    yield ids
    picture_changed.disconnect(note)


@pytest.mark.django_db
class TestReplacing:
    def test_changes_the_files_and_what_they_tell_and_nothing_else(self, image, editor):
        before = library.renditions_of([image.pk])[image.pk]
        found = replace_picture(image, NEW, "new.png", by=editor)
        fresh = Image.objects.get()
        assert found == fresh == image
        assert (fresh.width, fresh.height, fresh.original_name) == (900, 1200, "new.png")
        assert fresh.sha256 != image.sha256
        assert {name: getattr(fresh, name) for name in WORDS} == WORDS
        assert fresh.uploaded_at == image.uploaded_at
        after = library.renditions_of([image.pk])[image.pk]
        old, new = (
            {source.url for files in picture.sources.values() for source in files}
            for picture in (before, after)
        )
        assert not old & new
        assert after.get("story", "jpeg")[-1].height == 1067

    def test_leaves_the_old_files_where_pages_may_show_them(self, image, editor):
        stored = stored_names()
        replace_picture(image, NEW, "new.png", by=editor)
        assert stored < stored_names()
        assert set(OldFile.objects.values_list("name", flat=True)) == stored

    def test_is_announced_after_the_commit(
        self, image, editor, announced, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            replace_picture(image, NEW, "new.png", by=editor)
            assert announced == []
        assert announced == [image.pk]

    def test_is_remembered_with_who_did_it_and_what_was_there(self, image, editor):
        replace_picture(image, NEW, "new.png", by=editor)
        kept = Replacement.objects.get()
        assert (kept.image, kept.by) == (image, editor)
        assert (kept.sha256, kept.original_name) == (image.sha256, "old.jpg")

    def test_by_its_own_bytes_changes_nothing(self, image, editor, announced):
        stored = stored_names()
        assert replace_picture(image, OLD, "again.jpg", by=editor) == image
        assert stored_names() == stored
        assert not Replacement.objects.exists()
        assert announced == []

    def test_by_another_pictures_bytes_is_refused_with_a_sentence(self, image, editor):
        other = add_picture(NEW, "other.png")
        with translation.override("en"), pytest.raises(InvalidPicture, match="in the library"):
            replace_picture(image, NEW, "new.png", by=editor)
        assert Image.objects.get(pk=image.pk).sha256 != other.sha256

    def test_by_what_somebody_else_brings_at_the_same_time_is_refused(
        self, image, editor, monkeypatch
    ):
        develop, calls = darkroom.develop, []

        def slowly(*args, **job):
            calls.append(args)
            if len(calls) == 1:
                add_picture(NEW, "theirs.png")
            return develop(*args, **job)

        monkeypatch.setattr(darkroom, "develop", slowly)
        with pytest.raises(InvalidPicture) as refused:
            replace_picture(image, NEW, "new.png", by=editor)
        assert refused.value.fault == Fault.KNOWN
        assert Image.objects.get(pk=image.pk).sha256 == image.sha256

    def test_by_a_bad_file_leaves_all_as_it_was(self, image, editor):
        before, stored = library.renditions_of([image.pk]), stored_names()
        with pytest.raises(InvalidPicture):
            replace_picture(image, NEW[:-500], "new.png", by=editor)
        assert library.renditions_of([image.pk]) == before
        assert stored_names() == stored

    def test_makes_the_old_bytes_a_new_picture_when_they_come_again(self, image, editor):
        replace_picture(image, NEW, "new.png", by=editor)
        assert add_picture(OLD, "old.jpg") != image

    def test_cuts_by_the_focal_point_that_was_set_meanwhile(self, image, editor, monkeypatch):
        develop, asked = darkroom.develop, []

        def slowly(data, *, focus, **job):
            asked.append(focus)
            Image.objects.filter(pk=image.pk).update(focus_y=0.9)
            return develop(data, focus=focus, **job)

        monkeypatch.setattr(darkroom, "develop", slowly)
        fresh = replace_picture(image, NEW, "new.png", by=editor)
        assert asked == [(0.25, 0.5), (0.25, 0.9)]
        assert fresh.focus == (0.25, 0.9)


@pytest.mark.django_db
def test_readers_get_the_new_file_and_the_storys_own_caption(
    image, editor, make_story, publish_at, now, django_capture_on_commit_callbacks
):
    figure = f'<figure data-images="{image.pk}"><figcaption>The story\'s own</figcaption></figure>'
    story = make_story("With a picture", by=editor, body=f"<p>Text</p>{figure}")
    publication = publish_at(story, now)
    with django_capture_on_commit_callbacks(execute=True):
        replace_picture(image, NEW, "new.png", by=editor)
    html = PublicationText.objects.get(publication=publication).body_html
    assert all(
        source.url in html
        for source in library.renditions_of([image.pk])[image.pk].get("story", "avif")
    )
    assert not any(name in html for name in OldFile.objects.values_list("name", flat=True))
    assert "The story's own" in html


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_the_last_stands_and_no_file_is_lost(image, editor, monkeypatch):
    together, develop = Barrier(2, timeout=60), darkroom.develop
    waited = []

    def slowly(*args, **job):
        if len(waited) < 2:
            waited.append(1)
            together.wait()  # both have looked at the old file
        return develop(*args, **job)

    monkeypatch.setattr(darkroom, "develop", slowly)

    def replace(seed):
        try:
            return replace_picture(image, pictures.png((60, 40), seed), f"{seed}.png", by=editor)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(replace, (7, 8)))
    fresh = Image.objects.get()
    assert fresh.original_name in {"7.png", "8.png"}
    assert fresh.file.name in {each.file.name for each in made}
    assert Replacement.objects.count() == 2
    named = {fresh.file.name, *Rendition.objects.values_list("file", flat=True)}
    old = set(OldFile.objects.values_list("name", flat=True))
    assert stored_names() == named | old
    assert not named & old
