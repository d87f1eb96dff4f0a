"""The library of pictures."""

from collections.abc import Callable

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Exists, Q
from django.forms.widgets import Media, Script
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk.guard import Guarded
from articles.desk.pictures import (
    deleting,
    file,
    listing,
    many,
    unread,
    uses,
)
from articles.desk.pictures.forms import DESCRIPTIONS, NewPictureForm, PictureForm
from articles.publishing import access
from articles.rules import permissions
from articles.rules.states import in_full
from media import library, renditions
from media.models import Image
from media.uploads import InvalidPicture

FOCUS = ("focus_x", "focus_y")


@admin.register(Image)
class PictureAdmin(Guarded):
    """Words, rights and focal point are edited here; files come in by media.library alone."""

    change_form_template = "admin/media/image/change_form.html"
    readonly_fields: tuple[str, ...] = ()

    # What the library's own pages load; Django's forms load theirs too.
    page_media = Media(
        css={"all": ["articles/desk/story.css", "articles/library/library.css"]},
        js=[
            Script("articles/library/library.js", type="module"),
            Script("articles/desk/combobox.js", type="module"),
            Script("articles/desk/moments.js", type="module"),
            Script("articles/desk/saving.js", type="module"),
        ],
    )

    @property
    def media(self):
        return super().media + self.page_media

    # Which rows are whose

    def rows(self, user, right):
        if right == "change" and not permissions.may_describe_picture(
            access.role_of(user), held=False
        ):
            return Q(Exists(access.held_by(user)))
        return access.pictures(user)

    # The addresses

    def get_urls(self):
        wrap, info = self.admin_site.admin_view, "media_image"
        return [
            path("many/", wrap(self._page(many.page)), name=f"{info}_many"),
            path("delete/", wrap(self._page(deleting.page)), name=f"{info}_delete_many"),
            path("photographers/", wrap(listing.find_photographers), name=f"{info}_photographers"),
            path("words/", wrap(self._page(uses.words_page)), name=f"{info}_words"),
            *(
                path(f"<int:pk>/{name}/", wrap(self._row_page(view)), name=f"{info}_{name}")
                for name, view in (
                    ("replace", file.replace_page),
                    ("master", file.master),
                    ("rights", uses.rights_page),
                )
            ),
            *super().get_urls(),
        ]

    def _page(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        return lambda request: view(self, request)

    def _row_page(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """A page of one picture; what somebody may not see is as good as missing."""

        def page(request: HttpRequest, pk: int) -> HttpResponse:
            image = self.get_object(request, str(pk))
            if image is None:
                return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
            return view(self, request, image)

        return page

    def changelist_view(self, request, extra_context=None):
        return listing.page(self, request)

    # Bringing in

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [(None, {"fields": ["upload", *DESCRIPTIONS]})]
        return [(None, {"fields": PictureForm.Meta.fields})]

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002
        kwargs["form"] = PictureForm if change else NewPictureForm
        form = super().get_form(request, obj, change, **kwargs)
        form.by = request.user
        if change:
            form.may_refile = access.may_refile(request.user, obj)
        return form

    def add_view(self, request, form_url="", extra_context=None):
        # Without the transaction of changeform_view: decoding a picture must not hold the database.
        return self._changeform_view(request, None, form_url, extra_context)

    def save_form(self, request, form, change):
        saved = super().save_form(request, form, change)
        return saved if change else form.picture

    def response_add(self, request, obj, post_url_continue=None):
        if left_out := unread.sentence(obj):
            messages.warning(request, left_out)
        if request.picture_was_there and "_popup" not in request.POST:
            messages.info(
                request,
                _("This file was in the library already; its details are unchanged."),
            )
            return redirect("admin:media_image_change", obj.pk)
        return super().response_add(request, obj, post_url_continue)

    # One picture

    def save_model(self, request, obj, form, change):
        if not change:
            request.picture_was_there = form.was_there
            return
        changed = set(form.changed_data)
        if "photographer" in changed:
            # Where it named the one before.
            changed.add("credit")
        obj.save(update_fields=changed - set(FOCUS))
        if changed & set(FOCUS):
            transaction.on_commit(lambda: self._cut_anew(request, obj))

    def _cut_anew(self, request: HttpRequest, image: Image) -> None:
        """The focal point is written together with the crops that honour it."""
        try:
            library.rebuild(image, focus=image.focus)
        except InvalidPicture as error:
            messages.error(request, str(error))

    def response_change(self, request, obj):
        """Back to the list; but stay where the change asks something of stories."""
        saved = super().response_change(request, obj)
        asks = uses.offers(request.user, [obj], at=timezone.now())
        if asks.outdated or asks.outlived:
            return redirect(uses.picture_address(obj))
        return saved

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):  # noqa: FBT002
        if obj is not None:
            context |= self._about(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _about(self, request: HttpRequest, image: Image) -> dict[str, object]:
        now, zone = timezone.now(), timezone.get_current_timezone()
        user, by = request.user, image.uploaded_by
        # As it is saved: the form's picture may carry what was just refused.
        saved = Image.objects.get(pk=image.pk)
        sources = library.renditions_of([image.pk])[image.pk].get(renditions.STORY, renditions.JPEG)
        return {
            "saved": saved,
            "source": sources[-1],
            "small": sources[0],
            "flags": listing.flags(saved, at=now),
            "uses": uses.uses_of(saved, user, at=now),
            "asks": uses.offers(user, [saved], at=now),
            "may_refile": access.may_refile(user, saved),
            "brought_by": access.name_of(by) if by else "–",
            "uploaded": in_full(image.uploaded_at, zone),
            "taken": in_full(saved.taken_at, zone) if saved.taken_at else "",
            "rights_end": in_full(saved.rights_until, zone) if saved.rights_until else "",
            "replacements": [
                (in_full(each.at, zone), each.by or "–", each.original_name)
                for each in saved.replacements.select_related("by")
            ],
            "words_address": f"{reverse('admin:media_image_words')}?ids={image.pk}",
            "crops": [
                ("card", _("On cards"), str(renditions.SHAPES[renditions.CARD].ratio)),
                ("lead", _("As the lead picture"), str(renditions.SHAPES[renditions.CARD].ratio)),
                ("social", _("When shared"), str(renditions.SHAPES[renditions.SOCIAL].ratio)),
            ],
        }
