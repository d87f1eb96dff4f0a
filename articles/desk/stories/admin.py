"""The story desk: the form of a working copy, and who gets which page of it."""

from datetime import datetime
from functools import partial
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.forms import Script
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from articles.desk import linking, records, searching
from articles.desk.editor import pictures
from articles.desk.editor.pasted import pasted
from articles.desk.guard import Guarded
from articles.desk.stories import (
    byline,
    comparing,
    panel,
    preview_links,
    saved_copies,
    saves,
    verbs,
    working,
)
from articles.desk.stories.forms import StoryForm, in_words
from articles.desk.stories.listing import StoryList
from articles.desk.stories.preview import preview_of_saved, preview_of_typed, preview_of_version
from articles.desk.stories.saves import SavePages
from articles.desk.stories.working import WorkPages
from articles.models import Article, Publication
from articles.publishing import access, saving, unsaved, workflow
from articles.rules.permissions import Verb
from articles.rules.refusals import WorkflowError
from articles.site.pages import Page

RIGHTS = {"view": Verb.SEE, "change": Verb.CHANGE, "delete": Verb.DELETE}


@admin.register(Article)
class StoryAdmin(StoryList, SavePages, WorkPages, Guarded):
    """Stories as the desk handles them."""

    form = StoryForm
    fieldsets: ClassVar = [(None, {"fields": StoryForm.Meta.fields})]
    actions = None
    change_form_template = "admin/articles/article/change_form.html"

    class Media:
        css: ClassVar = {"all": ["articles/desk/story.css"]}
        js = (
            *(
                Script(f"articles/desk/{name}.js", type="module")
                for name in (
                    "asking",
                    "beat",
                    "combobox",
                    "countdown",
                    "counting",
                    "kept-copy",
                    "moments",
                    "rows",
                    "saving",
                )
            ),
        )

    def rows(self, user: access.User, right: str) -> Q:
        return access.stories(user, RIGHTS[right]) if right in RIGHTS else Q()

    def may(self, request: HttpRequest, right: str, obj: Article | None = None) -> bool:
        """As the table says of the story as it was before this form touched it."""
        if obj is not None and right in RIGHTS:
            return access.may(request.user, RIGHTS[right], obj)
        return super().may(request, right, obj)

    def get_urls(self) -> list:
        info = "articles_article"
        wrap = self.admin_site.admin_view
        verb_pages = [
            path(
                f"<int:pk>/{page.path}/",
                wrap(page.as_view(self)),
                name=f"{info}_{page.name}",
            )
            for page in verbs.PAGES
        ]
        return [
            # Answers who is not logged in, too: that is what is asked of it.
            path("alive/", never_cache(alive), name=f"{info}_alive"),
            path("pictures/", include(pictures.urls)),
            path("pasted/", pasted, name=f"{info}_pasted"),
            path("find/", wrap(find_stories), name=f"{info}_find"),
            path("names/", wrap(find_names), name=f"{info}_names"),
            path("add/preview/", wrap(self.preview_new), name=f"{info}_preview_new"),
            path("<int:pk>/preview/", wrap(self.preview), name=f"{info}_preview"),
            path("<int:pk>/versions/", wrap(self.versions), name=f"{info}_versions"),
            path("<int:pk>/read/<slug:key>/", wrap(self.read), name=f"{info}_read"),
            path("<int:pk>/read/<slug:key>/page/", wrap(self.read_page), name=f"{info}_read_page"),
            path(
                "<int:pk>/preview-links/",
                wrap(partial(preview_links.links_page, self)),
                name=f"{info}_preview_links",
            ),
            path(
                "<int:pk>/preview-links/<int:link>/revoke/",
                wrap(partial(preview_links.revoke, self)),
                name=f"{info}_revoke_link",
            ),
            path("<int:pk>/compare/", wrap(self.compare), name=f"{info}_compare"),
            *verb_pages,
            *super().get_urls(),
        ]

    # The form

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002
        return StoryForm.for_person(request.user, at=timezone.now())

    def get_changeform_initial_data(self, request):
        return {}

    def get_object(self, request, object_id, from_field=None):
        """The story, locked while it is being saved."""
        story = super().get_object(request, object_id, from_field)
        if story and request.method == "POST" and transaction.get_connection().in_atomic_block:
            return Article.objects.select_for_update(of=("self",)).filter(pk=story.pk).first()
        return story

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return self._form_page(request, object_id, form_url, extra_context)
        except (IntegrityError, WorkflowError):
            # The same form sent at the same moment, or a picture gone between check and save:
            # what was true at the first look is not any more, so look again.
            return self._form_page(request, object_id, form_url, extra_context)

    def _form_page(self, request, object_id, form_url, extra_context):
        if object_id is None and request.method == "POST":
            made = self._made_by(request)
            if made:
                object_id = str(made.pk)
                form_url = reverse("admin:articles_article_change", args=[made.pk])
                if not self.has_change_permission(request, made):
                    # Handed in by the first of two presses.
                    return HttpResponseRedirect(form_url)
        if object_id is not None:
            story = super().get_object(request, unquote(object_id))
            if story and not self.has_change_permission(request, story):
                return self._story_page(request, story)
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if hasattr(request, "to_submit"):
            self._submit(request, request.to_submit)
        return response

    def _submit(self, request: HttpRequest, story: Article) -> None:
        """A step of its own, after the text is saved for good: refused, it leaves that saved."""
        try:
            workflow.submit(story, by=request.user)
        except WorkflowError as refused:
            messages.success(request, _("Saved."))
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Submitted to editors."))

    def _made_by(self, request: HttpRequest) -> Article | None:
        """The story that this very form has made already."""
        try:
            form_id = StoryForm.base_fields["form_id"].clean(request.POST.get("form_id"))
        except ValidationError:
            return None
        return self.get_queryset(request).filter(form_id=form_id).first() if form_id else None

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):  # noqa: FBT002
        at = timezone.now()
        form = context["adminform"].form
        # A story that does not exist yet is its writer's own draft.
        may_publish = access.may(request.user, Verb.PUBLISH, obj or Article(owner=request.user))
        context |= {
            "title": _("Write a story") if add else str(obj),
            "subtitle": None,
            "form": form,
            "panel": panel.panel_of(obj, request.user, at=at) if obj and obj.pk else None,
            "may_submit": not may_publish and (add or access.may(request.user, Verb.SUBMIT, obj)),
            "may_publish": may_publish,
            "typed_copies": working.offers(request, obj if obj and obj.pk else None),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _story_page(self, request: HttpRequest, story: Article) -> HttpResponse:
        """What somebody gets who may see the story, but not change it (any more)."""
        form = StoryForm.for_person(request.user, at=timezone.now())
        refused = request.method == "POST"
        beside = panel.panel_of(story, request.user, at=timezone.now())
        recall = reverse("admin:articles_article_recall", args=[story.pk])
        context = {
            **self.admin_site.each_context(request),
            "title": story.headline,
            "opts": self.opts,
            "original": story,
            "has_view_permission": True,
            "media": self.media,
            "panel": beside,
            "refused": refused,
            "may_recall": any(action.url == recall for action in beside.actions),
            "typed": _typed_anew(form(instance=story), request) if refused else {},
        }
        status = 403 if refused else 200
        return TemplateResponse(
            request, "admin/articles/article/story.html", context, status=status
        )

    # Saving

    def save_model(self, request, obj, form, change):
        """Through saving.save_story, which does it all or nothing."""
        if form.unchanged:
            return
        typed = form.cleaned_data
        if form.moved:
            messages.warning(
                request,
                _(
                    "Not in the list of authors yet, so moved to “Source line”: %(names)s. Ask an "
                    "editor to add the name."
                )
                % {"names": ", ".join(form.moved)},
            )
        if form.shared:
            messages.warning(
                request,
                _(
                    "Several authors have this name, so moved to “Source line”: %(names)s. Choose "
                    "from the list who is meant."
                )
                % {"names": ", ".join(form.shared)},
            )
        if not change:
            obj.owner = request.user
            if typed["form_id"]:
                self._take_form_id(request, obj, typed["form_id"])
        obj.lead_image_id = typed["lead_image"]
        saving.save_story(
            obj,
            by=request.user,
            body=form.text,
            authors=byline.store_new(typed["authors"]),
            links=typed["links"],
            based_on=typed["version"] if change else None,
        )

    def _take_form_id(self, request: HttpRequest, story: Article, form_id: UUID) -> None:
        """Let the story remember its form; a forged id that is another story's stays with that."""
        made = Article.objects.filter(form_id=form_id).only("owner", "stage").first()
        if made is None:
            story.form_id = form_id
        elif access.may(request.user, Verb.SEE, made):
            raise WorkflowError(_("This story has just been saved."), code="sent_twice")

    def save_related(self, request, form, formsets, change):
        saved_copies.remember(request, form.cleaned_data["copy"])
        if not change:
            unsaved.attach(form.instance)

    def response_add(self, request, obj, post_url_continue=None):
        return self._after_saving(request, obj)

    def response_change(self, request, obj):
        return self._after_saving(request, obj)

    def _after_saving(self, request: HttpRequest, story: Article) -> HttpResponse:
        page = "change"
        if "_publish" in request.POST and access.may(request.user, Verb.PUBLISH, story):
            page = "publish"
        elif "_submit" in request.POST and access.may(request.user, Verb.SUBMIT, story):
            request.to_submit = story
        else:
            messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse(f"admin:articles_article_{page}", args=[story.pk]))

    # Deleting

    def holders(self, objs, request):
        """A story that readers have had, or are to get, stays."""
        if Article.objects.filter(
            pk__in=[obj.pk for obj in objs], publications=None
        ).count() == len(objs):
            return []
        return [_("Published: take down instead.")]

    def delete_model(self, request, obj):
        workflow.record(Verb.DELETE, obj, by=request.user, at=timezone.now())
        super().delete_model(request, obj)

    # Other pages

    def history_view(self, request, object_id, extra_context=None):
        """The story's record, whole."""
        story = self.get_object(request, unquote(object_id))
        if story is None:
            return self.missing(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Log"),
            "subtitle": story.headline,
            "opts": self.opts,
            "original": story,
            "media": self.media,
            "record": records.entries(story),
            "saves": saves.lines(story),
            "may_change": self.has_change_permission(request, story),
        }
        return TemplateResponse(request, "admin/articles/article/object_history.html", context)

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The working copy as readers would get it; posted, what stands in its form."""
        story = self.row_or_none(request, pk)
        if story is None:
            return self.missing(request, pk)
        if request.method != "POST":
            return _preview_page(preview_of_saved(story, at=timezone.now()))
        if not self.has_change_permission(request, story):
            return self._story_page(request, story)
        return _preview_page(preview_of_typed(request, story, at=timezone.now()))

    def preview_new(self, request: HttpRequest) -> HttpResponse:
        """What stands in the form of a story that nobody has saved."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:articles_article_add"))
        return _preview_page(preview_of_typed(request, None, at=timezone.now()))

    def versions(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All that there is of a story, and what can be done with each of it."""
        story = self.row_or_none(request, pk)
        if story is None:
            return self.missing(request, pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Versions"),
            "subtitle": story.headline,
            "opts": self.opts,
            "original": story,
            "media": self.media,
            "panel": panel.panel_of(story, request.user, at=timezone.now()),
            "saves": saves.lines(story),
            "may_change": access.may(request.user, Verb.CHANGE, story),
        }
        return TemplateResponse(request, "admin/articles/article/versions.html", context)

    def read(self, request: HttpRequest, pk: int, key: str) -> HttpResponse:
        """One version as readers get it, as wide as a phone or a desktop."""
        story = self.row_or_none(request, pk)
        if story is None:
            return self.missing(request, pk)
        told = comparing.label_of(story, key)
        if not told:
            messages.error(request, comparing.no_such_version())
            return HttpResponseRedirect(reverse("admin:articles_article_versions", args=[pk]))
        widths = {"wide": _("As on a desktop"), "phone": _("As on a phone")}
        asked = request.GET.get("width", "")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Read"),
            "subtitle": story.headline,
            "opts": self.opts,
            "original": story,
            "media": self.media,
            "told": told,
            "widths": widths.items(),
            "width": asked if asked in widths else "wide",
            "page_url": reverse("admin:articles_article_read_page", args=[pk, key]),
        }
        return TemplateResponse(request, "admin/articles/article/read.html", context)

    def read_page(self, request: HttpRequest, pk: int, key: str) -> HttpResponse:
        """The page itself, which that one frames."""
        story = self.row_or_none(request, pk)
        if story is None:
            return self.missing(request, pk)
        try:
            content = comparing.content_of(story, key)
        except Publication.DoesNotExist:
            raise Http404 from None
        told = comparing.label_of(story, key)
        return _preview_page(preview_of_version(story, content, told, at=timezone.now()))

    def compare(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Two versions of the story, word by word: `?old=3&new=copy`."""
        story = self.row_or_none(request, pk)
        if story is None:
            return self.missing(request, pk)
        pair = comparing.default_pair(story, at=timezone.now())
        old, new = (request.GET.get(n, d) for n, d in zip(("old", "new"), pair, strict=True))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Compare versions"),
            "opts": self.opts,
            "original": story,
            "media": self.media,
            "versions": comparing.versions_of(story),
            "choices": [("old", _("Before"), old), ("new", _("After"), new)],
            "language": settings.LANGUAGE_CODE,
        }
        try:
            contents = [comparing.content_of(story, key) for key in (old, new)]
            seen = linking.linkable(request.user, at=timezone.now())
            context["comparison"] = comparing.compare(*contents, seen=seen)
        except Publication.DoesNotExist:
            context["refusal"] = comparing.no_such_version()
        except WorkflowError as refused:
            context["refusal"] = str(refused)
        return TemplateResponse(request, "admin/articles/article/compare.html", context)


def _preview_page(page: Page) -> HttpResponse:
    return HttpResponse(page.html(), headers={"X-Robots-Tag": "noindex"})


def _typed_anew(saved: StoryForm, request: HttpRequest) -> dict[str, str]:
    """What was typed into each field and is not saved, in words, to be read and copied."""
    posted = request.POST, request.FILES
    found = {}
    for name, field in saved.fields.items():
        value = field.widget.value_from_datadict(*posted, name)
        if field.widget.is_hidden or field.widget.value_omitted_from_data(*posted, name):
            continue
        typed = in_words(field, value)
        if typed and typed != in_words(field, saved[name].value()):
            found[str(field.label)] = typed
    return found


def alive(request: HttpRequest) -> JsonResponse:
    """Is this browser still logged in? With a token for its forms, since logging in changes it."""
    if access.role_of(request.user) is None:
        return JsonResponse({"user": None}, status=401)
    return JsonResponse({"user": request.user.pk, "token": get_token(request)})


def find_stories(request: HttpRequest) -> JsonResponse:
    """Stories to link to, by words of the headline."""
    _require_role(request)
    at: datetime = timezone.now()
    found = linking.find(_asked(request), request.user, at=at)
    return JsonResponse(
        {
            "results": [
                {"id": story.pk, "text": story.headline, "note": _when_and_where(story)}
                for story in found.select_related("section")
            ]
        }
    )


def find_names(request: HttpRequest) -> JsonResponse:
    """Authors, by words of the name."""
    _require_role(request)
    found = byline.suggestions(_asked(request))
    return JsonResponse({"results": [{"id": a.pk, "text": a.name, "note": a.slug} for a in found]})


def _require_role(request: HttpRequest) -> None:
    if access.role_of(request.user) is None:
        raise PermissionDenied


def _asked(request: HttpRequest) -> str:
    return searching.wanted(request.GET.get("q", ""))


def _when_and_where(story: Article) -> str:
    day = timezone.localtime(story.updated_at).strftime("%d/%m/%Y")
    return f"{story.section} · {day}" if story.section else day
