"""The desk's tables: working copies and what hangs on them. No public page reads any of these."""

import uuid
from collections.abc import Callable
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.rules.permissions import Stage

from .shared import Author, Category, StoryFields

# What readers get of a story: written by save_story only.
TEXT = (
    *("headline", "slug", "dateline", "lede", "section", "genre", "byline", "lead_image"),
    "body",
)
# What a plain save() writes: neither the text nor what saving and the verbs count.
OF_A_PLAIN_SAVE = ("owner", "stage", "source_key", "imported_first_published")


class Article(StoryFields):
    """A story's working copy. What readers get of it are its publications."""

    section = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("section"),
    )
    stage = models.CharField(
        _("stage"),
        max_length=10,
        choices=[
            (Stage.DRAFT.value, _("Draft")),
            (Stage.SUBMITTED.value, _("submitted")),
            (Stage.APPROVED.value, _("approved")),
        ],
        default=Stage.DRAFT.value,
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="stories",
        verbose_name=_("owner"),
    )
    authors = models.ManyToManyField(
        Author, through="ArticleAuthor", blank=True, verbose_name=_("authors")
    )
    # A save that started from an older version is refused.
    version = models.PositiveIntegerField(default=0)
    # Made by the form, so that the same form sent twice makes one story.
    form_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # Publication numbers are never given twice, not even after a plan was cancelled.
    last_number = models.PositiveIntegerField(default=0)
    source_key = models.CharField(max_length=200, unique=True, null=True, blank=True)
    imported_first_published = models.DateTimeField(null=True, blank=True)
    # Of the content, to say "changed since publication" without comparing texts.
    digest = models.CharField(max_length=64, blank=True)
    # The headline without accents, which the desk's search looks through.
    folded = models.CharField(max_length=320, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    updated_at = models.DateTimeField(_("saved"), default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("saved by"),
    )
    body = models.TextField(_("body"), blank=True)

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-updated_at", "-pk"]
        indexes = [
            # Wide: the desk's list is searched and filtered without a look at the long rows.
            models.Index(
                fields=["-updated_at", "-id", "stage", "owner", "section", "genre", "folded"],
                name="article_list",
            ),
            models.Index(fields=["owner", "-updated_at", "-id"], name="article_own_list"),
            models.Index(fields=["section", "-updated_at", "-id"], name="article_section_list"),
            models.Index(fields=["stage", "-updated_at", "-id"], name="article_stage_list"),
        ]

    # articles.publishing.saving sets it: a new story goes through that door by itself.
    save_new: ClassVar[Callable[["Article"], None]]

    def save(self, *args: object, **kwargs: object) -> None:
        """A new story is saved as save_story does it; of one that exists, all but its text.

        Where fields are named, those are written. Raises TypeError for a changed text, which only
        save_story cleans, counts and derives captions from.
        """
        if self._state.adding:
            type(self).save_new(self)
            return
        named = kwargs.get("update_fields")
        text = {self._meta.get_field(name).attname for name in TEXT}
        if named is None:
            saved = Article.objects.filter(pk=self.pk).values(*text).first() or {}
            other_text = {name for name in saved if saved[name] != getattr(self, name)}
            kwargs["update_fields"] = OF_A_PLAIN_SAVE
        else:
            other_text = set(named) & {*text, *TEXT}
        if other_text:
            raise TypeError(
                "The text of a story is saved by articles.publishing.saving.save_story, which "
                "cleans it and keeps what is derived from it; save(update_fields=[…]) is for the rest."
            )
        super().save(*args, **kwargs)


class ArticleAuthor(models.Model):
    """An author's place in a working copy's byline."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="byline_rows")
    position = models.PositiveSmallIntegerField()
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["article", "author"], name="author_once_in_byline")
        ]

    def __str__(self) -> str:
        return str(self.author)


class Derived(models.Model):
    """Rows that are derived from a body at each save: a changed one would be lost at the next."""

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise TypeError(
                "Captions are derived from their story's body: change the body, and save the story "
                "with articles.publishing.saving.save_story."
            )
        super().save(*args, **kwargs)


class Caption(Derived):
    """The words under one or several pictures of a story, derived from its body at each save."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="captions")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    images = models.ManyToManyField("media.Image", through="CaptionImage", related_name="captions")

    class Meta:
        verbose_name = _("caption")
        verbose_name_plural = _("captions")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["article", "position"], name="caption_position_once")
        ]

    def __str__(self) -> str:
        return self.text


class CaptionImage(Derived):
    """A picture's place over a caption."""

    caption = models.ForeignKey(Caption, on_delete=models.CASCADE, related_name="image_rows")
    position = models.PositiveSmallIntegerField()
    image = models.ForeignKey("media.Image", on_delete=models.PROTECT, related_name="caption_rows")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["caption", "image"], name="image_once_in_caption")
        ]

    def __str__(self) -> str:
        return f"{self.caption_id}/{self.position}"


class RelatedLink(models.Model):
    """One of the editor's own "you may also like": a story of ours, or an outside address."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="related_links")
    position = models.PositiveSmallIntegerField(default=0)
    target = models.ForeignKey(
        Article,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="linked_from",
        verbose_name=_("story"),
    )
    url = models.URLField(_("outside address"), max_length=500, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("related link")
        verbose_name_plural = _("related links")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(target__isnull=False, url="", title="")
                | (models.Q(target__isnull=True) & ~models.Q(url="") & ~models.Q(title="")),
                name="related_link_one_target",
                violation_error_message=_(
                    "Choose a story of ours, or write an outside address with a title."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(target__isnull=True) | ~models.Q(target=models.F("article")),
                name="related_link_not_itself",
                violation_error_message=_("A story cannot be related to itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.target)


class Record(models.Model):
    """Who did what to which story, when. Rows are only ever added.

    The story and the person are kept as plain keys and names, so that the record outlives both.
    """

    at = models.DateTimeField(_("time"))
    verb = models.CharField(_("what"), max_length=20)
    story = models.ForeignKey(
        Article,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="records",
        verbose_name=_("story"),
    )
    headline = models.CharField(_("headline"), max_length=300)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        verbose_name=_("who"),
    )
    by_name = models.CharField(max_length=150)
    details = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["story", "-at"], name="record_of_story")]

    def __str__(self) -> str:
        return f"{self.by_name}: {self.headline}"

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk:
            raise TypeError("The record is only ever added to.")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> None:
        raise TypeError("The record is only ever added to.")
