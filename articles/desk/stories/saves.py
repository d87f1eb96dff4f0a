"""The saves of a working copy: listed, read as readers would get them, and brought back."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.desk import linking
from articles.desk.denied import denied
from articles.desk.stories import comparing
from articles.desk.stories.comparing import COPY, key_of
from articles.desk.stories.preview import preview
from articles.models import Article, Save
from articles.publishing import access, freezing, history, restoring
from articles.publishing.history import ReadBack
from articles.rules.permissions import Verb
from articles.rules.refusals import StaleVersion, WorkflowError
from articles.rules.states import in_full, in_sentence

_FIELDS = {
    "headline": lambda: _("headline"),
    "dateline": lambda: _("mark"),
    "lede": lambda: _("lede"),
    "section_id": lambda: _("section"),
    "genre": lambda: _("genre"),
    "byline": lambda: _("source line"),
    "slug": lambda: _("address"),
    "lead_image_id": lambda: _("lead picture"),
    "author_ids": lambda: _("byline"),
    "links": lambda: _("related links"),
}
_MARKS = {
    Verb.SUBMIT: lambda: _("submitted"),
    Verb.PUBLISH: lambda: _("approved for readers"),
}


@dataclass(frozen=True)
class Line:
    """A save in a list. earlier: the key of the one before it, "" for the first."""

    row: Save
    current: bool
    earlier: str

    @property
    def key(self) -> str:
        return COPY if self.current else key_of(self.row)

    @property
    def at(self) -> str:
        return in_full(self.row.at.replace(microsecond=0), timezone.get_current_timezone())

    @property
    def who(self) -> str:
        return who_saved(self.row)

    @property
    def what(self) -> str:
        return what_changed(self.row)

    @property
    def mark(self) -> str:
        return _MARKS[self.row.mark]() if self.row.mark in _MARKS else ""


def lines(story: Article) -> list[Line]:
    """The saves of a story, the newest first. One query."""
    rows = history.saves_of(story)
    earlier = [*map(key_of, rows[1:]), ""]
    return [Line(row, n == 0, earlier[n]) for n, row in enumerate(rows)]


def who_saved(save: Save) -> str:
    """Who made a save, by the name that they had."""
    return save.by_name or _("Somebody")


def what_changed(save: Save) -> str:
    """What a save changed, in a line: "headline, 3 paragraphs, 1 picture"."""
    if save.changed is None:
        return _("First version kept")
    told = ", ".join(_parts(save.changed))
    if save.restored:
        back = _("save %(number)s restored") % {"number": save.restored}
        return f"{back}: {told}"
    return told


def _parts(changed: dict) -> Iterable[str]:
    for name in changed["fields"]:
        yield str(_FIELDS[name]())
    counted = {
        "paragraphs": lambda n: ngettext("%(number)d paragraph", "%(number)d paragraphs", n),
        "pictures": lambda n: ngettext("%(number)d picture", "%(number)d pictures", n),
        "captions": lambda n: ngettext("%(number)d caption", "%(number)d captions", n),
    }
    for name, words in counted.items():
        if number := changed[name]:
            yield words(number) % {"number": number}
    if changed["moved"]:
        yield _("order or layout")


def missing(old: ReadBack) -> list[str]:
    """Sentences about what a save held and cannot give any more."""
    return [
        words % {"number": number}
        for number, words in (
            (
                old.pictures,
                ngettext(
                    "%(number)d picture is gone from the library, or you may not use it.",
                    "%(number)d pictures are gone from the library, or you may not use them.",
                    old.pictures,
                ),
            ),
            (
                old.authors,
                ngettext(
                    "%(number)d name of the byline is gone from the list of authors.",
                    "%(number)d names of the byline are gone from the list of authors.",
                    old.authors,
                ),
            ),
            (
                old.links,
                ngettext(
                    "%(number)d related story has been deleted.",
                    "%(number)d related stories have been deleted.",
                    old.links,
                ),
            ),
            (old.section, _("Its section is gone.")),
        )
        if number
    ]


def _page(name: str, save: Save) -> str:
    return reverse(f"admin:articles_article_{name}", args=[save.article_id, save.version])


class SavePages:
    """The pages of one save, for the admin of stories."""

    def get_urls(self) -> list:
        wrap = self.admin_site.admin_view
        return [
            path(f"<int:pk>/saves/<int:number>/{end}", wrap(view), name=f"articles_article_{name}")
            for end, view, name in (
                ("", self.save_page, "save"),
                ("preview/", self.save_preview, "save_preview"),
                ("restore/", self.restore_page, "restore_save"),
            )
        ] + super().get_urls()

    def save_page(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """One save, as readers would get it, with its neighbours and what can be done with it."""
        story, save = self._save(request, pk, number)
        if save is None:
            return self._no_save(request, pk, story)
        listed = lines(story)
        place = next(n for n, line in enumerate(listed) if line.row.version == number)
        around = [listed[n] if 0 <= n < len(listed) else None for n in (place - 1, place + 1)]
        context = self._of_save(request, story, save) | {
            "line": listed[place],
            "newer": around[0],
            "older": around[1],
            "missing": missing(history.read_back(save)),
            "may_restore": place and access.may(request.user, Verb.CHANGE, story),
        }
        return TemplateResponse(request, "admin/articles/article/save.html", context)

    def save_preview(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """The page that readers would get of a save."""
        story, save = self._save(request, pk, number)
        if save is None:
            return self._no_save(request, pk, story)
        page = preview(
            history.read_back(save).content,
            article_id=story.pk,
            at=timezone.now(),
            banner=_("Preview of save %(number)s: readers do not get this page.")
            % {"number": save.version},
        )
        return HttpResponse(page.html(), headers={"X-Robots-Tag": "noindex"})

    def restore_page(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Asks before a save's text becomes the working copy's again, and does it."""
        story, save = self._save(request, pk, number)
        if save is None:
            return self._no_save(request, pk, story)
        if not access.may(request.user, Verb.CHANGE, story):
            return denied(
                request,
                _("You may not do this to this story. Ask an editor."),
                reverse("admin:articles_article_change", args=[pk]),
            )
        refusal = ""
        if request.method == "POST":
            try:
                return self._restored(request, story, save)
            except StaleVersion:
                story = self.row_or_none(request, pk)
                if story is None:
                    return self.missing(request, pk)
                if restoring.is_there(story, history.read_back(save, by=request.user)):
                    # By the first of two presses.
                    return _told_restored(request, save)
                refusal = _told_of_saving(story)
            except WorkflowError as refused:
                refusal = str(refused)
        old = history.read_back(save, by=request.user)
        context = self._of_save(request, story, save) | {
            "title": _("Restore save %(number)s") % {"number": save.version},
            "sentence": _(
                "The working copy gets the text of save %(number)s, by %(who)s %(when)s. What stands "
                "there now stays in the history, and nothing changes for readers."
            )
            % {
                "number": save.version,
                "who": who_saved(save),
                "when": in_sentence(
                    save.at.replace(microsecond=0), timezone.get_current_timezone()
                ),
            },
            "missing": missing(old),
            "refusal": refusal,
            "version": story.version,
            "comparison": comparing.compare(
                freezing.unfinished_content(story),
                old.content,
                seen=linking.linkable(request.user, at=timezone.now()),
            ),
            "language": settings.LANGUAGE_CODE,
        }
        return TemplateResponse(request, "admin/articles/article/restore.html", context)

    def _restored(self, request: HttpRequest, story: Article, save: Save) -> HttpResponse:
        based_on = request.POST.get("version", "")
        restoring.restore(
            story,
            save,
            by=request.user,
            based_on=int(based_on) if based_on.isascii() and based_on.isdecimal() else 0,
        )
        return _told_restored(request, save)

    def _save(
        self, request: HttpRequest, pk: int, number: int
    ) -> tuple[Article | None, Save | None]:
        """The story, where this person may see it, and the save of this number."""
        story = self.row_or_none(request, pk)
        return story, story and story.saves.filter(version=number).first()

    def _no_save(self, request: HttpRequest, pk: int, story: Article | None) -> HttpResponse:
        if story is None:
            return self.missing(request, pk)
        messages.error(request, _("This save is not kept any more. Choose another one."))
        return HttpResponseRedirect(reverse("admin:articles_article_history", args=[pk]))

    def _of_save(self, request: HttpRequest, story: Article, save: Save) -> dict[str, object]:
        return {
            **self.admin_site.each_context(request),
            "title": _("Save %(number)s") % {"number": save.version},
            "subtitle": story.headline,
            "opts": self.opts,
            "original": story,
            "has_view_permission": True,
            "media": self.media,
            "save": save,
            "preview": _page("save_preview", save),
            "restore": _page("restore_save", save),
        }


def _told_restored(request: HttpRequest, save: Save) -> HttpResponse:
    messages.success(
        request,
        _("Restored: the working copy has the text of save %(number)s again.")
        % {"number": save.version},
    )
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[save.article_id]))


def _told_of_saving(story: Article) -> str:
    """Why nothing was restored: who saved the story meanwhile."""
    when = in_sentence(story.updated_at.replace(microsecond=0), timezone.get_current_timezone())
    return _("Nothing was done yet. %(who)s saved the text %(when)s. Read again what changes.") % {
        "who": access.name_of(story.saved_by),
        "when": when,
    }
