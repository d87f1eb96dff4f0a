"""Many pictures given the same credit, source, rights and marks at once, after a look at the list."""

import hashlib
import json

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.forms.picture import ManyForm
from media.models import Image

from .library_list import tiles
from .library_stories import offers
from .pictures import MAX_IDS, ids_in


def page(desk, request: HttpRequest) -> HttpResponse:
    """The form; once sent, the list of what will change; once that was read, the change."""
    if not desk.has_change_permission(request):
        raise PermissionDenied
    asked = request.POST if request.method == "POST" else request.GET
    ids = ids_in(",".join(asked.getlist("ids")[:MAX_IDS]))[:MAX_IDS]
    may_change = desk.rows(request.user, "change")
    seen_ids = set(desk.get_queryset(request).filter(pk__in=ids).values_list("pk", flat=True))
    rows = [pk for pk in ids if pk in seen_ids]
    images = Image.objects.filter(may_change, pk__in=rows).in_bulk()
    form = ManyForm(request.POST if request.method == "POST" else None)
    changes = []
    if form.is_bound and form.is_valid():
        changes = [(images[pk], form.differences(images[pk])) for pk in rows if pk in images]
        changes = [(image, found) for image, found in changes if found]
        if changes and form.cleaned_data["seen"] == _mark(changes):
            return _carried_out(desk, request, form, [image.pk for image, _found in changes])
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Edit pictures"),
        "opts": desk.opts,
        "media": desk.page_media,
        "form": form,
        "tiles": [tile for tile in tiles(rows, at=timezone.now()) if tile.image.pk in images],
        "others": tiles([pk for pk in rows if pk not in images], at=timezone.now()),
        "is_asked": form.is_bound and form.is_valid(),
        "changes": changes,
        "seen": _mark(changes) if changes else "",
        "zone": timezone.get_current_timezone(),
    }
    return TemplateResponse(request, "admin/media/image/many.html", context)


def _mark(changes: list[tuple[Image, list]]) -> str:
    """A digest of the list of changes: another list must be read again."""
    listed = [(image.pk, found) for image, found in changes]
    return hashlib.sha256(json.dumps(listed).encode()).hexdigest()


def _carried_out(desk, request: HttpRequest, form: ManyForm, ids: list[int]) -> HttpResponse:
    with transaction.atomic():
        images = Image.objects.select_for_update().filter(pk__in=ids)
        changed = form.give(images)
        for image, labels in changed.items():
            desk.log_change(request, image, [{"changed": {"fields": labels}}])
    count = ngettext("%(number)d picture changed.", "%(number)d pictures changed.", len(changed))
    messages.success(request, count % {"number": len(changed)})
    found = offers(request.user, list(changed), at=timezone.now())
    for image in found.outlived:
        messages.warning(
            request,
            _("Stories show “%(picture)s” longer than its rights last. Open it to decide.")
            % {"picture": image},
        )
    if found.outdated:
        query = ",".join(str(pk) for pk in ids)
        return HttpResponseRedirect(f"{reverse('admin:media_image_words')}?ids={query}")
    return HttpResponseRedirect(reverse("admin:media_image_changelist"))
