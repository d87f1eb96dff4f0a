"""Each save of a working copy leaves a version that can be read back whole, and brought back."""

from datetime import timedelta

import pytest

from articles.models import Article, Author, Record, Save
from articles.publishing import history, restoring, saving, workflow
from articles.publishing.history import read_back, saves_of, text_of
from articles.rules.content import ContentLink
from articles.rules.refusals import StaleVersion, WorkflowError

pytestmark = pytest.mark.django_db


def change(story: Article, by, **fields: object) -> Article:
    """Open the story anew, change it and save it."""
    how = {name: fields.pop(name) for name in ("authors", "links", "clock") if name in fields}
    story = Article.objects.get(pk=story.pk)
    for name, value in fields.items():
        setattr(story, name, value)
    return saving.save_story(story, by=by, **how)


def test_a_save_is_read_back_whole(forum_report, editor, reporter, section):
    before = forum_report
    changed = change(
        forum_report,
        editor,
        headline="Another",
        lede="New",
        body="<p>New</p>",
        authors=[],
        links=[],
    )
    assert changed.body == "<p>New</p>"
    new, old = saves_of(forum_report)
    assert (old.version, old.by, old.by_name, old.changed) == (1, reporter, "Minh Khuê", None)
    assert (new.version, new.by, new.by_name) == (2, editor, "Bích Thủy")
    assert new.at == changed.updated_at
    assert new.changed["fields"] == ["headline", "lede", "author_ids", "links"]
    assert new.changed["pictures"] == 7
    content = read_back(old).content
    assert content.headline == "Forum on young people starting a business"
    assert content.body.html == before.body
    assert [author.name for author in Author.objects.filter(pk__in=content.author_ids)] == [
        "Minh Khuê"
    ]
    assert content.links[1] == ContentLink(
        url="https://forum.example/programme", title="The programme"
    )
    assert len(content.pictures) == 7
    assert content.pictures[0].credit == "Minh Khuê"
    assert read_back(old).is_whole


def test_a_save_that_changes_nothing_leaves_none(draft, editor, reporter):
    change(draft, editor)
    assert [save.version for save in saves_of(draft)] == [1]
    change(draft, reporter, lede="Now")
    assert [save.version for save in saves_of(draft)] == [3, 1]


def test_it_writes_no_record_and_raises_one_version(draft, editor):
    change(draft, editor, lede="Now")
    assert not Record.objects.exists()
    draft.refresh_from_db()
    assert draft.version == 2


def test_a_story_from_before_the_upgrade_keeps_what_its_next_save_saves_over(
    draft, reporter, editor
):
    Save.objects.all().delete()
    workflow.submit(draft, by=reporter)
    assert saves_of(draft) == []
    change(draft, editor, body="<p>New</p>")
    new, old = saves_of(draft)
    assert (old.version, old.by, old.at) == (1, reporter, draft.updated_at)
    assert text_of(old).body == draft.body
    assert new.changed["paragraphs"] == 1


def test_what_the_version_before_saves_during_an_upgrade_is_kept_at_the_next_save(draft, editor):
    Article.objects.filter(pk=draft.pk).update(lede="By the old program", version=2)
    change(draft, editor, lede="By the new one")
    assert [text_of(save).fields["lede"] for save in draft.saves.all()] == [
        draft.lede,
        "By the old program",
        "By the new one",
    ]


def test_a_refused_save_leaves_none(draft, editor):
    change(draft, editor, lede="Now")
    stale = Article.objects.get(pk=draft.pk)
    stale.lede = "Stale"
    with pytest.raises(StaleVersion):
        saving.save_story(stale, by=editor, based_on=1)
    assert len(saves_of(draft)) == 2


def test_neighbours_of_one_person_are_thinned_when_saving(draft, editor, now):
    start = draft.updated_at + timedelta(minutes=1)

    def minute(number: int):
        return lambda: start + timedelta(minutes=number)

    for number in range(30):
        change(draft, editor, lede=f"Minute {number}", clock=minute(number))
    assert len(saves_of(draft)) == 31
    change(draft, editor, lede="Days later", clock=minute(3000))
    ledes = [text_of(save).fields["lede"] for save in draft.saves.all()]
    assert ledes[:2] == [draft.lede, "Minute 0"]
    assert ledes[-1] == "Days later"
    assert len(ledes) < 8


def test_what_was_handed_in_or_published_is_never_thinned(draft, reporter, editor, publish_at, now):
    old = now - timedelta(days=90)
    for number in range(9):
        moment = old + timedelta(minutes=number)
        story = change(draft, reporter, lede=f"Minute {number}", clock=lambda m=moment: m)
        if number == 4:
            workflow.submit(story, by=reporter, clock=lambda m=moment: m)
            workflow.recall(story, by=reporter, clock=lambda m=moment: m)
        if number == 6:
            workflow.publish(story, by=editor, clock=lambda m=moment: m)
    change(draft, reporter, lede="Now")
    marks = {save.version: save.mark for save in saves_of(draft) if save.mark}
    assert marks == {6: "submit", 8: "publish"}
    assert len(saves_of(draft)) < 8


def test_saves_go_with_their_story_and_stay_when_an_account_goes(draft, editor, make_story):
    other = make_story("Another")
    change(other, editor, lede="By the editor")
    editor.delete()
    last = saves_of(other)[0]
    assert (last.by, last.by_name) == (None, "Bích Thủy")
    draft.delete()
    assert {save.article_id for save in Save.objects.all()} == {other.pk}
    history.forget(other)
    assert not Save.objects.exists()


# Restoring


def test_an_older_text_is_brought_back_by_a_save(forum_report, reporter, editor):
    pictures = list(forum_report.captions.values_list("text", flat=True))
    changed = change(
        forum_report, editor, headline="Another", body="<p>New</p>", authors=[], links=[]
    )
    restoring.restore(changed, history.save_of(changed, 1), by=editor, based_on=2)
    story = Article.objects.get(pk=forum_report.pk)
    assert (story.headline, story.body) == (forum_report.headline, forum_report.body)
    assert [row.author.name for row in story.byline_rows.all()] == ["Minh Khuê"]
    assert story.related_links.count() == 2
    assert list(story.captions.values_list("text", flat=True)) == pictures
    assert story.version == 3
    assert story.saved_by == editor
    last, replaced, _first = saves_of(story)
    assert (last.version, last.restored) == (3, 1)
    assert text_of(replaced).body == "<p>New</p>"


def test_what_is_there_already_is_not_saved_again(draft, reporter):
    changed = change(draft, reporter, lede="Now")
    for _press in range(2):
        restoring.restore(changed, history.save_of(draft, 1), by=reporter, based_on=2)
        changed = Article.objects.get(pk=draft.pk)
    assert changed.version == 3
    assert len(saves_of(draft)) == 3


def test_a_text_saved_meanwhile_is_not_saved_over(draft, reporter, editor):
    read = change(draft, reporter, lede="Now")
    change(draft, editor, lede="Meanwhile")
    with pytest.raises(StaleVersion):
        restoring.restore(read, history.save_of(draft, 1), by=reporter, based_on=2)
    assert Article.objects.get(pk=draft.pk).lede == "Meanwhile"


def test_who_may_not_change_the_story_brings_nothing_back(draft, reporter, editor):
    changed = change(draft, editor, lede="Now")
    workflow.submit(changed, by=editor)
    with pytest.raises(WorkflowError):
        restoring.restore(changed, history.save_of(draft, 1), by=reporter)


def test_what_is_gone_since_stays_out_and_is_counted(
    make_story, make_picture, reporter, editor, part, published
):
    image = make_picture(by=editor)
    author = Author.objects.create(name="Gone", slug="gone")
    other = make_story("Gone")
    story = make_story(
        "Everything",
        section=part,
        body=f'<p>A</p><figure data-images="{image.pk}"></figure>',
        authors=[author],
        links=[ContentLink(target_id=other.pk), ContentLink(target_id=published.pk)],
        by=editor,
        lead_image=image,
    )
    change(story, editor, section=None, body="<p>B</p>", authors=[], links=[], lead_image=None)
    save = history.save_of(story, 1)
    for row in (author, other, image, part):
        row.delete()
    old = read_back(save)
    assert (old.pictures, old.authors, old.links, old.section) == (1, 1, 1, True)
    assert not old.is_whole
    content = old.content
    assert (content.body.html, content.lead_image_id, content.section_id) == (
        "<p>A</p>",
        None,
        None,
    )
    restoring.restore(Article.objects.get(pk=story.pk), save, by=editor)
    story.refresh_from_db()
    assert story.body == "<p>A</p>"
    assert [link.target_id for link in story.related_links.all()] == [published.pk]


def test_a_reporter_brings_back_no_picture_that_is_not_theirs(
    make_story, make_picture, reporter, editor
):
    image = make_picture(by=editor)
    story = make_story("Words")
    change(story, editor, body=f'<p>A</p><figure data-images="{image.pk}"></figure>')
    change(story, reporter, body="<p>B</p>")
    save = history.save_of(story, 2)
    assert read_back(save).is_whole
    brought = restoring.restore(Article.objects.get(pk=story.pk), save, by=reporter)
    assert brought.pictures == 1
    story.refresh_from_db()
    assert story.body == "<p>A</p>"


def test_a_save_asks_the_database_little(forum_report, editor, django_assert_max_num_queries):
    story = Article.objects.get(pk=forum_report.pk)
    story.lede = "Now"
    with django_assert_max_num_queries(13):
        saving.save_story(story, by=editor)
