"""A picture whose rights end is shown to nobody after that second."""

from datetime import timedelta

import pytest

from articles.models import Publication, Record
from articles.publishing import workflow
from articles.rules.refusals import WorkflowError


@pytest.fixture
def limited(make_picture, reporter, now):
    """A picture whose rights end in ten days."""
    return make_picture(by=reporter, alt_text="Agency", rights_until=now + timedelta(days=10))


@pytest.fixture
def story(make_story, make_picture, limited, reporter):
    free = make_picture(by=reporter, alt_text="Own")
    return make_story(
        "With an agency's picture",
        body=f'<figure data-images="{limited.pk}"><figcaption>A</figcaption></figure><p>Text</p>'
        f'<figure data-images="{free.pk}"><figcaption>B</figcaption></figure>',
    )


def test_a_story_that_would_outlive_a_pictures_rights_is_refused_by_name(story, editor):
    with pytest.raises(WorkflowError) as refused:
        workflow.publish(story, by=editor)

    assert refused.value.code == "rights_end"
    assert "Agency" in str(refused.value)
    assert "Own" not in str(refused.value)
    assert not story.publications.exists()
    assert not Record.objects.exists()


def test_a_story_that_ends_in_time_is_published(story, editor, now):
    publication = workflow.publish(story, by=editor, until=now + timedelta(days=10))

    assert publication.live_until == now + timedelta(days=10)


def test_the_story_may_end_with_the_rights(story, editor, now):
    publication = workflow.publish(story, by=editor, rights_end="end")

    assert publication.live_until == now + timedelta(days=10)


def test_the_story_may_go_on_without_the_picture_from_that_second(story, editor, limited, now):
    end = now + timedelta(days=10)
    before = workflow.publish(story, by=editor, rights_end="leave_out")

    after = Publication.objects.live(at=end).get()
    assert Publication.objects.live(at=end - timedelta(seconds=1)).get() == before
    assert (after.live_from, after.live_until, after.kind) == (end, None, "minor")
    assert limited.pk not in after.pictures.values_list("image_id", flat=True)
    assert str(limited.pk) not in after.text.body
    assert "<p>Text</p>" in after.text.body
    assert Record.objects.count() == 1


def test_cancelling_that_change_does_not_show_the_picture_again(story, editor, now):
    workflow.publish(story, by=editor, rights_end="leave_out")
    plan = story.publications.get(number=2)

    workflow.cancel(plan, by=editor)

    assert story.publications.get().live_until == now + timedelta(days=10)


def test_a_later_end_is_refused_where_the_rights_do_not_last(story, editor, now):
    publication = workflow.publish(story, by=editor, rights_end="end")

    with pytest.raises(WorkflowError) as refused:
        workflow.set_end(publication, by=editor, until=None)

    assert refused.value.code == "rights_end"
    assert story.publications.get().live_until == now + timedelta(days=10)


def test_rights_that_are_over_keep_a_picture_off_the_site_whatever_is_chosen(
    story, editor, limited, now
):
    limited.rights_until = now - timedelta(days=1)
    limited.save()

    for choice in ("refuse", "end", "leave_out"):
        with pytest.raises(WorkflowError):
            workflow.publish(story, by=editor, rights_end=choice)
    assert not story.publications.exists()


def test_pictures_with_different_ends_leave_one_after_the_other(
    story, make_story, make_picture, limited, reporter, editor, now
):
    second = make_picture(by=reporter, rights_until=now + timedelta(days=20))
    story.body += f'<figure data-images="{second.pk}"></figure>'
    workflow.saving.save_story(story, by=reporter)

    workflow.publish(story, by=editor, until=now + timedelta(days=30), rights_end="leave_out")

    spans = story.publications.order_by("number").values_list("live_from", "live_until")
    assert list(spans)[1:] == [
        (now + timedelta(days=10), now + timedelta(days=20)),
        (now + timedelta(days=20), now + timedelta(days=30)),
    ]
    assert [row.pictures.count() for row in story.publications.order_by("number")] == [3, 2, 1]


def test_bringing_back_asks_for_the_rights_too(story, editor, managing_editor, limited, now):
    publication = workflow.publish(story, by=editor, rights_end="end")
    ago = now - timedelta(days=5)
    Publication.objects.filter(pk=publication.pk).update(
        first_published=ago, live_from=ago, until=now - timedelta(days=1),
        live_until=now - timedelta(days=1),
    )  # fmt: skip

    with pytest.raises(WorkflowError) as refused:
        workflow.bring_back(story, by=managing_editor)

    assert refused.value.code == "rights_end"


def test_a_story_whose_pictures_rights_are_over_can_be_taken_from_the_site(
    story, limited, editor, managing_editor, now
):
    publication = workflow.publish(story, by=editor, rights_end="end")
    limited.rights_until = now - timedelta(days=1)
    limited.save()
    later = now + timedelta(days=1)
    workflow.set_end(publication, by=editor, until=later + timedelta(hours=1))
    workflow.withdraw(story, by=managing_editor, at=later)

    assert not Publication.objects.live(at=later).exists()
