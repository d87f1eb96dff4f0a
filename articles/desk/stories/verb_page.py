"""What people do with a story, each at its own address: a page that says what will happen and asks.

Nothing is done until the person has read the sentence for exactly what they chose: the form carries
a mark of what was asked, and another choice, a saved text or a changed timeline asks again.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from articles.desk.guard import Guarded
from articles.desk.stories import verb_forms as verbs
from articles.models import Article, Publication
from articles.publishing import access, workflow
from articles.rules import timing
from articles.rules.permissions import Verb
from articles.rules.refusals import WorkflowError

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


@dataclass(frozen=True)
class Answer:
    """What will happen, in one sentence, and what to think of first.

    image_ids: pictures of which something is still to be said.
    """

    sentence: str
    warnings: Sequence[str] = field(default_factory=list)
    image_ids: Collection[int] = ()


class VerbPage:
    """One verb on one story, asked by one person."""

    verb: Verb
    name: str
    title: str
    button: str
    path: str
    form_class: type[verbs.AskForm] = verbs.AskForm
    # Why the verb is impossible whatever is chosen, said before anything was.
    refusal = ""
    # The pictures for which it was refused.
    image_ids: Collection[int] = ()

    def __init__(
        self,
        desk: Guarded,
        request: HttpRequest,
        story: Article,
        publication: Publication | None,
    ) -> None:
        self.desk, self.request, self.story, self.publication = desk, request, story, publication
        self.zone = timezone.get_current_timezone()
        self.now = timezone.now()
        self.soon = timing.soon(self.now)

    @classmethod
    def as_view(cls, desk: Guarded) -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
            story = desk.row_or_none(request, pk)
            if story is None:
                return desk.missing(request, pk)
            if not access.may(request.user, cls.verb, story):
                raise PermissionDenied
            publication = None
            if number is not None:
                publication = story.publications.filter(number=number).first()
                if publication is None:
                    sentence = timing.SENTENCES["gone"] % {"number": number}
                    messages.error(request, sentence)
                    return HttpResponseRedirect(story_address(story))
            return cls(desk, request, story, publication).respond()

        return view

    # What each verb says and does

    def form_options(self) -> dict[str, object]:
        return {}

    def answer(self, choice: dict[str, object]) -> Answer:
        """What will happen. Raises WorkflowError or timing.Refused where it cannot."""
        raise NotImplementedError

    def carry_out(self, choice: dict[str, object]) -> str:
        """Do it, and give the sentence that says so. Raises WorkflowError."""
        raise NotImplementedError

    def next_address(self) -> str:
        return story_address(self.story)

    # The page

    def respond(self) -> HttpResponse:
        form = self.form_class(self.request.POST or None, **self.form_options())
        answer = None
        if not form.is_bound or form.is_valid():
            answer = self._tried(form, self.answer)
        seen = self._mark(form)
        if form.is_bound and answer and form.cleaned_data["seen"] == seen:
            done = self._tried(form, self.carry_out)
            if done:
                messages.success(self.request, done)
                return HttpResponseRedirect(self.next_address())
            answer = None
        return self._page(form, answer, seen)

    def _tried(self, form: verbs.AskForm, step: Callable[[dict], object]) -> object:
        """The step's result, or None and its refusal at the form's field."""
        try:
            return step(form.choice())
        except (WorkflowError, timing.Refused) as refused:
            name = getattr(refused, "field", "") or FIELDS.get(refused.code)
            self.image_ids = getattr(refused, "image_ids", ())
            if form.is_bound:
                form.add_error(name if name in form.fields else None, str(refused))
            else:
                self.refusal = str(refused)
            return None

    def _mark(self, form: verbs.AskForm) -> str:
        """A digest of what was asked: the choice, the saved text, the timeline."""
        spans = [
            (span.number, span.live_from.isoformat(), str(span.until))
            for span in self.timeline.spans
        ]
        asked = [form.decided(), self.story.version, self.story.stage, spans]
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()

    def _page(self, form: verbs.AskForm, answer: Answer | None, seen: str) -> HttpResponse:
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
            "refusal": self.refusal,
            "seen": seen if answer else "",
            "button": self.button,
            "zone": self.zone,
            "story_address": story_address(self.story),
            "pictures_address": describing(
                answer.image_ids if answer else self.image_ids, self.request.path
            ),
            "saved_copies": self.request.session.get("saved_copies", []),
        }
        return TemplateResponse(self.request, "admin/articles/article/verb.html", context)

    @cached_property
    def timeline(self) -> timing.Timeline:
        """The story's timeline, with headlines as its content. Two queries."""
        headlines = dict(self.story.publications.values_list("pk", "headline"))
        timeline = workflow.timeline_of(self.story)
        return replace(
            timeline,
            spans=tuple(replace(s, content=headlines.get(s.content, "")) for s in timeline.spans),
        )

    def span(self) -> timing.Span:
        """The publication at hand in the timeline."""
        return next(s for s in self.timeline.spans if s.number == self.publication.number)


def describing(image_ids: Collection[int], back: str) -> str:
    """The address at which these pictures are described, which leads back; "" for none."""
    if not image_ids:
        return ""
    ids = ",".join(map(str, image_ids))
    return f"{reverse('admin:media_image_many')}?{urlencode({'ids': ids, 'next': back})}"


def story_address(story: Article) -> str:
    """The story's page in the desk."""
    return reverse("admin:articles_article_change", args=[story.pk])
