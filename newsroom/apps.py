from django.contrib.admin import apps as admin_apps


class DeskAdminConfig(admin_apps.AdminConfig):
    """Django's admin with our site in place of the stock one."""

    default = False
    default_site = "newsroom.desk.DeskSite"
