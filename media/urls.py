"""Where stored pictures are served."""

from django.urls import path

from media import views

app_name = "media"
urlpatterns = [path("<path:name>", views.stored_file, name="file")]
