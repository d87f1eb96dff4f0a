"""A form whose token or login is over is not lost: its text is shown, and can be sent again."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from articles.models import Article, Category
from tests import desk
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

HERE = {"HTTP_ACCEPT": "text/html", "HTTP_ORIGIN": "http://testserver"}
ELSEWHERE = HERE | {"HTTP_ORIGIN": "https://evil.example"}
SCRIPT = HERE | {"HTTP_ACCEPT": "*/*"}
ADD = reverse(desk.ADD)
LOGIN = reverse("admin:login")
STALE = {"csrfmiddlewaretoken": "a" * 64}
WORDS = {"headline": "Typed at 22:00", "body": "<p>Words that nobody may lose</p>"}


@pytest.fixture
def strict(section) -> Client:
    """A browser that nobody has logged in with, where tokens are looked at."""
    return Client(enforce_csrf_checks=True, headers={"accept-language": "en"})


@pytest.fixture
def at_desk(strict, reporter):
    return desk.log_in(strict, reporter)


def test_the_text_is_shown_and_sent_again_with_a_fresh_token(at_desk):
    sent = desk.filled(at_desk.get(ADD), **WORDS) | STALE
    response = at_desk.post(ADD, sent, **HERE)
    assert response.status_code == 403
    told = desk.text(response)
    assert "Nothing was done yet" in told
    assert "CSRF" not in told
    assert "Words that nobody may lose" in told
    assert "It is then done by Minh Khuê" in told
    again = desk.fields(response, form="method")
    assert at_desk.post(ADD, again, **HERE).status_code == 302
    story = Article.objects.get()
    assert (story.headline, story.body) == (WORDS["headline"], WORDS["body"])


def test_what_another_site_has_sent_is_neither_shown_nor_sent(at_desk):
    response = at_desk.post(ADD, WORDS, **ELSEWHERE)
    assert response.status_code == 403
    assert "did not come from the newsroom’s own page" in desk.text(response)
    assert "Typed at 22:00" not in response.content.decode()
    assert not desk.fields(response, form="method")


def test_without_a_word_on_where_it_comes_from_nothing_is_sent_again(at_desk):
    response = at_desk.post(ADD, WORDS | STALE, HTTP_ACCEPT="text/html")
    assert response.status_code == 403
    assert not desk.fields(response, form="method")


def test_scripts_get_a_sentence(at_desk, make_picture, reporter):
    address = reverse("admin:articles_pictures_describe", args=[make_picture(by=reporter).pk])
    at_desk.get(ADD)
    response = at_desk.post(address, {"alt_text": "A boat"}, **SCRIPT)
    assert response.status_code == 403
    assert "Try again" in response.json()["error"]
    Session.objects.all().delete()
    response = at_desk.post(address, {"alt_text": "A boat"}, **SCRIPT)
    assert response.status_code == 401
    assert "You are logged out" in response.json()["error"]


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/admin/articles/category/add/", {"name": "Văn hóa", "description": "Typed words"}),
        ("/admin/auth/user/add/", {"first_name": "Typed words", "email": "a@b.example"}),
        ("/admin/password-reset/", {"email": "typed words"}),
    ],
)
def test_other_forms_are_shown_too(strict, managing_editor, address, sent):
    desk.log_in(strict, managing_editor)
    response = strict.post(address, sent | STALE, **HERE)
    assert response.status_code == 403
    assert "typed words" in desk.text(response).lower()
    assert desk.fields(response, form="method")["csrfmiddlewaretoken"]


def test_a_confirmed_verb_is_done_once_by_one_more_press(strict, editor, draft):
    desk.log_in(strict, editor)
    address = desk.page("publish", draft.pk)
    sent = desk.fields(strict.get(address), "data-asking")
    assert sent["seen"] != [""]
    response = strict.post(address, sent | STALE, **HERE)
    assert response.status_code == 403
    assert not draft.publications.exists()
    again = desk.fields(response, form="method")
    for _press in range(2):
        assert strict.post(address, again, **HERE).status_code == 302
    assert draft.publications.count() == 1


def test_a_password_is_neither_shown_nor_sent_again(strict, managing_editor):
    desk.log_in(strict, managing_editor)
    sent = {"username": "minh", "password1": "tiger lily", "password2": "tiger lily"}
    response = strict.post("/admin/auth/user/add/", sent | STALE, **HERE)
    assert "tiger lily" not in response.content.decode()
    assert "minh" in desk.text(response)
    assert not desk.fields(response, form="method")


def test_a_log_out_with_an_old_token_takes_one_more_press(at_desk):
    response = at_desk.post("/admin/logout/", STALE, **HERE)
    assert response.status_code == 403
    again = desk.fields(response, form="method")
    assert at_desk.post("/admin/logout/", again, **HERE).status_code == 200
    assert at_desk.get(ADD).status_code == 302


def test_a_login_form_opened_long_ago_takes_one_more_press(strict, reporter):
    typed = {"username": "reporter", "password": PASSWORD, "next": ADD}
    response = strict.post(f"{LOGIN}?next={ADD}", typed | STALE, **HERE)
    assert response.status_code == 403
    assert "Log in once more" in desk.text(response)
    assert PASSWORD not in response.content.decode()
    form = {name: values[0] for name, values in desk.fields(response, form="login-form").items()}
    assert form["username"] == "reporter"
    assert form["next"] == ADD
    response = strict.post(f"{LOGIN}?next={ADD}", form | {"password": PASSWORD}, **HERE)
    assert (response.status_code, response["Location"]) == (302, ADD)


def test_a_login_form_without_its_cookie_takes_one_more_press(strict, reporter):
    strict.get(LOGIN)
    strict.cookies.clear()
    typed = {"username": "reporter", "password": PASSWORD}
    assert strict.post(LOGIN, typed | STALE, **HERE).status_code == 403


def test_a_login_form_of_somebody_who_has_logged_in_elsewhere_leads_on(at_desk):
    response = at_desk.post(LOGIN, {"username": "reporter", "password": "x"} | STALE, **HERE)
    assert (response.status_code, response["Location"]) == (302, "/admin/")


def test_a_form_sent_after_the_login_has_ended_keeps_its_text(at_desk, reporter):
    sent = desk.filled(at_desk.get(ADD), **WORDS)
    Session.objects.all().delete()
    response = at_desk.post(ADD, sent, **HERE)
    assert response.status_code == 403
    told = desk.text(response)
    assert "you are logged out" in told
    assert "Words that nobody may lose" in told
    assert not Article.objects.exists()
    # Logged in in another tab, which renews the token: one press shows the text again, one sends.
    at_desk.force_login(reporter)
    at_desk.cookies["csrftoken"] = "b" * 32
    response = at_desk.post(ADD, desk.fields(response, form="method"), **HERE)
    assert response.status_code == 403
    assert at_desk.post(ADD, desk.fields(response, form="method"), **HERE).status_code == 302
    assert Article.objects.get().headline == "Typed at 22:00"


def test_a_stranger_who_sends_nothing_is_asked_to_log_in(strict):
    client = Client()
    for method in (client.get, client.post):
        response = method(ADD, **HERE)
        assert response.status_code == 302
        assert response["Location"].startswith(LOGIN)
    assert not Category.objects.exclude(slug="kinh-te").exists()


def test_in_vietnamese(at_desk):
    at_desk.get(ADD)
    response = at_desk.post(ADD, WORDS | STALE, **HERE, HTTP_ACCEPT_LANGUAGE="vi")
    assert "Chưa thực hiện gì" in desk.text(response)
