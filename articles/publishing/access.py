"""The pure table of permissions, asked about rows and people of the database."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext as _

from articles.models import Article, CaptionImage, PublicationPicture
from articles.rules import permissions
from articles.rules.permissions import Role, Verb
from articles.rules.refusals import WorkflowError
from media.models import Image

User = AbstractBaseUser | AnonymousUser
# Of several people who could be asked, as many are named.
NAMED = 3


def role_of(user: User) -> Role | None:
    """The person's highest role at the desk, or None. One query for each user object.

    A superuser is a managing editor, whatever their groups.
    """
    if not (user.is_active and getattr(user, "is_staff", False)):
        return None
    if user.is_superuser:
        return Role.MANAGING_EDITOR
    if not hasattr(user, "_desk_role"):
        names = set(user.groups.values_list("name", flat=True))
        user._desk_role = next((role for role in reversed(Role) if role in names), None)
    return user._desk_role


def name_of(user: User | None) -> str:
    """What a person is called in a sentence; None for an account that is gone."""
    return (user.get_full_name() or user.get_username()) if user else _("Somebody")


def managing_editors() -> str:
    """Names of those whom the others ask for what only a managing editor may do. One query."""
    lead = Q(is_superuser=True) | Q(groups__name=Role.MANAGING_EDITOR)
    people = get_user_model().objects.filter(lead, is_staff=True, is_active=True).distinct()
    return ", ".join(map(name_of, people.order_by("pk")[:NAMED]))


def may(user: User, verb: Verb, article: Article) -> bool:
    """May this person do this to this story?"""
    return permissions.may(
        role_of(user),
        verb,
        article.stage,
        own=article.owner_id == user.pk,
        editors_withdraw=settings.EDITORS_WITHDRAW,
    )


def may_some(user: User, verb: Verb) -> bool:
    """May this person do this to any story at all? At most one query."""
    return bool(permissions.cases(role_of(user), verb, editors_withdraw=settings.EDITORS_WITHDRAW))


def require(user: User, verb: Verb, article: Article) -> None:
    """Raise WorkflowError unless the person may do this to the story."""
    if not may(user, verb, article):
        raise WorkflowError(
            _("You may not do this to this story. Ask an editor."), code="permission_denied"
        )


def stories(user: User, verb: Verb = Verb.SEE, *, of: str = "") -> Q:
    """The same rule for rows of Article: those to which this person may do this.

    of: for rows of another model, the way from there to their story, such as "article__".
    """
    wanted = permissions.cases(role_of(user), verb, editors_withdraw=settings.EDITORS_WITHDRAW)
    own = {case.stage.value for case in wanted if case.own}
    others = {case.stage.value for case in wanted if not case.own}
    if own == others:
        # Whose it is does not matter: without an OR, a database can read a list in its order.
        # (Not an empty Q, which would vanish from an OR.)
        if len(own) == len(permissions.Stage):
            return Q(**{f"{of}pk__isnull": False})
        return Q(**{f"{of}stage__in": own})
    is_own = Q(**{f"{of}owner": user.pk})
    return (is_own & Q(**{f"{of}stage__in": own})) | (~is_own & Q(**{f"{of}stage__in": others}))


def pictures(user: User, article: Article | None = None) -> Q:
    """Rows of Image that this person may see and place, in this story where one is given."""
    role = role_of(user)
    if not permissions.may_use_picture(role, held=True, shown=True):
        return Q(pk__in=[])
    if permissions.may_use_picture(role, held=False, shown=False):
        return Q()
    # Asked of each row, not joined: no picture appears twice, and a list is read in its order. As
    # a value, since PostgreSQL would answer EXISTS by reading all publications' pictures at first.
    shown = PublicationPicture.objects.filter(image=OuterRef("pk")).order_by().values("pk")[:1]
    usable = Q(Exists(held_by(user))) | Q(GreaterThan(Subquery(shown), 0))
    if article is not None and article.pk:
        # As saved: what an editor has placed in the story is its reporter's to keep there.
        saved_lead = Article.objects.filter(pk=article.pk).values("lead_image")
        placed = CaptionImage.objects.filter(image=OuterRef("pk"), caption__article=article.pk)
        usable |= Q(Exists(placed)) | Q(pk__in=saved_lead)
    return usable


def held_by(user: User) -> QuerySet:
    """The row that says that this person brought a picture, asked within a query for pictures."""
    return Image.holders.through.objects.filter(image=OuterRef("pk"), user=user.pk)


def may_describe(user: User, image: Image) -> bool:
    """May this person change the picture's alt text, credit and default caption?"""
    held = image.holders.filter(pk=user.pk).exists()
    return permissions.may_describe_picture(role_of(user), held=held)


def may_refile(user: User, image: Image) -> bool:
    """May this person give the picture another file or focal point? At most six queries."""
    role = role_of(user)
    if role is not Role.REPORTER:
        return permissions.may_refile_picture(role, held=False, relied_on=False)
    colleagues = Article.objects.exclude(owner=user.pk)
    relied_on = (
        image.publication_rows.exists()
        or image.holders.exclude(pk=user.pk).exists()
        or image.caption_rows.filter(caption__article__in=colleagues).exists()
        or colleagues.filter(lead_image=image.pk).exists()
    )
    held = image.holders.filter(pk=user.pk).exists()
    return permissions.may_refile_picture(role, held=held, relied_on=relied_on)
