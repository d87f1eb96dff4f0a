"""What a plan does for readers, in sentences made of the plan and of nothing else (pure)."""

from datetime import datetime, tzinfo
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.publishing.plans import Plan
from articles.rules import rights, timing
from articles.rules.states import in_sentence
from articles.rules.timing import Kind, Span


class Step(NamedTuple):
    """A moment from which on readers have something else, and what: both in words."""

    when: str
    what: str


def moment(at: datetime | None, zone: tzinfo) -> str:
    """A moment as the sentence says it; None is "soon"."""
    return _("within seconds") if at is None else in_sentence(at, zone)


def course(plan: Plan, zone: tzinfo) -> list[Step]:
    """What readers have now, and from each moment on at which that changes."""
    (_now, present), *changes = plan.course
    steps = [Step(_("Now"), _version_named(plan, present))]
    for at, span in changes:
        when = _("Within seconds") if at == plan.soon else _from(at, zone)
        steps.append(Step(when, _version_named(plan, span)))
    return steps


def _from(at: datetime, zone: tzinfo) -> str:
    return _("From %(moment)s") % {"moment": in_sentence(at, zone, bare=True)}


def _version_named(plan: Plan, span: Span | None) -> str:
    if span is None:
        return _("nothing of this story")
    facts = {"number": span.number, "headline": span.content.headline}
    if plan.new and span.number == plan.new[0].number and plan.ask.approves_copy:
        return _("this version (%(number)s), “%(headline)s”") % facts
    return _("version %(number)s, “%(headline)s”") % facts


def published(plan: Plan, zone: tzinfo) -> str:
    """For a text that goes on the site."""
    span = plan.new[0]
    facts = {"headline": span.content.headline, "moment": _moment(plan, span.live_from, zone)}
    if span.kind == Kind.APOLOGY:
        return _("“%(headline)s” goes live %(moment)s as a correction and apology.") % facts
    if span.kind == Kind.CORRECTION:
        return _("“%(headline)s” goes live %(moment)s as a correction.") % facts
    if span.kind == Kind.MINOR:
        return _("“%(headline)s” goes live %(moment)s as a minor change.") % facts
    return _("“%(headline)s” goes live %(moment)s.") % facts


def changed(plan: Plan, span: Span, zone: tzinfo) -> str:
    """For a version that is changed by itself. span: as it was."""
    waits = span.live_from >= plan.soon
    begins = (plan.ask.at or span.live_from) if waits else plan.soon
    new = next(each for each in plan.after.spans if each.live_from == begins)
    facts = _facts(new) | {"moment": _moment(plan, begins, zone)}
    if waits:
        told = _("“%(headline)s” goes live %(moment)s with this change.") % facts
    elif new.kind == Kind.APOLOGY:
        told = (
            _("Readers get the changed “%(headline)s” %(moment)s as a correction and apology.")
            % facts
        )
    elif new.kind == Kind.CORRECTION:
        told = _("Readers get the changed “%(headline)s” %(moment)s as a correction.") % facts
    elif new.kind == Kind.UPDATE:
        told = _("Readers get the changed “%(headline)s” %(moment)s as an update.") % facts
    else:
        told = _("Readers get the changed “%(headline)s” %(moment)s as a minor change.") % facts
    others = len(plan.written) - 1
    told = [told]
    if others:
        told.append(
            ngettext(
                "%(number)d other version gets the same change.",
                "%(number)d other versions get the same change.",
                others,
            )
            % {"number": others}
        )
    if plan.copy:
        told.append(_("The working copy gets it, too."))
    return " ".join(told)


def note(plan: Plan) -> str:
    """What readers are told with a correction; "" where nothing is."""
    return plan.new[0].content.note if plan.new and plan.new[0].kind in timing.TOLD else ""


def moved(plan: Plan, zone: tzinfo) -> str:
    """For a scheduled version that begins at another moment."""
    before = plan.span(plan.ask.number)
    after = next(span for span in plan.after.spans if span.number == before.number)
    return _("Version %(number)s, “%(headline)s”, goes live %(moment)s instead of %(old)s.") % (
        _facts(before)
        | {
            "moment": _moment(plan, after.live_from, zone),
            "old": in_sentence(before.live_from, zone),
        }
    )


def cancelled(plan: Plan, zone: tzinfo) -> str:
    """For a scheduled version that is dropped."""
    span = plan.span(plan.ask.number)
    return _("Version %(number)s, “%(headline)s”, does not go live %(old)s.") % (
        _facts(span) | {"old": in_sentence(span.live_from, zone)}
    )


def ended(plan: Plan, zone: tzinfo) -> str:
    """For a version that gets another expiry."""
    span = next(span for span in plan.after.spans if span.number == plan.ask.number)
    if span.until is None:
        return _("Version %(number)s, “%(headline)s”, has no expiry.") % _facts(span)
    return _("Version %(number)s, “%(headline)s”, expires %(moment)s.") % (
        _facts(span) | {"moment": _moment(plan, span.until, zone)}
    )


def withdrawn(plan: Plan, zone: tzinfo) -> str:
    """For a story that is taken down."""
    return _("“%(headline)s” goes offline %(moment)s.") % {
        "headline": plan.article.headline,
        "moment": moment(plan.ask.at, zone),
    }


def done(plan: Plan, zone: tzinfo) -> str:
    """What was carried out, with the seconds at which readers get something else."""
    steps = [
        f"{_from(at, zone)}: {_version_named(plan, span)}."
        for at, span in timing.course(plan.after, plan.now)[1:]
    ]
    return " ".join([_("Done."), *(steps[:1] or [_("For readers, nothing changes.")])])


def lost(plan: Plan, zone: tzinfo) -> list[str]:
    """Sentences for the scheduled versions that do not go live because of it."""
    return [
        _("Version %(number)s, “%(headline)s”, scheduled for %(moment)s, is cancelled.")
        % (_facts(span) | {"moment": in_sentence(span.live_from, zone, bare=True)})
        for span in plan.gone
        if span.number != plan.ask.number
    ]


def alike(plan: Plan, zone: tzinfo) -> list[str]:
    """Sentences for scheduled versions that are kept and show the very text that is published."""
    new, *others = plan.new
    return [
        _(
            "The version scheduled for %(moment)s shows this same text; readers would be "
            "told of an update that is none. Let it be cancelled."
        )
        % {"moment": in_sentence(span.live_from, zone, bare=True)}
        for span in others
        if span.content.digest == new.content.digest
    ]


def rights_end(plan: Plan, choice: str, zone: tzinfo) -> list[str]:
    """A sentence where the new text loses a picture, or its place, because usage rights end."""
    ends = {pk: image.rights_until for pk, image in plan.images.items() if image.rights_until}
    seconds = set(rights.outlived(ends, until=None).values())
    if choice == rights.END:
        sentence = _("The usage rights of a picture end %(moment)s; this version expires then.")
        moments = seconds & {plan.new[0].until}
    else:
        sentence = _("The usage rights of a picture end %(moment)s; the story goes on without it.")
        moments = seconds & {span.live_from for span in plan.new[1:]}
    return [sentence % {"moment": in_sentence(each, zone)} for each in sorted(moments)]


def _facts(span: Span) -> dict[str, object]:
    return {"number": span.number, "headline": span.content.headline}


def _moment(plan: Plan, at: datetime, zone: tzinfo) -> str:
    return moment(None if at == plan.soon else at, zone)
