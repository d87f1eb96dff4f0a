"""What is written with a story and never by hand: its captions, related links and publications.

To be read only, for whoever looks into the tables; the menu does not lead here. The rows of a story
that a person may not see do not exist for them.
"""

from datetime import datetime

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext_lazy as _

from articles.desk import linking
from articles.desk.guard import Guarded
from articles.desk.long_lists import LongList
from articles.models import Article, Caption, Publication, RelatedLink
from articles.publishing import access
from articles.rules.states import in_full
from articles.text import Body

NOTHING = "–"
OF_STORY = "article__"


class DerivedAdmin(LongList, Guarded):
    """Rows with the story that they belong to; what was written last comes first."""

    ordering = ["-pk"]
    # Only says that there is a search; get_search_results does it.
    search_fields = ["article"]
    search_help_text = _("Search headlines, with or without accents.")

    def rows(self, user: access.User, right: str) -> Q:
        return access.stories(user, of=OF_STORY)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return rows.select_related("article").defer("article__body", "article__lede")

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(linking.containing(search_term, of=OF_STORY)), False

    def changelist_view(self, request, extra_context=None):
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        """What became of the story: its rows have no other history."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self.missing(request, object_id)
        history = reverse("admin:articles_article_history", args=[row.article_id])
        return HttpResponseRedirect(history)

    @admin.display(description=_("story"))
    def story(self, row: Caption | RelatedLink | Publication) -> SafeString:
        return _link(row.article)


def _link(story: Article) -> SafeString:
    address = reverse("admin:articles_article_change", args=[story.pk])
    return format_html('<a href="{}">{}</a>', address, story.headline)


class Counted:
    """For rows that are counted from nought: people count from one."""

    @admin.display(description=_("position"))
    def place(self, row: Caption | RelatedLink) -> int:
        return row.position + 1


@admin.register(Caption)
class CaptionAdmin(Counted, DerivedAdmin):
    fields = ["story", "place", "words", "pictures"]
    list_display = ["words_in_short", "place", "pictures", "story"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("image_rows")

    @admin.display(description=_("caption"))
    def words(self, caption: Caption) -> str:
        return Body.read(caption.text).plain_text() or NOTHING

    @admin.display(description=_("caption"))
    def words_in_short(self, caption: Caption) -> str:
        return Truncator(self.words(caption)).words(24)

    @admin.display(description=_("pictures"))
    def pictures(self, caption: Caption) -> SafeString | str:
        """Their numbers, as they stand in the body."""
        ids = [(row.image_id,) for row in caption.image_rows.all()]
        return format_html_join(" ", "{}", ids) or NOTHING


@admin.register(RelatedLink)
class RelatedLinkAdmin(Counted, DerivedAdmin):
    fields = ["story", "place", "link", "address"]
    list_display = ["link", "place", "story"]

    def rows(self, user, right):
        """Nor does a link exist for somebody who may not know the story to which it leads."""
        target = linking.linkable(user, at=timezone.now(), of="target__")
        return super().rows(user, right) & (Q(target=None) | target)

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related("target").defer("target__body", "target__lede")

    @admin.display(description=_("related link"))
    def link(self, link: RelatedLink) -> str:
        return str(link)

    @admin.display(description=_("address"))
    def address(self, link: RelatedLink) -> SafeString | str:
        return _link(link.target) if link.target else link.url


@admin.register(Publication)
class PublicationAdmin(DerivedAdmin):
    fields = [
        "story", "number", "kind", "headline", "note", "section", "begins", "ends",
        "end_asked_for", "first", "approver", "approved",
    ]  # fmt: skip
    list_display = ["headline", "number", "kind", "begins", "ends", "story"]
    list_filter = ["kind"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("section", "approved_by")

    @admin.display(description=_("on the site from"))
    def begins(self, publication: Publication) -> str:
        return _moment(publication.live_from)

    @admin.display(description=_("on the site until"))
    def ends(self, publication: Publication) -> str:
        return _moment(publication.live_until)

    @admin.display(description=_("expiry asked for"))
    def end_asked_for(self, publication: Publication) -> str:
        return _moment(publication.until)

    @admin.display(description=_("first published"))
    def first(self, publication: Publication) -> str:
        return _moment(publication.first_published)

    @admin.display(description=_("approved by"))
    def approver(self, publication: Publication) -> str:
        person = publication.approved_by
        return access.name_of(person)

    @admin.display(description=_("approved"))
    def approved(self, publication: Publication) -> str:
        return _moment(publication.approved_at.replace(microsecond=0))


def _moment(moment: datetime | None) -> str:
    return in_full(moment, timezone.get_current_timezone()) if moment else NOTHING
