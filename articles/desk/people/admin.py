"""The desk's people: a managing editor makes and looks after reporters and editors."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from articles.desk.guard import Guarded
from articles.desk.login import brakes
from articles.desk.login.form import clock_time
from articles.desk.people.forms import (
    ROLE_NAMES,
    NewPasswordForm,
    NewPersonForm,
    PersonForm,
    role_given,
)
from articles.publishing import access
from articles.rules import permissions
from articles.rules.permissions import Role

hide_passwords = method_decorator(sensitive_post_parameters("password1", "password2"))

# Django registers its own; groups are made from the pure table and are nobody's to edit.
admin.site.unregister([User, Group])


def roles_to_give(user: access.User) -> list[Role]:
    """The roles that this person may give, and whose holders they look after."""
    if user.is_superuser:
        return list(Role)
    return [made for made in Role if permissions.may_make(access.role_of(user), made)]


@admin.register(User)
class PeopleAdmin(Guarded):
    """Accounts without Django's own rights and groups: a role says it all. Nobody is deleted."""

    list_display = ["username", "full_name", "role", "pen_names", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["username", "first_name", "last_name", "email"]
    ordering = ["username"]
    list_per_page = 50
    readonly_fields = ["pen_names", "last_login", "date_joined"]
    change_form_template = "admin/auth/user/change_form.html"

    def rows(self, user, right):
        if user.is_superuser:
            return Q()
        if right == "view":
            return Q(is_superuser=False)
        others = [role.value for role in Role if role not in roles_to_give(user)]
        return Q(is_superuser=False) & ~Q(groups__name__in=others)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups", "pen_names")

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [
                (None, {"fields": ["first_name", "username", "email", "pen_name", "role"]}),
                (gettext_lazy("Password"), {"fields": ["password1", "password2"]}),
            ]
        return [
            (None, {"fields": ["first_name", "username", "email", "role", "is_active"]}),
            (None, {"fields": self.readonly_fields}),
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002
        kwargs["form"] = PersonForm if change else NewPersonForm
        form = super().get_form(request, obj, change, **kwargs)
        form.roles = roles_to_give(request.user)
        form.acting = request.user
        return form

    def get_urls(self):
        view = self.admin_site.admin_view
        name = "auth_user_password_change"
        let_in = view(self.let_in)
        return [
            path("<path:object_id>/password/", view(self.new_password), name=name),
            path("<path:object_id>/let-in/", let_in, name="auth_user_let_in"),
            *super().get_urls(),
        ]

    @hide_passwords
    def add_view(self, request, form_url="", extra_context=None):
        return super().add_view(
            request, form_url, {"title": _("Add person"), **(extra_context or {})}
        )

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change and form.made:
            request.made_password = form.password

    def response_add(self, request, obj, post_url_continue=None):
        """A password that we made is shown here, once, and is kept nowhere."""
        if hasattr(request, "made_password"):
            return self._show_password(request, obj, request.made_password)
        return super().response_add(request, obj, post_url_continue)

    def let_in(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Let somebody log in at once for whom too many attempts have failed."""
        person = self._person(request, object_id)
        if request.method == "POST":
            brakes.lift(person)
            messages.success(request, _("They can log in now."))
            return redirect("admin:auth_user_change", person.pk)
        until = brakes.slowed(person, timezone.now())
        context = self._context(request, person, _("Let in"))
        context["until"] = clock_time(until) if until else ""
        return TemplateResponse(request, "admin/auth/user/let_in.html", context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):  # noqa: FBT002
        if obj is not None and brakes.slowed(obj, timezone.now()):
            context["is_slowed"] = True
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _person(self, request: HttpRequest, object_id: str) -> User:
        """The account. Raises PermissionDenied or Http404."""
        person = self.get_object(request, unquote(object_id))
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        if person is None:
            raise Http404
        return person

    @hide_passwords
    def new_password(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Set another password for somebody who has forgotten theirs."""
        person = self._person(request, object_id)
        form = NewPasswordForm(person, request.POST or None)
        if not form.is_valid():
            context = self._context(request, person, _("New password")) | {"form": form}
            return TemplateResponse(request, "admin/auth/user/new_password.html", context)
        form.save()
        brakes.lift(person)
        self.log_change(request, person, [{"changed": {"fields": ["Password"]}}])
        if form.made:
            return self._show_password(request, person, form.password)
        messages.success(request, _("The new password is set. Tell it to nobody else."))
        return redirect("admin:auth_user_change", person.pk)

    def _show_password(self, request: HttpRequest, person: User, password: str) -> HttpResponse:
        context = self._context(request, person, _("Password")) | {"password": password}
        return TemplateResponse(request, "admin/auth/user/password_made.html", context)

    def _context(self, request: HttpRequest, person: User, title: str) -> dict[str, object]:
        request.current_app = self.admin_site.name
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": str(person),
            "person": person,
            "opts": self.opts,
        }

    @admin.display(description=gettext_lazy("name"))
    def full_name(self, person):
        return person.get_full_name()

    @admin.display(description=gettext_lazy("role"))
    def role(self, person):
        given = role_given(person)
        if given:
            return ROLE_NAMES[given]
        return _("Runs the installation") if person.is_superuser else _("None")

    @admin.display(description=gettext_lazy("pen names"))
    def pen_names(self, person):
        return ", ".join(author.name for author in person.pen_names.all()) or "–"
