"""The desk's walk through the site as it will be, or was, at another moment.

The same pages as the readers', given another `at`; links lead on inside the walk.
"""

import re
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import Resolver404, path, resolve, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.publishing import access
from articles.rules.permissions import Role
from articles.rules.states import in_sentence
from articles.site import pages

# Links to the site's own pages; files and the desk are not a part of the walk.
_LINK = re.compile(r'(<a\b[^>]*?\shref=")/(?!(?:static|uploads|admin)/|/)')
_PAGES = {
    "home": pages.home,
    "section": pages.section,
    "author": pages.author,
    "corrections": pages.corrections,
    "story": pages.story,
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
    at = parsed(moment)
    page = _page(address, at, request.GET.get("before"))
    start = reverse("site_at", args=[moment])
    if isinstance(page, pages.Moved):
        return HttpResponseRedirect(start + page.address.removeprefix("/"))
    with translation.override(settings.LANGUAGE_CODE):
        when = in_sentence(at, at.tzinfo, bare=True)
        page = page.with_banner(
            _("The site as of %(moment)s. Readers see it as of now.") % {"moment": when}
        )
    html = _LINK.sub(lambda link: link[1] + start, page.html())
    return HttpResponse(html, status=page.status)


def parsed(moment: str) -> datetime:
    """A moment of an address, "2026-11-25T06:00", in the paper's time zone. Raises Http404."""
    zone = timezone.get_default_timezone()
    try:
        found = datetime.fromisoformat(moment)
        local = found if found.tzinfo else found.replace(tzinfo=zone)
        return local.astimezone(UTC).astimezone(zone)
    except (ValueError, OverflowError):
        raise Http404 from None


def _page(address: str, at: datetime, before: str | None) -> pages.Page | pages.Moved:
    """What `pages` has for an address of the site; its 404 page for what it has not."""
    try:
        match = resolve(f"/{address}", "articles.site.urls")
        show = _PAGES[match.url_name]
        cursor = {"before": before} if match.url_name in _LISTS else {}
        return show(**match.kwargs, **cursor, at=at)
    except (Resolver404, KeyError, Http404):
        return pages.not_found()


urls = [
    path("<str:moment>/", walk, name="site_at"),
    path("<str:moment>/<path:address>", walk, name="site_at"),
]
