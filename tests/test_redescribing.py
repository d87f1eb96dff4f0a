"""A picture's changed words are offered to stories on the site or waiting, and given to those chosen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Publication
from articles.publishing import redescribing, saving, workflow
from articles.rules import timing
from articles.rules.content import Content, ContentPicture
from articles.rules.refusals import WorkflowError

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(make_picture, reporter):
    return make_picture(by=reporter, credit="Old", alt_text="Boats")


@pytest.fixture
def story(make_story, publish_at, image, make_picture, reporter, now):
    """On the site since yesterday with the picture and another one."""
    other = make_picture(by=reporter, credit="Old", alt_text="A bridge")
    body = f'<p>Text</p><figure data-images="{image.pk} {other.pk}"></figure>'
    story = make_story("With two pictures", body=body)
    publish_at(story, now - timedelta(days=1))
    story.refresh_from_db()
    return story


def renamed(image):
    image.credit = "New"
    image.save()
    return image


def stories(image, at) -> list[str]:
    found = redescribing.outdated([image.pk], at=at)
    return [each.publication.headline for each in found]


def redescribe(image, by):
    """Give the one story that shows old words of the picture the new ones."""
    [found] = redescribing.outdated([image.pk], at=timing.soon(timezone.now()))
    return workflow.redescribe(found, by=by)


def test_a_story_is_offered_only_while_its_words_differ(story, image, editor, now):
    assert stories(image, now) == []
    renamed(image)
    [found] = redescribing.outdated([image.pk], at=now)
    assert found.article == story
    assert found.shown == {image.pk: ContentPicture(image.pk, "Boats", "Old")}
    publication = redescribe(image, editor)
    assert stories(image, publication.live_from) == []
    assert stories(image, publication.live_from - timedelta(seconds=1)) == ["With two pictures"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("alt_text", "Five boats"), ("credit", ""), ("illustrative", True), ("ai", "edited")],
)
def test_every_word_and_mark_that_readers_get_counts(story, image, now, name, value):
    setattr(image, name, value)
    image.save()
    assert stories(image, now) == ["With two pictures"]


def test_what_readers_do_not_get_does_not_count(story, image, now):
    image.caption, image.source, image.rights = "A", "B", "C"
    image.save()
    assert stories(image, now) == []


def test_drafts_and_what_is_over_are_not_offered(
    make_story, publish_at, image, managing_editor, now
):
    figure = f'<figure data-images="{image.pk}"></figure>'
    make_story("Draft", body=figure)
    over = make_story("Over", body=figure)
    publish_at(over, now - timedelta(days=2), until=now - timedelta(days=1))
    renamed(image)
    assert stories(image, now) == []


def test_a_story_that_waits_is_offered_and_has_the_words_when_it_begins(
    make_story, publish_at, image, editor, now
):
    tomorrow = now + timedelta(days=1)
    body = f'<figure data-images="{image.pk}"></figure>'
    story = make_story("Tomorrow", body=body)
    publish_at(story, tomorrow)
    renamed(image)
    assert stories(image, now) == ["Tomorrow"]
    after = redescribe(image, editor)
    assert (after.kind, after.live_from) == ("first", tomorrow)
    assert after.pictures.get().credit == "New"
    assert stories(image, now) == []
    assert story.publications.count() == 1


def test_an_update_alone_that_waits_with_old_words_gets_them_and_readers_notice_nothing(
    make_story, publish_at, image, editor, reporter, now
):
    story = make_story("Without a picture yet")
    publish_at(story, now - timedelta(days=1))
    story.refresh_from_db()
    story.body = f'<figure data-images="{image.pk}"></figure>'
    saving.save_story(story, by=reporter)
    publish_at(story, now + timedelta(days=1))
    after = redescribe(renamed(image), editor)
    assert (after.number, after.pictures.get().credit) == (3, "New")
    assert Publication.objects.live(at=now + timedelta(hours=1)).get(article=story).number == 1


def test_the_words_are_a_minor_publication_and_nothing_else_changes(story, image, editor, now):
    before = Publication.objects.get(article=story)
    story.headline = "Typed since"
    saving.save_story(story, by=editor)
    after = redescribe(renamed(image), editor)
    assert (after.kind, after.headline) == ("minor", "With two pictures")
    assert after.text.body == before.text.body
    assert list(after.pictures.values_list("credit", flat=True)) == ["New", "Old"]
    assert list(before.pictures.values_list("credit", flat=True)) == ["Old", "Old"]
    assert "New" in after.text.body_html


def test_a_change_that_waits_gets_the_words_too(story, image, editor, publish_at, now):
    publish_at(story, now + timedelta(days=1), kind="correction", note="Three boats.")
    redescribe(renamed(image), editor)
    tomorrow = Publication.objects.live(at=now + timedelta(days=1)).get(article=story)
    assert tomorrow.pictures.get(image=image).credit == "New"


def test_who_may_not_publish_is_refused_and_nothing_changes(story, image, reporter):
    renamed(image)
    with pytest.raises(WorkflowError) as refused:
        redescribe(image, reporter)
    assert refused.value.code == "permission_denied"
    assert Publication.objects.filter(article=story).count() == 1


def test_a_credit_that_the_paper_wants_cannot_be_taken_away(story, image, editor, paper):
    paper.credit_required = True
    paper.save()
    image.credit = ""
    image.save()
    with pytest.raises(WorkflowError) as refused:
        redescribe(image, editor)
    assert refused.value.code == "missing_credit"


def test_a_story_that_has_left_the_site_meanwhile_is_refused_with_a_sentence(
    story, image, editor, managing_editor, now
):
    [found] = redescribing.outdated([renamed(image).pk], at=now)
    workflow.withdraw(story, by=managing_editor)
    publication = story.publications.get()
    with pytest.raises(WorkflowError) as refused:
        workflow.redescribe(found, by=editor, clock=lambda: publication.live_until)
    assert refused.value.code == "not_live"


def test_pictures_keep_their_order_and_unknown_ones_change_nothing():
    one, two = ContentPicture(1, "", "A"), ContentPicture(2, "", "B")
    content = Content("", "", "", "", 1, "", "", (), None, "", (one, two), ())
    new = {2: ContentPicture(2, "x", "C"), 3: ContentPicture(3, "", "D")}
    assert redescribing.with_words(content, new).pictures == (one, new[2])
    assert redescribing.with_words(content, {}) == content


def test_many_stories_are_found_in_two_queries(
    story, image, make_story, publish_at, now, django_assert_num_queries
):
    for n in range(3):
        figure = f'<figure data-images="{image.pk}"></figure>'
        publish_at(make_story(f"Story {n}", body=figure), now - timedelta(hours=1))
    renamed(image)
    with django_assert_num_queries(2):
        assert len(redescribing.outdated([image.pk], at=now)) == 4


def test_the_working_copy_says_that_it_differs_no_more(story, image, editor):
    renamed(image)
    publication = redescribe(image, editor)
    story.refresh_from_db()
    assert story.digest == publication.digest
    assert workflow.timeline_of(story).spans[-1].number == 2
