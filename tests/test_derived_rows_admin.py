"""Captions, related links and publications in the admin: read beside their story, written nowhere."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.desk import long_lists
from articles.models import Caption, Publication, RelatedLink
from articles.publishing import saving
from articles.rules.content import ContentLink
from tests import desk

pytestmark = pytest.mark.django_db

CAPTIONS = "/admin/articles/caption/"
LINKS = "/admin/articles/relatedlink/"
PUBLICATIONS = "/admin/articles/publication/"


@pytest.fixture
def at_desk(client, editor):
    return desk.log_in(client, editor)


def listed(client, address: str, **query: str) -> list:
    response = client.get(address, query)
    assert response.status_code == 200, response
    return response.context["cl"].result_list


def html(response) -> str:
    return response.content.decode()


def story_page(story) -> str:
    return f'href="{desk.page("change", story.pk)}"'


def test_a_caption_says_where_it_stands_and_leads_to_its_story(at_desk, forum_report):
    shared = forum_report.captions.last()
    ids = " ".join(str(row.image_id) for row in shared.image_rows.all())
    for address in (CAPTIONS, f"{CAPTIONS}{shared.pk}/change/"):
        response = at_desk.get(address)
        assert story_page(forum_report) in html(response)
        assert "One caption for three" in desk.text(response)
        assert f" {ids} " in desk.text(response)
    assert [caption.position for caption in listed(at_desk, CAPTIONS)] == [4, 3, 2, 1, 0]


def test_a_caption_is_read_without_its_markup(at_desk, make_story, make_picture, editor):
    image = make_picture(by=editor)
    body = (
        f'<figure data-images="{image.pk}"><figcaption>A <em>b</em> &amp; c</figcaption></figure>'
    )
    make_story("Marked up", by=editor, body=body)
    assert "A b & c" in desk.text(at_desk.get(CAPTIONS))


def test_a_link_leads_to_both_stories_or_says_its_address(at_desk, forum_report, published):
    inside, outside = forum_report.related_links.all()
    page = at_desk.get(f"{LINKS}{inside.pk}/change/")
    assert story_page(forum_report) in html(page)
    assert story_page(published) in html(page)
    page = at_desk.get(f"{LINKS}{outside.pk}/change/")
    assert "The programme" in desk.text(page)
    assert "https://forum.example/programme" in desk.text(page)


def test_a_publication_says_its_span_in_the_papers_time(at_desk, published, settings):
    publication = published.publications.get()
    end = publication.live_from.replace(year=2100, month=3, day=29, hour=10, minute=5, second=0)
    Publication.objects.filter(pk=publication.pk).update(until=end, live_until=end)
    page = at_desk.get(f"{PUBLICATIONS}{publication.pk}/change/")
    assert story_page(published) in html(page)
    for words in ("First publication", "17:05, 29/3/2100", "Bích Thủy", "On the site since"):
        assert words in desk.text(page)


def test_publications_are_filtered_by_kind(at_desk, corrected):
    assert [row.number for row in listed(at_desk, PUBLICATIONS)] == [2, 1]
    assert [row.number for row in listed(at_desk, PUBLICATIONS, kind="correction")] == [2]


def test_rows_are_found_by_their_storys_headline_without_accents(at_desk, make_story, editor):
    link = [ContentLink(url="https://a.example", title="A")]
    make_story("Đồng bào vui hội mùa", by=editor, links=link)
    make_story("Thông cầu mới", by=editor, links=link)
    [found] = listed(at_desk, LINKS, q="hoi dong")
    assert found.article.headline == "Đồng bào vui hội mùa"
    assert listed(at_desk, LINKS, q="nowhere") == []


def test_a_reporter_reads_the_rows_of_own_stories_only(
    client, reporter, other_reporter, make_story, make_picture, publish_at, now
):
    for by in (reporter, other_reporter):
        image = make_picture(by=by)
        story = make_story(
            f"Of {by.username}",
            by=by,
            body=f'<figure data-images="{image.pk}"><figcaption>C</figcaption></figure>',
            links=[ContentLink(url="https://a.example", title="A")],
        )
        publish_at(story, now + timedelta(days=1))
    desk.log_in(client, reporter)
    for address in (CAPTIONS, LINKS, PUBLICATIONS):
        [row] = listed(client, address)
        assert row.article.headline == "Of reporter"
        assert listed(client, address, q="other-reporter") == []
        of_colleague = row.__class__.objects.exclude(pk=row.pk).get()
        assert client.get(f"{address}{of_colleague.pk}/change/").status_code == 302


def test_a_link_to_a_story_that_a_reporter_may_not_know_does_not_exist(
    client, reporter, other_reporter, editor, make_story, publish_at, now
):
    hidden = make_story("Hidden draft", by=other_reporter)
    own = make_story("Own story")
    saving.save_story(own, by=editor, links=[ContentLink(target_id=hidden.pk)])
    desk.log_in(client, reporter)
    assert listed(client, LINKS) == []
    publish_at(hidden, now)
    assert len(listed(client, LINKS)) == 1


def test_their_history_is_that_of_their_story(at_desk, forum_report):
    for address, rows in ((CAPTIONS, forum_report.captions), (LINKS, forum_report.related_links)):
        response = at_desk.get(f"{address}{rows.first().pk}/history/")
        assert response.headers["Location"] == desk.page("history", forum_report.pk)


def test_nobody_adds_changes_or_deletes_any(client, managing_editor, forum_report, publish_at, now):
    publish_at(forum_report, now)
    desk.log_in(client, managing_editor)
    for model, address in ((Caption, CAPTIONS), (RelatedLink, LINKS), (Publication, PUBLICATIONS)):
        before = list(model.objects.values())
        row = f"{address}{before[0]['id']}/"
        for asked in (f"{address}add/", f"{row}change/", f"{row}delete/"):
            assert client.post(asked, {"post": "yes", "_save": "1"}).status_code == 403
        everything = [each["id"] for each in before]
        client.post(address, {"action": "delete_selected", "_selected_action": everything})
        assert list(model.objects.values()) == before


def test_the_menu_does_not_lead_there_but_the_list_of_tables_does(at_desk, editor):
    assert CAPTIONS not in html(at_desk.get("/admin/"))
    tables = html(at_desk.get("/admin/articles/"))
    assert all(f'href="{address}"' in tables for address in (CAPTIONS, LINKS, PUBLICATIONS))


def test_the_number_of_queries_does_not_grow(
    at_desk, editor, make_story, make_picture, publish_at, now
):
    def add(number: int) -> None:
        image = make_picture(by=editor)
        figure = f'<figure data-images="{image.pk}"></figure>'
        links = [ContentLink(url="https://a.example", title="A")]
        story = make_story(f"Story {number}", by=editor, body=figure, links=links)
        publish_at(story, now - timedelta(hours=number))
        if number > 1:
            saving.save_story(story, by=editor, links=[ContentLink(target_id=first.pk), *links])
        return story

    def costs() -> list[int]:
        costs = []
        for address in (CAPTIONS, LINKS, PUBLICATIONS):
            with CaptureQueriesContext(connection) as asked:
                at_desk.get(address)
            assert not [query["sql"] for query in asked if "COUNT(" in query["sql"]]
            costs.append(len(asked))
        return costs

    first = add(1)
    add(2)
    few = costs()
    for number in range(3, 7):
        add(number)
    assert costs() == few
    assert max(few) <= 7


def test_an_archive_is_not_counted_whole(at_desk, forum_report, monkeypatch):
    monkeypatch.setattr(long_lists, "COUNTED", 3)
    assert len(listed(at_desk, CAPTIONS)) == 3
    assert "The newest 3" in desk.text(at_desk.get(CAPTIONS))
