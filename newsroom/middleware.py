"""What holds for every request: a bounded body, a compressed answer, and the language."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from media import uploads

# The largest picture, and what a form adds to it.
MAX_BODY = uploads.MAX_BYTES + 2_000_000


class BodyLimitMiddleware:
    """Refuses a body that is larger than anything we take before a byte of it is read.

    Django writes every file of a form to the disk before it asks who sent it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length[:20]) > MAX_BODY:
            return HttpResponse("Too large\n", status=413, content_type="text/plain")
        return self.get_response(request)


class _TextCompression(GZipMiddleware):
    """Django's, for what is text: pictures are as small as they get."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not response.get("Content-Type", "").startswith(("text/", "application/")):
            return response
        return super().process_response(request, response)


class _ExactCompression(_TextCompression):
    """Without the random bytes that hide how long a secret is: the same page has the same bytes."""

    max_random_bytes = 0


class CompressionMiddleware:
    """Compresses what readers get, who share no secret, exactly; and the desk's pages with padding."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.desk, self.site = _TextCompression(get_response), _ExactCompression(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        desk = request.path_info.startswith("/admin/")
        return (self.desk if desk else self.site)(request)


class DeskLocaleMiddleware(LocaleMiddleware):
    """Django's LocaleMiddleware for /admin/ only: it adds Vary, which public pages must not carry."""

    def process_request(self, request: HttpRequest) -> None:
        if request.path_info.startswith("/admin/"):
            super().process_request(request)
        else:
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path_info.startswith("/admin/"):
            return super().process_response(request, response)
        return response
