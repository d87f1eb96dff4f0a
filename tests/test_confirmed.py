"""What an editor has read and confirmed is what happens; where something has changed, they are asked
again and told who changed what."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone, translation

from articles.models import Article, Publication, Record
from articles.publishing import rendering, saving, workflow
from articles.rules.states import in_full
from media.models import Image
from tests import desk

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def wall(moment) -> str:
    """A moment as a time picker sends it."""
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M:%S")


def said(moment) -> str:
    """A moment as a field of the desk shows it."""
    return in_full(moment, timezone.get_default_timezone())


def desk_of(user) -> Client:
    return desk.log_in(Client(), user)


@pytest.fixture
def at_desk(editor):
    return desk_of(editor)


@pytest.fixture
def at_colleagues_desk(managing_editor):
    return desk_of(managing_editor)


@pytest.fixture
def tomorrow(now):
    return (now + DAY).replace(second=0)


def read(client: Client, address: str, **chosen: object) -> dict:
    """Choose on a verb's page, and read what will happen: the form, ready to be confirmed."""
    return desk.fields(desk.ask(client, address, **chosen), "data-asking")


def as_it_is_written(monkeypatch, what) -> None:
    """Let something happen once between the press of the button and the locking of the story."""
    render, waiting = rendering.render, [what]

    def rendered(content):
        if waiting:
            waiting.pop()()
        return render(content)

    monkeypatch.setattr(rendering, "render", rendered)


def save(story: Article, by, headline: str) -> None:
    saved = Article.objects.get(pk=story.pk)
    saved.headline = headline
    saving.save_story(saved, by=by)


# Between the reading and the press


def test_a_colleagues_save_is_not_published_under_my_name(at_desk, draft, reporter, monkeypatch):
    address = desk.page("publish", draft.pk)
    confirmed = desk.fields(at_desk.get(address), "data-asking")
    as_it_is_written(monkeypatch, lambda: save(draft, reporter, "Typed a moment ago"))
    again = at_desk.post(address, confirmed)
    assert not draft.publications.exists()
    words = desk.text(again)
    assert "Nothing was done yet." in words
    assert "Minh Khuê saved the text" in words
    at_desk.post(address, desk.fields(again, "data-asking"))
    assert draft.publications.get().headline == "Typed a moment ago"


def test_two_editors_who_confirm_different_moments_do_not_make_two_plans(
    at_desk, at_colleagues_desk, draft, tomorrow
):
    address = desk.page("publish", draft.pk)
    mine = read(at_desk, address, when="at", at=wall(tomorrow))
    theirs = read(at_colleagues_desk, address, when="at", at=wall(tomorrow + DAY))
    assert at_desk.post(address, mine).status_code == 302
    again = at_colleagues_desk.post(address, theirs)
    assert "saved the text" not in desk.text(again)
    assert [p.live_from for p in draft.publications.all()] == [tomorrow]
    assert "Bích Thủy: " in desk.text(again)
    assert "Nothing was done yet." in desk.text(again)


def test_two_editors_who_both_press_now_publish_once(at_desk, at_colleagues_desk, draft):
    address = desk.page("publish", draft.pk)
    forms = [
        desk.fields(client.get(address), "data-asking") for client in (at_desk, at_colleagues_desk)
    ]
    assert at_desk.post(address, forms[0]).status_code == 302
    again = at_colleagues_desk.post(address, forms[1])
    assert [(p.number, p.approved_by.username) for p in draft.publications.all()] == [(1, "editor")]
    assert "Bích Thủy: " in desk.text(again)


def test_one_confirmation_pressed_twice_is_done_once(at_desk, published, editor):
    save(published, editor, "Corrected")
    address = desk.page("publish", published.pk)
    confirmed = read(at_desk, address, kind="correction", note="There were eleven.")
    for _press in range(2):
        assert at_desk.post(address, confirmed).url == desk.page("change", published.pk)
    assert [p.number for p in published.publications.all()] == [1, 2]
    assert "done already" in desk.text(at_desk.get(desk.page("change", published.pk)))


def test_the_same_confirmation_in_two_tabs_is_done_once(at_desk, published, editor):
    save(published, editor, "Corrected")
    address = desk.page("publish", published.pk)
    tabs = [
        read(at_desk, address, kind="correction", note="There were eleven.") for _tab in range(2)
    ]
    assert at_desk.post(address, tabs[0]).status_code == 302
    again = at_desk.post(address, tabs[1])
    assert again.status_code == 200
    assert [p.number for p in published.publications.all()] == [1, 2]
    assert "Bích Thủy: " in desk.text(again)


@pytest.mark.parametrize("verb", ["submit", "duplicate"])
def test_any_other_button_pressed_twice_does_one_thing(reporter, draft, verb):
    client, address = desk_of(reporter), desk.page(verb, draft.pk)
    confirmed = desk.fields(client.get(address), "data-asking")
    assert client.post(address, confirmed).status_code == 302
    assert client.post(address, confirmed).url.startswith("/admin/articles/article/")
    assert Record.objects.filter(verb=verb).count() == 1
    assert Article.objects.count() == (2 if verb == "duplicate" else 1)


def test_handing_in_from_a_second_tab_is_answered_in_a_sentence(reporter, draft):
    client, address = desk_of(reporter), desk.page("submit", draft.pk)
    tabs = [desk.fields(client.get(address), "data-asking") for _tab in range(2)]
    client.post(address, tabs[0])
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "vi"
    answer = client.post(address, tabs[1])
    assert answer.status_code == 403
    with translation.override("vi"):
        assert "Minh Khuê" in desk.text(answer)
    assert desk.page("change", draft.pk) in answer.content.decode()
    assert "Forbidden" not in desk.text(answer)


def test_a_page_that_asked_less_says_what_has_changed(at_desk, at_colleagues_desk, draft):
    """Opened before a colleague published, it never asked for kind and note."""
    address = desk.page("publish", draft.pk)
    opened = desk.fields(at_desk.get(address), "data-asking")
    assert "kind" not in opened
    desk.confirm(at_colleagues_desk, address)
    draft.refresh_from_db()
    with time_machine.travel(draft.publications.get().live_from + timedelta(seconds=5)):
        again = at_desk.post(address, opened)
    assert not any("required" in error for each in desk.errors(again).values() for error in each)
    assert draft.publications.count() == 1


def test_what_has_begun_meanwhile_was_not_cancelled(at_desk, published, editor, publish_at, now):
    for n, hours in enumerate((1, 2)):
        save(published, editor, f"Update {n}")
        publish_at(Article.objects.get(pk=published.pk), now + timedelta(hours=hours))
    save(published, editor, "Now")
    address = desk.page("publish", published.pk)
    before = now + timedelta(minutes=59)
    with time_machine.travel(before):
        asked = desk.ask(at_desk, address, when="now")
        assert desk.text(asked).count("is cancelled") == 2
        confirmed = desk.fields(asked, "data-asking")
    with time_machine.travel(now + timedelta(hours=1, seconds=1)):
        again = at_desk.post(address, confirmed)
    assert "A scheduled time has come" in desk.text(again)
    assert [p.number for p in published.publications.all()] == [1, 2, 3]


@pytest.mark.parametrize(
    "change", [{"rights_until": True}, {"credit": "Somebody"}, {"alt_text": "Boats"}]
)
def test_a_pictures_rights_and_words_are_those_that_were_read(
    at_desk, editor, make_picture, make_story, now, monkeypatch, change
):
    image = make_picture(by=editor)
    story = make_story("With it", by=editor, body=f'<figure data-images="{image.pk}"></figure>')
    address = desk.page("publish", story.pk)
    confirmed = desk.fields(at_desk.get(address), "data-asking")
    change = {name: now + DAY if value is True else value for name, value in change.items()}
    as_it_is_written(monkeypatch, lambda: Image.objects.filter(pk=image.pk).update(**change))
    again = at_desk.post(address, confirmed)
    assert not story.publications.exists()
    assert again.status_code == 200


def test_what_only_informs_does_not_stop_what_was_confirmed(at_desk, editor, make_story, draft):
    """The page names a related story that is not on the site; that it is deleted changes nothing."""
    story = make_story("Another")
    address = desk.page("publish", story.pk)
    confirmed = desk.fields(at_desk.get(address), "data-asking")
    draft.delete()
    assert at_desk.post(address, confirmed).status_code == 302
    assert story.publications.exists()


def test_a_forged_mark_does_nothing(at_desk, draft):
    address = desk.page("publish", draft.pk)
    confirmed = desk.fields(at_desk.get(address), "data-asking")
    for forged in ("x", "", ".".join(["0" * 16] * 6), confirmed["seen"][0][:-1]):
        assert at_desk.post(address, confirmed | {"seen": forged}).status_code == 200
    assert not draft.publications.exists()


# What the page says


def steps(response) -> list[tuple[str, str]]:
    return [tuple(step) for step in response.context["answer"].course]


def test_an_end_that_an_update_outlives_is_not_announced_as_leaving(
    at_desk, published, editor, publish_at, now
):
    save(published, editor, "Update")
    six = (now + DAY).replace(minute=0, second=0)
    publish_at(Article.objects.get(pk=published.pk), six)
    address = desk.page("end", published.pk, 1)
    later = desk.ask(at_desk, address, end="at", until=wall(six + timedelta(hours=1)))
    assert [what for _when, what in steps(later)] == [
        "version 1, “On the site since yesterday”",
        "version 2, “Update”",
    ]
    earlier = desk.ask(at_desk, address, end="at", until=wall(six - timedelta(hours=1)))
    assert [what for _when, what in steps(earlier)] == [
        "version 1, “On the site since yesterday”",
        "nothing of this story",
        "version 2, “Update”",
    ]


def test_ending_with_the_rights_while_an_update_stays_says_that_it_stays(
    at_desk, editor, make_picture, make_story, publish_at, now
):
    rights_end = (now + 10 * DAY).replace(second=0)
    image = make_picture(by=editor, rights_until=rights_end)
    story = make_story("Without", by=editor)
    publish_at(story, now + 5 * DAY)
    story.refresh_from_db()
    story.body, story.headline = f'<figure data-images="{image.pk}"></figure>', "With"
    saving.save_story(story, by=editor)
    asked = desk.ask(
        at_desk, desk.page("publish", story.pk), when="now", waiting="keep", end="none"
    )
    assert [what for _when, what in steps(asked)] == [
        "nothing of this story",
        "this version (2), “With”",
        "version 3, “Without”",
    ]
    desk.confirm(at_desk, desk.page("publish", story.pk), when="now", waiting="keep", end="none")
    live = Publication.objects.live(at=rights_end + DAY).get(article=story)
    assert live.headline == "Without"


def test_an_unchanged_story_is_not_published_again(at_desk, published):
    address = desk.page("publish", published.pk)
    assert "Version 1 shows the same already" in desk.text(at_desk.get(address))
    desk.confirm(at_desk, address)
    assert published.publications.count() == 1
    with pytest.raises(workflow.WorkflowError) as refused:
        workflow.publish(published, by=published.publications.get().approved_by)
    assert refused.value.code == "unchanged"


def test_an_ended_story_may_be_published_again_unchanged(at_desk, withdrawn):
    desk.confirm(at_desk, desk.page("publish", withdrawn.pk))
    assert withdrawn.publications.count() == 2


# "Now" is not armed


def test_a_slip_mended_in_a_plan_goes_out_at_the_plans_own_time_and_end(
    at_desk, editor, draft, publish_at, now
):
    begins, until = (now + DAY).replace(second=0), (now + 2 * DAY).replace(second=0)
    publish_at(draft, begins, until=until)
    save(draft, editor, "Without the slip")
    page = at_desk.get(desk.page("publish", draft.pk))
    proposed = desk.fields(page, "data-asking")
    assert (proposed["when"], proposed["at"]) == (["at"], [said(begins)])
    assert (proposed["end"], proposed["until"]) == (["at"], [said(until)])
    assert at_desk.post(desk.page("publish", draft.pk), proposed).status_code == 302
    [plan] = draft.publications.all()
    assert (plan.headline, plan.live_from, plan.until) == ("Without the slip", begins, until)


def test_of_two_plans_the_page_proposes_the_last_ones_place(
    at_desk, editor, published, publish_at, now
):
    moments = [(now + n * DAY).replace(second=0) for n in (1, 2)]
    for n, moment in enumerate(moments):
        save(published, editor, f"Update {n}")
        publish_at(Article.objects.get(pk=published.pk), moment)
    save(published, editor, "Update 1, mended")
    desk.confirm(at_desk, desk.page("publish", published.pk))
    assert [p.headline for p in published.publications.all()] == [
        "On the site since yesterday",
        "Update 0",
        "Update 1, mended",
    ]


def test_a_story_that_no_reader_has_had_is_asked_for_no_kind(at_desk, scheduled, published):
    assert "kind" not in desk.fields(at_desk.get(desk.page("publish", scheduled.pk)), "data-asking")
    assert "kind" in desk.fields(at_desk.get(desk.page("publish", published.pk)), "data-asking")


def test_bringing_back_chooses_no_moment_by_itself_while_something_waits(
    at_colleagues_desk, editor, withdrawn, publish_at, now
):
    save(withdrawn, editor, "Again")
    publish_at(Article.objects.get(pk=withdrawn.pk), now + DAY)
    page = at_colleagues_desk.get(desk.page("bring_back", withdrawn.pk))
    assert "when" not in desk.fields(page, "data-asking")
    assert page.context["answer"] is None
