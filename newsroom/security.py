"""Security headers: one strict policy for readers, the tightest that the editor bears for the desk."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# https://www.w3.org/TR/CSP3/
SITE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
# CKEditor 4 sets style attributes and on…= attributes on its own buttons; it needs no inline <script>.
DESK_POLICY = (
    "default-src 'none'; script-src-elem 'self'; script-src-attr 'unsafe-inline'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'self'"
)


def site_policy() -> str:
    """What readers' pages may load: our own, and the players of videos that the paper allows."""
    players = " ".join(f"https://{host}" for host in settings.EMBED_HOSTS) or "'none'"
    return f"{SITE_POLICY}; frame-src {players}"


class SecurityHeadersMiddleware:
    """Sets the headers that keep a page from doing what we did not write."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        desk = request.path_info.startswith("/admin/")
        response.headers.setdefault(
            "Content-Security-Policy", DESK_POLICY if desk else site_policy()
        )
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault(
            "Referrer-Policy", "same-origin" if desk else "strict-origin-when-cross-origin"
        )
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if desk:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
