"""What the desk and the site share: sections, authors and a story's short fields."""

from itertools import count

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.rules.addresses import is_reserved, settled, slug_of


class Genre(models.TextChoices):
    """What kind of story it is (schema.org `genre`)."""

    REPORT = "report", _("Report")
    BRIEF = "brief", _("Brief")
    PHOTO = "photo", _("Photo story")
    INTERVIEW = "interview", _("Interview")
    FORUM = "forum", _("Forum")
    OPINION = "opinion", _("Opinion")


def free_slug(row: "Category | Author", *, fallback: str) -> str:
    """An address made from a row's name, that no row of another name has.

    Names in other letters than Latin leave nothing to make one of, and others fold to the same. The
    very same name again gets the same address, which its row then refuses.
    """
    slug = slug_of(row.name, fallback=fallback)
    others = type(row).objects.filter(slug__startswith=slug).exclude(pk=row.pk)
    taken = set(others.exclude(name=row.name).values_list("slug", flat=True))
    numbered = (f"{slug}-{number}" for number in count(2))
    return slug if slug not in taken else next(free for free in numbered if free not in taken)


class Category(models.Model):
    """A section ("chuyên mục") of the paper, on one of two levels."""

    # Each main section, followed by its parts. (The databases disagree about where an empty parent
    # sorts.)
    MENU_ORDER = (
        Coalesce("parent__position", "position"),
        Coalesce("parent__name", "name"),
        F("parent").asc(nulls_first=True),
        "position",
        "name",
    )

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_(
            "Made from the name when left empty. A changed address redirects from the old one."
        ),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
        help_text=_("Empty for a main section."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    description = models.CharField(_("description"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the old address as a redirect, and the publications' main section in step."""
        before = Category.objects.filter(pk=self.pk).values("slug", "parent_id").first()
        super().save(*args, **kwargs)
        FormerSlug.objects.filter(slug=self.slug).delete()
        if before and before["slug"] != self.slug:
            FormerSlug.objects.create(slug=before["slug"], section=self)
        if before and before["parent_id"] != self.parent_id:
            self.publications.update(top_section=self.top)

    def get_absolute_url(self) -> str:
        return reverse("site:section", args=[self.slug])

    def clean(self) -> None:
        self.slug = settled(self.slug) or free_slug(self, fallback="chuyen-muc")
        if is_reserved(self.slug):
            raise ValidationError(
                {"slug": _("The site itself uses this address; choose another.")},
                code="reserved_slug",
            )
        if FormerSlug.objects.filter(slug=self.slug).exclude(section_id=self.pk).exists():
            raise ValidationError(
                {"slug": _("Another section had this address before and redirects from it.")},
                code="former_slug",
            )
        if self.parent_id:
            self._check_two_levels()

    def _check_two_levels(self) -> None:
        if self.parent_id == self.pk:
            problem = _("A section cannot be a part of itself.")
        elif self.parent.parent_id:
            problem = _("Sections have two levels; choose a main section.")
        elif self.pk and self.children.exists():
            problem = _("This section has parts of its own, so it stays a main section.")
        else:
            return
        raise ValidationError({"parent": problem}, code="two_levels")

    @property
    def indented_name(self) -> str:
        """As it stands in a list in MENU_ORDER: a part is set in under its main section."""
        return f"— {self.name}" if self.parent_id else self.name

    @property
    def top(self) -> "Category":
        """The main section that this one belongs to: itself, or its parent."""
        return self.parent or self


class FormerSlug(models.Model):
    """An address that a section had before; it redirects to the section's address of today."""

    slug = models.SlugField(max_length=80, unique=True)
    section = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return self.slug


class Author(models.Model):
    """A name that stands in bylines: a person or a pen name, with or without an account."""

    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("address"), max_length=100, unique=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="pen_names",
        verbose_name=_("account"),
    )

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.slug = settled(self.slug) or free_slug(self, fallback="tac-gia")


class StoryFields(models.Model):
    """A story's short fields, the same in the working copy and in what readers get.

    Names follow schema.org NewsArticle: https://schema.org/NewsArticle
    """

    headline = models.CharField(_("headline"), max_length=300)
    slug = models.SlugField(_("address"), max_length=120, blank=True)
    dateline = models.CharField(_("mark before the lede"), max_length=60, blank=True)
    lede = models.TextField(_("lede"), blank=True, max_length=2000)
    genre = models.CharField(_("genre"), max_length=12, choices=Genre, default=Genre.REPORT)
    byline = models.CharField(
        _("source line"),
        max_length=200,
        blank=True,
        help_text=_("Stands after the authors' names, such as “according to TTXVN”."),
    )
    lead_image = models.ForeignKey(
        "media.Image",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lead picture"),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.headline
