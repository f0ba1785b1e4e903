"""What a reward is worth now, as people say it."""

from __future__ import annotations

from oscar_referrals.money import VOUCHER_UNIT, format_money, format_percentage, is_money
from oscar_referrals.programs.models import Incentive, IncentiveAmount
from oscar_referrals.programs.rules.delivery import delivery_value
from oscar_referrals.rewards.entitlements import figures_in
from oscar_referrals.rewards.kinds import kind_of
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.promised import as_promised


def value_of(reward: Reward) -> str:
    """ "RM 20", "15%", "free delivery": what its owner gets out of it, or would have."""
    incentive = reward.incentive
    if is_free_delivery(reward) and (figures := figures_of(reward)) is not None:
        return delivery_value(figures)
    if reward.unit == VOUCHER_UNIT and reward.percentage is not None:
        return format_percentage(reward.percentage)
    if incentive is not None and reward.unit != VOUCHER_UNIT and not is_money(reward.unit):
        # No money: only its kind knows what to call it.
        return kind_of(reward.kind).describe(incentive=incentive, figures=figures_of(reward))
    return format_money(reward.net - reward.netted or reward.net or reward.amount, reward.unit)


def is_free_delivery(reward: Reward) -> bool:
    """Its value is no amount that is taken off goods. No query."""
    return reward.incentive is not None and reward.kind == Incentive.Kind.FREE_SHIPPING


def promise_of(reward: Reward) -> str:
    """In a few words of its kind; the amount alone where it is no longer what the rule says."""
    incentive = reward.incentive
    still_owed = bool(reward.net)
    changed = reward.reduced or reward.adjusted or reward.netted
    if incentive is None or (still_owed and changed):
        return value_of(reward)
    figures = figures_of(reward)
    if figures is not None:
        incentive, figures = as_promised(reward, incentive, figures)
    return kind_of(reward.kind).describe(incentive=incentive, figures=figures)


def left_of(reward: Reward) -> str:
    """What can still be spent of it: the amount of a reward that was spent in part."""
    if not is_money(reward.unit) or reward.left == reward.amount:
        return promise_of(reward)
    return format_money(reward.left, reward.unit)


def figures_of(reward: Reward) -> IncentiveAmount | None:
    """The figures behind the reward, in its currency."""
    return figures_in(reward.incentive, reward.currency) if reward.incentive is not None else None
