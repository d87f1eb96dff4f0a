"""The verbs: what each page asks, and how it says what will happen."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.desk import announcements, linking
from articles.desk.stories import checking, comparing
from articles.desk.stories import verb_forms as forms
from articles.desk.stories.change_version import ChangeVersion
from articles.desk.stories.verb_page import VerbPage, story_address
from articles.models import Article, Paper, Publication
from articles.publishing import access, asks, freezing, workflow
from articles.rules import rights
from articles.rules.permissions import Verb
from articles.rules.refusals import WorkflowError
from articles.rules.timing import Kind

Choice = dict[str, object]


class Publish(VerbPage):
    verb = Verb.PUBLISH
    name = path = "publish"
    title = gettext_lazy("Publish")
    form_class = forms.PublishForm

    def form_options(self):
        waits = self.timeline.plans(self.soon)
        newest = next(reversed(self.timeline.spans), None)
        return {
            "first": not self.timeline.begun(self.soon),
            "has_end": bool(newest and newest.until and newest.until > self.now),
            "waits": bool(waits),
            "parts": Paper.load().apology_labels,
            "rights_end": bool(self.standing.rights_ends(self._image_ids())),
            "initial": {"kind": Kind.UPDATE.value}
            | self._proposed(waits[-1] if waits else None, newest),
        }

    def _image_ids(self) -> list[int]:
        """The story's pictures, where it can be published; else the page says why it cannot."""
        try:
            return self.standing.content.image_ids
        except WorkflowError:
            return []

    def _proposed(self, plan, newest) -> Choice:
        """What a page proposes: the place of what waits, where something does, and never "now"."""
        if plan is not None:
            return {
                "when": forms.AT,
                "at": plan.live_from,
                "end": forms.AT if plan.until else forms.NO_END,
                "until": plan.until,
            }
        ends = newest and newest.until and newest.until > self.now
        return {"end": forms.INHERITED if ends else forms.NO_END}

    def ask(self, choice):
        return asks.Publish(
            at=forms.WhenMixin.moment(choice),
            until=forms.PublishForm.end_of(choice),
            kind=choice.get("kind", Kind.UPDATE),
            note=choice.get("note") or "",
            waiting=choice.get("waiting", forms.CANCEL),
            rights_end=choice.get("rights_end", rights.REFUSE),
        )

    def button(self, plan):
        if plan is not None and plan.ask.at is not None:
            return _("Schedule")
        return _("Publish")

    def sentence(self, plan):
        return announcements.published(plan, self.zone)

    def comparison(self, plan):
        """With the version before it; the first has none."""
        if plan is None:
            return None
        new = plan.new[0]
        before = [span for span in plan.after.spans if span.live_from < new.live_from]
        if not before:
            return None
        contents = self.standing.contents
        return comparing.compare(contents.of(before[-1].content), contents.of(new.content))

    def warnings(self, plan):
        return [
            *announcements.alike(plan, self.zone),
            *announcements.rights_end(plan, plan.ask.rights_end, self.zone),
            *checking.sentences(self._found(plan)),
        ]

    def image_ids(self, plan):
        return checking.image_ids(self._found(plan))

    def _found(self, plan):
        new = plan.new[0]
        return checking.findings(
            new.content.content, story=self.story.pk, by=plan.by, at=new.live_from
        )


class Move(VerbPage):
    verb = Verb.MOVE
    name, path = "move", "move/<int:number>"
    title = gettext_lazy("Change the time")
    form_class = forms.MoveForm

    def form_options(self):
        return {"initial": {"at": self.publication.live_from}}

    def ask(self, choice):
        return asks.Move(self.publication.number, choice["at"]) if self.posted else None

    def button(self, plan):
        return _("Change the time")

    def sentence(self, plan):
        return announcements.moved(plan, self.zone)


class Cancel(VerbPage):
    verb = Verb.CANCEL
    name, path = "cancel", "cancel/<int:number>"
    title = gettext_lazy("Unschedule")

    def ask(self, choice):
        return asks.Cancel(self.publication.number)

    def button(self, plan):
        return _("Unschedule")

    def sentence(self, plan):
        return announcements.cancelled(plan, self.zone)


class SetEnd(VerbPage):
    verb = Verb.SET_END
    name, path = "end", "end/<int:number>"
    title = gettext_lazy("Change the expiry")
    form_class = forms.EndForm

    def form_options(self):
        return {"initial": {"until": self.publication.until}}

    def ask(self, choice):
        until = choice["until"] if choice["end"] == forms.AT else None
        return asks.SetEnd(self.publication.number, until) if self.posted else None

    def button(self, plan):
        return _("Change the expiry")

    def sentence(self, plan):
        return announcements.ended(plan, self.zone)


class Withdraw(VerbPage):
    verb = Verb.WITHDRAW
    name = path = "withdraw"
    title = gettext_lazy("Take down")
    form_class = forms.WithdrawForm

    def form_options(self):
        return {"waits": bool(self.timeline.plans(self.soon))}

    def ask(self, choice):
        return asks.Withdraw(
            at=forms.WhenMixin.moment(choice),
            keep_plans=choice.get("keep_plans", False),
            note=choice["note"] or "",
        )

    def button(self, plan):
        return _("Take down")

    def sentence(self, plan):
        return announcements.withdrawn(plan, self.zone)


class BringBack(VerbPage):
    verb = Verb.BRING_BACK
    name, path = "bring_back", "bring-back"
    title = gettext_lazy("Put back online")
    form_class = forms.BringBackForm

    def form_options(self):
        waits = bool(self.timeline.plans(self.soon))
        return {"waits": waits, "initial": {"when": None} if waits else {}}

    def ask(self, choice):
        if not choice["when"]:
            return None
        return asks.BringBack(
            at=forms.WhenMixin.moment(choice), waiting=choice.get("waiting", forms.CANCEL)
        )

    def button(self, plan):
        return _("Put back online")

    def sentence(self, plan):
        return announcements.published(plan, self.zone)


class Restore(VerbPage):
    """Of another version, by its key: see comparing.content_of."""

    verb = Verb.RESTORE
    name, path = "restore", "restore/<slug:key>"
    title = gettext_lazy("Restore into the working copy")

    def respond(self):
        try:
            self.content = comparing.content_of(self.story, self.key)
        except Publication.DoesNotExist:
            messages.error(self.request, comparing.no_such_version())
            return HttpResponseRedirect(story_address(self.story))
        self.label = comparing.label_of(self.story, self.key)
        return super().respond()

    def ask(self, choice):
        return asks.Restore(self.content, self.label)

    def button(self, plan):
        return _("Restore")

    def sentence(self, plan):
        return _(
            "The working copy becomes what this was: %(version)s. What readers have, and what is "
            "scheduled, stays as it is."
        ) % {"version": self.label}

    def comparison(self, plan):
        seen = linking.linkable(self.request.user, at=self.now)
        return comparing.compare(freezing.unfinished_content(self.story), self.content, seen=seen)

    def compared(self):
        return _("What changes in the working copy")

    def done(self, plan):
        return _("Restored. Publish it when readers are to have it.")


class Submit(VerbPage):
    verb = Verb.SUBMIT
    name = path = "submit"
    title = gettext_lazy("Submit")

    def ask(self, choice):
        return asks.Submit()

    def button(self, plan):
        return _("Submit")

    def sentence(self, plan):
        return _(
            "“%(headline)s” goes to the editors; its reporter reads it, but no longer changes it. "
            "It can be recalled until an editor has saved it."
        ) % {"headline": plan.article.headline}

    def warnings(self, plan):
        return checking.sentences(self._found(plan))

    def image_ids(self, plan):
        return checking.image_ids(self._found(plan))

    def _found(self, plan):
        content = freezing.content_of(plan.article)
        return checking.findings(content, story=self.story.pk, by=plan.by, at=plan.soon)

    def done(self, plan):
        return _("Submitted to editors.")


class Recall(VerbPage):
    verb = Verb.RECALL
    name = path = "recall"
    title = gettext_lazy("Recall")

    def ask(self, choice):
        return asks.Recall()

    def button(self, plan):
        return _("Recall")

    def sentence(self, plan):
        return _("“%(headline)s” is a draft again, which you can change and submit later.") % {
            "headline": plan.article.headline
        }

    def done(self, plan):
        return _("Recalled: it is a draft again.")


class SendBack(VerbPage):
    verb = Verb.SEND_BACK
    name, path = "send_back", "send-back"
    title = gettext_lazy("Return")
    form_class = forms.SendBackForm

    def ask(self, choice):
        return asks.SendBack(choice.get("note") or "")

    def button(self, plan):
        return _("Return")

    def sentence(self, plan):
        owner = access.name_of(plan.article.owner)
        return _(
            "“%(headline)s” is a draft again, which %(owner)s can change; the site stays as it is."
        ) % {"headline": plan.article.headline, "owner": owner}

    def done(self, plan):
        return _("Returned to %(owner)s.") % {"owner": access.name_of(plan.article.owner)}


class Duplicate(VerbPage):
    verb = Verb.DUPLICATE
    name = path = "duplicate"
    title = gettext_lazy("Duplicate")
    made: Article

    def ask(self, choice):
        return asks.Duplicate()

    def button(self, plan):
        return _("Duplicate")

    def sentence(self, plan):
        return _("A new draft of yours is made with the text and pictures of “%(headline)s”.") % {
            "headline": plan.article.headline
        }

    def carry_out(self, plan, seen, press):
        self.made = workflow.duplicate(self.story, by=self.request.user, press=press)
        return plan

    def done(self, plan):
        return _("This is the copy: a draft of yours.")

    def next_address(self):
        return story_address(self.made)


PAGES = (
    *(Publish, ChangeVersion, Move, Cancel, SetEnd, Withdraw, BringBack),
    *(Restore, Submit, Recall, SendBack, Duplicate),
)
