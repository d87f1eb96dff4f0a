"""The addresses, in JSON, that the body editor talks to: bring in, find, look up and describe pictures."""

from collections.abc import Callable, Iterable
from functools import wraps

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from articles.desk.pictures import search, unread
from articles.desk.pictures.search import MAX_IDS, ids_in
from articles.models import Article
from articles.publishing import access
from articles.rules import permissions
from articles.rules.cursors import Cursor
from articles.text import plain_line
from media import library, uploads
from media.models import Image

PAGE = 24
# At least this many pixels for a picture in the text; the first card rendition does for the picker.
BODY_WIDTH = 800

View = Callable[..., JsonResponse]


def refusal(sentence: str, status: int, headers: dict[str, str] | None = None) -> JsonResponse:
    """The answer to what cannot be done: the sentence that the page shows."""
    return JsonResponse({"error": sentence}, status=status, headers=headers)


def for_the_desk(view: View) -> View:
    """Let in only people with a role; others get a sentence, not a page to log in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> JsonResponse:
        if not request.user.is_authenticated:
            return refusal(_("You are logged out. Log in again, then try once more."), 401)
        if access.role_of(request.user) is None:
            return refusal(_("You have no role in the newsroom yet. Ask a managing editor."), 403)
        return view(request, *args, **kwargs)

    return guarded


@require_POST
@for_the_desk
def add(request: HttpRequest) -> JsonResponse:
    """Bring one file into the library: 201 with what the desk needs of it, 400 with why not.

    known: this very file was there before. unread: a sentence about what of its words was left
    out, where something was. 503 and 507 where nothing is wrong with the file.
    """
    started = timezone.now()
    file = request.FILES.get("file")
    if file is None:
        return refusal(_("No file arrived. Choose the picture again."), 400)
    try:
        # One byte more than allowed is enough for the check to see that it is too big.
        image = library.add_picture(
            file.read(uploads.MAX_BYTES + 1), file.name or "", by=request.user
        )
    except uploads.InvalidPicture as error:
        if error.fault == uploads.Fault.BUSY:
            return refusal(str(error), 503, {"Retry-After": "20"})
        return refusal(str(error), 507 if error.fault == uploads.Fault.NO_ROOM else 400)
    told = {"known": image.uploaded_at < started}
    if left_out := unread.sentence(image):
        told["unread"] = left_out
    return JsonResponse(for_editor([image.pk], request.user)[0] | told, status=201)


@require_GET
@for_the_desk
def find(request: HttpRequest) -> JsonResponse:
    """The picker's list, the newest first: filtered as the library is, `before` goes on behind a place."""
    found = search.find(
        request.user,
        search.Wish.of_address(request.GET.get),
        at=timezone.now(),
        limit=PAGE,
        after=Cursor.read(request.GET.get("before", "")),
    )
    return JsonResponse(
        {
            "pictures": for_editor(found.ids, request.user),
            "next": str(found.next) if found.next else None,
        }
    )


@require_GET
@for_the_desk
def look_up(request: HttpRequest) -> JsonResponse:
    """What the editor needs of the pictures `ids` of a body; those not for this person are left out.

    story: the id of the story they stand in, whose pictures its writer may use.
    """
    story = Article.objects.filter(
        access.stories(request.user), pk__in=ids_in(request.GET.get("story", ""))[:1]
    ).first()
    ids = ids_in(request.GET.get("ids", ""))[:MAX_IDS]
    allowed = set(
        Image.objects.filter(pk__in=usable(request.user, story))
        .filter(pk__in=ids)
        .values_list("pk", flat=True)
    )
    ids = [pk for pk in ids if pk in allowed]
    return JsonResponse({"pictures": for_editor(ids, request.user)})


@require_POST
@for_the_desk
def describe(request: HttpRequest, pk: int) -> JsonResponse:
    """Change a picture's alt text, photographer or credit in the library."""
    image = Image.objects.filter(pk__in=usable(request.user)).filter(pk=pk).first()
    if image is None:
        return refusal(_("This picture is not in the library, or you may not use it."), 404)
    if not access.may_describe(request.user, image):
        return refusal(_("Only the uploader or an editor can describe this picture."), 403)
    given = {
        name: plain_line(request.POST[name])
        for name in ("alt_text", "photographer", "credit")
        if name in request.POST
    }
    for name, value in given.items():
        limit = Image._meta.get_field(name).max_length
        if len(value) > limit:
            sentence = _("This text has %(length)d characters; at most %(limit)d fit.")
            return refusal(sentence % {"length": len(value), "limit": limit}, 400)
    with transaction.atomic():
        # Read again under the lock: the searchable words are made of all fields.
        image = Image.objects.select_for_update().get(pk=pk)
        given = image.with_new_photographer(given)
        for name, value in given.items():
            setattr(image, name, value)
        image.save(update_fields=given.keys())
    return JsonResponse(for_editor([image.pk], request.user)[0])


def usable(user: access.User, story: Article | None = None):
    """The ids of the pictures that this person may place, as a subquery: the rule joins tables."""
    return Image.objects.filter(access.pictures(user, story)).values("pk")


def for_editor(ids: Iterable[int], user: access.User) -> list[dict[str, object]]:
    """What the editor needs of these pictures, in order. Four queries, whatever their number."""
    ids = list(ids)
    pictures = library.renditions_of(ids)
    held = set(Image.objects.filter(pk__in=ids, holders=user.pk).values_list("pk", flat=True))
    names = dict(Image.objects.filter(pk__in=ids).values_list("pk", "original_name"))
    role = access.role_of(user)
    return [
        {
            "id": pk,
            "url": rendition_url(pictures[pk], "story", BODY_WIDTH),
            "name": names[pk],
            "thumbnail": rendition_url(pictures[pk], "card", 0),
            "width": pictures[pk].width,
            "height": pictures[pk].height,
            "alt_text": pictures[pk].alt,
            "photographer": pictures[pk].photographer,
            "credit": pictures[pk].credit,
            "caption": pictures[pk].caption,
            "may_describe": permissions.may_describe_picture(role, held=pk in held),
        }
        for pk in ids
        if pk in pictures
    ]


def rendition_url(picture: library.Picture, kind: str, width: int) -> str:
    """The smallest file of a kind that is at least so wide, else its widest; "" where none is."""
    files = picture.get(kind, "avif")
    wide = [source for source in files if source.width >= width]
    return (wide or files[-1:] or [library.Source(0, 0, "")])[0].url


urls = [
    path("add/", add, name="articles_pictures_add"),
    path("", find, name="articles_pictures"),
    path("data/", look_up, name="articles_pictures_data"),
    path("<int:pk>/describe/", describe, name="articles_pictures_describe"),
]
