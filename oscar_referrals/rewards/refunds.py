"""How much of a reward refunds of the friend's order take back. Pure.

Computed from the sum of all refunds and never from one of them, so that any number of partial
refunds ends exactly where one refund of the same amount does (domain brief, §5).
"""

from __future__ import annotations

from dataclasses import dataclass

from oscar_referrals.money import proportion
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.facts import OrderFacts


@dataclass(frozen=True, kw_only=True)
class RefundRules:
    """What the version says about a refund that leaves a part of the order standing."""

    #: The reward shrinks with the order; otherwise a partial refund changes nothing.
    proportional: bool = False
    #: More than this may not be refunded, or the order falls below its minimum and the reward is
    #: lost; minor units of the order's currency. None: there is no such rule.
    at_most: int | None = None


def lost_by_refund(order: OrderFacts, rules: RefundRules) -> str:
    """Why a partial refund costs the whole reward, as a reason code; empty if it doesn't."""
    if rules.at_most is not None and order.refunded > rules.at_most:
        return reasons.REFUNDED_BELOW_MINIMUM
    return ""


def taken_back(amount: int, order: OrderFacts, rules: RefundRules) -> int:
    """What of ``amount`` is taken back while the order stands: half-even, in the same unit."""
    if not rules.proportional or order.total <= 0 or order.refunded <= 0:
        return 0
    kept = max(0, order.total - order.refunded)
    return amount - proportion(amount, kept, order.total)
