"""What an advocate may be told about a friend's order: never whether the friend is a customer."""

from __future__ import annotations

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
