"""Sections, edited by a managing editor: two levels, addresses that redirect, an order."""

import pytest
from django.test import Client

from articles.desk.guard import Guarded
from articles.models import Category, FormerSlug
from articles.rules.addresses import slug_of
from articles.site.frame import Frame

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/category/"


@pytest.fixture
def client(managing_editor) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(managing_editor)
    return client


def fields(**values: object) -> dict[str, object]:
    return {"name": "Văn hóa", "slug": "", "parent": "", "position": 3, "description": ""} | values


def errors(response) -> dict[str, list[str]]:
    return response.context["adminform"].form.errors


def change(section: Category) -> str:
    return f"{LIST}{section.pk}/change/"


def test_a_section_is_made_and_gets_its_address_from_the_name(client):
    client.post(f"{LIST}add/", fields(name="Đời sống"))
    assert Category.objects.get().slug == "doi-song"


def test_sections_without_latin_letters_get_addresses_of_their_own(client):
    for name in ("新闻", "ព័ត៌មាន", "Новости"):
        client.post(f"{LIST}add/", fields(name=name))
    slugs = [section.slug for section in Category.objects.order_by("pk")]
    assert slugs == ["chuyen-muc", "chuyen-muc-2", "chuyen-muc-3"]


def test_a_part_is_made_under_a_main_section(client, section):
    client.post(f"{LIST}add/", fields(parent=section.pk))
    assert Category.objects.get(slug="van-hoa").parent == section


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "This field is required"),
        ("name", "a\0b", "Null characters are not allowed"),
        ("slug", "search", "The site itself uses this address"),
        ("slug", "Admin", "The site itself uses this address"),
        ("slug", "-SEARCH-", "The site itself uses this address"),
        ("slug", "a\0b", "Enter a valid"),
        ("slug", "admin.", "Enter a valid"),
        ("slug", "kınh-te", "Enter a valid"),
        ("slug", "kİnh-te", "Enter a valid"),
        ("slug", "ａｄｍｉｎ", "Enter a valid"),
        ("slug", "Kinh-Te", "already exists"),
        ("slug", "Kinh-Doanh", "Another section had this address before"),
        ("slug", "kinh-te", "already exists"),
        ("slug", "kinh-doanh", "Another section had this address before"),
        ("parent", "79999", "Select a valid choice"),
        ("parent", "a\0b", "Null characters are not allowed"),
        ("position", "99999", "less than or equal to 9999"),
        ("position", "x", "Enter a whole number"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client, section, field, value, sentence):
    FormerSlug.objects.create(slug="kinh-doanh", section=section)
    response = client.post(f"{LIST}add/", fields(**{field: value}))
    assert sentence in errors(response)[field][0]
    assert Category.objects.count() == 1


@pytest.mark.parametrize("name", ["Search", "SEARCH", "ſearch", "Se\u0301arch", "!feed!", "ADMİN"])
def test_a_section_named_like_an_address_of_the_site_is_refused_at_its_address(client, name):
    response = client.post(f"{LIST}add/", fields(name=name))
    assert "choose another" in errors(response)["slug"][0]


@pytest.mark.parametrize("typed", ["Van-Hoa", "-van-hoa-", "VAN-HOA_", "van-hoa"])
def test_an_address_is_kept_in_lower_case(client, typed):
    client.post(f"{LIST}add/", fields(slug=typed))
    assert Category.objects.get().slug == "van-hoa"


def test_an_address_of_nothing_but_hyphens_is_made_from_the_name(client):
    client.post(f"{LIST}add/", fields(slug="-_-"))
    assert Category.objects.get().slug == "van-hoa"


def test_a_name_of_nothing_but_punctuation_gets_an_address(client):
    client.post(f"{LIST}add/", fields(name="!!!"))
    assert Category.objects.get().slug == "chuyen-muc"


def test_there_is_no_third_level(client, section, part):
    response = client.post(f"{LIST}add/", fields(parent=part.pk))
    assert errors(response)["parent"]
    with_parts = client.post(
        change(section), fields(name=section.name, parent=Category.objects.create(slug="x").pk)
    )
    assert "parts of its own" in errors(with_parts)["parent"][0]


def test_a_section_is_no_part_of_itself(client, section):
    response = client.post(change(section), fields(name=section.name, parent=section.pk))
    assert "part of itself" in errors(response)["parent"][0]


def test_a_changed_address_redirects_from_the_old_one_and_back(client, section):
    client.post(change(section), fields(name="Kinh tế", slug="kinh-doanh"))
    assert "/kinh-te/" in client.get(change(section)).content.decode()
    assert client.get("/kinh-te/").status_code == 301
    client.post(change(section), fields(name="Kinh tế", slug="kinh-te"))
    assert [row.slug for row in FormerSlug.objects.all()] == ["kinh-doanh"]


def in_list(sections: list[Category], places: list[object]) -> dict[str, object]:
    rows = {"form-TOTAL_FORMS": len(places), "form-INITIAL_FORMS": len(places), "_save": "1"}
    for n, (section, place) in enumerate(zip(sections, places, strict=True)):
        rows |= {f"form-{n}-id": section.pk, f"form-{n}-position": place}
    return rows


def listed(client) -> list[str]:
    return [section.slug for section in client.get(LIST).context["cl"].result_list]


def test_sections_are_put_in_order_in_the_list_with_parts_under_them(client, section, part):
    last = Category.objects.create(name="A", slug="a", position=9)
    assert listed(client) == ["kinh-te", "nong-nghiep", "a"]
    client.post(LIST, in_list([section, part, last], [5, 0, 2]))
    assert listed(client) == ["a", "kinh-te", "nong-nghiep"]


@pytest.mark.parametrize("place", ["-1", "99999", "x", ""])
def test_a_place_that_is_none_is_refused_in_the_list(client, section, place):
    response = client.post(LIST, in_list([section], [place]))
    assert response.context["cl"].formset.errors[0]
    section.refresh_from_db()
    assert section.position == 1


def test_an_address_reserved_since_does_not_keep_the_list_from_being_ordered(client, section):
    Category.objects.filter(pk=section.pk).update(slug="search")
    assert client.post(LIST, in_list([section], [7])).status_code == 302
    section.refresh_from_db()
    assert section.position == 7


def test_a_section_in_use_is_not_deleted_and_its_stories_are_named(client, section, draft):
    page = client.post(f"{LIST}{section.pk}/delete/", {"post": "yes"})
    assert "cannot be deleted" in page.content.decode()
    assert draft.headline in page.content.decode()
    assert Category.objects.filter(pk=section.pk).exists()


def test_a_section_with_parts_is_not_deleted(client, section, part):
    page = client.post(f"{LIST}{section.pk}/delete/", {"post": "yes"})
    assert part.name in page.content.decode()
    assert Category.objects.filter(pk=section.pk).exists()


def test_an_unused_section_is_deleted(client, section):
    client.post(f"{LIST}{section.pk}/delete/", {"post": "yes"})
    assert not Category.objects.exists()


def test_a_section_that_is_used_since_the_question_stays(client, section, draft, monkeypatch):
    monkeypatch.setattr(Guarded, "holders", lambda *args: [])
    answer = client.post(f"{LIST}{section.pk}/delete/", {"post": "yes"})
    assert answer.url == f"{LIST}{section.pk}/delete/"
    assert Category.objects.filter(pk=section.pk).exists()


def test_the_desks_lists_have_the_order_of_the_sites_menu(client):
    for name, position in (("Thể thao", 2), ("Kinh tế", 2), ("Thời sự", 1)):
        main = Category.objects.create(name=name, slug=slug_of(name), position=position)
        for n, part in ((2, "Đầu"), (1, "Sau"), (1, "Giữa")):
            Category.objects.create(
                name=f"{part} {name}", slug=slug_of(f"{part} {name}"), position=n, parent=main
            )
    menu = [s.name for branch in Frame.load().tree for s in (branch.section, *branch.parts)]
    assert [s.name for s in client.get(LIST).context["cl"].result_list] == menu
    form = client.get("/admin/articles/article/add/").context["form"]
    assert [s.name for s in form.fields["section"].queryset] == menu
    choices = [label for _pk, label in form.fields["section"].choices][1:]
    assert choices[:2] == ["Thời sự", "— Giữa Thời sự"]
    stories = client.get("/admin/articles/article/").context["cl"]
    [listed] = [f for f in stories.filter_specs if f.parameter_name == "section"]
    assert [label for _pk, label in listed.lookup_choices] == choices
