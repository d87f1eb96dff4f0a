"""The front page, sections and authors: what stands where, and how lists go on."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Author, Category, FormerSlug, PublicationAuthor
from articles.publishing.saving import save_story
from articles.rules.cursors import Cursor
from tests.site_pages import address, elements, get, headlines, many_stories, words


@pytest.fixture
def sports(db) -> Category:
    return Category.objects.create(name="Thể thao", slug="the-thao", position=2)


def blocks(page: str) -> dict[str, list[str]]:
    """The headlines under each main section of the front page."""
    from articles.text import markup

    return {
        words(elements(markup.serialise([block]), "h2")[0]): headlines(markup.serialise([block]))
        for block in elements(page, "section", "block")
    }


# The front page.


def test_an_empty_paper_has_a_front_page(paper):
    page = get("/")

    assert "Báo Vĩnh Sa" in page
    assert len(elements(page, "h1")) == 1
    assert elements(page, "p", "empty")
    assert not headlines(page)


def test_the_newest_story_leads_and_the_others_stand_under_their_sections(
    section, sports, reporter, now
):
    many_stories(section, reporter, 9, newest=now, headline="Money {}".format)
    many_stories(sports, reporter, 3, newest=now - timedelta(days=2), headline="Ball {}".format)

    page = get("/")

    assert headlines(page, "card-lead") == ["Money 0"]
    assert headlines(page)[:5] == [f"Money {n}" for n in range(5)]
    assert blocks(page) == {
        "Kinh tế": [f"Money {n}" for n in range(5, 9)],
        "Thể thao": ["Ball 0", "Ball 1", "Ball 2"],
    }


def test_a_section_keeps_a_story_rather_than_giving_all_to_the_top(section, sports, reporter, now):
    many_stories(sports, reporter, 2, newest=now, headline="Ball {}".format)
    many_stories(section, reporter, 2, newest=now - timedelta(days=1), headline="Money {}".format)

    page = get("/")

    assert headlines(page) == ["Ball 0", "Money 0", "Money 1", "Ball 1"]
    assert blocks(page) == {"Kinh tế": ["Money 1"], "Thể thao": ["Ball 1"]}


def test_the_top_is_filled_with_older_stories_where_sections_keep_their_only_one(
    section, reporter, now
):
    for n in range(5):
        many_stories(_place(n), reporter, 1, newest=now, headline=f"Only {n}, {{}}".format)
    many_stories(section, reporter, 6, newest=now - timedelta(days=1), headline="Money {}".format)

    page = get("/")

    assert headlines(page)[1:5] == [f"Money {n}" for n in range(4)]
    assert blocks(page)["Kinh tế"] == ["Money 4", "Money 5"]


def test_no_story_stands_twice_on_the_front_page(section, part, sports, reporter, now):
    for place in (section, part, sports):
        many_stories(place, reporter, 12, newest=now, headline=f"{place} {{}}".format)

    found = headlines(get("/"))

    assert len(found) == len(set(found)) == 5 + 2 * 5


def test_a_section_without_live_stories_is_not_shown(section, sports, published, scheduled):
    assert not blocks(get("/"))


def test_a_main_section_shows_the_stories_of_its_parts_and_leads_to_them(
    section, part, sports, reporter, now
):
    many_stories(sports, reporter, 6, newest=now)
    many_stories(part, reporter, 1, newest=now - timedelta(days=1), headline="Rice {}".format)

    page = get("/")

    assert blocks(page)["Kinh tế"] == ["Rice 0"]
    assert "/nong-nghiep/" in [e.attributes["href"] for e in elements(page, "a")]


def test_the_front_page_costs_five_queries_at_most(reporter, now):
    for n in range(25):
        place = Category.objects.create(name=f"Section {n}", slug=f"section-{n}", position=n)
        Category.objects.create(name=f"Part {n}", slug=f"part-{n}", parent=place)
        many_stories(place, reporter, 12, newest=now - timedelta(minutes=n))

    with CaptureQueriesContext(connection) as asked:
        page = get("/")

    assert len(asked) <= 5
    assert len(elements(page, "section", "block")) == 25


def test_a_page_with_many_stories_is_light(section, sports, reporter, now):
    for place in (section, sports, *(_place(n) for n in range(6))):
        many_stories(place, reporter, 12, newest=now, headline=("Tiêu đề dài " * 8 + "{}").format)

    assert len(get("/").encode()) < 100_000
    assert len(get("/kinh-te/").encode()) < 100_000


def _place(n: int) -> Category:
    return Category.objects.create(name=f"Mục {n}", slug=f"muc-{n}", position=5 + n)


# Sections.


def test_a_section_lists_its_stories_and_those_of_its_parts(section, part, sports, reporter, now):
    many_stories(section, reporter, 2, newest=now, headline="Money {}".format)
    many_stories(part, reporter, 1, newest=now - timedelta(minutes=5), headline="Rice {}".format)
    many_stories(sports, reporter, 1, newest=now, headline="Ball {}".format)

    assert headlines(get("/kinh-te/")) == ["Money 0", "Rice 0", "Money 1"]
    assert headlines(get("/nong-nghiep/")) == ["Rice 0"]


def test_a_part_leads_back_to_its_main_section_and_that_to_its_parts(section, part):
    assert "/kinh-te/" in [e.attributes["href"] for e in elements(get("/nong-nghiep/"), "a")]
    [main] = elements(get("/kinh-te/"), "main")
    assert "/nong-nghiep/" in [e.attributes["href"] for e in main.walk() if e.name == "a"]


def test_an_empty_section_says_so(section):
    page = get("/kinh-te/")

    assert words(elements(page, "h1")[0]) == "Kinh tế"
    assert elements(page, "p", "empty")


def test_an_update_does_not_jump_the_queue(section, published, publish_at, reporter, now):
    many_stories(section, reporter, 1, newest=now - timedelta(hours=2), headline="Newer {}".format)
    published.lede = "News of the last minute"
    save_story(published, by=reporter)
    publish_at(published, now - timedelta(minutes=1))

    assert headlines(get("/kinh-te/")) == ["Newer 0", "On the site since yesterday"]


def test_a_list_goes_on_to_its_end_without_a_gap_or_a_story_twice(section, reporter, now):
    publications = many_stories(section, reporter, 50, newest=now)
    for publication in publications[15:25]:
        # Of the same second, so that only the id tells them apart.
        publication.first_published = publications[25].first_published
        publication.save()

    path, found, seen_pages = "/kinh-te/", [], 0
    while path:
        page = get(path)
        found += headlines(page)
        seen_pages += 1
        older = [e for e in elements(page, "a") if e.attributes.get("rel") == "next"]
        path = older[0].attributes["href"] if older else ""

    assert seen_pages == 3
    assert sorted(found) == sorted(p.headline for p in publications)


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "1", "-", "1-", "-1", "1-x", "1_0-5", "01-5", " 1-5", "1-5 ", "٣-٣", "9" * 6000 + "-1",
     "9" * 25 + "-1", "1-" + "9" * 30, "1--5", "1-%00", "1.5-2", "+1-2"],
)  # fmt: skip
def test_a_cursor_of_nonsense_is_a_404(section, other_reporter, published, cursor):
    assert Client().get("/kinh-te/", {"before": cursor}).status_code == 404


def test_unknown_queries_in_an_address_are_ignored(section, published):
    assert get("/kinh-te/?utm_source=zalo&page=3") == get("/kinh-te/")


def test_an_old_address_of_a_section_redirects(section, published):
    section.slug = "kinh-doanh"
    section.save()

    response = Client().get("/kinh-te/")
    assert (response.status_code, response.headers["Location"]) == (301, "/kinh-doanh/")
    assert FormerSlug.objects.count() == 1


def test_stories_follow_a_section_that_moves_to_another_main_section(
    section, part, sports, reporter, now
):
    many_stories(part, reporter, 1, newest=now, headline="Rice {}".format)

    part.parent = sports
    part.save()
    assert headlines(get("/kinh-te/")) == []
    assert headlines(get("/the-thao/")) == headlines(get("/nong-nghiep/")) == ["Rice 0"]

    part.parent = None
    part.save()
    assert headlines(get("/the-thao/")) == []
    assert headlines(get("/nong-nghiep/")) == ["Rice 0"]


def test_a_section_page_costs_five_queries_at_most(section, part, reporter, now):
    many_stories(part, reporter, 60, newest=now)
    cursor = Cursor(now, 9)

    for path in ("/kinh-te/", "/nong-nghiep/", f"/kinh-te/?before={cursor}"):
        with CaptureQueriesContext(connection) as asked:
            get(path)
        assert len(asked) <= 5


# Authors.


def test_an_author_has_a_page_of_what_is_on_the_site(forum_report, publish_at, now, reporter):
    publish_at(forum_report, now)
    assert headlines(get("/author/minh-khue/")) == ["Forum on young people starting a business"]


def test_an_author_of_whom_nothing_is_on_the_site_is_a_404(
    forum_report, publish_at, other_reporter, now
):
    publish_at(forum_report, now + timedelta(days=1))

    for slug in ("minh-khue", "hoai-an", "nobody"):
        assert Client().get(f"/author/{slug}/").status_code == 404


def test_an_authors_list_goes_on(section, reporter, now):
    publications = many_stories(section, reporter, 25, newest=now)
    author = Author.objects.get()
    PublicationAuthor.objects.bulk_create(
        PublicationAuthor(
            publication=p, position=0, author=author, first_published=p.first_published
        )
        for p in publications
    )

    page = get("/author/minh-khue/")
    [older] = [e for e in elements(page, "a") if e.attributes.get("rel") == "next"]
    assert headlines(get(older.attributes["href"])) == [f"Story {n}" for n in range(20, 25)]


def test_a_place_in_an_authors_list_stays_a_page_when_nothing_is_left_behind_it(
    forum_report, publish_at, now
):
    publish_at(forum_report, now)
    assert headlines(get("/author/minh-khue/?before=0-1")) == []


# What stands around every page.


def test_the_papers_facts_stand_at_the_foot(paper, published):
    facts = {
        "governing_body": "UBND tỉnh Vĩnh Sa",
        "publisher": "Trung tâm Truyền thông",
        "licence": "Giấy phép số 1/GP",
        "head_title": "Tổng Biên tập",
        "head_name": "Nguyễn Đức Thành",
        "address": "12 Bến Thương",
        "telephone": "0200 3 555 000",
        "email": "toasoan@baovinhsa.example",
        "zalo": "https://zalo.example/baovinhsa",
    }
    type(paper).objects.update(**facts)

    for path in ("/", "/kinh-te/", address(published)):
        [foot] = elements(get(path), "footer")
        shown = words(foot) + " ".join(e.attributes["href"] for e in foot.walk() if e.name == "a")
        assert all(fact in shown for fact in facts.values())


def test_a_picture_that_leads_is_the_only_one_that_loads_at_once(
    section, make_story, make_picture, publish_at, reporter, now
):
    for n in range(3):
        picture = make_picture(by=reporter)
        article = make_story(
            f"With a picture {n}", body=f'<figure data-images="{picture.pk}"></figure>'
        )
        publish_at(article, now - timedelta(hours=n + 1))

    for path in ("/", "/kinh-te/"):
        images = elements(get(path), "img")
        assert [i.attributes.get("loading") for i in images] == [None, "lazy", "lazy"]
        assert images[0].attributes["fetchpriority"] == "high"
