"""What leaves as a file. No keyed hash leaves: outside it would only tell people apart.

Amounts stay integers in minor units beside their unit, so that sums stay exact.
"""

from __future__ import annotations

from typing import Any

from import_export.fields import Field
from import_export.resources import ModelResource

from oscar_referrals.attribution.models import Claim, Decision, Referral
from oscar_referrals.members.models import Advocate
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.rewards.models import (
    CreditUse,
    LedgerEntry,
    OutsideSettlement,
    Posting,
    Reward,
)
from oscar_referrals.sharing.models import ReferralCode, Touch
from oscar_referrals.sharing.share_models import Share


class AdvocateResource(ModelResource):
    """Who takes part."""

    class Meta:
        model = Advocate
        fields = (
            "id",
            "program__slug",
            "user__email",
            "language",
            "joined_at",
            "left_at",
            "show_name",
        )


class CodeResource(ModelResource):
    """Codes with their owners."""

    class Meta:
        model = ReferralCode
        fields = (
            "id",
            "program__slug",
            "advocate__user__email",
            "code",
            "created_at",
            "blocked_at",
            "blocked_reason",
        )


class TouchResource(ModelResource):
    """Contacts with codes; nothing about the visitor."""

    class Meta:
        model = Touch
        fields = ("id", "program__slug", "version__number", "code__code", "method", "occurred_at")


class ShareResource(ModelResource):
    """Presses of the buttons that share."""

    class Meta:
        model = Share
        fields = (
            "id",
            "program__slug",
            "code__code",
            "channel",
            "placement",
            "campaign",
            "shared_at",
        )


class ClaimResource(ModelResource):
    """Offers taken."""

    class Meta:
        model = Claim
        fields = (
            "id",
            "program__slug",
            "version__number",
            "code__code",
            "method",
            "claimed_at",
            "expires_at",
            "used_at",
        )


class ReferralResource(ModelResource):
    """Orders placed with a code."""

    class Meta:
        model = Referral
        fields = (
            "id",
            "program__slug",
            "version__number",
            "code__code",
            "advocate__user__email",
            "friend__email",
            "order_number",
            "currency",
            "order_total",
            "friend_discount",
            "shipping_discount",
            "state",
            "reason",
            "created_at",
            "settled_at",
        )


class DecisionResource(ModelResource):
    """Why something was granted, held, limited or refused."""

    class Meta:
        model = Decision
        fields = (
            "id",
            "program__slug",
            "order_number",
            "subject",
            "verdict",
            "reason",
            "inputs",
            "rule_version",
            "actor__email",
            "decided_at",
        )


class RewardResource(ModelResource):
    """What people are owed."""

    class Meta:
        model = Reward
        fields = (
            "id",
            "key",
            "program__slug",
            "referral__order_number",
            "side",
            "owner__email",
            "kind",
            "state",
            "reason",
            "unit",
            "amount",
            "percent",
            "reduced",
            "adjusted",
            "netted",
            "reserved",
            "used",
            "currency",
            "clawback",
            "written_off",
            "created_at",
            "hold_until",
            "available_at",
            "expires_at",
            "spent_order_number",
            "spent_amount",
            "spent_at",
            "settled_amount",
        )


class OutsideSettlementResource(ModelResource):
    """What staff paid of rewards outside the shop, and who agreed."""

    class Meta:
        model = OutsideSettlement
        fields = (
            "id",
            "reward__key",
            "value",
            "currency",
            "reference",
            "note",
            "state",
            "requested_by__email",
            "requested_at",
            "decided_by__email",
            "decided_at",
            "decision_note",
        )


class CreditUseResource(ModelResource):
    """How store credit was spent."""

    class Meta:
        model = CreditUse
        fields = (
            "id",
            "reward__key",
            "reward__owner__email",
            "reward__unit",
            "amount",
            "restored",
            "state",
            "order_number",
            "created_at",
            "changed_at",
        )


class PostingResource(ModelResource):
    """The journal: one row per leg, which is what a bookkeeper imports."""

    class Meta:
        model = Posting
        fields = (
            "id",
            "entry__key",
            "entry__event",
            "entry__reason",
            "entry__booked_at",
            "entry__reward__referral__order_number",
            "account__kind",
            "account__program__slug",
            "account__unit",
            "amount",
        )


class EntryResource(ModelResource):
    """Business events in the books."""

    order = Field(attribute="reward__referral__order_number", column_name="order_number")

    class Meta:
        model = LedgerEntry
        fields = ("id", "key", "event", "reason", "booked_at", "order")


class MessageResource(ModelResource):
    """Mails owed and sent; no address but the account's."""

    class Meta:
        model = OutboxMessage
        fields = (
            "id",
            "key",
            "event",
            "user__email",
            "language",
            "state",
            "attempts",
            "created_at",
            "sent_at",
            "error",
        )

    def dehydrate_error(self, message: Any) -> str:
        """The last error on one line."""
        return " ".join(message.error.split())
