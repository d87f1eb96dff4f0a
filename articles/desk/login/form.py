"""The form to log in."""

from datetime import datetime, timedelta

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk.login import brakes


class LoginForm(AdminAuthenticationForm):
    """Django's, which says when one may try again, and keeps a name that was typed before."""

    def __init__(self, request: object = None, *args: object, **kwargs: object) -> None:
        super().__init__(request, *args, **kwargs)
        if username := getattr(request, "typed_username", ""):
            self.initial["username"] = username

    def get_invalid_login_error(self) -> ValidationError:
        """Whether the password was right is told to nobody who has to wait."""
        until = getattr(self.request, "held_until", None)
        if until is None:
            return super().get_invalid_login_error()
        sentence = _("Too many attempts failed. Try again at %(time)s, or ask a managing editor.")
        if not brakes.may_be_let_in(self.request.login_attempt, timezone.now()):
            sentence = _("Too many attempts failed at this address. Try again at %(time)s.")
        return ValidationError(sentence % {"time": clock_time(until)}, code="held")


def clock_time(moment: datetime) -> str:
    """The first whole minute at or after a moment, by the paper's clocks."""
    whole = timezone.localtime(moment) + timedelta(seconds=59, microseconds=999_999)
    return whole.strftime("%H:%M")
