"""The figures of a version's main incentives and their currencies, from what is loaded."""

from __future__ import annotations

from oscar_referrals import conf
from oscar_referrals.programs.models import Incentive, IncentiveAmount, ProgramVersion


def figures_for(
    version: ProgramVersion, side: str, currency: str | None = None
) -> IncentiveAmount | None:
    """The side's figures in a currency (default: the first that the shop lists); None if none."""
    incentive = incentive_of(version, side)
    if incentive is None:
        return None
    for figures in by_currency(incentive):
        if currency in (None, figures.currency):
            return figures
    return None


def incentive_of(version: ProgramVersion, side: str) -> Incentive | None:
    """The side's main incentive, from what is loaded: the discount at the till, or the first."""
    own = [incentive for incentive in version.incentives.all() if incentive.side == side]
    for incentive in own:
        if incentive.at_till and incentive.kind == Incentive.Kind.VOUCHER:
            return incentive
    return own[0] if own else None


def by_currency(incentive: Incentive) -> list[IncentiveAmount]:
    """Its figures, those of the currency that the shop lists first before the others."""
    order = {currency: position for position, currency in enumerate(conf.get().currencies)}
    return sorted(
        incentive.amounts.all(),
        key=lambda figures: (order.get(figures.currency, len(order)), figures.currency),
    )
