"""One rule at every door of the admin: lists, forms, choices, deletions, histories."""

from collections.abc import Iterator, Sequence
from functools import partial

from django import forms
from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.utils import construct_change_message
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models
from django.db.models import Q, QuerySet
from django.forms import modelform_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import ngettext

from articles.desk import searching
from articles.desk.lines import LineField
from articles.models import (
    Article,
    ArticleAuthor,
    CaptionImage,
    Publication,
    PublicationAuthor,
    PublicationPicture,
)
from articles.publishing import access
from articles.rules import permissions

RIGHTS = ("view", "add", "change", "delete")
# What list filters and date hierarchies put behind a field's name in an address.
LOOKUPS = frozenset(
    {"", "exact", "id__exact", "isnull", "gte", "lt", "year", "month", "day"}
    | {"year__exact", "month__exact", "day__exact"}
)
# How to get from a row that protects something to the story that it belongs to.
STORY_OF: dict[type[models.Model], str] = {
    Article: "pk",
    ArticleAuthor: "article",
    CaptionImage: "caption__article",
    Publication: "article",
    PublicationAuthor: "publication__article",
    PublicationPicture: "publication__article",
}
NAMED = 10
# An id with as many digits is none.
MAX_DIGITS = 19


class Guarded(admin.ModelAdmin):
    """An admin in which articles.rules.permissions decides, and Django's own permissions do not.

    Say which rows a person may handle by overriding `rows`; the kind of thing is asked of the
    table first. Whatever a person may not see behaves as if it did not exist.
    """

    actions = None
    view_on_site = False
    show_full_result_count = False
    # They count the whole list once more for each choice of each filter.
    show_facets = admin.ShowFacets.NEVER

    def rows(self, user: access.User, right: str) -> Q:
        """The rows on which this person has the right "view", "change" or "delete": all of them.

        A rule that crosses a relation to many rows must not make rows appear twice.
        """
        return Q()

    def may(self, request: HttpRequest, right: str, obj: models.Model | None = None) -> bool:
        """Has this person the right to this row, or, without one, to any row? At most one query."""
        role = access.role_of(request.user)
        if not permissions.may_handle(role, right, self.opts.label_lower):
            return False
        if obj is None:
            return True
        rule = self.rows(request.user, right)
        return not rule or self.model._base_manager.filter(rule, pk=obj.pk).exists()

    def has_view_permission(self, request, obj=None):
        return self.may(request, "view", obj)

    def has_add_permission(self, request):
        return self.may(request, "add")

    def has_change_permission(self, request, obj=None):
        return self.may(request, "change", obj)

    def has_delete_permission(self, request, obj=None):
        return self.may(request, "delete", obj)

    def has_module_permission(self, request):
        return any(self.may(request, right) for right in RIGHTS)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if type(db_field) in (models.CharField, models.TextField):
            kwargs.setdefault("form_class", LineField)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def changelist_view(self, request, extra_context=None):
        searching.shorten(request)
        return super().changelist_view(request, extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            # Somebody was faster after the form's check: checked again, it says so at its field.
            return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except IntegrityError:
            # Somebody has begun to use it since the question: the page now says who.
            return redirect(request.path)

    def _changeform_view(self, request, object_id, form_url, extra_context):
        # Django takes this from any form, also where none offers it.
        if "_saveasnew" in request.POST and not self.save_as:
            raise PermissionDenied
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def get_queryset(self, request):
        if not self.has_view_permission(request):
            return super().get_queryset(request).none()
        return super().get_queryset(request).filter(self.rows(request.user, "view"))

    def row_or_none(self, request: HttpRequest, pk: int) -> models.Model | None:
        """The row, where this person may see it."""
        return self.get_queryset(request).filter(pk=pk).first()

    def missing(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The answer for a row that is not there, or is not for this person's eyes."""
        return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))

    def get_field_queryset(self, db, db_field, request):
        """A relation offers, and takes, only what its own admin shows this person."""
        related = db_field.remote_field.model
        try:
            return self.admin_site.get_model_admin(related).get_queryset(request)
        except NotRegistered:
            return related._default_manager.none()

    def lookup_allowed(self, lookup, value, request):
        """Only the list's own filters: any other lookup is a question about hidden rows."""
        name, _separator, kind = lookup.partition("__")
        return "\0" not in value and kind in LOOKUPS and name in self._filter_names(request)

    def _filter_names(self, request: HttpRequest) -> set[str]:
        names = {self.date_hierarchy}
        for item in self.get_list_filter(request):
            field = item[0] if isinstance(item, tuple) else item
            names.add(getattr(field, "parameter_name", field))
        return names

    def construct_change_message(self, request, form, formsets, add=False):  # noqa: FBT002
        """The names of fields only: what a related row is called may be hidden from who reads it."""
        return construct_change_message(form, None, add)

    def get_changelist_form(self, request, **kwargs):
        """Rows that this person may see but not change stay as they are."""
        may_change = partial(self.has_change_permission, request)

        class RowForm(kwargs.pop("form", forms.ModelForm)):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                if self.instance.pk and not may_change(self.instance):
                    for field in self.fields.values():
                        field.disabled = True

        callback = partial(self.formfield_for_dbfield, request=request)
        return modelform_factory(
            self.model, form=RowForm, fields=self.list_editable, formfield_callback=callback
        )

    def _get_edited_object_pks(self, request, prefix):
        """Those that a database could hold."""
        return [
            pk for pk in super()._get_edited_object_pks(request, prefix) if len(pk) < MAX_DIGITS
        ]

    def response_action(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """An action reaches only the rows to which this person has the right that it needs."""
        actions = self.get_actions(request)
        for name in set(request.POST.getlist("action")) & actions.keys():
            for right in getattr(actions[name][0], "allowed_permissions", ["change"]):
                queryset = queryset.filter(self.rows(request.user, right))
        return super().response_action(request, queryset)

    def get_deleted_objects(self, objs, request):
        """What goes, and what keeps it from going; hidden stories are counted, not named."""
        objs = list(objs)
        lacking = {
            self.opts.verbose_name for obj in objs if not self.has_delete_permission(request, obj)
        }
        names = [f"{capfirst(self.opts.verbose_name)}: {obj}" for obj in objs]
        count = {self.opts.verbose_name_plural: len(objs)}
        return names, count, lacking, self.holders(objs, request)

    def holders(self, objs: list[models.Model], request: HttpRequest) -> list[str]:
        """The names of what protects these objects from deletion, as this person may read them."""
        others = [
            f"{capfirst(row._meta.verbose_name)}: {row}"
            for rows in protecting(self.model, objs)
            if rows.model not in STORY_OF
            for row in rows
        ]
        return others + story_names(stories_holding(self.model, objs), request.user)


def protecting(model: type[models.Model], objs: Sequence[models.Model]) -> Iterator[QuerySet]:
    """The rows that protect these objects of one model, a queryset for each relation."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and getattr(relation, "on_delete", None) is models.PROTECT:
            rows = relation.related_model._base_manager
            yield rows.filter(**{f"{relation.field.name}__in": objs})


def stories_holding(model: type[models.Model], objs: Sequence[models.Model]) -> QuerySet[Article]:
    """The stories that use these objects, in their working copy or in a publication."""
    rule = Q(pk__in=[])
    for rows in protecting(model, objs):
        if rows.model in STORY_OF:
            rule |= Q(pk__in=rows.values(STORY_OF[rows.model]))
    return Article.objects.filter(rule)


def seen_and_more(stories: QuerySet[Article], user: access.User) -> tuple[list[Article], str]:
    """The newest of these that the person may see, then in words how many more there are, or ""."""
    seen = list(stories.filter(access.stories(user))[:NAMED])
    more = stories.count() - len(seen)
    counted = ngettext("%(number)d more story", "%(number)d more stories", more)
    return seen, counted % {"number": more} if more else ""


def story_names(stories: QuerySet[Article], user: access.User) -> list[str]:
    """The same as lines to read: headlines, then the number."""
    seen, more = seen_and_more(stories, user)
    return [str(story) for story in seen] + ([more] if more else [])
