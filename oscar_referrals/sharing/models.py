"""ReferralCode, which is an Oscar voucher for the friend, and Touch, one contact with it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oscar_referrals.frozen import AppendOnly
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs.models import Program, ProgramVersion
from oscar_referrals.sharing.alphabet import pretty


class ReferralCode(models.Model):
    """What the advocate shares. Never recycled, never deleted; blocking is our row's word.

    An advocate may have several that work; the primary one is what the pages and mails show.
    """

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="codes")
    advocate = models.ForeignKey(Advocate, on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(_("code"), max_length=32, unique=True)
    voucher = models.OneToOneField(
        "voucher.Voucher", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    is_primary = models.BooleanField(_("shown to its owner"), default=True)
    # A code that was replaced works until then; None: for as long as it isn't blocked.
    retires_at = models.DateTimeField(_("works until"), null=True, blank=True)
    blocked_at = models.DateTimeField(_("blocked"), null=True, blank=True)
    blocked_reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("referral code")
        verbose_name_plural = _("referral codes")
        constraints = [
            models.UniqueConstraint(
                fields=["advocate"],
                condition=Q(blocked_at__isnull=True, is_primary=True),
                name="rf_one_active_code",
            ),
        ]

    def __str__(self) -> str:
        return self.pretty

    def is_dead(self, now: datetime) -> bool:
        """Blocked, or replaced and its time is over: for whoever has no claim yet, it is unknown.

        A claim that was made while it worked is honoured, unless staff blocked the code.
        """
        return self.blocked_at is not None or (
            self.retires_at is not None and now >= self.retires_at
        )

    @property
    def pretty(self) -> str:
        """The code in groups, as people read and say it."""
        return pretty(self.code)


class Touch(AppendOnly):
    """One contact of a visitor with a code. Append-only; holds no raw identifier."""

    class Method(models.TextChoices):
        LINK = "link", _("Link opened")
        QR = "qr", _("QR code scanned")
        TYPED = "typed", _("Code typed")
        CLAIM = "claim", _("Offer claimed")
        NAME = "name", _("Advocate named")
        STAFF = "staff", _("Entered by staff")

    class Consent(models.TextChoices):
        UNKNOWN = "", _("Not asked")
        GIVEN = "given", _("Given")
        REFUSED = "refused", _("Refused")
        ASKED_FOR = "claimed", _("The visitor asked for the discount")

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(
        ProgramVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    code = models.ForeignKey(ReferralCode, on_delete=models.PROTECT, related_name="touches")
    method = models.CharField(_("method"), max_length=10, choices=Method.choices)
    occurred_at = models.DateTimeField(_("time"))
    visitor = models.CharField(max_length=32, blank=True)
    # By which way it was shared, from which place in the shop, and for which campaign.
    channel = models.CharField(_("channel"), max_length=30, blank=True)
    placement = models.CharField(_("placement"), max_length=40, blank=True)
    campaign = models.CharField(_("campaign"), max_length=60, blank=True)
    # The path that was opened, without its query; and the other site that led there.
    target = models.CharField(_("page"), max_length=200, blank=True)
    source_host = models.CharField(_("came from"), max_length=100, blank=True)
    consent = models.CharField(_("consent"), max_length=10, blank=True, choices=Consent.choices)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("touch")
        verbose_name_plural = _("touches")
        indexes = [
            models.Index(fields=["program", "occurred_at"], name="rf_touch_time"),
            models.Index(fields=["code", "occurred_at"], name="rf_touch_code"),
            # Of all programs: what is counted, deleted and watched.
            models.Index(fields=["occurred_at"], name="rf_touch_moment"),
            # Few have one: most visitors only look.
            models.Index(
                fields=["visitor", "occurred_at"],
                condition=~Q(visitor=""),
                name="rf_touch_visitor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.method}"
