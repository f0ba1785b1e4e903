"""Reward: what one party is owed, and its state."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs.models import Incentive, Program


class Reward(models.Model):
    """What one party is owed for one trigger of one referral, and its state.

    `amount` is in minor units of `unit`; a percentage voucher is one of unit "vouchers", because
    what it is worth is known only when it is spent. All other figures are in `unit` as well, but
    those about a clawback, which are money in `currency`.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Pending")
        AVAILABLE = "available", _("Available")
        REDEEMED = "redeemed", _("Redeemed")
        VOIDED = "voided", _("Voided")
        REVERSED = "reversed", _("Reversed")
        EXPIRED = "expired", _("Expired")

    key = models.CharField(max_length=200, unique=True)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="rewards")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="rewards")
    # None for what staff gave by hand.
    incentive = models.ForeignKey(
        Incentive, null=True, blank=True, on_delete=models.PROTECT, related_name="rewards"
    )
    # What earned it: an order's number, or the name of another occasion ("milestone-5").
    source = models.CharField(_("earned by"), max_length=128, blank=True)
    side = models.CharField(_("who gets it"), max_length=10, choices=Incentive.Side.choices)
    advocate = models.ForeignKey(
        Advocate, null=True, blank=True, on_delete=models.PROTECT, related_name="rewards"
    )
    # Who may spend it: a copy of the advocate's account, so that a till needs no join to know.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="referral_rewards",
    )
    kind = models.CharField(_("kind"), max_length=128)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    unit = models.CharField(_("unit"), max_length=8)
    amount = models.BigIntegerField(_("amount"))
    # The percentage it is worth: a tier's may be another than the incentive's.
    percent = models.DecimalField(
        _("percentage"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    # Taken off again: by refunds and re-evaluation, and by staff (negative: less).
    reduced = models.BigIntegerField(_("taken back"), default=0)
    reduced_reason = models.CharField(_("taken back because"), max_length=40, blank=True)
    adjusted = models.BigIntegerField(_("adjusted by staff"), default=0)
    # Set off against the clawback of earlier rewards when it became available.
    netted = models.BigIntegerField(_("set off"), default=0)
    # Of a reward that can be spent in parts: what baskets hold now, and what orders have spent.
    reserved = models.BigIntegerField(_("reserved"), default=0)
    used = models.BigIntegerField(_("used"), default=0)
    # What was spent although it had to be taken back: later rewards are set off against it.
    clawback = models.BigIntegerField(_("clawback"), default=0)
    clawback_since = models.DateTimeField(_("clawback since"), null=True, blank=True)
    written_off = models.BigIntegerField(_("written off"), default=0)
    currency = models.CharField(_("currency"), max_length=3)
    created_at = models.DateTimeField(_("created"))
    hold_until = models.DateTimeField(_("held until"), null=True, blank=True)
    available_at = models.DateTimeField(_("available since"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    # The expiry of which its owner was reminded; another one is another reminder.
    reminded_for = models.DateTimeField(_("reminded of"), null=True, blank=True)
    # The Oscar voucher that the owner spends.
    voucher = models.OneToOneField(
        "voucher.Voucher", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    voucher_code = models.CharField(_("voucher code"), max_length=32, blank=True)
    # The basket that may spend it now; the conditional update of this column is the lock.
    basket = models.ForeignKey(
        "basket.Basket", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    basket_since = models.DateTimeField(null=True, blank=True)
    # Filled by one conditional update inside Oscar's order transaction: that is the redemption.
    spent_order_number = models.CharField(_("spent with order"), max_length=128, blank=True)
    spent_amount = models.BigIntegerField(_("discount given"), null=True, blank=True)
    spent_at = models.DateTimeField(_("spent"), null=True, blank=True)
    # What staff paid of it outside the shop, in minor units of the currency, whatever its unit; and
    # that they have asked to: then nobody gets it before a second person has decided.
    settled_amount = models.BigIntegerField(_("settled outside the shop"), null=True, blank=True)
    settlement_asked = models.BooleanField(
        _("settlement outside the shop asked for"), default=False, db_default=False
    )

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("reward")
        verbose_name_plural = _("rewards")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "incentive", "side", "source"], name="rf_reward_per_occasion"
            ),
            models.UniqueConstraint(
                fields=["voucher_code"], condition=~Q(voucher_code=""), name="rf_reward_code"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="rf_reward_not_negative"),
            models.CheckConstraint(
                condition=Q(
                    reduced__gte=0,
                    netted__gte=0,
                    reserved__gte=0,
                    used__gte=0,
                    written_off__gte=0,
                    clawback__gte=F("written_off"),
                ),
                name="rf_reward_figures",
            ),
            # The wallet never gives more than was owed, whoever asks at the same time (I3).
            models.CheckConstraint(
                condition=Q(
                    amount__gte=F("used") + F("reserved") + F("netted") - F("adjusted"),
                ),
                name="rf_reward_not_overspent",
            ),
            # Paid outside the shop, nothing of it can be spent in the shop as well (I3).
            models.CheckConstraint(
                condition=Q(settled_amount__isnull=True)
                | Q(settled_amount__gt=0, used=0, reserved=0, spent_order_number="")
                & ~Q(state="available"),
                name="rf_reward_not_paid_twice",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "state"], name="rf_reward_owner"),
            models.Index(fields=["state", "hold_until"], name="rf_reward_hold"),
            models.Index(fields=["state", "expires_at"], name="rf_reward_expiry"),
            # Of whom is still to be reminded.
            models.Index(
                fields=["expires_at"],
                condition=Q(state="available") & ~Q(reminded_for=F("expires_at")),
                name="rf_reward_remind",
            ),
            models.Index(fields=["spent_order_number"], name="rf_reward_spent"),
            models.Index(fields=["program", "created_at"], name="rf_reward_time"),
            models.Index(
                fields=["program", "spent_at"],
                condition=Q(spent_at__isnull=False),
                name="rf_reward_spent_time",
            ),
            # For the repair of what was deleted in Oscar; nearly always empty.
            models.Index(
                fields=["referral"],
                condition=Q(state="available", voucher__isnull=True)
                & Q(kind__in=["voucher", "free_shipping"]),
                name="rf_reward_unissued",
            ),
            # Whoever gets a reward asks whether something has to be set off; nearly always empty.
            models.Index(
                fields=["advocate", "currency"],
                condition=Q(clawback__gt=0),
                name="rf_reward_clawback",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def percentage(self) -> Decimal | None:
        """What it is worth in percent; None for an amount, and for what staff gave."""
        if self.percent is not None or self.incentive is None:
            return self.percent
        # Made before rewards kept their own.
        return self.incentive.percent

    @property
    def net(self) -> int:
        """What is owed in all after what was taken back, in `unit`; never negative."""
        return max(0, self.amount + self.adjusted - self.reduced)

    @property
    def left(self) -> int:
        """What can still be spent of it, in `unit`, if its state allows; never negative."""
        if self.settled_amount is not None:
            return 0
        return max(0, self.net - self.netted - self.reserved - self.used)
