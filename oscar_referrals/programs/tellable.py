"""What an advocate may be told about a friend's order: never whether the friend is a customer."""

from __future__ import annotations

from django.utils.translation import gettext as _

from oscar_referrals.programs import reasons

#: Why there is no reward, where that says nothing about the friend as a person.
TELLABLE = frozenset(
    {
        reasons.ORDER_CANCELLED,
        reasons.ORDER_REFUNDED,
        reasons.ORDER_DELETED,
        reasons.REFUNDED_BELOW_MINIMUM,
        reasons.GOAL_MISSED,
        reasons.CAP_REACHED,
        reasons.BUDGET_SPENT,
        reasons.ADJUSTED,
    }
)


def why_no_reward(reason: str) -> str:
    """Why a referral earns nothing. Never whether the friend is a customer: that is private."""
    if reason in TELLABLE:
        return reasons.shopper_text(reason)
    return _(
        "The order didn't meet the conditions, for example because this friend had ordered here "
        "before or had been invited already."
    )
