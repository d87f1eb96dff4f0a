"""Stored pictures, served over whatever storage stands behind; nginx does it in production."""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

# The names that media.library gives, and nothing else that may lie in the storage.
_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{38}\.(avif|jpg)", re.ASCII)
_CONTENT_TYPES = {"avif": "image/avif", "jpg": "image/jpeg"}


@require_safe
def stored_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """One stored file. A name never gets another content, so it may be kept for ever."""
    match = _NAME.fullmatch(name)
    try:
        stored = default_storage.open(name) if match else None
    except FileNotFoundError:
        stored = None
    if match is None or stored is None:
        return HttpResponse("Not found\n", status=404, content_type="text/plain")
    return FileResponse(
        stored,
        content_type=_CONTENT_TYPES[match[1]],
        headers={
            "Cache-Control": "public, max-age=31536000, immutable",
            "Content-Length": str(stored.size),
            "Content-Security-Policy": "default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        },
    )
