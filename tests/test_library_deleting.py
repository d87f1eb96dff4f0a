"""Many pictures are deleted at once: by whom may, after a look, and never one that is used."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError
from django.db.models import QuerySet
from django.test import Client

from media.models import Image

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/media/image/delete/"


@pytest.fixture
def desk(managing_editor) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(managing_editor)
    return client


def address(*images: Image) -> str:
    return f"{ADDRESS}?ids={','.join(str(image.pk) for image in images)}"


def confirm(client: Client, *images: Image):
    """Answer the question as its form does."""
    return client.post(address(*images), {"post": "yes", "ids": [image.pk for image in images]})


def test_they_are_shown_first_and_gone_then(desk, make_picture):
    one, two, kept = make_picture(alt_text="Boats"), make_picture(), make_picture()
    page = desk.get(address(one, two)).content.decode()
    assert "Delete these 2 pictures?" in page
    assert "Boats" in page
    assert Image.objects.count() == 3
    assert confirm(desk, one, two).url == "/admin/media/image/"
    assert Image.objects.get() == kept
    assert LogEntry.objects.count() == 2


def test_one_that_is_used_keeps_all_and_its_story_is_named(
    desk, make_picture, make_story, reporter
):
    used, unused = make_picture(by=reporter), make_picture()
    make_story("A draft with boats", body=f'<figure data-images="{used.pk}"></figure>')
    for page in (desk.get(address(used, unused)), confirm(desk, used, unused)):
        assert "A draft with boats" in page.content.decode()
    assert Image.objects.count() == 2


def test_who_may_not_delete_is_refused_and_not_offered_it(editor, reporter, make_picture):
    image = make_picture(by=reporter)
    for user in (editor, reporter):
        client = Client()
        client.force_login(user)
        assert client.get(address(image)).status_code == 403
        assert confirm(client, image).status_code == 403
        assert ADDRESS not in client.get("/admin/media/image/").content.decode()
    assert Image.objects.exists()


def test_the_library_offers_it_to_who_may(desk, make_picture):
    make_picture()
    assert f'formaction="{ADDRESS}"' in desk.get("/admin/media/image/").content.decode()


def test_one_that_somebody_has_begun_to_use_meanwhile_is_asked_about_again(
    desk, make_picture, monkeypatch
):
    image = make_picture()

    def used(_rows):
        raise IntegrityError

    with monkeypatch.context() as patch:
        patch.setattr(QuerySet, "delete", used)
        assert confirm(desk, image).url == address(image)
    assert Image.objects.get() == image
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("query", ["", "?ids=", "?ids=%00,x", "?ids=999"])
def test_none_selected_is_said(desk, query):
    assert (
        "You may not delete any of these pictures" in desk.get(f"{ADDRESS}{query}").content.decode()
    )
