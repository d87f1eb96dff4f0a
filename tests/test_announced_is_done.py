"""What a verb's page announces is what readers then get: the same text, at the same second."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from articles.models import Article, Publication
from articles.publishing import saving
from articles.rules.timing import soon
from articles.site import pages
from tests import desk

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


@pytest.fixture
def at_managing_desk(client, managing_editor):
    return desk.log_in(client, managing_editor)


@pytest.fixture
def tomorrow(now):
    return (now + timedelta(days=1)).replace(second=0)


def said(moment) -> str:
    """A moment as a sentence says it: "06:00 on Wednesday, 25/11/2026"."""
    local = timezone.localtime(moment)
    return local.strftime(f"%H:%M on %A, {local.day}/{local.month}/%Y")


def wall(moment) -> str:
    """A moment as a time picker sends it."""
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M:%S")


def read(story: Article, at) -> int:
    """The status with which readers get the story's address at a moment: 200, 404 or 410."""
    publication = story.publications.latest("number")
    try:
        found = pages.story(publication.section.slug, publication.slug, story.pk, at=at)
    except Http404:
        return 404
    return found.status


def test_a_story_comes_back_at_the_announced_moment(at_managing_desk, withdrawn, tomorrow):
    address = desk.page("bring_back", withdrawn.pk)
    asked = desk.ask(at_managing_desk, address, when="at", at=wall(tomorrow))
    words = desk.text(asked)
    assert f"“Withdrawn yesterday” goes live at {said(tomorrow)}." in words
    assert f"Now nothing of this story From {said(tomorrow)} version 2" in words

    at_managing_desk.post(address, desk.fields(asked, "data-asking"))
    assert read(withdrawn, tomorrow - SECOND) == 410
    assert read(withdrawn, tomorrow) == 200


def test_a_story_comes_back_in_about_three_seconds(at_managing_desk, withdrawn):
    address = desk.page("bring_back", withdrawn.pk)
    asked = at_managing_desk.get(address)
    assert "“Withdrawn yesterday” goes live within seconds" in desk.text(asked)

    before = timezone.now()
    at_managing_desk.post(address, desk.fields(asked, "data-asking"))
    back = withdrawn.publications.get(number=2).live_from
    assert soon(before) <= back <= soon(timezone.now())
    assert read(withdrawn, back - SECOND) == 410
    assert read(withdrawn, back) == 200


def test_what_comes_back_is_the_newest_text_that_readers_will_have_had_by_then(
    at_managing_desk, withdrawn, publish_at, editor, tomorrow
):
    withdrawn.headline = "Back for an hour"
    saving.save_story(withdrawn, by=editor)
    publish_at(withdrawn, tomorrow, until=tomorrow + timedelta(hours=1))
    later = tomorrow + timedelta(hours=2)
    address = desk.page("bring_back", withdrawn.pk)
    asked = desk.ask(at_managing_desk, address, when="at", at=wall(later))
    words = desk.text(asked)
    assert f"“Back for an hour” goes live at {said(later)}" in words
    assert "is cancelled" not in words

    at_managing_desk.post(address, desk.fields(asked, "data-asking"))
    back = Publication.objects.live(at=later).get(article=withdrawn)
    assert (back.number, back.headline) == (3, "Back for an hour")
    assert Publication.objects.live(at=tomorrow).get(article=withdrawn).number == 2


@pytest.fixture
def with_rights(make_picture, make_story, managing_editor, now):
    """A story of two pictures whose rights end in ten days and in twenty."""
    ends = [(now + timedelta(days=days)).replace(second=0) for days in (10, 20)]
    images = [make_picture(by=managing_editor, rights_until=end) for end in ends]
    ids = " ".join(str(image.pk) for image in images)
    body = f'<p>Text</p><figure data-images="{ids}"></figure>'
    return make_story("With rights", by=managing_editor, body=body), ends


def test_a_story_leaves_at_the_announced_end_of_the_first_rights(at_managing_desk, with_rights):
    story, (first, second) = with_rights
    address = desk.page("publish", story.pk)
    asked = at_managing_desk.get(address)
    words = desk.text(asked)
    assert (
        f"The usage rights of a picture end at {said(first)}; this version expires then." in words
    )
    assert said(second) not in words

    at_managing_desk.post(address, desk.fields(asked, "data-asking"))
    assert read(story, first - SECOND) == 200
    assert read(story, first) == 410


def test_a_story_goes_on_without_each_picture_from_its_announced_second(
    at_managing_desk, with_rights
):
    story, ends = with_rights
    address = desk.page("publish", story.pk)
    asked = desk.ask(at_managing_desk, address, rights_end="leave_out")
    for end in ends:
        sentence = (
            f"The usage rights of a picture end at {said(end)}; the story goes on without it."
        )
        assert sentence in desk.text(asked)

    at_managing_desk.post(address, desk.fields(asked, "data-asking"))
    for shown, end in ((2, ends[0] - SECOND), (1, ends[0]), (1, ends[1] - SECOND), (0, ends[1])):
        assert Publication.objects.live(at=end).get(article=story).pictures.count() == shown


def test_a_refusal_names_each_picture_with_the_end_of_its_rights(
    at_managing_desk, make_picture, make_story, managing_editor, now
):
    end = (now - timedelta(days=1)).replace(second=0)
    over = make_picture(by=managing_editor, alt_text="Five boats", rights_until=end)
    free = make_picture(by=managing_editor, alt_text="A bridge")
    body = f'<figure data-images="{over.pk} {free.pk}"></figure>'
    story = make_story("Without rights", by=managing_editor, body=body)

    words = desk.text(at_managing_desk.get(desk.page("publish", story.pk)))
    local = timezone.localtime(end)
    named = local.strftime(f"“Five boats” (%H:%M, {local.day}/{local.month}/%Y)")
    assert (
        f"The usage rights of these pictures end while the story would show them: {named}. "
        "Let the story expire then, or go on without the pictures." in words
    )
