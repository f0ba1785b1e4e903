"""OutsideSettlement: a reward that staff paid outside the shop, and who agreed to book it so."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oscar_referrals.rewards.models.reward import Reward


def _person() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )


class OutsideSettlement(models.Model):
    """Staff paid a reward by bank transfer, in cash or in goods: what it came to, why, and by what
    it can be found again in the shop's own records.

    What was asked never changes; a decision is written into the row once.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for a second person")
        DONE = "done", _("Booked")
        REFUSED = "refused", _("Refused")

    reward = models.ForeignKey(Reward, on_delete=models.PROTECT, related_name="settlements")
    # What was paid, in minor units of the currency; of goods and pieces what they cost.
    value = models.BigIntegerField(_("value"))
    currency = models.CharField(_("currency"), max_length=3)
    reference = models.CharField(_("reference"), max_length=200)
    note = models.CharField(_("reason"), max_length=500)
    customer_note = models.CharField(_("note to the customer"), max_length=300, blank=True)
    # Names the form that asked, so that pressing its button twice asks once.
    token = models.CharField(max_length=64, blank=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    requested_by = _person()
    requested_at = models.DateTimeField(_("asked"))
    decided_by = _person()
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision_note = models.CharField(_("reason of the decision"), max_length=500, blank=True)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("settlement outside the shop")
        verbose_name_plural = _("settlements outside the shop")
        ordering = ["-id"]
        constraints = [
            # Nobody is paid twice, and nothing is asked for twice.
            models.UniqueConstraint(
                fields=["reward"],
                condition=Q(state__in=["waiting", "done"]),
                name="rf_settled_outside_once",
            ),
            models.UniqueConstraint(
                fields=["token"], condition=~Q(token=""), name="rf_settlement_token"
            ),
            models.CheckConstraint(condition=Q(value__gt=0), name="rf_settlement_positive"),
        ]
        indexes = [models.Index(fields=["state", "requested_at"], name="rf_settlement_state")]

    def __str__(self) -> str:
        return f"{self.reward}: {self.reference}"
