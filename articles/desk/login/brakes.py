"""What slows guessing down: at the door to log in, and where a forgotten password is asked for.

Failures are rows of django-axes, one for each name and network; a device on which somebody has
logged in before has rows of its own, so that who guesses elsewhere never keeps them out. A name that
is no account's is kept as a digest: people type their password there.
"""

import logging
from datetime import datetime, timedelta
from typing import NamedTuple

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Max, Q, QuerySet, Sum
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from articles.desk.login import devices
from articles.rules.brakes import FORGOTTEN, Brake, client_address, network_of

logger = logging.getLogger(__name__)

# Longer than a password takes to be checked, on a busy machine too.
UNDER_WAY = timedelta(seconds=5)
NOWHERE = "0.0.0.0"  # noqa: S104 (nothing is bound to it)
MAIL = "mail"


class Brakes(NamedTuple):
    """For one name from one network, for a network whatever the name, for a name from wherever."""

    here: Brake
    network: Brake
    name: Brake


LOGIN = Brakes(
    here=Brake(free=5, longest=timedelta(minutes=15)),
    network=Brake(free=30, longest=timedelta(minutes=15)),
    name=Brake(free=50, longest=timedelta(minutes=5)),
)
KNOWN_DEVICE = Brake(free=10, longest=timedelta(minutes=5))
# Each is an e-mail to somebody.
MAILS = Brakes(
    here=Brake(free=3, longest=timedelta(hours=1)),
    network=Brake(free=10, longest=timedelta(hours=1)),
    name=Brake(free=3, longest=timedelta(hours=1)),
)


class Attempt(NamedTuple):
    """Who tries, as far as it shows. device: of somebody who has logged in there, MAIL, or ""."""

    name: str
    network: str
    device: str = ""


def address_of(request: HttpRequest) -> str:
    """The client's network. A proxy's word is taken where its word on https is."""
    meta = request.META
    address = client_address(
        meta.get("REMOTE_ADDR", ""),
        meta.get("HTTP_X_REAL_IP", ""),
        meta.get("HTTP_X_FORWARDED_FOR", ""),
        behind_proxy=settings.SECURE_PROXY_SSL_HEADER is not None,
    )
    return network_of(address)


def login_of(request: HttpRequest, username: str) -> Attempt:
    """An attempt to log in. One query."""
    user = User.objects.filter(username__iexact=username).only("pk", "username").first()
    device = devices.device_of(request, user.pk) if user else ""
    name = user.username if user else _digest(username)
    return Attempt(name, NOWHERE if device else address_of(request), device)


def mail_to(request: HttpRequest, address: str) -> Attempt:
    """A wish for an e-mail with which a password is renewed."""
    return Attempt(_digest(address), address_of(request), MAIL)


def _digest(words: str) -> str:
    return f"#{salted_hmac('newsroom.brakes', words.strip().casefold()).hexdigest()[:40]}"


def held_until(attempt: Attempt, at: datetime) -> datetime | None:
    """When this may be tried; None where that is now. One query."""
    rows = AccessAttempt.objects.filter(
        attempt_time__gt=at - FORGOTTEN, user_agent=attempt.device, failures_since_start__gt=0
    )
    if attempt.device not in ("", MAIL):
        row = _rows_of(attempt).values_list("failures_since_start", "attempt_time").first()
        return KNOWN_DEVICE.held_until(*row, at) if row else None
    brakes = MAILS if attempt.device == MAIL else LOGIN
    name, network = Q(username=attempt.name), Q(ip_address=attempt.network)
    parts = {"here": name & network, "network": network, "name": name}
    found = rows.filter(name | network).aggregate(
        **{f"{part}_failures": Sum("failures_since_start", filter=q) for part, q in parts.items()},
        **{f"{part}_last": Max("attempt_time", filter=q) for part, q in parts.items()},
    )
    ends = [
        brake.held_until(found[f"{part}_failures"] or 0, found[f"{part}_last"], at)
        for part, brake in brakes._asdict().items()
    ]
    return max(filter(None, ends), default=None)


def may_be_let_in(attempt: Attempt, at: datetime) -> bool:
    """Would `lift` end this wait? What others have failed at the same network holds everybody."""
    if attempt.device:
        return True
    others = AccessAttempt.objects.filter(
        attempt_time__gt=at - FORGOTTEN, user_agent="", ip_address=attempt.network
    ).exclude(username=attempt.name)
    found = others.aggregate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
    return LOGIN.network.held_until(found["failures"] or 0, found["last"], at) is None


def take(attempt: Attempt, at: datetime) -> datetime | None:
    """Count an attempt before it is known how it ends; when it is held, count nothing and say until when.

    So many at once are no more than one after the other. `forgive` what has ended well.
    """
    if until := held_until(attempt, at):
        return until
    AccessAttempt.objects.filter(attempt_time__lte=at - FORGOTTEN).delete()
    with transaction.atomic():
        # Another window may make the row, and forgive it, at the same moment.
        AccessAttempt.objects.bulk_create(
            [
                AccessAttempt(
                    username=attempt.name,
                    ip_address=attempt.network,
                    user_agent=attempt.device,
                    failures_since_start=0,
                )
            ],
            ignore_conflicts=True,
        )
        row = _rows_of(attempt).select_for_update()
        list(row)
        until = held_until(attempt, at)
        if until is None:
            row.update(failures_since_start=F("failures_since_start") + 1, attempt_time=at)
    return until


def is_under_way(attempt: Attempt, at: datetime) -> bool:
    """Has somebody tried the same just now, of whom it may not be known yet how it ends?

    What is held back counts for nothing, so this is so for a moment only.
    """
    return _rows_of(attempt).filter(attempt_time__gt=at - UNDER_WAY, attempt_time__lte=at).exists()


def forgive(attempt: Attempt) -> None:
    """Forget the failures of somebody who has got in: theirs, not those of others beside them."""
    _rows_of(attempt).delete()


def lift(user: User) -> None:
    """Let somebody try again, wherever they are."""
    _logins_of(user).delete()


def slowed(user: User, at: datetime) -> datetime | None:
    """Until when somebody who tries to log in as this person has to wait somewhere, or None."""
    recent = _logins_of(user).filter(attempt_time__gt=at - FORGOTTEN)
    rows = list(recent.values_list("user_agent", "failures_since_start", "attempt_time"))
    ends = [
        (KNOWN_DEVICE if device else LOGIN.here).held_until(failures, last, at)
        for device, failures, last in rows
    ]
    strange = [(failures, last) for device, failures, last in rows if not device]
    if strange:
        total = sum(failures for failures, _last in strange)
        ends.append(LOGIN.name.held_until(total, max(last for _failures, last in strange), at))
    return max(filter(None, ends), default=None)


def _rows_of(attempt: Attempt) -> QuerySet[AccessAttempt]:
    return AccessAttempt.objects.filter(
        username=attempt.name, ip_address=attempt.network, user_agent=attempt.device
    ).order_by()


def _logins_of(user: User) -> QuerySet[AccessAttempt]:
    return AccessAttempt.objects.filter(username=user.username).exclude(user_agent=MAIL).order_by()
