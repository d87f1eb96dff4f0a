"""The verbs: what each page says will happen, and does."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.desk import announcements
from articles.desk.stories import verb_forms as verbs
from articles.desk.stories.verb_page import Answer, VerbPage, story_address
from articles.models import Article, Publication
from articles.publishing import changes, compose, workflow
from articles.rules import rights, timing
from articles.rules.content import Content
from articles.rules.permissions import Verb
from articles.rules.refusals import WorkflowError


class Publish(VerbPage):
    verb = Verb.PUBLISH
    name = path = "publish"
    title = gettext_lazy("Publish")
    button = gettext_lazy("Publish")
    form_class = verbs.PublishForm

    def form_options(self):
        newest = next(reversed(self.timeline.spans), None)
        return {
            "first": newest is None,
            "has_end": bool(newest and newest.until and newest.until > self.now),
            "waits": bool(self.timeline.plans(self.soon)),
            "rights_end": bool(compose.rights_ends(compose.image_ids(self.story))),
        }

    def answer(self, choice):
        content = compose.content_of(self.story)
        compose.check_pictures(self.story, self.request.user)
        compose.check_credits(content)
        at = verbs.WhenMixin.moment(choice)
        new = timing.publish(
            self.timeline,
            self.soon,
            self.story.headline,
            at=at,
            until=verbs.PublishForm.end_of(choice),
            kind=choice.get("kind", timing.Kind.FIRST),
            waiting=choice.get("waiting", verbs.CANCEL),
        )
        new, ends_of_rights = self._within_rights(new, choice)
        sentence = announcements.published(
            self.story.headline, self.timeline, new, at=at, now=self.now, zone=self.zone
        )
        warnings = [
            *lost_plans(self.timeline, new, self.zone),
            *ends_of_rights,
            *absent_targets(content, at or self.soon),
        ]
        missing = without_alt_text(content)
        return Answer(sentence, warnings + no_alt_text(missing), missing)

    def carry_out(self, choice):
        publication = workflow.publish(
            self.story,
            by=self.request.user,
            at=verbs.WhenMixin.moment(choice),
            until=verbs.PublishForm.end_of(choice),
            kind=choice.get("kind", timing.Kind.UPDATE),
            note=choice.get("note", ""),
            waiting=choice.get("waiting", verbs.CANCEL),
            rights_end=choice.get("rights_end", rights.REFUSE),
        )
        return announced(publication, self.zone)

    def _within_rights(
        self, new: timing.Timeline, choice: dict[str, object]
    ) -> tuple[timing.Timeline, list[str]]:
        """The timeline cut to the rights of the pictures, and sentences that say so."""
        span = next(s for s in new.spans if s.number == self.timeline.last_number + 1)
        ends = compose.rights_ends(compose.image_ids(self.story))
        outlived = rights.outlived(ends, span.until)
        if not outlived:
            return new, []
        first = min(outlived.values())
        if first <= span.live_from:
            raise changes.rights_refusal(outlived, field="at")
        if choice["rights_end"] == rights.END:
            new = timing.set_end(new, self.soon, span.number, until=first)
            words = _("The rights of a picture end %(moment)s: the story leaves the site then.")
        else:
            words = _("The rights of a picture end %(moment)s: the story goes on without it.")
        moments = [first] if choice["rights_end"] == rights.END else sorted(set(outlived.values()))
        return new, [words % {"moment": announcements.moment(m, self.zone)} for m in moments]


class Move(VerbPage):
    verb = Verb.MOVE
    name, path = "move", "move/<int:number>"
    title = gettext_lazy("Move to another time")
    button = gettext_lazy("Move")
    form_class = verbs.MoveForm

    def form_options(self):
        return {"initial": {"at": self.publication.live_from}}

    def answer(self, choice):
        if choice["at"] == self.publication.live_from and self.request.method != "POST":
            raise WorkflowError("", code="unchanged")
        timing.move(self.timeline, self.soon, self.publication.number, at=choice["at"])
        return Answer(announcements.moved(self.span(), at=choice["at"], zone=self.zone))

    def carry_out(self, choice):
        publication = workflow.move(self.publication, by=self.request.user, at=choice["at"])
        return announced(publication, self.zone)


class Cancel(VerbPage):
    verb = Verb.CANCEL
    name, path = "cancel", "cancel/<int:number>"
    title = gettext_lazy("Take back a plan")
    button = gettext_lazy("Take it back")

    def answer(self, choice):
        new = timing.cancel(self.timeline, self.soon, self.publication.number)
        return Answer(announcements.cancelled(self.span(), new, zone=self.zone))

    def carry_out(self, choice):
        workflow.cancel(self.publication, by=self.request.user)
        return _("Taken back. The text is still here.")


class SetEnd(VerbPage):
    verb = Verb.SET_END
    name, path = "end", "end/<int:number>"
    title = gettext_lazy("Change the end")
    button = gettext_lazy("Change the end")
    form_class = verbs.EndForm

    def form_options(self):
        return {"initial": {"until": self.publication.until}}

    def answer(self, choice):
        until = choice["until"] if choice["end"] == verbs.AT else None
        if self.request.method != "POST":
            raise WorkflowError("", code="unchanged")
        timing.set_end(self.timeline, self.soon, self.publication.number, until=until)
        return Answer(announcements.ended(self.span(), until=until, zone=self.zone))

    def carry_out(self, choice):
        until = choice["until"] if choice["end"] == verbs.AT else None
        workflow.set_end(self.publication, by=self.request.user, until=until)
        return announcements.ended(self.span(), until=until, zone=self.zone)


class Withdraw(VerbPage):
    verb = Verb.WITHDRAW
    name = path = "withdraw"
    title = gettext_lazy("Withdraw from the site")
    button = gettext_lazy("Withdraw")
    form_class = verbs.WithdrawForm

    def form_options(self):
        return {"waits": bool(self.timeline.plans(self.soon))}

    def answer(self, choice):
        at = verbs.WhenMixin.moment(choice)
        new = timing.withdraw(
            self.timeline, self.soon, at=at, keep_plans=choice.get("keep_plans", False)
        )
        sentence = announcements.withdrawn(
            self.story.headline, self.timeline, at=at, now=self.now, zone=self.zone
        )
        return Answer(sentence, lost_plans(self.timeline, new, self.zone))

    def carry_out(self, choice):
        workflow.withdraw(
            self.story,
            by=self.request.user,
            at=verbs.WhenMixin.moment(choice),
            keep_plans=choice.get("keep_plans", False),
            note=choice["note"],
        )
        return _("Withdrawn. Below is the second at which it leaves the site.")


class BringBack(VerbPage):
    verb = Verb.BRING_BACK
    name, path = "bring_back", "bring-back"
    title = gettext_lazy("Bring back to the site")
    button = gettext_lazy("Bring back")
    form_class = verbs.BringBackForm

    def form_options(self):
        return {"waits": bool(self.timeline.plans(self.soon))}

    def answer(self, choice):
        at = verbs.WhenMixin.moment(choice)
        waiting = choice.get("waiting", verbs.CANCEL)
        new = timing.bring_back(self.timeline, self.soon, at=at, waiting=waiting)
        headline = next(s.content for s in new.spans if s.number == self.timeline.last_number + 1)
        sentence = announcements.published(
            headline, self.timeline, new, at=at, now=self.now, zone=self.zone
        )
        return Answer(sentence, lost_plans(self.timeline, new, self.zone))

    def carry_out(self, choice):
        publication = workflow.bring_back(
            self.story,
            by=self.request.user,
            at=verbs.WhenMixin.moment(choice),
            waiting=choice.get("waiting", verbs.CANCEL),
        )
        return announced(publication, self.zone)


class Submit(VerbPage):
    verb = Verb.SUBMIT
    name = path = "submit"
    title = gettext_lazy("Hand in")
    button = gettext_lazy("Hand in")

    def answer(self, choice):
        missing = without_alt_text(compose.content_of(self.story))
        return Answer(
            _(
                "“%(headline)s” goes to the editors; its reporter reads it, but no longer changes it."
            )
            % {"headline": self.story.headline},
            no_alt_text(missing),
            missing,
        )

    def carry_out(self, choice):
        workflow.submit(self.story, by=self.request.user)
        return _("Handed in. An editor reads it next.")


class SendBack(VerbPage):
    verb = Verb.SEND_BACK
    name, path = "send_back", "send-back"
    title = gettext_lazy("Send back to its reporter")
    button = gettext_lazy("Send back")
    form_class = verbs.SendBackForm

    def answer(self, choice):
        owner = self.story.owner.get_full_name() or self.story.owner.get_username()
        return Answer(
            _(
                "“%(headline)s” is a draft again, which %(owner)s can change; the site stays as it is."
            )
            % {"headline": self.story.headline, "owner": owner}
        )

    def carry_out(self, choice):
        workflow.send_back(self.story, by=self.request.user, note=choice.get("note", ""))
        return _("Sent back.")


class Duplicate(VerbPage):
    verb = Verb.DUPLICATE
    name = path = "duplicate"
    title = gettext_lazy("Duplicate")
    button = gettext_lazy("Duplicate")
    made: Article

    def answer(self, choice):
        return Answer(
            _("A new draft of yours is made with the text and pictures of “%(headline)s”.")
            % {"headline": self.story.headline}
        )

    def carry_out(self, choice):
        self.made = workflow.duplicate(self.story, by=self.request.user)
        return _("This is the copy: a draft of yours.")

    def next_address(self):
        return story_address(self.made)


PAGES = (Publish, Move, Cancel, SetEnd, Withdraw, BringBack, Submit, SendBack, Duplicate)


def announced(publication: Publication, zone: object) -> str:
    """What was decided about a publication, with its second."""
    return _("“%(headline)s”: %(moment)s.") % {
        "headline": publication.headline,
        "moment": announcements.moment(publication.live_from, zone),
    }


def lost_plans(old: timing.Timeline, new: timing.Timeline, zone: object) -> list[str]:
    """Sentences for the plans that are cancelled by this; one approved anew keeps its moment."""
    stays = {(span.live_from, span.content) for span in new.spans}
    return [
        _("The change that waits, “%(headline)s” %(moment)s, is cancelled.")
        % {"moment": announcements.moment(span.live_from, zone), "headline": span.content}
        for span in old.spans
        if (span.live_from, span.content) not in stays
    ]


def absent_targets(content: Content, at: datetime) -> list[str]:
    """Sentences for related stories that are not on the site at the moment `at`. Two queries."""
    targets = [link.target_id for link in content.links if link.target_id is not None]
    live = set(
        Publication.objects.live(at=at)
        .filter(article__in=targets)
        .values_list("article", flat=True)
    )
    absent = Article.objects.filter(pk__in=set(targets) - live)
    return [
        _(
            "The related story “%(headline)s” is not on the site at that moment; its link shows "
            "only while it is."
        )
        % {"headline": story.headline}
        for story in absent
    ]


def without_alt_text(content: Content) -> list[int]:
    """The pictures that have no alt text yet."""
    return [picture.image_id for picture in content.pictures if not picture.alt_text]


def no_alt_text(image_ids: list[int]) -> list[str]:
    """A sentence for pictures without alt text, where there are any."""
    if not image_ids:
        return []
    return [
        ngettext(
            "%(number)d picture has no alt text yet.",
            "%(number)d pictures have no alt text yet.",
            len(image_ids),
        )
        % {"number": len(image_ids)}
    ]
