"""What one reward costs at most. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from oscar_referrals.money import percentage
from oscar_referrals.programs.models import Incentive, IncentiveAmount
from oscar_referrals.programs.tiers import in_tier
from oscar_referrals.rewards.kinds import UnknownKind, kind_of
from oscar_referrals.rewards.kinds.base import Effect


@dataclass(frozen=True, kw_only=True)
class Dearest:
    """What the dearest order of a period came to, and its dearest delivery, in minor units."""

    order: int = 0
    delivery: int = 0


def can_be_played(incentive: Incentive) -> bool:
    """Its kind is there: a shop may have taken its own away."""
    try:
        kind_of(incentive.kind)
    except UnknownKind:
        return False
    return True


def most_of(
    incentive: Incentive,
    figures: IncentiveAmount,
    *,
    basis: int | None,
    dearest: Dearest,
    ordinal: int,
    exact: bool,
) -> int:
    """What it costs as the ``ordinal``-th successful referral of its advocate, in minor units.

    ``exact``: that it is; otherwise it may have been any up to that one, and the dearest counts.
    ``basis``: the goods of the order that earns it, None if none does.
    """
    ordinals = {ordinal}
    if not exact:
        reached = (tier.from_number for tier in incentive.tiers.all())
        ordinals |= {1, *(number for number in reached if number <= ordinal)}
    found = []
    for number in ordinals:
        promised, in_force = in_tier(incentive, figures, number)
        found.append(_worth(promised, in_force or figures, basis, dearest))
    return max(found)


def _worth(
    incentive: Incentive, figures: IncentiveAmount, basis: int | None, dearest: Dearest
) -> int:
    """A percentage voucher without a maximum counts as if it were spent on an order like the one
    that earned it, or on the dearest if none did; free delivery, as if on the dearest delivery.
    """
    kind = kind_of(incentive.kind)
    worth = kind.earn(
        incentive=incentive, figures=figures, currency=figures.currency, basis=basis or 0
    )
    if worth is not None and worth.unit == figures.currency:
        return worth.amount
    if figures.maximum is not None:
        return figures.maximum
    if kind.effect == Effect.SHIPPING:
        return dearest.delivery
    if incentive.percent is not None:
        return percentage(dearest.order if basis is None else basis, incentive.percent)
    return figures.value or 0
