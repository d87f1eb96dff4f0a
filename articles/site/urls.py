"""The public addresses."""

from django.urls import path

from articles.site import views

app_name = "site"
urlpatterns = [
    path("", views.home, name="home"),
    path("feed/", views.feed, name="feed"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap/<slug:part>.xml", views.sitemap_part, name="sitemap_part"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("corrections/", views.corrections, name="corrections"),
    path("preview/<str:key>/", views.preview, name="preview"),
    path("preview/<str:key>/<path:name>", views.preview_file, name="preview_file"),
    path("author/<slug:slug>/", views.author, name="author"),
    path("<slug:slug>/", views.section, name="section"),
    path("<slug:slug>/feed/", views.section_feed, name="section_feed"),
    path("<str:section>/<str:slug>-<int:pk>/", views.story, name="story"),
    path("<path:path>", views.without_slash, name="without_slash"),
]
