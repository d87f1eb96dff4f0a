"""A body is cleaned once and parsed once on each of its ways: saved, published, imported."""

import pytest

from articles.importers import folder
from articles.publishing import freezing, saving, workflow
from articles.text import Body
from tests import desk
from tests.counting import counted

pytestmark = pytest.mark.django_db


def test_a_save_through_the_story_form(client, reporter, paper, forum_report):
    desk.log_in(client, reporter)
    form = desk.filled(client.get(desk.page("change", forum_report.pk)), lede="Another lede")
    with counted() as way:
        response = client.post(desk.page("change", forum_report.pk), form)
    assert response.status_code == 302
    assert (way.cleanings, way.parses) == (1, 1)
    forum_report.refresh_from_db()
    assert forum_report.lede == "Another lede"


def test_a_new_story_through_the_form(client, reporter, paper, make_picture):
    desk.log_in(client, reporter)
    body = f'<p>A</p><figure data-images="{make_picture(by=reporter).pk}"></figure>'
    form = desk.filled(client.get("/admin/articles/article/add/"), headline="New", body=body)
    with counted() as way:
        response = client.post("/admin/articles/article/add/", form)
    assert response.status_code == 302
    assert (way.cleanings, way.parses) == (1, 1)


def test_a_save_by_a_program(forum_report, reporter):
    forum_report.body += "<div>One more</div>"
    with counted() as way:
        saving.save_story(forum_report, by=reporter)
    assert (way.cleanings, way.parses) == (1, 1)
    assert forum_report.body.endswith("<p>One more</p>")


def test_a_publication(forum_report, editor):
    with counted() as way:
        workflow.publish(forum_report, by=editor)
    assert (way.cleanings, way.parses) == (1, 1)


def test_a_publication_through_its_page(client, editor, paper, forum_report):
    desk.log_in(client, editor)
    address = desk.page("publish", forum_report.pk)
    read = desk.fields(client.get(address), "data-asking")
    with counted() as way:
        response = client.post(address, read)
    assert response.status_code == 302
    assert (way.cleanings, way.parses) == (1, 1)


def test_what_was_written_past_the_door_is_cleaned_when_it_is_published(forum_report, editor):
    type(forum_report).objects.update(body="<div onclick=x>Past the <b>door</b></div>")
    publication = workflow.publish(forum_report, by=editor)
    assert publication.text.body == "<p>Past the <strong>door</strong></p>"
    assert publication.text.body_html == publication.text.body


def test_who_asks_for_the_content_gets_it_clean_and_the_working_copy_stays(forum_report):
    forum_report.headline, forum_report.body = " Not  saved ", "<div>nor</div>"
    content = freezing.content_of(forum_report)
    assert (content.headline, content.body.html) == ("Not saved", "<p>nor</p>")
    assert (forum_report.headline, forum_report.body) == (" Not  saved ", "<div>nor</div>")


def test_a_value_that_is_known_is_not_cleaned_again(forum_report, reporter):
    body = Body.cleaned(f"{forum_report.body}<p>More")
    with counted() as way:
        saving.save_story(forum_report, by=reporter, body=body)
        assert freezing.digest_of(forum_report, body) == forum_report.digest
    assert (way.cleanings, way.parses) == (0, 0)
    forum_report.refresh_from_db()
    assert forum_report.body == body.html
    assert freezing.digest_of(forum_report) == forum_report.digest


def test_a_story_folder_is_parsed_once():
    with counted() as way:
        story = folder.parse('<title>A</title><p>B</p><figure><img src="a.jpg"></figure>')
        assert story.body.with_images({1: 7}).images == (7,)
    assert (way.cleanings, way.parses) == (1, 1)
