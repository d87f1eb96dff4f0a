"""The library in the desk: bringing pictures in, finding, describing and deleting them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.publishing import saving
from media.models import Image
from media.uploads import Fault, InvalidPicture
from tests import pictures

pytestmark = pytest.mark.django_db

LIST = "/admin/media/image/"


def client_of(user) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def change(image: Image) -> str:
    return f"{LIST}{image.pk}/change/"


def words(**values: object) -> dict[str, object]:
    return {
        "alt_text": "",
        "caption": "",
        "credit": "",
        "source": "",
        "rights": "",
        "focus_x": "0.5",
        "focus_y": "0.5",
    } | values


def uploaded(data: bytes, name: str = "ảnh 1.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def found(client: Client, words: str) -> list[Image]:
    return [tile.image for tile in client.get(LIST, {"q": words}).context["tiles"]]


def test_a_picture_is_brought_in_with_its_words(reporter):
    sent = {"upload": uploaded(pictures.jpeg((320, 240), 1)), "credit": "Minh Khuê"}
    assert client_of(reporter).post(f"{LIST}add/", sent).status_code == 302
    image = Image.objects.get()
    assert (image.credit, image.original_name) == ("Minh Khuê", "ảnh 1.jpg")
    assert image.uploaded_by == reporter
    assert image.renditions.exists()


def test_words_that_cannot_be_read_for_sure_are_said(reporter):
    data = pictures.iptc(by="Новости".encode("cp1251"), source="Новости".encode("cp1251"))
    sent = {"upload": uploaded(data), "source": "Tass"}
    page = client_of(reporter).post(f"{LIST}add/", sent, follow=True)
    warnings = [str(message) for message in page.context["messages"] if message.tags == "warning"]
    assert [warning.rpartition(": ")[2] for warning in warnings] == ["photographer."]


def test_what_is_no_picture_is_refused_with_a_sentence_at_the_file(reporter):
    page = client_of(reporter).post(f"{LIST}add/", {"upload": uploaded(b"<svg>")})
    assert "not a picture" in page.context["adminform"].form.errors["upload"][0]
    assert not Image.objects.exists()


def test_no_file_is_said_at_the_file(reporter):
    page = client_of(reporter).post(f"{LIST}add/", {"credit": "x\0y"})
    assert set(page.context["adminform"].form.errors) == {"upload", "credit"}


def test_the_same_file_again_leads_to_the_picture_that_exists(reporter, editor):
    data = pictures.jpeg((320, 240), 2)
    client_of(reporter).post(f"{LIST}add/", {"upload": uploaded(data), "credit": "First"})
    again = client_of(editor).post(f"{LIST}add/", {"upload": uploaded(data), "credit": "Second"})
    image = Image.objects.get()
    assert again.url == change(image)
    assert image.credit == "First"


def test_pictures_are_found_without_accents(reporter, make_picture):
    image = make_picture(by=reporter, caption="Hội chợ Đồng Tháp")
    client = client_of(reporter)
    assert found(client, "dong thap hoi") == [image]
    assert found(client, "ĐỒNG") == [image]
    assert found(client, "Hà Nội") == []


def test_a_reporter_does_not_find_what_a_colleague_has_brought(
    other_reporter, make_picture, editor
):
    image = make_picture(by=editor, caption="Secret")
    assert found(client_of(other_reporter), "secret") == []
    assert found(client_of(editor), "secret") == [image]


def test_a_shown_picture_is_seen_once_by_everybody_and_described_by_editors(
    reporter, other_reporter, editor, make_picture, make_story, publish_at, now
):
    image = make_picture(by=reporter)
    for headline in ("One", "Two"):
        story = make_story(headline, body=f'<figure data-images="{image.pk}"></figure>')
        publish_at(story, now)
    assert found(client_of(other_reporter), "") == [image]
    assert client_of(other_reporter).get(change(image)).status_code == 200
    assert client_of(other_reporter).post(change(image), words()).status_code == 403
    client_of(editor).post(change(image), words(credit="Bích Thủy"))
    image.refresh_from_db()
    assert image.credit == "Bích Thủy"


def test_words_and_rights_are_changed_by_who_brought_it(reporter, make_picture):
    image = make_picture(by=reporter)
    sent = words(alt_text="Thuyền", rights_until="2030-01-02T06:00")
    client_of(reporter).post(change(image), sent)
    image.refresh_from_db()
    assert image.alt_text == "Thuyền"
    assert image.rights_until.year == 2030


@pytest.mark.parametrize("share", ["-0.1", "1.1", "nan", "inf", "x", ""])
def test_a_focal_point_outside_the_picture_is_refused(reporter, make_picture, share):
    image = make_picture(by=reporter)
    page = client_of(reporter).post(change(image), words(focus_x=share))
    assert "focus_x" in page.context["adminform"].form.errors


def test_a_moved_focal_point_makes_the_crops_anew(
    reporter, make_picture, django_capture_on_commit_callbacks
):
    image = make_picture(by=reporter)
    before = set(image.renditions.filter(kind="card").values_list("file", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        client_of(reporter).post(change(image), words(focus_x="0.1", focus_y="0.9"))
    after = set(image.renditions.filter(kind="card").values_list("file", flat=True))
    assert after
    assert not before & after


def test_a_picture_tells_where_it_is_used_but_names_only_what_one_may_see(
    reporter, other_reporter, editor, make_picture, make_story
):
    image = make_picture(by=reporter)
    figure = f'<p>Text</p><figure data-images="{image.pk}"></figure>'
    make_story("Seen by its owner", body=figure)
    hidden = make_story("A colleague's draft", by=other_reporter)
    hidden.body = figure
    saving.save_story(hidden, by=editor)
    page = client_of(reporter).get(change(image)).content.decode()
    assert "Seen by its owner" in page
    assert "1 more story" in page
    assert "colleague" not in page
    assert "A colleague" in client_of(editor).get(change(image)).content.decode()


def test_a_used_picture_is_not_deleted_and_an_unused_one_is(
    managing_editor, reporter, make_picture, make_story
):
    used, unused = make_picture(by=reporter), make_picture(by=reporter)
    make_story("Uses it", body=f'<figure data-images="{used.pk}"></figure>')
    client = client_of(managing_editor)
    page = client.post(f"{LIST}{used.pk}/delete/", {"post": "yes"}).content.decode()
    assert "Uses it" in page
    client.post(f"{LIST}{unused.pk}/delete/", {"post": "yes"})
    assert list(Image.objects.all()) == [used]


def test_a_lead_picture_that_stands_in_no_text_is_kept(
    managing_editor, reporter, make_picture, make_story
):
    image = make_picture(by=reporter)
    make_story("Leads with it", lead_image=image)
    page = client_of(managing_editor).post(f"{LIST}{image.pk}/delete/", {"post": "yes"})
    assert "Leads with it" in page.content.decode()


def test_a_list_asks_as_many_questions_of_the_database_for_many_pictures_as_for_one(
    reporter, make_picture, django_assert_max_num_queries
):
    client = client_of(reporter)
    for _n in range(4):
        make_picture(by=reporter)
    with django_assert_max_num_queries(12):
        client.get(LIST)


def test_the_library_shows_what_pictures_lack_and_goes_on_to_older_ones(
    reporter, make_picture, monkeypatch
):
    monkeypatch.setattr("articles.desk.pictures.listing.PAGE", 2)
    for n in range(3):
        make_picture(by=reporter, alt_text=f"Number {n}", credit="Minh Khuê")
    client = client_of(reporter)
    page = client.get(LIST, {"whose": "mine", "q": "so number"})
    assert not page.context["tiles"]
    page = client.get(LIST, {"whose": "mine", "q": "number"})
    assert [tile.image.alt_text for tile in page.context["tiles"]] == ["Number 2", "Number 1"]
    older = client.get(LIST + page.context["older"])
    assert [tile.image.alt_text for tile in older.context["tiles"]] == ["Number 0"]
    assert older.context["older"] == ""
    assert "whose=mine" in older.context["newest"]


def test_flags_name_what_a_photo_desk_must_know(editor, make_picture, now):
    make_picture(rights_until=now - timedelta(days=1), illustrative=True, ai="made")
    [tile] = client_of(editor).get(LIST).context["tiles"]
    assert tile.flags == [
        "No alt text",
        "No credit line",
        "Usage rights ended",
        "illustration",
        "AI",
    ]


def test_an_animation_is_said_to_show_its_first_picture_only(editor, make_picture):
    image = make_picture()
    assert "Only the first picture" not in client_of(editor).get(change(image)).content.decode()
    Image.objects.filter(pk=image.pk).update(animated=True)
    assert "Only the first picture" in client_of(editor).get(change(image)).content.decode()


def test_a_focal_point_that_cannot_be_cut_is_said_and_words_are_saved(
    editor, make_picture, monkeypatch, django_capture_on_commit_callbacks
):
    def fail(*_args, **_kwargs):
        raise InvalidPicture(Fault.FAILED)

    image = make_picture(by=editor)
    monkeypatch.setattr("media.library.rebuild", fail)
    client = client_of(editor)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(change(image), words(focus_x="0.1", credit="Bích Thủy"))
    image.refresh_from_db()
    assert (image.credit, image.focus) == ("Bích Thủy", (0.5, 0.5))


def test_what_nobody_sees_does_not_get_into_the_words(editor, make_picture):
    image = make_picture()
    client_of(editor).post(change(image), words(alt_text=" Thuye\u0302\u0300n\u202e\n về ", ai=""))
    image.refresh_from_db()
    assert image.alt_text == "Thuyền về"
