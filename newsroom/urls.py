"""Every address of the installation: the desk, uploads, then the site."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views import defaults

from articles.desk import failing, site_at
from newsroom import health, outage, passwords

urlpatterns = [
    # Before the desk, which answers for all that begins with admin/; the names are Django's.
    path("admin/password-reset/", passwords.Forgotten.as_view(), name="admin_password_reset"),
    path("admin/password-reset/sent/", passwords.Sent.as_view(), name="password_reset_done"),
    path(
        "admin/password-reset/<uidb64>/<token>/",
        passwords.Renewed.as_view(),
        name="password_reset_confirm",
    ),
    path(
        "admin/password-reset/complete/",
        passwords.Complete.as_view(),
        name="password_reset_complete",
    ),
    path("admin/site-at/", include(site_at.urls)),
    path("admin/", admin.site.urls),
    path("uploads/", include("media.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("articles.site.urls")),
]

handler404 = "articles.site.views.not_found"
handler403 = "articles.desk.denied.permission_denied"


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that nobody can read: at the desk with a sentence."""
    desk = request.path_info.startswith("/admin/")
    return (failing.bad_request if desk else defaults.bad_request)(request, exception)


def handler500(request: HttpRequest) -> HttpResponse:
    """An error that nothing else has answered: at the desk with the text that was sent."""
    desk = request.path_info.startswith("/admin/")
    return (failing.server_failed if desk else outage.server_error)(request)
