"""While somebody writes, the server keeps their text and says who else is there; nothing more."""

import errno
import json
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, OperationalError
from django.test import Client

from articles.models import Article, Presence, Publication, Record, Save, TypedCopy
from articles.publishing import history, saving, unsaved, workflow
from articles.rules import keeping
from tests import desk

pytestmark = pytest.mark.django_db
PAGE = "/admin/articles/article/"
BEAT = f"{PAGE}beat/"


@pytest.fixture
def clock():
    """A clock that goes on when it is told to: clock.shift(seconds)."""
    with time_machine.travel("2026-11-28T14:04:07Z", tick=False) as travelled:
        yield travelled


@pytest.fixture
def story(make_story, clock):
    return make_story("Boats come home")


@pytest.fixture
def at_desk(editor) -> Client:
    return desk.log_in(Client(), editor)


@pytest.fixture
def reporting(reporter) -> Client:
    return desk.log_in(Client(), reporter)


def content(**fields: str) -> str:
    return json.dumps({"fields": list(fields.items()), "files": []})


def beat(client: Client, story: Article | None = None, *, names="tab-1", **more: object):
    sent = {"names": names, "story": story.pk if story else "", **more}
    return client.post(BEAT, sent, headers={"Accept": "application/json"})


def told(response) -> dict:
    assert response.status_code == 200, response.content
    return response.json()


# The copy


def test_what_is_typed_is_kept_for_who_typed_it_and_offered_in_the_form(
    at_desk, reporting, story, clock
):
    typed = content(headline="Typed at 22:00", version="1")
    answer = told(beat(at_desk, story, content=typed, headers={}))
    assert answer["kept"] == "21:04:07"
    row = TypedCopy.objects.get()
    assert (row.headline, row.article, row.edits) == ("Typed at 22:00", story, "")
    page = at_desk.get(desk.page("change", story.pk))
    (offer,) = page.context["typed_copies"]
    assert (offer["id"], offer["name"]) == (row.pk, "tab-1")
    answer = at_desk.get(f"{PAGE}copies/{row.pk}/fields/").json()
    assert answer == {"name": "tab-1", "content": json.loads(typed)}
    assert reporting.get(desk.page("change", story.pk)).context["typed_copies"] == []
    for address in ("", "fields/"):
        assert reporting.get(f"{PAGE}copies/{row.pk}/{address}").status_code == 404


def test_it_says_from_which_machine(at_desk, story):
    agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
    at_desk.post(
        BEAT,
        {"names": "a", "story": story.pk, "content": content(headline="A")},
        headers={"User-Agent": agent},
    )
    assert TypedCopy.objects.get().place == "Chrome, Android"


def test_it_changes_nothing_else(at_desk, story, publish_at, now):
    before = Article.objects.values().get(pk=story.pk)
    told(beat(at_desk, story, content=content(headline="A"), typing="1"))
    assert Article.objects.values().get(pk=story.pk) == before
    assert Save.objects.count() == 1
    assert not Record.objects.exists()
    assert not Publication.objects.exists()


def test_a_tab_writes_over_its_own_copy_and_over_no_other(at_desk, story, clock):
    for name, headline in (("tab-1", "One"), ("tab-2", "Two"), ("tab-1", "Three")):
        told(beat(at_desk, story, names=name, content=content(headline=headline)))
        clock.shift(2)
    assert list(TypedCopy.objects.values_list("headline", flat=True)) == ["Three", "Two"]


def test_what_goes_on_with_a_copy_takes_its_place(at_desk, story, clock):
    told(beat(at_desk, story, names="old", content=content(headline="One")))
    told(beat(at_desk, story, names="new old", content=content(headline="One and more")))
    assert list(TypedCopy.objects.values_list("name", flat=True)) == ["new"]


def test_a_copy_that_is_again_what_was_opened_goes(at_desk, story, clock):
    told(beat(at_desk, story, content=content(headline="One")))
    clock.shift(5)
    assert told(beat(at_desk, story, same="1"))["kept"] is None
    assert not TypedCopy.objects.exists()


def test_saving_the_form_takes_its_copies_along(at_desk, story):
    for name in ("tab-1", "old", "other"):
        told(beat(at_desk, story, names=name, content=content(headline="A")))
    desk.save(at_desk, story, headline="A", copy="tab-1 old")
    assert list(TypedCopy.objects.values_list("name", flat=True)) == ["other"]
    # What was on its way while the form was saved comes too late.
    told(beat(at_desk, story, content=content(headline="A")))
    assert TypedCopy.objects.count() == 1


def test_a_refused_form_keeps_its_copy(at_desk, story):
    told(beat(at_desk, story, content=content(headline="")))
    assert desk.save(at_desk, story, headline="", copy="tab-1").status_code == 200
    assert TypedCopy.objects.exists()


def test_before_the_story_exists_the_copy_belongs_to_the_form_and_then_to_the_story(
    at_desk, reporting, section
):
    form_id = str(uuid4())
    told(beat(at_desk, form_id=form_id, content=content(headline="New")))
    told(beat(at_desk, names="other", form_id=form_id, content=content(headline="Newer")))
    offered = at_desk.get(f"{PAGE}add/").context["typed_copies"]
    assert {offer["headline"] for offer in offered} == {"New", "Newer"}
    assert reporting.get(f"{PAGE}add/").context["typed_copies"] == []
    desk.save(at_desk, headline="New", form_id=form_id, copy="tab-1")
    story = Article.objects.get()
    assert TypedCopy.objects.get().article == story
    assert at_desk.get(f"{PAGE}add/").context["typed_copies"] == []
    # A tab in which the form of a new story is still open.
    told(beat(at_desk, names="late", form_id=form_id, content=content(headline="Late")))
    assert TypedCopy.objects.get(name="late").article == story


def test_a_version_has_copies_of_its_own(at_desk, story):
    told(beat(at_desk, story, edits="2", content=content(headline="Of version 2")))
    assert at_desk.get(desk.page("change", story.pk)).context["typed_copies"] == []
    assert TypedCopy.objects.get().edits == "2"


def test_a_copy_is_compared_with_what_is_saved(at_desk, story):
    typed = content(headline="Boats are home", genre="report", body="<p>New</p>", version="1")
    told(beat(at_desk, story, content=typed))
    page = at_desk.get(f"{PAGE}copies/{TypedCopy.objects.get().pk}/")
    words = desk.text(page)
    assert "You typed this at 21:04:07 on Saturday, 28/11/2026, and did not save it." in words
    assert "Headline Boats [removed: come ] [added: are ] home" in words
    assert "Added [added: New ]" in words
    assert f"{desk.page('change', story.pk)}#copy=" in page.content.decode()


def test_a_copy_of_a_new_story_is_shown_too(at_desk, section):
    told(beat(at_desk, form_id=str(uuid4()), content=content(headline="New", body="<p>Words</p>")))
    words = desk.text(at_desk.get(f"{PAGE}copies/{TypedCopy.objects.get().pk}/"))
    assert "The story has not been saved yet." in words
    assert "[added: Words ]" in words


def test_a_copy_is_deleted_when_its_person_says_so(at_desk, reporting, story):
    told(beat(at_desk, story, content=content(headline="A")))
    reporting.post(f"{PAGE}copies/drop/", {"names": "tab-1"})
    assert TypedCopy.objects.exists()
    answer = at_desk.post(
        f"{PAGE}copies/drop/", {"names": "tab-1"}, headers={"Accept": "text/html"}
    )
    assert answer.headers["Location"] == desk.page("change", story.pk)
    assert not TypedCopy.objects.exists()


def test_who_may_not_change_the_story_any_more_keeps_what_they_typed(reporting, story, reporter):
    workflow.submit(story, by=reporter)
    answer = told(beat(reporting, story, content=content(headline="Late")))
    assert answer["closed"] == "You can no longer edit this story."
    assert answer["people"] == []
    assert not Presence.objects.exists()
    page = reporting.get(f"{PAGE}copies/{TypedCopy.objects.get().pk}/")
    assert "Copy what you need from below" in desk.text(page)
    assert "Go on with it" not in desk.text(page)


def test_copies_go_with_their_story(at_desk, story):
    told(beat(at_desk, story, content=content(headline="A"), form_id=str(story.form_id)))
    history.forget(story)
    assert not TypedCopy.objects.exists()
    told(beat(at_desk, story, content=content(headline="A")))
    story.delete()
    assert not TypedCopy.objects.exists()
    assert not Presence.objects.exists()


def test_a_story_that_is_gone_or_hidden_is_said_to_be_gone(at_desk, story, other_reporter, clock):
    hidden = beat(desk.log_in(Client(), other_reporter), story, content=content(headline="A"))
    pk = story.pk
    story.delete()
    missing = at_desk.post(BEAT, {"names": "a", "story": pk, "content": content(headline="A")})
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert hidden.content == missing.content
    assert not TypedCopy.objects.exists()


def test_old_copies_go_when_somebody_saves(at_desk, story, editor, clock):
    told(beat(at_desk, story, names="old", content=content(headline="Old")))
    clock.shift(29 * 24 * 3600)
    # Nobody's session lasts so long.
    at_desk.force_login(editor)
    told(beat(at_desk, story, names="young", content=content(headline="Young")))
    clock.shift(2 * 24 * 3600)
    desk.save(at_desk, story, headline="A", copy="tab")
    assert list(TypedCopy.objects.values_list("name", flat=True)) == ["young"]


def test_a_person_has_so_many(at_desk, clock, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_COPIES", 3)
    for number in range(5):
        clock.shift(1)
        told(beat(at_desk, names=f"tab-{number}", content=content(headline=str(number))))
    assert set(TypedCopy.objects.values_list("headline", flat=True)) == {"2", "3", "4"}


def test_a_text_that_is_too_long_is_refused_in_a_sentence(at_desk, story, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_COPY", 1000)
    answer = beat(at_desk, story, content=content(headline="đ" * 600))
    assert answer.status_code == 413
    assert "this browser does" in answer.json()["error"]
    assert not TypedCopy.objects.exists()


def test_copies_come_no_faster_than_they_should(at_desk, story, clock):
    told(beat(at_desk, story, content=content(headline="One")))
    assert beat(at_desk, story, content=content(headline="Two")).status_code == 429
    told(beat(at_desk, names="new", content=content(headline="One")))
    assert beat(at_desk, names="new", content=content(headline="Two")).status_code == 429
    # The last words of a tab that closes come whenever they come.
    told(beat(at_desk, story, content=content(headline="Three"), leaves="1"))
    assert TypedCopy.objects.get(name="tab-1").headline == "Three"
    clock.shift(1)
    told(beat(at_desk, story, content=content(headline="Four")))
    # A clock that was set back stops nobody.
    clock.shift(-3600)
    told(beat(at_desk, story, content=content(headline="Five")))


@pytest.mark.parametrize(
    "forged",
    [
        {"names": ""},
        {"names": "a/b"},
        {"names": "\0"},
        {"names": "x" * 65},
        {"story": "9" * 30},
        {"story": "x"},
        {"form_id": "x"},
        {"edits": "-1"},
        {"edits": "٣"},
        {"version": "9" * 30},
        {"content": "x"},
        {"content": "[]"},
        {"content": '{"fields": [["a"]], "files": []}'},
        {"content": '{"fields": [["a", 1]], "files": []}'},
        {"content": '{"fields": [], "files": [7]}'},
        {"content": "[" * 100_000},
        {"content": "\0"},
    ],
)
def test_what_no_page_sends_is_refused(at_desk, story, forged):
    sent = {"names": "tab-1", "story": story.pk, "content": content(headline="A")} | forged
    answer = at_desk.post(BEAT, sent)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert not TypedCopy.objects.exists()


@pytest.mark.parametrize("odd", ["\0", "\ud800", "\U0001f6a2", "</script>"])
def test_odd_letters_are_kept_as_far_as_a_database_holds_them(at_desk, story, odd):
    sent = json.dumps({"fields": [["headline", f"A{odd}B"]], "files": []})
    told(beat(at_desk, story, content=sent))
    kept = at_desk.get(f"{PAGE}copies/{TypedCopy.objects.get().pk}/fields/").json()
    (_name, value) = kept["content"]["fields"][0]
    assert value[0] + value[-1] == "AB"
    assert at_desk.get(desk.page("change", story.pk)).status_code == 200


def test_who_is_logged_out_or_has_no_role_is_told(client, without_role, story):
    assert beat(client, story).status_code == 401
    assert client.post(f"{PAGE}take-over/", {"story": story.pk}).status_code == 401
    client.force_login(without_role)
    assert beat(client, story).status_code == 403
    assert client.post(f"{PAGE}copies/drop/", {"names": "a"}).status_code == 403


# Who is there


def test_who_has_the_story_open_is_told_since_when_and_whether_they_type(
    at_desk, reporting, story, clock
):
    assert told(beat(reporting, story))["people"] == []
    clock.shift(60)
    told(beat(at_desk, story, names="tab-2", typing="1"))
    clock.shift(10)
    assert told(beat(reporting, story))["people"] == [
        "Bích Thủy (editor) has had this story open since 21:05, and is typing."
    ]
    clock.shift(20)
    assert told(beat(reporting, story))["people"] == [
        "Bích Thủy (editor) has had this story open since 21:05."
    ]
    assert told(beat(at_desk, story, names="tab-2"))["people"] == [
        "Minh Khuê (reporter) has had this story open since 21:04."
    ]
    clock.shift(100)
    assert told(beat(reporting, story))["people"] == []
    # Back after a while: since now.
    told(beat(at_desk, story, names="tab-2"))
    assert told(beat(reporting, story))["people"] == [
        "Bích Thủy (editor) has had this story open since 21:07."
    ]


def test_a_tab_that_closes_is_gone_at_once(at_desk, reporting, story):
    told(beat(at_desk, story, names="tab-2"))
    told(beat(at_desk, story, names="tab-2", leaves="1"))
    assert told(beat(reporting, story))["people"] == []


def test_two_tabs_of_one_person_are_one_person_and_oneself_is_told_apart(
    at_desk, reporting, story, clock
):
    for name in ("tab-2", "tab-3"):
        told(beat(at_desk, story, names=name))
        clock.shift(1)
    assert len(told(beat(reporting, story))["people"]) == 1
    answer = told(beat(at_desk, story, names="tab-2"))
    assert answer["people"][0] == "You have had this story open elsewhere, too, since 21:04."
    assert len(answer["people"]) == 2


def test_a_version_that_somebody_changes_is_named(at_desk, reporting, story):
    told(beat(at_desk, story, names="tab-2", edits="3"))
    assert told(beat(reporting, story))["people"] == [
        "Bích Thủy (editor) has been changing version 3 since 21:04."
    ]


def test_who_saved_meanwhile_is_told(at_desk, reporting, story):
    assert told(beat(reporting, story, version=1))["saved"] == ""
    desk.save(at_desk, story, lede="Now")
    saved = told(beat(reporting, story, version=1))["saved"]
    assert saved.startswith("Bích Thủy saved this story at 21:04:07 on Saturday")
    assert told(beat(reporting, story, version=2))["saved"] == ""


def test_a_take_over_tells_the_other_and_waits_for_nobody(at_desk, reporting, story, clock):
    told(beat(at_desk, story, names="tab-2"))
    answer = told(beat(reporting, story))
    assert answer["others"] is True
    clock.shift(60)
    taken = reporting.post(f"{PAGE}take-over/", {"story": story.pk})
    assert taken.json()["told"] == (
        "You took this story over at 21:05; Bích Thủy can read it in their form."
    )
    answer = told(beat(at_desk, story, names="tab-2", content=content(headline="Goes on")))
    assert answer["taken"].startswith("Minh Khuê took this story over at 21:05:07 on Saturday")
    assert answer["kept"]
    assert told(beat(reporting, story))["taken"] == ""
    # The other one takes it back.
    at_desk.post(f"{PAGE}take-over/", {"story": story.pk})
    assert told(beat(at_desk, story, names="tab-2"))["taken"] == ""
    assert told(beat(reporting, story))["taken"].startswith("Bích Thủy took this story over")
    # Who opens it anew starts anew.
    assert told(beat(reporting, story, names="tab-9"))["taken"] == ""


def test_who_sleeps_is_told_of_the_take_over_on_coming_back(at_desk, reporting, story, clock):
    told(beat(at_desk, story, names="tab-2"))
    clock.shift(3600)
    told(beat(reporting, story))
    taken = reporting.post(f"{PAGE}take-over/", {"story": story.pk})
    assert taken.json()["told"] == "Nobody else has this story open any more."
    assert told(beat(at_desk, story, names="tab-2"))["taken"]


@pytest.mark.parametrize("forged", ["", "x", "\0", "9" * 30, "0"])
def test_nothing_is_taken_over_that_is_none(at_desk, forged):
    assert at_desk.post(f"{PAGE}take-over/", {"story": forged}).status_code == 404


def test_nobody_takes_over_what_they_may_not_change(reporting, other_reporter, reporter, story):
    stranger = desk.log_in(Client(), other_reporter)
    hidden = stranger.post(f"{PAGE}take-over/", {"story": story.pk})
    missing = stranger.post(f"{PAGE}take-over/", {"story": 99_999})
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content
    workflow.submit(story, by=reporter)
    assert reporting.post(f"{PAGE}take-over/", {"story": story.pk}).status_code == 404


def test_a_beat_asks_the_database_little(
    at_desk, reporting, story, clock, django_assert_max_num_queries
):
    told(beat(reporting, story))
    told(beat(at_desk, story, names="tab-2"))
    clock.shift(5)
    # Who asks, and in which role, is asked of every request.
    who = 3
    with django_assert_max_num_queries(who + 4):
        told(beat(at_desk, story, names="tab-2", content=content(headline="A"), typing="1"))
    with django_assert_max_num_queries(who + 3):
        told(beat(at_desk, story, names="tab-2"))
    with django_assert_max_num_queries(who + 4):
        told(beat(at_desk, names="tab-4", content=content(headline="A"), form_id=str(uuid4())))


def test_presence_is_a_matter_of_time(story, editor, now):
    tab = Presence(article=story, user=editor, name="a", since=now, seen_at=now, typed_at=now)
    assert keeping.is_present(tab, now + keeping.PRESENT - timedelta(seconds=1))
    assert not keeping.is_present(tab, now + keeping.PRESENT)
    assert not keeping.is_typing(tab, now + keeping.TYPING)


# When something fails


def test_a_save_that_fails_leaves_the_copy(at_desk, story, monkeypatch):
    told(beat(at_desk, story, content=content(headline="Typed")))

    def fail(*args: object, **kwargs: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    at_desk.raise_request_exception = False
    with monkeypatch.context() as patched:
        patched.setattr(saving, "save_story", fail)
        assert desk.save(at_desk, story, headline="Typed", copy="tab-1").status_code == 507
    assert TypedCopy.objects.get().headline == "Typed"
    assert at_desk.get(desk.page("change", story.pk)).context["typed_copies"]


@pytest.mark.parametrize(
    ("error", "status"),
    [(OSError(errno.ENOSPC, "No space left"), 507), (OperationalError("locked"), 503)],
)
def test_a_copy_that_cannot_be_kept_is_answered_in_a_sentence(
    at_desk, story, monkeypatch, error, status
):
    def fail(*args: object, **kwargs: object) -> None:
        raise error

    at_desk.raise_request_exception = False
    monkeypatch.setattr(unsaved, "keep", fail)
    answer = beat(at_desk, story, content=content(headline="Typed"))
    assert answer.status_code == status
    assert answer.json()["error"]


def test_a_story_that_is_deleted_at_this_moment_is_gone(at_desk, story, monkeypatch):
    def fail(*args: object, **kwargs: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(unsaved, "keep", fail)
    assert beat(at_desk, story, content=content(headline="Typed")).status_code == 404
