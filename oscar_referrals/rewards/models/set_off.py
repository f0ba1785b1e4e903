"""SetOff: what a later reward pays of an earlier one's clawback."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from oscar_referrals.rewards.models.reward import Reward


class SetOff(models.Model):
    """`amount` of the clawback of `debt`, in minor units, came out of the reward `by`."""

    debt = models.ForeignKey(Reward, on_delete=models.PROTECT, related_name="set_offs")
    by = models.ForeignKey(Reward, on_delete=models.PROTECT, related_name="paid_debts")
    amount = models.BigIntegerField(_("amount"))
    made_at = models.DateTimeField(_("set off at"))

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("set-off")
        verbose_name_plural = _("set-offs")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["debt", "by"], name="rf_set_off_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="rf_set_off_positive"),
            models.CheckConstraint(condition=~Q(debt=F("by")), name="rf_set_off_two_rewards"),
        ]

    def __str__(self) -> str:
        return f"{self.debt} <- {self.by}: {self.amount}"
