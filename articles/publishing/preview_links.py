"""Preview links: a text frozen for somebody without an account, such as a lawyer or the interviewed."""

import re
import secrets
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from articles.models import Article, PreviewLink
from articles.publishing import access
from articles.publishing.changes import DoneAlready, lock, record, was_pressed
from articles.rules.permissions import Verb

Clock = Callable[[], datetime]
_STORED = re.compile(rf"{re.escape(settings.MEDIA_URL)}([\w./-]+)")


def make(
    article: Article,
    *,
    by: access.User,
    page: Callable[[], str],
    version: str,
    for_whom: str,
    until: datetime,
    clock: Clock,
    press: str = "",
) -> PreviewLink:
    """Freeze a page of the story under a new address.

    page: makes its HTML. version: which it is of, in words. press: see changes.carry_out. Raises
    WorkflowError where the person may not, and DoneAlready for a second press.
    """
    access.require(by, Verb.SHARE, article)
    key = secrets.token_urlsafe(32)
    html = page()
    files = sorted(set(_STORED.findall(html)))
    with transaction.atomic():
        lock(article)
        if press and was_pressed(by, press):
            raise DoneAlready
        made = PreviewLink(
            key=key,
            article=article,
            version=version,
            for_whom=for_whom,
            made_by_id=by.pk,
            made_at=clock(),
            expires_at=until,
            files=files,
        )
        own = made.get_absolute_url()
        made.html = _STORED.sub(lambda found: f"{own}{found[1]}", html)
        made.save(force_insert=True)
        details = {"for_whom": for_whom, "until": until.isoformat(), "press": press}
        record(Verb.SHARE, article, by=by, at=made.made_at, details=details)
    return made


def revoke(link: PreviewLink, *, by: access.User, clock: Clock) -> None:
    """Let nobody read it any more. Raises WorkflowError where the person may not."""
    access.require(by, Verb.SHARE, link.article)
    with transaction.atomic():
        now = clock()
        if PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now):
            details = {"for_whom": link.for_whom}
            record("revoke_link", link.article, by=by, at=now, details=details)
