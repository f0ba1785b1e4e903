"""ReferralCode, which is an Oscar voucher for the friend, and Touch, one contact with it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oscar_referrals.frozen import AppendOnly
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs.models import Program, ProgramVersion
from oscar_referrals.sharing.alphabet import pretty


class ReferralCode(models.Model):
    """What the advocate shares. Never recycled, never deleted; blocking is our row's word."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="codes")
    advocate = models.ForeignKey(Advocate, on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(_("code"), max_length=32, unique=True)
    voucher = models.OneToOneField(
        "voucher.Voucher", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    blocked_at = models.DateTimeField(_("blocked"), null=True, blank=True)
    blocked_reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("referral code")
        verbose_name_plural = _("referral codes")
        constraints = [
            models.UniqueConstraint(
                fields=["advocate"],
                condition=Q(blocked_at__isnull=True),
                name="rf_one_active_code",
            ),
        ]

    def __str__(self) -> str:
        return self.pretty

    @property
    def pretty(self) -> str:
        """The code in groups, as people read and say it."""
        return pretty(self.code)


class Touch(AppendOnly):
    """One contact of a visitor with a code. Append-only; holds no raw identifier."""

    class Method(models.TextChoices):
        LINK = "link", _("Link opened")
        TYPED = "typed", _("Code typed")
        CLAIM = "claim", _("Offer claimed")

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(
        ProgramVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    code = models.ForeignKey(ReferralCode, on_delete=models.PROTECT, related_name="touches")
    method = models.CharField(_("method"), max_length=10, choices=Method.choices)
    occurred_at = models.DateTimeField(_("time"))
    visitor = models.CharField(max_length=32, blank=True)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("touch")
        verbose_name_plural = _("touches")
        indexes = [
            models.Index(fields=["program", "occurred_at"], name="rf_touch_time"),
            models.Index(fields=["code", "occurred_at"], name="rf_touch_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.method}"
