"""Who took a picture: told by its file, named before its credit, searched, filtered, filled for many."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from articles.desk.pictures.search import Wish, find
from articles.models import Publication
from articles.publishing import freezing, redescribing
from articles.publishing.rendering import credit_line
from media import credits, library
from media.models import Image
from media.text import fold
from tests import desk, pictures
from tests.story_folders import HEAD, folder, photo, take_in

LIST = reverse("admin:media_image_changelist")
SUGGESTIONS = reverse("admin:media_image_photographers")


def found(user, now, **wish: object) -> set[int]:
    return set(find(user, Wish(**wish), at=now, limit=48).ids)


# The line that readers see


@pytest.mark.parametrize(
    ("photographer", "credit", "line"),
    [
        ("", "", ""),
        ("Minh Anh", "", "Minh Anh"),
        ("", "TTXVN", "TTXVN"),
        ("Minh Anh", "TTXVN", "Minh Anh/TTXVN"),
        ("Minh Anh", "Minh Anh", "Minh Anh"),
        ("Minh Anh", "minh  ánh", "Minh Anh"),
        ("Minh Anh", "Minh Anh/TTXVN", "Minh Anh/TTXVN"),
        ("Minh Anh", "TTXVN - Minh Anh", "TTXVN - Minh Anh"),
        ("Minh Anh", "TTXVN (Minh Anh)", "TTXVN (Minh Anh)"),
        ("Minh Anh", "Minh Anh TTXVN", "Minh Anh TTXVN"),
        ("Minh Anh/TTXVN", "TTXVN", "Minh Anh/TTXVN"),
        ("An", "Báo An Giang", "An/Báo An Giang"),
        ("Lan, Minh", "TTXVN", "Lan, Minh/TTXVN"),
        ("Lan, Minh", "Minh/TTXVN", "Lan/Minh/TTXVN"),
        ("Minh Anh", "Minh Anh Thư", "Minh Anh Thư"),
    ],
)
def test_readers_see_photographer_and_credit_once_each(photographer, credit, line):
    assert credits.line(photographer, credit) == line


names = st.text(st.sampled_from("AnBìnhđ /,-"), max_size=12).map(
    lambda text: " ".join(text.split())
)


@given(names, names)
def test_nothing_of_either_is_lost_and_made_twice_it_stays(photographer, credit):
    line = credits.line(photographer, credit)
    assert not credit or fold(credit) in fold(line)
    assert all(fold(name) in fold(line) for name in photographer.split(", "))
    assert credits.line("", line) == line
    assert len(line) <= len(photographer) + len(credit) + 1


def test_the_story_has_the_line(make_story, make_picture, publish_at, reporter, now, client):
    image = make_picture(by=reporter, photographer="Minh Anh", credit="TTXVN", alt_text="Thuyền")
    story = make_story("Ra khơi", body=f'<figure data-images="{image.pk}"></figure>')
    publish_at(story, now - timedelta(days=1))

    publication = Publication.objects.get()

    assert publication.pictures.get().credit == "Minh Anh/TTXVN"
    assert '<span class="credit">Ảnh: Minh Anh/TTXVN</span>' in client.get(
        publication.get_absolute_url()
    ).content.decode().replace("Photo:", "Ảnh:")


def test_the_longest_names_fit_into_a_publication(
    make_story, make_picture, publish_at, editor, now
):
    image = make_picture(photographer="ế" * 250, credit="đ" * 250)
    story = make_story("Dài", lead_image=image, by=editor)
    publish_at(story, now - timedelta(days=1))
    assert len(Publication.objects.get().pictures.get().credit) == 501


# Where it comes from


@pytest.mark.parametrize(
    ("given", "photographer", "credit"),
    [
        ({}, "Lê Đức", "TTXVN"),
        ({"photographer": "Lan"}, "Lan", "TTXVN"),
        ({"credit": "Báo"}, "Lê Đức", "Báo"),
    ],
)
def test_the_file_says_who_took_it_unless_it_is_said(db, given, photographer, credit):
    data = pictures.iptc(by="Lê Đức".encode(), credit=b"TTXVN")
    image = library.add_picture(data, "a.jpg", **given)
    assert (image.photographer, image.credit) == (photographer, credit)


@pytest.mark.parametrize("given", [{}, {"photographer": "Lan"}])
def test_a_photographer_alone_is_the_credit(db, given):
    image = library.add_picture(pictures.iptc(by="Lê Đức".encode()), "a.jpg", **given)
    name = given.get("photographer", "Lê Đức")
    assert (image.photographer, image.credit, image.credit_line) == (name, name, name)


def test_it_is_written_while_uploading(client, reporter):
    desk.log_in(client, reporter)
    file = SimpleUploadedFile("a.jpg", pictures.jpeg((64, 48), 3))
    client.post(
        reverse("admin:media_image_add"), {"upload": file, "photographer": "Minh\u200b Anh"}
    )
    assert Image.objects.get().photographer == "Minh Anh"


def test_a_story_folder_says_it(tmp_path, paper, section, editor):
    html = f'{HEAD}<img src="1.jpg" data-photographer="Minh Anh" data-credit="TTXVN">'
    take_in(folder(tmp_path / "tin", html, {"1.jpg": photo()}), by=editor)
    assert Image.objects.get().credit_line == "Minh Anh/TTXVN"


def test_the_code_of_the_version_before_still_brings_pictures_in(make_picture):
    image = make_picture(credit="Minh")
    names = [field.column for field in Image._meta.concrete_fields if not field.primary_key]
    kept = [name for name in names if name != "photographer"]
    values = ", ".join("'other'" if name == "sha256" else f'"{name}"' for name in kept)
    columns = ", ".join(f'"{name}"' for name in kept)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO media_image ({columns}) SELECT {values} FROM media_image")
    assert Image.objects.exclude(pk=image.pk).get().photographer == ""


# Changed


def test_a_credit_that_named_the_photographer_names_the_new_one(client, editor, make_picture):
    desk.log_in(client, editor)
    image = make_picture(photographer="Lê Duc", credit="Lê Duc/TTXVN")
    form = {"photographer": "Lê Đức", "credit": "Lê Duc/TTXVN", "focus_x": 0.5, "focus_y": 0.5}
    client.post(reverse("admin:media_image_change", args=[image.pk]), form)
    image.refresh_from_db()
    assert (image.photographer, image.credit) == ("Lê Đức", "Lê Đức/TTXVN")
    assert image.credit_line == "Lê Đức/TTXVN"

    form |= {"photographer": "Lan", "credit": "Báo"}
    client.post(reverse("admin:media_image_change", args=[image.pk]), form)
    image.refresh_from_db()
    assert (image.photographer, image.credit) == ("Lan", "Báo")


def test_the_editor_of_a_story_writes_it(client, reporter, make_picture):
    desk.log_in(client, reporter)
    image = make_picture(by=reporter, photographer="Lan", credit="Lan")
    address = reverse("admin:articles_pictures_describe", args=[image.pk])
    answer = client.post(address, {"photographer": " Minh Anh "}).json()
    assert (answer["photographer"], answer["credit"]) == ("Minh Anh", "Minh Anh")
    assert "at most 250 fit" in client.post(address, {"photographer": "x" * 251}).json()["error"]


def test_many_pictures_get_it_at_once_after_a_look(client, editor, make_picture):
    desk.log_in(client, editor)
    images = [
        make_picture(credit="TTXVN"),
        make_picture(photographer="Lan", credit="Lan"),
        make_picture(photographer="Minh Anh"),
    ]
    address = reverse("admin:media_image_many")
    form = {"ids": [image.pk for image in images], "photographer": "Minh Anh"}

    asked = client.post(address, form)
    text = desk.text(asked)
    assert "2 pictures will change" in text
    assert "Photographer: nothing → Minh Anh" in text
    assert "Credit line: Lan → Minh Anh" in text
    assert not Image.objects.filter(photographer="Minh Anh").exclude(pk=images[2].pk).exists()

    client.post(address, form | {"seen": asked.context["seen"]})
    lines = [Image.objects.get(pk=image.pk).credit_line for image in images]
    assert lines == ["Minh Anh/TTXVN", "Minh Anh", "Minh Anh"]

    form = {"ids": form["ids"], "emptied": ["photographer"]}
    client.post(address, form | {"seen": client.post(address, form).context["seen"]})
    assert not Image.objects.exclude(photographer="").exists()


def test_stories_on_the_site_are_offered_the_new_line_and_nothing_before(
    client, editor, make_story, make_picture, publish_at, now
):
    image = make_picture(credit="TTXVN", alt_text="Thuyền")
    story = make_story("Ra khơi", lead_image=image, by=editor)
    publish_at(story, now - timedelta(days=1))
    story.refresh_from_db()
    assert story.digest == Publication.objects.get().digest == freezing.digest_of(story)
    assert redescribing.outdated([image.pk], at=now) == []

    image.photographer = "Minh Anh"
    image.save()

    [outdated] = redescribing.outdated([image.pk], at=now)
    assert credit_line([outdated.wanted[image.pk]]) == "Photo: Minh Anh/TTXVN"
    desk.log_in(client, editor)
    page = client.get(f"{reverse('admin:media_image_words')}?ids={image.pk}")
    assert "TTXVN" in desk.text(page)
    assert "Minh Anh/TTXVN" in desk.text(page)


# Found


def test_it_is_searched_without_marks(reporter, make_picture, now):
    image = make_picture(by=reporter, photographer="Đỗ Quyên Hạ")
    make_picture(by=reporter)
    assert found(reporter, now, words="do quyen") == {image.pk}


def test_a_picture_with_a_photographer_lacks_no_credit(reporter, make_picture, now):
    make_picture(by=reporter, photographer="Lan")
    bare = make_picture(by=reporter)
    assert found(reporter, now, which="no_credit") == {bare.pk}


def test_the_list_is_filtered_by_photographer(reporter, make_picture, now):
    minh = make_picture(by=reporter, photographer="Minh")
    both = make_picture(by=reporter, photographer="Lan, Minh")
    anh = make_picture(by=reporter, photographer="Minh Anh")
    make_picture(by=reporter, credit="Minh")
    assert found(reporter, now, photographer="MÍNH") == {minh.pk, both.pk}
    assert found(reporter, now, photographer="minh anh") == {anh.pk}
    assert found(reporter, now, photographer="mi") == {minh.pk, both.pk, anh.pk}
    assert found(reporter, now, photographer="Hoa") == set()


def test_names_are_offered_while_typing_each_once_and_few(client, editor, make_picture):
    desk.log_in(client, editor)
    images = [make_picture() for _n in range(4)]
    for image, name in zip(images, ["Lan, Minh", "Minh", "Đỗ Minh", ""], strict=True):
        image.photographer = name
        image.save()
    names = [each["text"] for each in client.get(f"{SUGGESTIONS}?q=minh").json()["results"]]
    assert names == ["Minh", "Đỗ Minh"]
    images[0].photographer = ", ".join(f"Minh {n}" for n in range(20))
    images[0].save()
    assert len(client.get(f"{SUGGESTIONS}?q=minh").json()["results"]) == 12


def test_of_pictures_that_one_may_not_see_no_photographer_is_told(
    client, reporter, editor, make_picture
):
    make_picture(by=editor, photographer="Hidden")
    make_picture(by=reporter, photographer="Own")
    desk.log_in(client, reporter)
    assert client.get(f"{SUGGESTIONS}?q=hid").json() == {"results": []}
    assert "Own" in client.get(f"{SUGGESTIONS}?q=own").content.decode()


def test_the_page_keeps_the_filter_and_offers_to_show_all(client, editor, make_picture):
    desk.log_in(client, editor)
    image = make_picture(photographer="Minh Anh", credit="TTXVN", alt_text="Thuyền ra khơi")
    make_picture(alt_text="Cầu mới")
    page = client.get(LIST, {"by": "minh anh"})
    assert 'value="minh anh"' in page.content.decode()
    text = desk.text(page)
    assert "Thuyền ra khơi" in text
    assert "Minh Anh/TTXVN" in text
    assert "Cầu mới" not in text
    assert "Show all" in text
    assert [tile.image.pk for tile in page.context["tiles"]] == [image.pk]


def test_as_many_queries_for_a_thousand_photographers_as_for_one(
    editor, make_picture, now, django_assert_num_queries
):
    first = make_picture(photographer="Lan")
    find(editor, Wish(), at=now, limit=48)
    with django_assert_num_queries(2):
        find(editor, Wish(photographer="lan"), at=now, limit=48)
    Image.objects.bulk_create(
        Image(file="x", width=1, height=1, sha256=str(n), photographer=f"Lan {n}")
        for n in range(1000)
    )
    with django_assert_num_queries(2):
        assert find(editor, Wish(photographer="lan"), at=now, limit=48).ids == [first.pk]
