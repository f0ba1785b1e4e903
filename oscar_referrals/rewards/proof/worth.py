"""I9: the amount of a reward is what its version promises for the order it was earned with."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from decimal import Decimal

from django.db.models import Prefetch

from oscar_referrals.programs.models import Incentive, IncentiveAmount, Limit
from oscar_referrals.programs.tiers import in_tier
from oscar_referrals.rewards.entitlements import figures_in
from oscar_referrals.rewards.finding import Finding
from oscar_referrals.rewards.kinds import kind_of
from oscar_referrals.rewards.models import Reward

BATCH = 2000


def other_worth() -> Iterator[Finding]:
    """Each reward whose amount no rule of its version gives. What staff gave by hand has none."""
    last: int | None = 0
    while last is not None:
        batch = list(_after(last))
        last = batch[-1].pk if len(batch) == BATCH else None
        for reward in batch:
            promised = promised_amounts(reward)
            if promised and reward.amount not in promised:
                words = " or ".join(str(amount) for amount in sorted(promised))
                detail = f"is worth {reward.amount}, its version promises {words}"
                yield Finding(invariant="I9", subject=reward.key, detail=detail)
            elif reward.percent is not None and reward.percent not in promised_percents(reward):
                detail = f"is {reward.percent} %, which its version does not promise"
                yield Finding(invariant="I9", subject=reward.key, detail=detail)


def promised_amounts(reward: Reward) -> set[int]:
    """What the version promises: one amount, or one per tier where nothing says which one it was.
    No query for what is prefetched.

    Empty for what can't be computed again: staff's gifts, and a percentage of an order that is
    not the referral's own.
    """
    incentive, referral = reward.incentive, reward.referral
    if incentive is None:
        return set()
    if incentive.at_till:
        return {referral.discount_of(incentive)}
    kind = kind_of(reward.kind)
    of_percentage = incentive.value_type == Incentive.ValueType.PERCENT
    if kind.percent_of_order and of_percentage and reward.source != referral.order_number:
        return set()
    basis = referral.order_total if referral.basis is None else referral.basis
    amounts = set()
    for promise, figures in _promises(reward, incentive):
        worth = kind.earn(incentive=promise, figures=figures, currency=reward.currency, basis=basis)
        amounts.add(worth.amount if worth else 0)
    return amounts


def promised_percents(reward: Reward) -> set[Decimal]:
    """What the version promises in percent: as `promised_amounts`."""
    if reward.incentive is None:
        return set()
    promised = (promise.percent for promise, _figures in _promises(reward, reward.incentive))
    return {percent for percent in promised if percent is not None}


def _promises(
    reward: Reward, incentive: Incentive
) -> Iterator[tuple[Incentive, IncentiveAmount | None]]:
    """The rule with the figures of the tier that the tally says, or else with those of each."""
    figures = figures_in(incentive, reward.currency)
    ordinal = _ordinal_of(reward, incentive)
    if ordinal is not None:
        yield in_tier(incentive, figures, ordinal)
    else:
        yield from _tiers(incentive, figures)


def _ordinal_of(reward: Reward, incentive: Incentive) -> int | None:
    """The how manieth successful referral the reward was given for; None if that can't be told.

    It is fixed when the reward becomes available, which a registration may be before the referral
    counts, and which a referral that came back to life was when it had another place. A limit may
    have kept the reward in a lower tier.
    """
    referral = reward.referral
    if referral.counted_at is None:
        return None
    withdrawn = reward.state in (Reward.State.VOIDED, Reward.State.REVERSED)
    if reward.available_at is None and withdrawn:
        return None
    if reward.available_at is not None and referral.counted_at > reward.available_at:
        return None
    in_money = any(limit.measure == Limit.Measure.MONEY for limit in incentive.version.limits.all())
    return None if in_money else referral.ordinal


def _tiers(
    incentive: Incentive, figures: IncentiveAmount | None
) -> Iterator[tuple[Incentive, IncentiveAmount | None]]:
    """The incentive itself, and with the figures of each of its tiers."""
    yield incentive, figures
    for tier in incentive.tiers.all():
        if figures is not None and tier.currency in ("", figures.currency):
            in_tier, at = copy(incentive), copy(figures)
            if tier.percent is not None:
                in_tier.percent = tier.percent
            else:
                at.value = tier.value
            yield in_tier, at


def _after(pk: int) -> list[Reward]:
    incentives = Incentive.objects.select_related("version").prefetch_related(
        "amounts", "tiers", "version__limits"
    )
    rows = Reward.objects.filter(pk__gt=pk).order_by("pk").select_related("referral")
    return list(rows.prefetch_related(Prefetch("incentive", incentives))[:BATCH])
