"""How much of a reward is owed, taken back, set off and written off, whatever its state. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from oscar_referrals.programs import reasons
from oscar_referrals.rewards.facts import OrderFacts
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.refunds import taken_back
from oscar_referrals.rewards.verdict import RewardFacts, Rules, Target

State = Reward.State


def with_figures(
    reward: RewardFacts,
    order: OrderFacts,
    target: Target,
    rules: Rules,
    why_not: str,
    now: datetime,
) -> Target:
    """The target with its amounts; what is spent up or set off in full becomes redeemed."""
    reduced, reason = _reduction(reward, order, target, rules, why_not)
    net = max(0, reward.amount - reduced)
    used = 0 if target.unspent else reward.used
    target = replace(
        target,
        reduced=reduced,
        reduced_reason=reason,
        netted=min(reward.netted, max(0, net - used - reward.reserved)),
    )
    return _spent_up(reward, _clawed_back(reward, target, rules, net, used, now), net, used)


def _reduction(
    reward: RewardFacts, order: OrderFacts, target: Target, rules: Rules, why_not: str
) -> tuple[int, str]:
    """What is taken back of the amount, and why."""
    if target.state in (State.VOIDED, State.REVERSED):
        return reward.amount, target.reason
    lapsed_whole = target.state == State.EXPIRED and not (reward.used or reward.netted)
    if lapsed_whole or not order.exists:
        # What was never of use to anybody, or can't be looked up any more, is left as it was.
        return reward.reduced, reward.reduced_reason
    if why_not:
        return reward.amount, why_not
    reduced = taken_back(reward.amount, order, rules.refunds) if reward.is_money else 0
    if rules.owed_at_most is not None and reward.amount - reduced > rules.owed_at_most:
        return reward.amount - rules.owed_at_most, rules.limited_by
    if reward.settled and reward.is_money and reward.amount - reduced > reward.used:
        # What was paid settled the whole of it, also where a refund is undone afterwards.
        return reward.amount - reward.used, reasons.SETTLED_OUTSIDE
    return reduced, reasons.PARTLY_REFUNDED if reduced else ""


def _clawed_back(
    reward: RewardFacts, target: Target, rules: Rules, net: int, used: int, now: datetime
) -> Target:
    """What was spent although it is taken back, and what of that is given up by now."""
    # What is no money is a piece, owed as a whole or not at all.
    covered = net if reward.is_money else used if net else 0
    clawback = max(0, used - covered)
    if not clawback:
        return target
    known = reward.clawback_since if clawback <= reward.clawback else None
    since = known or now
    gives_up_at = since + rules.write_off_after
    open_part = max(0, clawback - reward.paid_back)
    written_off = open_part if now >= gives_up_at else min(reward.written_off, open_part)
    waits = written_off < open_part
    return replace(
        target,
        clawback=clawback,
        clawback_since=since,
        written_off=written_off,
        due_at=_earlier(target.due_at, gives_up_at) if waits else target.due_at,
    )


def _spent_up(reward: RewardFacts, target: Target, net: int, used: int) -> Target:
    """A reward of which nothing is left to spend is redeemed, and no longer lapses."""
    usable = target.state == State.AVAILABLE or (target.state == State.EXPIRED and used > 0)
    if not usable or not reward.is_money or net <= 0 or reward.reserved:
        return target
    if net - target.netted - used > 0:
        return target
    reason = reasons.SPENT if used else reasons.SET_OFF
    return replace(target, state=State.REDEEMED, reason=reason, due_at=None)


def _earlier(first: datetime | None, second: datetime) -> datetime:
    return second if first is None else min(first, second)
