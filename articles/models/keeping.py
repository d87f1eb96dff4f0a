"""What the desk keeps of work on a story: its saves, what is being typed, and who has it open.

No public page reads any of these. All go with their story.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .desk import Article


class Save(models.Model):
    """A version of a working copy, as a save left it. Written by articles.publishing.history only.

    The person is kept as a name, too, so that the history outlives the account.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="saves")
    # The working copy's version that this save made.
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    by_name = models.CharField(max_length=150, blank=True)
    # articles.rules.saves.Changed; null where nothing is known of what was before.
    changed = models.JSONField(null=True)
    # The save whose text it brought back.
    restored = models.PositiveIntegerField(null=True)
    # The last verb that took this text to editors or readers.
    mark = models.CharField(max_length=20, blank=True)
    # articles.rules.saves.SavedText. The long ones last: a list of saves walks past none of them.
    fields = models.JSONField()
    body = models.TextField(blank=True)

    class Meta:
        verbose_name = _("save")
        verbose_name_plural = _("saves")
        ordering = ["article", "version"]
        constraints = [
            models.UniqueConstraint(fields=["article", "version"], name="save_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.version}"


class TypedCopy(models.Model):
    """What somebody has typed and not saved, of one tab. Nobody else reads it.

    A tab's row is written over while they type, and goes when it is saved.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="typed_copies"
    )
    # The name that the browser gave to the copy, unique for each tab.
    name = models.CharField(max_length=64)
    # Null before the story exists.
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, null=True, related_name="typed_copies"
    )
    # Of the form, before and after the story exists.
    form_id = models.UUIDField(null=True)
    # "" for the working copy, else a publication's number.
    edits = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField(db_index=True)
    # From which kind of machine, in words for the person.
    place = models.CharField(max_length=100, blank=True)
    headline = models.CharField(max_length=300, blank=True)
    # As articles/desk/static/articles/desk/kept-copy.js keeps it: {"fields": […], "files": […]}.
    content = models.TextField()

    class Meta:
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved texts")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="typed_copy_once")]
        indexes = [models.Index(fields=["article", "user"], name="typed_copy_of_story")]

    def __str__(self) -> str:
        return f"{self.user_id}/{self.article_id}"


class Presence(models.Model):
    """Somebody has a story open in a tab. It ends by time; nothing is locked by it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=64)
    edits = models.CharField(max_length=20, blank=True)
    # What the person is at the desk: a value of articles.rules.permissions.Role.
    role = models.CharField(max_length=30, blank=True)
    since = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)
    typed_at = models.DateTimeField(null=True)
    # When the server last took a copy from there.
    copied_at = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=150, blank=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("open story")
        verbose_name_plural = _("open stories")
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "user", "name"], name="presence_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}/{self.article_id}"
