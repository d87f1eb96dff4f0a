"""Every address of the installation: the desk, uploads, then the site."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("uploads/", include("media.urls")),
    path("", include("articles.urls")),
]
