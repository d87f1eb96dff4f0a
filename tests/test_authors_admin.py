"""The names of bylines in the desk: who edits them, and whose account they show."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Author

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/author/"


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def change(author: Author) -> str:
    return f"{LIST}{author.pk}/change/"


def test_an_editor_adds_a_pen_name_without_an_account(editor):
    client_of(editor).post(f"{LIST}add/", {"name": "Đặng Đào", "slug": ""})
    author = Author.objects.get()
    assert (author.slug, author.user) == ("dang-dao", None)


def test_names_without_latin_letters_get_addresses_of_their_own(editor):
    for name in ("安娜", "Анна", "អាណា", "Đào", "Dao"):
        client_of(editor).post(f"{LIST}add/", {"name": name, "slug": ""})
    slugs = dict(Author.objects.values_list("name", "slug"))
    assert [slugs[name] for name in ("安娜", "Анна", "អាណា")] == [
        "tac-gia",
        "tac-gia-2",
        "tac-gia-3",
    ]
    assert (slugs["Đào"], slugs["Dao"]) == ("dao", "dao-2")


def test_the_same_name_again_is_refused(editor):
    for _time in "12":
        response = client_of(editor).post(f"{LIST}add/", {"name": "Đặng Đào", "slug": ""})
    assert "already exists" in str(response.context["adminform"].form.errors["slug"])
    assert Author.objects.count() == 1


def test_an_address_is_kept_in_lower_case(editor):
    client_of(editor).post(f"{LIST}add/", {"name": "Đặng Đào", "slug": "-Dang-DAO"})
    assert Author.objects.get().slug == "dang-dao"


def test_an_editor_renames_an_author_and_the_account_stays(editor, reporter):
    author = Author.objects.get(user=reporter)
    fields = {"name": "Minh Khuê Trần", "slug": author.slug, "user": editor.pk}
    client_of(editor).post(change(author), fields)
    author.refresh_from_db()
    assert (author.name, author.user) == ("Minh Khuê Trần", reporter)


def test_a_managing_editor_gives_an_author_an_account(managing_editor, reporter):
    author = Author.objects.create(name="Khuê", slug="khue")
    fields = {"name": "Khuê", "slug": "khue", "user": reporter.pk}
    client_of(managing_editor).post(change(author), fields)
    author.refresh_from_db()
    assert author.user == reporter


def test_an_account_that_one_may_not_see_is_neither_shown_nor_lost(managing_editor):
    root = User.objects.create_superuser("rootaccount")
    author = Author.objects.create(name="The owner", slug="owner", user=root)
    client = client_of(managing_editor)
    assert "rootaccount" not in client.get(change(author)).content.decode()
    client.post(change(author), {"name": "The founder", "slug": "owner", "user": ""})
    author.refresh_from_db()
    assert (author.name, author.user) == ("The founder", root)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"name": "Minh Khuê", "slug": ""}, "slug"),
        ({"name": "X", "slug": "a b"}, "slug"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(editor, reporter, fields, wrong):
    response = client_of(editor).post(f"{LIST}add/", fields)
    assert wrong in response.context["adminform"].form.errors
    assert Author.objects.count() == 1


def test_an_author_of_a_story_is_not_deleted(managing_editor, reporter, make_story):
    author = Author.objects.get(user=reporter)
    make_story("Signed", authors=[author])
    page = client_of(managing_editor).post(f"{LIST}{author.pk}/delete/", {"post": "yes"})
    assert "Signed" in page.content.decode()
    assert Author.objects.exists()
