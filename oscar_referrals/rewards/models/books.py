"""The double-entry books: accounts, entries and their legs."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oscar_referrals.frozen import AppendOnly
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.models.reward import Reward


class LedgerAccount(models.Model):
    """One account of the books. The balance is a cache, recomputed by `check_ledger`.

    It runs in the account's own direction: what is owed (made of credits) is a positive balance.
    """

    class Kind(models.TextChoices):
        EXPENSE = "expense:reward", _("Expense: rewards")
        PENDING = "liability:pending", _("Liability: pending rewards")
        AVAILABLE = "liability:available", _("Liability: available rewards")
        RESERVED = "liability:reserved", _("Liability: reserved in baskets")
        REDEEMED = "contra:redeemed", _("Redeemed")
        SETTLED = "contra:settled", _("Settled outside the shop")
        BREAKAGE = "income:breakage", _("Breakage")
        CLAWBACK = "receivable:clawback", _("Receivable: clawback")
        WRITE_OFF = "expense:write-off", _("Expense: clawback written off")

    kind = models.CharField(_("account"), max_length=30, choices=Kind.choices)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="accounts")
    advocate = models.ForeignKey(
        Advocate, null=True, blank=True, on_delete=models.PROTECT, related_name="accounts"
    )
    unit = models.CharField(_("unit"), max_length=8)
    balance = models.BigIntegerField(_("balance"), default=0)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("ledger account")
        verbose_name_plural = _("ledger accounts")
        constraints = [
            # Two constraints, because NULL is not equal to NULL in a unique index.
            models.UniqueConstraint(
                fields=["kind", "program", "advocate", "unit"],
                condition=Q(advocate__isnull=False),
                name="rf_account_of_advocate",
            ),
            models.UniqueConstraint(
                fields=["kind", "program", "unit"],
                condition=Q(advocate__isnull=True),
                name="rf_account_of_program",
            ),
            models.CheckConstraint(
                condition=~Q(kind__startswith="liability:") | Q(balance__gte=0),
                name="rf_liability_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.unit})"


class LedgerEntry(AppendOnly):
    """One business event in the books; its postings sum to zero. Append-only."""

    key = models.CharField(_("business key"), max_length=220, unique=True)
    reward = models.ForeignKey(Reward, on_delete=models.PROTECT, related_name="entries")
    event = models.CharField(_("event"), max_length=20)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    booked_at = models.DateTimeField(_("booked"))

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["id"]
        indexes = [models.Index(fields=["booked_at"], name="rf_entry_time")]

    def __str__(self) -> str:
        return self.key


class Posting(AppendOnly):
    """One leg: positive is a debit, negative a credit, in minor units of the account's unit."""

    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="postings")
    amount = models.BigIntegerField(_("amount"))

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        constraints = [
            models.UniqueConstraint(fields=["entry", "account"], name="rf_one_leg_per_account"),
            models.CheckConstraint(condition=~Q(amount=0), name="rf_posting_not_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.amount}"
