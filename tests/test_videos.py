"""A video in a story: a still that links to it, and after a click its player; nothing before."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from articles.publishing import freezing, rendering, saving
from articles.rules.refusals import WorkflowError
from articles.text import Body
from newsroom.security import site_policy
from tests.site_pages import address, classes, elements, get, words

YOUTUBE = "https://www.youtube.com/watch?v=dMFO9n_-XyA"
PLAYER = "https://www.youtube-nocookie.com/embed/dMFO9n_-XyA?autoplay=1"
TIKTOK = "https://www.tiktok.com/@bao_vinh.sa/video/6718335390845095173"


@pytest.fixture
def story(make_story, make_picture, publish_at, now, paper, reporter):
    """On the site: a video with still and title, an upright one with neither."""
    still = make_picture(by=reporter, alt_text="Boats", credit="An")
    body = (
        f'<p>A</p><figure data-embed="{YOUTUBE}" data-images="{still.pk}">'
        f'<figcaption>The <em>race</em></figcaption></figure><figure data-embed="{TIKTOK}"></figure>'
    )
    story = make_story("Boat race", body=body)
    publish_at(story, now - timedelta(hours=1))
    story.refresh_from_db()
    return story


def test_a_video_is_a_link_around_its_still_with_title_and_credit(story):
    [video, _other] = elements(get(address(story)), "figure", "video")
    [link] = [e for e in video.walk() if e.name == "a"]
    [image] = [e for e in link.walk() if e.name == "img"]
    [caption] = [e for e in video.walk() if e.name == "figcaption"]

    assert link.attributes["href"] == YOUTUBE
    assert link.attributes["data-player"] == PLAYER
    assert link.attributes["data-title"] == "The race"
    assert {"(YouTube).", "youtube.com."} <= set(words(link).split())
    assert image.attributes["alt"] == "Boats"
    assert image.attributes["fetchpriority"] == "high"
    assert words(caption).split()[:2] == ["The", "race"]
    assert words(caption).endswith("An")


def test_a_video_without_still_is_a_box_with_its_title(story):
    [_other, video] = elements(get(address(story)), "figure", "video")

    assert "video-upright" in classes(video)
    assert [words(e) for e in video.walk() if "video-title" in classes(e)] == [
        next(e for e in video.walk() if e.name == "a").attributes["data-title"]
    ]
    assert not [e for e in video.walk() if e.name in ("img", "figcaption")]


def test_a_link_in_a_title_is_kept_where_there_is_no_still(story):
    content = freezing.content_of(story)
    linked = content.body.html.replace('"></figure>', '"><figcaption>x</figcaption></figure>')
    plain = rendering.render(replace(content, body=Body.read(linked))).body_html
    linked = linked.replace("<figcaption>x<", '<figcaption><a href="/x/">x</a><')
    html = rendering.render(replace(content, body=Body.read(linked))).body_html

    assert (plain.count("<figcaption>"), html.count("<figcaption>")) == (1, 2)


def test_the_still_is_the_storys_picture(story):
    [caption, other] = story.captions.order_by("position")
    publication = story.publications.get()

    assert caption.text == "The <em>race</em>"
    assert [caption.images.count(), other.images.count()] == [1, 0]
    assert 'alt="Boats"' in publication.card_picture_html


def test_stored_html_holds_no_frame_and_nothing_of_the_providers_to_fetch(story):
    html = story.publications.get().text.body_html

    assert not re.search(r"<(iframe|script)|style=", html)
    assert not re.search(r'(?:src|srcset)="[^"]*//', html)


def test_the_policy_lets_in_the_players_that_are_allowed_and_no_others(db, settings):
    settings.EMBED_HOSTS = ["player.vimeo.com"]
    policy = Client().get("/").headers["Content-Security-Policy"]
    assert policy == site_policy()
    assert policy.endswith("; frame-src https://player.vimeo.com")
    assert "vimeo" not in Client().get("/admin/login/").headers["Content-Security-Policy"]

    settings.EMBED_HOSTS = []
    assert Client().get("/").headers["Content-Security-Policy"].endswith("; frame-src 'none'")


def test_a_video_whose_host_is_not_allowed_is_refused_at_the_desk(story, reporter, settings):
    settings.EMBED_HOSTS = ["www.tiktok.com"]
    with pytest.raises(WorkflowError) as refused:
        saving.save_story(story, by=reporter)

    assert refused.value.field == "body"
    assert YOUTUBE in str(refused.value)


browser = pytest.mark.browser
served = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reader(open_page):
    """A page of a reader, the addresses that left it, and what its console said."""

    def open_story(story, **options):
        page = open_page(**options)
        page.asked, page.said = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.route("**/*", lambda route: route.fallback())
        page.route(
            re.compile("youtube|tiktok"),
            lambda route: route.fulfill(
                content_type="text/html", body="<title>Player</title><p>Playing</p>"
            ),
        )
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(address(story))
        page.wait_for_load_state("networkidle")
        return page

    return open_story


def outside(page) -> list[str]:
    return [url for url in page.asked if "127.0.0.1" not in url and "localhost" not in url]


@browser
@served
def test_the_player_comes_with_the_click_and_nothing_before(reader, story):
    page = reader(story)
    link = page.locator("a.video-link").first
    link.scroll_into_view_if_needed()
    place = page.locator(".video-frame").first.bounding_box()
    assert outside(page) == []

    link.focus()
    page.keyboard.press("Enter")
    frame = page.locator("iframe")
    page.frame_locator("iframe").get_by_text("Playing").wait_for()
    assert outside(page) == [PLAYER]
    assert frame.get_attribute("title") == "The race"
    assert page.evaluate("document.activeElement.localName") == "iframe"
    assert frame.bounding_box() == place
    assert abs(place["width"] / place["height"] - 16 / 9) < 0.02
    assert page.said == []


@browser
@served
def test_an_upright_video_stands_upright_and_fits_a_phone(reader, story):
    page = reader(story, width=320)
    page.locator("a.video-link").nth(1).click()
    page.frame_locator("iframe").get_by_text("Playing").wait_for()
    box = page.locator("iframe").bounding_box()

    assert abs(box["width"] / box["height"] - 9 / 16) < 0.02
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@browser
@served
def test_where_the_host_is_no_longer_allowed_the_still_is_a_plain_link(reader, story, settings):
    settings.EMBED_HOSTS = ["www.tiktok.com"]
    page = reader(story)
    page.locator("a.video-link").first.click()
    page.wait_for_url(YOUTUBE)


@browser
@served
def test_without_script_the_still_is_a_plain_link(reader, story):
    page = reader(story, java_script_enabled=False)
    page.locator("a.video-link").first.click()
    page.wait_for_url(YOUTUBE)


@browser
@served
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_story_with_videos_has_nothing_that_axe_objects_to(reader, story, scheme):
    page = reader(story, width=390, color_scheme=scheme, bypass_csp=True)
    page.locator("a.video-link").first.click()
    page.frame_locator("iframe").get_by_text("Playing").wait_for()
    found = Axe().run(page, options={"iframes": False})

    assert found.violations_count == 0, found.generate_report()


@browser
@served
def test_print_shows_the_still_and_the_address(reader, story):
    page = reader(story)
    page.locator("a.video-link").first.click()
    page.frame_locator("iframe").get_by_text("Playing").wait_for()
    page.emulate_media(media="print")

    assert page.locator(".video-link img").is_visible()
    assert not page.locator("iframe").is_visible()
    after = page.locator("a.video-link").first.evaluate(
        "link => getComputedStyle(link, '::after').content"
    )
    assert "attr(href)" in after or YOUTUBE in after
