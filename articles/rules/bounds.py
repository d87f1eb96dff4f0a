"""How much a story may hold, for everybody who writes one: the form and an import."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from articles.text import is_too_intricate
from media.text import one_line

MAX_BODY_BYTES = 2_000_000
MAX_AUTHORS = 20
MAX_LINKS = 30
MAX_ADDRESS = 500

_is_address = URLValidator(schemes=["http", "https"])


def check_body(html: str) -> None:
    """Raise ValidationError, with a sentence, for a text that is too long or too intricate."""
    size = len(html.encode())
    if size > MAX_BODY_BYTES:
        raise ValidationError(
            _(
                "This text has %(size)s MB; at most %(limit)s can be saved. Shorten it, or "
                "make two stories of it."
            )
            % {
                "size": f"{size / 1e6:.1f}",
                "limit": f"{MAX_BODY_BYTES / 1e6:.0f}",
            },
            code="too_long",
        )
    if is_too_intricate(html):
        raise ValidationError(
            _(
                "This text is in more pieces than any story has: many thousands of lines, or "
                "hidden formatting. Paste it again as plain text, or make two stories of it."
            ),
            code="too_intricate",
        )


def check_authors(number: int) -> None:
    """Raise ValidationError, with a sentence, for a byline of more names than a story has."""
    if number > MAX_AUTHORS:
        raise ValidationError(
            _("A byline has at most %(number)d names.") % {"number": MAX_AUTHORS},
            code="too_many",
        )


def check_links(number: int) -> None:
    """The same for related links."""
    if number > MAX_LINKS:
        raise ValidationError(
            _("A story has at most %(number)d related links.") % {"number": MAX_LINKS},
            code="too_many",
        )


def check_address(address: str) -> None:
    """Raise ValidationError, with a sentence, for an outside address that readers can't open."""
    if not _is_plain_address(address):
        raise ValidationError(
            _(
                "Readers cannot open “%(address)s”. Write an address that begins with https:// "
                "and has at most %(number)d characters."
            )
            % {"address": one_line(address, 100), "number": MAX_ADDRESS},
            code="invalid_address",
        )


def _is_plain_address(text: str) -> bool:
    try:
        _is_address(text)
    except ValidationError:
        return False
    return len(text) <= MAX_ADDRESS and not urlsplit(text).username
