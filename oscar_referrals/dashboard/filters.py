"""How operators narrow the lists down."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from oscar_referrals.attribution.models import Referral
from oscar_referrals.insight.people import search_referrals, search_rewards
from oscar_referrals.insight.periods import midnight
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive, Program
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


def _reason_choices() -> list[tuple[str, str]]:
    return [(reason, reasons.staff_text(reason)) for reason in REFERRAL_REASONS]


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class ReferralFilter(django_filters.FilterSet):
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
    start = django_filters.DateFilter(label=_("From"), method="begin", widget=DateInput)
    end = django_filters.DateFilter(label=_("Until"), method="finish", widget=DateInput)

    class Meta:
        model = Referral
        fields: list[str] = []

    def search(self, rows: QuerySet[Referral], name: str, text: str) -> QuerySet[Referral]:
        """What `insight.people` understands."""
        return search_referrals(rows, text)

    def begin(self, rows: QuerySet[Referral], name: str, day: date) -> QuerySet[Referral]:
        """Orders of that day and later ones."""
        return rows.filter(created_at__gte=midnight(day))

    def finish(self, rows: QuerySet[Referral], name: str, day: date) -> QuerySet[Referral]:
        """Orders of that day and earlier ones."""
        return rows.filter(created_at__lt=midnight(day + timedelta(days=1)))


class RewardFilter(django_filters.FilterSet):
    """Rewards by what an operator has at hand, and by state."""

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

    class Meta:
        model = Reward
        fields: list[str] = []

    def search(self, rows: QuerySet[Reward], name: str, text: str) -> QuerySet[Reward]:
        """What `insight.people` understands."""
        return search_rewards(rows, text)


class MessageFilter(django_filters.FilterSet):
    """Messages by state."""

    state = django_filters.ChoiceFilter(
        label=_("Status"), choices=OutboxMessage.State.choices, empty_label=_("All states")
    )

    class Meta:
        model = OutboxMessage
        fields: list[str] = []
