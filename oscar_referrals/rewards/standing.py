"""What the books must say of a reward, read off its row."""

from __future__ import annotations

from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.books import Standing
from oscar_referrals.rewards.kinds import kind_of
from oscar_referrals.rewards.kinds.base import Use, Worth
from oscar_referrals.rewards.models import Reward


def standing_of(reward: Reward) -> Standing:
    """The figures of the row, in the form that `position_of` asks for. No query."""
    use = use_of(reward)
    if reward.state != Reward.State.REDEEMED and not kind_of(reward.kind).divisible:
        # Spent a moment ago: the books hear of it with the new state.
        use = Use(used=0)
    return Standing(
        state=reward.state,
        unit=reward.unit,
        currency=reward.currency,
        net=reward.net,
        netted=reward.netted,
        reserved=reward.reserved,
        used=use.used,
        used_money=use.money,
        clawback_money=reward.clawback,
        written_off_money=reward.written_off,
        outside=reward.settled_amount is not None,
    )


def use_of(reward: Reward) -> Use:
    """What of the reward was used up, in its unit, and what that cost in money beside it."""
    if is_till_discount(reward):
        return Use(used=reward.amount if reward.state == Reward.State.REDEEMED else 0)
    if reward.settled_amount is not None:
        in_money = reward.unit == reward.currency
        # A piece that was paid is gone as a whole, whatever it came to.
        return Use(
            used=reward.settled_amount if in_money else reward.amount,
            money=0 if in_money else reward.settled_amount,
        )
    kind = kind_of(reward.kind)
    if kind.divisible:
        return Use(used=reward.used)
    if reward.spent_amount is None:
        return Use(used=0)
    return kind.redeem(
        worth=Worth(unit=reward.unit, amount=reward.amount), spent=reward.spent_amount
    )


def is_till_discount(reward: Reward) -> bool:
    """It is the discount that the friend had with the order itself."""
    return (
        reward.side == Incentive.Side.FRIEND
        and reward.incentive is not None
        and reward.incentive.at_till
    )
