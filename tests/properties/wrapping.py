"""A kind of reward as a shop may add one: in pieces, and handed out beside Oscar's vouchers."""

from __future__ import annotations

from oscar_referrals.programs.models import Incentive, IncentiveAmount
from oscar_referrals.rewards.kinds.base import Effect, Payment, RewardKind, Use, Worth
from oscar_referrals.rewards.models import Reward

#: The keys of the rewards with which an order may be wrapped now.
ISSUED: set[str] = set()


class Wrapping(RewardKind):
    """One order is wrapped as a gift."""

    label = "Wrapping"
    payment = Payment.PRE_TAX_DISCOUNT
    effect = Effect.NONE

    def earn(
        self, *, incentive: Incentive, figures: IncentiveAmount | None, currency: str, basis: int
    ) -> Worth | None:
        return Worth(unit="wraps", amount=1) if figures is not None else None

    def redeem(self, *, worth: Worth, spent: int) -> Use:
        return Use(used=worth.amount, money=spent)

    def issue(self, *, reward: Reward) -> None:
        ISSUED.add(reward.key)

    def reverse(self, *, reward: Reward) -> None:
        ISSUED.discard(reward.key)

    def expire(self, *, reward: Reward) -> None:
        ISSUED.discard(reward.key)

    def describe(self, *, incentive: Incentive, figures: IncentiveAmount | None) -> str:
        return "a wrapping"
