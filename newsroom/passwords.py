"""A forgotten password: by e-mail where that is configured, else by the managing editor."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk.login import brakes, devices
from articles.desk.login.form import clock_time
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

    def form_valid(self, form: Form) -> HttpResponse:
        """Nobody is sent more e-mails than they can want, however often somebody asks."""
        attempt = brakes.mail_to(self.request, form.cleaned_data["email"])
        until = brakes.take(attempt, timezone.now())
        if until is None:
            return super().form_valid(form)
        sentence = _("Too many e-mails were asked for. Try again at %(time)s.")
        form.add_error("email", sentence % {"time": clock_time(until)})
        response = self.form_invalid(form)
        response.status_code = 429
        return response

    @property
    def extra_email_context(self) -> dict[str, str]:
        """The site's own address, never the Host header of who asked."""
        site = urlsplit(settings.SITE_URL)
        return {"protocol": site.scheme, "domain": site.netloc, "site_name": Paper.load().name}


class Sent(DeskPage, views.PasswordResetDoneView):
    pass


class Renewed(DeskPage, views.PasswordResetConfirmView):
    """Whoever reads a person's mail is let in as from a device that is known."""

    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        brakes.lift(self.user)
        devices.remember(self.request, response, self.user.pk)
        return response


class Complete(DeskPage, views.PasswordResetCompleteView):
    pass
