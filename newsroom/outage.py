"""The page of an error: it needs no database, template, static file or session."""

import sys
from base64 import b64encode
from hashlib import sha256
from html import escape

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

RETRY_AFTER = 30  # seconds
_STYLE = (
    ":root{color-scheme:light dark;font:1.125rem/1.6 system-ui,sans-serif}"
    "body{max-width:34rem;margin:0 auto;padding:18vh 1.25rem 2rem}"
    "h1{font-size:1.75rem;line-height:1.25}a{color:inherit}"
)
_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
    f"style-src 'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'"
)


def server_error(request: HttpRequest) -> HttpResponse:
    """What readers get of an error of ours; while the database is away, when to come again."""
    away = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    response = HttpResponse(
        page(),
        status=503 if away else 500,
        headers={"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"},
    )
    if away:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def page() -> str:
    """In the site's language. deploy/outage.html, which nginx shows, is the Vietnamese one."""
    with translation.override(settings.LANGUAGE_CODE):
        title = escape(_("The page cannot be shown right now"))
        words = escape(_("Something went wrong on our side. Please try again in a minute."))
        way = escape(_("Go to the front page"))
    return (
        f'<!doctype html>\n<html lang="{settings.LANGUAGE_CODE}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="robots" content="noindex">\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n'
        f'<h1>{title}</h1>\n<p>{words}</p>\n<p><a href="/">{way}</a></p>\n'
        "</main>\n</body>\n</html>\n"
    )
