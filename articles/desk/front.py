"""The desk's first page: what waits for this person."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk.standings import standings_of
from articles.models import Article, Publication
from articles.publishing import access, picture_rights
from articles.rules import permissions
from articles.rules.permissions import Stage, Verb
from articles.rules.states import in_full, when
from media.models import Image

SHOWN = 8


@dataclass(frozen=True)
class Rights:
    """A picture whose rights end or have ended, and the stories on the site or planned with it.

    words: when, for people. stories: each with whether it would outlive the rights, which
    somebody must decide about.
    """

    image: Image
    words: str
    stories: list[tuple[Publication, bool]]

    @property
    def asks(self) -> bool:
        return any(outlives for _publication, outlives in self.stories)


@dataclass(frozen=True)
class FrontPage:
    """Short lists: stories with their `standing` in words, publications with their `moment`.

    `site_then` is the address of the site as of that moment. rights: for editors.
    """

    has_role: bool
    may_write: bool = False
    own: list[Article] = field(default_factory=list)
    is_editor: bool = False
    submitted: list[Article] = field(default_factory=list)
    soon: list[Publication] = field(default_factory=list)
    rights: list[Rights] = field(default_factory=list)


def front_page(user: access.User, *, at: datetime) -> FrontPage:
    """What waits for this person at the moment `at`. At most eight queries."""
    role = access.role_of(user)
    if role is None:
        return FrontPage(has_role=False)
    seen = Article.objects.filter(access.stories(user)).select_related("section", "owner")
    own = list(seen.filter(owner=user.pk)[:SHOWN])
    submitted, soon, ending = [], [], []
    is_editor = bool(permissions.cases(role, Verb.PUBLISH))
    if is_editor:
        waiting = seen.filter(stage=Stage.SUBMITTED)
        submitted = list(waiting.order_by("updated_at", "pk")[:SHOWN])
        soon = list(Publication.objects.filter(live_from__gt=at).order_by("live_from")[:SHOWN])
        ending = _rights(at)
        zone = timezone.get_default_timezone()
        for publication in soon:
            publication.moment = in_full(publication.live_from, zone)
            local = publication.live_from.astimezone(zone).replace(tzinfo=None)
            publication.site_then = reverse("site_at", args=[local.isoformat()])
    standings = standings_of(own, at=at)
    for story in own:
        story.standing = standings[story.pk]
    return FrontPage(
        has_role=True,
        may_write=permissions.may_add_story(role),
        own=own,
        is_editor=is_editor,
        submitted=submitted,
        soon=soon,
        rights=ending,
    )


def _rights(at: datetime) -> list[Rights]:
    return [
        Rights(
            image=each.image,
            words=_end_in_words(each.image.rights_until, at),
            stories=[
                (publication, story in each.outlives)
                for story, publication in {row.article_id: row for row in each.shown}.items()
            ],
        )
        for each in picture_rights.ending(at=at)
    ]


def _end_in_words(end: datetime, at: datetime) -> str:
    words = _("Usage rights ended %(moment)s") if end <= at else _("Usage rights end %(moment)s")
    return words % {"moment": when(end, at, timezone.get_default_timezone())}
