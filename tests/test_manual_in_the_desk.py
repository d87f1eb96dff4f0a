"""The reporters' manual is at hand on every page of the desk, in the desk's language."""

import re
from urllib.parse import urljoin

import pytest
from django.test import Client

from articles.desk import manual
from tests import desk


@pytest.fixture
def at_desk(reporter) -> Client:
    return desk.log_in(Client(), reporter)


@pytest.mark.parametrize(
    ("language", "label", "title"),
    [("en", "Manual", "For reporters"), ("vi", "Hướng dẫn", "Dành cho phóng viên")],
)
def test_every_page_leads_to_it_in_the_desks_language(at_desk, language, label, title):
    at_desk.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    front = at_desk.get("/admin/").content.decode()
    assert f'<a href="/admin/manual/">{label}</a>' in front
    page = at_desk.get("/admin/manual/", follow=True)
    assert page.redirect_chain == [(f"/admin/manual/{language}/", 302)]
    assert f'<h1 lang="{language}">{title}</h1>' in page.content.decode()


@pytest.mark.parametrize("language", manual.PAGES)
def test_its_parts_and_pictures_are_where_it_says(at_desk, language):
    address = f"/admin/manual/{language}/"
    page = at_desk.get(address).content.decode()
    links = re.findall(r'<li><a href="#([^"]+)"', page)
    assert len(links) > 5
    assert all(f'<h2 id="{link}">' in page for link in links)
    pictures = re.findall(r'<img src="([^"]+)"', page)
    assert len(pictures) > 5
    for picture in pictures:
        response = at_desk.get(urljoin(address, picture))
        assert response.status_code == 200
        assert response["Content-Type"] == "image/png"


def test_both_languages_say_the_same(at_desk):
    """A part, a picture or a row that one of them lacks is told to nobody who reads it."""
    pages = [
        at_desk.get(f"/admin/manual/{language}/").content.decode() for language in ("en", "vi")
    ]
    for what in ("<h2 ", "<img ", "<tr>", "<li><strong>"):
        counts = [page.count(what) for page in pages]
        assert counts[0] == counts[1], what
