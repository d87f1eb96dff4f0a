"""Many pictures described at once, the same for all and each its own, after a look at the list."""

import hashlib
import json

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.desk.pictures.forms import Difference, ManyForm, OwnWordsForm, give
from articles.desk.pictures.listing import chosen, tiles
from articles.desk.pictures.uses import offers
from media.models import Image


def page(desk, request: HttpRequest) -> HttpResponse:
    """The form; once sent, the list of what will change; once that was read, the change."""
    if not desk.has_change_permission(request):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    rows = chosen(desk, request)
    images = Image.objects.filter(desk.rows(request.user, "change"), pk__in=rows).in_bulk()
    form = ManyForm(sent)
    own = {
        pk: OwnWordsForm(sent, prefix=f"picture-{pk}", initial=model_to_dict(image))
        for pk, image in images.items()
    }
    is_asked = sent is not None and all(each.is_valid() for each in (form, *own.values()))
    mine = [pk for pk in rows if pk in images]
    changes = _changes([images[pk] for pk in mine], form, own) if is_asked else []
    if changes and form.cleaned_data["seen"] == _mark(changes):
        return _carried_out(desk, request, form, {each.pk: own[each.pk] for each, _ in changes})
    now = timezone.now()
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Edit pictures"),
        "opts": desk.opts,
        "media": desk.page_media,
        "form": form,
        "pictures": [(tile, own[tile.image.pk]) for tile in tiles(mine, at=now)],
        "others": tiles([pk for pk in rows if pk not in images], at=now),
        "has_errors": sent is not None and not is_asked,
        "is_asked": is_asked,
        "changes": changes,
        "seen": _mark(changes) if changes else "",
        "next": _next(request),
    }
    return TemplateResponse(request, "admin/media/image/many.html", context)


def _next(request: HttpRequest) -> str:
    """Where the person came from and goes on to: an address of this site, or "" for the library."""
    asked = request.POST.get("next", request.GET.get("next", ""))
    safe = url_has_allowed_host_and_scheme(
        asked, {request.get_host()}, require_https=request.is_secure()
    )
    return asked if safe else ""


def _changes(
    images: list[Image], form: ManyForm, own: dict[int, OwnWordsForm]
) -> list[tuple[Image, list[Difference]]]:
    """The pictures that would change, each with what would."""
    found = [(each, form.differences(each) + own[each.pk].differences(each)) for each in images]
    return [(image, differences) for image, differences in found if differences]


def _mark(changes: list[tuple[Image, list[Difference]]]) -> str:
    """A digest of the list of changes: another list must be read again."""
    listed = [(image.pk, found) for image, found in changes]
    return hashlib.sha256(json.dumps(listed).encode()).hexdigest()


def _carried_out(
    desk, request: HttpRequest, form: ManyForm, own: dict[int, OwnWordsForm]
) -> HttpResponse:
    changed = []
    with transaction.atomic():
        for image in Image.objects.select_for_update().filter(pk__in=own):
            labels = give(image, [form, own[image.pk]])
            if labels:
                desk.log_change(request, image, [{"changed": {"fields": labels}}])
                changed.append(image)
    count = ngettext("%(number)d picture changed.", "%(number)d pictures changed.", len(changed))
    messages.success(request, count % {"number": len(changed)})
    found = offers(request.user, changed, at=timezone.now())
    for image in found.outlived:
        messages.warning(
            request,
            _("Stories use “%(picture)s” too long. Open it to decide.") % {"picture": image},
        )
    if found.outdated:
        query = ",".join(map(str, own))
        return HttpResponseRedirect(f"{reverse('admin:media_image_words')}?ids={query}")
    return HttpResponseRedirect(_next(request) or reverse("admin:media_image_changelist"))
