"""Which of the copies that are kept of a form are saved: the session remembers, so that the browser
drops its own, and those on the server go at once.
"""

from django.http import HttpRequest
from django.utils import timezone

from articles.publishing import unsaved

REMEMBERED = 20


def remember(request: HttpRequest, names: str) -> None:
    """The text of these copies has arrived where it belongs. names: "" for none."""
    if not names.split():
        return
    request.session["saved_copies"] = [*known(request), *names.split()][-REMEMBERED:]
    unsaved.drop(request.user, names.split())
    unsaved.clear_old(timezone.now())


def known(request: HttpRequest) -> list[str]:
    """The names of the copies that have been saved last."""
    return request.session.get("saved_copies", [])
