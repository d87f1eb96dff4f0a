"""The list of stories: what stands where, found quickly among a hundred thousand."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib import admin
from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.desk import linking
from articles.desk.long_lists import LongChangeList, LongList
from articles.desk.standings import standings_of
from articles.models import Article, CaptionImage, Category, Genre, Publication
from articles.publishing import access
from articles.rules import permissions
from articles.rules.permissions import Stage, Verb
from articles.rules.states import State, in_full
from articles.rules.timing import FOREVER
from media import library


class StoryChangeList(LongChangeList):
    """A page of stories, with what its columns show fetched for all its rows at once."""

    def shown_rows(self) -> QuerySet[Article]:
        return super().shown_rows().defer("body", "lede")

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        at = timezone.now()
        standings = standings_of(self.result_list, at=at)
        pictures = card_pictures(self.result_list)
        for story in self.result_list:
            story.standing = standings[story.pk]
            story.card_picture = pictures.get(story.pk)


def card_pictures(stories: Iterable[Article]) -> dict[int, library.Source]:
    """The smallest picture of each story's card, by the story's id. Three queries."""
    chosen = {story.pk: story.lead_image_id for story in stories if story.lead_image_id}
    others = [story.pk for story in stories if story.pk not in chosen]
    placed = CaptionImage.objects.filter(caption__article__in=others).order_by(
        "-caption__position", "-position"
    )
    first = dict(placed.values_list("caption__article", "image"))
    of_story = first | chosen
    found = library.renditions_of(of_story.values())
    return {
        story: sources[0]
        for story, image in of_story.items()
        if image in found and (sources := found[image].get("card", "jpeg"))
    }


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            (State.DRAFT, _("Draft")),
            (State.SUBMITTED, _("Awaiting approval")),
            (State.SCHEDULED, _("Scheduled")),
            (State.LIVE, _("Live")),
            ("changed", _("Changed after publication")),
            (State.OFF, _("Offline")),
        ]

    def queryset(self, request, queryset):
        return queryset.filter(in_state(self.value(), at=timezone.now()))


def in_state(state: str | None, *, at: datetime) -> Q:
    """Rows of Article that stand so at the moment `at`; every row for an unknown word."""
    of_story = Publication.objects.filter(article=OuterRef("pk"))
    live = Exists(of_story.live(at=at))
    # Not of this story but of all: where few are found, the database asks once, not for each row.
    published = Q(pk__in=Publication.objects.values("article"))
    planned = Q(pk__in=Publication.objects.filter(live_from__gt=at).values("article"))
    last_ends = Publication.objects.values("article").annotate(
        last_end=Max(Coalesce("live_until", Value(FOREVER)))
    )
    over = Q(pk__in=last_ends.filter(last_end__lte=at).values("article"))
    newest = Subquery(of_story.order_by("-number").values("digest")[:1])
    rules = {
        State.DRAFT: lambda: ~published & Q(stage=Stage.DRAFT),
        State.SUBMITTED: lambda: Q(stage=Stage.SUBMITTED),
        State.SCHEDULED: lambda: planned,
        State.LIVE: lambda: Q(live),
        State.OFF: lambda: over,
        "changed": lambda: published & ~Q(digest=newest),
    }
    return rules[state]() if state in rules else Q()


class SectionFilter(admin.SimpleListFilter):
    title = _("section")
    parameter_name = "section"

    def lookups(self, request, model_admin):
        sections = Category.objects.order_by(*Category.MENU_ORDER)
        return [(str(section.pk), section.indented_name) for section in sections]

    def queryset(self, request, queryset):
        if self.value() not in {value for value, _name in self.lookup_choices}:
            return queryset
        return queryset.filter(Q(section=self.value()) | Q(section__parent=self.value()))


class OwnFilter(admin.SimpleListFilter):
    title = _("owner")
    parameter_name = "mine"

    def lookups(self, request, model_admin):
        return [("1", _("My own"))]

    def queryset(self, request, queryset):
        return queryset.filter(owner=request.user.pk) if self.value() == "1" else queryset


class GenreFilter(admin.SimpleListFilter):
    title = _("genre")
    parameter_name = "genre"

    def lookups(self, request, model_admin):
        return Genre.choices

    def queryset(self, request, queryset):
        return queryset.filter(genre=self.value()) if self.value() in Genre.values else queryset


class StoryList(LongList):
    """The part of the story's admin that lists."""

    list_display = ["story", "section_name", "owner_name", "standing", "saved"]
    list_display_links = None
    list_filter = [StateFilter, SectionFilter, GenreFilter, OwnFilter]
    ordering = ["-updated_at", "-pk"]
    # Only says that there is a search; get_search_results does it.
    search_fields = ["folded"]
    search_help_text = _("Search headlines, with or without accents.")
    change_list_template = "admin/articles/article/change_list.html"

    def get_changelist(self, request, **kwargs):
        return StoryChangeList

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(linking.containing(search_term)), False

    def get_list_filter(self, request):
        """Who sees only their own stories needs no filter for them."""
        others = [
            case
            for case in permissions.cases(access.role_of(request.user), Verb.SEE)
            if not case.own
        ]
        return [f for f in self.list_filter if others or f is not OwnFilter]

    def get_list_display(self, request):
        """Who schedules stories may choose many of them."""
        chosen = ["chosen"] if access.may_some(request.user, Verb.PUBLISH) else []
        return [*chosen, *self.list_display]

    def changelist_view(self, request, extra_context=None):
        title = {
            "title": _("Stories"),
            "may_schedule": access.may_some(request.user, Verb.PUBLISH),
        }
        return super().changelist_view(request, title | (extra_context or {}))

    @admin.display(description=_("Chosen"))
    def chosen(self, story):
        return render_to_string("admin/articles/article/chosen.html", {"story": story})

    @admin.display(description=_("story"))
    def story(self, story):
        return render_to_string("admin/articles/article/row.html", {"story": story})

    @admin.display(description=_("section"))
    def section_name(self, story):
        return story.section or "–"

    @admin.display(description=_("owner"))
    def owner_name(self, story):
        return access.name_of(story.owner)

    @admin.display(description=_("state"))
    def standing(self, story):
        return render_to_string(
            "admin/articles/article/standing.html", {"standing": story.standing}
        )

    @admin.display(description=_("saved"))
    def saved(self, story):
        return in_full(
            story.updated_at.replace(second=0, microsecond=0), timezone.get_current_timezone()
        )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("section", "owner")
