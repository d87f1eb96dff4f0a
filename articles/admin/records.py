"""The record of who did what to which story: to be read only."""

import json

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import Record

from .guard import Guarded

VERBS = {
    "import": _("imported"),
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

    fields = ["at", "who", "what", "number", "headline", "particulars"]
    list_display = ["at", "who", "what", "headline", "number"]
    list_filter = [VerbFilter]
    search_fields = ["headline", "by_name"]
    sortable_by = []

    @admin.display(description=_("who"))
    def who(self, record):
        return record.by_name

    @admin.display(description=_("what"))
    def what(self, record):
        return VERBS.get(record.verb, record.verb)

    @admin.display(description=_("particulars"))
    def particulars(self, record):
        return json.dumps(record.details, ensure_ascii=False) if record.details else "–"
