"""What `sizes` says of a picture is what the stylesheet makes of it, so no file is larger than needed."""

from datetime import timedelta

import pytest

from articles.rules.content import ContentLink
from media import library
from tests import pictures
from tests.site_pages import address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# For each picture: the width that its sizes say, and the one that it has.
MEASURE = """all => all.map(image => {
    const sizes = image.closest("picture").querySelector("source").sizes;
    const said = sizes.split(",").map(one => one.trim().match(/^(?:\\((.*)\\) )?([0-9.]+)(px|vw)$/));
    const [, , number, unit] = said.find(one => !one[1] || matchMedia(`(${one[1]})`).matches);
    const width = unit === "vw" ? innerWidth * number / 100 : Number(number);
    return [image.alt, width, image.getBoundingClientRect().width, Number(image.getAttribute("width"))];
})"""


@pytest.fixture
def paths(make_story, publish_at, reporter, section, now) -> list[str]:
    """A report and a photo story of pictures of all shapes, the front page and a list."""
    shapes = [(1600, 1067), (1067, 1600), (1600, 900), (320, 240), (1000, 1000), (2000, 700)]
    ids = [
        library.add_picture(
            pictures.jpeg(size, seed), f"{seed}.jpg", by=reporter, alt_text=f"{size}"
        ).pk
        for seed, size in enumerate(shapes, start=80)
    ]
    wide, upright, screen, small, square, banner = ids
    figures = [[wide], [upright], [small], [wide, upright], [screen, square, banner], [small, wide]]
    body = "".join(f'<figure data-images="{" ".join(map(str, ids))}"></figure>' for ids in figures)
    others = [make_story(f"Other {n}", lead_image_id=wide, section=section) for n in range(9)]
    links = [ContentLink(target_id=other.pk) for other in others[:2]]
    for hours, other in enumerate(others, start=2):
        publish_at(other, now - timedelta(hours=hours))
    found = ["/", "/kinh-te/"]
    for genre in ("report", "photo"):
        story = make_story(f"All shapes, {genre}", genre=genre, body=body, links=links)
        publish_at(story, now - timedelta(hours=1))
        found.append(address(story))
    return found


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_a_picture_is_as_wide_as_its_sizes_say_and_never_wider_than_it_is(open_page, paths, width):
    page = open_page(width=width)
    for path in paths:
        page.goto(path)
        images = page.locator("main img").evaluate_all(MEASURE)
        assert images
        for alt, said, shown, _own in images:
            assert abs(said - shown) <= 0.1 * shown, f"{path}: {alt} says {said}, is {shown}"
        for alt, _said, shown, own in page.locator(".story-body img").evaluate_all(MEASURE):
            assert shown <= own + 0.5, f"{path}: {alt} is {own} and shown {shown} wide"


def test_only_the_lead_picture_of_a_page_hurries(page, paths):
    for path in paths:
        page.goto(path)
        loading = page.locator("main img").evaluate_all(
            "all => all.map(image => [image.loading, image.fetchPriority])"
        )
        assert loading[0] == ["auto", "high"], path
        assert set(map(tuple, loading[1:])) == {("lazy", "auto")}, path


def test_width_and_height_are_the_pictures_own_proportions(page, paths):
    for path in paths:
        page.goto(path)
        for image in page.locator("main img").all():
            image.scroll_into_view_if_needed()
            image.evaluate("image => image.decode()")
        wrong = page.locator("main img").evaluate_all(
            """all => all.filter(image => Math.abs(
                image.naturalWidth / image.naturalHeight
                - image.getAttribute("width") / image.getAttribute("height")) > 0.03)
            .map(image => image.currentSrc)"""
        )
        assert wrong == []
