"""Stories made and published by a program that keeps its instances: nothing is lost or written back."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import serializers
from django.utils import timezone

from articles.models import Article, Category, Publication
from articles.publishing import workflow
from articles.publishing.saving import save_story
from articles.rules.permissions import Stage
from articles.rules.refusals import WorkflowError
from media.models import Image

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
MANUAL = Path(__file__).resolve().parent.parent / "docs" / "developers.md"


def numbers(story: Article) -> list[int]:
    return list(story.publications.values_list("number", flat=True))


def test_one_kept_instance_is_saved_and_published_again_and_again(section, editor, now):
    """A stale last number was written back: the live story vanished, and what had begun was rewritten."""
    story = Article(headline="One", section=section, owner=editor)
    save_story(story, by=editor)
    first = workflow.publish(story, by=editor, clock=lambda: now - DAY)
    story.headline = "Two"
    save_story(story, by=editor)
    workflow.publish(story, by=editor, at=now + DAY)

    assert numbers(story) == [1, 2]
    assert Publication.objects.live(at=now).get() == first
    assert Publication.objects.live(at=now + DAY).get().headline == "Two"
    assert Article.objects.get(pk=story.pk).last_number == story.last_number == 2


def test_a_stale_instance_gives_back_no_number(draft, editor, now):
    stale = Article.objects.get(pk=draft.pk)
    workflow.cancel(workflow.publish(draft, by=editor, at=now + DAY), by=editor)
    stale.headline = "Typed on an older copy"
    save_story(stale, by=editor)
    stale.save()

    assert workflow.publish(stale, by=editor).number == 2


def test_a_verb_on_an_older_copy_is_refused(draft, editor, reporter):
    stale = Article.objects.get(pk=draft.pk)
    draft.headline = "Newer"
    save_story(draft, by=reporter)

    for verb in (workflow.publish, workflow.submit):
        with pytest.raises(WorkflowError) as refused:
            verb(stale, by=editor)
        assert refused.value.code == "stale_version"
    assert not draft.publications.exists()
    assert Article.objects.get(pk=draft.pk).stage == Stage.DRAFT


def test_a_verb_writes_on_the_instance_what_it_wrote_and_nothing_else(draft, editor):
    draft.lede = "Not saved yet"
    workflow.publish(draft, by=editor)

    assert draft.lede == "Not saved yet"
    assert (draft.stage, draft.last_number) == (Stage.APPROVED, 1)
    assert draft.digest == draft.publications.get().digest


def test_saving_the_text_leaves_what_the_verbs_decided(draft, editor, reporter):
    stale = Article.objects.get(pk=draft.pk)
    workflow.submit(draft, by=reporter)
    stale.headline = "Typed meanwhile"
    save_story(stale, by=editor)

    saved = Article.objects.get(pk=draft.pk)
    assert (saved.headline, saved.stage) == ("Typed meanwhile", Stage.SUBMITTED)


def test_a_created_story_goes_through_the_door(section, reporter, make_picture):
    image = make_picture(by=reporter)
    story = Article.objects.create(
        headline="  Chợ   nổi ",
        section=section,
        owner=reporter,
        body=f'<p onclick="x()">Một</p><figure data-images="{image.pk}"><figcaption>Thuyền'
        "</figcaption></figure><script>x()</script>",
    )

    assert (story.headline, story.slug, story.version) == ("Chợ nổi", "cho-noi", 1)
    assert "script" not in story.body
    assert "onclick" not in story.body
    assert [caption.text for caption in story.captions.all()] == ["Thuyền"]
    assert story.digest == Article.objects.get(pk=story.pk).digest != ""
    assert story.saved_by == reporter


def test_a_first_save_does_the_same(section, reporter):
    story = Article(headline="H", section=section, owner=reporter, body="Một<script>x</script>")
    story.save()
    assert Article.objects.get(pk=story.pk).body == "<p>Một</p>"


def test_a_created_story_with_a_picture_that_is_not_there_is_refused_whole(section, reporter):
    with pytest.raises(WorkflowError):
        Article.objects.create(
            headline="H", section=section, owner=reporter, body='<figure data-images="99"></figure>'
        )
    assert not Article.objects.exists()


@pytest.mark.parametrize("how", [{}, {"update_fields": ["body"]}, {"update_fields": ["section"]}])
def test_overwriting_a_text_by_save_names_the_door(draft, how):
    draft.body, draft.section = "<script>x()</script>", Category.objects.create(name="A", slug="a")
    with pytest.raises(TypeError, match="save_story"):
        draft.save(**how)
    assert Article.objects.get(pk=draft.pk).body == "<p>Body of Draft that nobody may read</p>"


def test_what_holds_no_text_is_saved_as_everywhere(draft, other_reporter):
    draft.owner = other_reporter
    draft.save()
    draft.stage = Stage.SUBMITTED
    draft.save(update_fields=["stage"])

    saved = Article.objects.get(pk=draft.pk)
    assert (saved.owner, saved.stage, saved.version) == (other_reporter, Stage.SUBMITTED, 1)


def test_what_passed_the_door_by_is_mended_when_it_is_published(section, editor):
    """Fixtures, bulk_create and update."""
    row = Article(headline=" A ", section=section, owner=editor, body="Một<script>x</script>")
    [story] = Article.objects.bulk_create([row])
    fixture = serializers.serialize("json", [Article.objects.get(pk=story.pk)])
    story.delete()
    [loaded] = serializers.deserialize("json", fixture)
    loaded.save()
    story = Article.objects.get()
    assert "script" in story.body

    publication = workflow.publish(story, by=editor)
    assert (publication.headline, publication.text.body) == ("A", "<p>Một</p>")


def test_the_ten_lines_of_the_manual_make_and_publish_a_story(section, editor, tmp_path):
    """The developer's page, run as it stands; names that it takes for granted are given."""
    text = MANUAL.read_text(encoding="utf-8")
    [code] = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    from tests import pictures

    photo = tmp_path / "boats.jpg"
    photo.write_bytes(pictures.jpeg((320, 240), 7))
    code = code.replace('"boats.jpg"', repr(str(photo)))
    names = {"editor": editor, "section": section}
    exec(compile(code, "developers.md", "exec"), names)

    assert code.count("\n") <= 16
    [publication] = Publication.objects.all()
    assert publication.pictures.get().image == Image.objects.get()
    assert publication.live_from > timezone.now()
