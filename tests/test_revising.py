"""One thing of a live story is changed without publishing the working copy."""

from dataclasses import replace
from datetime import timedelta

import pytest

from articles.models import Publication
from articles.publishing import saving, workflow
from articles.rules.refusals import WorkflowError


def with_other_byline(content):
    return replace(content, byline="Theo Cổng thông tin tỉnh")


def test_readers_get_the_change_and_nothing_of_the_working_copy(published, editor, now):
    published.headline = "Not yet approved"
    saving.save_story(published, by=editor)

    revised = workflow.revise(published, by=editor, fix=with_other_byline)

    assert (revised.number, revised.kind) == (2, "minor")
    assert revised.headline == "On the site since yesterday"
    assert revised.byline == "Theo Cổng thông tin tỉnh"
    published.refresh_from_db()
    assert published.headline == "Not yet approved"


def test_what_waits_is_changed_too_and_keeps_its_moment(published, editor, now):
    later = now + timedelta(days=2)
    published.headline = "Tomorrow's headline"
    saving.save_story(published, by=editor)
    workflow.publish(published, by=editor, at=later)

    workflow.revise(published, by=editor, fix=with_other_byline)

    waiting = Publication.objects.live(at=later).get()
    assert (waiting.number, waiting.live_from) == (4, later)
    assert waiting.headline == "Tomorrow's headline"
    assert waiting.byline == "Theo Cổng thông tin tỉnh"


def test_a_change_of_a_correction_does_not_repeat_its_note_and_what_waits_keeps_its_own(
    corrected, editor, now
):
    later = now + timedelta(days=2)
    workflow.publish(corrected, by=editor, at=later, kind="correction", note="Ten, not eleven.")

    revised = workflow.revise(corrected, by=editor, fix=with_other_byline)

    assert (revised.kind, revised.note) == ("minor", "")
    waiting = Publication.objects.live(at=later).get()
    assert (waiting.kind, waiting.note) == ("correction", "Ten, not eleven.")


def test_a_story_that_is_not_on_the_site_has_nothing_to_revise(withdrawn, editor):
    with pytest.raises(WorkflowError) as refused:
        workflow.revise(withdrawn, by=editor, fix=with_other_byline)

    assert refused.value.code == "not_live"
    assert withdrawn.publications.count() == 1


def test_a_plan_is_changed_and_keeps_its_moment_kind_and_end(scheduled, editor, now):
    plan = scheduled.publications.get()
    workflow.set_end(plan, by=editor, until=plan.live_from + timedelta(days=3))

    revised = workflow.revise_plan(plan, by=editor, fix=with_other_byline)

    assert scheduled.publications.get() == revised
    assert (revised.number, revised.kind, revised.live_from) == (2, "first", plan.live_from)
    assert revised.live_until == plan.live_from + timedelta(days=3)
    assert revised.byline == "Theo Cổng thông tin tỉnh"


def test_changing_a_plan_leaves_what_readers_have_until_then(published, editor, now):
    later = now + timedelta(days=2)
    plan = workflow.publish(
        published, by=editor, at=later, kind="correction", note="Three, not two."
    )

    revised = workflow.revise_plan(plan, by=editor, fix=with_other_byline)

    assert (revised.kind, revised.note) == ("correction", "Three, not two.")
    before = Publication.objects.live(at=later - timedelta(seconds=1)).get()
    assert (before.number, before.byline) == (1, "")


def test_a_publication_that_has_begun_is_no_plan(published, editor):
    with pytest.raises(WorkflowError) as refused:
        workflow.revise_plan(published.publications.get(), by=editor, fix=with_other_byline)

    assert refused.value.code == "begun"


def test_a_plan_that_was_replaced_meanwhile_is_not_changed_unseen(scheduled, editor):
    plan = scheduled.publications.get()

    def overtaken(content):
        if scheduled.publications.filter(pk=plan.pk).exists():
            workflow.publish(scheduled, by=editor, at=plan.live_from)
        return with_other_byline(content)

    with pytest.raises(WorkflowError) as refused:
        workflow.revise_plan(plan, by=editor, fix=overtaken)

    assert refused.value.code == "gone"
    assert scheduled.publications.get().byline == ""


def test_a_reporter_may_not_revise(published, scheduled, reporter):
    with pytest.raises(WorkflowError):
        workflow.revise(published, by=reporter, fix=with_other_byline)
    with pytest.raises(WorkflowError):
        workflow.revise_plan(scheduled.publications.get(), by=reporter, fix=with_other_byline)

    assert published.publications.count() == 1
    assert scheduled.publications.get().byline == ""
