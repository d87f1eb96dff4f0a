from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.contrib.staticfiles import apps as staticfiles_apps

CKEDITOR = "ckeditor/ckeditor/"
UNUSED_PLUGINS = (
    "about adobeair ajax autoembed autogrow autolink bbcode codesnippet codesnippetgeshi "
    "colordialog copyformatting devtools div docprops embed embedbase embedsemantic exportpdf flash "
    "forms iframe iframedialog image image2 language liststyle mathjax menubutton "
    "notificationaggregator pagebreak placeholder preview scayt sharedspace showblocks smiley "
    "sourcedialog specialchar stylesheetparser tableresize templates uicolor uploadimage wsc xml"
)


class NewsroomConfig(AppConfig):
    name = "newsroom"

    def ready(self) -> None:
        from newsroom import checks  # noqa: F401  they register themselves


class DeskAdminConfig(admin_apps.AdminConfig):
    """Django's admin with our site in place of the stock one."""

    default = False
    default_site = "articles.desk.admin_site.DeskSite"


class StaticFilesConfig(staticfiles_apps.StaticFilesConfig):
    """Collects what pages use: of the editor not its samples, other languages and unused plugins."""

    default = False
    ignore_patterns = [
        *staticfiles_apps.StaticFilesConfig.ignore_patterns,
        "ckeditor/galleriffic/*",
        "ckeditor/file-icons/*",
        *(f"{CKEDITOR}{part}/*" for part in ("adapters", "vendor", "skins/moono")),
        *(f"{CKEDITOR}*.{kind}" for kind in ("md", "json")),
        *(f"{CKEDITOR}plugins/{plugin}/*" for plugin in UNUSED_PLUGINS.split()),
        # All languages but vi and en, of the editor and of its dialogs.
        *(f"{CKEDITOR}*lang/{name}.js" for name in ("[!ev]*", "e[!n]*", "en-*")),
    ]
