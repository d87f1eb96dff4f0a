"""A picture's file: taken away by who may see it, replaced wherever it shows by who may do that."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.models import Publication
from articles.publishing import access
from articles.publishing.saving import save_story
from media.models import Image
from tests import pictures

# Files are made outside of transactions, and pages are rendered again after the commit.
pytestmark = pytest.mark.django_db(transaction=True)


def client_of(user) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def address(image: Image, name: str) -> str:
    return f"/admin/media/image/{image.pk}/{name}/"


def replace(user, image: Image, data: bytes | None = None, **sent: object):
    data = data or pictures.jpeg((500, 300), 5)
    file = SimpleUploadedFile("new.jpg", data)
    return client_of(user).post(address(image, "replace"), {"upload": file, "agreed": "on", **sent})


def test_the_master_comes_under_the_name_with_which_the_picture_came(reporter, make_picture):
    image = make_picture(by=reporter)
    Image.objects.filter(pk=image.pk).update(original_name="Thuyền về bến.png")
    answer = client_of(reporter).get(address(image, "master"))
    assert answer.status_code == 200
    disposition = unquote(answer.headers["Content-Disposition"])
    assert disposition.startswith("attachment")
    assert "Thuyền về bến.jpg" in disposition
    assert "no-store" in answer.headers["Cache-Control"]
    assert pictures.read(b"".join(answer.streaming_content)).size == (320, 240)
    answer.close()


def test_a_master_that_one_may_not_see_is_as_good_as_missing(
    reporter, other_reporter, make_picture
):
    image = make_picture(by=reporter)
    client = client_of(other_reporter)
    hidden, missing = (client.get(f"/admin/media/image/{pk}/master/") for pk in (image.pk, 99_999))
    assert (hidden.status_code, hidden.url) == (missing.status_code, missing.url)


def test_a_file_that_the_storage_has_lost_is_said(editor, make_picture):
    image = make_picture()
    Image.objects.filter(pk=image.pk).update(file="00/nothing.jpg")
    client = client_of(editor)
    answer = client.get(address(image, "master"), follow=True)
    assert "is unavailable" in answer.content.decode()


def test_the_new_file_shows_in_what_readers_have_and_words_stay(
    editor, reporter, make_picture, make_story, publish_at, now
):
    image = make_picture(by=reporter, alt_text="Boats", credit="Minh Khuê")
    figure = f'<figure data-images="{image.pk}"><figcaption>Typed here</figcaption></figure>'
    publish_at(make_story("Live", body=figure), now - timedelta(days=1))
    before = Publication.objects.get().text.body_html
    assert replace(editor, image).status_code == 302
    image.refresh_from_db()
    after = Publication.objects.get().text.body_html
    assert (image.width, image.height, image.alt_text) == (500, 300, "Boats")
    assert after != before
    assert "Typed here" in after
    assert image.renditions.filter(kind="story", format="jpeg").first().file.name in after
    page = client_of(editor).get(address(image, "change")).content.decode()
    assert "Replaced" in page


def test_without_a_yes_or_with_a_bad_file_nothing_changes(editor, make_picture):
    image = make_picture()
    for page in (replace(editor, image, agreed=""), replace(editor, image, b"<svg>")):
        assert page.status_code == 200
        assert page.context["form"].errors
    other = make_picture()
    known = Image.objects.get(pk=other.pk)
    assert image.sha256 == Image.objects.get(pk=image.pk).sha256
    assert known.replacements.count() == image.replacements.count() == 0


def test_the_page_names_the_stories_that_get_the_new_file(
    editor, reporter, make_picture, make_story
):
    image = make_picture(by=reporter)
    make_story("Uses it", body=f'<figure data-images="{image.pk}"></figure>')
    page = client_of(editor).get(address(image, "replace")).content.decode()
    assert "Uses it" in page


def test_a_reporter_gives_no_other_file_or_crop_to_what_readers_or_colleagues_have(
    reporter, other_reporter, editor, make_picture, make_story, publish_at, now
):
    free, live, shared, placed = (make_picture(by=reporter) for _n in range(4))
    publish_at(make_story("Live", body=f'<figure data-images="{live.pk}"></figure>'), now)
    shared.holders.add(other_reporter)
    story = make_story("A colleague's", by=other_reporter)
    story.lead_image = placed
    save_story(story, by=editor)
    assert [access.may_refile(reporter, image) for image in (free, live, shared, placed)] == [
        True, False, False, False,
    ]  # fmt: skip
    assert replace(reporter, free).status_code == 302
    for image in (live, shared, placed):
        assert replace(reporter, image, pictures.jpeg((500, 300), 9)).status_code == 403
    moved = {"alt_text": "Boats", "focus_x": "0.1", "focus_y": "0.9"}
    client_of(reporter).post(address(live, "change"), moved)
    live.refresh_from_db()
    assert (live.alt_text, live.focus) == ("Boats", (0.5, 0.5))


def test_a_moved_focal_point_shows_in_what_readers_have(
    editor, reporter, make_picture, make_story, publish_at, now
):
    image = make_picture(by=reporter)
    publish_at(make_story("Live", body=f'<figure data-images="{image.pk}"></figure>'), now)
    before = Publication.objects.get().card_picture_html
    client_of(editor).post(address(image, "change"), {"focus_x": "0.1", "focus_y": "0.9"})
    image.refresh_from_db()
    assert image.focus == (0.1, 0.9)
    assert Publication.objects.get().card_picture_html != before
