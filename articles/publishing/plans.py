"""What an ask will do to a story, as a value: made to be read before it is confirmed, and made again
under the lock by who carries it out, so that what was confirmed is what happens.

A plan holds what readers have before and after, what is written for it, and a mark of all that it
rests on. "Soon" stands in that mark as a symbol, since it moves while somebody reads.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property

from articles.models import Article
from articles.publishing import access, freezing, picture_rights
from articles.publishing.asks import Ask
from articles.publishing.standing import Contents, Story, Text
from articles.rules import rights, timing
from articles.rules.content import Content
from articles.rules.refusals import WorkflowError
from articles.rules.timing import Span, Timeline
from media.models import Image


@dataclass(frozen=True)
class Plan:
    """What an ask will do to a story, and what it rests on.

    version: of the working copy. before, after: the timelines, with Text as their contents. copy:
    what the working copy's text becomes, None where it stays. stage: its stage, after it. images: the pictures whose rights and words it rests on.
    """

    ask: Ask
    article: Article
    by: access.User
    version: int
    now: datetime
    soon: datetime
    before: Timeline
    after: Timeline
    copy: Content | None
    stage: str
    images: Mapping[int, Image]
    details: Mapping[str, object]

    @cached_property
    def seen(self) -> str:
        """The mark of the plan: the same for the same plan, whenever it is made. See `changed`."""
        outcome = [_marked(span, soon=self.soon) for span in self.after.spans]
        if self.copy:
            outcome.append([self.copy.digest()])
        marks = standing_marks(self.ask, self.article, self.before, self.soon)
        return ".".join([*marks, _digest(rested_on(self.images)), _digest(outcome)])

    @cached_property
    def course(self) -> list[tuple[datetime, Span | None]]:
        """What readers have from now on: each moment at which that changes, and what they have."""
        return timing.course(self.after, self.now)

    @property
    def new(self) -> list[Span]:
        """The spans that are written by it, in the order of their numbers."""
        return [span for span in self.after.spans if span.number > self.before.last_number]

    @property
    def written(self) -> list[Text]:
        """The texts that no publication has shown before."""
        return [span.content for span in self.new if span.content.content is not None]

    @property
    def gone(self) -> list[Span]:
        """The plans that are dropped by it and do not come at their moment under another number."""
        stays = {(span.live_from, span.content.digest) for span in self.after.spans}
        stays |= {span.number for span in self.after.spans}
        return [
            span
            for span in self.before.spans
            if not stays & {span.number, (span.live_from, span.content.digest)}
        ]

    def span(self, number: int) -> Span:
        """A publication as it is before."""
        return next(span for span in self.before.spans if span.number == number)


# What the parts of a mark speak of, in their order.
PARTS = ("choice", "text", "timeline", "clock", "pictures", "outcome")


def standing_marks(ask: Ask, article: Article, timeline: Timeline, soon: datetime) -> list[str]:
    """The first four PARTS of a mark, which can be had of what is refused, too."""
    over = [span.number for span in timeline.spans if timing.is_over(span, soon)]
    parts = [
        [ask.verb, ask.decided(), article.pk],
        article.version if ask.reads_text else None,
        [article.stage, *(_marked(span) for span in timeline.spans)],
        [[span.number for span in timeline.begun(soon)], over],
    ]
    return [_digest(part) for part in parts]


def changed(seen: str, now: str) -> set[str]:
    """Of what somebody was shown, what is different now: some of PARTS; none for no such mark.

    seen, now: marks; `now` may be the beginning of one.
    """
    one, other = seen.split("."), now.split(".")
    if len(one) != len(PARTS):
        return set()
    return {name for name, was, is_ in zip(PARTS, one, other, strict=False) if was != is_}


def make(
    ask: Ask,
    article: Article,
    *,
    by: access.User,
    now: datetime,
    contents: Contents | None = None,
    images: dict[int, Image] | None = None,
) -> Plan:
    """What this ask would do to the story at the moment `now`.

    article: as it is in the database. contents, images: what is at hand of an earlier plan or of
    locked rows. Raises WorkflowError where the person may not, or it cannot be done.
    """
    access.require(by, ask.verb, article)
    story = Story(article, by, lambda: now, contents or Contents(), images or {})
    try:
        after = ask.timeline(story)
    except timing.Refused as refused:
        raise WorkflowError(str(refused), code=refused.code) from refused
    return Plan(
        ask=ask,
        article=article,
        by=by,
        version=article.version,
        now=now,
        soon=story.soon,
        before=story.timeline,
        after=after,
        copy=ask.working_copy(story),
        stage=str(ask.stage or article.stage),
        images=_within_rights(story, after),
        details=ask.details(story),
    )


def _within_rights(story: Story, after: Timeline) -> dict[int, Image]:
    """The pictures that new or longer spans show. Raises WorkflowError for one whose rights end."""
    before = {span.number: span for span in story.timeline.spans}
    # One that ends earlier may stay, if not early enough: better late than not at all.
    longer = [
        span
        for span in after.spans
        if span.number not in before or not timing.ends_by(span, before[span.number].until)
    ]
    shown = story.pictures_of(longer)
    images = story.images_of(sorted({pk for ids in shown.values() for pk in ids}))
    for span in longer:
        outlived = rights.outlived(story.rights_ends(shown[span.number]), span.until)
        if outlived:
            late = min(outlived.values()) <= span.live_from
            raise picture_rights.refusal(outlived, field="at" if late else "until")
    return images


def _marked(span: Span, soon: datetime | None = None) -> list[object]:
    moments = [
        "soon" if soon and moment == soon else moment
        for moment in (span.live_from, span.until, span.live_until)
    ]
    return [span.number, span.content.digest, span.content.note, span.kind, *moments]


def rested_on(images: Mapping[int, Image]) -> list[list[object]]:
    """All that a plan rests on of these pictures: their rights, and what publishing freezes."""
    return [
        [image.rights_until, *asdict(freezing.described(image)).values()]
        for _pk, image in sorted(images.items())
    ]


def _digest(mark: object) -> str:
    return hashlib.sha256(json.dumps(mark, default=_plain).encode()).hexdigest()[:16]


def _plain(value: object) -> str:
    """One moment is one word, whatever its zone."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
