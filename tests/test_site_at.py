"""The desk's walk through the site as of another moment."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.desk.moments import site_then
from articles.desk.site_at import change_beside
from articles.models import Publication
from articles.rules import board, timing
from tests.site_pages import address, elements, headlines

DAY = timedelta(days=1)


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
    assert all(
        link.startswith((start, "/admin/site-at/", "/admin/board/", "#", "http", "mailto:"))
        for link in links
    )
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
    "path", ["x/feed/", "sitemap.xml", "no/such/page", "%00", "x/y-9/", "admin/"]
)
def test_what_is_no_page_of_the_site_is_a_404(walk, path):
    walk(path, status=404)


def test_feeds_are_a_part_of_the_walk(walk, scheduled, published):
    for path in ("feed/", "kinh-te/feed/"):
        titles = re.findall("<title>([^<]*)</title>", walk(path))
        assert titles[1:] == ["Scheduled for tomorrow", "On the site since yesterday"]


def test_the_walk_goes_on_from_change_to_change(editor, withdrawn, scheduled, published, now):
    """Withdrawn: two days ago to yesterday; published: since yesterday; scheduled: from tomorrow."""
    client = Client()
    client.force_login(editor)
    address = site_then(now)
    page = client.get(address).content.decode()
    later, earlier = way_on(page, "next"), way_on(page, "prev")
    assert later == site_then(now + DAY)
    assert earlier == site_then(now - DAY)
    page = client.get(earlier).content.decode()
    assert way_on(page, "prev") == site_then(now - 2 * DAY)
    assert way_on(client.get(later).content.decode(), "next") is None
    first = client.get(site_then(now - 2 * DAY)).content.decode()
    assert way_on(first, "prev") is None


def way_on(html: str, rel: str) -> str | None:
    found = [e.attributes["href"] for e in elements(html, "a") if e.attributes.get("rel") == rel]
    return found[0] if found else None


def test_another_moment_of_the_same_page_is_chosen_in_the_papers_form(editor, published, now):
    client = Client()
    client.force_login(editor)
    chosen = {"at": "06:00, 28/11/2026", "address": "kinh-te/"}
    response = client.get("/admin/site-at/", chosen)
    assert response.url == "/admin/site-at/2026-11-28T06:00:00/kinh-te/"
    refused = client.get("/admin/site-at/", chosen | {"at": "half past six"})
    assert "Chọn ngày và giờ" in refused.content.decode()


spans = st.tuples(
    st.integers(0, 40), st.none() | st.integers(1, 40).filter(lambda hours: hours > 0)
).map(lambda span: (at(span[0]), None if span[1] is None else at(span[0] + span[1])))


def at(hours: int) -> datetime:
    return datetime(2026, 11, 28, tzinfo=UTC) + timedelta(hours=hours)


@given(st.lists(spans, max_size=8), st.integers(-5, 90).map(at), st.booleans())
def test_nothing_changes_between_a_moment_and_its_neighbour(spans, moment, later):
    def live(then):
        return {n for n, span in enumerate(spans) if timing.is_live(*span, then)}

    beside = board.neighbour(spans, moment, later=later)
    edges = {edge for span in spans for edge in span if edge}
    between = [e for e in edges if (moment < e if later else e < moment)]
    if beside is None:
        assert not between
    else:
        assert beside in between
        others = [e for e in between if (e < beside if later else e > beside)]
        assert not others
        if not later and moment not in edges:
            assert live(beside) == live(moment)


def test_one_query_finds_the_change_on_each_side(scheduled, published, withdrawn, now):
    rows = list(Publication.objects.values_list("live_from", "live_until"))
    for moment in (now, now - DAY, now + DAY, now + 2 * DAY, now - 3 * DAY):
        for later in (True, False):
            with CaptureQueriesContext(connection) as queries:
                found = change_beside(moment, later=later)
            assert len(queries) == 1
            assert found == board.neighbour(rows, moment, later=later)
