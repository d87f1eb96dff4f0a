"""The desk's first page: what waits for this person."""

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk import records
from articles.desk.moments import site_then
from articles.desk.records import Entry
from articles.desk.standings import standings_of
from articles.models import Article, Category, Paper, Publication, Record
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
class Step:
    """Something to do on the way to a new paper's first story, and where."""

    words: str
    address: str
    done: bool


@dataclass(frozen=True)
class FrontPage:
    """Short lists: stories with their `standing` in words, publications with their `moment`.

    A story that was returned to its writer has the record of that as `sent_back`.

    `site_then` is the address of the site as of that moment. rights: for editors. steps: of a new
    paper, for who can take them; ask: for the others, who can.
    """

    has_role: bool
    steps: list[Step] = field(default_factory=list)
    ask: str = ""
    may_write: bool = False
    own: list[Article] = field(default_factory=list)
    is_editor: bool = False
    submitted: list[Article] = field(default_factory=list)
    soon: list[Publication] = field(default_factory=list)
    rights: list[Rights] = field(default_factory=list)


def front_page(user: access.User, *, at: datetime) -> FrontPage:
    """What waits for this person at the moment `at`. At most twelve queries."""
    role = access.role_of(user)
    if role is None:
        return FrontPage(has_role=False)
    may_make_sections = permissions.may_handle(role, "add", "articles.category")
    steps = _first_steps() if may_make_sections else []
    seen = Article.objects.filter(access.stories(user)).select_related("section", "owner")
    own = _own(seen.filter(owner=user.pk))
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
            publication.site_then = site_then(publication.live_from)
    standings = standings_of(own, at=at)
    for story in own:
        story.standing = standings[story.pk]
    return FrontPage(
        has_role=True,
        steps=steps,
        ask="" if may_make_sections or Category.objects.exists() else access.managing_editors(),
        may_write=permissions.may_add_story(role),
        own=own,
        is_editor=is_editor,
        submitted=submitted,
        soon=soon,
        rights=ending,
    )


def _own(stories: QuerySet[Article]) -> list[Article]:
    """A person's stories: first those that were returned to them, then the newest. Three queries."""
    last = Record.objects.filter(story=OuterRef("pk"), verb__in=records.STAGE_VERBS)
    returned = list(
        stories.filter(stage=Stage.DRAFT)
        .alias(last=Subquery(last.order_by("-at", "-pk").values("verb")[:1]))
        .filter(last=Verb.SEND_BACK)[:SHOWN]
    )
    rows = Record.objects.filter(story__in=returned, verb=Verb.SEND_BACK).order_by("at", "pk")
    entries = {row.story_id: Entry(row) for row in rows}
    for story in returned:
        story.sent_back = entries[story.pk]
    newest = stories.exclude(pk__in=[story.pk for story in returned])
    return [*returned, *newest[: SHOWN - len(returned)]]


def _first_steps() -> list[Step]:
    """What a new paper needs before its first story, in order; nothing once it has that story.

    The people of the newsroom may come later: a small paper is one person.
    """
    sections, stories = Category.objects.exists(), Article.objects.exists()
    if sections and stories:
        return []
    named = Paper.load().name != Paper._meta.get_field("name").default
    several = User.objects.filter(is_staff=True, is_active=True)[1:2].exists()
    return [
        Step(_("Newspaper details"), reverse("admin:articles_paper_change", args=[1]), named),
        Step(_("Add a section"), reverse("admin:articles_category_add"), sections),
        Step(_("Add person"), reverse("admin:auth_user_add"), several),
        Step(_("Write a story"), reverse("admin:articles_article_add"), stories),
    ]


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
