"""What every admin inherits: rows that one may see but not touch stay as they are.

The desk's own admins are walked in tests/test_side_doors.py; these are made up, with the doors
that none of them opens today: lists to edit, actions, inlines, choices of stories.
"""

import json

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.test import Client, override_settings
from django.urls import path

from articles.desk import guard
from articles.desk.admin_site import DeskSite
from articles.desk.guard import Guarded
from articles.models import Article, RelatedLink
from articles.publishing import access
from articles.rules.permissions import Stage, Verb

site = DeskSite(name="admin")

RIGHTS = {"view": Verb.SEE, "change": Verb.CHANGE, "delete": Verb.DELETE}


class LinkInline(admin.TabularInline):
    model = RelatedLink
    fk_name = "article"
    fields = ["url", "title"]
    extra = 0

    def has_add_permission(self, request, obj=None):
        return True

    has_change_permission = has_view_permission = has_delete_permission = has_add_permission


@admin.register(Article, site=site)
class Stories(Guarded):
    fields = ["headline"]
    list_display = ["headline", "dateline"]
    list_editable = ["dateline"]
    actions = ["shout"]
    inlines = [LinkInline]

    def rows(self, user, right):
        return access.stories(user, RIGHTS[right])

    def save_model(self, request, obj, form, change):
        """Past the door of articles.publishing, which is not what is tried here."""
        obj.save_base()

    @admin.action(permissions=["change"])
    def shout(self, request, queryset):
        queryset.update(lede="!")


@admin.register(RelatedLink, site=site)
class Links(Guarded):
    pass


urlpatterns = [path("admin/", site.urls)]

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(make_story):
    return make_story("Own draft", dateline="", lede="")


@pytest.fixture
def submitted(make_story):
    return make_story("Own, handed in", dateline="", lede="", stage=Stage.SUBMITTED)


@pytest.fixture
def other(make_story, other_reporter):
    return make_story("A colleague's draft", by=other_reporter)


@pytest.fixture
def reporters_client(reporter):
    client = Client(headers={"accept-language": "en"})
    client.force_login(reporter)
    with override_settings(ROOT_URLCONF=__name__):
        yield client


def test_a_list_changes_only_the_rows_that_may_be_changed(reporters_client, own, submitted):
    rows = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2, "_save": "1"}
    for n, story in enumerate((own, submitted)):
        rows |= {f"form-{n}-id": story.pk, f"form-{n}-dateline": "HN -"}
    reporters_client.post("/admin/articles/article/", rows)
    datelines = dict(Article.objects.values_list("pk", "dateline"))
    assert datelines == {own.pk: "HN -", submitted.pk: ""}


@pytest.mark.parametrize("action", ["shout", "delete_selected"])
def test_an_action_reaches_only_the_rows_that_may_be_touched(
    reporters_client, own, submitted, other, action
):
    everything = [own.pk, submitted.pk, other.pk]
    sent = {"action": action, "_selected_action": everything, "post": "yes"}
    reporters_client.post("/admin/articles/article/", sent)
    untouched = Article.objects.exclude(lede="!").filter(pk__in=everything)
    assert set(untouched.values_list("pk", flat=True)) == {submitted.pk, other.pk}


def test_the_history_names_fields_and_no_related_rows(client, editor, own):
    client.force_login(editor)
    links = {"related_links-TOTAL_FORMS": 1, "related_links-INITIAL_FORMS": 0}
    link = {"related_links-0-url": "https://a.example", "related_links-0-title": "Secret title"}
    with override_settings(ROOT_URLCONF=__name__):
        client.post(
            f"/admin/articles/article/{own.pk}/change/", {"headline": "New", **links, **link}
        )
    assert own.related_links.get().title == "Secret title"
    message = json.loads(LogEntry.objects.get().change_message)
    assert message == [{"changed": {"fields": ["Headline"]}}]


def test_a_relation_offers_only_the_rows_that_its_own_admin_shows(rf, reporter, own, other):
    request = rf.get("/")
    request.user = reporter
    links = site.get_model_admin(RelatedLink)
    targets = links.formfield_for_dbfield(RelatedLink._meta.get_field("target"), request)
    assert list(targets.queryset) == [own]


def test_a_relation_to_what_the_desk_does_not_show_offers_nothing(rf, editor, own):
    request = rf.get("/")
    request.user = editor
    stories = site.get_model_admin(Article)
    owners = stories.formfield_for_dbfield(Article._meta.get_field("owner"), request)
    assert not owners.queryset.exists()


def test_rows_that_go_with_ones_own_draft_neither_show_nor_stop_it(reporters_client, own, other):
    """A colleague's link to it, in a kind of row that a reporter may not delete by itself."""
    RelatedLink.objects.create(article=other, target=own)
    address = f"/admin/articles/article/{own.pk}/delete/"
    page = reporters_client.get(address).content.decode()
    assert "colleague" not in page
    assert "related link" not in page
    reporters_client.post(address, {"post": "yes"})
    assert not Article.objects.filter(pk=own.pk).exists()


def test_stories_that_one_may_not_see_are_counted_and_not_named(own, other, make_story, reporter):
    assert guard.story_names(Article.objects.all(), reporter) == [own.headline, "1 more story"]
    for n in range(guard.NAMED):
        make_story(f"Own draft {n}")
    names = guard.story_names(Article.objects.all(), reporter)
    assert len(names) == guard.NAMED + 1
    assert other.headline not in names
    assert names[-1] == "2 more stories"


def test_without_djangos_permissions_the_table_still_gives_what_it_gives(client, reporter):
    Group.objects.get(name="Reporter").permissions.clear()
    client.force_login(reporter)
    assert 'href="/admin/articles/article/"' in client.get("/admin/").content.decode()
    assert client.get("/admin/articles/article/").status_code == 200
