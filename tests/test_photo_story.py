"""A photo story: wide pictures lead, the text between them is narrower, its card tells their number."""

from datetime import timedelta

import pytest

from articles.models import Genre
from media import library
from tests import pictures
from tests.site_pages import address, elements, get, words

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def photo_story(make_story, publish_at, reporter, paper, now):
    """Three wide pictures and an upright one, with a paragraph between."""
    sizes = [(1500, 1000), (1500, 1000), (1000, 1500), (1500, 1000)]
    ids = [
        library.add_picture(
            pictures.jpeg(size, seed), f"{seed}.jpg", by=reporter, credit="Minh Khuê"
        ).pk
        for seed, size in enumerate(sizes, start=90)
    ]
    figures = [
        f'<figure data-images="{pk}"><figcaption>Caption {n}</figcaption></figure>'
        for n, pk in enumerate(ids, start=1)
    ]
    body = f"{figures[0]}{figures[1]}<p>{'Words between. ' * 30}</p>{figures[2]}{figures[3]}"
    story = make_story("The quay at four", genre=Genre.PHOTO, body=body)
    publish_at(story, now - timedelta(hours=1))
    return story


@pytest.fixture
def path(photo_story) -> str:
    return address(photo_story)


def widths(page, selector: str) -> list[int]:
    """The widths of these elements' own boxes, in order."""
    return page.locator(selector).evaluate_all(
        "all => all.map(one => Math.round(one.getBoundingClientRect().width))"
    )


@pytest.mark.browser
def test_on_a_desktop_its_pictures_are_wide_and_its_text_is_narrow(page, path):
    page.goto(path)

    assert widths(page, ".story-body img") == [1080, 1080, 600, 1080]
    assert widths(page, ".story-body > p") == [600]
    assert set(widths(page, "figcaption")) == {600}


@pytest.mark.browser
def test_on_a_phone_its_pictures_reach_from_edge_to_edge(phone, path):
    phone.goto(path)
    edges = phone.locator(".story-body img").evaluate_all(
        "all => all.map(one => [one.getBoundingClientRect().left, one.getBoundingClientRect().width])"
    )

    assert edges == [[0, 390]] * 4


@pytest.mark.browser
def test_captions_are_numbered_for_the_eye_alone(page, path):
    page.goto(path)
    caption = page.locator("figcaption").nth(2)
    number = "one => getComputedStyle(one, '::before').content"

    assert caption.evaluate(number) == 'counter(figure) / ""'
    assert caption.inner_text().startswith("Caption 3")
    page.emulate_media(media="print")
    assert page.locator("figcaption").first.is_visible()


def test_its_card_tells_how_many_pictures_it_has(path, make_story, publish_at, now):
    report = make_story("A report")
    publish_at(report, now - timedelta(hours=2))
    counts = {
        words(next(e for e in card.walk() if e.name == "h2")): [
            words(e).rsplit(" ")[-1]
            for e in card.walk()
            if "photos" in e.attributes.get("class", "").split()
        ]
        for card in elements(get("/kinh-te/"), "article", "card")
    }

    assert counts == {"The quay at four": ["4"], "A report": []}
