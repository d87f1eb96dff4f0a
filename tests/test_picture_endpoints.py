"""The addresses behind the body editor: who gets which pictures, and what they are told if not."""

import errno

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from media import uploads
from media.models import Image
from tests import pictures

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.editor_page")]

BASE = "/admin/articles/article/pictures/"
ADDRESSES = [
    ("post", "add/"),
    ("get", ""),
    ("get", "data/?ids=1"),
    ("post", "1/describe/"),
]


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def client_of(user) -> Client:
    client = Client(headers={"accept-language": "en"})
    if user is not None:
        client.force_login(user)
    return client


def upload(user, data: bytes, name: str = "a.jpg"):
    return client_of(user).post(f"{BASE}add/", {"file": SimpleUploadedFile(name, data)})


def listed(user, query: str = "") -> list[int]:
    answer = client_of(user).get(f"{BASE}{query}")
    assert answer.status_code == 200
    return [picture["id"] for picture in answer.json()["pictures"]]


@pytest.mark.parametrize(("method", "address"), ADDRESSES)
def test_who_is_logged_out_gets_a_sentence_as_json(method, address, db):
    answer = getattr(client_of(None), method)(BASE + address)
    assert answer.status_code == 401
    assert "Log in again" in answer.json()["error"]


@pytest.mark.parametrize(("method", "address"), ADDRESSES)
def test_who_has_no_role_gets_nothing(method, address, without_role):
    answer = getattr(client_of(without_role), method)(BASE + address)
    assert answer.status_code == 403
    assert "no role" in answer.json()["error"]


def test_a_post_without_the_token_is_refused(reporter, make_picture):
    image = make_picture(by=reporter)
    client = Client(enforce_csrf_checks=True)
    client.force_login(reporter)
    for address in ("add/", f"{image.pk}/describe/"):
        assert client.post(BASE + address, {"credit": "X"}).status_code == 403
    image.refresh_from_db()
    assert image.credit == ""


def test_words_that_cannot_be_read_for_sure_are_left_empty_and_said(reporter):
    unsure = pictures.iptc(caption=b"Ch\xf3 ng\xa8", by="Новости".encode("cp1251"), source=b"AFP")
    found = upload(reporter, unsure, "cho.jpg").json()
    assert (found["caption"], found["credit"]) == ("", "")
    assert found["unread"].startswith("Some words inside cho.jpg could not")
    assert found["unread"].endswith("default caption, photographer.")
    assert "unread" not in upload(reporter, pictures.iptc(caption="Chó ngã".encode())).json()


def test_an_uploaded_file_comes_back_as_a_picture_of_the_library(reporter):
    answer = upload(reporter, pictures.jpeg((900, 600), 7))
    assert answer.status_code == 201
    image = Image.objects.get()
    found = answer.json()
    assert found["url"].startswith("/uploads/")
    assert found["thumbnail"].startswith("/uploads/")
    assert found["url"] != found["thumbnail"]
    del found["url"], found["thumbnail"]
    assert found == {
        "id": image.pk,
        "name": "a.jpg",
        "width": 900,
        "height": 600,
        "alt_text": "",
        "photographer": "",
        "credit": "",
        "caption": "",
        "may_describe": True,
        "known": False,
    }
    assert list(image.holders.all()) == [reporter]


def test_the_same_file_again_is_the_same_picture(reporter, other_reporter):
    data = pictures.jpeg()
    first, second = upload(reporter, data).json(), upload(other_reporter, data).json()
    assert first["id"] == second["id"]
    assert [first["known"], second["known"]] == [False, True]
    assert Image.objects.count() == 1


@pytest.mark.parametrize("data", [b"", b"<html>", pictures.jpeg()[:500]])
def test_what_is_no_picture_is_refused_with_its_sentence(reporter, data):
    answer = upload(reporter, data)
    assert answer.status_code == 400
    with pytest.raises(uploads.InvalidPicture) as refused, uploads.opened(data) as opened:
        opened.load()
    assert answer.json() == {"error": str(refused.value)}
    assert not Image.objects.exists()


def test_a_post_without_a_file_is_refused_with_a_sentence(reporter):
    answer = client_of(reporter).post(f"{BASE}add/", {"file": "text"})
    assert answer.status_code == 400
    assert "No file" in answer.json()["error"]


def test_a_reporter_finds_own_pictures_and_not_a_colleagues(
    reporter, other_reporter, editor, make_picture
):
    own, theirs = make_picture(by=reporter), make_picture(by=other_reporter)
    assert listed(reporter) == [own.pk]
    assert listed(editor) == [theirs.pk, own.pk]


def test_search_needs_no_accents_and_every_word(reporter, make_picture):
    boats = make_picture(by=reporter, caption="Thuyền về bến Đông Hà")
    make_picture(by=reporter, caption="Thuyền ra khơi")
    assert listed(reporter, "?q=dong ha thuyen") == [boats.pk]
    assert listed(reporter, "?q=ĐÔNG") == [boats.pk]
    assert listed(reporter, "?q=%00") == listed(reporter)
    assert listed(reporter, "?q=xe") == []


def test_the_list_goes_on_behind_its_last_picture(reporter, make_picture, monkeypatch):
    monkeypatch.setattr("articles.desk.editor.pictures.PAGE", 2)
    ids = [make_picture(by=reporter).pk for _n in range(5)][::-1]
    # Two that arrived in the same moment still stand in one order.
    Image.objects.filter(pk__in=ids[1:3]).update(uploaded_at=Image.objects.first().uploaded_at)
    everything = list(Image.objects.order_by("-uploaded_at", "-pk").values_list("pk", flat=True))
    found, before = [], ""
    while before is not None:
        answer = client_of(reporter).get(f"{BASE}?before={before}").json()
        found += [picture["id"] for picture in answer["pictures"]]
        before = answer["next"]
    assert found == everything


def test_a_list_costs_the_same_whatever_its_length(
    reporter, make_picture, django_assert_max_num_queries
):
    for _n in range(4):
        make_picture(by=reporter)
    client = client_of(reporter)
    with django_assert_max_num_queries(8):
        client.get(BASE)


def test_a_body_gets_what_its_writer_may_use_in_the_order_asked(
    reporter, other_reporter, make_picture
):
    one, two, theirs = (make_picture(by=by) for by in (reporter, reporter, other_reporter))
    ids = f"{two.pk},{theirs.pk},999999,x,{one.pk},{two.pk},-1,{10**30}"
    assert listed(reporter, f"data/?ids={ids}") == [two.pk, one.pk]


def test_a_storys_pictures_go_to_its_writer_and_to_nobody_who_may_not_see_it(
    reporter, other_reporter, editor, make_picture, make_story
):
    image = make_picture(by=editor)
    story = make_story("Story", by=editor, body=f'<figure data-images="{image.pk}"></figure>')
    assert listed(reporter, f"data/?ids={image.pk}&story={story.pk}") == []
    story.owner = reporter
    story.save()
    assert listed(reporter, f"data/?ids={image.pk}&story={story.pk}") == [image.pk]
    assert listed(reporter, f"data/?ids={image.pk}") == []
    assert listed(other_reporter, f"data/?ids={image.pk}&story={story.pk}") == []


def describe(user, pk: int, **words: str):
    return client_of(user).post(f"{BASE}{pk}/describe/", words)


def test_alt_text_and_credit_are_cleaned_and_kept(reporter, make_picture):
    image = make_picture(by=reporter, credit="Before")
    answer = describe(reporter, image.pk, alt_text="  Thuye\u0302\u0300n\n ở\u202e bến\x00 ")
    assert answer.status_code == 200
    assert answer.json()["alt_text"] == "Thuyền ở bến"
    image.refresh_from_db()
    assert (image.alt_text, image.credit) == ("Thuyền ở bến", "Before")
    assert "thuyen o ben" in image.folded


def test_a_text_too_long_is_refused_and_nothing_changes(reporter, make_picture):
    image = make_picture(by=reporter, alt_text="Before")
    answer = describe(reporter, image.pk, credit="Somebody", alt_text="x" * 5000)
    assert answer.status_code == 400
    assert "5000" in answer.json()["error"]
    image.refresh_from_db()
    assert (image.alt_text, image.credit) == ("Before", "")


def test_a_picture_that_one_may_not_see_is_as_good_as_missing(
    reporter, other_reporter, make_picture
):
    theirs = make_picture(by=other_reporter)
    hidden, missing = (describe(reporter, pk, credit="Me") for pk in (theirs.pk, 10**25))
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


def test_a_shown_picture_may_be_used_but_not_described_by_who_did_not_bring_it(
    reporter, other_reporter, editor, make_picture, make_story, publish_at, now
):
    image = make_picture(by=other_reporter)
    story = make_story(
        "Story", by=other_reporter, body=f'<figure data-images="{image.pk}"></figure>'
    )
    publish_at(story, now)
    found = client_of(reporter).get(f"{BASE}data/?ids={image.pk}").json()["pictures"]
    assert [picture["may_describe"] for picture in found] == [False]
    answer = describe(reporter, image.pk, credit="Me")
    assert answer.status_code == 403
    assert "can describe" in answer.json()["error"]
    assert describe(editor, image.pk, credit="Agency").status_code == 200


def test_the_wrong_method_is_refused(reporter, make_picture):
    image = make_picture(by=reporter)
    client = client_of(reporter)
    assert client.get(f"{BASE}add/").status_code == 405
    assert client.get(f"{BASE}{image.pk}/describe/").status_code == 405
    assert client.post(BASE).status_code == 405


@pytest.mark.parametrize(("number", "status"), [(errno.ENOSPC, 507), (errno.EIO, 400)])
def test_a_full_disk_is_told_as_such(reporter, monkeypatch, number, status):
    def fail(*_args: object, **_kwargs: object) -> None:
        raise OSError(number, "no room")

    monkeypatch.setattr(default_storage, "save", fail)
    answer = upload(reporter, pictures.jpeg())

    assert answer.status_code == status
    assert ("disk is full" in answer.json()["error"]) == (status == 507)
