"""Many pictures deleted at once, after a look at them; a used one keeps all from being deleted."""

from django.contrib.admin.actions import delete_selected
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk.pictures.listing import chosen, tiles


def page(desk, request: HttpRequest) -> HttpResponse:
    """Django's own question before many rows are deleted, with our look; answered, the deletion."""
    if not desk.has_delete_permission(request):
        raise PermissionDenied
    ids = chosen(desk, request)
    rows = desk.model.objects.filter(desk.rows(request.user, "delete"), pk__in=ids)
    try:
        with transaction.atomic():
            question = delete_selected(desk, request, rows)
    except IntegrityError:
        # Somebody has begun to use one since the question: the page now says who.
        return HttpResponseRedirect(request.get_full_path())
    if question is None:
        return HttpResponseRedirect(reverse("admin:media_image_changelist"))
    question.context_data |= {
        "title": _("Delete pictures"),
        "media": desk.page_media,
        "tiles": tiles(ids, at=timezone.now()),
    }
    return question
