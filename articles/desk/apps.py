from django.apps import AppConfig


class DeskConfig(AppConfig):
    """An app of its own, so that Django finds the desk's admin and static files; it has no models."""

    name = "articles.desk"
    label = "desk"
