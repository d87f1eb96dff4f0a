"""An empty newsroom leads its first account from the paper's name to the first story on the site."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from articles.models import Article, Category, Paper, Publication
from articles.rules.permissions import Role
from tests.conftest import PASSWORD, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(monkeypatch) -> User:
    """The account that createsuperuser makes."""
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", username="chief", email="", interactive=False, verbosity=0)
    return User.objects.get(username="chief")


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def front(user: User) -> str:
    return client_of(user).get("/admin/").content.decode()


def steps(page: str) -> list[tuple[str, bool]]:
    """The steps of the front page in order: address, and whether it is marked as done."""
    [found] = re.findall(r'<section class="desk-steps">.*?</section>', page, re.DOTALL) or [""]
    return [
        (re.search('href="([^"]+)"', item)[1], "done" in item)
        for item in re.findall(r"<li>.*?</li>", found, re.DOTALL)
    ]


def test_the_first_account_takes_all_first_steps(chief):
    client = client_of(chief)
    paper, section, people, story = [address for address, _done in steps(front(chief))]
    assert [done for _address, done in steps(front(chief))] == [False] * 4

    form = client.get(paper).context["adminform"].form
    named = {name: value for name, value in form.initial.items() if value is not None}
    client.post(paper, named | {"name": "Báo Vĩnh Sa"})
    client.post(section, {"name": "Kinh tế", "slug": "kinh-te", "position": "1"})
    assert [done for _address, done in steps(front(chief))] == [True, True, False, False]
    assert (Paper.load().name, Category.objects.get().name) == ("Báo Vĩnh Sa", "Kinh tế")

    person("editor", Role.EDITOR)
    assert client.get(people).status_code == 200
    assert [done for _address, done in steps(front(chief))] == [True, True, True, False]

    assert client.get(story).status_code == 200
    client.post(story, {"headline": "First", "section": Category.objects.get().pk, "genre": "report",
                        "body": "<p>Text</p>"})  # fmt: skip
    assert Article.objects.get().headline == "First"
    assert steps(front(chief)) == []
    assert "Write a story" in front(chief)
    assert not Publication.objects.exists()


def test_a_reporter_is_told_whom_to_ask(reporter, managing_editor):
    page = front(reporter)
    assert steps(page) == []
    assert "no sections yet" in page
    assert "Đức Thành" in page
    assert 'href="/admin/articles/article/add/"' in page


def test_who_works_for_a_paper_with_sections_sees_none_of_it(reporter, editor, section):
    for user in (reporter, editor):
        assert steps(front(user)) == []
        assert "no sections yet" not in front(user)


def test_the_form_says_what_to_do_about_a_missing_section(reporter, managing_editor, chief):
    add = "/admin/articles/article/add/"
    page = client_of(reporter).get(add).content.decode()
    assert "ask Đức Thành, chief." in page
    page = client_of(chief).get(add).content.decode()
    assert 'no sections yet. <a href="/admin/articles/category/add/">' in page


def test_the_form_says_nothing_of_it_where_there_are_sections(reporter, section):
    page = client_of(reporter).get("/admin/articles/article/add/").content.decode()
    assert "no sections yet" not in page
