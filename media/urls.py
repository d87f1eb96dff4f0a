"""Where stored pictures are served."""

from django.urls import URLPattern

app_name = "media"
urlpatterns: list[URLPattern] = []
