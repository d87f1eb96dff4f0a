"""What every installation has after `migrate`: the groups with their rights, and the paper's row.

After the migrations, not in one: permissions do not exist before, and tests that flush the tables
would lose what a migration filled in.
"""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from articles.models import Paper
from articles.rules.permissions import THINGS


def fill(*, using: str, **kwargs: object) -> None:
    """Make the groups, give them the rights of the pure table, and make the paper's row."""
    for label in ("auth", "articles", "media"):
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    for role, things in THINGS.items():
        group, _created = Group.objects.using(using).get_or_create(name=role.value)
        group.permissions.set(Permission.objects.using(using).filter(_rights(things)))
    Paper.objects.using(using).get_or_create(pk=1)


def _rights(things: dict[str, frozenset[str]]) -> Q:
    """The permissions that a role's row of the table names."""
    wanted = Q(pk__in=[])
    for model, rights in things.items():
        app, name = model.split(".")
        codenames = [f"{right}_{name}" for right in rights]
        wanted |= Q(content_type__app_label=app, codename__in=codenames)
    return wanted
