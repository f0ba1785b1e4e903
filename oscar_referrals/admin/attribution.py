"""Claims, referrals, decisions, and the pins in open baskets."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from oscar_referrals.admin.base import ExportAdmin, ReadOnlyAdmin, ReadOnlyInline
from oscar_referrals.admin.columns import amount
from oscar_referrals.admin.resources import ClaimResource, DecisionResource, ReferralResource
from oscar_referrals.attribution.models import Claim, Decision, Referral
from oscar_referrals.checkout.models import Pin
from oscar_referrals.rewards.models import Reward


@admin.register(Claim)
class ClaimAdmin(ExportAdmin):
    """Offers taken."""

    resource_classes = [ClaimResource]
    list_display = ["code", "method", "user", "claimed_at", "expires_at", "used_at"]
    list_filter = ["method", "program"]
    list_select_related = ["code", "user"]
    search_fields = ["=code__code", "user__email"]
    ordering = ["-pk"]


class DecisionInline(ReadOnlyInline):
    """Why a referral is as it is."""

    model = Decision
    fields = ["decided_at", "subject", "verdict", "reason", "actor"]


class RewardInline(ReadOnlyInline):
    """What is owed for a referral."""

    model = Reward
    fields = ["side", "state", "reason", "unit", "amount", "spent_order_number"]


@admin.register(Referral)
class ReferralAdmin(ExportAdmin):
    """Orders placed with a code."""

    resource_classes = [ReferralResource]
    list_display = ["order_number", "code", "advocate", "state", "reason", "total", "created_at"]
    list_filter = ["state", "program"]
    list_select_related = ["code", "advocate__user"]
    search_fields = ["=order_number", "=code__code", "advocate__user__email", "friend__email"]
    inlines = [RewardInline, DecisionInline]
    total = amount("order_total", "currency", _("order total"))


@admin.register(Decision)
class DecisionAdmin(ExportAdmin):
    """Decisions: append-only."""

    resource_classes = [DecisionResource]
    list_display = ["order_number", "subject", "verdict", "reason", "actor", "decided_at"]
    list_filter = ["verdict", "program"]
    list_select_related = ["actor"]
    search_fields = ["=order_number", "=subject"]
    ordering = ["-pk"]


@admin.register(Pin)
class PinAdmin(ReadOnlyAdmin):
    """What stands in open baskets, and why it may not count."""

    list_display = ["basket_id", "voucher", "offer", "refusal", "rival", "quoted_at"]
    list_select_related = ["voucher", "offer"]
    search_fields = ["=basket__id", "=voucher__code"]
    ordering = ["-pk"]
