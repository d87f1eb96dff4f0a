"""A forgotten password: by e-mail where that is configured, else by the managing editor."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from articles.models import Paper


class DeskPage:
    """Dresses a view of django.contrib.auth like the other pages of the desk."""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return {**admin.site.each_context(self.request), **super().get_context_data(**kwargs)}


class Forgotten(DeskPage, views.PasswordResetView):
    """Sends a link; tells who has no e-mail at this installation whom to ask instead."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.EMAIL_CONFIGURED:
            context = admin.site.each_context(request)
            return TemplateResponse(request, "registration/password_by_hand.html", context)
        return super().dispatch(request, *args, **kwargs)

    @property
    def extra_email_context(self) -> dict[str, str]:
        """The site's own address, never the Host header of who asked."""
        site = urlsplit(settings.SITE_URL)
        return {"protocol": site.scheme, "domain": site.netloc, "site_name": Paper.load().name}


class Sent(DeskPage, views.PasswordResetDoneView):
    pass


class Renewed(DeskPage, views.PasswordResetConfirmView):
    pass


class Complete(DeskPage, views.PasswordResetCompleteView):
    pass
