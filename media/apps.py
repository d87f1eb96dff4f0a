from django.apps import AppConfig
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "media"
    verbose_name = _("Pictures")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from media.models import Image, Rendition
        from media.sweeping import remember_file

        for model in (Image, Rendition):
            post_delete.connect(remember_file, sender=model)
