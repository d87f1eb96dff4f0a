"""What a preview link shows: a text frozen for one person, to be kept by nobody."""

from datetime import datetime

from django.db.models import F
from django.http import Http404, HttpResponse, HttpResponseBase

from articles.models import PreviewLink
from articles.site import pages
from media.views import file_named

_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def page(key: str, *, at: datetime, counted: bool) -> HttpResponseBase:
    """The frozen page; 410 with a sentence where it has expired or was revoked.

    counted: is this somebody opening it? Raises Http404 for no such link.
    """
    link = PreviewLink.objects.filter(key=key).defer("files").first()
    if link is None:
        raise Http404
    if not link.is_open(at=at):
        closed = pages.preview_closed()
        return HttpResponse(closed.html(), status=closed.status, headers=_HEADERS)
    if counted:
        PreviewLink.objects.filter(pk=link.pk).update(openings=F("openings") + 1, last_opened=at)
    return HttpResponse(link.html, headers=_HEADERS)


def file(key: str, name: str, *, at: datetime) -> HttpResponseBase:
    """A picture of the page. Raises Http404 for one that it does not show, or shows no more."""
    link = PreviewLink.objects.filter(key=key).defer("html").first()
    if link is None or not link.is_open(at=at) or name not in link.files:
        raise Http404
    response = file_named(name, cached="no-store")
    for header, value in _HEADERS.items():
        response.headers[header] = value
    return response
