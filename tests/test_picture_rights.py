"""Pictures whose rights end while stories show them: flagged, with two ways out for each story."""

from datetime import timedelta

import pytest

from articles.models import Article, Publication
from articles.publishing import picture_rights, workflow
from articles.rules.refusals import WorkflowError
from media.models import Image

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def image(make_picture, reporter) -> Image:
    return make_picture(by=reporter, alt_text="Agency")


@pytest.fixture
def story(make_story, publish_at, image, now) -> Article:
    """On the site since yesterday, without an end."""
    return on_the_site(make_story, publish_at, [image], "Shows it", now - DAY)


def on_the_site(make_story, publish_at, images, headline, at, **how) -> Article:
    ids = " ".join(str(image.pk) for image in images)
    story = make_story(headline, body=f'<p>Text</p><figure data-images="{ids}"></figure>')
    publish_at(story, at, **how)
    story.refresh_from_db()
    return story


def rights_end(image: Image, at) -> Image:
    image.rights_until = at
    image.save()
    return image


def the_only(image, at) -> picture_rights.Outliving:
    [found] = picture_rights.outliving(image, at=at)
    return found


def shown_at(story: Article, at) -> set[int] | None:
    """The ids of the pictures that readers have of the story at a moment; None without a story."""
    live = Publication.objects.live(at=at).filter(article=story).first()
    return set(live.pictures.values_list("image_id", flat=True)) if live else None


def leave_out(found: picture_rights.Outliving, **how) -> None:
    workflow.leave_out_pictures(found.article, **how)


def test_an_earlier_end_names_the_stories_that_outlive_it(
    story, image, make_story, publish_at, now
):
    on_the_site(make_story, publish_at, [image], "Ends in time", now - DAY, until=now + DAY)
    on_the_site(make_story, publish_at, [image], "Planned", now + DAY)
    make_story("Draft", body=f'<figure data-images="{image.pk}"></figure>')
    assert picture_rights.outliving(image, at=now) == []
    rights_end(image, now + 2 * DAY)
    found = picture_rights.outliving(image, at=now)
    assert [each.article.headline for each in found] == ["Shows it", "Planned"]
    assert {each.end for each in found} == {now + 2 * DAY}


def test_the_story_may_end_with_the_rights(story, image, editor, now):
    end = now + 2 * DAY
    rights_end(image, end)
    workflow.end_with_rights(the_only(image, now), by=editor)
    assert shown_at(story, end - timedelta(seconds=1)) == {image.pk}
    assert shown_at(story, end) is None
    assert picture_rights.outliving(image, at=now) == []


def test_the_story_may_go_on_without_the_picture_from_that_second(
    story, image, make_picture, reporter, editor, now
):
    end = now + 2 * DAY
    rights_end(image, end)
    leave_out(the_only(image, now), by=editor)
    after = story.publications.order_by("number").last()
    assert (after.live_from, after.live_until, after.kind) == (end, None, "minor")
    assert shown_at(story, end - timedelta(seconds=1)) == {image.pk}
    assert shown_at(story, end) == set()
    assert picture_rights.outliving(image, at=now) == []


@pytest.mark.parametrize("way_out", [workflow.end_with_rights, leave_out])
def test_where_the_rights_are_over_it_happens_soon(story, image, editor, now, way_out):
    rights_end(image, now - DAY)
    way_out(the_only(image, now), by=editor)
    in_a_moment = now + timedelta(minutes=1)
    assert shown_at(story, in_a_moment) in (None, set())
    assert shown_at(story, now) == {image.pk}
    assert picture_rights.outliving(image, at=in_a_moment) == []


def test_a_change_that_waits_for_later_follows_each_way(make_story, publish_at, image, editor, now):
    for n, way_out in enumerate([workflow.end_with_rights, leave_out]):
        story = on_the_site(make_story, publish_at, [image], f"Story {n}", now - DAY)
        publish_at(story, now + 5 * DAY, kind="correction", note="Four boats.")
        rights_end(image, now + 2 * DAY)
        way_out(the_only(image, now), by=editor)
        assert shown_at(story, now + 6 * DAY) in (None, set())
        assert picture_rights.outliving(image, at=now) == []
        rights_end(image, None)


def test_a_plan_that_begins_after_the_rights_is_taken_back(
    make_story, publish_at, image, editor, now
):
    story = on_the_site(make_story, publish_at, [image], "Planned", now + 5 * DAY)
    rights_end(image, now + 2 * DAY)
    found = the_only(image, now)
    assert found.begins_too_late
    workflow.end_with_rights(found, by=editor)
    assert not story.publications.exists()


def test_or_begins_at_its_time_without_the_picture(make_story, publish_at, image, editor, now):
    begins = now + 5 * DAY
    story = on_the_site(make_story, publish_at, [image], "Planned", begins)
    rights_end(image, now + 2 * DAY)
    leave_out(the_only(image, now), by=editor)
    [plan] = story.publications.all()
    assert (plan.kind, plan.live_from) == ("first", begins)
    assert shown_at(story, begins) == set()
    assert picture_rights.outliving(image, at=now) == []


def test_pictures_whose_rights_end_at_two_moments_leave_one_after_the_other(
    make_story, publish_at, image, make_picture, reporter, editor, now
):
    other, free = make_picture(by=reporter), make_picture(by=reporter)
    story = on_the_site(make_story, publish_at, [image, other, free], "Three", now - DAY)
    publish_at(story, now + 3 * DAY, kind="correction", note="Four boats, not three.")
    rights_end(image, now + 4 * DAY)
    rights_end(other, now + 2 * DAY)
    found = the_only(image, now)
    assert found.ends == {image.pk: now + 4 * DAY, other.pk: now + 2 * DAY}
    leave_out(found, by=editor)
    assert shown_at(story, now + 2 * DAY - timedelta(seconds=1)) == {image.pk, other.pk, free.pk}
    assert shown_at(story, now + 2 * DAY) == {image.pk, free.pk}
    corrected = Publication.objects.live(at=now + 3 * DAY).get(article=story)
    assert (corrected.kind, corrected.note) == ("correction", "Four boats, not three.")
    assert shown_at(story, now + 3 * DAY) == {image.pk, free.pk}
    assert shown_at(story, now + 4 * DAY) == {free.pk}
    last = story.publications.order_by("number").last()
    assert (last.kind, last.note) == ("minor", "")
    assert picture_rights.outliving(image, at=now) == picture_rights.outliving(other, at=now) == []


def test_leaving_a_picture_out_of_a_correction_does_not_repeat_its_note(
    story, image, publish_at, editor, now
):
    publish_at(story, now - DAY / 2, kind="correction", note="Four boats, not three.")
    rights_end(image, now - timedelta(hours=1))
    leave_out(the_only(image, now), by=editor)
    last = story.publications.order_by("number").last()
    assert (last.kind, last.note) == ("minor", "")


def test_who_may_not_publish_is_refused_and_nothing_changes(story, image, reporter, now):
    rights_end(image, now + DAY)
    found = the_only(image, now)
    for way_out in (workflow.end_with_rights, leave_out):
        with pytest.raises(WorkflowError) as refused:
            way_out(found, by=reporter)
        assert refused.value.code == "permission_denied"
    assert the_only(image, now).publications == found.publications


def test_a_timeline_that_has_changed_since_is_refused(story, image, editor, managing_editor, now):
    rights_end(image, now + DAY)
    found = the_only(image, now)
    workflow.withdraw(story, by=managing_editor)
    in_a_minute = now + timedelta(minutes=1)
    with pytest.raises(WorkflowError):
        workflow.end_with_rights(found, by=editor, clock=lambda: in_a_minute)


def test_the_desk_is_warned_a_week_before_and_as_long_as_a_story_shows_it(
    story, image, make_picture, make_story, publish_at, reporter, editor, now
):
    def warned(at=now):
        return [each.image for each in picture_rights.ending(at=at)]

    rights_end(make_picture(by=reporter), now + DAY)  # in no story
    assert warned() == []
    rights_end(image, now + timedelta(days=7, seconds=1))
    assert warned() == []
    assert warned(now + timedelta(seconds=1)) == [image]
    rights_end(image, now - timedelta(days=100))
    assert warned() == [image]
    workflow.end_with_rights(the_only(image, now), by=editor)
    assert warned(now + timedelta(minutes=1)) == []


def test_the_warning_says_which_stories_show_it_longer_than_its_rights(
    story, image, make_story, publish_at, now
):
    on_the_site(make_story, publish_at, [image], "In time", now - DAY, until=now + DAY)
    rights_end(image, now + 2 * DAY)
    [warning] = picture_rights.ending(at=now)
    assert {each.headline for each in warning.shown} == {"Shows it", "In time"}
    assert warning.outlives == {story.pk}


def test_a_warning_is_one_query(
    story, image, make_story, publish_at, now, django_assert_num_queries
):
    for n in range(3):
        on_the_site(make_story, publish_at, [image], f"Story {n}", now - DAY)
    rights_end(image, now + DAY)
    with django_assert_num_queries(1):
        assert len(picture_rights.ending(at=now)[0].shown) == 4
