"""What holds for every request: a bounded body, a compressed answer, and the language."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation import gettext as _

from newsroom import bodies
from newsroom.bodies import Refusal

# What a page that sends pictures waits before it sends one again, in seconds.
AGAIN = 5


class RefusalMiddleware:
    """Says why a body was not taken, before anything of it is read.

    The server (newsroom.door) leaves out what its address does not take, or what it has no
    thread or room for; behind another server the length that the request tells must do.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refusal = request.META.get(bodies.REFUSED)
        most = bodies.most(request.path_info, request.META.get("CONTENT_TYPE", ""))
        if request.method not in {"GET", "HEAD"} and bodies.told(request.META) > most:
            refusal = Refusal.TOO_LARGE
        return _refused(request, refusal) if refusal else self.get_response(request)


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    status, sentence = {
        Refusal.TOO_LARGE: (
            413,
            _("This is more than can be sent here at once. Send it in smaller parts."),
        ),
        Refusal.LOGGED_OUT: (401, _("You are logged out. Log in again, then try once more.")),
        Refusal.BUSY: (
            503,
            _("Many pictures are coming in right now. Send this one again in a few seconds."),
        ),
        Refusal.NO_ROOM: (
            507,
            _("The server's disk is full, so nothing was saved. Tell your administrator."),
        ),
    }[refusal]
    headers = {"Retry-After": str(AGAIN)} if refusal == Refusal.BUSY else {}
    # Who asks for no page is a script, and reads JSON.
    if not request.accepts("text/html") or request.headers.get("Accept", "*/*") == "*/*":
        return JsonResponse({"error": sentence}, status=status, headers=headers)
    return HttpResponse(
        f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8", headers=headers
    )


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
