"""A story's page: its words and pictures in order, and what stands under it."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext as _

from articles.desk.stories.preview import preview
from articles.models import Author, Category, FormerSlug
from articles.publishing import freezing, saving, workflow
from articles.publishing.saving import save_story
from articles.rules.content import ContentLink
from articles.rules.timing import Kind
from articles.site import pages
from tests.site_pages import address, classes, elements, get, headlines, many_stories, words


@pytest.fixture
def report(forum_report, publish_at, paper, now) -> str:
    """The forum report's page."""
    publish_at(forum_report, now - timedelta(hours=2))
    return get(address(forum_report))


def inside(html: str, class_: str, name: str = "section") -> str:
    """The HTML of the one element of that class."""
    from articles.text import markup

    [found] = elements(html, name, class_)
    return markup.serialise([found])


def test_the_words_stand_in_their_order(report):
    [story] = elements(report, "article", "story")
    found = [
        "h1" if element.name == "h1" else next(iter(classes(element)), "")
        for element in story.walk()
        if element.name == "h1"
        or set(classes(element)) & {"byline", "dateline", "lede", "story-body"}
    ]

    assert found == ["h1", "byline", "lede", "dateline", "story-body"]
    assert words(elements(report, "p", "lede")[0]) == "VS - On 29 March the province held a forum."


def test_each_figure_shows_its_pictures_and_one_caption_with_the_credit(report):
    figures = elements(report, "figure")
    pictures = [[e for e in figure.walk() if e.name == "img"] for figure in figures]
    captions = [[words(e) for e in figure.walk() if e.name == "figcaption"] for figure in figures]
    credit = _("Photo: %(names)s") % {"names": "Minh Khuê"}

    assert [len(images) for images in pictures] == [1, 1, 1, 1, 3]
    assert captions == [
        *([f"Caption {n} {credit}"] for n in (1, 2, 3, 4)),
        [f"One caption for three {credit}"],
    ]


def test_pictures_are_served_small_first_with_size_and_alt_text(report):
    images = elements(report, "img")

    assert all(i.attributes["width"] and i.attributes["height"] for i in images)
    assert all(i.attributes["alt"] for i in images)
    assert all(e.attributes["type"] == "image/avif" for e in elements(report, "source"))
    eager = [i for i in images if i.attributes.get("loading") != "lazy"]
    assert [i.attributes["fetchpriority"] for i in eager] == ["high"]
    assert eager == images[:1]


def test_the_mark_stands_before_the_lede_and_nowhere_else(
    forum_report, publish_at, make_story, paper, now
):
    publish_at(forum_report, now - timedelta(hours=2))
    forum_report.refresh_from_db()
    other = make_story("Another", links=[ContentLink(target_id=forum_report.pk)])
    publish_at(other, now - timedelta(hours=1))

    page = get(address(forum_report))
    assert page.count("VS -") == 1
    for path in (
        "/",
        "/kinh-te/",
        "/feed/",
        "/kinh-te/feed/",
        address(other),
        "/author/minh-khue/",
    ):
        body = get(path)
        assert "Forum on young people" in body
        assert "VS -" not in body, path


def test_the_time_is_the_papers(published, publish_at, make_story, now):
    wednesday = now.replace(year=2023, month=3, day=29, hour=10, minute=5, second=0)
    article = make_story("Dated", imported_first_published=wednesday)
    publish_at(article, now)

    [time] = [
        e for e in elements(get(address(article)), "p", "published")[0].walk() if e.name == "time"
    ]
    assert words(time) == "Thứ Tư, 29/3/2023, 17:05"
    assert time.attributes["datetime"] == "2023-03-29T17:05:00+07:00"


def test_a_correction_is_told_before_the_body_and_stays_after_the_next_update(
    corrected, editor, publish_at, now
):
    note = "An earlier text spoke of twelve boats; there were eleven."
    corrected.body = "<p>Eleven boats, all of them blue</p>"
    saving.save_story(corrected, by=editor)
    publish_at(corrected, now - timedelta(hours=3), kind=Kind.UPDATE)

    page = get(address(corrected))
    assert page.index(note) < page.index("all of them blue")
    [section] = elements(page, "section", "corrections")
    assert [e.name for e in section.walk() if e.name == "time"] == ["time"]
    [updated] = elements(page, "p", "updated")
    moment = (now - timedelta(hours=3)).isoformat(timespec="seconds")
    assert next(e for e in updated.walk() if e.name == "time").attributes["datetime"][:10]
    assert json_of(page)["dateModified"] == moment


def test_the_newest_correction_is_told_first(corrected, editor, publish_at, now):
    corrected.body = "<p>Ten boats</p>"
    saving.save_story(corrected, by=editor)
    publish_at(corrected, now - timedelta(hours=3), kind=Kind.CORRECTION, note="There were ten.")

    [section] = elements(get(address(corrected)), "section", "corrections")
    told = words(section)
    assert told.index("There were ten.") < told.index("there were eleven.")


def test_a_correction_that_is_only_planned_is_not_told(published, editor, publish_at, now):
    publish_at(published, now + timedelta(days=1), kind=Kind.CORRECTION, note="Not yet")

    page = get(address(published))
    assert "Not yet" not in page
    assert not elements(page, "p", "updated")


def test_a_changed_letter_is_no_update(published, editor, publish_at, now):
    published.lede = "Lede of it, with a letter changed"
    save_story(published, by=published.owner)
    publish_at(published, now - timedelta(hours=1), kind=Kind.MINOR)

    assert not elements(get(address(published)), "p", "updated")


def test_bylines_lead_to_the_authors_page(make_story, publish_at, other_reporter, now):
    authors = list(Author.objects.order_by("-name"))
    article = make_story("By two and an agency", authors=authors, byline="theo Thông tấn xã")
    publish_at(article, now)

    [byline] = elements(get(address(article)), "p", "byline")
    assert words(byline).endswith("Minh Khuê, Hoài An, theo Thông tấn xã")
    assert [e.attributes["href"] for e in byline.walk() if e.name == "a"] == [
        "/author/minh-khue/",
        "/author/hoai-an/",
    ]


# What stands under a story.


def test_related_links_are_cards_in_the_editors_order(report, published):
    section = inside(report, "related-links")

    assert words(elements(section, "h2")[0]) == "Có thể bạn quan tâm"
    assert headlines(section) == ["On the site since yesterday", "The programme"]
    links = [e.attributes["href"] for e in elements(section, "a")]
    assert links == [address(published), "https://forum.example/programme"]


def test_a_withdrawn_target_disappears_and_returns_by_itself(
    report, forum_report, published, managing_editor, now
):
    ago = now - timedelta(minutes=90)
    workflow.withdraw(
        published, by=managing_editor, at=ago, clock=lambda: ago - timedelta(minutes=1)
    )
    assert headlines(inside(get(address(forum_report)), "related-links")) == ["The programme"]

    workflow.bring_back(
        published, by=managing_editor, at=now, clock=lambda: now - timedelta(minutes=1)
    )
    assert headlines(inside(get(address(forum_report)), "related-links")) == [
        "On the site since yesterday",
        "The programme",
    ]


def test_a_story_without_links_or_neighbours_has_no_empty_block(published):
    page = get(address(published))

    assert not elements(page, "section", "related-links")
    assert not elements(page, "section", "same-section")
    assert elements(page, "article", "story")


def test_the_newest_of_the_same_section_stand_below_but_not_the_story_itself(
    published, section, reporter, now
):
    many_stories(section, reporter, 8, newest=now - timedelta(hours=2))

    block = inside(get(address(published)), "same-section")
    assert words(elements(block, "h2")[0]) == "Tin cùng chuyên mục"
    assert headlines(block) == [f"Story {n}" for n in range(6)]
    for card in elements(block, "article", "card"):
        names = [e.name for e in card.walk()]
        assert "img" in names
        assert "time" in names
        assert any("summary" in classes(e) for e in card.walk())


def test_a_small_part_is_filled_up_from_its_main_section(section, part, reporter, now):
    own = many_stories(part, reporter, 3, newest=now, headline="Part {}".format)
    many_stories(section, reporter, 8, newest=now, headline="Main {}".format)

    block = inside(get(own[0].get_absolute_url()), "same-section")
    assert headlines(block) == ["Part 1", "Part 2", *(f"Main {n}" for n in range(4))]


def test_a_story_is_shared_and_the_paper_followed_by_plain_addresses(report, forum_report, paper):
    paper.facebook = "https://facebook.example/paper"
    paper.save()
    page = get(address(forum_report))
    links = [e.attributes["href"] for e in elements(page, "a")]

    for start in (
        "https://www.facebook.com/sharer/",
        "https://zalo.me/share",
        "https://x.com/",
        "mailto:",
    ):
        [link] = [link for link in links if link.startswith(start) and "%2Fkinh-te%2F" in link]
        assert "http%3A%2F%2F" in link
    assert "https://facebook.example/paper" in links


# Where it is shared.


def json_of(page: str) -> dict[str, object]:
    [found] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(found)


def meta(page: str) -> dict[str, str]:
    return {
        e.attributes.get("property") or e.attributes.get("name", ""): e.attributes.get(
            "content", ""
        )
        for e in elements(page, "meta")
    }


def test_a_shared_story_looks_right(report, forum_report, settings):
    tags = meta(report)
    full = settings.SITE_URL + address(forum_report)

    assert tags["og:type"] == "article"
    assert tags["og:title"] == forum_report.headline
    assert tags["og:url"] == full
    assert tags["og:image"].startswith(f"{settings.SITE_URL}/uploads/")
    assert tags["twitter:card"] == "summary_large_image"
    assert [
        e.attributes["href"] for e in elements(report, "link") if e.attributes["rel"] == "canonical"
    ] == [full]


def test_a_story_without_a_picture_is_shared_without_one(published):
    page = get(address(published))

    assert "og:image" not in meta(page)
    assert meta(page)["twitter:card"] == "summary"
    assert "image" not in json_of(page)


def test_structured_data_says_what_the_page_says(report, forum_report, settings, now):
    data = json_of(report)

    assert data["@type"] == "NewsArticle"
    assert data["headline"] == forum_report.headline
    assert data["description"] == "On 29 March the province held a forum."
    assert data["author"] == [
        {"@type": "Person", "name": "Minh Khuê", "url": f"{settings.SITE_URL}/author/minh-khue/"}
    ]
    assert data["datePublished"] == (now - timedelta(hours=2)).isoformat(timespec="seconds")


def test_no_headline_can_break_out_of_the_page(make_story, publish_at, now):
    nasty = "</script><script>alert(1)</script><!-- & \u2028 \"quoted\" 'too'"
    article = make_story(nasty, lede=nasty, byline=nasty[:100])
    publish_at(article, now - timedelta(minutes=5))

    for path in (address(article), "/", "/kinh-te/", "/feed/"):
        assert "<script>alert" not in get(path)
    assert json_of(get(address(article)))["headline"] == article.headline


# Addresses.


def test_another_spelling_of_a_live_storys_address_has_moved(published, section):
    right = address(published)
    pk = published.pk

    for wrong in (
        f"/thoi-su/on-the-site-since-yesterday-{pk}/",
        f"/kinh-te/another-slug-{pk}/",
        f"/kinh-te/tiếng-việt-{pk}/",
        f"/kinh-te/--{pk}/",
        right.rstrip("/"),
        f"/a/b-{pk}",
    ):
        response = Client().get(wrong)
        assert (response.status_code, response.headers["Location"]) == (301, right), wrong
        assert response.headers["Cache-Control"] == "max-age=0"


def test_a_renamed_section_takes_its_stories_along(published, section):
    old = address(published)
    section.slug = "kinh-doanh"
    section.save()

    response = Client().get(old)
    assert response.status_code == 301
    assert response.headers["Location"] == old.replace("kinh-te", "kinh-doanh")
    assert FormerSlug.objects.get().slug == "kinh-te"


def test_a_story_that_was_live_is_gone(withdrawn):
    response = Client().get(address(withdrawn))

    assert response.status_code == 410
    assert "Withdrawn yesterday" not in response.content.decode()
    assert Client().get(f"/any/thing-{withdrawn.pk}").status_code == 410


def test_what_was_never_live_cannot_be_told_from_what_is_not_there(draft, scheduled, withdrawn):
    last = max(draft.pk, scheduled.pk, withdrawn.pk)
    paths = [
        address(scheduled),
        f"/kinh-te/{draft.slug}-{draft.pk}/",
        f"/kinh-te/{draft.slug}-{draft.pk}",
        f"/kinh-te/x-{last + 1}/",
        "/kinh-te/x-0/",
        "/kinh-te/x-9223372036854775807/",
        "/kinh-te/x-9223372036854775808/",
        f"/kinh-te/x-{'9' * 40}/",
        "/nothing/",
    ]
    answers = []
    for path in paths:
        response = Client().get(path)
        answers.append((response.status_code, response.content, dict(response.headers)))

    assert answers[0][0] == 404
    assert all(answer == answers[0] for answer in answers)


def test_a_plan_and_an_unknown_id_cost_the_same_queries(scheduled, django_assert_num_queries):
    for path in (address(scheduled), f"/kinh-te/x-{scheduled.pk + 1000}/"):
        with django_assert_num_queries(4):
            Client().get(path)


def test_a_story_appears_changes_and_goes_at_its_second(scheduled, managing_editor, now):
    tomorrow = now + timedelta(days=1)
    tick = timedelta(microseconds=1)
    publication = scheduled.publications.get()
    workflow.set_end(publication, by=managing_editor, until=tomorrow + timedelta(hours=1))
    spelling = (publication.section.slug, publication.slug, scheduled.pk)

    with pytest.raises(pages.Http404):
        pages.story(*spelling, at=tomorrow - tick)
    assert pages.story(*spelling, at=tomorrow).status == 200
    assert pages.story(*spelling, at=tomorrow + timedelta(hours=1) - tick).status == 200
    assert pages.story(*spelling, at=tomorrow + timedelta(hours=1)).status == 410


# Cost.


def test_a_storys_page_costs_six_queries_at_most(
    report, forum_report, section, part, reporter, other_reporter, editor, publish_at, now
):
    others = many_stories(part, reporter, 40, newest=now - timedelta(days=3))
    Category.objects.bulk_create(
        Category(name=f"S{n}", slug=f"s{n}", position=n) for n in range(30)
    )
    forum_report.refresh_from_db()
    forum_report.section = part
    saving.save_story(
        forum_report,
        by=editor,
        authors=list(Author.objects.all()),
        links=[ContentLink(target_id=p.article_id) for p in others[:12]],
    )
    for n in range(5, 0, -1):
        publish_at(forum_report, now - timedelta(minutes=n), kind=Kind.CORRECTION, note=f"Note {n}")

    path = address(forum_report)

    with CaptureQueriesContext(connection) as asked:
        page = get(path)

    assert len(asked) <= 6, [query["sql"] for query in asked]
    assert len(headlines(page)) == 12 + 6
    assert page.count("Note ") == 5
    assert len(page.encode()) < 100_000


def test_very_long_words_and_headlines_are_shown_whole(make_story, publish_at, now):
    headline = ("Ầ Ễ Ổ Ữ gỵ ạ ợ " * 20)[:300].strip()
    article = make_story(headline, lede="W" * 2000, body=f"<p>{'Donau' * 400}</p>")
    publish_at(article, now)

    [h1] = elements(get(address(article)), "h1")
    assert words(h1) == article.headline
    assert "long" in classes(h1)


# The desk's preview.


def test_a_preview_is_the_readers_page_with_a_banner(forum_report, now):
    content = freezing.content_of(forum_report)
    html = preview(
        content, article_id=forum_report.pk, at=now, banner="Nobody reads this yet"
    ).html()

    assert "Nobody reads this yet" in html
    assert words(elements(html, "h1")[0]) == forum_report.headline
    assert len(elements(html, "figure")) == 5
    assert headlines(inside(html, "related-links")) == [
        "On the site since yesterday",
        "The programme",
    ]
    assert not forum_report.publications.exists()


def test_a_preview_needs_neither_section_nor_row(forum_report, now):
    from dataclasses import replace

    content = replace(freezing.content_of(forum_report), section_id=None, lede="", links=())
    html = preview(content, article_id=None, at=now, banner="Preview").html()

    assert words(elements(html, "h1")[0]) == forum_report.headline
