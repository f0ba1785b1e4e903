"""Reward, and the double-entry books under it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oscar_referrals.attribution.models import Referral
from oscar_referrals.frozen import AppendOnly
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs.models import Incentive, Program


class Reward(models.Model):
    """What one party is owed for one trigger of one referral, and its state.

    `amount` is in minor units of `unit`; a percentage voucher is one of unit "vouchers", because
    what it is worth is known only when it is spent.
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
    incentive = models.ForeignKey(Incentive, on_delete=models.PROTECT, related_name="rewards")
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
    kind = models.CharField(_("kind"), max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    unit = models.CharField(_("unit"), max_length=8)
    amount = models.BigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    created_at = models.DateTimeField(_("created"))
    hold_until = models.DateTimeField(_("held until"), null=True, blank=True)
    available_at = models.DateTimeField(_("available since"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
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

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("reward")
        verbose_name_plural = _("rewards")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "incentive", "side"], name="rf_reward_once"
            ),
            models.UniqueConstraint(
                fields=["voucher_code"], condition=~Q(voucher_code=""), name="rf_reward_code"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="rf_reward_not_negative"),
        ]
        indexes = [
            models.Index(fields=["owner", "state"], name="rf_reward_owner"),
            models.Index(fields=["state", "hold_until"], name="rf_reward_hold"),
            models.Index(fields=["state", "expires_at"], name="rf_reward_expiry"),
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
                condition=Q(state="available", voucher__isnull=True),
                name="rf_reward_unissued",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class LedgerAccount(models.Model):
    """One account of the books. The balance is a cache, recomputed by `check_ledger`.

    It runs in the account's own direction: what is owed (made of credits) is a positive balance.
    """

    class Kind(models.TextChoices):
        EXPENSE = "expense:reward", _("Expense: rewards")
        PENDING = "liability:pending", _("Liability: pending rewards")
        AVAILABLE = "liability:available", _("Liability: available rewards")
        REDEEMED = "contra:redeemed", _("Redeemed")
        BREAKAGE = "income:breakage", _("Breakage")

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
