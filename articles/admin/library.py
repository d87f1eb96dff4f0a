"""The library of pictures."""

from django.contrib import admin, messages
from django.db import models, transaction
from django.db.models import Prefetch, Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import access, permissions
from articles.forms.picture import WORDS, NewPictureForm
from media import library
from media.models import Image, Rendition
from media.renditions import CARD, CROPPED, JPEG, STORY
from media.text import fold

from .guard import Guarded, seen_and_more, stories_holding

CARDS = Rendition.objects.filter(kind=CARD).order_by("width")


@admin.register(Image)
class PictureAdmin(Guarded):
    """Words, rights and focal point are edited here; files come in by media.library alone."""

    list_display = ["thumbnail", "words", "credit", "brought_by", "uploaded_at"]
    list_display_links = ["thumbnail", "words"]
    list_select_related = ["uploaded_by"]
    list_per_page = 48
    sortable_by = []
    ordering = ["-uploaded_at", "-pk"]
    search_fields = ["folded"]
    search_help_text = gettext_lazy("Words of the caption, alt text, credit, source or file name.")
    formfield_overrides = {models.FloatField: {"min_value": 0, "max_value": 1}}
    readonly_fields = ["large", "size", "original_name", "brought_by", "uploaded_at", "used_in"]
    fieldsets = [
        (None, {"fields": ["large", "alt_text", "caption", "credit", "source"]}),
        (gettext_lazy("Rights"), {"fields": ["rights", "rights_until", "taken_at"]}),
        (
            gettext_lazy("Focal point"),
            {
                "fields": [("focus_x", "focus_y")],
                "description": gettext_lazy(
                    "The point that crops keep: 0 is the left or upper edge, 1 the right or lower."
                ),
            },
        ),
        (gettext_lazy("Where it is used"), {"fields": ["used_in"]}),
        (
            gettext_lazy("The file"),
            {"fields": ["size", "original_name", "brought_by", "uploaded_at"]},
        ),
    ]

    def rows(self, user, right):
        if right == "change" and not permissions.may_describe_picture(
            access.role_of(user), held=False
        ):
            return Q(pk__in=Image.objects.filter(holders=user.pk).values("pk"))
        usable = access.pictures(user)
        # The rule crosses relations to many rows, which would make pictures appear twice.
        return usable and Q(pk__in=Image.objects.filter(usable).values("pk"))

    def get_queryset(self, request):
        cards = Prefetch("renditions", CARDS, to_attr="cards")
        return super().get_queryset(request).prefetch_related(cards)

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, fold(search_term))

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [(None, {"fields": ["upload", *WORDS]})]
        return self.fieldsets

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """A date's two inputs each say what they are, to who cannot see the words before them."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, models.DateTimeField):
            names = (_("date"), _("time"))
            for widget, name in zip(field.widget.widgets, names, strict=True):
                widget.attrs["aria-label"] = f"{field.label}: {name}"
        return field

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002
        if not change:
            kwargs["form"] = NewPictureForm
        form = super().get_form(request, obj, change, **kwargs)
        form.by = request.user
        return form

    def add_view(self, request, form_url="", extra_context=None):
        # Without the transaction of changeform_view: decoding a picture must not hold the database.
        return self._changeform_view(request, None, form_url, extra_context)

    def save_form(self, request, form, change):
        saved = super().save_form(request, form, change)
        return saved if change else form.picture

    def save_model(self, request, obj, form, change):
        if not change:
            request.picture_was_there = form.was_there
            return
        super().save_model(request, obj, form, change)
        if {"focus_x", "focus_y"} & set(form.changed_data):
            transaction.on_commit(lambda: library.rebuild(obj, CROPPED))

    def response_add(self, request, obj, post_url_continue=None):
        if request.picture_was_there and "_popup" not in request.POST:
            messages.info(
                request,
                _("This very file was in the library before; its words there are unchanged."),
            )
            return redirect("admin:media_image_change", obj.pk)
        return super().response_add(request, obj, post_url_continue)

    def get_object(self, request, object_id, from_field=None):
        image = super().get_object(request, object_id, from_field)
        if image:
            # For used_in, which names to each person the stories that they may see.
            image.viewer = request.user
        return image

    @admin.display(description=gettext_lazy("picture"))
    def thumbnail(self, image):
        card = image.cards[0]
        address = library.address(card.file.name)
        return shown("desk-thumbnail", library.Source(card.width, card.height, address), image)

    @admin.display(description=gettext_lazy("picture"))
    def large(self, image):
        sources = library.renditions_of([image.pk])[image.pk].get(STORY, JPEG)
        return shown("desk-picture", sources[0], image)

    @admin.display(description=gettext_lazy("what is in it"))
    def words(self, image):
        return image.label

    @admin.display(description=gettext_lazy("brought by"))
    def brought_by(self, image):
        user = image.uploaded_by
        return (user.get_full_name() or user.get_username()) if user else "–"

    @admin.display(description=gettext_lazy("size"))
    def size(self, image):
        return f"{image.width} × {image.height}"

    @admin.display(description=gettext_lazy("used in"))
    def used_in(self, image):
        stories, more = seen_and_more(stories_holding(Image, [image]), image.viewer)
        if not stories and not more:
            return _("no story")
        addresses = [reverse("admin:articles_article_change", args=[each.pk]) for each in stories]
        links = format_html_join(
            "", '<li><a href="{}">{}</a></li>', zip(addresses, stories, strict=True)
        )
        return format_html("<ul>{}{}</ul>", links, format_html("<li>{}</li>", more) if more else "")


def shown(css_class: str, source: library.Source, image: Image) -> str:
    """One file of a picture, as the desk shows it."""
    return format_html(
        '<img class="{}" src="{}" width="{}" height="{}" alt="{}" loading="lazy">',
        css_class,
        source.url,
        source.width,
        source.height,
        image.alt_text,
    )
