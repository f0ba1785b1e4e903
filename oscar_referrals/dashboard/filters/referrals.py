"""Lists of referrals and rewards, narrowed down."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from oscar_referrals.attribution.models import Referral
from oscar_referrals.dashboard.filters.days import DaysFilter
from oscar_referrals.insight.people import search_referrals, search_rewards
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive, Program
from oscar_referrals.rewards.kinds import BUILT_IN, kind_of
from oscar_referrals.rewards.models import Reward

#: Why an order was not credited, or no longer is.
REFERRAL_REASONS = (
    reasons.OWN_CODE,
    reasons.EXISTING_CUSTOMER,
    reasons.ALREADY_REFERRED,
    reasons.BELOW_MINIMUM,
    reasons.NO_ELIGIBLE_PRODUCTS,
    reasons.CURRENCY_NOT_OFFERED,
    reasons.BETTER_OFFER,
    reasons.NO_DISCOUNT,
    reasons.CLAIM_EXPIRED,
    reasons.NOT_STARTED,
    reasons.PAUSED,
    reasons.ENDED,
    reasons.STOPPED,
    reasons.UNKNOWN_CODE,
    reasons.ORDER_CANCELLED,
    reasons.ORDER_REFUNDED,
    reasons.RELEASED_BY_STAFF,
)


#: Why a reward stands as it does.
REWARD_REASONS = (
    reasons.FIRST_ORDER,
    reasons.ORDER_UNPAID,
    reasons.NO_PAYMENT_FACTS,
    reasons.HOLD,
    reasons.TERMS_NOT_ACCEPTED,
    reasons.PAID,
    reasons.RESTORED,
    reasons.SPENT,
    reasons.SET_OFF,
    reasons.EXPIRED,
    reasons.ACCOUNT_ERASED,
    reasons.ORDER_CANCELLED,
    reasons.ORDER_REFUNDED,
    reasons.ORDER_DELETED,
    reasons.REFUNDED_BELOW_MINIMUM,
    reasons.CAP_REACHED,
    reasons.BUDGET_SPENT,
    reasons.GIVEN_BY_STAFF,
    reasons.RELEASED_BY_STAFF,
    reasons.CURRENCY_NOT_OFFERED,
)


def _reason_choices() -> list[tuple[str, str]]:
    return [(reason, reasons.staff_text(reason)) for reason in REFERRAL_REASONS]


def _reward_reason_choices() -> list[tuple[str, str]]:
    return [(reason, reasons.staff_text(reason)) for reason in REWARD_REASONS]


def _kind_choices() -> list[tuple[str, Any]]:
    return [(name, kind_of(name).label) for name in BUILT_IN]


class ReferralFilter(DaysFilter):
    """Referrals by what an operator has at hand, and by what became of them."""

    q = django_filters.CharFilter(
        label=_("Order number, code or e-mail"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search"}),
        max_length=254,
    )
    program = django_filters.ModelChoiceFilter(
        label=_("Program"), queryset=Program.objects.order_by("-pk"), empty_label=_("All programs")
    )
    state = django_filters.ChoiceFilter(
        label=_("Status"), choices=Referral.State.choices, empty_label=_("All states")
    )
    reason = django_filters.ChoiceFilter(
        label=_("Reason"), choices=_reason_choices, empty_label=_("All reasons")
    )

    class Meta:
        model = Referral
        fields: list[str] = []

    def search(self, rows: QuerySet[Referral], name: str, text: str) -> QuerySet[Referral]:
        """What `insight.people` understands."""
        return search_referrals(rows, text)


class RewardFilter(DaysFilter):
    """Rewards by what an operator has at hand, and by what became of them."""

    q = django_filters.CharFilter(
        label=_("Voucher code, order number or e-mail"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search"}),
        max_length=254,
    )
    program = django_filters.ModelChoiceFilter(
        label=_("Program"), queryset=Program.objects.order_by("-pk"), empty_label=_("All programs")
    )
    side = django_filters.ChoiceFilter(
        label=_("Who gets it"), choices=Incentive.Side.choices, empty_label=_("Both sides")
    )
    state = django_filters.ChoiceFilter(
        label=_("Status"), choices=Reward.State.choices, empty_label=_("All states")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=_kind_choices, empty_label=_("All kinds")
    )
    reason = django_filters.ChoiceFilter(
        label=_("Reason"), choices=_reward_reason_choices, empty_label=_("All reasons")
    )

    class Meta:
        model = Reward
        fields: list[str] = []

    def search(self, rows: QuerySet[Reward], name: str, text: str) -> QuerySet[Reward]:
        """What `insight.people` understands."""
        return search_rewards(rows, text)
