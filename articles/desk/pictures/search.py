"""Finding pictures of the library: by words, by whose they are and by what they lack."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple, Self

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from articles.desk import linking, searching
from articles.models import Article, CaptionImage, Publication, PublicationPicture
from articles.publishing import access
from articles.publishing.picture_rights import WARNING
from articles.rules.cursors import Cursor
from media.models import Image
from media.text import fold

# Nobody asks for more pictures at once by their ids.
MAX_IDS = 200

UNUSED, NO_ALT, NO_CREDIT, ENDING, ENDED = "unused", "no_alt", "no_credit", "ending", "ended"

_ID = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)
_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True)
class Wish:
    """What somebody looks for. Everything left empty is every picture that they may see.

    words: each stands in the picture's own words or in the headline of one of its stories.
    which: one of UNUSED, NO_ALT, NO_CREDIT, ENDING, ENDED. month: the first day of the month in
    which it was brought in, by the paper's clocks. photographer: one of whom the picture has, or
    words of the name.
    """

    words: str = ""
    mine: bool = False
    which: str = ""
    month: date | None = None
    photographer: str = ""

    @classmethod
    def of_address(cls, given: Callable[[str, str], str]) -> Self:
        """What an address asks for; `given` is its GET.get. What makes no sense is left out."""
        month = _MONTH.fullmatch(given("month", ""))
        which = given("which", "")
        return cls(
            words=searching.wanted(given("q", "")),
            mine=given("whose", "") == "mine",
            which=which if which in _RULES else "",
            month=date(int(month[1]), int(month[2]), 1) if month else None,
            photographer=searching.wanted(given("by", "")),
        )


class Found(NamedTuple):
    """A page of the list: ids, newest first, and where the next page begins, if there is one."""

    ids: list[int]
    next: Cursor | None


def find(
    user: access.User, wish: Wish, *, at: datetime, limit: int, after: Cursor | None = None
) -> Found:
    """The newest pictures that this person may see and that fit the wish. One query, or two."""
    rows = Image.objects.filter(access.pictures(user), *_conditions(user, wish, at))
    if after is not None:
        rows = rows.filter(after.rest("uploaded_at", "pk"))
    places = rows.order_by("-uploaded_at", "-pk").values_list("uploaded_at", "pk")[: limit + 1]
    page = [Cursor(*place) for place in places]
    return Found([place.pk for place in page[:limit]], page[limit - 1] if page[limit:] else None)


def months(newest_first: QuerySet[Image]) -> list[date]:
    """The months from the newest upload back to the oldest, as their first days. Two queries."""
    moments = newest_first.order_by("-uploaded_at").values_list("uploaded_at", flat=True)
    ends = [timezone.localtime(moment) for moment in (moments.first(), moments.last()) if moment]
    if not ends:
        return []
    newest, oldest = (moment.year * 12 + moment.month - 1 for moment in ends)
    return [date(month // 12, month % 12 + 1, 1) for month in range(newest, oldest - 1, -1)]


def _conditions(user: access.User, wish: Wish, at: datetime) -> list[Q]:
    conditions = [_with_word(user, word) for word in fold(wish.words).split()]
    if wish.mine:
        brought = Image.holders.through.objects.filter(user=user.pk)
        conditions.append(Q(pk__in=brought.values("image")))
    if wish.which:
        conditions.append(_RULES[wish.which](at))
    if wish.month:
        conditions.append(_in_month(wish.month))
    if wish.photographer:
        conditions.append(Q(photographer__in=_of_photographer(user, wish.photographer)))
    return conditions


def photographers(user: access.User, words: str) -> list[str]:
    """Who took pictures that this person may see and has all these words in the name. One query."""
    wanted = fold(words).split()
    names = dict.fromkeys(name for field in _named(user) for name in field.split(", "))
    return sorted(name for name in names if all(word in fold(name) for word in wanted))


def _of_photographer(user: access.User, name: str) -> list[str]:
    """What stands in the field for this person, alone or with others; else for all with such words."""
    wanted = fold(name)
    named = [(field, fold(field)) for field in _named(user)]
    same = [field for field, folded in named if wanted in folded.split(", ")]
    return same or [
        field for field, folded in named if all(word in folded for word in wanted.split())
    ]


def _named(user: access.User) -> QuerySet:
    """What stands in the field, once each: some thousands at most, read from an index."""
    known = Image.objects.filter(access.pictures(user), photographer__gt="")
    return known.order_by().values_list("photographer", flat=True).distinct()


def _with_word(user: access.User, word: str) -> Q:
    stories = Article.objects.filter(linking.containing(word), access.stories(user))
    placed = CaptionImage.objects.filter(caption__article__in=stories.values("pk"))
    led = stories.filter(lead_image__isnull=False)
    return (
        Q(folded__contains=word)
        | Q(pk__in=placed.values("image"))
        | Q(pk__in=led.values("lead_image"))
    )


def _in_month(first: date) -> Q:
    zone = timezone.get_current_timezone()
    following = (first + timedelta(days=31)).replace(day=1)
    start, end = (datetime(day.year, day.month, 1, tzinfo=zone) for day in (first, following))
    return Q(uploaded_at__gte=start, uploaded_at__lt=end)


def _unused(_at: datetime) -> Q:
    used = Q()
    for rows, name in (
        (CaptionImage.objects, "image"),
        (PublicationPicture.objects, "image"),
        (Article.objects, "lead_image"),
        (Publication.objects, "lead_image"),
    ):
        used |= Q(Exists(rows.filter(**{name: OuterRef("pk")})))
    return ~used


_RULES: dict[str, Callable[[datetime], Q]] = {
    UNUSED: _unused,
    NO_ALT: lambda at: Q(alt_text=""),
    NO_CREDIT: lambda at: Q(credit="", photographer=""),
    ENDING: lambda at: Q(rights_until__gt=at, rights_until__lte=at + WARNING),
    ENDED: lambda at: Q(rights_until__lte=at),
}


def ids_in(text: str) -> list[int]:
    """The ids in a query such as "12,15,13", each once, in order; anything else is left out."""
    parts = text[: MAX_IDS * 20].split(",")
    return list(dict.fromkeys(int(part) for part in parts if _ID.fullmatch(part)))
