"""Assignment and LateClaim: what staff decide about the credit for an order by hand."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oscar_referrals.attribution.models import Referral
from oscar_referrals.programs.models import Program
from oscar_referrals.sharing.models import ReferralCode


def _person() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )


class LateClaim(models.Model):
    """A friend says, after the order, who brought them. Staff decide; the friend's words are kept.

    It holds what the friend typed and never whom that was found to be: the friend is not told.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ACCEPTED = "accepted", _("Credited")
        DECLINED = "declined", _("Declined")

    order = models.ForeignKey(
        "order.Order", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    order_number = models.CharField(_("order"), max_length=128, db_index=True)
    user = _person()
    # Of the order's e-mail, so that a guest is known again.
    friend_key = models.CharField(max_length=64, blank=True, db_index=True)
    language = models.CharField(_("language"), max_length=15, blank=True)
    # A code, an e-mail or a name, as it was typed.
    named = models.CharField(_("who invited the friend"), max_length=120)
    how = models.CharField(_("how the friend heard of the shop"), max_length=500, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    created_at = models.DateTimeField(_("asked"))
    decided_by = _person()
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    # For colleagues; and what the friend reads.
    note = models.CharField(_("reason"), max_length=500, blank=True)
    customer_note = models.CharField(_("note to the customer"), max_length=300, blank=True)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("claim after the order")
        verbose_name_plural = _("claims after the order")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["order_number"], name="rf_late_claim_once"),
        ]
        indexes = [
            # What needs a person; nearly always few.
            models.Index(
                fields=["created_at"], condition=Q(state="waiting"), name="rf_late_claim_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_number}: {self.named}"


class Assignment(models.Model):
    """Staff credit an order to an advocate by hand: who asked, why, by what evidence, who agreed.

    What was asked never changes; a decision is written into the row once.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for a second person")
        DONE = "done", _("Credited")
        REFUSED = "refused", _("Refused")

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="assignments")
    code = models.ForeignKey(ReferralCode, on_delete=models.PROTECT, related_name="assignments")
    order_number = models.CharField(_("order"), max_length=128, db_index=True)
    currency = models.CharField(_("currency"), max_length=3)
    # What is at stake in minor units of the currency: given, or taken from somebody else. None: no
    # amount of money, such as a percentage without a maximum.
    value = models.BigIntegerField(_("value"), null=True, blank=True)
    note = models.CharField(_("reason"), max_length=500)
    evidence = models.TextField(_("evidence"), max_length=4000)
    late_claim = models.ForeignKey(
        LateClaim, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    requested_by = _person()
    requested_at = models.DateTimeField(_("asked"))
    decided_by = _person()
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision_note = models.CharField(_("reason of the decision"), max_length=500, blank=True)
    # What came of it.
    referral = models.OneToOneField(
        Referral, null=True, blank=True, on_delete=models.PROTECT, related_name="assignment"
    )

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("credit by hand")
        verbose_name_plural = _("credits by hand")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order_number"],
                condition=Q(state="waiting"),
                name="rf_assignment_waiting_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "requested_at"], name="rf_assignment_state")]

    def __str__(self) -> str:
        return f"{self.order_number}: {self.code}"
