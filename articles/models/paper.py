"""The paper's own facts: one row."""

from datetime import time
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.rules import moments, timing


class Paper(models.Model):
    """The paper: what its pages say about it, and how its stories are dressed."""

    name = models.CharField(_("name"), max_length=100, default="Tòa soạn")
    mark = models.CharField(
        _("mark before the lede"),
        max_length=60,
        blank=True,
        help_text=_(
            "With its dash, such as “XYZ - ”. New stories get it; it stands on the story's page only."
        ),
    )
    tagline = models.CharField(_("motto"), max_length=200, blank=True)
    publisher = models.CharField(_("publishing body"), max_length=200, blank=True)
    governing_body = models.CharField(_("governing body"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=300, blank=True)
    head_title = models.CharField(_("head's title"), max_length=80, blank=True)
    head_name = models.CharField(_("head's name"), max_length=100, blank=True)
    address = models.CharField(_("postal address"), max_length=300, blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    facebook = models.URLField(_("Facebook page"), blank=True)
    youtube = models.URLField(_("YouTube channel"), blank=True)
    zalo = models.URLField(_("Zalo page"), blank=True)
    x = models.URLField(_("X account"), blank=True)
    related_title = models.CharField(
        _("title over the related links"), max_length=80, default="Có thể bạn quan tâm"
    )
    same_section_title = models.CharField(
        _("title over the section's newest"), max_length=80, default="Tin cùng chuyên mục"
    )
    apology_title = models.CharField(
        _("title of a correction and apology"),
        max_length=80,
        default="Cải chính, xin lỗi",
        db_default="Cải chính, xin lỗi",
        help_text=_(
            "The form that the Press Law asks for; plain corrections have their own title."
        ),
    )
    apology_parts = models.TextField(
        _("what a correction and apology says"),
        blank=True,
        default="Nội dung đã đăng\nNội dung đúng\nLời xin lỗi",
        db_default="Nội dung đã đăng\nNội dung đúng\nLời xin lỗi",
        help_text=_("A line for each part; the editor fills in all of them."),
    )
    credit_required = models.BooleanField(
        _("every picture needs a credit line"),
        default=False,
        help_text=_("Then a story is not published while one of its pictures names nobody."),
    )
    slots = models.CharField(
        _("usual times of going live"),
        max_length=200,
        blank=True,
        default="05:30, 06:00, 11:00, 17:00",
        db_default="05:30, 06:00, 11:00, 17:00",
        help_text=_("Times of day, such as 05:30, 06:00; offered wherever a time is chosen."),
    )
    date_format = models.CharField(
        _("date format"),
        max_length=40,
        default="l, j/n/Y, H:i",
        help_text=_("Django's letters: l weekday, j day, n month, Y year, H:i hour and minute."),
    )

    class Meta:
        verbose_name = _("newspaper details")
        verbose_name_plural = _("newspaper details")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="paper_is_one_row")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def load(cls) -> Self:
        """The paper's row, or one of defaults where none was saved yet. One query."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @property
    def apology_labels(self) -> list[str]:
        """The parts of a correction and apology, in order."""
        return [line.strip() for line in self.apology_parts.splitlines() if line.strip()]

    @property
    def usual_times(self) -> list[time]:
        """The times of day of `slots`, in order; none where they are not to be read."""
        try:
            return moments.slots_of(self.slots)
        except timing.Refused:
            return []

    @property
    def channels(self) -> list[tuple[str, str]]:
        """Name and address of each channel to follow, those that the paper has."""
        pairs = [
            ("Facebook", self.facebook),
            ("YouTube", self.youtube),
            ("Zalo", self.zalo),
            ("X", self.x),
        ]
        return [(name, address) for name, address in pairs if address]
