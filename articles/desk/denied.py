"""What somebody gets who may not: a page of the desk, with a sentence and a way on."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _


def denied(request: HttpRequest, sentence: str, back: str) -> HttpResponse:
    """The answer 403 with its reason; back: the address to go on from."""
    context = admin.site.each_context(request)
    context |= {"title": _("Not allowed"), "sentence": sentence, "back": back}
    return TemplateResponse(request, "admin/denied.html", context, status=403)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For every page that somebody may not have, whoever refused it."""
    sentence = str(exception) or _("You may not open this page, or do this. Ask an editor.")
    return denied(request, sentence, reverse("admin:index")).render()
