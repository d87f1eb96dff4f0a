"""Which of the copies that a browser keeps are saved: the session remembers, so that it drops them."""

from django.http import HttpRequest

REMEMBERED = 20


def remember(request: HttpRequest, name: str) -> None:
    """The text of this copy has arrived where it belongs. name: "" for none."""
    if name:
        names = request.session.get("saved_copies", [])
        request.session["saved_copies"] = [*names, name][-REMEMBERED:]
