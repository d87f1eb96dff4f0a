"""The paper's sections."""

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.desk.guard import Guarded
from articles.models import Category


class PlaceForm(forms.ModelForm):
    """A section's place in the list; the fields that are not shown there are not judged again."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        label = _("Position of %(section)s") % {"section": self.instance.name}
        self.fields["position"].widget.attrs["aria-label"] = label

    def _post_clean(self) -> None:
        self.instance.position = self.cleaned_data.get("position", self.instance.position)


@admin.register(Category)
class SectionAdmin(Guarded):
    """Two levels, in the order of the paper's menu; parts stand under their section."""

    fields = ["name", "slug", "former_addresses", "parent", "position", "description"]
    readonly_fields = ["former_addresses"]
    formfield_overrides = {models.PositiveSmallIntegerField: {"max_value": 9999}}
    list_display = ["shown_name", "address", "position"]
    list_editable = ["position"]
    list_select_related = ["parent"]
    list_per_page = 200
    sortable_by = []
    search_fields = ["name", "slug"]
    ordering = Category.MENU_ORDER

    def get_field_queryset(self, db, db_field, request):
        """A part can stand under a main section only."""
        sections = super().get_field_queryset(db, db_field, request)
        return sections.filter(parent=None) if db_field.name == "parent" else sections

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, form=PlaceForm, **kwargs)

    @admin.display(description=_("section"))
    def shown_name(self, section):
        if not section.parent_id:
            return section.name
        return format_html('<span class="part-of-section">{}</span>', section.name)

    @admin.display(description=_("address"))
    def address(self, section):
        return section.get_absolute_url()

    @admin.display(description=_("addresses that redirect here"))
    def former_addresses(self, section):
        slugs = section.former_slugs.values_list("slug", flat=True) if section.pk else []
        return ", ".join(f"/{slug}/" for slug in slugs) or "–"
