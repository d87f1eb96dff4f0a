"""Browsers in which somebody has logged in before, by a signed cookie that holds nothing else.

https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

COOKIE = "desk_device"
SALT = "newsroom.device"
KEPT = 365 * 24 * 3600
# A browser that the whole newsroom uses knows the last of them.
MOST_PEOPLE = 20


def device_of(request: HttpRequest, person: int) -> str:
    """The device's name, where this person has logged in with it before; else ""."""
    name, people = _read(request)
    return name if person in people else ""


def remember(request: HttpRequest, response: HttpResponseBase, person: int) -> None:
    """Let this browser be one on which this person has logged in."""
    name, people = _read(request)
    known = [person, *(each for each in people if each != person)][:MOST_PEOPLE]
    response.set_cookie(
        COOKIE,
        signing.dumps([name or secrets.token_hex(8), known], salt=SALT),
        max_age=KEPT,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[int]]:
    try:
        name, people = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT)
    except (signing.BadSignature, ValueError):
        return "", []
    return name, people
