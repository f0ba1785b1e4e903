"""Rewards and the books. Nothing here can be written: the ledger is the only writer of money."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from oscar_referrals.admin.base import ExportAdmin, ReadOnlyAdmin, ReadOnlyInline
from oscar_referrals.admin.columns import amount
from oscar_referrals.admin.resources import EntryResource, PostingResource, RewardResource
from oscar_referrals.rewards.models import LedgerAccount, LedgerEntry, Posting, Reward


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
