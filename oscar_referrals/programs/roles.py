"""What the figures of a version are: what a side gets, what is asked, how long each thing lasts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from oscar_referrals.money import to_major
from oscar_referrals.programs.models import Incentive, Limit, ProgramVersion
from oscar_referrals.programs.models.incentive import IncentiveAmount
from oscar_referrals.programs.statements import Kind, Role
from oscar_referrals.programs.statements.facts import Form, Gain, Played

FORMS = {
    Incentive.Kind.VOUCHER.value: Form.VOUCHER,
    Incentive.Kind.CREDIT.value: Form.CREDIT,
}
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
        else:
            yield Played(role=Role.LIMIT, kind=Kind.COUNT, value=Decimal(limit.amount))
    if version.ends_at is not None:
        yield Played(role=Role.END, kind=Kind.DATE)
    for role, days in (
        (Role.HOLD, version.hold_days),
        (Role.WINDOW, version.attribution_days),
        (Role.WINDOW, version.link_days),
        (Role.WIND_DOWN, version.wind_down_days),
    ):
        yield Played(role=role, kind=Kind.DURATION, value=Decimal(days))


#: What comes with an order, so that its worth can be worked out from the order's.
OF_ORDERS = (
    Incentive.Trigger.FIRST_ORDER,
    Incentive.Trigger.NTH_ORDER,
    Incentive.Trigger.ORDER_OVER,
)


def gains_in(incentives: list[Incentive]) -> Iterator[Gain]:
    """What each side gets for an order of the friend's, per currency and tier."""
    for incentive in incentives:
        if incentive.trigger not in OF_ORDERS or incentive.kind not in FORMS:
            continue
        tiers = list(incentive.tiers.all())
        for row in incentive.amounts.all():
            worths = [(row.value, incentive.percent)]
            worths += [
                (tier.value, tier.percent) for tier in tiers if tier.currency in ("", row.currency)
            ]
            for value, percent in worths:
                if value or percent:
                    yield _gain(incentive, row, value, percent)


def _gain(
    incentive: Incentive, row: IncentiveAmount, value: int | None, percent: Decimal | None
) -> Gain:
    def major(minor: int) -> Decimal:
        return to_major(minor, row.currency).normalize()

    side = OF_SIDE[incentive.side]
    # What an advocate has to spend to use a voucher limits no order of the friend's.
    least = row.minimum if side == Role.FRIEND else row.threshold
    return Gain(
        role=side,
        form=Form.DISCOUNT if incentive.at_till else FORMS[incentive.kind],
        currency=row.currency,
        value=major(value) if value else Decimal(0),
        percent=percent or Decimal(0),
        minimum=major(least),
        maximum=major(row.maximum) if row.maximum else None,
    )


def _of_incentive(incentive: Incentive) -> Iterator[Played]:
    side = OF_SIDE[incentive.side]
    for row in incentive.amounts.all():
        for role, minor in (
            (side, row.value),
            (Role.MINIMUM if side == Role.FRIEND else Role.OWN_MINIMUM, row.minimum),
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
