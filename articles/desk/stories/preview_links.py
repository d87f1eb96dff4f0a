"""The page on which preview links of a story are made, seen and revoked."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.desk.denied import denied
from articles.desk.guard import Guarded
from articles.desk.lines import LineField
from articles.desk.stories import comparing, preview
from articles.desk.stories.verb_page import story_address
from articles.models import Article, PreviewLink
from articles.publishing import access, preview_links
from articles.publishing.changes import DoneAlready
from articles.rules.content import Content
from articles.rules.permissions import Verb
from articles.rules.states import in_full
from articles.site import pages

DAYS = (1, 3, 7, 30)


class LinkForm(forms.Form):
    """For whom, of what, until when."""

    for_whom = LineField(
        label=gettext_lazy("For whom"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write for whom the link is.")},
        help_text=gettext_lazy("Stands on top of the page, and in the log."),
    )
    version = forms.ChoiceField(label=gettext_lazy("Version"))
    days = forms.TypedChoiceField(label=gettext_lazy("Valid for"), coerce=int, initial=3)
    press = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: object, story: Article, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        found = comparing.versions_of(story)
        self.fields["version"].choices = [(each.key, each.label) for each in found]
        self.fields["days"].choices = [
            (days, ngettext("%(number)d day", "%(number)d days", days) % {"number": days})
            for days in DAYS
        ]


def _for_sharers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view of a story that the person may show to others; a sentence for who may not."""

    def guarded(desk: Guarded, request: HttpRequest, pk: int, **more: int) -> HttpResponse:
        story = desk.row_or_none(request, pk)
        if story is None:
            return desk.missing(request, pk)
        if not access.may(request.user, Verb.SHARE, story):
            sentence = _("You may not do this to this story. Ask an editor.")
            return denied(request, sentence, story_address(story))
        return view(desk, request, story, **more)

    return guarded


@_for_sharers
def links_page(desk: Guarded, request: HttpRequest, story: Article) -> HttpResponse:
    """The links of a story, and a form for another."""
    now = timezone.now()
    initial = {"press": secrets.token_hex(8), "version": comparing.COPY}
    form = LinkForm(request.POST or None, story=story, initial=initial)
    if request.method == "POST" and form.is_valid():
        _make(request, story, form.cleaned_data, now)
        return HttpResponseRedirect(request.path)
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Preview links"),
        "subtitle": story.headline,
        "opts": desk.opts,
        "original": story,
        "media": desk.media,
        "form": form,
        "links": [_told(link, now) for link in story.preview_links.select_related("made_by")],
        "story_address": story_address(story),
    }
    return TemplateResponse(request, "admin/articles/article/preview_links.html", context)


@_for_sharers
def revoke(_desk: Guarded, request: HttpRequest, story: Article, *, link: int) -> HttpResponse:
    """Revoke one of them; by POST only."""
    found = story.preview_links.filter(pk=link).first() if request.method == "POST" else None
    if found:
        preview_links.revoke(found, by=request.user, clock=timezone.now)
        messages.success(request, _("Revoked: nobody can read it any more."))
    address = reverse("admin:articles_article_preview_links", args=[story.pk])
    return HttpResponseRedirect(address)


def _make(request: HttpRequest, story: Article, chosen: dict, now: datetime) -> None:
    version = comparing.label_of(story, chosen["version"])
    until = now.replace(second=0, microsecond=0) + timedelta(days=chosen["days"])
    content = comparing.content_of(story, chosen["version"])
    try:
        preview_links.make(
            story,
            by=request.user,
            page=lambda: _page(story, content, chosen["for_whom"], until, now),
            version=version,
            for_whom=chosen["for_whom"],
            until=until,
            clock=timezone.now,
            press=chosen["press"],
        )
    except DoneAlready:
        messages.success(request, _("That is done already; it was done once."))
    else:
        messages.success(request, _("The link is ready: copy it below."))


def _page(story: Article, content: Content, for_whom: str, until: datetime, now: datetime) -> str:
    """The page that is frozen, in the paper's language."""
    zone = timezone.get_default_timezone()
    with translation.override(settings.LANGUAGE_CODE):
        banner = _(
            "For %(whom)s only, until %(moment)s. Not published: please do not pass it on."
        ) % {"whom": for_whom, "moment": in_full(until, zone)}
    return preview.preview(content, article_id=story.pk, at=now, banner=banner).alone().html()


@dataclass(frozen=True)
class Told:
    """A link as the page lists it."""

    link: PreviewLink
    address: str
    is_open: bool
    state: str
    made: str
    openings: str


def _told(link: PreviewLink, now: datetime) -> Told:
    zone = timezone.get_current_timezone()
    until = in_full(link.expires_at, zone)
    if link.revoked_at:
        state = _("Revoked %(moment)s") % {
            "moment": in_full(link.revoked_at.replace(second=0, microsecond=0), zone)
        }
    elif link.is_open(at=now):
        state = _("Valid until %(moment)s") % {"moment": until}
    else:
        state = _("Expired %(moment)s") % {"moment": until}
    opened = ngettext("opened %(number)d time", "opened %(number)d times", link.openings)
    return Told(
        link=link,
        address=pages.absolute(link.get_absolute_url()),
        is_open=link.is_open(at=now),
        state=state,
        made=_("made by %(who)s, %(when)s")
        % {
            "who": access.name_of(link.made_by),
            "when": in_full(link.made_at.replace(second=0, microsecond=0), zone),
        },
        openings=opened % {"number": link.openings},
    )
