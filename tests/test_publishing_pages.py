"""Publishing in the desk: each verb's page says what will happen, asks, and only then does it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Record
from articles.publishing import saving
from articles.rules.content import ContentLink
from articles.rules.permissions import Stage
from articles.rules.timing import soon
from tests import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_desk(client, editor):
    return desk.log_in(client, editor)


@pytest.fixture
def at_managing_desk(client, managing_editor):
    return desk.log_in(client, managing_editor)


def wall(moment) -> str:
    """A moment as a time picker sends it."""
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M:%S")


@pytest.fixture
def tomorrow(now):
    return (now + timedelta(days=1)).replace(second=0)


def test_the_page_says_what_will_happen_before_anything_is_chosen(at_desk, draft):
    words = desk.text(at_desk.get(desk.page("publish", draft.pk)))
    assert f"“{draft.headline}” goes live within seconds." in words
    assert "Now nothing of this story Within seconds this version (1)" in words
    assert not draft.publications.exists()


def test_publishing_now_takes_one_press_after_reading(at_desk, draft):
    address = desk.page("publish", draft.pk)
    before = timezone.now()
    response = desk.ask(at_desk, address)
    publication = draft.publications.get()
    assert response.url == desk.page("change", draft.pk)
    assert publication.live_from >= soon(before)
    assert publication.live_from - before < timedelta(seconds=30)
    page = at_desk.get(response.url)
    assert publication.get_absolute_url() in page.content.decode()
    assert 'data-countdown="' in page.content.decode()


def test_a_time_is_asked_about_before_it_is_planned(at_desk, draft, tomorrow):
    address = desk.page("publish", draft.pk)
    asked = desk.ask(at_desk, address, when="at", at=wall(tomorrow))
    assert not draft.publications.exists()
    words = desk.text(asked)
    assert timezone.localtime(tomorrow).strftime("From %H:%M on %A, ") in words
    response = at_desk.post(address, desk.fields(asked, "data-asking"))
    assert draft.publications.get().live_from == tomorrow
    assert 'data-countdown="' not in at_desk.get(response.url).content.decode()


def test_a_time_typed_beside_now_is_not_overlooked(at_desk, draft, tomorrow):
    desk.ask(at_desk, desk.page("publish", draft.pk), at=wall(tomorrow))
    assert not draft.publications.exists()


def test_a_text_saved_meanwhile_is_asked_about_again(at_desk, editor, draft):
    address = desk.page("publish", draft.pk)
    read = desk.fields(at_desk.get(address), "data-asking")
    draft.headline = "Another headline"
    saving.save_story(draft, by=editor)
    response = at_desk.post(address, read)
    assert not draft.publications.exists()
    assert "Another headline" in desk.text(response)


def test_an_end_is_said_and_kept(at_desk, draft, tomorrow):
    until = tomorrow + timedelta(hours=2)
    address = desk.page("publish", draft.pk)
    asked = desk.ask(at_desk, address, when="at", at=wall(tomorrow), end="at", until=wall(until))
    assert timezone.localtime(until).strftime("From %H:%M on %A, ") in desk.text(asked)
    at_desk.post(address, desk.fields(asked, "data-asking"))
    assert draft.publications.get().until == until


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"when": "at", "at": "2020-01-01T06:00"}, "at"),
        ({"when": "at", "at": ""}, "at"),
        ({"when": "at", "at": "tomorrow"}, "at"),
        ({"when": "at", "at": "9999-12-31T23:59"}, "at"),
        ({"when": "at", "at": "2026-02-30T06:00"}, "at"),
        ({"end": "at", "until": ""}, "until"),
        ({"end": "at", "until": "2020-01-01T06:00"}, "until"),
        (
            {"when": "at", "at": "2150-01-01T06:00", "end": "at", "until": "2150-01-01T05:00"},
            "until",
        ),
        ({"when": "sometime"}, "when"),
    ],
)
def test_an_impossible_time_gets_a_sentence_at_its_field(at_desk, draft, chosen, field):
    response = desk.ask(at_desk, desk.page("publish", draft.pk), **chosen)
    assert set(desk.errors(response)) == {field}
    assert not draft.publications.exists()
    if "at" in chosen and chosen.get("when") == "at":
        assert desk.fields(response, "data-asking")["at"] == [chosen["at"]]


@pytest.mark.parametrize("wall_time", ["2027-03-28T02:30", "2027-10-31T02:30"])
def test_a_time_that_the_clocks_skip_or_show_twice_is_refused(at_desk, draft, settings, wall_time):
    settings.TIME_ZONE = "Europe/Berlin"
    response = desk.ask(at_desk, desk.page("publish", draft.pk), when="at", at=wall_time)
    assert "Europe/Berlin" in desk.errors(response)["at"][0]


def test_an_update_says_what_readers_have_now(at_desk, editor, published):
    published.headline = "What it is called now"
    saving.save_story(published, by=editor)
    words = desk.text(at_desk.get(desk.page("publish", published.pk)))
    assert (
        "Now version 1, “On the site since yesterday” "
        "Within seconds this version (2), “What it is called now”" in words
    )


def test_a_correction_needs_a_note(at_desk, published):
    address = desk.page("publish", published.pk)
    assert set(desk.errors(desk.ask(at_desk, address, kind="correction"))) == {"note"}
    asked = desk.ask(at_desk, address, kind="correction", note="There were eleven boats.")
    assert "as a correction. There were eleven boats." in desk.text(asked)
    at_desk.post(address, desk.fields(asked, "data-asking"))
    newest = published.publications.last()
    assert (newest.kind, newest.note) == ("correction", "There were eleven boats.")


def test_waiting_changes_are_named_before_they_are_cancelled(at_desk, scheduled):
    address = desk.page("publish", scheduled.pk)
    words = desk.text(desk.ask(at_desk, address, when="now"))
    assert "is cancelled" in words
    desk.confirm(at_desk, address, when="now")
    assert [p.number for p in scheduled.publications.all()] == [2]


def test_waiting_changes_can_be_kept(at_desk, scheduled):
    address = desk.page("publish", scheduled.pk)
    asked = desk.ask(at_desk, address, when="now", waiting="keep")
    assert "is cancelled" not in desk.text(asked)
    assert "shows this same text" in desk.text(asked)
    at_desk.post(address, desk.fields(asked, "data-asking"))
    assert [p.number for p in scheduled.publications.all()] == [2, 3]


def test_a_related_story_that_is_not_live_by_then_is_named(at_desk, editor, make_story, draft):
    story = make_story("Linking", links=[ContentLink(target_id=draft.pk)])
    words = desk.text(at_desk.get(desk.page("publish", story.pk)))
    assert f"The related story “{draft.headline}” is not on the site" in words


@pytest.mark.parametrize("verb", ["publish", "submit"])
def test_pictures_without_alt_text_are_counted_and_led_to(client, at_desk, forum_report, verb):
    if verb == "submit":
        desk.log_in(client, forum_report.owner)
    asked = client.get(desk.page(verb, forum_report.pk))
    assert "7 pictures have no alt text yet" in desk.text(asked)
    described = client.get(asked.context["pictures_address"])
    assert len(described.context["pictures"]) == 7
    assert described.context["next"] == desk.page(verb, forum_report.pk)


def test_a_story_with_all_its_words_leads_to_no_pictures(at_desk, draft):
    page = at_desk.get(desk.page("publish", draft.pk))
    assert page.context["pictures_address"] == ""
    assert "Describe these pictures" not in desk.text(page)


@pytest.mark.parametrize(("choice", "shown"), [("end", 1), ("leave_out", 2)])
def test_the_end_of_a_pictures_rights_is_said_and_decided(
    at_desk, editor, make_picture, make_story, now, choice, shown
):
    rights_end = (now + timedelta(days=10)).replace(second=0)
    image = make_picture(by=editor, rights_until=rights_end)
    figure = f'<figure data-images="{image.pk}"></figure>'
    story = make_story("With rights", by=editor, body=f"<p>Text</p>{figure}")
    address = desk.page("publish", story.pk)
    assert "The usage rights of a picture end" in desk.text(at_desk.get(address))
    desk.confirm(at_desk, address, rights_end=choice)
    publications = story.publications.all()
    assert len(publications) == shown
    assert publications[0].live_until == rights_end


def test_a_picture_whose_rights_are_over_is_named(at_desk, editor, make_picture, make_story, now):
    image = make_picture(by=editor, rights_until=now - timedelta(days=1))
    figure = f'<figure data-images="{image.pk}"></figure>'
    story = make_story("Without rights", by=editor, body=figure)
    response = at_desk.get(desk.page("publish", story.pk))
    assert "The usage rights of these pictures end" in desk.text(response)
    desk.ask(at_desk, desk.page("publish", story.pk))
    assert not story.publications.exists()


def test_a_picture_without_a_credit_is_refused_where_the_paper_wants_one(
    at_desk, editor, paper, make_picture, make_story
):
    paper.credit_required = True
    paper.save()
    image = make_picture(by=editor)
    story = make_story("Uncredited", body=f'<figure data-images="{image.pk}"></figure>', by=editor)
    address = desk.page("publish", story.pk)
    refused = at_desk.get(address)
    assert "no credit line yet" in desk.text(refused)
    there = refused.context["pictures_address"]
    assert f'href="{there.replace("&", "&amp;")}"' in refused.content.decode()

    filled = {"ids": image.pk, "next": address, "credit": "Minh Khuê"}
    seen = at_desk.post(there, filled).context["seen"]
    back = at_desk.post(there, filled | {"seen": seen})
    assert back.url == address
    assert "goes live" in desk.text(at_desk.get(address))


def test_a_story_without_a_section_is_refused_with_a_sentence(at_desk, make_story):
    story = make_story("No section", section=None)
    address = desk.page("publish", story.pk)
    assert "no section yet" in desk.text(at_desk.get(address))
    assert "no section yet" in desk.text(at_desk.post(address, {"when": "now", "end": "none"}))
    assert not story.publications.exists()


def test_a_plan_is_moved(at_desk, scheduled, now):
    address = desk.page("move", scheduled.pk, 1)
    later = (now + timedelta(days=3)).replace(second=0)
    asked = desk.ask(at_desk, address, at=wall(later))
    assert "instead of" in desk.text(asked)
    at_desk.post(address, desk.fields(asked, "data-asking"))
    assert scheduled.publications.get().live_from == later


def test_a_plan_is_taken_back(at_desk, scheduled):
    address = desk.page("cancel", scheduled.pk, 1)
    assert "does not go live" in desk.text(at_desk.get(address))
    desk.ask(at_desk, address)
    assert not scheduled.publications.exists()


def test_a_plan_that_is_gone_leads_back_with_a_sentence(at_desk, scheduled):
    response = at_desk.get(desk.page("cancel", scheduled.pk, 7), follow=True)
    assert response.redirect_chain[-1][0] == desk.page("change", scheduled.pk)
    assert "Version 7 is gone" in desk.text(response)


def test_what_has_begun_is_not_moved(at_desk, published, tomorrow):
    response = desk.ask(at_desk, desk.page("move", published.pk, 1), at=wall(tomorrow))
    assert "has gone live" in desk.text(response)


def test_a_live_story_gets_an_end(at_desk, published, tomorrow):
    address = desk.page("end", published.pk, 1)
    asked = desk.ask(at_desk, address, end="at", until=wall(tomorrow))
    assert "expires" in desk.text(asked)
    at_desk.post(address, desk.fields(asked, "data-asking"))
    assert published.publications.get().until == tomorrow


def test_withdrawing_and_bringing_back(at_managing_desk, published, withdrawn):
    desk.confirm(at_managing_desk, desk.page("withdraw", published.pk), note="A mistake")
    assert published.publications.get().live_until is not None
    desk.confirm(at_managing_desk, desk.page("bring_back", withdrawn.pk))
    assert withdrawn.publications.count() == 2
    assert "A mistake" in desk.text(at_managing_desk.get(desk.page("change", published.pk)))


def test_a_draft_cannot_be_withdrawn_or_brought_back(at_managing_desk, draft):
    for verb in ("withdraw", "bring_back"):
        response = desk.confirm(at_managing_desk, desk.page(verb, draft.pk))
        assert response.status_code == 200
    assert not Record.objects.exists()


def test_an_editor_sends_a_story_back_and_its_reporter_reads_why(at_desk, client, draft, reporter):
    draft.stage = Stage.SUBMITTED
    draft.save()
    desk.confirm(at_desk, desk.page("send_back", draft.pk), note="Who said this?")
    desk.log_in(client, reporter)
    response = client.get(desk.page("change", draft.pk))
    assert "Who said this?" in desk.text(response)
    assert desk.fields(response)["headline"] == [draft.headline]


def test_a_reporter_hands_in(client, reporter, draft):
    desk.log_in(client, reporter)
    desk.confirm(client, desk.page("submit", draft.pk))
    draft.refresh_from_db()
    assert draft.stage == Stage.SUBMITTED


def test_a_duplicate_is_a_draft_of_ones_own(client, reporter, forum_report):
    desk.log_in(client, reporter)
    response = desk.confirm(client, desk.page("duplicate", forum_report.pk))
    copy = Article.objects.latest("pk")
    assert response.url == desk.page("change", copy.pk)
    assert (copy.body, copy.owner, copy.stage) == (forum_report.body, reporter, Stage.DRAFT)
    assert copy.related_links.count() == 2


@pytest.mark.parametrize(
    "verb", ["publish", "withdraw", "bring_back", "send_back", "submit", "duplicate"]
)
def test_a_reporter_may_not_publish(client, reporter, published, verb):
    desk.log_in(client, reporter)
    expected = 200 if verb == "duplicate" else 403
    assert client.get(desk.page(verb, published.pk)).status_code == expected
    assert client.post(desk.page(verb, published.pk)).status_code == expected


def test_an_editor_may_not_withdraw_unless_the_paper_lets_them(at_desk, published, settings):
    address = desk.page("withdraw", published.pk)
    assert at_desk.get(address).status_code == 403
    settings.EDITORS_WITHDRAW = True
    assert at_desk.get(address).status_code == 200


def test_the_storys_page_says_who_published_what_when(at_desk, corrected):
    words = desk.text(at_desk.get(desk.page("change", corrected.pk)))
    assert "2. Correction" in words
    assert "there were eleven" in words
    assert "Bích Thủy: scheduled (2)" in words


def test_the_preview_shows_an_unfinished_draft_in_the_sites_template(client, reporter, make_story):
    desk.log_in(client, reporter)
    story = make_story("Unfinished", section=None, body="<p>So far</p>")
    response = client.get(desk.page("preview", story.pk))
    assert '<article class="story' in response.content.decode()
    assert "So far" in desk.text(response)
