"""The desk's admin site."""

from django.contrib import admin


class DeskSite(admin.AdminSite):
    enable_nav_sidebar = False
