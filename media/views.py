"""Stored pictures, served over whatever storage stands behind; nginx does it in production."""

import logging

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from media.files import NAME

_CONTENT_TYPES = {"avif": "image/avif", "jpg": "image/jpeg"}

logger = logging.getLogger(__name__)


@csrf_exempt  # Whatever is posted is refused as such: nothing is done here.
@require_safe
def stored_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """One stored file. A name never gets another content, so it may be kept for ever."""
    return file_named(name, cached="public, max-age=31536000, immutable")


def file_named(name: str, *, cached: str) -> HttpResponseBase:
    """The answer that is a stored file. cached: its Cache-Control."""
    match = NAME.fullmatch(name)
    if match is None:
        return _without_file("Not found", 404)
    try:
        stored = default_storage.open(name)
        size = stored.size
    except FileNotFoundError:
        return _without_file("Not found", 404)
    except Exception:  # each kind of storage has errors of its own
        logger.exception("The storage does not answer.")
        return _without_file("Try again", 503)
    return FileResponse(
        stored,
        content_type=_CONTENT_TYPES[match[1]],
        headers={
            "Cache-Control": cached,
            "Content-Length": str(size),
            "Content-Security-Policy": "default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _without_file(words: str, status: int) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain")
