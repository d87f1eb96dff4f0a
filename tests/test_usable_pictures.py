"""Which pictures a person may place in a story."""

import pytest

from articles.publishing import access, saving, workflow
from articles.rules.refusals import WorkflowError
from media.models import Image


def usable(user, article=None) -> set[int]:
    return set(Image.objects.filter(access.pictures(user, article)).values_list("pk", flat=True))


def figure(image) -> str:
    return f'<figure data-images="{image.pk}"></figure>'


def test_a_reporter_may_use_what_they_brought_but_not_a_colleagues_unseen_picture(
    make_picture, reporter, other_reporter
):
    mine, theirs = make_picture(by=reporter), make_picture(by=other_reporter)

    assert usable(reporter) == {mine.pk}
    assert usable(other_reporter) == {theirs.pk}


def test_a_picture_that_readers_have_is_everybodys(
    make_story, make_picture, reporter, other_reporter, editor
):
    image = make_picture(by=other_reporter)
    story = make_story("Theirs", by=other_reporter, body=figure(image))
    workflow.publish(story, by=editor)

    assert usable(reporter) == {image.pk}


def test_an_editor_may_use_all_and_somebody_without_a_role_none(
    make_picture, reporter, editor, without_role
):
    image = make_picture(by=reporter)

    assert usable(editor) == {image.pk}
    assert usable(without_role) == set()


def test_what_an_editor_placed_in_a_draft_its_reporter_may_save(
    draft, make_picture, reporter, other_reporter, editor
):
    inside, lead = make_picture(by=other_reporter), make_picture(by=other_reporter)
    draft.body, draft.lead_image = figure(inside), lead
    saving.save_story(draft, by=editor)

    draft.lede = "Changed by its reporter"
    saving.save_story(draft, by=reporter)

    assert usable(reporter, draft) == {inside.pk, lead.pk}


def test_a_picture_that_is_not_for_this_person_is_refused_and_nothing_is_saved(
    draft, make_picture, reporter, other_reporter
):
    image = make_picture(by=other_reporter)
    draft.body = figure(image)

    with pytest.raises(WorkflowError) as refused:
        saving.save_story(draft, by=reporter)

    assert (refused.value.code, refused.value.field) == ("picture_unusable", "body")
    draft.refresh_from_db()
    assert draft.body == "<p>Body of Draft that nobody may read</p>"


def test_a_lead_picture_that_is_not_for_this_person_is_refused_too(
    draft, make_picture, reporter, other_reporter
):
    draft.lead_image = make_picture(by=other_reporter)

    with pytest.raises(WorkflowError):
        saving.save_story(draft, by=reporter)
