"""A search of any length is answered: what is too long is cut, and the page says so."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from articles.desk import searching
from media.text import fold
from tests import desk

pytestmark = pytest.mark.django_db

LISTS = [
    f"admin:{name}_changelist"
    for name in (
        "articles_article",
        "articles_author",
        "articles_category",
        "articles_record",
        "auth_user",
        "media_image",
    )
]
ASKED = [
    "admin:articles_article_find",
    "admin:articles_article_names",
    "admin:articles_pictures",
    "admin:media_image_photographers",
]
LONG = {
    "many words": " ".join(f"w{n}" for n in range(1500)),
    "one letter words": " ".join("abcdefghij" * 150),
    "one long word": "a" * 50_000,
    "many quotes": '"' * 3000,
    "many escapes": "%_\\" * 3000,
    "many marks": "a" + "\u0301" * 20_000,
    "letters that grow": "ß" * 5000,
}


@pytest.fixture
def at_desk(client, managing_editor):
    return desk.log_in(client, managing_editor)


@pytest.mark.parametrize("words", LONG.values(), ids=LONG)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_answers_and_says_that_the_search_is_cut(at_desk, name, words):
    response = at_desk.get(reverse(name), {"q": words})
    assert response.status_code == 200
    assert "The search is too long: only its first 20 words, or 200 letters" in desk.text(response)


@pytest.mark.parametrize("words", LONG.values(), ids=LONG)
@pytest.mark.parametrize("name", ASKED)
def test_what_scripts_ask_is_answered(at_desk, name, words):
    assert at_desk.get(reverse(name), {"q": words}).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_a_short_search_is_not_called_long(at_desk, name):
    response = at_desk.get(reverse(name), {"q": " Đà  Nẵng\u200b\0 "})
    assert response.status_code == 200
    assert "too long" not in desk.text(response)
    assert "Null" not in desk.text(response)
    assert "Đà Nẵng" in response.content.decode()


def test_the_first_words_are_looked_for_and_shown(at_desk, make_story):
    make_story("Hội đồng nhân dân họp")
    response = at_desk.get(reverse(desk.LIST), {"q": "hoi dong " * 10 + "nothing " * 1000})
    assert "Hội đồng nhân dân họp" in desk.text(response)
    assert f'value="{"hoi dong " * 9}hoi dong"' in response.content.decode()


def test_twenty_words_find_the_pictures_that_hold_them_all(at_desk, make_picture):
    words = " ".join(f"word{n}" for n in range(20))
    image = make_picture(caption=words)
    found = at_desk.get(reverse("admin:articles_pictures"), {"q": words}).json()["pictures"]
    assert [each["id"] for each in found] == [image.pk]


@given(st.text())
def test_what_is_wanted_is_short_and_settled(typed):
    words = searching.wanted(typed)
    assert len(words) <= searching.MAX_LETTERS
    assert len(fold(words).split()) <= searching.MAX_WORDS
    assert searching.wanted(words) == words
    assert searching.is_cut(typed) or words.split() == searching.wanted(typed + " ").split()
    assert not searching.is_cut(words)
