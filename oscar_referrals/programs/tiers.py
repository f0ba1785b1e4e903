"""What an incentive is worth by the how manieth successful referral it is for. Pure."""

from __future__ import annotations

from copy import copy

from oscar_referrals.programs.models import Incentive, IncentiveAmount


def in_tier(
    incentive: Incentive, figures: IncentiveAmount | None, ordinal: int
) -> tuple[Incentive, IncentiveAmount | None]:
    """The incentive and its figures with the values of the tier that ``ordinal`` falls into.

    ``figures`` are those of one currency; the incentive's ``tiers`` are loaded. Copies, never to
    be saved; the arguments themselves where no tier applies.
    """
    currency = figures.currency if figures is not None else ""
    reached = [
        tier
        for tier in incentive.tiers.all()
        if tier.from_number <= ordinal and tier.currency in ("", currency)
    ]
    if figures is None or not reached:
        return incentive, figures
    tier = max(reached, key=lambda item: item.from_number)
    incentive, figures = copy(incentive), copy(figures)
    if tier.percent is not None:
        incentive.percent = tier.percent
    else:
        figures.value = tier.value
    return incentive, figures
