"""What somebody at the desk gets when the server fails, or does not take a form: a sentence, and
their text.

Like its page this needs no database and no static file: these may be what failed.
"""

import errno
import html
import logging
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.messages.storage.base import BaseStorage
from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import (
    REASON_BAD_ORIGIN,
    REASON_BAD_REFERER,
    REASON_NO_CSRF_COOKIE,
    get_token,
)
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

RETRY_AFTER = 30
FOREIGN = (REASON_BAD_ORIGIN.partition("%")[0], REASON_BAD_REFERER.partition("%")[0])
ROOM = 1_000_000
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
# https://www.postgresql.org/docs/current/errcodes-appendix.html
DISK_FULL = "53100"
# No form that can be saved holds more; a stranger may send much more than that.
MOST_SHOWN = 5_000_000
_ENDS_A_LINE = re.compile(r"</(?:p|h[1-6]|li|tr|figcaption|blockquote)>|<br>")
_TAG = re.compile(r"<[^<>]*>")
# What forms carry beside what a person has typed.
UNTYPED = re.compile(
    r"_.*|csrfmiddlewaretoken|copy|form_id|seen|press|next|version|genre|kind|when|waiting|"
    r"rights_end|role|language|ai|go|deed|day|first|step|(?:at|was|read|seen)-[\d-]+|.*_id|.*-(id|TOTAL_FORMS|INITIAL_FORMS)"
)
# Values that nobody has written: ids, numbers, moments, marks.
UNWRITTEN = re.compile(r"[\d\s.,:T/-]*|on|[0-9a-f.-]{12,}")


def server_failed(request: HttpRequest) -> HttpResponse:
    """For every error of the desk that nothing else has answered, while it is being handled."""
    error = sys.exc_info()[1]
    if _is_full(error) or (_is_away(error) and _has_no_room()):
        sentence = _(
            "The server’s disk is full, so this could not be done. Tell your administrator, then "
            "try again."
        )
        return answer(request, sentence, 507)
    if not _is_away(error):
        sentence = _(
            "Something went wrong in the server, and is in its log. Try again; if it goes wrong "
            "again, tell your administrator."
        )
        return answer(request, sentence, 500)
    sentence = _("The server could not do this right now. Wait a moment, then try again.")
    response = answer(request, sentence, 503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For what Django refuses to read: too many fields, a session that ended while it was used."""
    sentence = _("The server could not read what your browser sent. Go back, and try again.")
    return answer(request, sentence, 400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For a form whose token is not this browser's, mostly since one has logged in again since."""
    if reason.startswith(FOREIGN):
        return answer(request, _("This form did not come from the newsroom’s own page."), 403)
    if request.path_info == reverse("admin:login"):
        return _login_again(request)
    if _wants_json(request) and not request.user.is_authenticated:
        return logged_out(request)
    if reason == REASON_NO_CSRF_COOKIE:
        sentence = _("Your browser kept no cookie of this page. Allow cookies, then try again.")
    else:
        sentence = _(
            "Nothing was done yet: since this page was opened, somebody has logged in in this "
            "browser. Try again."
        )
    return answer(request, sentence, 403)


def _login_again(request: HttpRequest) -> HttpResponse:
    """The form to log in with a fresh token; what was typed there stays, but for the password."""
    request.typed_username = request.POST.get("username", "")
    request.method = "GET"
    response = admin.site.login(request, {"was_stale": True})
    if response.status_code == 200:
        response.status_code = 403
    return response


def logged_out(request: HttpRequest) -> HttpResponse:
    """For a form that was sent after the login had ended."""
    if _wants_json(request):
        return answer(request, _("You are logged out. Log in again, then try once more."), 401)
    sentence = _(
        "Nothing was done yet: you are logged out. Log in in another tab, come back here, and try "
        "again."
    )
    return answer(request, sentence, 403, login=reverse("admin:login"))


def answer(request: HttpRequest, sentence: str, status: int, login: str = "") -> HttpResponse:
    """The sentence: for a script as JSON, for a person on a page, with what they had sent.

    login: the address at which one has to log in first.
    """
    _drop_messages(request)
    if _wants_json(request):
        return JsonResponse({"error": sentence}, status=status)
    sent = _read(request)
    context = {
        "sentence": sentence,
        "address": request.get_full_path(),
        "posted": request.method == "POST",
        "sent": sent,
        "typed": [(text, _rows(text)) for text in _typed(sent.pairs)],
        "token": get_token(request),
        "login": login,
        "who": "" if login else _who(request),
        "language": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
    }
    try:
        page = render_to_string("admin/failed.html", context)
    except Exception:
        logger.exception("The page of an error cannot be shown.")
        return HttpResponse(
            f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8"
        )
    return HttpResponse(page, status=status)


def _drop_messages(request: HttpRequest) -> None:
    """What this request has told of was not done; what others have told stays for the next page."""
    storage = messages.get_messages(request)
    if isinstance(storage, BaseStorage):
        storage.used = storage.added_new = False


def has_typed(request: HttpRequest) -> bool:
    """Did this form carry anything that somebody has written?"""
    return request.method == "POST" and any(_typed(_sent(request).pairs))


@dataclass(frozen=True)
class Sent:
    """What may be shown of a form, in order, and whether a page can send the whole of it again."""

    pairs: list[tuple[str, str]] = field(default_factory=list)
    whole: bool = False
    files: bool = False


def _read(request: HttpRequest) -> Sent:
    """What was sent, as far as it can be read at all."""
    try:
        return _sent(request) if request.method == "POST" else Sent()
    except Exception:  # noqa: BLE001 (what failed may be the reading of the form itself)
        return Sent()


def _sent(request: HttpRequest) -> Sent:
    """Nothing is shown to whom another site has sent here; a password is never sent again."""
    if not _is_from_here(request):
        return Sent()
    pairs = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    files = bool(request.FILES)
    if sum(len(value) for _name, value in pairs) > MOST_SHOWN:
        return Sent(files=files)
    secret = any("password" in name for name, _value in pairs)
    return Sent(pairs, whole=not files and not secret, files=files)


def _typed(sent: list[tuple[str, str]]) -> Iterator[str]:
    """The texts of the form, as one can read and copy them; no password."""
    for name, value in sent:
        if "password" in name or UNTYPED.fullmatch(name) or UNWRITTEN.fullmatch(value):
            continue
        yield plain_text(value) if name == "body" else value


def plain_text(markup: str) -> str:
    """The words of anybody's HTML, roughly: quick whatever it is, since anybody may have sent it."""
    lines = _ENDS_A_LINE.sub("\n", markup)
    return html.unescape(_TAG.sub("", lines)).strip()


def _rows(text: str) -> int:
    """How many lines a text needs, about, in a box of its own."""
    return min(sum(len(line) // 70 + 1 for line in text.split("\n")), 12)


def _who(request: HttpRequest) -> str:
    """Who is logged in, where that can be known."""
    try:
        return request.user.get_full_name() or request.user.get_username()
    except Exception:  # noqa: BLE001 (the database may be what failed)
        return ""


def _is_from_here(request: HttpRequest) -> bool:
    """Has a page of ours sent this form? Browsers say where a form comes from."""
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Sec-Fetch-Site") == "same-origin"
    try:
        own = f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return False
    return origin in {own, *settings.CSRF_TRUSTED_ORIGINS}


def _wants_json(request: HttpRequest) -> bool:
    """Do our scripts ask? A browser that opens a page says that it takes HTML."""
    return "text/html" not in request.headers.get("Accept", "text/html")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _is_full(error: BaseException | None) -> bool:
    return any(
        getattr(each, "errno", None) in NO_ROOM
        or getattr(each, "sqlite_errorname", "") == "SQLITE_FULL"
        or getattr(each, "sqlstate", "") == DISK_FULL
        for each in _causes(error)
    )


def _has_no_room() -> bool:
    """Has the disk no room for anything? SQLite then fails in many ways, and tells of few."""
    try:
        return shutil.disk_usage(settings.VAR_DIR).free < ROOM
    except OSError:
        return False


def _is_away(error: BaseException | None) -> bool:
    return any(
        isinstance(each, (OperationalError, InterfaceError, OSError)) for each in _causes(error)
    )
