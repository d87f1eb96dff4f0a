"""What readers had, have and will have of a story, and its working copy: each with what can be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk.moments import site_then
from articles.desk.stories.comparing import COPY
from articles.models import Article, Publication
from articles.publishing import access
from articles.rules import timing
from articles.rules.permissions import Verb
from articles.rules.states import in_full, when


@dataclass(frozen=True)
class Action:
    """A link to what can be done."""

    label: str
    url: str
    important: bool = False


@dataclass(frozen=True)
class Line:
    """One publication. actions: what is done most; more: the rest."""

    publication: Publication
    live: bool
    plan: bool
    begins: str
    ends: str
    approver: str
    actions: list[Action]
    more: list[Action]


@dataclass(frozen=True)
class CopyLine:
    """The working copy. saved: who saved it last, and when."""

    headline: str
    saved: str
    changed: bool
    actions: list[Action]


def page(name: str, story: Article, *args: object) -> str:
    """The address of a page about a story."""
    return reverse(f"admin:articles_article_{name}", args=[story.pk, *args])


def compare_page(story: Article, old: object, new: object) -> str:
    """Where two versions stand beside each other."""
    return f"{page('compare', story)}?{urlencode({'old': old, 'new': new})}"


def lines_of(
    story: Article, publications: Iterable[Publication], user: access.User, *, at: datetime
) -> list[Line]:
    """The publications, in the order that they are given in."""
    return [_line(story, publication, user, at=at) for publication in publications]


def copy_line(
    story: Article, newest: Publication | None, user: access.User, *, at: datetime
) -> CopyLine:
    """The working copy, beside the newest of its publications."""
    zone = timezone.get_current_timezone()
    moment = when(story.updated_at.replace(second=0, microsecond=0), at, zone)
    actions = [Action(_("Read"), page("read", story, COPY))]
    if newest:
        actions.append(Action(_("Compare…"), compare_page(story, newest.number, COPY)))
    return CopyLine(
        headline=story.headline,
        saved=_("saved by %(who)s, %(when)s")
        % {"who": access.name_of(story.saved_by), "when": moment},
        changed=newest is not None and newest.digest != story.digest,
        actions=actions,
    )


def _line(story: Article, publication: Publication, user: access.User, *, at: datetime) -> Line:
    zone = timezone.get_current_timezone()
    soon = timing.soon(at)
    number = publication.number
    plan = publication.live_from >= soon
    over = publication.live_until is not None and publication.live_until < soon
    change = _("Change what is scheduled…") if plan else _("Change what readers have…")
    offered = [
        (Verb.SEE, _("Compare…"), compare_page(story, number, COPY), True),
        (Verb.RESTORE, _("Restore…"), page("restore", story, number), True),
        (Verb.MOVE, _("Change the time…"), page("move", story, number), plan),
        (Verb.CANCEL, _("Unschedule…"), page("cancel", story, number), plan),
        (Verb.SET_END, _("Change the expiry…"), page("end", story, number), not over),
        # Who may publish sees the site of another moment.
        (Verb.PUBLISH, _("Preview that moment"), site_then(publication.live_from), plan),
    ]
    actions = [Action(_("Read"), page("read", story, number))]
    if not over and access.may(user, Verb.PUBLISH, story):
        actions.append(Action(change, page("version", story, number)))
    return Line(
        publication=publication,
        live=timing.is_live(publication.live_from, publication.live_until, at),
        plan=plan,
        begins=in_full(publication.live_from, zone),
        ends=in_full(publication.live_until, zone) if publication.live_until else "",
        approver=access.name_of(publication.approved_by),
        actions=actions,
        more=[
            Action(label, url)
            for verb, label, url, sensible in offered
            if sensible and access.may(user, verb, story)
        ],
    )
