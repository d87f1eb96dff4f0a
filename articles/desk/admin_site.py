"""The desk's admin site: what is the same on all its pages, and its first page."""

import math
from collections.abc import Callable
from functools import wraps

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language

from articles.desk import failing, manual
from articles.desk.login import devices
from articles.desk.login.form import LoginForm
from articles.models import Paper
from articles.publishing import access
from articles.rules.dates import zone_name
from articles.rules.permissions import Verb

# The order of the menu; what a person has no right to is left out.
MENU = {
    "articles.article": _("Stories"),
    "media.image": _("Pictures"),
    "articles.category": _("Sections"),
    "articles.author": _("Authors"),
    "articles.paper": _("Newspaper details"),
    "auth.user": _("People"),
    "articles.record": _("Log"),
}

# A shortcut from any type and number to a page of the site, which tells hidden addresses, and
# the suggestions for relations, which no form of ours asks for.
UNUSED = {"view_on_site", "autocomplete"}


class DeskSite(admin.AdminSite):
    """Django's admin without the doors that lead past articles.rules.permissions."""

    enable_nav_sidebar = False
    index_title = _("Newsroom")
    login_form = LoginForm

    def get_urls(self) -> list[URLPattern]:
        # Imported here, as in `index`, because the admin's modules register themselves with this site.
        from articles.desk.board import pages as board

        urls = [url for url in super().get_urls() if getattr(url, "name", "") not in UNUSED]
        return [
            path("language/", set_language, name="set_language"),
            path("manual/", include(manual.urls(self.admin_view))),
            path("board/", include(board.urls(self.admin_view))),
            *urls,
        ]

    def admin_view(self, view: Callable, cacheable: bool = False) -> Callable:  # noqa: FBT001, FBT002
        """A form that comes after the login has ended shows its text again, before one logs in."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def kept(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not self.has_permission(request) and failing.has_typed(request):
                return failing.logged_out(request)
            return guarded(request, *args, **kwargs)

        return kept

    def login(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Who gets in is known on this device from now on; who has to wait is told until when."""
        response = super().login(request, extra_context)
        if user := getattr(request, "has_logged_in", None):
            devices.remember(request, response, user.pk)
        if until := getattr(request, "held_until", None):
            response.status_code = 429
            seconds = math.ceil((until - timezone.now()).total_seconds())
            response.headers["Retry-After"] = str(max(seconds, 1))
        return response

    def get_log_entries(self, request: HttpRequest) -> QuerySet[LogEntry]:
        """None: old entries name stories that the person may not see any more."""
        return LogEntry.objects.none()

    def each_context(self, request: HttpRequest) -> dict[str, object]:
        name = Paper.load().name
        context = super().each_context(request)
        zone = timezone.get_current_timezone()
        return {
            **context,
            "site_header": name,
            "site_title": name,
            "menu": self._menu(request, context),
            "zone": zone,
            "zone_name": zone_name(zone),
        }

    def _menu(self, request: HttpRequest, context: dict[str, object]) -> list[dict[str, object]]:
        """Label, name and address of each kind of thing that the person may see."""
        things = {
            thing["model"]._meta.label_lower: thing
            for app in context["available_apps"]
            for thing in app["models"]
        }
        menu = [
            {"label": label, "name": name, "address": things[label]["admin_url"]}
            for label, name in MENU.items()
            if label in things
        ]
        if access.may_some(request.user, Verb.PUBLISH):
            schedule = {
                "label": "board",
                "name": _("Schedule board"),
                "address": reverse("admin:board"),
            }
            menu.insert(1, schedule)
        return menu

    def index(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        # Imported here because the admin's modules register themselves with this very site.
        from articles.desk.front import front_page

        page = front_page(request.user, at=timezone.now())
        return super().index(request, {"page": page, **(extra_context or {})})
