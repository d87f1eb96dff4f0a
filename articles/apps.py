from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Stories")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from articles.publishing.groups import fill
        from articles.publishing.publications import render_where_shown
        from articles.publishing.saving import save_new
        from media.signals import picture_changed

        self.get_model("Article").save_new = staticmethod(save_new)
        post_migrate.connect(fill, sender=self)
        picture_changed.connect(render_where_shown)
