"""The library's own page: a grid of pictures, found by words and by what they lack."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    JsonResponse,
    QueryDict,
)
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk import searching
from articles.desk.pictures import search
from articles.desk.pictures.search import (
    ENDED,
    ENDING,
    MAX_IDS,
    NO_ALT,
    NO_CREDIT,
    UNUSED,
    Wish,
    ids_in,
)
from articles.publishing import access
from articles.publishing.picture_rights import WARNING
from articles.rules.cursors import Cursor
from media import library, uploads
from media.models import Image
from media.renditions import CARD, JPEG

PAGE = 48
SUGGESTED = 12
# What the page reads of its address; anything else there would be a question about hidden rows.
ASKED = frozenset({"q", "whose", "which", "month", "by", "before"})
# What Django's own links and forms may add.
DJANGOS = frozenset({"_popup", "_to_field", "_changelist_filters", "_facets", "e", "p", "o", "all"})


@dataclass(frozen=True)
class Tile:
    """A picture in a grid: its card, what it is called, and what is amiss with it, in words."""

    image: Image
    card: library.Source | None
    flags: list[str]


def tiles(ids: Iterable[int], *, at: datetime) -> list[Tile]:
    """These pictures, in order. Three queries."""
    images = Image.objects.in_bulk(list(ids))
    cards = library.renditions_of(images)
    return [
        Tile(images[pk], next(iter(cards[pk].get(CARD, JPEG)), None), flags(images[pk], at=at))
        for pk in ids
        if pk in images
    ]


def chosen(desk, request: HttpRequest) -> list[int]:
    """The ids that an address or form names, in order, of pictures that this person may see."""
    asked = request.POST if request.method == "POST" else request.GET
    ids = ids_in(",".join(asked.getlist("ids")[:MAX_IDS]))[:MAX_IDS]
    seen = set(desk.get_queryset(request).filter(pk__in=ids).values_list("pk", flat=True))
    return [pk for pk in ids if pk in seen]


def flags(image: Image, *, at: datetime) -> list[str]:
    """What a photo desk wants to know of a picture at a glance."""
    end = image.rights_until
    words = {
        _("No alt text"): not image.alt_text,
        _("No credit line"): not image.credit_line,
        _("Usage rights ended"): end is not None and end <= at,
        _("Usage rights end soon"): end is not None and at < end <= at + WARNING,
        _("illustration"): image.illustrative,
        _("AI"): bool(image.ai),
    }
    return [word for word, is_so in words.items() if is_so]


def page(desk, request: HttpRequest) -> HttpResponse:
    """The library, newest first. The same number of queries whatever there is to be seen."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if set(request.GET) - ASKED - DJANGOS:
        return HttpResponse(_("Invalid filter."), status=400)
    searching.shorten(request)
    at = timezone.now()
    wish = Wish.of_address(request.GET.get)
    after = Cursor.read(request.GET.get("before", ""))
    found = search.find(request.user, wish, at=at, limit=PAGE, after=after)
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Pictures"),
        "opts": desk.opts,
        "media": desk.page_media,
        "wish": wish,
        "whose": _chosen({"": _("Everybody’s"), "mine": _("Mine")}, "mine" if wish.mine else ""),
        "which": _chosen(_which(), wish.which),
        "months": _chosen(_months(), wish.month.strftime("%Y-%m") if wish.month else ""),
        "is_filtered": wish != Wish(),
        "tiles": tiles(found.ids, at=at),
        "older": _address(request.GET, before=str(found.next)) if found.next else "",
        "newest": _address(request.GET) if after else "",
        "may_add": desk.has_add_permission(request),
        "may_delete": desk.has_delete_permission(request),
        "add_address": reverse("admin:articles_pictures_add"),
        "most_bytes": str(uploads.MAX_BYTES),
        "words": labels(),
    }
    return TemplateResponse(request, "admin/media/image/change_list.html", context)


def find_photographers(request: HttpRequest) -> JsonResponse:
    """Who took pictures, by words of the name."""
    if access.role_of(request.user) is None:
        raise PermissionDenied
    found = search.photographers(request.user, searching.wanted(request.GET.get("q", "")))
    return JsonResponse(
        {"results": [{"id": name, "text": name, "note": ""} for name in found[:SUGGESTED]]}
    )


def _address(asked: QueryDict, **more: str) -> str:
    kept = {name: asked[name] for name in ASKED - {"before"} if asked.get(name)}
    query = QueryDict(mutable=True)
    query.update(kept | more)
    return f"?{query.urlencode()}"


def _chosen(choices: dict[str, str], chosen: str) -> list[tuple[str, str, bool]]:
    return [(value, label, value == chosen) for value, label in choices.items()]


def _which() -> dict[str, str]:
    return {
        "": _("All"),
        UNUSED: _("In no story"),
        NO_ALT: _("Without alt text"),
        NO_CREDIT: _("Without a credit line"),
        ENDING: _("Usage rights end within a week"),
        ENDED: _("Usage rights ended"),
    }


def _months() -> dict[str, str]:
    return {"": _("Any month")} | {
        first.strftime("%Y-%m"): _month(first) for first in search.months(Image.objects.all())
    }


def _month(first: date) -> str:
    return _("Month %(month)s/%(year)s") % {"month": first.month, "year": first.year}


def labels() -> dict[str, str]:
    """What the page's scripts say."""
    return {
        "pasted": _("A pasted picture"),
        "waiting": _("Waiting"),
        "postponed": _("The server is busy. This picture goes on by itself in a moment."),
        "sending": _("Uploading"),
        "working": _("Working on the picture…"),
        "too_big": str(uploads.InvalidPicture(uploads.Fault.TOO_BIG)),
        "done": _("In the library"),
        "known": _("Already in the library"),
        "cancelled": _("Cancelled"),
        "cancel": _("Cancel"),
        "dismiss": _("Dismiss"),
        "try_again": _("Try again"),
        "cancel_one": _("Cancel: %(name)s"),
        "dismiss_one": _("Dismiss: %(name)s"),
        "try_one_again": _("Try again: %(name)s"),
        "open_one": _("Open: %(name)s"),
        "log_in": _("Log in in a new tab"),
        "logged_out": _("You are logged out. Log in again, then try once more."),
        "unreachable": _("The server cannot be reached. Check your connection and try again."),
        "failed": _("The server could not do this (%(status)s). Try again in a moment."),
        "progress": _("%(done)s of %(all)s done"),
        "one_in": _("1 picture uploaded."),
        "many_in": _("%(count)s pictures uploaded."),
        "not_in": _("Not uploaded: %(count)s. Reasons beside each."),
        "selected": _("Selected: %(count)s"),
        "select_all": _("Select all on this page"),
        "select_none": _("Select none"),
    }
