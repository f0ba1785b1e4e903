"""Rewards and the books. Nothing here can be written: the ledger is the only writer of money."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from oscar_referrals.admin.base import ExportAdmin, ReadOnlyAdmin, ReadOnlyInline
from oscar_referrals.admin.columns import amount
from oscar_referrals.admin.resources import (
    CreditUseResource,
    EntryResource,
    OutsideSettlementResource,
    PostingResource,
    RewardResource,
)
from oscar_referrals.insight.models import LedgerSnapshot, SnapshotBalance, SnapshotLapsed
from oscar_referrals.rewards.models import (
    CreditUse,
    LedgerAccount,
    LedgerEntry,
    OutsideSettlement,
    Posting,
    Reward,
    SetOff,
)


class EntryInline(ReadOnlyInline):
    """The bookings of a reward."""

    model = LedgerEntry
    fields = ["booked_at", "event", "reason", "key"]


@admin.register(Reward)
class RewardAdmin(ExportAdmin):
    """What people are owed."""

    resource_classes = [RewardResource]
    list_display = ["key", "side", "owner", "worth", "state", "reason", "hold_until", "expires_at"]
    list_filter = ["state", "side", "program"]
    list_select_related = ["owner"]
    search_fields = ["=key", "=voucher_code", "=spent_order_number", "owner__email"]
    inlines = [EntryInline]
    worth = amount("amount", "unit", _("amount"))


@admin.register(CreditUse)
class CreditUseAdmin(ExportAdmin):
    """How store credit was spent."""

    resource_classes = [CreditUseResource]
    list_display = ["reward", "amount_in_words", "state", "order_number", "changed_at"]
    list_filter = ["state"]
    list_select_related = ["reward"]
    search_fields = ["=order_number", "=reward__key"]
    amount_in_words = amount("amount", "reward__unit", _("amount"))


@admin.register(OutsideSettlement)
class OutsideSettlementAdmin(ExportAdmin):
    """What staff paid of rewards outside the shop."""

    resource_classes = [OutsideSettlementResource]
    list_display = ["reward", "worth", "reference", "state", "requested_by", "decided_by"]
    list_filter = ["state", "currency"]
    list_select_related = ["reward", "requested_by", "decided_by"]
    search_fields = ["=reference", "=reward__key"]
    worth = amount("value", "currency", _("value"))


@admin.register(SetOff)
class SetOffAdmin(ReadOnlyAdmin):
    """What later rewards paid of earlier ones' clawbacks."""

    list_display = ["debt", "by", "amount_in_words", "made_at"]
    list_select_related = ["debt", "by"]
    search_fields = ["=debt__key", "=by__key"]
    amount_in_words = amount("amount", "by__unit", _("amount"))


@admin.register(LedgerAccount)
class LedgerAccountAdmin(ReadOnlyAdmin):
    """Accounts with their cached balances."""

    list_display = ["kind", "program", "advocate", "unit", "balance_in_words"]
    list_filter = ["kind", "program", "unit"]
    list_select_related = ["program", "advocate__user"]
    balance_in_words = amount("balance", "unit", _("balance"))


class PostingInline(ReadOnlyInline):
    """The legs of an entry."""

    model = Posting
    fields = ["account", "amount_in_words"]
    amount_in_words = amount("amount", "account__unit", _("amount"))


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ExportAdmin):
    """Business events: append-only."""

    resource_classes = [EntryResource]
    list_display = ["key", "event", "reason", "booked_at"]
    list_filter = ["event"]
    search_fields = ["=key", "=reward__referral__order_number"]
    ordering = ["-pk"]
    inlines = [PostingInline]


@admin.register(Posting)
class PostingAdmin(ExportAdmin):
    """The journal: append-only."""

    resource_classes = [PostingResource]
    list_display = ["entry", "account", "amount_in_words"]
    list_filter = ["account__kind"]
    list_select_related = ["entry", "account"]
    search_fields = ["=entry__key"]
    ordering = ["-pk"]
    amount_in_words = amount("amount", "account__unit", _("amount"))


@admin.register(LedgerSnapshot)
class LedgerSnapshotAdmin(ReadOnlyAdmin):
    """Sums of the books for reports: derived."""

    list_display = ["before", "entries", "made_at"]
    ordering = ["-before"]


@admin.register(SnapshotBalance)
class SnapshotBalanceAdmin(ReadOnlyAdmin):
    """What was owed then."""

    list_display = [
        "snapshot",
        "program",
        "kind",
        "earned_on",
        "can_expire",
        "amount_in_words",
    ]
    list_filter = ["kind", "program"]
    list_select_related = ["snapshot", "program"]
    amount_in_words = amount("amount", "unit", _("amount"))


@admin.register(SnapshotLapsed)
class SnapshotLapsedAdmin(ReadOnlyAdmin):
    """What had become then of what could expire."""

    list_display = ["snapshot", "program", "number", "value_in_words", "lapsed_in_words"]
    list_filter = ["program"]
    list_select_related = ["snapshot", "program"]
    value_in_words = amount("value", "unit", _("value"))
    lapsed_in_words = amount("lapsed", "unit", _("expired or left over"))
