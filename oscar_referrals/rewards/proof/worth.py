"""I9: the amount of a reward is what its version promises for the order it was earned with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from decimal import Decimal

from django.db.models import Prefetch

from oscar_referrals.attribution.models import Decision
from oscar_referrals.programs.models import Incentive, IncentiveAmount
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
        numbers = _numbers_of(batch)
        for reward in batch:
            number = numbers.get(reward.key)
            promised = promised_amounts(reward, number)
            if promised and reward.amount not in promised:
                words = " or ".join(str(amount) for amount in sorted(promised))
                detail = f"is worth {reward.amount}, its version promises {words}"
                yield Finding(invariant="I9", subject=reward.key, detail=detail)
            elif reward.percent is not None and reward.percent not in promised_percents(
                reward, number
            ):
                detail = f"is {reward.percent} %, which its version does not promise"
                yield Finding(invariant="I9", subject=reward.key, detail=detail)


def promised_amounts(reward: Reward, number: int | None = None) -> set[int]:
    """What the version promises for the referral of this ``number``, where there are tiers; one
    amount per tier if it is not known. No query for what is prefetched.

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
    for promise, figures in _promises(reward, incentive, number):
        worth = kind.earn(incentive=promise, figures=figures, currency=reward.currency, basis=basis)
        amounts.add(worth.amount if worth else 0)
    return amounts


def promised_percents(reward: Reward, number: int | None = None) -> set[Decimal]:
    """What the version promises in percent: as `promised_amounts`."""
    if reward.incentive is None:
        return set()
    promises = _promises(reward, reward.incentive, number)
    promised = (promise.percent for promise, _figures in promises)
    return {percent for percent in promised if percent is not None}


def _promises(
    reward: Reward, incentive: Incentive, number: int | None
) -> Iterator[tuple[Incentive, IncentiveAmount | None]]:
    """The rule with the figures of the tier of ``number``, or else with those of each tier."""
    figures = figures_in(incentive, reward.currency)
    if number is not None:
        yield in_tier(incentive, figures, number)
    else:
        yield from _tiers(incentive, figures)


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


def _numbers_of(rewards: Iterable[Reward]) -> dict[str, int]:
    """For the how manieth referral each reward with tiers was given its worth: key → number.

    The decisions say it, and the last one that does: after that its limits, or its having been
    handed out, let it keep what it had. Those of earlier releases don't.
    """
    keys = [row.key for row in rewards if row.incentive and row.incentive.tiers.all()]
    decisions = Decision.objects.filter(subject__in=keys, inputs__has_key="number")
    return dict(decisions.order_by("pk").values_list("subject", "inputs__number")) if keys else {}


def _after(pk: int) -> list[Reward]:
    incentives = Incentive.objects.select_related("version").prefetch_related("amounts", "tiers")
    rows = Reward.objects.filter(pk__gt=pk).order_by("pk").select_related("referral")
    return list(rows.prefetch_related(Prefetch("incentive", incentives))[:BATCH])
