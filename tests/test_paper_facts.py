"""The paper's own facts: one form, whose mistakes are said at their fields."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from articles.desk.paper.forms import check_date_format
from articles.models import Paper
from articles.rules.dates import in_words

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
FORM = "/admin/articles/paper/1/change/"


@pytest.fixture
def client(managing_editor) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(managing_editor)
    return client


def facts(**values: object) -> dict[str, object]:
    return {
        "name": "Báo Vĩnh Sa",
        "mark": "VS - ",
        "related_title": "Có thể bạn quan tâm",
        "same_section_title": "Tin cùng chuyên mục",
        "apology_title": "Cải chính, xin lỗi",
        "date_format": "l, j/n/Y, H:i",
    } | values


@pytest.mark.django_db
def test_the_list_of_one_leads_to_the_form(client):
    assert client.get("/admin/articles/paper/").url == FORM


@pytest.mark.django_db
def test_facts_are_saved_and_the_desk_bears_the_papers_name(client):
    channel = "https://www.facebook.com/baovinhsa"
    assert client.post(FORM, facts(facebook=channel)).status_code == 302
    paper = Paper.load()
    assert (paper.name, paper.facebook) == ("Báo Vĩnh Sa", channel)
    assert "Báo Vĩnh Sa" in Client().get("/admin/login/").content.decode()


@pytest.mark.django_db
def test_the_managing_editor_decides_whether_every_picture_needs_a_credit(client):
    assert client.post(FORM, facts(credit_required="on")).status_code == 302
    assert Paper.load().credit_required


@pytest.mark.django_db
def test_there_is_never_a_second_paper_nor_none(client):
    assert client.post("/admin/articles/paper/add/", facts()).status_code == 403
    assert client.post("/admin/articles/paper/1/delete/", {"post": "yes"}).status_code == 403
    assert Paper.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "a\0b"),
        ("email", "nowhere"),
        ("facebook", "javascript:alert(1)"),
        ("youtube", "ftp://files.example/"),
        ("zalo", "zalo me"),
        ("date_format", "dd/mm/yyyy"),
        ("date_format", ""),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client, field, value):
    response = client.post(FORM, facts(**{field: value}))
    errors = response.context["adminform"].form.errors
    assert set(errors) == {field}
    assert Paper.load().name == "Tòa soạn"


@pytest.mark.django_db
def test_the_form_shows_this_moment_in_the_papers_format(client):
    client.post(FORM, facts(date_format=r"j/n/Y \l\ú\c H:i"))
    assert " lúc " in client.get(FORM).content.decode()


@pytest.mark.parametrize("pattern", ["l, j/n/Y, H:i", "d/m/Y", "j F Y", r"H\hi, \n\g\à\y j/n/Y"])
def test_formats_that_show_a_date_are_taken(pattern):
    check_date_format(pattern)


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("dd/mm/yyyy", "repeated_letter"),
        ("j/n/Y hh", "repeated_letter"),
        ("H:i", "incomplete_date"),
        ("j/n", "incomplete_date"),
        ("%d/%m/%Y Q", "unknown_letter"),
        ("j/n/Y đ", "unknown_letter"),
    ],
)
def test_formats_that_show_none_are_refused(pattern, code):
    with pytest.raises(ValidationError) as refused:
        check_date_format(pattern)
    assert refused.value.code == code


@given(st.text(max_size=40))
def test_any_format_that_is_taken_shows_a_date(pattern):
    with suppress(ValidationError):
        check_date_format(pattern)
        assert in_words(NOON, pattern, UTC)
