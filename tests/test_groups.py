"""What every installation has after `migrate`."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from articles.models import Paper
from articles.rules.permissions import THINGS, Role

pytestmark = pytest.mark.django_db


def rights_of(role: Role) -> set[tuple[str, str]]:
    rows = Group.objects.get(name=role.value).permissions.values_list(
        "content_type__app_label", "codename"
    )
    return set(rows)


@pytest.mark.parametrize("role", Role)
def test_each_role_is_a_group_with_the_rights_of_the_table(role):
    expected = {
        (thing.split(".")[0], f"{right}_{thing.split('.')[1]}")
        for thing, rights in THINGS[role].items()
        for right in rights
    }
    assert rights_of(role) == expected


def test_the_papers_row_is_there():
    assert Paper.objects.get().pk == 1


def test_migrating_again_gives_back_lost_rights_and_doubles_nothing():
    Group.objects.get(name="Reporter").permissions.clear()
    Group.objects.get(name="Editor").delete()
    call_command("migrate", verbosity=0)
    assert ("articles", "add_article") in rights_of(Role.REPORTER)
    assert ("articles", "view_record") in rights_of(Role.EDITOR)
    assert Group.objects.count() == len(Role)


def test_migrating_again_keeps_the_papers_facts():
    Paper.objects.update(name="Báo Vĩnh Sa")
    call_command("migrate", verbosity=0)
    assert Paper.objects.get().name == "Báo Vĩnh Sa"
