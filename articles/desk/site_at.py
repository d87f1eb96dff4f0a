"""The desk's walk through the site as it will be, or was, at another moment.

The same pages as the readers', given another `at`; links lead on inside the walk.
"""

import re
from datetime import UTC, datetime
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db.models import Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import Resolver404, path, resolve, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.desk.moments import read, site_then
from articles.models import Publication
from articles.publishing import access
from articles.rules import board
from articles.rules.permissions import Role
from articles.rules.states import in_full, in_sentence
from articles.site import feeds, pages

# Links to the site's own pages; files and the desk are not a part of the walk.
_LINK = re.compile(r'(<a\b[^>]*?\shref=")/(?!(?:static|uploads|admin)/|/)')
_PAGES = {
    "home": pages.home,
    "section": pages.section,
    "author": pages.author,
    "corrections": pages.corrections,
    "story": pages.story,
    "feed": feeds.site,
    "section_feed": feeds.section,
}
_LISTS = {"section", "author", "corrections"}


@require_safe
def walk(request: HttpRequest, moment: str, address: str = "") -> HttpResponseBase:
    """The page at an address of the site, as of a moment in the paper's time zone.

    For editors and above. Raises Http404 for everybody else, and for what is no moment.
    """
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), reverse(settings.LOGIN_URL))
    if access.role_of(request.user) not in (Role.EDITOR, Role.MANAGING_EDITOR):
        raise Http404
    return _shown(parsed(moment), address, request.GET.get("before"))


@require_safe
def choose(request: HttpRequest) -> HttpResponseBase:
    """To the moment that was typed, `?at=06:00, 28/11/2026`, at the same address; else to the present.

    Raises Http404 for whom there is no walk.
    """
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), reverse(settings.LOGIN_URL))
    if access.role_of(request.user) not in (Role.EDITOR, Role.MANAGING_EDITOR):
        raise Http404
    now = timezone.now().astimezone(timezone.get_default_timezone())
    address = request.GET.get("address", "").lstrip("/")
    typed = request.GET.get("at", "").strip()
    if not typed:
        return HttpResponseRedirect(site_then(now))
    try:
        found = read(typed, now.date())
    except ValidationError as error:
        return _shown(now, address, None, refusal=error.messages[0])
    return HttpResponseRedirect(site_then(found) + quote(address))


def _shown(
    at: datetime, address: str, before: str | None, *, refusal: str = ""
) -> HttpResponseBase:
    page = _page(address, at, before)
    start = site_then(at)
    if isinstance(page, pages.Moved):
        return HttpResponseRedirect(start + page.address.removeprefix("/"))
    if isinstance(page, str):
        return HttpResponse(page, content_type="text/xml; charset=utf-8")
    with translation.override(settings.LANGUAGE_CODE):
        when = in_sentence(at, at.tzinfo, bare=True)
        page = page.with_banner(
            _("The site as of %(moment)s. Readers see it as of now.") % {"moment": when},
            walk=_way_on(at, address, refusal),
        )
    html = _LINK.sub(lambda link: link[1] + start, page.html())
    return HttpResponse(html, status=page.status)


def _way_on(at: datetime, address: str, refusal: str) -> dict[str, str]:
    """What a page of the walk offers: another moment, the changes around this one. Two queries."""
    here = quote(address)
    around = {name: change_beside(at, later=name == "later") for name in ("earlier", "later")}
    return {
        "choose": reverse("site_at_chosen"),
        "address": address,
        "at": in_full(at, at.tzinfo),
        "refusal": refusal,
        **{name: moment and site_then(moment) + here for name, moment in around.items()},
        "board": f"{reverse('admin:board')}?day={at.date().isoformat()}",
    }


def change_beside(at: datetime, *, later: bool) -> datetime | None:
    """The next moment after `at` at which readers get something else, or the last before.

    One query that looks at the ends of two indexes.
    """
    compared, sign = ("gt", "") if later else ("lt", "-")

    def nearest(edge: str) -> Subquery:
        beside = Publication.objects.filter(**{f"{edge}__{compared}": at})
        return Subquery(beside.order_by(f"{sign}{edge}").values(edge)[:1])

    edges = Publication.objects.order_by("pk").values_list(
        nearest("live_from"), nearest("live_until")
    )
    found = [(edge, None) for row in edges[:1] for edge in row if edge]
    return board.neighbour(found, at, later=later)


def parsed(moment: str) -> datetime:
    """A moment of an address, "2026-11-25T06:00", in the paper's time zone. Raises Http404."""
    zone = timezone.get_default_timezone()
    try:
        found = datetime.fromisoformat(moment)
        local = found if found.tzinfo else found.replace(tzinfo=zone)
        return local.astimezone(UTC).astimezone(zone)
    except (ValueError, OverflowError):
        raise Http404 from None


def _page(address: str, at: datetime, before: str | None) -> pages.Page | pages.Moved | str:
    """What `pages` has for an address of the site, or the text of a feed; its 404 page for what it
    has not."""
    try:
        match = resolve(f"/{address}", "articles.site.urls")
        show = _PAGES[match.url_name]
        cursor = {"before": before} if match.url_name in _LISTS else {}
        return show(**match.kwargs, **cursor, at=at)
    except (Resolver404, KeyError, Http404):
        return pages.not_found()


urls = [
    path("", choose, name="site_at_chosen"),
    path("<str:moment>/", walk, name="site_at"),
    path("<str:moment>/<path:address>", walk, name="site_at"),
]
