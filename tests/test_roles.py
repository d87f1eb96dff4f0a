"""What somebody is at the desk: by their account and their groups."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, User

from articles.publishing import access
from articles.rules.permissions import Role
from tests.conftest import person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
def test_the_group_says_it(role):
    assert access.role_of(person("somebody", role)) is role


@pytest.mark.parametrize("field", ["is_active", "is_staff"])
def test_an_account_that_is_switched_off_or_not_of_the_staff_has_none(editor, field):
    setattr(editor, field, False)
    assert access.role_of(editor) is None


def test_of_several_groups_the_highest_counts(editor):
    editor.groups.add(Group.objects.get(name=Role.REPORTER.value))
    assert access.role_of(editor) is Role.EDITOR
    editor.groups.add(Group.objects.get(name=Role.MANAGING_EDITOR.value))
    assert access.role_of(User.objects.get(pk=editor.pk)) is Role.MANAGING_EDITOR


def test_a_superuser_is_a_managing_editor_without_a_group_or_in_a_lower_one(without_role, reporter):
    for user in (without_role, reporter):
        user.is_superuser = True
        assert access.role_of(user) is Role.MANAGING_EDITOR


def test_a_group_of_another_name_and_no_login_give_none(without_role):
    without_role.groups.add(Group.objects.create(name="Readers"))
    assert access.role_of(without_role) is None
    assert access.role_of(AnonymousUser()) is None
