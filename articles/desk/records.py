"""The record of who did what to which story: to be read only."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.desk.guard import Guarded
from articles.models import Article, Record
from articles.rules.permissions import Verb
from articles.rules.states import in_full
from articles.rules.timing import Kind

VERBS = {
    "import": _("imported from file"),
    "publish": _("published"),
    "move": _("changed the time"),
    "cancel": _("unscheduled"),
    "set_end": _("changed the expiry"),
    "withdraw": _("took down"),
    "bring_back": _("put back online"),
    "restore": _("restored an earlier version"),
    "share": _("made a preview link"),
    "revoke_link": _("revoked a preview link"),
    "submit": _("submitted"),
    "recall": _("recalled"),
    "send_back": _("returned"),
    "delete": _("deleted"),
    "duplicate": _("duplicated"),
}

# The same done for a chosen moment: the log never says that readers have what they have not yet.
FOR_LATER = {
    "publish": _("scheduled"),
    "withdraw": _("scheduled taking down"),
    "bring_back": _("scheduled putting back online"),
}


# What takes a working copy from hand to hand.
STAGE_VERBS = (Verb.SUBMIT, Verb.RECALL, Verb.SEND_BACK, Verb.PUBLISH)


def deed_of(record: Record) -> str:
    """What was done, in words."""
    later = FOR_LATER.get(record.verb)
    if later and "at" in record.details:
        return str(later)
    return str(VERBS.get(record.verb, record.verb))


def _moment(value: str | None) -> str:
    if value is None:
        return str(_("No expiry"))
    return in_full(datetime.fromisoformat(value), timezone.get_current_timezone())


def _yes(value: bool) -> str:  # noqa: FBT001 (a value of the record, as all that are said here)
    return str(_("Yes") if value else _("No"))


# What a record may hold beside who, what and when: its name, and how it is said.
PARTICULARS = {
    "kind": (_("Kind"), lambda value: str(dict(Kind.choices).get(value, value))),
    "note": (_("Note"), str),
    "at": (_("Scheduled for"), _moment),
    "live_from": (_("Scheduled for"), _moment),
    "until": (_("Expiry"), _moment),
    "rights": (_("Because usage rights end"), _yes),
    "waiting": (
        _("Scheduled versions"),
        lambda value: str(_("Kept") if value == "keep" else _("Cancelled")),
    ),
    "keep_plans": (_("Scheduled versions kept"), _yes),
    "cancelled": (
        _("Versions cancelled"),
        lambda value: ", ".join(str(number) for number in value),
    ),
    "of": (_("Copy of story no."), str),
    "changed": (_("Changed version"), str),
    "too": (
        _("Also changed"),
        lambda value: ", ".join(str(number) for number in value) or str(_("No")),
    ),
    "copy": (_("Working copy changed, too"), _yes),
    "restored": (_("Restored"), str),
    "for_whom": (_("For whom"), str),
    "version": (_("Saved version"), str),
}


def particulars_of(record: Record) -> SafeString | str:
    """What else the record holds, in words."""
    said = [
        (label, say(record.details[name]))
        for name, (label, say) in PARTICULARS.items()
        if name in record.details
    ]
    return format_html_join(" · ", "{}: {}", said)


@dataclass(frozen=True)
class Entry:
    """One row of the record, in words."""

    row: Record

    @property
    def at(self) -> str:
        return in_full(self.row.at.replace(microsecond=0), timezone.get_current_timezone())

    @property
    def who(self) -> str:
        return self.row.by_name

    @property
    def what(self) -> str:
        what = deed_of(self.row)
        return f"{what} ({self.row.number})" if self.row.number else what

    @property
    def note(self) -> str:
        return str(self.row.details.get("note", ""))

    @property
    def particulars(self) -> SafeString | str:
        return particulars_of(self.row)


def entries(story: Article, most: int | None = None) -> list[Entry]:
    """The record of a story, the newest first, whole or the last few. One query."""
    return [Entry(row) for row in story.records.order_by("-at", "-pk")[:most]]


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
    """Rows are only ever added, by articles.publishing.workflow."""

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
        return deed_of(record)

    @admin.display(description=_("particulars"))
    def particulars(self, record: Record) -> SafeString | str:
        return particulars_of(record) or "–"
