"""Somebody without an account reads a text before it is out, and nobody else, and not for ever."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from time_machine import travel

from articles.models import Article, PreviewLink
from articles.publishing import saving
from media.models import Rendition
from tests import desk


@pytest.fixture
def at_desk(editor) -> Client:
    return desk.log_in(Client(), editor)


@pytest.fixture
def story(make_story, make_picture, editor) -> Article:
    picture = make_picture(by=editor, alt_text="Boats")
    return make_story(
        "Not yet for readers",
        by=editor,
        body=f'<p>Said in confidence.</p><figure data-images="{picture.pk}"></figure>',
    )


def make(client: Client, story: Article, **typed: object):
    address = desk.page("preview_links", story.pk)
    form = desk.fields(client.get(address), "novalidate")
    return client.post(address, form | {"for_whom": "Luật sư Minh"} | typed, follow=True)


def test_it_shows_the_text_as_it_was_with_its_pictures_through_its_own_address(
    at_desk, story, editor
):
    words = desk.text(make(at_desk, story))
    link = PreviewLink.objects.get()
    assert "The link is ready" in words
    assert "Luật sư Minh" in words
    story.body = "<p>Typed later.</p>"
    saving.save_story(story, by=editor)

    reader = Client()
    page = reader.get(link.get_absolute_url())
    html = page.content.decode()
    assert "Said in confidence." in html
    assert "Typed later." not in html
    assert "Dành riêng cho Luật sư Minh" in html
    assert "/uploads/" not in html
    assert "canonical" not in html
    assert "ld+json" not in html
    sources = re.findall(rf"{re.escape(link.get_absolute_url())}[\w./-]+", html)
    assert sources
    for source in sources:
        answer = reader.get(source)
        assert answer.getvalue()
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")


def test_it_is_kept_by_nobody_and_tells_nobody_where_one_came_from(at_desk, story):
    make(at_desk, story)
    link = PreviewLink.objects.get()
    for address in (link.get_absolute_url(), f"{link.get_absolute_url()}{link.files[0]}"):
        answer = Client().get(address)
        assert answer.getvalue()
        headers = answer.headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in headers["X-Robots-Tag"]
        assert "Set-Cookie" not in headers


def test_openings_are_counted(at_desk, story):
    make(at_desk, story)
    link = PreviewLink.objects.get()
    for _ in range(3):
        Client().get(link.get_absolute_url())
    Client().head(link.get_absolute_url())
    assert "opened 3 times" in desk.text(at_desk.get(desk.page("preview_links", story.pk)))


def test_it_expires_and_is_revoked_with_its_pictures(at_desk, story, now):
    make(at_desk, story, days="1")
    make(at_desk, story, days="7", for_whom="Bà Hòa")
    revoked, expiring = PreviewLink.objects.all()
    at_desk.post(desk.page("revoke_link", story.pk, revoked.pk))
    assert Client().get(expiring.get_absolute_url()).status_code == 200
    with travel(expiring.expires_at + timedelta(seconds=1), tick=False):
        for link in (revoked, expiring):
            answer = Client().get(link.get_absolute_url())
            assert answer.status_code == 410
            assert "Said in confidence." not in answer.content.decode()
            picture = Client().get(f"{link.get_absolute_url()}{link.files[0]}")
            assert picture.status_code == 404
    verbs = list(story.records.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["share", "share", "revoke_link"]


def test_no_other_file_comes_through_it(at_desk, story, make_picture):
    make(at_desk, story)
    link = PreviewLink.objects.get()
    make_picture()
    other = Rendition.objects.exclude(file__in=link.files).first().file.name
    for name in (other, "../settings.py", "x.jpg", f"{link.files[0]}/", "%00"):
        assert Client().get(f"{link.get_absolute_url()}{name}").status_code in (301, 404)
    assert Client().get("/preview/unknown/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"for_whom": " "}, "Write for whom the link is."),
        ({"days": "400"}, "Select a valid choice"),
        ({"version": "9"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said_and_no_link_is_made(at_desk, story, typed, sentence):
    assert sentence in desk.text(make(at_desk, story, **typed))
    assert not PreviewLink.objects.exists()


def test_a_double_click_makes_one(at_desk, story):
    address = desk.page("preview_links", story.pk)
    form = desk.fields(at_desk.get(address), "novalidate") | {"for_whom": "Luật sư Minh"}
    at_desk.post(address, form)
    assert "done already" in desk.text(at_desk.post(address, form, follow=True))
    assert PreviewLink.objects.count() == 1


def test_any_version_can_be_shown(at_desk, published, editor):
    published.body = "<p>Typed later.</p>"
    saving.save_story(published, by=editor)
    make(at_desk, published, version="1")
    html = Client().get(PreviewLink.objects.get().get_absolute_url()).content.decode()
    assert "Typed later." not in html


def test_reporters_make_none(story, reporter, other_reporter):
    Article.objects.filter(pk=story.pk).update(owner=reporter)
    client = desk.log_in(Client(), reporter)
    assert client.get(desk.page("preview_links", story.pk)).status_code == 403
    assert (
        desk.page("preview_links", story.pk)
        not in client.get(desk.page("change", story.pk)).content.decode()
    )


def test_it_goes_with_its_story(at_desk, story):
    make(at_desk, story)
    address = PreviewLink.objects.get().get_absolute_url()
    Article.objects.get(pk=story.pk).delete()
    assert Client().get(address).status_code == 404
