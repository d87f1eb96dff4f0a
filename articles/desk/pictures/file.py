"""A picture's file: another one in its place, wherever it shows, and the clean master to take away."""

import logging
from pathlib import PurePath

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk.pictures.forms import ReplaceForm
from articles.desk.pictures.listing import tiles
from articles.desk.pictures.uses import picture_address, uses_of
from articles.publishing import access
from media.models import Image

logger = logging.getLogger(__name__)


def replace_page(desk, request: HttpRequest, image: Image) -> HttpResponse:
    """Asks for the new file and says what will happen; posted, gives the picture that file."""
    if not desk.has_change_permission(request, image) or not access.may_refile(request.user, image):
        raise PermissionDenied
    form = ReplaceForm(request.POST or None, request.FILES or None, image=image, by=request.user)
    if request.method == "POST" and form.is_valid():
        desk.log_change(request, image, [{"changed": {"fields": ["file"]}}])
        messages.success(
            request,
            _("The picture has its new file wherever it shows. Check its crops below."),
        )
        return HttpResponseRedirect(picture_address(image))
    now = timezone.now()
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Replace the file"),
        "opts": desk.opts,
        "media": desk.page_media,
        "image": image,
        "tile": tiles([image.pk], at=now)[0],
        "uses": uses_of(image, request.user, at=now),
        "form": form,
        "back": picture_address(image),
    }
    return TemplateResponse(request, "admin/media/image/replace.html", context)


def master(desk, request: HttpRequest, image: Image) -> HttpResponseBase:
    """The clean master as a file to keep, under the name with which the picture came."""
    try:
        stored = default_storage.open(image.file.name)
    except Exception:  # each kind of storage has errors of its own
        logger.exception("A picture's file cannot be read.")
        messages.error(request, _("The file is unavailable. Try again in a moment."))
        return HttpResponseRedirect(picture_address(image))
    stem = PurePath(image.original_name).stem or str(image.pk)
    return FileResponse(
        stored,
        as_attachment=True,
        filename=f"{stem}{PurePath(image.file.name).suffix}",
        content_type="image/jpeg",
    )
