"""What the figures of a version are: what a side gets, what is asked, how long each thing lasts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from oscar_referrals.money import to_major
from oscar_referrals.programs.models import Incentive, Limit, ProgramVersion
from oscar_referrals.programs.statements import Kind, Role
from oscar_referrals.programs.statements.facts import Played

OF_SIDE = {Incentive.Side.FRIEND.value: Role.FRIEND, Incentive.Side.ADVOCATE.value: Role.ADVOCATE}


def roles_in(
    version: ProgramVersion, incentives: list[Incentive], limits: list[Limit]
) -> Iterator[Played]:
    """Each figure with what it is; a figure that is several things comes several times.

    No query where ``incentives`` have their amounts and tiers loaded.
    """
    for incentive in incentives:
        yield from _of_incentive(incentive)
    for limit in limits:
        if limit.measure == Limit.Measure.MONEY:
            yield _money(Role.LIMIT, limit.currency, limit.amount)
    for role, days in (
        (Role.HOLD, version.hold_days),
        (Role.WINDOW, version.attribution_days),
        (Role.WINDOW, version.link_days),
        (Role.WIND_DOWN, version.wind_down_days),
    ):
        yield Played(role=role, kind=Kind.DURATION, value=Decimal(days))


def _of_incentive(incentive: Incentive) -> Iterator[Played]:
    side = OF_SIDE[incentive.side]
    for row in incentive.amounts.all():
        for role, minor in (
            (side, row.value),
            (Role.MINIMUM, row.minimum),
            (Role.MINIMUM, row.threshold),
            (Role.MAXIMUM, row.maximum),
        ):
            if minor:
                yield _money(role, row.currency, minor)
    for tier in incentive.tiers.all():
        if tier.value:
            yield _money(side, tier.currency, tier.value)
    for percent in (incentive.percent, *(tier.percent for tier in incentive.tiers.all())):
        if percent is not None:
            yield Played(role=side, kind=Kind.PERCENT, value=percent.normalize())
    if incentive.validity_days:
        days = Decimal(incentive.validity_days)
        yield Played(role=Role.VALIDITY, kind=Kind.DURATION, value=days)
        if side == Role.FRIEND:
            # What the friend was given is a claim as well.
            yield Played(role=Role.WINDOW, kind=Kind.DURATION, value=days)


def _money(role: Role, currency: str, minor: int) -> Played:
    value = to_major(minor, currency).normalize()
    return Played(role=role, kind=Kind.MONEY, value=value, currency=currency)
