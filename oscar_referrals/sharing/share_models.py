"""ShareText, the operator's words; Share, that somebody shared; Material, to send along."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oscar_referrals.frozen import AppendOnly
from oscar_referrals.programs.models import Program
from oscar_referrals.sharing.models import ReferralCode


class ShareText(models.Model):
    """The opening words of what advocates send, in one language, by one channel or by all.

    Plain text; may have the placeholders {offer}, {shop} and {url}. The disclosure is not part of
    it: every message ends with it, whatever stands here.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="share_texts")
    language = models.CharField(_("language"), max_length=15)
    # Empty: for every channel without words of its own.
    channel = models.CharField(_("channel"), max_length=30, blank=True)
    opening = models.TextField(_("opening words"), max_length=1000)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("share text")
        verbose_name_plural = _("share texts")
        constraints = [
            models.UniqueConstraint(
                fields=["program", "language", "channel"], name="rf_one_share_text"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program} {self.language} {self.channel}".strip()


class Share(AppendOnly):
    """An advocate pressed a button that shares. Append-only; whether it was sent nobody knows."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")
    code = models.ForeignKey(ReferralCode, on_delete=models.PROTECT, related_name="shares")
    channel = models.CharField(_("channel"), max_length=30)
    placement = models.CharField(_("placement"), max_length=40, blank=True)
    campaign = models.CharField(_("campaign"), max_length=60, blank=True)
    shared_at = models.DateTimeField(_("shared"))

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("share")
        verbose_name_plural = _("shares")
        indexes = [
            models.Index(fields=["program", "shared_at"], name="rf_share_time"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.channel}"


class MaterialQuerySet(models.QuerySet["Material"]):
    """Questions about the material library."""

    def shown_at(self, moment: datetime) -> MaterialQuerySet:
        """What may be used at ``moment``: its first day has come and its last is not over."""
        return self.filter(
            Q(shown_from__isnull=True) | Q(shown_from__lte=moment),
            Q(shown_until__isnull=True) | Q(shown_until__gt=moment),
        )


class Material(models.Model):
    """A picture, a banner or a text that advocates may send along, in one language."""

    class Kind(models.TextChoices):
        PICTURE = "picture", _("Picture")
        BANNER = "banner", _("Banner")
        TEXT = "text", _("Text")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="material")
    # Empty: for every language.
    language = models.CharField(_("language"), max_length=15, blank=True)
    title = models.CharField(_("title"), max_length=100)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PICTURE)
    file = models.ImageField(
        _("file"),
        upload_to="referrals/material/",
        blank=True,
        width_field="width",
        height_field="height",
    )
    width = models.PositiveIntegerField(_("width"), null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True, editable=False)
    alt_text = models.CharField(
        _("description for those who can’t see it"), max_length=200, blank=True
    )
    text = models.TextField(_("text"), max_length=1000, blank=True)
    shown_from = models.DateTimeField(_("shown from"), null=True, blank=True)
    shown_until = models.DateTimeField(_("shown until"), null=True, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("material")
        verbose_name_plural = _("material")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="text") & ~Q(text="")) | (~Q(kind="text") & ~Q(alt_text="")),
                name="rf_material_has_words",
            ),
        ]

    def __str__(self) -> str:
        return self.title
