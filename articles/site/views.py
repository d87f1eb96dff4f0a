"""The public addresses: each reads the clock once and answers with what its page shows then."""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.urls import resolve
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles.site import feeds, pages, previews, sitemaps

HTML = "text/html; charset=utf-8"
RSS = "application/rss+xml; charset=utf-8"
XML = "application/xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"


def public(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For reading only: anything but GET and HEAD is a 405, with or without a CSRF token."""
    return csrf_exempt(require_safe(view))


def answer(request: HttpRequest, page: pages.Page | pages.Moved) -> HttpResponseBase:
    """A page, or the way to its address."""
    if isinstance(page, pages.Moved):
        return moved(page.address)
    return content(request, page.html(), HTML, status=page.status)


def content(
    request: HttpRequest, body: str | bytes, content_type: str, *, status: int = 200
) -> HttpResponseBase:
    """Bytes that are asked for anew each time, and sent only where they have changed."""
    response = HttpResponse(body, content_type=content_type, status=status)
    response.headers["Cache-Control"] = "no-cache"
    if status != 200:
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


def moved(address: str) -> HttpResponseBase:
    """A redirect for good; kept by no browser longer than the address is right."""
    return HttpResponsePermanentRedirect(address, headers={"Cache-Control": "max-age=0"})


@public
def home(request: HttpRequest) -> HttpResponseBase:
    return answer(request, pages.home(at=timezone.now()))


@public
def section(request: HttpRequest, slug: str) -> HttpResponseBase:
    before = request.GET.get("before")
    return answer(request, pages.section(slug, at=timezone.now(), before=before))


@public
def author(request: HttpRequest, slug: str) -> HttpResponseBase:
    before = request.GET.get("before")
    return answer(request, pages.author(slug, at=timezone.now(), before=before))


@public
def corrections(request: HttpRequest) -> HttpResponseBase:
    before = request.GET.get("before")
    return answer(request, pages.corrections(at=timezone.now(), before=before))


@public
def story(request: HttpRequest, section: str, slug: str, pk: int) -> HttpResponseBase:
    return answer(request, pages.story(section, slug, pk, at=timezone.now()))


@public
def preview(request: HttpRequest, key: str) -> HttpResponseBase:
    return previews.page(key, at=timezone.now(), counted=request.method == "GET")


@public
def preview_file(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    return previews.file(key, name, at=timezone.now())


@public
def feed(request: HttpRequest) -> HttpResponseBase:
    return content(request, feeds.site(at=timezone.now()), RSS)


@public
def section_feed(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = feeds.section(slug, at=timezone.now())
    if isinstance(found, pages.Moved):
        return moved(found.address)
    return content(request, found, RSS)


@public
def sitemap(request: HttpRequest) -> HttpResponseBase:
    return content(request, sitemaps.index(at=timezone.now()), XML)


@public
def sitemap_part(request: HttpRequest, part: str) -> HttpResponseBase:
    return content(request, sitemaps.part(part, at=timezone.now()), XML)


@public
def robots(request: HttpRequest) -> HttpResponseBase:
    return content(request, sitemaps.robots(), TEXT)


@public
def favicon(request: HttpRequest) -> HttpResponseBase:
    return content(request, _favicon(), "image/x-icon")


@cache
def _favicon() -> bytes:
    return (Path(__file__).parent.parent / "static" / "site" / "favicon.ico").read_bytes()


@public
def without_slash(request: HttpRequest, path: str) -> HttpResponseBase:
    """An address that lacks its last slash leads to the one that has it, if there is a page."""
    if path.endswith("/"):
        raise Http404
    match = resolve(f"{request.path_info}/")
    if match.func is without_slash:
        raise Http404
    response = match.func(request, *match.args, **match.kwargs)
    return moved(f"{request.path}/") if response.status_code in (200, 304) else response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """The 404 page: the same bytes whatever was asked for."""
    return answer(request, pages.not_found())
