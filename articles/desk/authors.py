"""The names that stand in bylines."""

from django.contrib import admin
from django.contrib.auth import get_user_model

from articles.desk.guard import Guarded
from articles.models import Author


@admin.register(Author)
class AuthorAdmin(Guarded):
    """Persons and pen names, with or without an account."""

    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    list_per_page = 50

    def get_fields(self, request, obj=None):
        """The account is for those who see accounts, and this very one, to see and to change."""
        fields = ["name", "slug"]
        people = self.admin_site.get_model_admin(get_user_model())
        user = obj and obj.user
        if people.has_view_permission(request, user or None):
            fields.append("user")
        return fields
