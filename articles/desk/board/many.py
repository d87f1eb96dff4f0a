"""Times for many stories at once: one page says all that will happen, and one press does it.

Each story has a plan, a transaction and an answer of its own, as on its verb's page: what was read is
what is done. One that has changed meanwhile is named, and waits for another look.
"""

import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.desk import announcements
from articles.desk.moments import read, site_then
from articles.desk.stories import checking
from articles.desk.stories.verb_page import told_since
from articles.models import Article, Record
from articles.publishing import access, asks, changes, plans
from articles.publishing.asks import Ask
from articles.publishing.plans import Plan
from articles.publishing.standing import Contents, Story, timeline_of
from articles.rules import moments, rights, timing
from articles.rules.permissions import Stage, Verb
from articles.rules.refusals import WorkflowError
from articles.rules.states import in_full, in_sentence

# As many at once as somebody can still read.
MOST = 100
MOST_MINUTES = 24 * 60
_KEY = re.compile(r"(\d{1,18})(?:-(\d{1,9}))?", re.ASCII)


class Deed(StrEnum):
    """What is done to all of them."""

    TIME = "time"
    CANCEL = "cancel"


@dataclass
class Item:
    """A story, or one of its plans, with what was chosen for it and what is to be said of that.

    key: of a story its id, of a plan with its number behind. words: its time as it was typed. moment:
    that time, once it is known. seen: the mark of the plan that the person has read. choice: what
    was chosen when they read it.
    """

    key: str
    article: Article
    number: int | None
    words: str = ""
    moment: datetime | None = None
    seen: str = ""
    choice: str = ""
    plan: Plan | None = None
    refusal: str = ""
    meanwhile: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    is_done: bool = False
    contents: Contents = field(default_factory=Contents)

    @property
    def span(self) -> timing.Span | None:
        """What begins by its plan, or would have begun."""
        if self.plan is None:
            return None
        if self.plan.new:
            return self.plan.new[0]
        of = self.plan.before if self.plan.ask.verb == Verb.CANCEL else self.plan.after
        return next(span for span in of.spans if span.number == self.plan.ask.number)

    @property
    def headline(self) -> str:
        return self.span.content.headline if self.span else self.article.headline

    @property
    def when(self) -> str:
        """The moment that it is about, in words."""
        return in_sentence(self.span.live_from, timezone.get_current_timezone(), bare=True)

    @property
    def what(self) -> str:
        """What kind of change it is."""
        if self.plan.ask.verb == Verb.CANCEL:
            return _("Does not go live")
        if self.plan.ask.verb == Verb.MOVE:
            before = self.plan.span(self.plan.ask.number).live_from
            old = in_full(before, timezone.get_current_timezone())
            return _("New time, instead of %(old)s") % {"old": old}
        return str(timing.Kind(self.span.kind).label)

    @property
    def site_then(self) -> str:
        return site_then(self.span.live_from)


@dataclass
class Many:
    """What one person does to many stories at once, as a page sends it."""

    user: access.User
    deed: Deed
    items: list[Item]
    first: str
    step: str
    day: date
    now: datetime
    missing: int = 0
    too_many: bool = False
    error: str = ""
    told: str = ""
    is_answered: bool = False
    done: list[Item] = field(default_factory=list)
    repeated: bool = False

    @property
    def ready(self) -> list[Item]:
        """Those of which the page says what will happen."""
        return [item for item in self.items if item.plan]

    @property
    def is_about_plans(self) -> bool:
        return all(item.number is not None for item in self.items)

    def choose(self) -> None:
        """Read the time of each. A short one is of the day of the first."""
        for item in self.items:
            item.moment = None
            if self.deed is Deed.CANCEL:
                continue
            try:
                item.moment = read(item.words, self.day) if item.words else None
                if item.moment is None:
                    item.refusal = _("Choose the time.")
            except ValidationError as error:
                item.refusal = error.messages[0]

    def fill(self) -> None:
        """Give each a time: the first at the first moment, the others so many minutes apart."""
        zone = timezone.get_current_timezone()
        try:
            first = read(self.first, self.day)
        except ValidationError as error:
            self.error = error.messages[0]
            return
        minutes = int(self.step) if re.fullmatch(r"\d{1,4}", self.step, re.ASCII) else -1
        if not 0 <= minutes <= MOST_MINUTES:
            self.error = _("Write the minutes between two stories: 0 to %(most)d.") % {
                "most": MOST_MINUTES
            }
            return
        self.day = first.astimezone(zone).date()
        every = moments.spread(first, timedelta(minutes=minutes), len(self.items))
        for item, moment in zip(self.items, every, strict=True):
            item.words = _short(moment, self.day)

    def answer(self, items: Iterable[Item] | None = None) -> None:
        """Make the plan of each, to be read."""
        self.is_answered = True
        waiting = [item for item in (self.items if items is None else items) if not item.refusal]
        for item in waiting:
            story = self._story(item)
            try:
                ask = _ask_for(item, self.deed, story, self.now)
                item.plan = plans.make(
                    ask, item.article, by=self.user, now=self.now, contents=item.contents
                )
            except WorkflowError as refused:
                item.refusal = str(refused)
        self._warn()

    def changed_since_read(self) -> bool:
        """Has the person chosen otherwise for one of them than what the page told them of?"""
        return any(item.choice != _choice(item, self.deed) for item in self.items)

    def carry_out(self, press: str, clock: Callable[[], datetime]) -> None:
        """Do what was read, each by itself; what is not done stays, with an answer of its own."""
        pressed = _pressed(self.user, self.items)
        for item in self.items:
            if item.seen:
                self._do(item, f"{press}-{item.key}"[:40], pressed, clock)
        self.now = clock()
        self.done = [item for item in self.items if item.is_done]
        self.items = [item for item in self.items if not item.is_done]
        self.answer([item for item in self.items if not item.plan])

    def _do(self, item: Item, press: str, pressed: set[str], clock: Callable[[], datetime]) -> None:
        if press in pressed:
            item.is_done = self.repeated = True
            return
        try:
            ask = _ask_for(item, self.deed, self._story(item), self.now)
            item.plan = changes.carry_out(
                ask,
                item.article,
                by=self.user,
                clock=clock,
                confirmed=item.seen,
                press=press,
                contents=item.contents,
            )
            item.is_done = True
        except changes.DoneAlready:
            item.is_done = self.repeated = True
        except changes.AskedAgain as again:
            item.plan = again.plan
            self._tell(item, again.plan.seen)
        except WorkflowError as refused:
            item.refusal = str(refused)
            self._tell_of_refused(item)

    def _tell_of_refused(self, item: Item) -> None:
        """Who has made it impossible since it was read, where somebody has."""
        saved = Article.objects.filter(pk=item.article.pk).first()
        if saved is None:
            return
        timeline, soon = timeline_of(saved), timing.soon(self.now)
        try:
            ask = _ask_for(item, self.deed, self._story(item), self.now)
        except WorkflowError:
            return
        self._tell(item, ".".join(plans.standing_marks(ask, saved, timeline, soon)))

    def _tell(self, item: Item, mark: str) -> None:
        zone = timezone.get_current_timezone()
        item.meanwhile = told_since(item.article, item.seen, mark, zone)

    def _story(self, item: Item) -> Story:
        return Story(item.article, self.user, lambda: self.now, item.contents)

    def _warn(self) -> None:
        """What to think of first. A story that goes live with the others is a good target then."""
        zone = timezone.get_current_timezone()
        planned = {i.article.pk: i.span.live_from for i in self.ready if i.plan.new}
        for item in self.ready:
            plan = item.plan
            item.warnings = announcements.lost(plan, zone)
            if plan.ask.verb != Verb.PUBLISH:
                continue
            content = plan.new[0].content.content
            item.warnings += [
                *_unsubmitted(item.article, self.user),
                *announcements.rights_end(plan, plan.ask.rights_end, zone),
                *checking.sentences(
                    checking.findings(
                        content,
                        story=item.article.pk,
                        by=self.user,
                        at=plan.new[0].live_from,
                        planned=planned,
                    )
                ),
            ]

    # For the page

    @property
    def button(self) -> str:
        """What the press does, and to how many."""
        number = len(self.ready)
        if not number:
            return _("What will happen?")
        if self.deed is Deed.CANCEL:
            words = ngettext("Unschedule %(number)d story", "Unschedule %(number)d stories", number)
        elif self.is_about_plans:
            words = ngettext("Change %(number)d time", "Change %(number)d times", number)
        else:
            words = ngettext("Schedule %(number)d story", "Schedule %(number)d stories", number)
        return words % {"number": number}

    @property
    def summary(self) -> str:
        """All of it in one sentence: how many, from when to when."""
        zone = timezone.get_current_timezone()
        begins = sorted(item.span.live_from for item in self.ready)
        if not begins or self.deed is Deed.CANCEL:
            return ""
        first, last = (in_sentence(each, zone, bare=True) for each in (begins[0], begins[-1]))
        facts = {"number": len(begins), "first": first, "last": last}
        if first == last:
            return (
                ngettext(
                    "%(number)d story goes live at %(first)s.",
                    "%(number)d stories go live at %(first)s.",
                    len(begins),
                )
                % facts
            )
        return _("%(number)d stories go live, from %(first)s to %(last)s.") % facts

    @property
    def outcome(self) -> str:
        """What the press has done, and to how many."""
        number = len(self.done)
        if self.repeated and not any(item.plan for item in self.done):
            return _("That is done already; it was done once.")
        if self.deed is Deed.CANCEL:
            words = ngettext(
                "%(number)d story was unscheduled.", "%(number)d stories were unscheduled.", number
            )
        else:
            words = ngettext(
                "%(number)d story was scheduled.", "%(number)d stories were scheduled.", number
            )
        return words % {"number": number}


def of_request(request: HttpRequest, data: QueryDict, *, now: datetime, first: str) -> Many:
    """What a page of the board, or the list of stories, has sent.

    first: the moment proposed where none was chosen. Stories that this person may not see are
    counted with those that do not exist. Two queries.
    """
    zone = timezone.get_current_timezone()
    keys, too_many = _keys(data)
    found = Article.objects.filter(
        access.stories(request.user), pk__in={int(_KEY.fullmatch(key)[1]) for key in keys}
    )
    stories = {story.pk: story for story in found.select_related("section", "owner", "saved_by")}
    items = [
        Item(
            key=key,
            article=stories[int(pk)],
            number=int(number) if number else None,
            words=data.get(f"at-{key}", "").strip()[:40],
            seen=data.get(f"seen-{key}", "")[:200],
            choice=data.get(f"read-{key}", "")[:40],
        )
        for key in keys
        for pk, number in [_KEY.fullmatch(key).groups()]
        if int(pk) in stories
    ]
    first = data.get("first_quick") or data.get("first", first)
    today = now.astimezone(zone).date()
    return Many(
        user=request.user,
        deed=Deed.CANCEL if Deed.CANCEL in (data.get("deed"), data.get("go")) else Deed.TIME,
        items=items,
        first=first.strip()[:40],
        step=data.get("step", "0").strip()[:10],
        day=_day(data.get("day", ""), first, today),
        now=now,
        missing=len(keys) - len(items),
        too_many=too_many,
    )


def _keys(data: QueryDict) -> tuple[list[str], bool]:
    """The stories and plans chosen, each once; those whose time was typed anew where that is asked."""
    if data.get("go") == "moved":
        chosen = [
            name.removeprefix("at-")
            for name, words in data.items()
            if name.startswith("at-") and words.strip() != data.get(f"was-{name[3:]}", "")
        ]
    else:
        chosen = data.getlist("item")
    keys = list(dict.fromkeys(key for key in chosen if _KEY.fullmatch(key)))
    return keys[:MOST], len(keys) > MOST


def _day(words: str, first: str, today: date) -> date:
    """The day that short times are of: that of the first moment, or the board's, or today."""
    wall = moments.wall_of(first)
    if wall and wall.year in moments.YEARS:
        return wall.date()
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return today
    return day if day.year in moments.YEARS else today


def press_of(data: QueryDict) -> str:
    """The word of this showing of the page: the one that it sent, or a new one."""
    sent = data.get("press", "")
    return sent if re.fullmatch(r"[0-9a-f]{20}", sent) else secrets.token_hex(10)


def choice_of(item: Item, deed: Deed) -> str:
    """What the page tells of: sent back with its button."""
    return _choice(item, deed)


def _choice(item: Item, deed: Deed) -> str:
    return deed.value if deed is Deed.CANCEL else item.moment.isoformat() if item.moment else ""


def _ask_for(item: Item, deed: Deed, story: Story, now: datetime) -> Ask:
    """What is asked of one story: to drop or move its plan, or to publish its working copy.

    A working copy that waits already, as it is, is moved.
    """
    if deed is Deed.CANCEL:
        return asks.Cancel(_only_plan(story) if item.number is None else item.number)
    if item.number is not None:
        return asks.Move(item.number, item.moment)
    waits = story.timeline.plans(story.soon)
    if len(waits) == 1 and waits[0].content.digest == item.article.digest:
        return asks.Move(waits[0].number, item.moment)
    newest = next(reversed(story.timeline.spans), None)
    ends = newest is not None and newest.until is not None and newest.until > now
    return asks.Publish(
        at=item.moment,
        until=timing.INHERIT if ends else None,
        rights_end=rights.END,
    )


def _only_plan(story: Story) -> int:
    waits = story.timeline.plans(story.soon)
    if len(waits) != 1:
        raise WorkflowError(
            _("No version of this story is scheduled, or several are: do it on its own page."),
            code="not_one_plan",
        )
    return waits[0].number


def _unsubmitted(story: Article, user: access.User) -> list[str]:
    if story.stage != Stage.DRAFT or story.owner_id == user.pk:
        return []
    return [
        _("Still a draft: %(owner)s has not submitted it.") % {"owner": access.name_of(story.owner)}
    ]


def _short(moment: datetime, day: date) -> str:
    """A time as a row's field takes it: without the day where that is known."""
    zone = timezone.get_current_timezone()
    words = in_full(moment, zone)
    same = moment.astimezone(zone).date() == day
    return words.partition(",")[0] if same else words


def _pressed(user: access.User, items: Iterable[Item]) -> set[str]:
    """The presses by which this person has done something to these stories. One query."""
    stories = {item.article.pk for item in items}
    rows = Record.objects.filter(by=user.pk, story__in=stories).order_by("-pk")
    found = rows.values_list("details", flat=True)[: 2 * MOST]
    return {details["press"] for details in found if "press" in details}
