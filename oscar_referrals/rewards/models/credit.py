"""CreditUse: how a reward that is spent in parts is spent."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from oscar_referrals.rewards.models.reward import Reward


class CreditUse(models.Model):
    """A part of one reward on its way into one order, in minor units of the reward's unit.

    Written under the lock of its reward, whose `reserved` and `used` are the sums of these rows.
    """

    class State(models.TextChoices):
        RESERVED = "reserved", _("Reserved for a basket")
        PAYING = "paying", _("Part of a payment")
        CAPTURED = "captured", _("Paid with")
        RELEASED = "released", _("Released")

    reward = models.ForeignKey(Reward, on_delete=models.PROTECT, related_name="uses")
    basket = models.ForeignKey(
        "basket.Basket", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Known as soon as the payment begins, and before there is an order.
    order_number = models.CharField(_("order"), max_length=128, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    amount = models.BigIntegerField(_("amount"))
    # What of it went back to the owner, because the order was undone.
    restored = models.BigIntegerField(_("given back"), default=0)
    created_at = models.DateTimeField(_("reserved"))
    changed_at = models.DateTimeField(_("last changed"))

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("use of credit")
        verbose_name_plural = _("uses of credit")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reward", "basket"],
                condition=Q(state__in=["reserved", "paying"]),
                name="rf_credit_once_per_basket",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="rf_credit_positive"),
            models.CheckConstraint(
                condition=Q(restored__gte=0, restored__lte=F("amount")), name="rf_credit_restored"
            ),
        ]
        indexes = [
            models.Index(fields=["order_number"], name="rf_credit_order"),
            models.Index(
                fields=["changed_at"],
                condition=Q(state__in=["reserved", "paying"]),
                name="rf_credit_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reward}: {self.amount} ({self.state})"
