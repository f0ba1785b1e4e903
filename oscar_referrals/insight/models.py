"""The books as they stood at some moments, added up for reports. Derived: nothing is decided by it.

`insight.snapshots` makes these rows from the postings and knows when they may be used. They can be
deleted at any time; reports then read more rows and say the same.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from oscar_referrals.programs.models import Program


class LedgerSnapshot(models.Model):
    """All that was booked before a moment."""

    before = models.DateTimeField(_("all that was booked before"), unique=True)
    # Entries are only ever added: as long as so many are booked before that moment, they are the
    # same ones, and the snapshot is right.
    entries = models.BigIntegerField(_("number of entries"))
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("snapshot of the ledger")
        verbose_name_plural = _("snapshots of the ledger")
        ordering = ["before"]

    def __str__(self) -> str:
        return self.before.isoformat()


class SnapshotBalance(models.Model):
    """What was owed then, for the rewards of one day: the sum of legs, so credits are negative."""

    snapshot = models.ForeignKey(
        LedgerSnapshot, on_delete=models.CASCADE, related_name="balances", db_index=False
    )
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+", db_index=False)
    unit = models.CharField(_("unit"), max_length=8)
    kind = models.CharField(_("account"), max_length=30)
    # The day in UTC on which the rewards were earned.
    earned_on = models.DateField(_("earned on"))
    can_expire = models.BooleanField(_("can expire"))
    amount = models.BigIntegerField(_("amount"))

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("balance in a snapshot")
        verbose_name_plural = _("balances in a snapshot")
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "program", "unit", "kind", "earned_on", "can_expire"],
                name="rf_snapshot_balance",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.amount} {self.unit}"


class SnapshotLapsed(models.Model):
    """What had become by then of the rewards whose validity had passed (see `insight.breakage`)."""

    snapshot = models.ForeignKey(
        LedgerSnapshot, on_delete=models.CASCADE, related_name="lapsed", db_index=False
    )
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+", db_index=False)
    unit = models.CharField(_("unit"), max_length=8)
    number = models.BigIntegerField(_("rewards"))
    value = models.BigIntegerField(_("value"))
    lapsed = models.BigIntegerField(_("expired or left over"))

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("history in a snapshot")
        verbose_name_plural = _("history in a snapshot")
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "program", "unit"], name="rf_snapshot_lapsed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} rewards in {self.unit}"
