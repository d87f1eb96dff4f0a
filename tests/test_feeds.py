"""The RSS feeds: https://www.rssboard.org/rss-specification"""

from datetime import timedelta
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from django.test import Client

from articles.publishing.saving import save_story
from tests.site_pages import address, get, many_stories

SELF = "{http://www.w3.org/2005/Atom}link"


def channel(path: str) -> Element:
    response = Client().get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    root = fromstring(response.content)
    assert (root.tag, root.attrib["version"]) == ("rss", "2.0")
    return root.find("channel")


def titles(path: str) -> list[str]:
    return [item.findtext("title") for item in channel(path).iter("item")]


def test_the_feed_names_the_paper_and_itself(paper, settings):
    found = channel("/feed/")

    assert found.findtext("title") == "Báo Vĩnh Sa"
    assert found.findtext("link") == f"{settings.SITE_URL}/"
    assert found.find(SELF).attrib == {"rel": "self", "href": f"{settings.SITE_URL}/feed/"}
    assert found.findtext("language") == "vi"


def test_an_item_has_what_a_reader_of_feeds_needs(forum_report, publish_at, settings, now):
    publish_at(forum_report, now - timedelta(hours=2))

    item = channel("/feed/").find("item")
    assert item.findtext("title") == "Forum on young people starting a business"
    assert item.findtext("link") == settings.SITE_URL + address(forum_report)
    assert item.findtext("description") == "On 29 March the province held a forum."
    assert parsedate_to_datetime(item.findtext("pubDate")) == now - timedelta(hours=2)
    assert item.findtext("category") == "Kinh tế"


def test_an_items_id_outlives_its_headline_and_section(published, part, publish_at, editor, now):
    before = channel("/feed/").find("item").findtext("guid")
    published.headline, published.slug, published.section = "New headline", "new", part
    save_story(published, by=editor)
    publish_at(published, now)

    item = channel("/feed/").find("item")
    assert item.findtext("title") == "New headline"
    assert item.findtext("guid") == before
    assert item.find("guid").attrib["isPermaLink"] == "false"


def test_the_newest_thirty_of_what_is_live(section, reporter, scheduled, withdrawn, draft, now):
    many_stories(section, reporter, 40, newest=now)

    assert titles("/feed/") == [f"Story {n}" for n in range(30)]


def test_a_section_has_its_own_feed(section, part, published, make_story, publish_at, now):
    publish_at(make_story("Of the part", section=part), now)

    assert titles("/kinh-te/feed/") == ["Of the part", "On the site since yesterday"]
    assert titles("/nong-nghiep/feed/") == ["Of the part"]
    assert channel("/nong-nghiep/feed/").findtext("title").startswith("Nông nghiệp - ")


def test_a_renamed_sections_feed_moves_along(section):
    section.slug = "kinh-doanh"
    section.save()

    response = Client().get("/kinh-te/feed/")
    assert (response.status_code, response.headers["Location"]) == (301, "/kinh-doanh/feed/")
    assert Client().get("/nothing/feed/").status_code == 404


def test_an_empty_feed_has_no_date_neither_1970_nor_the_clocks(paper, section):
    for path in ("/feed/", "/kinh-te/feed/"):
        assert titles(path) == []
        assert channel(path).find("lastBuildDate") is None


def test_a_feed_is_as_new_as_its_newest_story(published, now):
    built = parsedate_to_datetime(channel("/feed/").findtext("lastBuildDate"))
    assert built == now - timedelta(days=1)


def test_characters_that_xml_cannot_hold_are_left_out(section, reporter, now):
    [story] = many_stories(section, reporter, 1, newest=now)
    type(story).objects.update(headline="A\x0bB\ufffe<&>\U0001f600", lede="C\x1f D")

    [title] = titles("/feed/")
    assert title == "AB<&>\U0001f600"


def test_pages_lead_to_their_feeds(published, settings):
    assert f'href="{settings.SITE_URL}/feed/"' in get(address(published))
    assert f'href="{settings.SITE_URL}/kinh-te/feed/"' in get("/kinh-te/")
