"""What is typed and not saved, kept on the server for who typed it; and who has a story open.

Nothing here locks, publishes, counts a version or writes a record. The clock's moment is handed in.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from articles.models import Article, Presence, TypedCopy
from articles.publishing import access
from articles.rules import keeping
from articles.rules.keeping import Typed


def keep(
    user: access.User,
    typed: Typed,
    *,
    name: str,
    article: Article | None,
    form_id: UUID | None,
    edits: str,
    place: str,
    at: datetime,
) -> int:
    """Write a tab's copy, over what it sent before; gives its id. One query."""
    row = TypedCopy(
        user_id=user.pk,
        name=name,
        article=article,
        form_id=form_id,
        edits=edits,
        at=at,
        place=place,
        headline=typed.headline[:300],
        content=typed.as_text(),
    )
    TypedCopy.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["user", "name"],
        update_fields=["article", "form_id", "edits", "at", "place", "headline", "content"],
    )
    return row.pk


def drop(user: access.User, names: Collection[str]) -> None:
    """These texts of the person are saved, or not wanted any more. One query."""
    TypedCopy.objects.filter(user=user.pk, name__in=names).delete()


def copies(
    user: access.User, article: Article | None, *, edits: str = "", but: Collection[str] = ()
) -> QuerySet[TypedCopy]:
    """The person's unsaved texts of one version of a story, or of new stories; the newest first.

    but: the names of those that are saved.
    """
    own = TypedCopy.objects.filter(user=user.pk, edits=edits).exclude(name__in=but)
    if article is None:
        return own.filter(article=None)
    return own.filter(Q(article=article) | Q(article=None, form_id=article.form_id))


def attach(article: Article) -> None:
    """A form has made this story: unsaved texts from the same form are its own now. One query."""
    TypedCopy.objects.filter(user=article.owner_id, article=None, form_id=article.form_id).update(
        article=article
    )


def trim(user: access.User) -> None:
    """Leave a person so many unsaved texts, the newest. One query."""
    newest = TypedCopy.objects.filter(user=user.pk).order_by("-at", "-pk").values("pk")
    over = newest[keeping.MOST_COPIES : keeping.MOST_COPIES + 1000]
    TypedCopy.objects.filter(pk__in=over).delete()


def clear_old(at: datetime) -> None:
    """Drop whatever has been kept for its time. Two queries."""
    TypedCopy.objects.filter(at__lt=at - keeping.COPY_AGE).delete()
    Presence.objects.filter(seen_at__lt=at - keeping.PRESENCE_AGE).delete()


# Who has a story open


def tabs(article: Article) -> list[Presence]:
    """The tabs in which the story is open, or was. One query."""
    return list(article.presences.select_related("user"))


def see(
    article: Article,
    user: access.User,
    *,
    name: str,
    edits: str,
    before: Presence | None,
    typing: bool,
    copied: bool,
    leaves: bool,
    at: datetime,
) -> None:
    """Somebody has the story open in this tab, or closes it. One query.

    before: what is known of the tab.
    """
    goes_on = before is not None and keeping.is_present(before, at)
    row = Presence(
        article=article,
        user_id=user.pk,
        name=name,
        edits=edits,
        role=str(access.role_of(user) or ""),
        since=before.since if goes_on else at,
        seen_at=at - keeping.PRESENT if leaves else at,
        typed_at=at if typing else before and before.typed_at,
        copied_at=at if copied else before and before.copied_at,
    )
    Presence.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["article", "user", "name"],
        update_fields=["edits", "role", "since", "seen_at", "typed_at", "copied_at"],
    )


def take_over(article: Article, user: access.User, *, at: datetime) -> None:
    """Tell all others who have the story open that this person goes on with it. Two queries.

    Nothing is locked: they may go on as well. Who has it open anew is not told.
    """
    others = article.presences.exclude(user=user.pk)
    others.update(taken_by=access.name_of(user)[:150], taken_at=at)
    article.presences.filter(user=user.pk).update(taken_by="", taken_at=None)
