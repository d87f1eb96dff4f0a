"""Changing what readers have, or what is scheduled: that version by itself, and others where chosen.

Two steps at one address. First the version's own words in the composing form; then a page that shows,
word by word, what readers have and what they will have, and what the same change would be in the
other versions. What was typed travels in the page, and is read anew at each step.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles.desk import announcements
from articles.desk.stories import checking, comparing, saved_copies, working
from articles.desk.stories import verb_forms as forms
from articles.desk.stories.comparing import COPY, Comparison
from articles.desk.stories.verb_page import VerbPage, story_address
from articles.desk.stories.version_form import VersionForm, version_form
from articles.models import Paper
from articles.publishing import asks, freezing
from articles.publishing.plans import Plan
from articles.rules import timing
from articles.rules.changing import Change
from articles.rules.checks import Finding
from articles.rules.content import Content
from articles.rules.permissions import Verb
from articles.rules.states import in_sentence
from articles.rules.timing import Kind, Span

# The buttons of the two steps.
ON, BACK = "_on", "_back"


@dataclass(frozen=True)
class Other:
    """Another version, and what the same change would be in it.

    key: "copy", or its number. name: in words. chosen: is it proposed? told: why not, or what to
    look at; comparison: None where there is nothing to choose.
    """

    key: str
    name: str
    chosen: bool
    told: str
    comparison: Comparison | None


class ChangeVersion(VerbPage):
    verb = Verb.PUBLISH
    name, path = "version", "version/<int:number>"
    form_class = forms.ChangeForm
    template = "admin/articles/article/change_version.html"
    change: Change

    def respond(self) -> HttpResponse:
        if timing.is_over(self.span, self.soon) or self.span.live_until == self.soon:
            sentence = timing.SENTENCES["superseded"] % {"number": self.span.number}
            messages.error(self.request, sentence)
            return HttpResponseRedirect(story_address(self.story))
        form = version_form(
            self.story,
            self.before,
            self.request.user,
            at=self.now,
            data=self.request.POST if self.posted else None,
        )
        if not self.posted or not form.is_valid() or BACK in self.request.POST:
            return self._compose(form)
        self.change = Change(self.before, form.content())
        self.typed_copy = form.cleaned_data["copy"]
        # The question has not been asked yet.
        self.posted = ON not in self.request.POST
        return super().respond()

    def form_options(self):
        kind = self.span.asked if self.waits else Kind.MINOR
        return {
            "waits": self.waits,
            "first": self.waits and self.span.kind == Kind.FIRST,
            "parts": Paper.load().apology_labels,
            "also": [(other.key, other.name) for other in self.others if other.comparison],
            "initial": {
                "kind": kind,
                "note": self.span.content.note if self.waits else "",
                "at": self.span.live_from,
                "until": self.span.until,
                "also": [other.key for other in self.others if other.chosen],
            },
        }

    def ask(self, choice):
        also = choice.get("also") or []
        return asks.Revise(
            fix=self.change,
            number=self.span.number,
            versions=frozenset(int(key) for key in also if key != COPY),
            copy=COPY in also,
            kind=choice.get("kind"),
            note=choice.get("note"),
            at=choice.get("at") if self.waits else None,
            until=choice["until"] if self.waits else timing.INHERIT,
        )

    @property
    def title(self) -> str:
        return self.button(None)

    def button(self, plan):
        return _("Change the scheduled version") if self.waits else _("Change what readers have")

    def sentence(self, plan):
        return announcements.changed(plan, self.span, self.zone)

    def warnings(self, plan: Plan) -> list[str]:
        return checking.sentences(self._found(plan))

    def image_ids(self, plan: Plan) -> list[int]:
        return checking.image_ids(self._found(plan))

    def _found(self, plan: Plan) -> list[Finding]:
        """What this change brings; what was to be looked at before, was."""
        at = self.span.live_from if self.waits else self.soon
        before, after = (
            checking.findings(content, story=self.story.pk, by=plan.by, at=at)
            for content in (self.before, self.change.after)
        )
        return [finding for finding in after if finding not in before]

    def lost(self, plan: Plan) -> list[str]:
        """What gets another number comes all the same."""
        return []

    def carry_out(self, plan: Plan, seen: str, press: str) -> Plan:
        done = super().carry_out(plan, seen, press)
        saved_copies.remember(self.request, self.typed_copy)
        return done

    def more(self, form: forms.AskForm) -> dict[str, object]:
        return {
            "others": self.others,
            "typed": list(self._typed()),
            "chosen": form["also"].value() if "also" in form.fields else [],
            "back": BACK,
        }

    def compared(self) -> str:
        return self._name(self.span)

    def comparison(self, plan: Plan | None) -> Comparison:
        return comparing.compare(self.before, self.change.after)

    def _typed(self) -> Iterator[tuple[str, str]]:
        """What the composing form held, as it goes on to the next step."""
        asked = {*forms.ChangeForm.base_fields, "csrfmiddlewaretoken"}
        for name, values in self.request.POST.lists():
            if name not in asked and not name.startswith(("_", "part_")):
                yield from ((name, value) for value in values)

    def _compose(self, form: VersionForm) -> HttpResponse:
        context = {
            **self.desk.admin_site.each_context(self.request),
            "title": self.button(None),
            "opts": self.desk.opts,
            "original": self.story,
            "has_view_permission": True,
            "media": self.desk.media + form.media,
            "form": form,
            "errors": bool(form.errors) if self.posted else False,
            "unsaved": self.posted,
            "number": self.span.number,
            "band": self._band(),
            "stays": self._stays(),
            "story_address": story_address(self.story),
            "typed_copies": working.offers(self.request, self.story, edits=str(self.span.number)),
        }
        return TemplateResponse(self.request, "admin/articles/article/version.html", context)

    def _band(self) -> str:
        """Which version it is."""
        if self.waits:
            return _(
                "You are changing version %(number)s, which goes live %(moment)s. Nothing that "
                "readers have now changes by it."
            ) % self._facts(self.span)
        return _(
            "You are changing version %(number)s, which readers have now, live since %(moment)s."
        ) % self._facts(self.span)

    def _stays(self) -> list[str]:
        """What stays as it is, unless it is chosen in the next step."""
        return [*map(self._name, self._other_spans()), _("The working copy")]

    def _facts(self, span: Span) -> dict[str, object]:
        bare = span.live_from < self.soon
        return {
            "number": span.number,
            "moment": in_sentence(span.live_from, self.zone, bare=bare),
        }

    def _name(self, span: Span) -> str:
        if span.live_from < self.soon:
            return _("Version %(number)s, live since %(moment)s") % self._facts(span)
        moment = in_sentence(span.live_from, self.zone, bare=True)
        return _("Version %(number)s, scheduled for %(moment)s") % {
            "number": span.number,
            "moment": moment,
        }

    @cached_property
    def span(self) -> Span:
        return timing.found(self.timeline, self.publication.number)

    @property
    def waits(self) -> bool:
        return self.span.live_from >= self.soon

    @cached_property
    def before(self) -> Content:
        return self.standing.contents.of(self.span.content)

    def _other_spans(self) -> Sequence[Span]:
        live = self.timeline.live(self.soon)
        running = [live] if live and live.live_from < self.soon else []
        running += self.timeline.plans(self.soon)
        return [span for span in running if span.number != self.span.number]

    @cached_property
    def others(self) -> list[Other]:
        """The other versions that are not over, and the working copy."""
        copy = freezing.unfinished_content(self.story)
        found = [self._other(COPY, _("The working copy"), copy, follows=True)]
        found += [
            self._other(
                str(span.number),
                self._name(span),
                self.standing.contents.of(span.content),
                follows=span.live_from > self.span.live_from,
            )
            for span in self._other_spans()
        ]
        return found

    def _other(self, key: str, name: str, content: Content, *, follows: bool) -> Other:
        laid = self.change.upon(content)
        if not laid.is_clean:
            told = _(
                "Changed there in the same place (%(fields)s). Change that version by itself, "
                "after this one."
            ) % {"fields": ", ".join(comparing.field_names(laid.clashes))}
            return Other(key, name, chosen=False, told=told, comparison=None)
        comparison = comparing.compare(content, laid.content)
        if not comparison.counts:
            told = _("It reads so already.")
            return Other(key, name, chosen=False, told=told, comparison=None)
        told = ""
        if laid.close:
            told = _("Changed there in the same line, beside this. Read it before you choose it.")
        chosen = follows and not laid.close
        return Other(key, name, chosen=chosen, told=told, comparison=comparison)
