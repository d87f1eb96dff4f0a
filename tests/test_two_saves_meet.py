"""Two people save one story: each part of both texts is there to be taken, and nothing is lost."""

import pytest
from django.test import Client

from articles.models import Article
from articles.publishing import saving
from tests import desk

A = "<p>Ten boats came home at six in the evening.</p>"
B = "<p>Nobody was hurt, says the harbour master.</p>"
C = "<p>Tomorrow they leave again for the north.</p>"


@pytest.fixture
def at_desk(editor) -> Client:
    return desk.log_in(Client(), editor)


@pytest.fixture
def story(make_story) -> Article:
    return make_story("Boats come home", body=A + B + C)


@pytest.fixture
def opened(at_desk, story) -> dict:
    """The form as the editor opened it."""
    return desk.filled(at_desk.get(desk.page("change", story.pk)))


def saved(story: Article, by, **fields: str) -> None:
    story = Article.objects.get(pk=story.pk)
    for name, value in fields.items():
        setattr(story, name, value)
    saving.save_story(story, by=by)


def meet(client: Client, story: Article, form: dict):
    """Save, and be told that somebody else has."""
    response = client.post(desk.page("change", story.pk), form)
    assert response.status_code == 200
    return response


def choose(client: Client, story: Article, response, **chosen: str):
    form = desk.fields(response) | {"_meet": "1"}
    form |= {f"take-{name.replace('_', '-', 1)}": value for name, value in chosen.items()}
    return client.post(desk.page("change", story.pk), form)


def test_what_each_changed_by_itself_is_chosen_already_and_saved_together(
    at_desk, story, opened, reporter
):
    saved(story, reporter, body=A + B.replace("harbour", "old harbour") + C, lede="Their lede")
    typed = opened | {"headline": "My headline", "body": A.replace("Ten", "Twelve") + B + C}
    response = meet(at_desk, story, typed)
    words = desk.text(response)
    assert "Saved by Minh Khuê" in words
    assert "Save what is chosen" in words

    assert choose(at_desk, story, response).status_code == 302
    story.refresh_from_db()
    assert story.headline == "My headline"
    assert story.lede == "Their lede"
    assert story.body == A.replace("Ten", "Twelve") + B.replace("harbour", "old harbour") + C


def test_where_both_changed_the_same_one_chooses(at_desk, story, opened, reporter):
    saved(story, reporter, headline="Their headline", body=A.replace("Ten", "Eleven") + B + C)
    typed = opened | {"headline": "My headline", "body": A.replace("Ten", "Twelve") + B + C}
    response = meet(at_desk, story, typed)
    assert "both changed this" in desk.text(response)

    again = choose(at_desk, story, response)
    assert "Choose one for each difference" in desk.text(again)
    assert desk.fields(again)["body"] == [A.replace("Ten", "Twelve") + B + C]

    done = choose(at_desk, story, again, headline="theirs", body_0="both")
    assert done.status_code == 302
    story.refresh_from_db()
    assert story.headline == "Their headline"
    assert story.body == A.replace("Ten", "Eleven") + A.replace("Ten", "Twelve") + B + C


@pytest.mark.parametrize(("side", "kept"), [("mine", "Twelve"), ("theirs", "Eleven")])
def test_either_text_can_be_taken(at_desk, story, opened, reporter, side, kept):
    saved(story, reporter, body=A.replace("Ten", "Eleven") + B + C)
    response = meet(at_desk, story, opened | {"body": A.replace("Ten", "Twelve") + B + C})
    choose(at_desk, story, response, body_0=side)
    story.refresh_from_db()
    assert story.body == A.replace("Ten", kept) + B + C


def test_what_was_chosen_already_can_be_chosen_otherwise(at_desk, story, opened, reporter):
    saved(story, reporter, body=A + B)
    response = meet(at_desk, story, opened | {"headline": "My headline"})
    choose(at_desk, story, response, body_2="mine", headline="theirs")
    story.refresh_from_db()
    assert (story.headline, story.body) == ("Boats come home", A + B + C)


def test_a_third_save_meanwhile_is_met_again(at_desk, story, opened, reporter):
    saved(story, reporter, lede="Their lede")
    response = meet(at_desk, story, opened | {"headline": "My headline"})
    saved(story, reporter, lede="Their second lede")
    again = choose(at_desk, story, response)
    assert again.status_code == 200
    assert "Their second lede" in desk.text(again)
    assert choose(at_desk, story, again).status_code == 302
    story.refresh_from_db()
    assert (story.headline, story.lede) == ("My headline", "Their second lede")


def test_typing_on_below_is_not_lost_by_choosing(at_desk, story, opened, reporter):
    saved(story, reporter, lede="Their lede")
    response = meet(at_desk, story, opened | {"headline": "My headline"})
    form = desk.fields(response) | {"_meet": "1", "byline": "Theo TTXVN"}
    again = at_desk.post(desk.page("change", story.pk), form)
    assert "The text below has changed since." in desk.text(again)
    assert desk.fields(again)["byline"] == ["Theo TTXVN"]
    assert choose(at_desk, story, again).status_code == 302
    story.refresh_from_db()
    assert (story.byline, story.lede) == ("Theo TTXVN", "Their lede")


def test_other_fields_meet_too(at_desk, story, opened, reporter):
    saved(story, reporter, section=None)
    response = meet(at_desk, story, opened | {"byline": "Theo TTXVN", "genre": "photo"})
    assert choose(at_desk, story, response).status_code == 302
    story.refresh_from_db()
    assert (story.byline, story.genre, story.section) == ("Theo TTXVN", "photo", None)


def test_forged_choices_save_nothing(at_desk, story, opened, reporter):
    saved(story, reporter, headline="Their headline")
    response = meet(at_desk, story, opened | {"headline": "My headline"})
    for value in ("", "both", "\0", "x" * 999):
        again = choose(at_desk, story, response, headline=value)
        assert again.status_code == 200
    story.refresh_from_db()
    assert story.headline == "Their headline"


def test_pictures_of_both_are_there(at_desk, story, opened, editor, make_picture):
    mine, theirs = make_picture(by=editor), make_picture(by=editor)
    figure = '<figure data-images="{}"></figure>'
    saved(story, editor, body=A + figure.format(theirs.pk) + B + C)
    typed = opened | {"body": A + B + C + figure.format(mine.pk)}
    choose(at_desk, story, meet(at_desk, story, typed))
    story.refresh_from_db()
    assert story.body == A + figure.format(theirs.pk) + B + C + figure.format(mine.pk)
    assert story.captions.count() == 2
