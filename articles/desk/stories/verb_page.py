"""What people do with a story, each at its own address: a page that says what will happen and asks.

The sentence is made of a plan, and the form carries the plan's mark. Nothing is done until the person
has read the plan for exactly what they chose, and what is done is that plan: where the story, its
timeline or its pictures have changed since, the page says who changed what, and asks again.
"""

import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk import announcements
from articles.desk.announcements import Step
from articles.desk.denied import denied
from articles.desk.guard import Guarded
from articles.desk.moments import quick_times
from articles.desk.records import deed_of
from articles.desk.stories import verb_forms as forms
from articles.desk.stories.comparing import Comparison
from articles.models import Article, Publication
from articles.publishing import access, changes, plans
from articles.publishing.asks import Ask
from articles.publishing.plans import Plan
from articles.publishing.standing import Contents, Story, timeline_of
from articles.rules import timing
from articles.rules.permissions import Verb
from articles.rules.refusals import WorkflowError
from articles.rules.states import in_sentence

# The field at which a refusal of articles.rules.timing is said.
FIELDS = {
    "too_near": "at",
    "too_late": "at",
    "taken": "at",
    "neighbour": "at",
    "after_its_end": "at",
    "still_live": "at",
    "nothing_to_withdraw": "at",
    "end_before_beginning": "until",
    "end_too_near": "until",
}
# What others may have done to a story that is not its text.
OTHERS = (
    Verb.SUBMIT,
    Verb.RECALL,
    Verb.SEND_BACK,
    Verb.PUBLISH,
    Verb.MOVE,
    Verb.CANCEL,
    Verb.SET_END,
    Verb.WITHDRAW,
    Verb.BRING_BACK,
)


@dataclass(frozen=True)
class Answer:
    """What will happen: in one sentence, step by step for readers, and what to think of first.

    note: what readers are told of a correction.
    """

    sentence: str
    course: Sequence[Step] = ()
    note: str = ""
    warnings: Sequence[str] = field(default_factory=list)


class VerbPage:
    """One verb on one story, asked by one person."""

    verb: Verb
    name: str
    title: str
    path: str
    form_class: type[forms.AskForm] = forms.AskForm
    template = "admin/articles/article/verb.html"
    # Why the verb is impossible whatever is chosen, said before anything was.
    refusal = ""
    # The pictures for which it was refused.
    refused_for: Collection[int] = ()
    # What was chosen, once it is known.
    asked: Ask | None = None

    def __init__(
        self,
        desk: Guarded,
        request: HttpRequest,
        story: Article,
        publication: Publication | None,
        key: str = "",
    ) -> None:
        self.desk, self.request, self.story, self.publication = desk, request, story, publication
        self.key = key
        self.zone = timezone.get_current_timezone()
        self.now = timezone.now()
        self.soon = timing.soon(self.now)
        self.posted = request.method == "POST"

    @classmethod
    def as_view(cls, desk: Guarded) -> Callable[..., HttpResponse]:
        def view(
            request: HttpRequest, pk: int, number: int | None = None, key: str = ""
        ) -> HttpResponse:
            story = desk.row_or_none(request, pk)
            if story is None:
                return desk.missing(request, pk)
            press = request.POST.get("press", "")[:40]
            if press and changes.was_pressed(request.user, press):
                return done_already(request, story)
            if not access.may(request.user, cls.verb, story):
                return denied(request, _not_any_more(story), story_address(story))
            publication = None
            if number is not None:
                publication = story.publications.filter(number=number).first()
                if publication is None:
                    sentence = timing.SENTENCES["gone"] % {"number": number}
                    messages.error(request, sentence)
                    return HttpResponseRedirect(story_address(story))
            return cls(desk, request, story, publication, key).respond()

        return view

    # What each verb asks and says

    def form_options(self) -> dict[str, object]:
        return {}

    def ask(self, choice: dict[str, object]) -> Ask | None:
        """What the person chose; None while there is nothing to answer yet."""
        raise NotImplementedError

    def button(self, plan: Plan | None) -> str:
        raise NotImplementedError

    def sentence(self, plan: Plan) -> str:
        raise NotImplementedError

    def warnings(self, plan: Plan) -> list[str]:
        """What does not change what happens, and should be thought of before."""
        return []

    def lost(self, plan: Plan) -> list[str]:
        """Which scheduled versions do not go live because of it."""
        return announcements.lost(plan, self.zone)

    def comparison(self, plan: Plan | None) -> Comparison | None:
        """What readers have, and what they will have, word by word; None where that is no question."""
        return None

    def compared(self) -> str:
        """What the comparison is of."""
        return _("What readers get instead of the version before")

    def more(self, form: forms.AskForm) -> dict[str, object]:
        """What else the page's template shows."""
        return {}

    def image_ids(self, plan: Plan) -> Collection[int]:
        """Pictures of which something is still to be said."""
        return ()

    def carry_out(self, plan: Plan, seen: str, press: str) -> Plan:
        """Do what was read, and give the plan as it was done. Raises WorkflowError or DoneAlready."""
        return changes.carry_out(
            plan.ask,
            self.story,
            by=self.request.user,
            clock=timezone.now,
            confirmed=seen,
            press=press,
            contents=self.standing.contents,
        )

    def done(self, plan: Plan) -> str:
        """The sentence that says that it was done, with its second."""
        return announcements.done(plan, self.zone)

    def next_address(self) -> str:
        return story_address(self.story)

    # The page

    def respond(self) -> HttpResponse:
        form = self.form_class(self.request.POST if self.posted else None, **self.form_options())
        answerable = not self.posted or form.is_valid()
        seen = form.cleaned_data["seen"] if self.posted and answerable else ""
        plan = self._planned(form) if answerable else None
        if plan and seen == plan.seen:
            try:
                plan = self.carry_out(plan, seen, form.cleaned_data["press"])
            except changes.DoneAlready:
                return done_already(self.request, self.story)
            except changes.AskedAgain as again:
                plan = again.plan
            except WorkflowError as refused:
                plan = self._refused(form, refused)
            else:
                messages.success(self.request, self.done(plan))
                return HttpResponseRedirect(self.next_address())
        return self._page(form, plan, self._meanwhile(seen, plan) if seen else "")

    def _planned(self, form: forms.AskForm) -> Plan | None:
        """What was chosen would do this; None where nothing was, or it is refused at its field."""
        self.asked = self.ask(form.choice())
        try:
            return self.asked and plans.make(
                self.asked,
                self.story,
                by=self.request.user,
                now=self.now,
                contents=self.standing.contents,
            )
        except WorkflowError as refused:
            return self._refused(form, refused)

    def _refused(self, form: forms.AskForm, refused: WorkflowError) -> None:
        name = refused.field or FIELDS.get(refused.code)
        self.refused_for = refused.image_ids
        if self.posted:
            form.add_error(name if name in form.fields else None, str(refused))
        else:
            self.refusal = str(refused)

    def _meanwhile(self, seen: str, plan: Plan | None) -> str:
        """What has become different since the page was read: who changed what."""
        if plan:
            now = plan.seen
        else:
            story = Article.objects.get(pk=self.story.pk)
            timeline = timeline_of(story)
            now = ".".join(plans.standing_marks(self.asked, story, timeline, self.soon))
        told = told_since(self.story, seen, now, self.zone)
        if not told:
            return ""
        again = [_("Read again what will happen.")] if plan else []
        return " ".join([_("Nothing was done yet."), *told, *again])

    def _page(self, form: forms.AskForm, plan: Plan | None, meanwhile: str) -> HttpResponse:
        answer = plan and Answer(
            sentence=self.sentence(plan),
            course=announcements.course(plan, self.zone) if plan.before != plan.after else (),
            note=announcements.note(plan),
            warnings=[*self.lost(plan), *self.warnings(plan)],
        )
        image_ids = self.image_ids(plan) if plan else self.refused_for
        context = {
            **self.desk.admin_site.each_context(self.request),
            "title": self.title,
            "subtitle": self.story.headline,
            "opts": self.desk.opts,
            "original": self.story,
            "has_view_permission": True,
            "media": self.desk.media,
            "form": form,
            "answer": answer,
            "plan": plan,
            "meanwhile": meanwhile,
            "refusal": self.refusal,
            "seen": plan.seen if plan else "",
            "press": self.request.POST.get("press") or secrets.token_hex(8),
            "button": self.button(plan),
            "story_address": story_address(self.story),
            "pictures_address": describing(image_ids, self.request.path),
            "comparison": self.comparison(plan),
            "compared": self.compared(),
            "language": settings.LANGUAGE_CODE,
            **self.more(form),
            "quick_times": quick_times(self.request.user, self.now) if "at" in form.fields else (),
        }
        return TemplateResponse(self.request, self.template, context)

    @cached_property
    def standing(self) -> Story:
        """The story as it stands now."""
        return Story(self.story, self.request.user, lambda: self.now, Contents())

    @property
    def timeline(self) -> timing.Timeline:
        return self.standing.timeline


def done_already(request: HttpRequest, story: Article) -> HttpResponse:
    """The answer to a button pressed a second time: it is done, once."""
    messages.success(request, _("That is done already; it was done once."))
    return HttpResponseRedirect(story_address(story))


def _not_any_more(story: Article) -> str:
    """Why a page cannot be had: what was done to the story last, where something was."""
    last = story.records.order_by("-pk").first()
    sentence = _("You may not do this to this story. Ask an editor.")
    return f"{sentence} {_said(last)}" if last else sentence


def _said(record: object) -> str:
    """Who did what when, of a row of the record."""
    when = in_sentence(record.at.replace(microsecond=0), timezone.get_current_timezone())
    return f"{record.by_name}: {deed_of(record)} {when}."


def _saved(story: Article, zone: object) -> str:
    story = Article.objects.select_related("saved_by").get(pk=story.pk)
    if story.saved_by is None:
        return _("The text has been saved since.")
    return _("%(who)s saved the text %(when)s.") % {
        "who": access.name_of(story.saved_by),
        "when": announcements.moment(story.updated_at.replace(microsecond=0), zone),
    }


def _timeline_changed(story: Article, zone: object) -> str:
    last = story.records.filter(verb__in=OTHERS).order_by("-pk").first()
    return _said(last) if last else _("The versions of this story have changed.")


# For each part of a plan's mark that differs, the sentence that says what has happened.
_MEANWHILE: dict[str, Callable[[Article, object], str]] = {
    "text": _saved,
    "timeline": _timeline_changed,
    "clock": lambda story, zone: _("A scheduled time has come: readers have something else now."),
    "pictures": lambda story, zone: _(
        "The usage rights, the credit line or the alt text of a picture have changed."
    ),
}


def told_since(story: Article, seen: str, now: str, zone: object) -> list[str]:
    """Sentences that say what has become different between two marks of a plan: who changed what."""
    parts = plans.changed(seen, now)
    return [say(story, zone) for part, say in _MEANWHILE.items() if part in parts]


def describing(image_ids: Collection[int], back: str) -> str:
    """The address at which these pictures are described, which leads back; "" for none."""
    if not image_ids:
        return ""
    ids = ",".join(map(str, image_ids))
    return f"{reverse('admin:media_image_many')}?{urlencode({'ids': ids, 'next': back})}"


def story_address(story: Article) -> str:
    """The story's page in the desk."""
    return reverse("admin:articles_article_change", args=[story.pk])
