"""While somebody writes: one request every few seconds keeps their text, and says who else is there.

It raises no version, turns nothing on the site and writes no record. A person's unsaved text is read
by nobody else; who has a story open is told to those who may change it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from articles.desk import linking
from articles.desk.editor.pictures import for_the_desk, refusal
from articles.desk.stories import comparing, saved_copies
from articles.desk.stories.preview import typed_content
from articles.models import Article, Presence, Publication, TypedCopy
from articles.publishing import access, unsaved
from articles.rules import keeping
from articles.rules.content import Content
from articles.rules.keeping import Open, Typed
from articles.rules.permissions import Role, Verb
from articles.rules.refusals import WorkflowError
from articles.rules.states import in_full, in_sentence

MAX_ID = 2**63 - 1
_ROLES = {
    Role.REPORTER: gettext_lazy("reporter"),
    Role.EDITOR: gettext_lazy("editor"),
    Role.MANAGING_EDITOR: gettext_lazy("managing editor"),
}
_is_name = RegexValidator(r"^[\w.-]{1,64}\Z")


class NamesField(forms.CharField):
    """Names of copies, with blanks between them."""

    def clean(self, value: object) -> list[str]:
        names = super().clean(value).split()[: saved_copies.REMEMBERED]
        for name in names:
            _is_name(name)
        return names


class BeatForm(forms.Form):
    """What a tab tells of itself.

    name: of its copy, then those that it goes on with. edits: "" for the working copy, else a
    publication's number. version: the one that the form was opened at. content: what stands in the
    form, where that has changed; same: it is again as it was opened. leaves: the tab closes.
    """

    story = forms.IntegerField(required=False, min_value=1, max_value=MAX_ID)
    form_id = forms.UUIDField(required=False)
    names = NamesField(max_length=1500)
    edits = forms.CharField(required=False, validators=[RegexValidator(r"^[0-9]{1,9}\Z")])
    version = forms.IntegerField(required=False, min_value=0, max_value=MAX_ID)
    content = forms.CharField(required=False, strip=False)
    same = forms.BooleanField(required=False)
    typing = forms.BooleanField(required=False)
    leaves = forms.BooleanField(required=False)

    def clean_content(self) -> Typed | None:
        content = self.cleaned_data["content"]
        try:
            return Typed.read(content) if content else None
        except ValueError as error:
            raise ValidationError(str(error)) from error


@dataclass(frozen=True)
class Sent:
    """A beat, as far as it can be trusted."""

    names: Sequence[str]
    edits: str
    form_id: UUID | None
    version: int | None
    content: Typed | None
    same: bool
    typing: bool
    leaves: bool

    names_of: ClassVar = ("names", "edits", "form_id", "version", "content", "same", "typing")

    @classmethod
    def of(cls, form: BeatForm) -> "Sent":
        return cls(**{name: form.cleaned_data[name] for name in (*cls.names_of, "leaves")})


@require_POST
@for_the_desk
def beat(request: HttpRequest) -> JsonResponse:
    """Keep what stands in a tab, and say who else is there. At most four queries, the first ones
    of a tab apart.
    """
    if len(request.POST.get("content", "").encode(errors="replace")) > keeping.MOST_COPY:
        return refusal(
            _(
                "This text has more than %(limit)s MB: the server keeps no copy of it while you "
                "type, but this browser does. Shorten it, or make two stories of it."
            )
            % {"limit": f"{keeping.MOST_COPY / 1e6:.0f}"},
            413,
        )
    form = BeatForm(request.POST)
    if not form.is_valid():
        return refusal(_("The server could not read what your browser sent."), 400)
    at, sent = timezone.now(), Sent.of(form)
    if sent.names[0] in saved_copies.known(request):
        # It was on its way while the form was saved.
        sent = replace(sent, content=None)
    story = _story(request.user, form.cleaned_data["story"], sent.form_id)
    if story is None and form.cleaned_data["story"]:
        return _gone()
    try:
        return _taken_in(request, story, sent, at)
    except IntegrityError:
        return _gone()


def _story(user: access.User, pk: int | None, form_id: UUID | None) -> Article | None:
    """The story, also where a form has made it since; None for what this person may not see."""
    if pk is None and form_id is None:
        return None
    which = {"pk": pk} if pk is not None else {"form_id": form_id}
    rows = Article.objects.filter(access.stories(user), **which).select_related("saved_by")
    return rows.only(
        *("version", "owner", "stage", "form_id", "updated_at"),
        *("saved_by__username", "saved_by__first_name", "saved_by__last_name"),
    ).first()


def _gone() -> JsonResponse:
    return refusal(
        _(
            "This story has been deleted, or is not for you any more. What you typed is still in "
            "this page: copy what you need."
        ),
        404,
    )


def _taken_in(
    request: HttpRequest, story: Article | None, sent: Sent, at: datetime
) -> JsonResponse:
    user = request.user
    there = story is not None and access.may(user, Verb.CHANGE, story)
    tabs = unsaved.tabs(story) if there else []
    own = next((tab for tab in tabs if tab.user_id == user.pk and tab.name == sent.names[0]), None)
    kept = own.copied_at if own else None if there else _kept_at(user, sent)
    if sent.content and not sent.leaves and _is_too_soon(kept, at):
        return refusal(_("This was too soon after the last time; it is sent again."), 429)
    if there:
        unsaved.see(
            story,
            user,
            name=sent.names[0],
            edits=sent.edits,
            before=own,
            typing=sent.typing,
            copied=bool(sent.content),
            leaves=sent.leaves,
            at=at,
        )
    copy = _keep(request, story, sent, at)
    if own is None:
        unsaved.trim(user)
    zone = timezone.get_current_timezone()
    others = [tab for tab in tabs if tab is not own]
    answer = {
        "kept": _clock(at, zone) if copy else None,
        "copy": copy,
        "people": _people(others, user, at),
        "others": any(tab.user_id != user.pk and keeping.is_present(tab, at) for tab in others),
        "taken": _taken(own),
        "saved": _saved_since(story, user, sent) if story else "",
        "closed": "" if there or story is None else _("You can no longer edit this story."),
    }
    return JsonResponse(answer)


def _is_too_soon(kept: datetime | None, at: datetime) -> bool:
    return kept is not None and timedelta(0) <= at - kept < keeping.LEAST_BETWEEN


def _kept_at(user: access.User, sent: Sent) -> datetime | None:
    """When the server last kept a copy from a tab of which it knows nothing else."""
    rows = TypedCopy.objects.filter(user=user.pk, name=sent.names[0])
    return rows.values_list("at", flat=True).first() if sent.content else None


def _keep(request: HttpRequest, story: Article | None, sent: Sent, at: datetime) -> int | None:
    user = request.user
    if sent.same:
        unsaved.drop(user, sent.names)
        return None
    if not sent.content:
        return None
    copy = unsaved.keep(
        user,
        sent.content,
        name=sent.names[0],
        article=story,
        form_id=sent.form_id,
        edits=sent.edits,
        place=keeping.machine(request.headers.get("User-Agent", ""))[:100],
        at=at,
    )
    if sent.names[1:]:
        unsaved.drop(user, sent.names[1:])
    return copy


# What is said


def _clock(moment: datetime, zone: object) -> str:
    return moment.astimezone(zone).strftime("%H:%M:%S")


def _since(moment: datetime, at: datetime) -> str:
    """An hour of today, else with its date."""
    zone = timezone.get_current_timezone()
    moment = moment.replace(second=0, microsecond=0)
    if moment.astimezone(zone).date() == at.astimezone(zone).date():
        return moment.astimezone(zone).strftime("%H:%M")
    return in_full(moment, zone)


def _people(tabs: Sequence[Presence], user: access.User, at: datetime) -> list[str]:
    """Who else has the story open, in sentences."""
    return [_person(person, user, at) for person in keeping.present(tabs, at)]


def _person(person: Open, user: access.User, at: datetime) -> str:
    since = {"time": _since(person.since, at), "number": person.tab.edits}
    if person.tab.user_id == user.pk:
        return _("You have had this story open elsewhere, too, since %(time)s.") % since
    facts = since | {
        "who": access.name_of(person.tab.user),
        "role": _ROLES.get(person.tab.role, person.tab.role),
    }
    if person.tab.edits:
        if person.typing:
            words = _(
                "%(who)s (%(role)s) has been changing version %(number)s since %(time)s, and is typing."
            )
        else:
            words = _("%(who)s (%(role)s) has been changing version %(number)s since %(time)s.")
    elif person.typing:
        words = _("%(who)s (%(role)s) has had this story open since %(time)s, and is typing.")
    else:
        words = _("%(who)s (%(role)s) has had this story open since %(time)s.")
    return words % facts


def _taken(own: Presence | None) -> str:
    if own is None or own.taken_at is None:
        return ""
    zone = timezone.get_current_timezone()
    return _(
        "%(who)s took this story over %(when)s. What you typed stays in this page; talk to them "
        "before you save."
    ) % {"who": own.taken_by, "when": in_sentence(own.taken_at.replace(microsecond=0), zone)}


def _saved_since(story: Article, user: access.User, sent: Sent) -> str:
    """Who has saved the working copy since this form was opened."""
    if sent.edits or sent.version is None or story.version <= sent.version:
        return ""
    zone = timezone.get_current_timezone()
    when = in_sentence(story.updated_at.replace(microsecond=0), zone)
    if story.saved_by_id == user.pk:
        told = _("You saved this story yourself %(when)s, in another tab or on another device.")
    else:
        told = _("%(who)s saved this story %(when)s, after you had opened it.")
    told %= {"who": access.name_of(story.saved_by), "when": when}
    return " ".join([told, _("When you save, both texts are shown.")])


@require_POST
@for_the_desk
def take_over(request: HttpRequest) -> JsonResponse:
    """Tell the others who have a story open that one goes on with it oneself; waits for nobody."""
    try:
        pk = BeatForm.base_fields["story"].clean(request.POST.get("story"))
    except ValidationError:
        pk = None
    story = pk and _story(request.user, pk, None)
    if not story or not access.may(request.user, Verb.CHANGE, story):
        return _gone()
    at = timezone.now()
    names = [
        access.name_of(person.tab.user)
        for person in keeping.present(unsaved.tabs(story), at)
        if person.tab.user_id != request.user.pk
    ]
    unsaved.take_over(story, request.user, at=at)
    if not names:
        return JsonResponse({"told": _("Nobody else has this story open any more.")})
    return JsonResponse(
        {
            "told": _("You took this story over at %(time)s; %(names)s can read it in their form.")
            % {"time": _since(at, at), "names": ", ".join(dict.fromkeys(names))}
        }
    )


# Unsaved texts, for who typed them


def offers(request: HttpRequest, story: Article | None, *, edits: str = "") -> list[dict]:
    """The person's unsaved texts of this form, as its page tells the script. One query."""
    rows = unsaved.copies(
        request.user, story, edits=edits, but=saved_copies.known(request)
    ).values_list("pk", "name", "at", "place", "headline")
    zone = timezone.get_current_timezone()
    return [
        {
            "id": pk,
            "name": name,
            "at": int(at.timestamp() * 1000),
            "when": in_full(at.replace(microsecond=0), zone),
            "place": place,
            "headline": headline,
        }
        for pk, name, at, place, headline in rows[:10]
    ]


def _own(request: HttpRequest, pk: int) -> TypedCopy:
    """The person's own unsaved text, of a story that they may see. Raises Http404."""
    copy = TypedCopy.objects.filter(user=request.user.pk, pk=pk).select_related("article").first()
    hidden = copy and copy.article and not access.may(request.user, Verb.SEE, copy.article)
    if copy is None or hidden:
        raise Http404
    return copy


@require_GET
def copy_fields(request: HttpRequest, pk: int) -> HttpResponse:
    """What the form held, for the script that puts it there again."""
    copy = _own(request, pk)
    return HttpResponse(
        f'{{"name": "{copy.name}", "content": {copy.content}}}', content_type="application/json"
    )


@require_POST
@for_the_desk
def drop_copies(request: HttpRequest) -> HttpResponse:
    """The person does not want these texts any more; without a script, leads back to the form."""
    try:
        names = NamesField(max_length=1500).clean(request.POST.get("names", ""))
    except ValidationError:
        return refusal(_("The server could not read what your browser sent."), 400)
    found = TypedCopy.objects.filter(user=request.user.pk, name__in=names).first()
    unsaved.drop(request.user, names)
    if "text/html" not in request.headers.get("Accept", ""):
        return JsonResponse({})
    messages.success(request, _("The unsaved text is deleted."))
    return HttpResponseRedirect(_form_of(found) if found else reverse("admin:index"))


def _form_of(copy: TypedCopy) -> str:
    """The address of the form in which a text was typed."""
    if copy.article_id is None:
        return reverse("admin:articles_article_add")
    if copy.edits:
        return f"{reverse('admin:index')}articles/article/{copy.article_id}/version/{copy.edits}/"
    return reverse("admin:articles_article_change", args=[copy.article_id])


class WorkPages:
    """The addresses of work in progress, for the admin of stories."""

    def get_urls(self) -> list:
        info, wrap = "articles_article", self.admin_site.admin_view
        return [
            path("beat/", beat, name=f"{info}_beat"),
            path("take-over/", take_over, name=f"{info}_take_over"),
            path("copies/drop/", drop_copies, name=f"{info}_drop_copies"),
            path("copies/<int:pk>/", wrap(self.copy_page), name=f"{info}_copy"),
            path("copies/<int:pk>/fields/", wrap(copy_fields), name=f"{info}_copy_fields"),
        ] + super().get_urls()

    def copy_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """An unsaved text beside what is saved, before one chooses."""
        copy = _own(request, pk)
        story, at = copy.article, timezone.now()
        # First, since a form writes on its story.
        before = _before(copy)
        content = typed_content(_posted(copy), story, request.user, at=at).content
        context = {
            **self.admin_site.each_context(request),
            "title": _("Unsaved text"),
            "subtitle": copy.headline,
            "opts": self.opts,
            "original": story or copy.headline or _("(no headline yet)"),
            "has_view_permission": True,
            "media": self.media,
            "copy": copy,
            "when": in_sentence(copy.at.replace(microsecond=0), timezone.get_current_timezone()),
            "form_address": _form_of(copy),
            "may_change": story is None or access.may(request.user, Verb.CHANGE, story),
            "language": settings.LANGUAGE_CODE,
        }
        context["comparison"] = comparing.compare(
            before or comparing.nothing(content),
            content,
            seen=linking.linkable(request.user, at=at),
        )
        return TemplateResponse(request, "admin/articles/article/copy.html", context)


def _before(copy: TypedCopy) -> Content | None:
    """What the text would change; None where there is nothing, or nothing any more."""
    try:
        key = copy.edits or comparing.COPY
        return comparing.content_of(copy.article, key) if copy.article else None
    except (Publication.DoesNotExist, WorkflowError):
        return None


def _posted(copy: TypedCopy) -> MultiValueDict:
    """The text as its form would have sent it."""
    values = MultiValueDict()
    for name, value in Typed.read(copy.content).fields:
        values.appendlist(name, value)
    return values
