"""Claim, Referral and Decision."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oscar_referrals.frozen import AppendOnly
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs.models import Incentive, Program, ProgramVersion
from oscar_referrals.sharing.models import ReferralCode


class Claim(models.Model):
    """A friend took the offer. Both sides settle under the version pinned here."""

    class Method(models.TextChoices):
        TYPED = "typed", _("Code typed")
        LINK = "link", _("Offer claimed on the link's page")
        VISIT = "visit", _("Link opened, with the visitor's consent")
        NAME = "name", _("Advocate named by the friend")
        LATE = "late", _("Asked for after the order")
        STAFF = "staff", _("Entered by staff")

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="claims")
    version = models.ForeignKey(ProgramVersion, on_delete=models.PROTECT, related_name="claims")
    code = models.ForeignKey(ReferralCode, on_delete=models.PROTECT, related_name="claims")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    method = models.CharField(_("method"), max_length=10, choices=Method.choices)
    # What the friend read the shop in: their mails are written in it. Empty if nobody knows.
    language = models.CharField(_("language"), max_length=15, blank=True)
    # Whose claim it is while no account is known: the pseudonym of `identity.visitor_key`.
    visitor = models.CharField(max_length=32, blank=True)
    channel = models.CharField(_("channel"), max_length=30, blank=True)
    placement = models.CharField(_("placement"), max_length=40, blank=True)
    campaign = models.CharField(_("campaign"), max_length=60, blank=True)
    claimed_at = models.DateTimeField(_("claimed"))
    # When the friend took it last, if that was more than once; the promise dates from the first.
    taken_at = models.DateTimeField(_("taken again"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    # The friend agreed to it; without that the advocate reads "Friend 3".
    shows_name = models.BooleanField(_("the advocate may see my first name"), default=False)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        indexes = [
            models.Index(fields=["program", "claimed_at"], name="rf_claim_time"),
            models.Index(fields=["user", "used_at"], name="rf_claim_user"),
            models.Index(fields=["visitor"], condition=~Q(visitor=""), name="rf_claim_visitor"),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.claimed_at:%Y-%m-%d})"


class Referral(models.Model):
    """Advocate brought friend with an order, under one version; or why that was refused."""

    class State(models.TextChoices):
        BOUND = "bound", _("Credited")
        REFUSED = "refused", _("Refused")
        RELEASED = "released", _("Released")

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="referrals")
    version = models.ForeignKey(ProgramVersion, on_delete=models.PROTECT, related_name="referrals")
    code = models.ForeignKey(ReferralCode, on_delete=models.PROTECT, related_name="referrals")
    advocate = models.ForeignKey(Advocate, on_delete=models.PROTECT, related_name="referrals")
    claim = models.ForeignKey(
        Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals"
    )
    friend = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="referrals_as_friend",
    )
    friend_key = models.CharField(max_length=64, blank=True)
    order = models.ForeignKey(
        "order.Order", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Empty while there is no order: a friend who registered, or what staff entered by hand.
    order_number = models.CharField(_("order"), max_length=128, blank=True, db_index=True)
    currency = models.CharField(_("currency"), max_length=3)
    order_total = models.BigIntegerField(_("order total"))
    # What a percentage of the order is taken of: its goods after discounts; None: the total.
    basis = models.BigIntegerField(_("goods after discounts"), null=True, blank=True)
    signed_up_at = models.DateTimeField(_("registered"), null=True, blank=True)
    # When it became a successful referral, and the how manieth of its advocate it was then.
    counted_at = models.DateTimeField(_("successful since"), null=True, blank=True)
    ordinal = models.PositiveIntegerField(_("number"), null=True, blank=True)
    # Off the goods; what came off the delivery charge stands beside it.
    friend_discount = models.BigIntegerField(_("friend's discount"), default=0)
    shipping_discount = models.BigIntegerField(_("friend's discount on delivery"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    created_at = models.DateTimeField(_("ordered"))
    # Staff credited the order to somebody else: which row counts instead, and since when. What the
    # replaced one saved the friend at the till stays with it.
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)
    earlier_discount = models.BigIntegerField(
        _("friend's discount by a replaced referral"), default=0
    )
    settled_at = models.DateTimeField(_("last settled"), null=True, blank=True)
    settle_due_at = models.DateTimeField(_("next settlement"), null=True, blank=True)
    # What went wrong when it was settled last, and how often in a row; empty when nothing did.
    settle_error = models.CharField(_("last error"), max_length=300, blank=True)
    settle_failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    settle_failed_at = models.DateTimeField(_("last failure"), null=True, blank=True)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order_number"],
                condition=~Q(order_number="") & Q(replaced_at__isnull=True),
                name="rf_referral_order_once",
            ),
            models.UniqueConstraint(
                fields=["program", "friend_key"],
                condition=Q(state="bound") & ~Q(friend_key=""),
                name="rf_friend_bound_once",
            ),
            models.UniqueConstraint(
                fields=["program", "friend"],
                condition=Q(state="bound", friend__isnull=False),
                name="rf_friend_user_bound_once",
            ),
            models.CheckConstraint(
                condition=Q(friend_discount__gte=0), name="rf_friend_discount_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(shipping_discount__gte=0), name="rf_shipping_discount_not_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["settle_due_at"], name="rf_settle_due"),
            # What needs a person; nearly always empty.
            models.Index(
                fields=["settle_failed_at"], condition=~Q(settle_error=""), name="rf_settle_failed"
            ),
            models.Index(fields=["program", "created_at"], name="rf_referral_time"),
            models.Index(fields=["friend_key"], name="rf_referral_friend_key"),
            models.Index(
                fields=["program", "advocate"],
                condition=Q(counted_at__isnull=False),
                name="rf_referral_counted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_number or _('registered')}: {self.code}"

    @property
    def saved(self) -> int:
        """All that the friend saved at the till, in minor units of `currency`."""
        return self.friend_discount + self.shipping_discount

    def discount_of(self, incentive: Incentive) -> int:
        """What the friend saved by one incentive at the till, in minor units of `currency`."""
        if incentive.kind == Incentive.Kind.FREE_SHIPPING:
            return self.shipping_discount
        return self.friend_discount


class Decision(AppendOnly):
    """Why something was granted, held, limited or refused. Append-only and replayable."""

    class Verdict(models.TextChoices):
        GRANTED = "granted", _("Granted")
        HELD = "held", _("Held")
        LIMITED = "limited", _("Limited")
        REFUSED = "refused", _("Refused")

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(
        Referral, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    subject = models.CharField(_("subject"), max_length=160)
    order_number = models.CharField(_("order"), max_length=128, blank=True, db_index=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices)
    reason = models.CharField(_("reason"), max_length=40)
    inputs = models.JSONField(_("inputs"), default=dict)
    # Who was considered for the credit, each with what became of it and why.
    candidates = models.JSONField(_("considered"), default=list, blank=True)
    rule_version = models.PositiveIntegerField(_("rule version"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["id"]
        indexes = [models.Index(fields=["program", "decided_at"], name="rf_decision_time")]

    def __str__(self) -> str:
        return f"{self.subject}: {self.verdict} ({self.reason})"
