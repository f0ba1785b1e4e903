"""What one reward promises, where its tier makes that other than the rule says. No query."""

from __future__ import annotations

from copy import copy

from oscar_referrals.programs.models import Incentive, IncentiveAmount
from oscar_referrals.rewards.models import Reward

#: Kinds whose fixed amount is the amount of the rule.
_BY_AMOUNT = frozenset({Incentive.Kind.VOUCHER.value, Incentive.Kind.CREDIT.value})


def as_promised(
    reward: Reward, incentive: Incentive, figures: IncentiveAmount
) -> tuple[Incentive, IncentiveAmount]:
    """The rule and its figures with the percentage, or the amount, that the reward is worth.

    Copies, never to be saved; the arguments themselves where nothing differs.
    """
    if reward.percent is not None and reward.percent != incentive.percent:
        incentive = copy(incentive)
        incentive.percent = reward.percent
    fixed = incentive.value_type == Incentive.ValueType.FIXED and reward.kind in _BY_AMOUNT
    if fixed and reward.unit == figures.currency and reward.amount != figures.value:
        figures = copy(figures)
        figures.value = reward.amount
    return incentive, figures
