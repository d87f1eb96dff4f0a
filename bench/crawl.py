"""What readers get of an installation at one moment: a checksum of each answer, and one of all.

Over the database, uploads and static files of VAR_DIR, such as `make demo` fills them, which stay as
they are. Two versions of the code that print the same lines give readers the same bytes:
`python -m bench crawl` in each, and compare. `python -m bench crawl 2026-11-25T06:00+07:00` chooses
the moment, which else is the last at which something was approved.
"""

import hashlib
import os
import re
import secrets
from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta

# No pages: files that change their names with the code, and the desk. /readyz compares clocks,
# of which one stands still here.
PASSED_BY = ("//", "/static/", "/admin/", "/readyz")
# Not linked from anywhere: odd spellings, and what is not there.
ODD = [
    "/?unknown=1",
    "/favicon.ico",
    "/robots.txt",
    "/sitemap.xml",
    "/no/such/page",
    "/no-such-section/",
    "/author/nobody/",
    "/a/b-999999999/",
    "/sitemap/1970-01.xml",
    "/uploads/no/such/file.jpg",
    "/%00",
]


def run(moment: str = "") -> None:
    """Print a line for each address, sorted: checksum, status, address; then one line for all."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
    import django

    django.setup()
    from django.utils import timezone

    at = datetime.fromisoformat(moment) if moment else _last_approval()
    timezone.now = lambda: at
    answers = _answers()
    for address, (status, checksum) in sorted(answers.items()):
        print(checksum, status, address)
    whole = hashlib.sha256(repr(sorted(answers.items())).encode()).hexdigest()
    print(f"{whole} all {len(answers)} addresses at {at.isoformat()}")


def _last_approval() -> datetime:
    from articles.models import Publication

    last = Publication.objects.order_by("approved_at").values_list("approved_at", flat=True).last()
    if last is None:
        raise SystemExit("Nothing is published in this installation: fill it with `make demo`.")
    return last.replace(microsecond=0) + timedelta(seconds=1)


def _answers() -> dict[str, tuple[int, str]]:
    """Status and checksum of every address that can be reached from those known and the odd ones."""
    from django.conf import settings
    from django.test import Client

    host = settings.SITE_URL.partition("//")[2]
    client = Client(raise_request_exception=False, headers={"host": host})
    link = re.compile(rf"(?<=[\"'>\s])(?:{re.escape(settings.SITE_URL)})?(/[^\s\"'<>#]*)")
    waiting = deque([*ODD, *_known()])
    found: dict[str, tuple[int, str]] = {}
    while waiting:
        address = waiting.popleft().replace("&amp;", "&")
        if address in found or address.startswith(PASSED_BY):
            continue
        is_file = address.startswith("/uploads/")
        response = client.head(address) if is_file else client.get(address)
        body = b"".join(response)
        response.close()
        told = [response.status_code, sorted(response.headers.items()), response.cookies.output()]
        found[address] = (
            response.status_code,
            hashlib.sha256(repr(told).encode() + body).hexdigest(),
        )
        text = " ".join([response.headers.get("Location", ""), body.decode(errors="replace")])
        waiting.extend(link.findall(f" {text}"))
    return found


def _known() -> Iterator[str]:
    """The addresses that the tables know of: sections, authors, and stories in any spelling."""
    from articles.models import Article, Author, Category, FormerSlug, Publication

    for model in (Category, FormerSlug):
        for slug in model.objects.values_list("slug", flat=True):
            yield from (f"/{slug}", f"/{slug}/", f"/{slug}/feed/")
            yield from (f"/{slug}/?before={cursor}" for cursor in ("0-1", "9" * 15 + "-1", "x"))
    for slug in Author.objects.values_list("slug", flat=True):
        yield f"/author/{slug}/"
    for pk in Article.objects.values_list("pk", flat=True):
        yield f"/x/x-{pk}/"
    for publication in Publication.objects.select_related("section"):
        yield publication.get_absolute_url()
        yield publication.get_absolute_url().rstrip("/")
