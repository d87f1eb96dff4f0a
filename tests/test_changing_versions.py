"""An editor changes what readers have, or what is scheduled, by itself, and sees it before it is."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, Publication
from articles.publishing import saving, workflow
from articles.rules.timing import Kind
from tests import desk

FIRST = "<p>Ten boats came home at six.</p><p>Nobody was hurt, says the harbour master.</p>"


@pytest.fixture
def at_desk(editor) -> Client:
    return desk.log_in(Client(), editor)


@pytest.fixture
def story(make_story, publish_at, managing_editor, now) -> Article:
    """Live; an update by another editor waits for tomorrow, and the working copy has gone on."""
    story = make_story("Boats come home", body=FIRST)
    publish_at(story, now - timedelta(hours=1))
    story.refresh_from_db()
    story.body = f"{FIRST}<p>Tomorrow they leave again.</p>"
    saving.save_story(story, by=managing_editor)
    workflow.publish(story, by=managing_editor, at=now + timedelta(days=1), note="Leaving.")
    story.refresh_from_db()
    story.lede = "Not for readers yet."
    saving.save_story(story, by=managing_editor)
    return story


MENDED = FIRST.replace("Ten", "Twelve")


def change(client: Client, story: Article, number: int, **typed: object):
    """Open a version, type, and go on to what will change."""
    address = desk.page("version", story.pk, number)
    return client.post(address, desk.filled(client.get(address), _on="1", **typed))


def do(client: Client, asked, story: Article, number: int, **chosen: object):
    """Choose on the second page, read what will happen, and do it."""
    address = desk.page("version", story.pk, number)
    fields = {**desk.fields(asked, "data-asking"), **chosen}
    fields = {name: value for name, value in fields.items() if value is not None}
    if chosen:
        fields = desk.fields(client.post(address, fields), "data-asking")
    return client.post(address, fields)


def shown(story: Article) -> list[tuple]:
    rows = story.publications.select_related("text", "approved_by").order_by("number")
    return [
        (row.number, row.kind, "Twelve" in row.text.body, row.approved_by.username) for row in rows
    ]


def test_the_form_holds_that_versions_own_words_and_says_which_it_is(at_desk, story):
    page = at_desk.get(desk.page("version", story.pk, 1))
    fields = desk.fields(page)
    assert fields["lede"] == ["Lede of Boats come home"]
    assert fields["body"] == [FIRST]
    words = desk.text(page)
    assert "You are changing version 1, which readers have now" in words
    assert "Version 2, scheduled for" in words
    assert "The working copy" in words

    words = desk.text(at_desk.get(desk.page("version", story.pk, 2)))
    assert "You are changing version 2, which goes live at" in words
    assert "Nothing that readers have now changes by it." in words


def test_nothing_is_done_before_the_second_page_is_confirmed(at_desk, story):
    asked = change(at_desk, story, 1, body=MENDED)
    words = desk.text(asked)
    assert "[removed: Ten ] [added: Twelve ] boats" in words
    assert "Readers get the changed “Boats come home” within seconds as a minor change." in words
    assert "1 other version gets the same change. The working copy gets it, too." in words
    assert story.publications.count() == 2


def test_a_slip_is_mended_in_all_of_them_and_the_update_still_comes_when_it_was_to(
    at_desk, story, now
):
    done = do(at_desk, change(at_desk, story, 1, body=MENDED), story, 1)
    assert done.status_code == 302

    assert shown(story) == [
        (1, "first", False, "editor"),
        (3, "minor", True, "editor"),
        (4, "update", True, "editor"),
    ]
    update = story.publications.get(number=4)
    assert (update.live_from, update.note) == (now + timedelta(days=1), "Leaving.")
    assert "Tomorrow they leave again." in update.text.body
    story.refresh_from_db()
    assert "Twelve" in story.body
    assert story.lede == "Not for readers yet."


def test_what_is_unticked_stays(at_desk, story):
    version = story.version
    do(at_desk, change(at_desk, story, 1, body=MENDED), story, 1, also=None)
    assert shown(story) == [
        (1, "first", False, "editor"),
        (3, "minor", True, "editor"),
        (4, "update", False, "managing-editor"),
    ]
    story.refresh_from_db()
    assert story.version == version


def test_a_slip_in_a_plan_is_mended_and_nothing_of_it_is_live(at_desk, story, now):
    body = story.publications.get(number=2).text.body.replace("leave", "sail")
    asked = change(at_desk, story, 2, body=body)
    assert "goes live at" in desk.text(asked)
    do(at_desk, asked, story, 2)

    plan = story.publications.get(number=3)
    assert "sail" in plan.text.body
    assert (plan.live_from, plan.kind, plan.note) == (now + timedelta(days=1), "update", "Leaving.")
    live = Publication.objects.live(at=now).get()
    assert live.number == 1
    story.refresh_from_db()
    assert "sail" in story.body


def test_a_mended_slip_of_a_plan_is_offered_to_readers_but_not_proposed(at_desk, story):
    body = story.publications.get(number=2).text.body.replace("Ten", "Twelve")
    asked = change(at_desk, story, 2, body=body)
    assert desk.fields(asked, "data-asking")["also"] == ["copy"]
    do(at_desk, asked, story, 2, also=["1", "copy"])
    assert shown(story) == [
        (1, "first", False, "editor"),
        (3, "minor", True, "editor"),
        (4, "update", True, "editor"),
    ]


def test_a_correction_needs_its_text_and_readers_get_it(at_desk, story):
    asked = change(at_desk, story, 1, body=MENDED)
    address = desk.page("version", story.pk, 1)
    fields = desk.fields(asked, "data-asking") | {"kind": "correction"}
    refused = at_desk.post(address, fields)
    assert "A correction needs its text" in desk.text(refused)
    assert "Twelve" in str(desk.fields(refused, "data-asking")["body"])
    assert story.publications.count() == 2

    do(at_desk, asked, story, 1, kind="correction", note="Twelve boats, not ten.")
    row = story.publications.get(number=3)
    assert (row.kind, row.note) == (Kind.CORRECTION, "Twelve boats, not ten.")


def test_a_plan_gets_another_time_with_its_change(at_desk, story, now):
    body = story.publications.get(number=2).text.body.replace("leave", "sail")
    later = (now + timedelta(days=2)).replace(second=0, microsecond=0)
    local = timezone.localtime(later)
    do(
        at_desk,
        change(at_desk, story, 2, body=body),
        story,
        2,
        at=local.strftime("%Y-%m-%dT%H:%M"),
    )
    assert story.publications.get(number=3).live_from == later


def test_where_it_clashes_is_told_and_can_not_be_chosen(at_desk, story, managing_editor):
    story.body = story.body.replace("Ten boats came home at six", "Eleven boats came home at six")
    saving.save_story(story, by=managing_editor)
    asked = change(at_desk, story, 1, body=MENDED)
    words = desk.text(asked)
    assert "The working copy Changed there in the same place (Text)." in words
    assert desk.fields(asked, "data-asking")["also"] == ["2"]

    address = desk.page("version", story.pk, 1)
    forged = desk.fields(asked, "data-asking") | {"also": ["copy"]}
    assert at_desk.post(address, forged).status_code == 200
    assert story.publications.count() == 2


def test_what_somebody_saves_meanwhile_is_not_overwritten(at_desk, story, managing_editor):
    asked = change(at_desk, story, 1, body=MENDED)
    fields = desk.fields(asked, "data-asking")
    story.lede = "A colleague's lede."
    saving.save_story(story, by=managing_editor)
    address = desk.page("version", story.pk, 1)
    again = at_desk.post(address, fields)
    assert "saved the text" in desk.text(again)
    assert "Nothing was done yet." in desk.text(again)
    at_desk.post(address, desk.fields(again, "data-asking"))
    story.refresh_from_db()
    assert story.lede == "A colleague's lede."
    assert "Twelve" in story.body


def test_a_version_that_is_over_or_gone_is_told(at_desk, story, editor):
    workflow.revise(story, by=editor, fix=lambda content: content, kind="correction", note="So.")
    for number, sentence in ((2, "Version 2 is gone"), (9, "Version 9 is gone")):
        answer = at_desk.get(desk.page("version", story.pk, number), follow=True)
        assert sentence in desk.text(answer)


def test_a_long_text_goes_on_in_parts_which_are_bounded_as_a_storys(at_desk, story):
    asked = change(at_desk, story, 1, body=MENDED).content.decode()
    [form] = re.findall(r"<form[^>]*data-asking[^>]*>", asked)
    assert 'enctype="multipart/form-data"' in form


def test_two_presses_do_it_once(at_desk, story):
    asked = change(at_desk, story, 1, body=MENDED)
    fields = desk.fields(asked, "data-asking")
    address = desk.page("version", story.pk, 1)
    at_desk.post(address, fields)
    assert "done already" in desk.text(at_desk.post(address, fields, follow=True))
    assert story.publications.count() == 3


def test_going_back_to_write_on_loses_nothing(at_desk, story):
    asked = change(at_desk, story, 1, body=MENDED, headline="Boats are home")
    address = desk.page("version", story.pk, 1)
    back = at_desk.post(address, desk.fields(asked, "data-asking") | {"_back": "1"})
    assert desk.fields(back)["body"] == [MENDED]
    assert desk.fields(back)["headline"] == ["Boats are home"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"headline": ""}, "A story needs a headline"),
        ({"section": ""}, "The story has no section yet"),
        ({"authors": "Nobody Known", "authors_id": ""}, "No author is called “Nobody Known”"),
        ({"body": '<figure data-images="987654"></figure>'}, "is gone from the library"),
    ],
)
def test_what_readers_could_not_have_is_told_in_the_form(at_desk, story, typed, sentence):
    answer = change(at_desk, story, 1, **typed)
    assert sentence in desk.text(answer)
    assert 'id="article_form"' in answer.content.decode()


def test_a_change_that_is_none_is_told(at_desk, story):
    assert "This version is as it was." in desk.text(change(at_desk, story, 1))


def test_reporters_read_what_there_is_and_change_none_of_it(story, reporter):
    client = desk.log_in(Client(), reporter)
    assert client.get(desk.page("version", story.pk, 1)).status_code == 403
    words = client.get(desk.page("versions", story.pk)).content.decode()
    assert desk.page("read", story.pk, 1) in words
    assert desk.page("version", story.pk, 1) not in words


# Reading and restoring


def test_every_version_is_read_as_readers_get_it(at_desk, story):
    for key, words in (("1", "Ten boats"), ("2", "leave again"), ("copy", "Not for readers yet.")):
        assert at_desk.get(desk.page("read", story.pk, key)).status_code == 200
        page = at_desk.get(desk.page("read_page", story.pk, key))
        assert words in desk.text(page)
        assert "This page is for the newsroom." in desk.text(page)
        assert page.headers["X-Robots-Tag"] == "noindex"
    assert "leave again" not in desk.text(at_desk.get(desk.page("read_page", story.pk, "1")))
    assert at_desk.get(desk.page("read_page", story.pk, "7")).status_code == 404


def test_an_earlier_version_is_restored_into_the_working_copy(at_desk, story, editor):
    answer = desk.confirm(at_desk, desk.page("restore", story.pk, "1"))
    assert answer.status_code == 302
    story.refresh_from_db()
    assert (story.body, story.lede) == (FIRST, "Lede of Boats come home")
    assert story.saved_by == editor
    assert story.publications.count() == 2
    assert story.records.latest("pk").verb == "restore"

    told = at_desk.get(desk.page("restore", story.pk, "copy"))
    assert told.status_code in (200, 302)


def test_the_log_says_what_was_changed_too(at_desk, story):
    do(at_desk, change(at_desk, story, 1, body=MENDED), story, 1)
    words = desk.text(at_desk.get(desk.page("history", story.pk)))
    assert "Changed version: 1" in words
    assert "Also changed: 2" in words
    assert "Working copy changed, too: Yes" in words
