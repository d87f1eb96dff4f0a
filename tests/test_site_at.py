"""The desk's walk through the site as of another moment."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.site_pages import address, elements, headlines


@pytest.fixture
def tomorrow(now) -> str:
    """Tomorrow's same moment as an address writes it, in the paper's zone."""
    local = (now + timedelta(days=1)).astimezone(timezone.get_default_timezone())
    return local.replace(tzinfo=None).isoformat()


@pytest.fixture
def walk(editor, tomorrow):
    client = Client()
    client.force_login(editor)

    def page(path: str = "", moment: str = tomorrow, status: int = 200) -> str:
        response = client.get(f"/admin/site-at/{moment}/{path}")
        assert response.status_code == status
        return response.content.decode()

    return page


def test_an_editor_sees_the_site_as_it_will_be(walk, scheduled, published):
    assert headlines(walk()) == ["Scheduled for tomorrow", "On the site since yesterday"]
    assert headlines(walk("kinh-te/"))[0] == "Scheduled for tomorrow"
    assert "Body of Scheduled for tomorrow" in walk(address(scheduled)[1:])


def test_an_editor_sees_the_site_as_it_was(walk, withdrawn, now):
    local = (now - timedelta(hours=30)).astimezone(timezone.get_default_timezone())
    moment = local.replace(tzinfo=None).isoformat(timespec="seconds")

    assert "Body of Withdrawn yesterday" in walk(address(withdrawn)[1:], moment)
    assert "Body of Withdrawn" not in walk(address(withdrawn)[1:], status=410)


def test_links_lead_on_inside_the_walk(walk, scheduled, published, tomorrow):
    html = walk(address(scheduled)[1:])
    start = f"/admin/site-at/{tomorrow}/"
    links = [e.attributes["href"] for e in elements(html, "a")]

    assert f"{start}kinh-te/" in links
    assert f"{start}{address(published)[1:]}" in links
    assert all(link.startswith((start, "#", "http", "mailto:")) for link in links)
    assert 'href="/static/' in html


def test_the_page_says_which_moment_it_shows(walk, published, now):
    local = (now + timedelta(days=1)).astimezone(timezone.get_default_timezone())
    [banner] = [e for e in elements(walk(), "div") if e.attributes.get("class") == "banner"]

    assert f"{local.day}/{local.month}/{local.year}" in banner.text()
    assert not elements(Client().get("/").content.decode(), "div", "banner")


def test_a_moved_address_moves_inside_the_walk(editor, published, tomorrow):
    client = Client()
    client.force_login(editor)
    response = client.get(f"/admin/site-at/{tomorrow}/x/y-{published.pk}/")

    assert response.status_code == 302
    assert response.headers["Location"] == f"/admin/site-at/{tomorrow}{address(published)}"


def test_no_answer_of_the_walk_is_kept(editor, tomorrow):
    client = Client()
    client.force_login(editor)

    assert "no-store" in client.get(f"/admin/site-at/{tomorrow}/").headers["Cache-Control"]


@pytest.mark.parametrize("who", ["reporter", "without_role"])
def test_it_is_for_editors_and_above(request, scheduled, tomorrow, who):
    client = Client()
    client.force_login(request.getfixturevalue(who))

    assert client.get(f"/admin/site-at/{tomorrow}/").status_code == 404
    assert client.get(f"/admin/site-at/{tomorrow}{address(scheduled)}").status_code == 404


def test_a_stranger_is_asked_to_log_in(scheduled, tomorrow):
    response = Client().get(f"/admin/site-at/{tomorrow}/")

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/admin/login/?next=/admin/site-at/")


@pytest.mark.parametrize(
    "moment",
    ["yesterday", "2026-13-01T06:00", "0001-01-01T00:00", "9999-12-31T23:59:59Z", "%00", "1"],
)
def test_a_moment_of_nonsense_is_a_404(walk, moment):
    walk("", moment, status=404)


@pytest.mark.parametrize(
    "path", ["feed/", "sitemap.xml", "no/such/page", "%00", "x/y-9/", "admin/"]
)
def test_what_is_no_page_of_the_site_is_a_404(walk, path):
    walk(path, status=404)
