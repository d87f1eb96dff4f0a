"""The verbs, over a database."""

from datetime import timedelta

import pytest

from articles.models import Article, Publication, Record
from articles.publishing import workflow
from articles.publishing.saving import save_story
from articles.rules.refusals import WorkflowError


def test_what_is_published_stays_as_it_was_when_the_working_copy_changes(published, editor):
    published.headline = "Changed afterwards"
    save_story(published, by=editor)

    assert Publication.objects.get(article=published).headline == "On the site since yesterday"


def test_a_scheduled_story_is_live_from_its_second(scheduled, now):
    publication = scheduled.publications.get()
    moment = now + timedelta(days=1)

    assert publication.live_from == moment
    assert not Publication.objects.live(at=moment - timedelta(microseconds=1)).exists()
    assert Publication.objects.live(at=moment).get() == publication


def test_publishing_now_takes_effect_at_a_whole_second_about_three_ahead(draft, editor, now):
    clock = now + timedelta(milliseconds=400)

    publication = workflow.publish(draft, by=editor, clock=lambda: clock)

    assert publication.live_from == now + timedelta(seconds=3)
    assert publication.approved_by == editor
    assert publication.kind == "first"


def test_publishing_freezes_pictures_links_and_authors(forum_report, published, editor):
    publication = workflow.publish(forum_report, by=editor)

    assert publication.pictures.count() == 7
    assert [link.target_id for link in publication.links.all()] == [published.pk, None]
    assert [author.name for author in publication.authors.all()] == ["Minh Khuê"]
    assert "data-images" not in publication.text.body_html
    assert publication.text.body == forum_report.body


def test_every_verb_leaves_a_record(scheduled, editor, now):
    publication = scheduled.publications.get()
    workflow.move(publication, by=editor, at=now + timedelta(days=2))
    workflow.cancel(publication, by=editor)

    assert not scheduled.publications.exists()
    assert list(Record.objects.order_by("pk").values_list("verb", "number", "by_name")) == [
        ("publish", 1, "Bích Thủy"),
        ("move", 1, "Bích Thủy"),
        ("cancel", 1, "Bích Thủy"),
    ]


def test_a_number_is_never_given_twice(scheduled, editor, now):
    workflow.cancel(scheduled.publications.get(), by=editor)

    again = workflow.publish(scheduled, by=editor, at=now + timedelta(days=3))

    assert again.number == 2


def test_a_reporter_may_not_publish_and_nothing_changes(draft, reporter):
    with pytest.raises(WorkflowError) as refused:
        workflow.publish(draft, by=reporter)

    assert refused.value.code == "permission_denied"
    assert not draft.publications.exists()
    assert not Record.objects.exists()
    assert Article.objects.get(pk=draft.pk).stage == "draft"


def test_an_editor_may_withdraw_only_where_the_paper_says_so(
    published, editor, managing_editor, settings
):
    with pytest.raises(WorkflowError):
        workflow.withdraw(published, by=editor)
    settings.EDITORS_WITHDRAW = True
    workflow.withdraw(published, by=editor)

    assert published.publications.get().live_until is not None


def test_a_moment_that_comes_before_the_commit_is_refused(draft, editor, now):
    """The clock is read after locking and again before the commit; the second look decides."""
    readings = iter([now, now + timedelta(seconds=5)])

    with pytest.raises(WorkflowError) as refused:
        workflow.publish(
            draft, by=editor, at=now + timedelta(seconds=4), clock=lambda: next(readings)
        )

    assert refused.value.code == "too_late"
    assert not draft.publications.exists()
    assert not Record.objects.exists()


def test_soon_is_chosen_again_when_the_commit_was_slow(draft, editor, now):
    readings = iter([now, now + timedelta(seconds=9), now + timedelta(seconds=9)])

    def clock():
        return next(readings, now + timedelta(seconds=9))

    publication = workflow.publish(draft, by=editor, clock=clock)

    assert publication.live_from == now + timedelta(seconds=12)
    assert Record.objects.count() == 1


def test_bringing_back_shows_the_newest_text_that_readers_had(withdrawn, managing_editor, now):
    publication = workflow.bring_back(withdrawn, by=managing_editor)

    assert publication.number == 2
    assert publication.headline == "Withdrawn yesterday"
    assert publication.first_published == now - timedelta(days=2)
    assert publication.until is None


def test_submitting_without_a_section_says_what_is_missing(make_story, reporter):
    article = make_story("No section yet", section=None)

    with pytest.raises(WorkflowError) as refused:
        workflow.submit(article, by=reporter)

    assert refused.value.field == "section"
    assert Article.objects.get(pk=article.pk).stage == "draft"


def test_a_story_sent_back_is_its_reporters_again(draft, reporter, editor):
    workflow.submit(draft, by=reporter)
    workflow.send_back(draft, by=editor, note="Two more voices, please.")

    assert Article.objects.get(pk=draft.pk).stage == "draft"
    assert Record.objects.first().details == {"note": "Two more voices, please."}


def test_a_correction_needs_a_note_to_readers(published, editor):
    with pytest.raises(WorkflowError) as refused:
        workflow.publish(published, by=editor, kind="correction", note="  ")

    assert refused.value.field == "note"
    assert published.publications.count() == 1


def test_a_picture_without_a_credit_is_not_published_where_the_paper_wants_one(
    paper, make_story, make_picture, reporter, editor
):
    image = make_picture(by=reporter, alt_text="Five boats")
    story = make_story("Uncredited", body=f'<figure data-images="{image.pk}"></figure>')
    type(paper).objects.update(credit_required=True)

    with pytest.raises(WorkflowError) as refused:
        workflow.publish(story, by=editor)

    assert (refused.value.code, refused.value.image_ids) == ("missing_credit", [image.pk])
    assert "“Five boats”" in str(refused.value)
    assert not story.publications.exists()


def test_the_record_cannot_be_changed_or_deleted(published):
    row = Record.objects.get()
    row.by_name = "Somebody else"

    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        row.delete()


def test_what_a_program_wrote_past_the_form_is_cleaned_before_it_is_published(
    section, reporter, editor
):
    article = Article.objects.create(
        headline="  Ghi  thẳng vào bảng ",
        section=section,
        owner=reporter,
        body='<p onclick="x()">Một</p><script>x()</script><img src="https://x.example/a.png">',
    )

    publication = workflow.publish(article, by=editor)

    assert (publication.headline, publication.slug) == ("Ghi thẳng vào bảng", "ghi-thang-vao-bang")
    assert publication.text.body_html == "<p>Một</p>"
