"""Moments that are one press away on every page that asks for one, and written in one form."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Paper
from articles.publishing import workflow
from articles.rules.states import in_full
from tests import desk

pytestmark = pytest.mark.django_db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PAPER = "/admin/articles/paper/1/change/"


@pytest.fixture
def tomorrow() -> datetime:
    """Tomorrow's 00:00 by the paper's clocks."""
    local = timezone.localtime(timezone.now() + DAY, timezone.get_default_timezone())
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


@pytest.fixture
def at_desk(editor) -> Client:
    return desk.log_in(Client(), editor)


def typed(moment: datetime) -> str:
    return in_full(moment, timezone.get_default_timezone())


def quick(client: Client, address: str) -> list[str]:
    return re.findall(r'name="at_quick" value="([^"]+)"', client.get(address).content.decode())


def test_a_verbs_page_offers_the_papers_usual_times_and_the_last_one_used(
    at_desk, editor, draft, published, tomorrow
):
    paper = Paper.load()
    paper.slots = "04:45"
    paper.save()
    assert typed(tomorrow + 4.75 * HOUR) in quick(at_desk, desk.page("publish", draft.pk))
    workflow.publish(published, by=editor, at=tomorrow + 3 * HOUR, kind="correction", note="x")
    assert quick(at_desk, desk.page("publish", draft.pk))[0] == typed(tomorrow + 3 * HOUR)


def test_pressed_without_script_it_is_the_time_that_is_asked_about(at_desk, draft, tomorrow):
    address = desk.page("publish", draft.pk)
    six = typed(tomorrow + 6 * HOUR)
    asked = desk.ask(at_desk, address, at_quick=six)
    assert "goes live at 06:00 on" in desk.text(asked)
    assert not draft.publications.exists()
    form = desk.fields(asked, "data-asking")
    assert (form["when"], form["at"]) == (["at"], [six])
    at_desk.post(address, form)
    assert draft.publications.get().live_from == tomorrow + 6 * HOUR


def test_a_plan_is_moved_by_a_quick_time(at_desk, scheduled, tomorrow):
    address = desk.page("move", scheduled.pk, 1)
    assert at_desk.get(address).content.decode().count('name="at_quick"') >= 4
    asked = desk.ask(at_desk, address, at_quick=typed(tomorrow + 6 * HOUR))
    at_desk.post(address, desk.fields(asked, "data-asking"))
    assert scheduled.publications.get().live_from == tomorrow + 6 * HOUR


@pytest.mark.parametrize("forged", ["\0", "noon", "06:00", "06:00, 31/2/2027"])
def test_a_forged_quick_time_is_no_time(at_desk, draft, forged):
    asked = desk.ask(at_desk, desk.page("publish", draft.pk), at_quick=forged)
    assert asked.status_code == 200
    assert "Choose date and time." in desk.text(asked) or "\0" in forged
    assert not draft.publications.exists()


@pytest.mark.parametrize("form", ["{:%H:%M, %d/%m/%Y}", "{:%Y-%m-%dT%H:%M}", "{:%d/%m/%Y %Hh%M}"])
def test_a_moment_is_taken_in_each_form(at_desk, draft, tomorrow, form):
    six = tomorrow + 6 * HOUR
    asked = desk.ask(at_desk, desk.page("publish", draft.pk), when="at", at=form.format(six))
    assert "goes live at 06:00 on" in desk.text(asked)


def test_the_usual_times_are_a_fact_of_the_paper(managing_editor):
    client = desk.log_in(Client(), managing_editor)
    sent = desk.fields(client.get(PAPER), "paper_form")
    assert sent["slots"] == ["05:30, 06:00, 11:00, 17:00"]
    assert client.post(PAPER, {**sent, "slots": "17h, 5:00; 17:00"}).status_code == 302
    assert Paper.load().slots == "05:00, 17:00"
    refused = client.post(PAPER, {**sent, "slots": "noon"})
    assert "“noon” is no time of day." in desk.text(refused)
    assert client.post(PAPER, {**sent, "slots": ""}).status_code == 302
    assert Paper.load().usual_times == []
