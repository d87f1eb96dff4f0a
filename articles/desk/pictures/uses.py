"""What pictures are to stories: where they are used, and what a change in the library asks of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.desk import announcements
from articles.desk.guard import stories_holding
from articles.desk.pictures.search import MAX_IDS, ids_in
from articles.desk.standings import standings_of
from articles.models import Article, CaptionImage
from articles.publishing import access, asks, changes, picture_rights, plans, redescribing
from articles.publishing.asks import Ask
from articles.publishing.picture_rights import Outliving
from articles.publishing.plans import Plan
from articles.publishing.redescribing import Outdated
from articles.rules import permissions, timing
from articles.rules.content import ContentPicture
from articles.rules.permissions import Verb
from articles.rules.refusals import WorkflowError
from articles.rules.states import in_full
from media.models import Image

NAMED = 50
END, LEAVE_OUT = "end", "leave_out"


# Where a picture is used


@dataclass(frozen=True)
class Use:
    """A story that uses a picture: where it stands, and the captions of the figures.

    leads: it is the story's lead picture. only_before: only an earlier publication has it.
    """

    story: Article
    standing: object
    figures: list[tuple[int, str]]
    leads: bool

    @property
    def only_before(self) -> bool:
        return not self.figures and not self.leads


@dataclass(frozen=True)
class Uses:
    """Where a picture is used, and in how many stories more that the person may not see."""

    seen: list[Use] = field(default_factory=list)
    more: int = 0


def uses_of(image: Image, user: access.User, *, at: datetime) -> Uses:
    """The stories that use this picture, in their working copy or a publication. Five queries."""
    holding = stories_holding(Image, [image])
    seen = list(holding.filter(access.stories(user)).select_related("section", "owner")[:NAMED])
    figures: dict[int, list[tuple[int, str]]] = {}
    rows = CaptionImage.objects.filter(image=image, caption__article__in=seen)
    for story, position, text in rows.order_by("caption__position").values_list(
        "caption__article", "caption__position", "caption__text"
    ):
        figures.setdefault(story, []).append((position + 1, text))
    standings = standings_of(seen, at=at)
    found = [
        Use(story, standings[story.pk], figures.get(story.pk, []), story.lead_image_id == image.pk)
        for story in seen
    ]
    return Uses(found, holding.count() - len(found))


# What a change in the library asks


@dataclass(frozen=True)
class Offers:
    """What changed pictures ask of somebody who may publish: old words on the site, rights outlived."""

    outdated: list[Outdated] = field(default_factory=list)
    outlived: list[Image] = field(default_factory=list)


def offers(user: access.User, images: Sequence[Image], *, at: datetime) -> Offers:
    """What to offer this person after these pictures have changed; nothing to who may not publish.

    It is asked of what readers have soon: what was just decided is not asked for again.
    """
    if not may_publish(user):
        return Offers()
    soon = timing.soon(at)
    return Offers(
        redescribing.outdated([image.pk for image in images], at=soon),
        [image for image in images if picture_rights.outliving(image, at=soon)],
    )


def may_publish(user: access.User) -> bool:
    """May this person publish any story?"""
    return bool(permissions.cases(access.role_of(user), Verb.PUBLISH))


# The page that gives approved stories the library's words


@dataclass(frozen=True)
class Renewal:
    """A story with old words: for each picture what readers have, or are to have, and would get."""

    found: Outdated
    standing: object
    pictures: list[tuple[Image, list[tuple[str, str, str]]]]


def words_page(desk, request: HttpRequest) -> HttpResponse:
    """The approved stories that show old words of the pictures `ids`; posted, those chosen."""
    if not may_publish(request.user):
        raise PermissionDenied
    ids = ids_in(request.GET.get("ids", ""))[:MAX_IDS]
    seen = Image.objects.filter(pk__in=ids).in_bulk()
    now = timezone.now()
    found = redescribing.outdated(list(seen), at=timing.soon(now))
    if request.method == "POST":
        chosen = set(ids_in(",".join(request.POST.getlist("stories")[:MAX_IDS])))
        told(request, [each for each in found if each.article.pk in chosen], _renewed)
        if len(seen) == 1:
            return HttpResponseRedirect(picture_address(*seen.values()))
        return HttpResponseRedirect(reverse("admin:media_image_changelist"))
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Outdated picture details"),
        "opts": desk.opts,
        "media": desk.page_media,
        "stories": _renewals(found, seen, at=now),
        "back": picture_address(*seen.values()) if len(seen) == 1 else "",
    }
    return TemplateResponse(request, "admin/media/image/words.html", context)


def _renewed(request: HttpRequest, found: Outdated) -> str:
    ask = redescribing.ask_for(found, soon=timing.soon(timezone.now()))
    plan = _carried_out(request, found, ask)
    publication = plan.new[0].content
    when = announcements.moment(plan.new[0].live_from, timezone.get_current_timezone())
    return _("“%(headline)s” has the new picture details %(moment)s.") % {
        "headline": publication.headline,
        "moment": when,
    }


def _renewals(
    found: Sequence[Outdated], images: dict[int, Image], *, at: datetime
) -> list[Renewal]:
    standings = standings_of([each.article for each in found], at=at)
    return [
        Renewal(
            found=each,
            standing=standings[each.article.pk],
            pictures=[
                (images[pk], _differences(old, each.wanted[pk])) for pk, old in each.shown.items()
            ],
        )
        for each in found
    ]


def _differences(old: ContentPicture, new: ContentPicture) -> list[tuple[str, str, str]]:
    """Label, what readers have and what they would get, for each word and mark that differs."""
    return [
        (str(label), say(getattr(old, name)), say(getattr(new, name)))
        for name, (label, say) in _SHOWN.items()
        if getattr(old, name) != getattr(new, name)
    ]


def _text(value: str) -> str:
    return value or _("None")


_SHOWN: dict[str, tuple[object, Callable[[object], str]]] = {
    "alt_text": (gettext_lazy("Alt text"), _text),
    "credit": (gettext_lazy("Credit line"), _text),
    "illustrative": (gettext_lazy("Illustration"), lambda value: _("Yes") if value else _("No")),
    "ai": (gettext_lazy("AI"), lambda value: str(dict(Image.AI.choices).get(value, _("No")))),
}


# The page for rights that end before stories do


@dataclass(frozen=True)
class Choice:
    """A story that outlives a picture's rights, and the moments at which what may happen.

    without: when it would go on without this picture. end: when it would leave the site, with the
    first of its pictures. others: its other pictures whose rights end, and when.
    """

    found: Outliving
    standing: object
    without: str
    end: str
    others: list[tuple[Image, str]]


def rights_page(desk, request: HttpRequest, image: Image) -> HttpResponse:
    """The stories that outlive the picture's rights, with two ways out for each; posted, those taken."""
    if not may_publish(request.user):
        raise PermissionDenied
    now, zone = timezone.now(), timezone.get_current_timezone()
    found = picture_rights.outliving(image, at=timing.soon(now))
    if request.method == "POST":
        for way_out, words in _WAYS_OUT.items():
            chosen = [
                each for each in found if request.POST.get(f"story-{each.article.pk}") == way_out
            ]
            told(request, chosen, words)
        return HttpResponseRedirect(picture_address(image))
    standings = standings_of([each.article for each in found], at=now)
    images = Image.objects.in_bulk({pk for each in found for pk in each.ends} - {image.pk})

    def words(end: datetime) -> str:
        return announcements.moment(end if end > now else None, zone)

    context = {
        **desk.admin_site.each_context(request),
        "title": _("Usage rights that end"),
        "opts": desk.opts,
        "media": desk.page_media,
        "image": image,
        "ends": in_full(image.rights_until, zone) if image.rights_until else "",
        "choices": [
            Choice(
                found=each,
                standing=standings[each.article.pk],
                without=words(each.ends[image.pk]),
                end=words(each.end),
                others=[(images[pk], words(end)) for pk, end in each.ends.items() if pk in images],
            )
            for each in found
        ],
        "back": picture_address(image),
    }
    return TemplateResponse(request, "admin/media/image/rights.html", context)


def _ended(request: HttpRequest, found: Outliving) -> str:
    _carried_out(request, found, asks.EndWithRights(found.numbers, found.end))
    return _("“%(headline)s” goes offline when the usage rights of its picture end.") % {
        "headline": found.publications[0].headline
    }


def _left_out(request: HttpRequest, found: Outliving) -> str:
    _carried_out(request, found, asks.GoOnWithout())
    return _("“%(headline)s” goes on, each picture left out when its usage rights end.") % {
        "headline": found.publications[0].headline
    }


_WAYS_OUT = {END: _ended, LEAVE_OUT: _left_out}


# What both pages share


def told(
    request: HttpRequest,
    chosen: Sequence[Outdated | Outliving],
    step: Callable[[HttpRequest, Outdated | Outliving], str],
) -> None:
    """Take a step for each of these stories and say how it went: one's refusal stops no other."""
    for each in chosen:
        try:
            messages.success(request, step(request, each))
        except WorkflowError as refused:
            messages.error(request, f"“{each.article}”: {refused}")


def _carried_out(request: HttpRequest, found: Outdated | Outliving, ask: Ask) -> Plan:
    """Do to a story what the page offered, if all that it was shown to rest on is still so.

    Raises WorkflowError.
    """
    plan = plans.make(ask, found.article, by=request.user, now=timezone.now())
    known = {span.number: span.content.row for span in plan.before.spans}
    as_read = request.POST.get(f"mark-{found.article.pk}") == found.mark
    if not as_read or any(known.get(each.number) != each.pk for each in found.publications):
        raise WorkflowError(
            _("It has changed since you read this page, so nothing was done. Look at it again."),
            code="changed",
        )
    return changes.carry_out(
        ask, found.article, by=request.user, clock=timezone.now, confirmed=plan.seen
    )


def picture_address(image: Image) -> str:
    """A picture's page in the desk."""
    return reverse("admin:media_image_change", args=[image.pk])
