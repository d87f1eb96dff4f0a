"""How large a request's body may be, by where it goes: small where the form is small.

Django parses a form, and writes its files to the disk, before it asks who sent it; parsing
percent-encoded text takes seventy times its size in memory. So a body that is too large for its
address is never parsed.
"""

from enum import IntEnum, StrEnum

from django.conf import settings
from django.urls import Resolver404, resolve

from media import uploads


class Most(IntEnum):
    """Bounds in bytes."""

    FORM_OF_ANYBODY = 64_000
    PERCENT_ENCODED = 256_000
    FORM = 1_000_000
    STORY = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    # The largest picture, and what a form adds to it.
    PICTURE = uploads.MAX_BYTES + 2_000_000


class Refusal(StrEnum):
    """Why a body was not taken, as the server tells it in a request's environ under REFUSED."""

    TOO_LARGE = "too large"
    LOGGED_OUT = "logged out"
    BUSY = "busy"
    NO_ROOM = "no room"


REFUSED = "newsroom.refused"

# To which a script sends, that comes again by itself.
_BY_SCRIPT = "admin:articles_pictures_add"
_STORIES = {
    f"admin:articles_article_{page}"
    for page in ("add", "beat", "change", "pasted", "preview", "preview_new", "version")
}
_PICTURES = {
    _BY_SCRIPT,
    *(f"admin:media_image_{page}" for page in ("add", "replace")),
}
# What the desk asks of people who have not logged in.
_OPEN = {
    "admin:login",
    "admin:logout",
    "admin:set_language",
    "admin_password_reset",
    "password_reset_confirm",
}


def most(path: str, content_type: str) -> Most:
    """The bound for a body of this type that is sent to this address, both as the request has them."""
    name = _name(path)
    if not path.startswith("/admin/") or name in _OPEN:
        return Most.FORM_OF_ANYBODY
    if not content_type.startswith("multipart/form-data"):
        return Most.PERCENT_ENCODED
    if name in _PICTURES:
        return Most.PICTURE
    return Most.STORY if name in _STORIES else Most.FORM


def most_unless_logged_in(path: str, content_type: str) -> Most:
    """The same for who does not even say that they are logged in.

    What is larger lies on the disk before anybody can ask who sends it.
    """
    return min(most(path, content_type), Most.FORM)


def says_logged_in(cookies: str) -> bool:
    """Does a request with this Cookie header come from somebody who has logged in, or says so?"""
    return f"{settings.SESSION_COOKIE_NAME}=" in cookies


def told(environ: dict[str, object]) -> int:
    """How large the request says that its body is, in bytes; 0 where it says nothing that counts."""
    length = str(environ.get("CONTENT_LENGTH") or "")
    return int(length[:20]) if length.isascii() and length.isdecimal() else 0


def brings_pictures(path: str) -> bool:
    """Is a picture made of what is sent to this address? That takes seconds, not milliseconds."""
    return _name(path) in _PICTURES


def logs_in(path: str) -> bool:
    """Is it a password that is sent to this address?"""
    return _name(path) == "admin:login"


def is_sent_again(path: str) -> bool:
    """Does what is sent to this address come again by itself, when it is told to?"""
    return _name(path) == _BY_SCRIPT


def _name(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""
