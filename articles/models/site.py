"""The site's tables: approved copies of stories, each with its span of time on the site."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.rules import timing
from articles.rules.cursors import Cursor

from .shared import Author, Category, StoryFields


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Words that chain into a sentence: live(at=now).in_section(section).newest_first()."""

    def live(self, *, at: datetime) -> Self:
        """Those on the site at the moment `at`; at most one of each story."""
        return self.filter(timing.live(at))

    def begun(self, *, at: datetime) -> Self:
        """Those that readers had seen by the moment `at`, over or not."""
        return self.filter(live_from__lte=at)

    def in_section(self, section: Category) -> Self:
        """Those of a section; a main section includes its parts."""
        if section.parent_id:
            return self.filter(section=section)
        return self.filter(top_section=section)

    def newest_first(self) -> Self:
        """By the story's first moment on the site, so that an update does not jump the queue."""
        return self.order_by("-first_published", "-article_id")

    def before(self, cursor: Cursor | None) -> Self:
        """Those that come after a place in the newest-first list; all where it is None."""
        if cursor is None:
            return self
        return self.filter(cursor.rest("first_published", "article_id"))


class Publication(StoryFields):
    """An approved copy of a story, frozen, on the site in [live_from, live_until)."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="publications"
    )
    section = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="publications")
    # The section's main section, kept here because lists of it must come from one index.
    top_section = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=timing.Kind)
    # The kind that was asked: a plan is the story's first only for as long as none comes before it.
    asked_kind = models.CharField(max_length=10, choices=timing.Kind, default=timing.Kind.UPDATE)
    note = models.TextField(_("note"), blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("approved by"),
    )
    approved_at = models.DateTimeField(_("approved"))
    first_published = models.DateTimeField(_("first published"))
    live_from = models.DateTimeField(_("on the site from"))
    # The end that was asked for; `live_until` is the end in effect.
    until = models.DateTimeField(_("expiry asked for"), null=True, blank=True)
    live_until = models.DateTimeField(_("on the site until"), null=True, blank=True)
    digest = models.CharField(max_length=64)
    # Rendered HTML of the card's picture; the only markup that a list reads.
    card_picture_html = models.TextField(blank=True)
    authors = models.ManyToManyField(Author, through="PublicationAuthor")

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["article_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="publication_number_once"),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(live_until__isnull=True),
                name="publication_one_open_end",
            ),
            models.CheckConstraint(
                condition=Q(live_until__isnull=True) | Q(live_until__gt=F("live_from")),
                name="publication_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(first_published__lte=F("live_from")),
                name="publication_first_published_before",
            ),
        ]
        indexes = [
            # The span stands in the index, so that expired stories cost no look at their rows.
            models.Index(
                fields=["-first_published", "-article", "live_from", "live_until"],
                name="publication_newest",
            ),
            models.Index(
                fields=["section", "-first_published", "-article", "live_from", "live_until"],
                name="publication_of_section",
            ),
            models.Index(
                fields=["top_section", "-first_published", "-article", "live_from", "live_until"],
                name="publication_of_top_section",
            ),
            models.Index(fields=["article", "live_from"], name="publication_of_story"),
            models.Index(fields=["kind", "-live_from"], name="publication_of_kind"),
            # What begins and what ends in a span of time.
            models.Index(fields=["live_from"], name="publication_begins"),
            models.Index(
                fields=["live_until"],
                condition=Q(live_until__isnull=False),
                name="publication_ends",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("site:story", args=[self.section.slug, self.slug, self.article_id])

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.first_published, self.article_id)


class PublicationText(models.Model):
    """A publication's long text, in a row of its own so that lists stay narrow."""

    publication = models.OneToOneField(
        Publication, on_delete=models.CASCADE, primary_key=True, related_name="text"
    )
    body = models.TextField(blank=True)
    # What readers get of the body: written by articles.publishing.rendering only.
    body_html = models.TextField(blank=True)
    # {"url", "width", "height"} of the picture that a shared link shows; empty without a picture.
    social_picture = models.JSONField(default=dict, blank=True)
    rendered_with = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.publication_id)


class PublicationPicture(models.Model):
    """A picture as a publication shows it: its alt text, credit and marks of that time."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="pictures")
    position = models.PositiveSmallIntegerField()
    image = models.ForeignKey(
        "media.Image", on_delete=models.PROTECT, related_name="publication_rows"
    )
    alt_text = models.TextField(blank=True)
    # Made of a picture's photographer and its credit.
    credit = models.CharField(max_length=501, blank=True)
    illustrative = models.BooleanField(default=False)
    ai = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.publication_id}/{self.position}"


class PublicationLink(models.Model):
    """A related link of a publication; a story's is resolved when a page is built."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="links")
    position = models.PositiveSmallIntegerField()
    target = models.ForeignKey(
        "articles.Article",
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
    )
    url = models.URLField(max_length=500, blank=True)
    title = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title or str(self.target_id)


class PublicationAuthor(models.Model):
    """An author's place in a publication's byline; carries the date that an author's list needs."""

    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="author_rows"
    )
    position = models.PositiveSmallIntegerField()
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="publication_rows")
    first_published = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(
                fields=["author", "-first_published", "publication"],
                name="publication_of_author",
            )
        ]

    def __str__(self) -> str:
        return str(self.author)


class PreviewLink(models.Model):
    """A text frozen for somebody without an account, at an address that nobody can guess.

    Its pictures come through that address, too: `files` says which it shows.
    """

    key = models.CharField(max_length=64, unique=True)
    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="preview_links"
    )
    # Which version was frozen, in words.
    version = models.CharField(_("version"), max_length=200)
    for_whom = models.CharField(_("for whom"), max_length=200)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    openings = models.PositiveIntegerField(default=0)
    last_opened = models.DateTimeField(null=True)
    html = models.TextField()
    files = models.JSONField(default=list)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.for_whom

    def get_absolute_url(self) -> str:
        return reverse("site:preview", args=[self.key])

    def is_open(self, *, at: datetime) -> bool:
        """May it be read at the moment `at`?"""
        return self.revoked_at is None and at < self.expires_at
