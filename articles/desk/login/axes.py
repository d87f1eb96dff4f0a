"""Where django-axes asks us: whether somebody may try, and whom it tells that they got in."""

import time

from axes.backends import AxesStandaloneBackend
from axes.handlers.base import AxesHandler
from axes.models import AccessAttempt
from django.http import HttpRequest
from django.utils import timezone

from articles.desk.login import brakes

LOOKS, BETWEEN_LOOKS = 40, 0.25  # the latter in seconds


class BrakedBackend(AxesStandaloneBackend):
    """Refuses who has to wait, before any password is looked at."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        if request is None:  # a command or a test, not somebody at the door
            return None
        return super().authenticate(request, username=username, password=password, **kwargs)


class Handler(AxesHandler):
    """Counts in articles.desk.login.brakes; keeps no log of its own."""

    def is_allowed(self, request: HttpRequest, credentials: dict | None = None) -> bool:
        attempt = brakes.login_of(request, (credentials or {}).get("username") or "")
        until = brakes.take(attempt, timezone.now())
        # What holds this one back may be about to end well: a person's other windows.
        for _ in range(LOOKS):
            if until is None or not brakes.is_under_way(attempt, timezone.now()):
                break
            time.sleep(BETWEEN_LOOKS)
            until = brakes.take(attempt, timezone.now())
        request.login_attempt, request.held_until = attempt, until
        if request.held_until:
            brakes.logger.warning("A login from %s has to wait.", request.login_attempt.network)
        return request.held_until is None

    def user_logged_in(self, sender, request, user, **kwargs):
        if attempt := getattr(request, "login_attempt", None):
            brakes.forgive(attempt)
            request.has_logged_in = user

    def post_save_access_attempt(self, instance, **kwargs):
        """Told of every row; nothing follows from it."""

    post_delete_access_attempt = post_save_access_attempt

    def reset_attempts(self, *, ip_address=None, username=None, ip_or_username=False) -> int:
        """For manage.py axes_reset and its kin."""
        rows = AccessAttempt.objects.all()
        if ip_address:
            rows = rows.filter(ip_address=ip_address)
        if username:
            rows = rows.filter(username=username)
        return rows.delete()[0]
