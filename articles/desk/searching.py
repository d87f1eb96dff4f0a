"""What a search box looks for: a few words, however many were typed or pasted into it."""

from django.contrib import messages
from django.contrib.admin.views.main import SEARCH_VAR
from django.http import HttpRequest
from django.utils.translation import gettext as _

from media.text import one_line

MAX_LETTERS = 200
# Each makes a condition of its own, and SQLite takes no expression deeper than 1,000.
MAX_WORDS = 20


def wanted(typed: str) -> str:
    """The words that are looked for: a line with the first of what was typed, and nothing invisible."""
    return " ".join(one_line(typed, MAX_LETTERS).split()[:MAX_WORDS])


def is_cut(typed: str) -> bool:
    """Was more typed than is looked for?"""
    return len(typed.strip()) > MAX_LETTERS or len(typed.split()) > MAX_WORDS


def shorten(request: HttpRequest) -> None:
    """Let a list's page look for what is wanted, show that in its box, and say so if it is cut."""
    typed = request.GET.get(SEARCH_VAR, "")
    if typed == (words := wanted(typed)):
        return
    request.GET = request.GET.copy()
    request.GET[SEARCH_VAR] = words
    if is_cut(typed):
        messages.warning(
            request,
            _(
                "The search is too long: only its first %(words)d words, or %(letters)d letters, count."
            )
            % {"words": MAX_WORDS, "letters": MAX_LETTERS},
        )
