"""One thing of a live story is changed without publishing the working copy."""

from dataclasses import replace
from datetime import timedelta

import pytest

from articles import compose, workflow
from articles.models import Publication
from articles.refusals import WorkflowError


def with_other_byline(content):
    return replace(content, byline="Theo Cổng thông tin tỉnh")


def test_readers_get_the_change_and_nothing_of_the_working_copy(published, editor, now):
    published.headline = "Not yet approved"
    compose.save_story(published, by=editor)

    revised = workflow.revise(published, by=editor, fix=with_other_byline)

    assert (revised.number, revised.kind) == (2, "minor")
    assert revised.headline == "On the site since yesterday"
    assert revised.byline == "Theo Cổng thông tin tỉnh"
    published.refresh_from_db()
    assert published.headline == "Not yet approved"


def test_what_waits_is_changed_too_and_keeps_its_moment(published, editor, now):
    later = now + timedelta(days=2)
    published.headline = "Tomorrow's headline"
    compose.save_story(published, by=editor)
    workflow.publish(published, by=editor, at=later)

    workflow.revise(published, by=editor, fix=with_other_byline)

    waiting = Publication.objects.live(at=later).get()
    assert (waiting.number, waiting.live_from) == (4, later)
    assert waiting.headline == "Tomorrow's headline"
    assert waiting.byline == "Theo Cổng thông tin tỉnh"


def test_a_story_that_is_not_on_the_site_has_nothing_to_revise(withdrawn, editor):
    with pytest.raises(WorkflowError) as refused:
        workflow.revise(withdrawn, by=editor, fix=with_other_byline)

    assert refused.value.code == "not_live"
    assert withdrawn.publications.count() == 1


def test_a_reporter_may_not_revise(published, reporter):
    with pytest.raises(WorkflowError):
        workflow.revise(published, by=reporter, fix=with_other_byline)

    assert published.publications.count() == 1
