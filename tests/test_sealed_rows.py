"""Rows that a program cannot change as if that meant something: the refusal names the door."""

import pytest
from django.db import IntegrityError

from articles.models import (
    Caption,
    Publication,
    PublicationAuthor,
    PublicationLink,
    PublicationPicture,
    PublicationText,
    Record,
    RelatedLink,
)
from articles.publishing import compose, workflow

pytestmark = pytest.mark.django_db

FROZEN = [
    Publication,
    PublicationText,
    PublicationPicture,
    PublicationLink,
    PublicationAuthor,
    Record,
]


@pytest.fixture
def publication(forum_report, publish_at, now) -> Publication:
    return publish_at(forum_report, now)


def assert_refused(row: object, *words: str) -> None:
    for step in (row.save, row.delete):
        with pytest.raises(TypeError) as refused:
            step()
        assert all(word in str(refused.value) for word in words)
    assert type(row).objects.filter(pk=row.pk).exists()


def test_a_changed_caption_is_refused_and_the_body_named(forum_report):
    caption = forum_report.captions.first()
    caption.text = "Typed into the wrong table"

    assert_refused(caption, "derived", "body", "save_story")
    assert Caption.objects.get(pk=caption.pk).text == "Caption 1"


def test_a_picture_does_not_change_its_caption_by_itself(forum_report):
    first, second = forum_report.captions.all()[:2]
    place = first.image_rows.get()
    place.caption = second

    assert_refused(place, "derived", "body", "save_story")
    assert first.image_rows.exists()


def test_a_caption_that_stands_in_no_body_is_refused(forum_report):
    with pytest.raises(TypeError, match="save_story"):
        Caption.objects.create(article=forum_report, position=99, text="Nowhere")
    with pytest.raises(TypeError, match="save_story"):
        forum_report.captions.update_or_create(position=0, defaults={"text": "Other"})
    assert forum_report.captions.count() == 5


def test_a_link_is_refused_without_its_story(forum_report):
    link = forum_report.related_links.last()
    link.title = "Typed past the form"

    assert_refused(link, "save_story")
    with pytest.raises(TypeError, match="save_story"):
        RelatedLink.objects.create(article=forum_report, url="https://a.example", title="A")


@pytest.mark.parametrize("model", FROZEN)
def test_what_was_approved_or_recorded_stays(publication, model):
    assert_refused(model.objects.first(), "workflow" if model is not Record else "only ever added")


def test_a_known_id_writes_over_no_row(publication):
    row = Record.objects.values().first()
    with pytest.raises(IntegrityError):
        Record(**row | {"by_name": "Somebody else"}).save()


def test_the_door_and_its_cascades_go_on_working(forum_report, editor, make_story):
    forum_report.body = forum_report.body.replace("Caption 1", "Another")
    compose.save_story(forum_report, by=editor, links=[])
    assert forum_report.captions.first().text == "Another"
    assert not forum_report.related_links.exists()

    forum_report.delete()
    assert not Caption.objects.exists()


def test_the_verbs_go_on_changing_spans_and_taking_plans_back(publication, scheduled, editor):
    end = publication.live_from.replace(year=2100)
    assert workflow.set_end(publication, by=editor, until=end).live_until == end
    workflow.cancel(scheduled.publications.get(), by=editor)
    assert not scheduled.publications.exists()
