"""Nobody gets more from any address of the desk than the table says.

The table and the walker are in tests/admin_walk.py. A new address without a row fails.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from difflib import unified_diff

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.db import models
from django.forms import ModelChoiceField

from articles.models import Article, Author, Category, Paper, Record
from articles.publishing import saving, unsaved
from articles.rules.content import ContentLink
from articles.rules.keeping import Typed
from articles.rules.permissions import Role, Stage
from media.models import Image, Rendition
from tests.admin_walk import (
    ALL_ROW_ADDRESSES,
    DESK,
    ELSEWHERE,
    MISSING,
    ODD,
    PEOPLE,
    PROTECTED,
    TABLE,
    Walker,
    address,
    good_outcomes,
    known_routes,
    likeness,
    outcome,
    routes,
    text_of,
)
from tests.conftest import person

pytestmark = pytest.mark.django_db

# A word that stands in what each of these says, and who must never meet it.
SECRETS = {
    "alphadraft": {"other", "nobody", "stranger"},
    "betadraft": {"reporter", "nobody", "stranger"},
    "deltapicture": {"other", "nobody", "stranger"},
    "gammapicture": {"reporter", "nobody", "stranger"},
    "rootaccount": set(PEOPLE),
    "epsilonwords": set(PEOPLE) - {"reporter"},
    "zetawords": set(PEOPLE) - {"other"},
}


@dataclass
class World:
    """What there is to be seen, by kind and by the names of tests.admin_walk.TABLE."""

    ids: dict[str, dict[str, int]]
    walkers: dict[str, Walker]
    unsaved: list[int]

    def id_of(self, thing: str, label: str) -> int:
        return self.ids[thing][label]

    def hidden(self, thing: str, who: str) -> list[int]:
        """The rows of a kind that this person may not see."""
        rows = TABLE[thing].rows
        return [pk for label, pk in self.ids[thing].items() if who not in rows[label]["view"]]


def make_image(pk: int, by: User, alt_text: str) -> Image:
    """A picture's rows, without files: the walk fetches none."""
    image = Image.objects.create(
        pk=pk,
        file=f"aa/{pk:038}.jpg",
        alt_text=alt_text,
        width=800,
        height=600,
        sha256=f"{pk:064}",
        uploaded_by=by,
    )
    image.holders.add(by)
    for kind, format_, width in [
        ("card", "avif", 320),
        ("card", "jpeg", 640),
        ("story", "avif", 800),
        ("story", "jpeg", 800),
        ("social", "jpeg", 1200),
    ]:
        Rendition.objects.create(
            image=image,
            kind=kind,
            format=format_,
            width=width,
            height=360,
            file=f"bb/{kind}{format_}{pk}.{format_}",
        )
    return image


@pytest.fixture
def world(
    reporter, other_reporter, editor, managing_editor, without_role, make_story, publish_at, now
) -> World:
    for user in (reporter, other_reporter, editor, without_role):
        # Django's own permissions open no door.
        user.user_permissions.set(Permission.objects.all())
    root = User.objects.create_superuser("rootaccount", pk=71_001)
    peer = person("peer", Role.MANAGING_EDITOR)
    used, idle = (
        Category.objects.create(name=name, slug=name, pk=71_010 + n)
        for n, name in enumerate(["used", "idle"])
    )
    pen_name = Author.objects.get(user=reporter)
    images = {
        "own": make_image(71_021, reporter, "shared picture"),
        "other": make_image(71_022, other_reporter, "gammapicture"),
        "shown": make_image(71_023, other_reporter, "shown picture"),
        "idle": make_image(71_024, reporter, "deltapicture"),
    }

    def body(label: str) -> str:
        return f'<p>Text</p><figure data-images="{images[label].pk}"></figure>'

    own = make_story("alphadraft", pk=71_031, section=used, body=body("own"))
    submitted = make_story("submitted alphadraft", pk=71_032, section=used, stage=Stage.SUBMITTED)
    live = make_story("live of the reporter", pk=71_033, section=used, body="<p>Text</p>")
    other = make_story(
        "betadraft",
        pk=71_034,
        by=other_reporter,
        section=used,
        authors=[pen_name],
        body=body("other"),
        links=[
            ContentLink(target_id=own.pk),
            ContentLink(url="https://a.example", title="betadraft reads on"),
        ],
    )
    shown = make_story(
        "live of the other", pk=71_035, by=other_reporter, section=used, body=body("shown")
    )
    for story in (live, shown):
        publish_at(story, now)
    planned = make_story("planned betadraft", by=other_reporter, section=used)
    publish_at(planned, now + timedelta(days=1))
    linking = Article.objects.get(pk=live.pk)
    saving.save_story(linking, by=editor, links=[ContentLink(target_id=shown.pk)])
    # The other one has used the reporter's picture in a draft that the reporter may not see.
    shared = Article.objects.get(pk=other.pk)
    shared.body += body("own")
    saving.save_story(shared, by=editor)
    # What nobody else reads, not even who may change the story.
    unsaved_texts = [
        unsaved.keep(
            user,
            Typed([("headline", words), ("body", f"<p>{words}</p>")]),
            name=words,
            article=article,
            form_id=None,
            edits="",
            place="",
            at=now,
        )
        for user, article, words in (
            (reporter, own, "epsilonwords"),
            (other_reporter, other, "zetawords"),
        )
    ]
    people = {
        "reporter": reporter,
        "other": other_reporter,
        "editor": editor,
        "managing": managing_editor,
        "nobody": without_role,
        "stranger": None,
    }
    return World(
        ids={
            "articles/article": {
                "own draft": own.pk,
                "own submitted": submitted.pk,
                "own live": live.pk,
                "other draft": other.pk,
            },
            "articles/author": {
                "own pen name": pen_name.pk,
                "idle": Author.objects.create(name="idle", slug="idle").pk,
            },
            "articles/caption": {"own": own.captions.get().pk, "other": other.captions.first().pk},
            "articles/category": {"used": used.pk, "idle": idle.pk},
            "articles/paper": {"paper": Paper.objects.get().pk},
            "articles/publication": {
                "own": live.publications.get().pk,
                "other plan": planned.publications.get().pk,
            },
            "articles/record": {"record": Record.objects.latest("pk").pk},
            "articles/relatedlink": {
                "own": live.related_links.get().pk,
                "other": other.related_links.last().pk,
                "to a hidden story": other.related_links.first().pk,
            },
            "auth/user": {"reporter": reporter.pk, "peer": peer.pk, "root": root.pk},
            "media/image": {label: image.pk for label, image in images.items()},
        },
        unsaved=unsaved_texts,
        walkers={name: Walker.logged_in(name, user) for name, user in people.items()},
    )


@pytest.fixture(params=PEOPLE)
def walker(request, world) -> Walker:
    return world.walkers[request.param]


def assert_tells_nothing(response, walker: Walker) -> None:
    """No word of what is hidden from this person, in body, headers or messages."""
    told = text_of(response)
    for secret, kept_from in SECRETS.items():
        if walker.name in kept_from:
            assert secret not in told, f"{walker.name} reads {secret!r}"


def assert_same(response, pk: int, missing, where: str) -> None:
    """What is hidden answers as what does not exist."""
    told, expected = (likeness(each, pk, MISSING) for each in (response, missing))
    difference = "\n".join(unified_diff(told.splitlines(), expected.splitlines(), lineterm=""))
    assert not difference, f"{where}: {difference}"


def test_every_address_has_a_row_and_every_row_an_address():
    assert set(routes()) == known_routes()


def test_everybody_gets_the_pages_that_the_table_gives(world, walker):
    for thing, table in TABLE.items():
        for route, people in (("", table.list), ("add/", table.add)):
            for query in ("", "?_popup=1"):
                response = walker.get(f"/admin/{thing}/{route}{query}")
                expected = "page" if walker.name in people else "refused"
                assert_outcome(response, walker, expected, f"{thing}/{route}")


def assert_outcome(response, walker: Walker, expected: str, where: str) -> None:
    if walker.name == "stranger":
        expected = "login"
    if where == "articles/paper/" and expected == "page":
        expected = "redirect"
    assert outcome(response) == expected, f"{where} as {walker.name}"
    assert_tells_nothing(response, walker)


def test_rows_show_themselves_to_whom_the_table_says(world, walker):
    for thing, table in TABLE.items():
        for route, right in ALL_ROW_ADDRESSES[thing].items():
            for label, rights in table.rows.items():
                pk = world.id_of(thing, label)
                response = walker.get(address(thing, route, pk))
                where = f"{address(thing, route, label)} as {walker.name}"
                if walker.name in rights[right]:
                    assert outcome(response) in good_outcomes(thing, route), where
                elif walker.name in rights["view"]:
                    assert outcome(response) == "refused", where
                else:
                    missing = walker.get_once(address(thing, route, MISSING))
                    assert_same(response, pk, missing, where)
                assert_tells_nothing(response, walker)


def test_ids_that_are_none_are_answered(world, walker):
    for thing in TABLE:
        for route in ["<path:object_id>/", *ALL_ROW_ADDRESSES[thing]]:
            for pk in ODD:
                response = walker.get(address(thing, route, pk))
                assert outcome(response) in {"login", "redirect", "refused", "none"}


def test_every_other_address_answers_as_the_table_says(world, walker):
    pks = {
        "{hidden story}": "71034",
        "{hidden picture}": "71022",
        "{unsaved text}": str(world.unsaved[0]),
        "{unsaved text of the other}": str(world.unsaved[1]),
    }
    for rows in ELSEWHERE.values():
        for asked, outcomes in rows.items():
            for name, pk in pks.items():
                asked = asked.replace(name, pk)
            response = walker.get(f"/admin/{asked}")
            expected = {word for word, people in outcomes.items() if walker.name in people}
            assert {outcome(response)} == expected, f"{asked} as {walker.name}"
            assert_tells_nothing(response, walker)


def test_rows_are_written_by_whom_the_table_says(world, walker):
    for thing, table in TABLE.items():
        for label, rights in table.rows.items():
            pk = world.id_of(thing, label)
            for route, right in ALL_ROW_ADDRESSES[thing].items():
                for data in posts_to(route):
                    asked = address(thing, route, pk)
                    response, writes = walker.post(asked, data)
                    allowed = walker.name in rights["change" if right == "view" else right]
                    assert allowed or not writes, f"POST {asked} {data} as {walker.name}"
                    if walker.name not in rights["view"]:
                        missing = walker.post_once(address(thing, route, MISSING), data)
                        assert_same(response, pk, missing, asked)
                    assert_tells_nothing(response, walker)


def posts_to(route: str) -> list[dict[str, str]]:
    """What is sent to an address of this kind: nothing, a confirmation, what Django looks for."""
    if route.endswith("change/"):
        return [{}, {"_popup": "1"}, {"_saveasnew": "1"}]
    return [{}, {"post": "yes"}] if route.endswith("delete/") else [{}]


def test_rows_are_deleted_by_whom_the_table_says_and_only_when_unused(world, walker):
    for thing, table in TABLE.items():
        for label, rights in table.rows.items():
            pk = world.id_of(thing, label)
            asked = address(thing, "<path:object_id>/delete/", pk)
            _response, writes = walker.post(asked, {"post": "yes"})
            table_name = apps.get_model(thing.replace("/", "."))._meta.db_table
            gone = any(sql.startswith(f'DELETE FROM "{table_name}"') for sql in writes)
            expected = walker.name in rights["delete"] and label not in PROTECTED.get(thing, ())
            assert gone is expected, f"{asked} ({label}) as {walker.name}"


def test_an_action_reaches_no_row_that_the_table_forbids(world, walker):
    for thing, table in TABLE.items():
        for label, rights in table.rows.items():
            pk = world.id_of(thing, label)
            for data in ({"post": "yes"}, {"select_across": "1", "post": "yes"}):
                sent = {"action": "delete_selected", "_selected_action": pk, "index": "0"} | data
                response, writes = walker.post(f"/admin/{thing}/", sent)
                allowed = walker.name in rights["delete"]
                assert allowed or "select_across" in data or not writes, f"{thing} {walker.name}"
                assert_tells_nothing(response, walker)


def test_nobody_adds_what_the_table_forbids(world, walker):
    for thing, table in TABLE.items():
        for data in ({}, {"_popup": "1"}, {"_saveasnew": "1"}, {"_to_field": "password"}):
            response, writes = walker.post(f"/admin/{thing}/add/", data)
            assert walker.name in table.add or not writes, f"{thing} {walker.name}"
            assert_tells_nothing(response, walker)


def test_a_hidden_id_in_a_form_is_taken_for_one_that_does_not_exist(world, walker):
    for asked, name, related in choices(walker):
        for hidden in world.hidden(related, walker.name):
            if name == "links_target" and hidden == world.id_of(related, "own live"):
                continue  # what readers have may be linked to by everybody
            response, _writes = walker.post(asked, filled(name, hidden))
            missing, _writes = walker.post(asked, filled(name, MISSING))
            assert_tells_nothing(response, walker)
            assert_same(response, hidden, missing, f"{asked} {name} as {walker.name}")


def choices(walker: Walker) -> Iterator[tuple[str, str, str]]:
    """Each relation of each form to add that this person gets: address, field, kind of thing."""
    for thing, table in TABLE.items():
        if walker.name not in table.add:
            continue
        asked = f"/admin/{thing}/add/"
        for name, field in walker.get(asked).context["adminform"].form.fields.items():
            if isinstance(field, ModelChoiceField):
                yield asked, name, kind_of(field.queryset.model)
    if walker.name in DESK:
        # Ids that a story's form takes by fields of its own.
        for name, related in OWN_FIELDS.items():
            yield "/admin/articles/article/add/", name, related


OWN_FIELDS = {
    "links_target": "articles/article",
    "lead_image": "media/image",
    "body": "media/image",
}


def filled(name: str, pk: int) -> dict[str, object]:
    """A form that is complete but for what the field `name` is about."""
    value = f'<figure data-images="{pk}"></figure>' if name == "body" else pk
    story = {"headline": "Mine", "genre": "report", "links_words": "x", "links_title": ""}
    return {"name": "Mine", "slug": "mine", **story, name: value}


def kind_of(model: type[models.Model]) -> str:
    return model._meta.label_lower.replace(".", "/")


@pytest.mark.parametrize("who", ["reporter", "managing", "nobody"])
def test_a_lists_address_answers_no_questions_about_hidden_rows(world, who):
    walker = world.walkers[who]
    for thing in TABLE:
        model = apps.get_model(thing.replace("/", "."))
        for name in [field.name for field in model._meta.get_fields(include_hidden=True)]:
            for lookup in (f"{name}=71034", f"{name}__regex=["):
                response = walker.get(f"/admin/{thing}/?{lookup}")
                if model is not Paper and not is_filter(model, lookup):
                    assert outcome(response) in {"bad", "refused"}, f"{thing} {lookup}"
                assert_tells_nothing(response, walker)


def is_filter(model: type[models.Model], lookup: str) -> bool:
    """Is this one of the list's own filters, which stands there for everybody to see?"""
    filters = admin.site.get_model_admin(model).list_filter
    names = {getattr(each, "parameter_name", each) for each in filters}
    return "regex" not in lookup and re.split("__|=", lookup)[0] in names


ODD_QUERIES = [
    "owner__password__startswith=a",
    "uploaded_by__password__startswith=a",
    "user__password__startswith=a",
    "password__startswith=a",
    "article__headline__startswith=b",
    "_to_field=password",
    "_to_field=%00",
    "q=%00",
    "q=%22",
    "p=x",
    "p=99999999999999999999",
    "o=x",
    "e=1",
    "all=",
    "_facets=True",
    "is_active__exact=%00",
    "is_active__exact=x",
    "state=%00",
    "genre__exact=%00",
    "section=%00",
    "verb=%00",
    "_changelist_filters=%00",
    "%00=1",
]


@pytest.mark.parametrize("who", ["reporter", "managing", "nobody"])
def test_odd_queries_of_lists_are_answered(world, who):
    for thing in TABLE:
        for query in ODD_QUERIES:
            response = world.walkers[who].get(f"/admin/{thing}/?{query}")
            assert outcome(response) in {"page", "redirect", "refused", "bad"}, query
            assert_tells_nothing(response, world.walkers[who])


def test_a_search_tells_nothing_of_what_it_does_not_show(world):
    answers = []
    for word in ("betadraft", "gammadraft"):
        response = world.walkers["reporter"].get(f"/admin/articles/article/?q={word}")
        answers.append(likeness(response, "none").replace(word, ""))
    assert answers[0] == answers[1]
