"""A managing editor makes and looks after the desk's people, and needs no superuser."""

import re

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.test import Client, override_settings

from articles.desk.people.forms import NewPersonForm
from articles.models import Author
from articles.publishing import access
from articles.rules.permissions import Role
from tests.conftest import PASSWORD, person

pytestmark = pytest.mark.django_db

ADD = "/admin/auth/user/add/"
NEW = {
    "first_name": "Nguyễn Thị Đào",
    "username": "dao",
    "email": "dao@baovinhsa.example",
    "pen_name": "Thị Đào",
    "role": "Reporter",
    "password1": "thuyền ra biển lớn",
    "password2": "thuyền ra biển lớn",
}


@pytest.fixture
def client(managing_editor) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(managing_editor)
    return client


@pytest.fixture
def root() -> User:
    return User.objects.create_superuser("root", password=PASSWORD)


@pytest.fixture
def peer() -> User:
    return person("peer", Role.MANAGING_EDITOR)


def errors(response) -> dict[str, list[str]]:
    return response.context["adminform"].form.errors


def change(user: User) -> str:
    return f"/admin/auth/user/{user.pk}/change/"


def as_it_is(user: User, role: str = "Reporter") -> dict[str, object]:
    """What the form of an account sends when nothing is changed."""
    return {
        "first_name": user.first_name,
        "username": user.username,
        "email": user.email,
        "role": role,
        "is_active": "on",
    }


def test_one_form_makes_a_reporter_who_logs_in_and_writes(client):
    client.post(ADD, NEW)
    theirs = Client()
    theirs.post("/admin/login/", {"username": "dao", "password": NEW["password1"]})
    assert theirs.get("/admin/articles/article/add/").status_code == 200
    made = User.objects.get(username="dao")
    assert access.role_of(made) is Role.REPORTER
    assert not made.is_superuser
    assert made.get_full_name() == "Nguyễn Thị Đào"
    author = Author.objects.get(user=made)
    assert (author.name, author.slug) == ("Thị Đào", "thi-dao")


def test_without_a_password_one_is_made_and_shown_once(client):
    page = client.post(ADD, NEW | {"password1": "", "password2": ""}).content.decode()
    password = re.search(r"<code>([a-z0-9]{4}(?:-[a-z0-9]{4}){3})</code>", page)[1]
    assert Client().login(username="dao", password=password)
    made = User.objects.get(username="dao")
    assert password not in client.get(change(made)).content.decode()
    assert password not in str(client.cookies)


def test_an_editor_can_be_made(client):
    client.post(ADD, NEW | {"role": "Editor"})
    assert access.role_of(User.objects.get(username="dao")) is Role.EDITOR


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("role", "Managing editor", "Select a valid choice"),
        ("role", "", "This field is required"),
        ("username", "", "This field is required"),
        ("username", "REPORTER", "Somebody logs in with this name already."),
        ("username", "a b", "Enter a valid username"),
        ("username", "a\0b", "Null characters are not allowed"),
        ("email", "nowhere", "Enter a valid email address"),
        ("pen_name", "Minh Khuê", "Somebody else writes under this name"),
        ("pen_name", "a\0b", "Null characters are not allowed"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client, reporter, field, value, sentence):
    before = User.objects.count()
    response = client.post(ADD, NEW | {field: value})
    assert sentence in errors(response)[field][0]
    assert User.objects.count() == before


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [
        ("thuyền ra biển lớn", "thuyền ra biển", "password2"),
        ("", "thuyền", "password2"),
        ("12345", "12345", "password1"),
        ("dao@baovinhsa.example", "dao@baovinhsa.example", "password1"),
    ],
)
def test_a_bad_password_makes_nobody(client, first, second, field):
    response = client.post(ADD, NEW | {"password1": first, "password2": second})
    assert errors(response)[field]
    assert not User.objects.filter(username="dao").exists()


def test_the_same_form_sent_twice_at_once_says_so_at_the_name(client, monkeypatch):
    client.post(ADD, NEW)
    checks = iter([lambda form: form.cleaned_data["username"], NewPersonForm.clean_username])
    monkeypatch.setattr(NewPersonForm, "clean_username", lambda form: next(checks)(form))
    monkeypatch.setattr(NewPersonForm, "clean_pen_name", lambda form: "")
    monkeypatch.setattr(NewPersonForm, "validate_unique", lambda form: None)
    assert "username" in errors(client.post(ADD, NEW))
    assert User.objects.filter(username="dao").count() == 1


def test_a_pen_name_that_has_no_account_is_given_to_the_new_one(client):
    author = Author.objects.create(name="Thị Đào", slug="dao-cu")
    client.post(ADD, NEW)
    author.refresh_from_db()
    assert author.user.username == "dao"
    assert Author.objects.count() == 1


def test_two_pen_names_of_the_same_address_are_kept_apart(client):
    Author.objects.create(name="Thi Dao", slug="thi-dao")
    client.post(ADD, NEW)
    assert Author.objects.get(user__username="dao").slug == "thi-dao-2"


def test_a_posted_superuser_staff_group_or_right_is_not_taken(client):
    extra = {
        "is_superuser": "on",
        "groups": Group.objects.get(name="Managing editor").pk,
        "user_permissions": Permission.objects.first().pk,
    }
    client.post(ADD, NEW | extra)
    made = User.objects.get(username="dao")
    assert not made.is_superuser
    assert [group.name for group in made.groups.all()] == ["Reporter"]
    assert not made.user_permissions.exists()


def test_a_reporter_becomes_an_editor_and_is_no_reporter_any_more(client, reporter):
    client.post(change(reporter), as_it_is(reporter, "Editor"))
    assert [group.name for group in reporter.groups.all()] == ["Editor"]


def test_nobody_is_deleted_but_whoever_leaves_is_locked_out(client, reporter):
    theirs = Client()
    theirs.force_login(reporter)
    assert (
        client.post(f"/admin/auth/user/{reporter.pk}/delete/", {"post": "yes"}).status_code == 403
    )
    client.post(change(reporter), as_it_is(reporter) | {"is_active": ""})
    assert "/login/" in theirs.get("/admin/").url
    assert not Client().login(username="reporter", password=PASSWORD)
    assert Author.objects.filter(user=reporter).exists()


def test_whoever_comes_back_has_their_role_still(client, reporter):
    User.objects.filter(pk=reporter.pk).update(is_active=False)
    form = client.get(change(reporter)).context["adminform"].form
    assert form.initial["role"] == "Reporter"


def test_no_part_of_a_password_hash_is_shown(client, reporter):
    page = client.get(change(reporter)).content.decode()
    algorithm, salt, _digest = reporter.password.split("$", 2)
    assert salt not in page
    assert algorithm not in page


def test_peers_are_seen_but_not_changed(client, peer):
    page = client.get(change(peer))
    assert page.status_code == 200
    assert client.post(change(peer), as_it_is(peer)).status_code == 403
    password = {"password1": "thuyền ra biển lớn", "password2": "thuyền ra biển lớn"}
    refused = client.post(f"/admin/auth/user/{peer.pk}/password/", password)
    assert refused.status_code == 403
    peer.refresh_from_db()
    assert peer.check_password(PASSWORD)


def test_superusers_do_not_exist_for_a_managing_editor(client, root):
    assert "root" not in client.get("/admin/auth/user/").content.decode()
    client.post(change(root), as_it_is(root) | {"email": "mine@evil.example"})
    answer = client.post(
        f"/admin/auth/user/{root.pk}/password/", {"password1": "x", "password2": "x"}
    )
    assert answer.status_code == 404
    root.refresh_from_db()
    assert root.email == ""
    assert root.check_password(PASSWORD)


def test_a_superuser_makes_managing_editors_and_looks_after_them(root, peer):
    client = Client()
    client.force_login(root)
    client.post(ADD, NEW | {"role": "Managing editor"})
    assert access.role_of(User.objects.get(username="dao")) is Role.MANAGING_EDITOR
    client.post(change(peer), as_it_is(peer, "Editor"))
    assert access.role_of(User.objects.get(pk=peer.pk)) is Role.EDITOR


def test_nobody_locks_themselves_out(root):
    client = Client()
    client.force_login(root)
    response = client.post(change(root), as_it_is(root, "Managing editor") | {"is_active": ""})
    assert errors(response)["is_active"]
    root.refresh_from_db()
    assert root.is_active


def test_a_forgotten_password_is_renewed_by_the_managing_editor(client, reporter):
    theirs = Client()
    theirs.force_login(reporter)
    page = client.post(
        f"/admin/auth/user/{reporter.pk}/password/", {"password1": "", "password2": "", "_set": "1"}
    ).content.decode()
    password = re.search(r"<code>([a-z0-9-]{19})</code>", page)[1]
    assert Client().login(username="reporter", password=password)
    assert "/login/" in theirs.get("/admin/").url, "what was open is closed"


def test_a_typed_new_password_is_checked_and_set(client, reporter):
    address = f"/admin/auth/user/{reporter.pk}/password/"
    differing = client.post(address, {"password1": "thuyền ra biển", "password2": "x"})
    assert differing.context["form"].errors["password2"]
    new = {"password1": "thuyền ra biển lớn", "password2": "thuyền ra biển lớn"}
    assert client.post(address, new).status_code == 302
    assert Client().login(username="reporter", password="thuyền ra biển lớn")


def test_an_empty_post_sets_no_password(client, reporter):
    client.post(f"/admin/auth/user/{reporter.pk}/password/", {})
    reporter.refresh_from_db()
    assert reporter.check_password(PASSWORD)


def test_everybody_changes_their_own_password(reporter):
    client = Client()
    client.force_login(reporter)
    new = {"new_password1": "thuyền ra biển lớn", "new_password2": "thuyền ra biển lớn"}
    client.post("/admin/password_change/", {"old_password": PASSWORD, **new})
    assert Client().login(username="reporter", password="thuyền ra biển lớn")


def test_without_e_mail_a_forgotten_password_leads_to_the_managing_editor(reporter):
    client = Client(headers={"accept-language": "en"})
    address = "/admin/password-reset/"
    assert f'href="{address}"' in client.get("/admin/login/").content.decode()
    with override_settings(EMAIL_CONFIGURED=False):
        assert "Ask the managing editor" in client.get(address).content.decode()
        client.post(address, {"email": reporter.email})
    assert not mail.outbox


@override_settings(EMAIL_CONFIGURED=True, SITE_URL="https://baovinhsa.example")
def test_with_e_mail_a_link_to_the_papers_own_address_renews_the_password(reporter):
    client = Client(headers={"host": "localhost"})
    sent = client.post("/admin/password-reset/", {"email": reporter.email})
    unknown = client.post("/admin/password-reset/", {"email": "nobody@baovinhsa.example"})
    assert (sent.status_code, sent.url) == (unknown.status_code, unknown.url)
    [message] = mail.outbox
    [link] = re.findall(r"https://baovinhsa\.example(/admin/password-reset/\S+)", message.body)
    form = client.get(link, follow=True)
    new = {"new_password1": "thuyền ra biển lớn", "new_password2": "thuyền ra biển lớn"}
    client.post(form.request["PATH_INFO"], new)
    assert Client().login(username="reporter", password="thuyền ra biển lớn")
    again = Client().get(link, follow=True)
    assert not again.context["validlink"], "a link serves once"


def test_the_desk_speaks_the_language_that_was_chosen(reporter):
    client = Client(headers={"accept-language": "vi"})
    client.force_login(reporter)
    answer = client.post("/admin/language/", {"language": "en", "next": "/admin/"})
    assert answer.url == "/admin/"
    assert client.cookies["django_language"]["path"] == "/admin/"
    assert '<html lang="en"' in client.get("/admin/").content.decode()
    client.post("/admin/language/", {"language": "\0", "next": "//evil.example/"})
    assert '<html lang="en"' in client.get("/admin/").content.decode()
