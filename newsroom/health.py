"""Is this server fit to answer readers?"""

import time
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

# Stories appear at their second on every server, so all clocks must agree with the database's.
MOST_APART = timedelta(milliseconds=250)


@csrf_exempt
@require_safe
def healthz(request: HttpRequest) -> HttpResponseBase:
    """200 when the database answers and the clocks agree, else 503 with the reason."""
    problem = _problem()
    return HttpResponse(
        f"{problem or 'ok'}\n",
        status=503 if problem else 200,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )


def _problem() -> str:
    try:
        apart = _clocks_apart()
    except DatabaseError:
        return "the database cannot be reached"
    if abs(apart) > MOST_APART:
        return f"the clock differs from the database's by {apart.total_seconds():+.3f} s"
    return ""


def _clocks_apart() -> timedelta:
    """How far the database's clock is ahead of ours, but for what the question itself took.

    SQLite has no clock of its own.
    """
    connection.ensure_connection()
    asked, started = timezone.now(), time.monotonic()
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("SELECT 1")
            return timedelta()
        cursor.execute("SELECT clock_timestamp()")
        theirs: datetime = cursor.fetchone()[0]
    took = timedelta(seconds=time.monotonic() - started)
    return _outside(theirs, asked, asked + took)


def _outside(moment: datetime, start: datetime, end: datetime) -> timedelta:
    """How far a moment lies outside a stretch of time; nothing inside it."""
    if moment < start:
        return moment - start
    return max(moment - end, timedelta())
