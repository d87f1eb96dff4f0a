"""Pictures and the files that readers get of them."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from media import credits, renditions
from media.metadata import MAX_NAME
from media.text import fold


class Image(models.Model):
    """A picture of the library. Its file is the clean master, never the bytes as uploaded.

    The file, its size and sha256 are written by media.library alone; words, rights and the
    focal point are edited.
    """

    class AI(models.TextChoices):
        """IPTC's digital source types, as far as readers need them."""

        MADE = "made", _("Made with AI")
        EDITED = "edited", _("Edited with AI")

    file = models.FileField(_("file"), max_length=100, editable=False)
    alt_text = models.CharField(
        _("alt text"),
        max_length=MAX_NAME,
        blank=True,
        help_text=_("What is in the picture, for readers who cannot see it."),
    )
    caption = models.TextField(
        _("default caption"),
        blank=True,
        help_text=_(
            "Copied into a story when the picture is placed; changing it changes no story."
        ),
    )
    # db_default: the code of the version before brings pictures in without it.
    photographer = models.CharField(
        _("photographer"),
        max_length=MAX_NAME,
        blank=True,
        default="",
        db_default="",
        help_text=_("Who took the picture; several names with commas between them."),
    )
    credit = models.CharField(
        _("credit line"),
        max_length=MAX_NAME,
        blank=True,
        help_text=_("The agency or whom else to name; readers see the photographer before it."),
    )
    source = models.CharField(
        _("source"), max_length=MAX_NAME, blank=True, help_text=_("Where the picture came from.")
    )
    illustrative = models.BooleanField(
        _("illustration"),
        default=False,
        help_text=_(
            "It shows something similar, not the event itself; labelled under the picture."
        ),
    )
    ai = models.CharField(
        _("AI"),
        max_length=10,
        blank=True,
        choices=AI.choices,
        help_text=_("Whether AI made or edited it; labelled under the picture."),
    )
    rights = models.CharField(_("usage rights"), max_length=MAX_NAME, blank=True)
    rights_until = models.DateTimeField(_("usage rights end"), null=True, blank=True)
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    focus_x = models.FloatField(_("focal point, from the left"), default=0.5)
    focus_y = models.FloatField(_("focal point, from the top"), default=0.5)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    sha256 = models.CharField(
        _("SHA-256 of the bytes as uploaded"), max_length=64, unique=True, editable=False
    )
    tone = models.PositiveSmallIntegerField(
        _("placeholder colour"), default=renditions.MID_GREY, editable=False
    )
    animated = models.BooleanField(
        _("was animated"),
        default=False,
        editable=False,
        help_text=_("The file held an animation; its first frame is the picture."),
    )
    original_name = models.CharField(
        _("file name"), max_length=MAX_NAME, blank=True, editable=False
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="pictures_uploaded",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)
    holders = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        editable=False,
        related_name="pictures_held",
        verbose_name=_("uploader"),
    )
    folded = models.TextField(editable=False, default="")

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        indexes = [
            # The library lists the newest first.
            models.Index(fields=["-uploaded_at", "-id"], name="media_image_newest"),
            # Its filters: what still lacks words, and whose rights end.
            models.Index(
                fields=["-uploaded_at", "-id"],
                condition=Q(alt_text=""),
                name="media_image_no_alt_text",
            ),
            models.Index(
                fields=["-uploaded_at", "-id"], condition=Q(credit=""), name="media_image_no_credit"
            ),
            models.Index(
                fields=["photographer", "-uploaded_at", "-id"],
                condition=Q(photographer__gt=""),
                name="media_image_photographer",
            ),
            models.Index(
                fields=["rights_until"],
                condition=Q(rights_until__isnull=False),
                name="media_image_rights_end",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0), name="media_image_has_a_size"
            ),
            models.CheckConstraint(
                condition=Q(focus_x__gte=0, focus_x__lte=1, focus_y__gte=0, focus_y__lte=1),
                name="media_image_focus_is_inside",
                violation_error_message=_("The focal point lies outside the picture."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def save(
        self, *args: object, update_fields: Iterable[str] | None = None, **kwargs: object
    ) -> None:
        """Keeps the searchable words in step with those that are edited."""
        self.folded = fold(
            " ".join(
                [
                    self.alt_text,
                    self.caption,
                    self.photographer,
                    self.credit,
                    self.source,
                    self.original_name,
                ]
            )
        )
        if update_fields is not None:
            update_fields = {*update_fields, "folded"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def label(self) -> str:
        """What the desk calls the picture."""
        return self.alt_text or self.caption or self.original_name or f"#{self.pk}"

    def with_new_photographer(self, given: dict[str, object]) -> dict[str, object]:
        """Values that the picture is given, and the credit that names the photographer among them.

        A credit that is given itself stands as it is.
        """
        if "photographer" not in given or "credit" in given:
            return given
        credit = credits.renamed(self.credit, self.photographer, str(given["photographer"]))
        return given if credit == self.credit else {**given, "credit": credit}

    @property
    def credit_line(self) -> str:
        """Whom readers see named under the picture."""
        return credits.line(self.photographer, self.credit)

    @property
    def focus(self) -> tuple[float, float]:
        """The point that crops keep, as shares of width and height from the top left."""
        return self.focus_x, self.focus_y


class Rendition(models.Model):
    """One file that readers get of a picture: derived from the master, replaceable."""

    class Kind(models.TextChoices):
        STORY = renditions.STORY, _("In a story")
        CARD = renditions.CARD, _("On a card")
        SOCIAL = renditions.SOCIAL, _("Shared")

    class Format(models.TextChoices):
        AVIF = renditions.AVIF, "AVIF"
        JPEG = renditions.JPEG, "JPEG"

    image = models.ForeignKey(
        Image, models.CASCADE, related_name="renditions", verbose_name=_("picture")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    format = models.CharField(_("format"), max_length=10, choices=Format.choices)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    file = models.FileField(_("file"), max_length=100)

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "kind", "format", "width"], name="media_rendition_once"
            ),
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0), name="media_rendition_has_a_size"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.width}x{self.height} {self.format}"


class Replacement(models.Model):
    """That a picture got another file: by whom, when, and which file it had before."""

    image = models.ForeignKey(
        Image, models.CASCADE, related_name="replacements", verbose_name=_("picture")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    sha256 = models.CharField(_("SHA-256 of the bytes before"), max_length=64)
    original_name = models.CharField(_("file name before"), max_length=MAX_NAME, blank=True)

    class Meta:
        verbose_name = _("replacement")
        verbose_name_plural = _("replacements")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"#{self.image_id} {self.at}"


class OldFile(models.Model):
    """A stored file that no row names any more, kept while a page may still show it.

    media.sweeping writes these rows, whatever deletes the row that named the file.
    """

    name = models.CharField(_("file"), max_length=100, unique=True)
    image_id = models.BigIntegerField(_("picture"))
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("old file")
        verbose_name_plural = _("old files")

    def __str__(self) -> str:
        return self.name
