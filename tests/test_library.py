"""The one door to the library: the same file is one picture, and nothing is left half done."""

import hashlib
import json
import shutil
import subprocess
from datetime import UTC, datetime
from threading import Barrier, Thread

import PIL.Image
import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from media import darkroom, library, uploads
from media.library import add_picture
from media.models import Image, OldFile, Rendition
from media.signals import picture_changed
from tests import hostile, pictures
from tests.storages import stored_bytes, stored_names

stores = pytest.mark.usefixtures("storage")


def names_of(image: Image) -> set[str]:
    """The names of all files that rows name for a picture."""
    return {image.file.name, *image.renditions.values_list("file", flat=True)}


def exiftool(*arguments: object) -> bytes:
    """What exiftool answers."""
    assert shutil.which("exiftool"), "exiftool is missing; install libimage-exiftool-perl."
    return subprocess.run(
        ["exiftool", *map(str, arguments)], check=True, capture_output=True
    ).stdout


def person(name: str = "lan") -> User:
    return User.objects.create_user(name)


@pytest.fixture
def announced():
    """The ids of the pictures announced as changed."""
    ids = []

    def note(image_id, **_sent):
        ids.append(image_id)

    picture_changed.connect(note)
    yield ids
    picture_changed.disconnect(note)


@stores
@pytest.mark.django_db
class TestBringingIn:
    def test_a_picture_is_kept_with_its_size_its_name_and_who_brought_it(self):
        lan, data = person(), pictures.jpeg((640, 480))
        image = add_picture(data, "C:\\Ảnh\\Diễn đàn.jpg", by=lan)
        image.refresh_from_db()
        assert (image.width, image.height) == (640, 480)
        assert image.original_name == "Diễn đàn.jpg"
        assert image.sha256 == hashlib.sha256(data).hexdigest()
        assert image.uploaded_by == lan
        assert list(image.holders.all()) == [lan]
        assert image.focus == (0.5, 0.5)

    @pytest.mark.parametrize(
        ("data", "animated"),
        [
            (pictures.gif(3), True),
            (pictures.gif(1), False),
            (hostile.animation("WEBP", 2, (64, 48)), True),
            (hostile.animation("TIFF", 2, (64, 48)), False),
            (pictures.jpeg(), False),
        ],
        ids=["gif", "still gif", "webp", "tiff of two pages", "jpeg"],
    )
    def test_the_desk_can_tell_that_only_the_first_frame_was_kept(self, data, animated):
        image = add_picture(data, "a")
        assert Image.objects.get(pk=image.pk).animated is animated

    def test_nobody_need_have_brought_it(self):
        image = add_picture(pictures.jpeg(), "a.jpg")
        assert image.uploaded_by is None
        assert not image.holders.exists()

    def test_the_file_says_its_caption_and_credit(self):
        image = add_picture(
            pictures.iptc(caption="Chợ nổi".encode(), by="Lê Đức".encode(), rights=b"(c) VS"),
            "a.jpg",
        )
        assert (image.caption, image.credit, image.rights) == ("Chợ nổi", "Lê Đức", "(c) VS")

    def test_what_is_given_stands_instead_and_is_bounded(self):
        taken = datetime(2023, 3, 29, tzinfo=UTC)
        image = add_picture(
            pictures.iptc(caption=b"Old", credit=b"Old"),
            "a.jpg",
            caption="Mới\x00 và\nsạch",
            alt_text="x" * 9999,
            taken_at=taken,
            focus_x=0.2,
        )
        image.refresh_from_db()
        assert (image.caption, image.credit, image.taken_at) == ("Mới và sạch", "Old", taken)
        assert len(image.alt_text) == 250
        assert image.focus == (0.2, 0.5)

    def test_the_stored_files_are_exactly_those_that_the_rows_name(self):
        image = add_picture(pictures.jpeg((2000, 1500)), "a.jpg")
        assert stored_names() == names_of(image)
        assert len(stored_names()) == 1 + image.renditions.count() == 12

    def test_the_bytes_as_uploaded_are_never_stored(self):
        data = pictures.jpeg()
        add_picture(data, "a.jpg")
        assert data not in map(stored_bytes, stored_names())

    def test_every_row_tells_the_true_size_of_its_file(self):
        image = add_picture(pictures.png((1234, 777)), "a.png")
        with image.file.open() as stored:
            assert pictures.read(stored.read()).size == (image.width, image.height)
        for rendition in image.renditions.all():
            with rendition.file.open() as stored:
                found = pictures.read(stored.read())
            assert found.size == (rendition.width, rendition.height)
            assert found.format == rendition.format.upper()

    def test_a_rotated_picture_has_the_size_that_readers_see(self):
        exif = PIL.Image.Exif()
        exif[0x0112] = 6
        image = add_picture(pictures.jpeg((640, 480), exif=exif), "a.jpg")
        assert (image.width, image.height) == (480, 640)

    @pytest.mark.parametrize(
        "data", [b"", b"<html>", pictures.jpeg()[:-300], pictures.png_header(30_000, 30_000)]
    )
    def test_a_bad_picture_leaves_nothing_behind(self, data):
        with pytest.raises(uploads.InvalidPicture):
            add_picture(data, "a.jpg", by=person())
        assert not Image.objects.exists()
        assert not stored_names()

    def test_no_file_can_be_guessed_from_another(self):
        image = add_picture(pictures.jpeg((2000, 1500)), "a.jpg")
        names = names_of(image)
        assert len({name.rpartition(".")[0] for name in names}) == len(names)
        assert not any(image.sha256[:6] in name for name in names)

    def test_no_file_in_the_storage_tells_a_position(self, tmp_path):
        upload, thumbnail = tmp_path / "upload.jpg", tmp_path / "thumbnail.jpg"
        upload.write_bytes(pictures.jpeg((2000, 1500)))
        thumbnail.write_bytes(pictures.jpeg((160, 120)))
        place = ["-GPSLatitude=10.03", "-GPSLatitudeRef=N", "-XMP:GPSLatitude=10.03"]
        place += ["-IPTC:City=Can Tho", "-XMP-iptcCore:Location=Ninh Kieu"]
        exiftool("-overwrite_original", *place[:2], thumbnail)
        exiftool("-overwrite_original", *place, f"-ThumbnailImage<={thumbnail}", upload)
        told = json.loads(exiftool("-json", "-G", "-a", "-ee", upload))[0]
        assert {"EXIF:GPSLatitude", "XMP:GPSLatitude", "IPTC:City", "EXIF:ThumbnailImage"} <= set(
            told
        )

        add_picture(upload.read_bytes(), "a.jpg")
        for number, name in enumerate(stored_names()):
            (tmp_path / f"file-{number}").write_bytes(stored_bytes(name))
        about = ["-GPS*", "-EXIF:all", "-XMP:all", "-IPTC:all", "-ICC_Profile:all", "-Comment"]
        files = sorted(tmp_path.glob("file-*"))
        answers = json.loads(exiftool("-json", "-G", "-a", "-ee", *about, *files))
        assert len(answers) == 12
        assert [set(answer) for answer in answers] == [{"SourceFile"}] * 12


@stores
@pytest.mark.django_db
class TestTheSameFileTwice:
    def test_is_one_picture_and_both_hold_it(self):
        lan, minh = person("lan"), person("minh")
        first = add_picture(pictures.jpeg(), "a.jpg", by=lan, credit="Lan")
        stored = stored_names()
        second = add_picture(pictures.jpeg(), "b.jpg", by=minh, credit="Minh", alt_text="New")
        assert second == first
        assert (second.credit, second.alt_text, second.original_name) == ("Lan", "", "a.jpg")
        assert set(second.holders.all()) == {lan, minh}
        assert second.uploaded_by == lan
        assert stored_names() == stored

    def test_other_bytes_are_another_picture(self):
        assert add_picture(pictures.jpeg(seed=1), "a.jpg") != add_picture(
            pictures.jpeg(seed=2), "a.jpg"
        )


@stores
@pytest.mark.django_db(transaction=True)
def test_two_uploads_of_one_file_at_once_are_one_picture_with_all_its_files(monkeypatch):
    together, made = Barrier(2, timeout=20), []
    develop = darkroom.develop

    def slowly(*args, **kwargs):
        together.wait()  # both have looked for the picture and not found it
        return develop(*args, **kwargs)

    monkeypatch.setattr(darkroom, "develop", slowly)
    people = [person("lan"), person("minh")]

    def upload(by):
        made.append(add_picture(pictures.jpeg(), "a.jpg", by=by))
        connection.close()

    threads = [Thread(target=upload, args=[by]) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 2
    image = Image.objects.get()
    assert set(image.holders.all()) == set(people)
    assert stored_names() == names_of(image)


@stores
@pytest.mark.django_db
class TestWhatFailsHalfWay:
    def test_what_the_database_refuses_is_no_picture_that_somebody_else_brought(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            add_picture(pictures.jpeg(), "a.jpg", focus_x=1.5)
        assert stored_names() == set()

    def test_rows_that_fail_take_their_files_with_them(self, monkeypatch):
        def fail(*args, **kwargs):
            raise RuntimeError("the database is gone")

        monkeypatch.setattr(Rendition.objects, "bulk_create", fail)
        with pytest.raises(RuntimeError):
            add_picture(pictures.jpeg(), "a.jpg")
        assert not Image.objects.exists()
        assert not stored_names()

    def test_a_full_disk_is_a_sentence_and_leaves_nothing(self, monkeypatch):
        save, calls = default_storage.save, []

        def full(name, content):
            calls.append(name)
            if len(calls) > 3:
                save(name, ContentFile(b"half"))
                raise OSError(28, "No space left on device")
            return save(name, content)

        with monkeypatch.context() as patch:
            patch.setattr(default_storage, "save", full)
            with pytest.raises(uploads.InvalidPicture):
                add_picture(pictures.jpeg(), "a.jpg")
        assert not Image.objects.exists()
        assert not stored_names()


@pytest.mark.django_db
class TestWhatPagesGet:
    def test_sizes_words_and_addresses_by_kind_and_format(self):
        image = add_picture(
            pictures.jpeg((2000, 1500)),
            "a.jpg",
            alt_text="Hội trường",
            credit="Lan",
            caption="Diễn đàn",
        )
        found = library.renditions_of([image.pk])[image.pk]
        assert (found.width, found.height) == (2000, 1500)
        assert (found.alt, found.credit, found.caption) == ("Hội trường", "Lan", "Diễn đàn")
        assert [source[:2] for source in found.get("story", "avif")] == [
            (400, 300),
            (800, 600),
            (1200, 900),
            (1920, 1440),
        ]
        assert [source.width for source in found.get("card", "jpeg")] == [640]
        assert found.get("card", "webp") == []
        named = {f"/uploads/{name}" for name in image.renditions.values_list("file", flat=True)}
        assert {source.url for files in found.sources.values() for source in files} == named
        narrow, wide = found.get("story", "jpeg")
        assert found.srcset("story", "jpeg") == f"{narrow.url} 800w, {wide.url} 1200w"

    def test_marks_the_placeholder_colour_and_the_file_to_open_large(self):
        data = pictures.saved(PIL.Image.new("RGB", (60, 40), (200, 30, 130)), "PNG")
        plain = library.renditions_of([add_picture(pictures.jpeg(), "a.jpg").pk]).popitem()[1]
        marked = add_picture(data, "b.png", illustrative=True, ai=Image.AI.MADE)
        found = library.renditions_of([marked.pk])[marked.pk]
        assert (plain.illustrative, plain.ai) == (False, "")
        assert (found.illustrative, found.ai) == (True, "made")
        assert found.tone == 3 * 16 + 0 * 4 + 2
        assert plain.large == plain.get("story", "jpeg")[-1]

    def test_a_small_picture_has_one_of_each_kind(self):
        image = add_picture(pictures.jpeg((200, 150)), "a.jpg")
        found = library.renditions_of([image.pk])[image.pk]
        assert {key: [s.width for s in files] for key, files in found.sources.items()} == {
            ("story", "avif"): [200],
            ("story", "jpeg"): [200],
            ("card", "avif"): [200],
            ("card", "jpeg"): [200],
            ("social", "jpeg"): [200],
        }

    def test_many_pictures_cost_two_queries_and_unknown_ones_are_left_out(self):
        ids = [add_picture(pictures.jpeg((60, 40), seed), "a.jpg").pk for seed in range(5)]
        with CaptureQueriesContext(connection) as asked:
            found = library.renditions_of([*ids, ids[0], 10**6])
        assert sorted(found) == sorted(ids)
        assert len(asked) == 2

    def test_no_pictures_cost_nothing(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert library.renditions_of([]) == {}


@stores
@pytest.mark.django_db
class TestAnotherFocalPoint:
    def test_cuts_the_crops_anew_and_says_so_after_the_commit(
        self, announced, django_capture_on_commit_callbacks
    ):
        tall = PIL.Image.new("RGB", (400, 1200), pictures.RED)
        tall.paste(pictures.BLUE, (0, 900, 400, 1200))
        image = add_picture(pictures.saved(tall, "PNG"), "a.png")
        before = library.renditions_of([image.pk])[image.pk]
        stored = stored_names()
        image.focus_y = 1.0
        image.save()
        with django_capture_on_commit_callbacks(execute=True):
            library.rebuild(image)
            assert announced == []
        assert announced == [image.pk]
        after = library.renditions_of([image.pk])[image.pk]
        assert after.get("story", "avif") == before.get("story", "avif")
        [old], [new] = before.get("card", "jpeg"), after.get("card", "jpeg")
        assert new.url != old.url
        with default_storage.open(new.url.removeprefix("/uploads/")) as file:
            assert pictures.near(pictures.read(file.read()).getpixel((200, 110)), pictures.BLUE)
        assert stored < stored_names(), "pages may still show the old files"

    def test_is_kept_together_with_its_crops_or_not_at_all(self, announced, monkeypatch):
        image = add_picture(pictures.jpeg(), "a.jpg")
        before, stored = library.renditions_of([image.pk]), stored_names()

        def fail(*args, **kwargs):
            raise RuntimeError("the database is gone")

        with monkeypatch.context() as patch:
            patch.setattr(Rendition.objects, "bulk_create", fail)
            with pytest.raises(RuntimeError):
                library.rebuild(image, focus=(0.1, 0.9))
        image.refresh_from_db()
        assert image.focus == (0.5, 0.5)
        assert library.renditions_of([image.pk]) == before
        assert stored_names() == stored
        assert announced == []
        assert library.rebuild(image, focus=(0.1, 0.9)).focus == (0.1, 0.9)
        assert Image.objects.get().focus == (0.1, 0.9)
        assert library.renditions_of([image.pk]) != before

    def test_that_changes_meanwhile_is_the_one_that_the_crops_honour(self, monkeypatch):
        image = add_picture(pictures.jpeg((400, 1200)), "a.jpg")
        develop, asked = darkroom.develop, []

        def slowly(data, *, focus, **job):
            asked.append(focus)
            Image.objects.filter(pk=image.pk).update(focus_y=0.9)
            return develop(data, focus=focus, **job)

        monkeypatch.setattr(darkroom, "develop", slowly)
        library.rebuild(image)
        assert asked == [(0.5, 0.5), (0.5, 0.9)]
        assert stored_names() == names_of(image) | set(
            OldFile.objects.values_list("name", flat=True)
        )

    def test_of_a_file_that_is_replaced_meanwhile_is_cut_from_the_new_one(self, monkeypatch):
        image = add_picture(pictures.jpeg((640, 480)), "a.jpg")
        develop, asked = darkroom.develop, []

        def slowly(data, **job):
            asked.append(data)
            if len(asked) == 1:
                library.replace_picture(image, pictures.jpeg((1200, 900)), "b.jpg", by=person())
            return develop(data, **job)

        monkeypatch.setattr(darkroom, "develop", slowly)
        library.rebuild(image)
        cards = library.renditions_of([image.pk])[image.pk].get("card", "avif")
        assert [card.width for card in cards] == [320, 640, 960]
        assert stored_names() == names_of(Image.objects.get()) | set(
            OldFile.objects.values_list("name", flat=True)
        )


@pytest.mark.django_db
class TestTheDatabaseRefuses:
    @pytest.mark.parametrize("change", [{"width": 0}, {"focus_x": 1.5}, {"focus_y": -0.1}])
    def test_a_picture_without_a_size_or_with_its_focus_outside(self, change):
        image = add_picture(pictures.jpeg(), "a.jpg")
        with pytest.raises(IntegrityError), transaction.atomic():
            Image.objects.filter(pk=image.pk).update(**change)

    def test_the_same_rendition_twice(self):
        rendition = add_picture(pictures.jpeg(), "a.jpg").renditions.first()
        rendition.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            rendition.save()


@pytest.mark.django_db
class TestTheWordsOfAPicture:
    def test_are_found_without_accents(self):
        image = add_picture(
            pictures.jpeg(), "Đờn ca.jpg", alt_text="Cầu", caption="Đà Nẵng", credit="Lê"
        )
        assert Image.objects.get(folded__contains="da nang") == image
        image.alt_text = "Đường phố"
        image.save(update_fields=["alt_text"])
        assert Image.objects.get(folded__contains="duong pho") == image

    def test_name_it_on_the_desk(self):
        image = add_picture(pictures.jpeg(), "anh.jpg")
        assert str(image) == "anh.jpg"
        image.caption = "Diễn đàn"
        assert image.label == "Diễn đàn"
        image.alt_text = "Hội trường"
        assert image.label == "Hội trường"
