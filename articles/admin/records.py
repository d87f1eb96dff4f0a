"""The record of who did what to which story: to be read only."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import Record

from .guard import Guarded

VERBS = {
    "publish": _("published"),
    "move": _("moved"),
    "cancel": _("cancelled"),
    "set_end": _("changed the end"),
    "withdraw": _("withdrew"),
    "bring_back": _("brought back"),
    "submit": _("submitted"),
    "send_back": _("sent back"),
    "delete": _("deleted"),
    "duplicate": _("duplicated"),
}


class VerbFilter(admin.SimpleListFilter):
    """The known verbs, without asking the whole record which there are."""

    title = _("what")
    parameter_name = "verb"

    def lookups(self, request, model_admin):
        return list(VERBS.items())

    def queryset(self, request, queryset):
        return queryset.filter(verb=self.value()) if self.value() else queryset


@admin.register(Record)
class RecordAdmin(Guarded):
    """Rows are only ever added, by articles.workflow."""

    fields = ["at", "by_name", "what", "number", "headline", "details"]
    list_display = ["at", "by_name", "what", "headline", "number"]
    list_filter = [VerbFilter]
    search_fields = ["headline", "by_name"]
    sortable_by = []

    @admin.display(description=_("what"))
    def what(self, record):
        return VERBS.get(record.verb, record.verb)
