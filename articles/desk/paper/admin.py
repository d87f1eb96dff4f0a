"""The paper's own facts: one row, one form."""

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from articles.desk.guard import Guarded
from articles.desk.paper.forms import PaperForm
from articles.models import Paper
from articles.rules.dates import in_words


@admin.register(Paper)
class PaperAdmin(Guarded):
    """What the pages say about the paper, and how its stories are dressed."""

    form = PaperForm
    readonly_fields = ["date_sample"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fieldsets = [
        (None, {"fields": ["name", "tagline", "mark"]}),
        (
            _("Imprint"),
            {
                "fields": [
                    "publisher",
                    "governing_body",
                    "licence",
                    "head_title",
                    "head_name",
                    "address",
                    "telephone",
                    "email",
                ]
            },
        ),
        (_("Channels to follow"), {"fields": ["facebook", "youtube", "zalo", "x"]}),
        (
            _("On a story's page"),
            {"fields": ["related_title", "same_section_title", "date_format", "date_sample"]},
        ),
        (_("Corrections"), {"fields": ["apology_title", "apology_parts"]}),
        (_("Before a story goes out"), {"fields": ["credit_required", "slots"]}),
    ]

    def changelist_view(self, request, extra_context=None):
        """There is no list of one: straight to the form."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect("admin:articles_paper_change", 1)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        title = {"title": _("Newspaper details")}
        return super().change_view(request, object_id, form_url, title | (extra_context or {}))

    @admin.display(description=_("now, in the saved format"))
    def date_sample(self, paper):
        with translation.override(settings.LANGUAGE_CODE):
            zone = timezone.get_default_timezone()
            return in_words(timezone.now(), paper.date_format, zone)
