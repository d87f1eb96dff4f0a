"""What stands beside a story in the desk: where it stands, what is planned, and who did what when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk import records
from articles.desk.records import Entry
from articles.desk.standings import standings_of
from articles.desk.stories import timeline
from articles.desk.stories.timeline import Action, CopyLine, Line
from articles.models import Article, Publication
from articles.publishing import access
from articles.publishing.asks import is_untouched
from articles.rules import timing
from articles.rules.permissions import Stage, Verb
from articles.rules.states import Standing, when

SHOWN_RECORDS = 30

# A change within this time is counted down.
COUNTED = timedelta(hours=1)


@dataclass(frozen=True)
class Countdown:
    """The next moment at which readers get something else, and what happens then."""

    moment: datetime
    text: str
    arrived: str
    url: str


@dataclass(frozen=True)
class Panel:
    """All that stands beside the form."""

    standing: Standing
    actions: list[Action]
    copy: CopyLine
    lines: list[Line]
    record: list[Entry]
    sent_back: Entry | None
    countdown: Countdown | None
    url: str
    owner: str
    now: datetime


def panel_of(story: Article, user: access.User, *, at: datetime) -> Panel:
    """The panel as this person gets it. Five queries."""
    publications = list(story.publications.select_related("section", "approved_by"))
    live = next((p for p in publications if timing.is_live(p.live_from, p.live_until, at)), None)
    entries = records.entries(story, SHOWN_RECORDS)
    stage = [entry for entry in entries if entry.row.verb in records.STAGE_VERBS]
    is_sent_back = story.stage == Stage.DRAFT and stage and stage[0].row.verb == Verb.SEND_BACK
    return Panel(
        standing=standings_of([story], at=at)[story.pk],
        actions=_actions(
            story,
            publications,
            user,
            live=live,
            untouched=is_untouched(story, stage[0].row if stage else None),
            at=at,
        ),
        copy=timeline.copy_line(story, publications[-1] if publications else None, user, at=at),
        lines=timeline.lines_of(story, reversed(publications), user, at=at),
        record=entries,
        sent_back=stage[0] if is_sent_back else None,
        countdown=_countdown(publications, at),
        url=live.get_absolute_url() if live else "",
        owner=access.name_of(story.owner),
        now=at,
    )


def _actions(
    story: Article,
    publications: list[Publication],
    user: access.User,
    *,
    live: Publication | None,
    untouched: bool,
    at: datetime,
) -> list[Action]:
    """The verbs that make sense now and that the person may do.

    untouched: nobody has saved the story since it was handed in.
    """
    begun = any(p.live_from <= at for p in publications)
    waits = any(p.live_from > at for p in publications)
    offered = [
        (Verb.PUBLISH, "publish", _("Publish…"), True),
        (Verb.SUBMIT, "submit", _("Submit…"), True),
        (Verb.RECALL, "recall", _("Recall…"), untouched),
        (Verb.SEND_BACK, "send_back", _("Return…"), story.stage != Stage.DRAFT),
        (Verb.WITHDRAW, "withdraw", _("Take down…"), bool(live or waits)),
        (Verb.BRING_BACK, "bring_back", _("Put back online…"), begun and not live),
        (Verb.SHARE, "preview_links", _("Preview links…"), True),
        (Verb.DUPLICATE, "duplicate", _("Duplicate…"), True),
        (Verb.DELETE, "delete", _("Delete…"), not publications),
    ]
    return [
        Action(label, timeline.page(name, story), important=verb is Verb.PUBLISH)
        for verb, name, label, sensible in offered
        if sensible and access.may(user, verb, story)
    ]


def _countdown(publications: list[Publication], at: datetime) -> Countdown | None:
    """The next beginning or end, if there is one within the hour; later ones need no counting."""
    changes = [(p.live_from, p) for p in publications if p.live_from > at]
    beginnings = {moment for moment, _publication in changes}
    changes += [
        (p.live_until, p)
        for p in publications
        if p.live_until and p.live_until > at and p.live_until not in beginnings
    ]
    moment, publication = min(changes, key=lambda change: change[0], default=(None, None))
    if moment is None or moment - at > COUNTED:
        return None
    begins = moment == publication.live_from
    before, after = (
        (_("Goes live %(time)s"), _("Live since %(time)s"))
        if begins
        else (_("Goes offline %(time)s"), _("Offline since %(time)s"))
    )
    time = {"time": when(moment, at, timezone.get_current_timezone())}
    url = publication.get_absolute_url() if begins else ""
    return Countdown(moment, before % time, after % time, url)
