"""One thing of a live story is changed without publishing the working copy."""

from dataclasses import replace
from datetime import timedelta

import pytest

from articles.models import Publication
from articles.publishing import publications, saving, workflow
from articles.rules.changing import Change
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


# Which versions get it


@pytest.fixture
def awaited(published, editor, now):
    """Live, with two updates that wait and a working copy that has gone on."""
    for days, headline in ((1, "Tomorrow's"), (2, "The day after's")):
        published.headline = headline
        published.body = f"<p>Ten boats.</p><p>{headline} news of the quay.</p>"
        saving.save_story(published, by=editor)
        workflow.publish(published, by=editor, at=now + timedelta(days=days), waiting="keep")
    published.headline = "Not yet approved"
    saving.save_story(published, by=editor)
    return published


def shown(story):
    return [
        (row.number, row.headline, row.byline, row.approved_by.username)
        for row in story.publications.select_related("approved_by").order_by("number")
    ]


def test_what_is_not_chosen_gets_a_new_number_and_keeps_its_approver(
    awaited, editor, managing_editor
):
    before = {row.live_from: row for row in awaited.publications.all()}
    later = [row.number for row in awaited.publications.order_by("number")][-1]

    workflow.revise(awaited, by=managing_editor, fix=with_other_byline, versions={later})

    byline = "Theo Cổng thông tin tỉnh"
    assert shown(awaited) == [
        (1, "On the site since yesterday", "", "editor"),
        (4, "On the site since yesterday", byline, "managing-editor"),
        (5, "Tomorrow's", "", "editor"),
        (6, "The day after's", byline, "managing-editor"),
    ]
    kept = awaited.publications.get(number=5)
    was = before[kept.live_from]
    for name in ("approved_at", "kind", "note", "until", "digest", "first_published"):
        assert getattr(kept, name) == getattr(was, name), name


def test_a_change_that_waits_is_changed_alone(awaited, managing_editor):
    plan = awaited.publications.get(number=2)
    workflow.revise_plan(plan, by=managing_editor, fix=with_other_byline, versions=())
    assert [(number, byline) for number, _, byline, _ in shown(awaited)] == [
        (1, ""),
        (4, "Theo Cổng thông tin tỉnh"),
        (5, ""),
    ]


def test_what_readers_have_can_get_what_was_changed_in_a_plan(awaited, editor, now):
    plan = awaited.publications.get(number=3)
    workflow.revise_plan(plan, by=editor, fix=with_other_byline, versions={1})
    assert [(number, bool(byline)) for number, _, byline, _ in shown(awaited)] == [
        (1, False),
        (4, True),
        (5, False),
        (6, True),
    ]


def test_the_working_copy_gets_it_too_in_the_same_change(awaited, editor):
    awaited.refresh_from_db()
    version = awaited.version

    workflow.revise(awaited, by=editor, fix=with_other_byline, versions=(), copy=True)

    awaited.refresh_from_db()
    assert (awaited.headline, awaited.byline) == ("Not yet approved", "Theo Cổng thông tin tỉnh")
    assert (awaited.version, awaited.saved_by) == (version + 1, editor)
    assert awaited.records.count() == 4, "one press, one record"


def test_where_it_clashes_in_one_of_the_chosen_nothing_is_done(awaited, editor):
    content = publications.frozen(awaited.publications.get(number=1).pk)
    change = Change(content, replace(content, headline="Home"))
    with pytest.raises(WorkflowError) as refused:
        workflow.revise(awaited, by=editor, fix=change, versions={2}, copy=True)
    assert refused.value.code == "clash"
    assert awaited.publications.count() == 3

    workflow.revise(awaited, by=editor, fix=change, versions=())
    assert shown(awaited)[1][:2] == (4, "Home")


def test_a_correction_of_what_readers_have_tells_them(published, editor):
    with pytest.raises(WorkflowError) as refused:
        workflow.revise(published, by=editor, fix=with_other_byline, kind="correction")
    assert refused.value.code == "missing_note"

    revised = workflow.revise(
        published, by=editor, fix=with_other_byline, kind="correction", note="Ten, not eleven."
    )
    assert (revised.kind, revised.note) == ("correction", "Ten, not eleven.")


def test_a_plan_gets_another_moment_end_kind_and_note_with_its_change(awaited, editor, now):
    plan = awaited.publications.get(number=3)
    at, until = plan.live_from + timedelta(hours=1), plan.live_from + timedelta(hours=9)
    revised = workflow.revise_plan(
        plan, by=editor, fix=with_other_byline, versions=(),
        at=at, until=until, kind="correction", note="Ten, not eleven.",
    )  # fmt: skip
    assert (revised.live_from, revised.until) == (at, until)
    assert (revised.kind, revised.note) == ("correction", "Ten, not eleven.")


def test_a_change_that_is_none_is_refused(awaited, editor):
    def same(content):
        return content

    for attempt in (
        lambda: workflow.revise(awaited, by=editor, fix=same),
        lambda: workflow.revise(awaited, by=editor, fix=same, kind="update"),
        lambda: workflow.revise_plan(awaited.publications.get(number=3), by=editor, fix=same),
    ):
        with pytest.raises(WorkflowError) as refused:
            attempt()
        assert refused.value.code == "unchanged"
