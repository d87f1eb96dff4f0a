"""The sitemap and robots.txt: https://www.sitemaps.org/protocol.html"""

from datetime import UTC, datetime, timedelta

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client

from articles.publishing.saving import save_story
from tests.site_pages import address, get, many_stories

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def locations(path: str) -> list[str]:
    return [e.text for e in fromstring(get(path)).iterfind("*/s:loc", NAMES)]


def test_the_index_lists_the_sections_and_each_month_with_stories(section, reporter, settings):
    for year, month in ((2026, 3), (2025, 12), (2024, 2)):
        moment = datetime(year, month, 1, tzinfo=UTC)
        many_stories(section, reporter, 1, newest=moment)

    base = f"{settings.SITE_URL}/sitemap/"
    assert locations("/sitemap.xml") == [
        f"{base}{part}.xml" for part in ("sections", "2026-03", "2025-12", "2024-02")
    ]
    for location in locations("/sitemap.xml"):
        assert locations(location.removeprefix(settings.SITE_URL))


def test_a_month_lists_what_is_live(section, published, scheduled, withdrawn, draft, settings, now):
    yesterday = now - timedelta(days=1)

    assert locations(f"/sitemap/{yesterday.astimezone(UTC):%Y-%m}.xml") == [
        settings.SITE_URL + address(published)
    ]


def test_a_month_has_its_first_moment_and_not_its_last(section, reporter):
    newest = datetime(2026, 3, 1, tzinfo=UTC)
    many_stories(section, reporter, 2, newest=newest)

    assert [a.split("/")[-2][:7] for a in locations("/sitemap/2026-03.xml")] == ["story-0"]
    assert [a.split("/")[-2][:7] for a in locations("/sitemap/2026-02.xml")] == ["story-1"]


def test_a_story_says_when_it_last_changed(published, publish_at, now):
    published.lede = "News of the last hour"
    save_story(published, by=published.owner)
    publish_at(published, now - timedelta(hours=1))

    month = (now - timedelta(days=1)).astimezone(UTC)
    [changed] = fromstring(get(f"/sitemap/{month:%Y-%m}.xml")).iterfind("*/s:lastmod", NAMES)
    assert datetime.fromisoformat(changed.text) == now - timedelta(hours=1)


def test_the_sections_and_the_front_page_are_in_it(section, part, settings):
    assert locations("/sitemap/sections.xml") == [
        f"{settings.SITE_URL}{path}" for path in ("/", "/kinh-te/", "/nong-nghiep/")
    ]


@pytest.mark.parametrize(
    "part",
    ["2026-13", "2026-1", "2026-00", "0000-01", "9999-12", "99999-01", "1999-01", "x", "2026"],
)
def test_a_month_of_nonsense_or_without_stories_is_a_404(published, part):
    assert Client().get(f"/sitemap/{part}.xml").status_code == 404


def test_robots_are_kept_from_the_desk_and_told_of_the_sitemap(db, settings):
    lines = get("/robots.txt").splitlines()

    assert lines[:2] == ["User-agent: *", "Disallow: /admin/"]
    assert lines[-1] == f"Sitemap: {settings.SITE_URL}/sitemap.xml"
