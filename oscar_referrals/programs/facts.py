"""All figures of a version, as plain data: what hand-written words may say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import prefetch_related_objects
from django.utils import timezone

from oscar_referrals import conf
from oscar_referrals.money import to_major
from oscar_referrals.programs.models import Incentive, Limit, ProgramVersion
from oscar_referrals.programs.roles import gains_in, roles_in
from oscar_referrals.programs.statements import Facts

#: In days, as the limits' periods are counted (`Limit.Window`).
PERIODS: dict[str, int] = {Limit.Window.DAY: 1, Limit.Window.MONTH: 30, Limit.Window.YEAR: 365}


def facts_of(version: ProgramVersion) -> Facts:
    """The amounts, percentages, durations, dates and numbers that ``version`` promises or asks."""
    prefetch_related_objects([version], "incentives__amounts", "incentives__tiers", "limits")
    incentives, limits = list(version.incentives.all()), list(version.limits.all())
    amounts: dict[str, set[Decimal]] = defaultdict(set)
    for currency, minor in (*_amounts(incentives), *_money_limits(limits)):
        amounts[currency].add(to_major(minor, currency).normalize())
    return Facts(
        amounts={currency: frozenset(values) for currency, values in amounts.items()},
        percentages=frozenset(_percentages(incentives)),
        days=frozenset(_days(version, incentives)),
        periods=frozenset(PERIODS[row.window] for row in limits if row.window in PERIODS),
        counts=frozenset(_counts(incentives, limits)),
        dates=frozenset(_dates(version)),
        late_dates=frozenset(_late_dates(version)),
        roles=frozenset(roles_in(version, incentives, limits)),
        gains=frozenset(gains_in(incentives)),
        signs=frozenset(
            (currency, sign.strip())
            for currency, sign in conf.get().CURRENCY_SYMBOLS.items()
            if sign.strip()
        ),
    )


def _amounts(incentives: list[Incentive]) -> Iterator[tuple[str, int]]:
    for incentive in incentives:
        for row in incentive.amounts.all():
            for figure in (row.value, row.minimum, row.maximum, row.threshold):
                if figure:
                    yield row.currency, figure
        for tier in incentive.tiers.all():
            if tier.value:
                yield tier.currency, tier.value


def _money_limits(limits: list[Limit]) -> Iterator[tuple[str, int]]:
    # The budget stands in no sentence of ours, but a shop may say how much it gives away.
    for limit in limits:
        if limit.measure == Limit.Measure.MONEY:
            yield limit.currency, limit.amount


def _percentages(incentives: list[Incentive]) -> Iterator[Decimal]:
    for incentive in incentives:
        for percent in (incentive.percent, *(tier.percent for tier in incentive.tiers.all())):
            if percent is not None:
                yield percent.normalize()


def _days(version: ProgramVersion, incentives: list[Incentive]) -> Iterator[int]:
    yield from (version.hold_days, version.attribution_days, version.link_days)
    yield version.wind_down_days
    for incentive in incentives:
        if incentive.validity_days:
            yield incentive.validity_days
    if version.starts_at is not None and version.ends_at is not None:
        # How long the program runs, as both days are counted.
        first, last = _local(version.starts_at).date(), _last_day(version.ends_at)
        yield (last - first).days + 1


def _counts(incentives: list[Incentive], limits: list[Limit]) -> Iterator[int]:
    for incentive in incentives:
        if incentive.number:
            yield incentive.number
        for tier in incentive.tiers.all():
            yield tier.from_number
    for limit in limits:
        if limit.measure == Limit.Measure.COUNT:
            yield limit.amount


def _dates(version: ProgramVersion) -> Iterator[date]:
    for moment in (version.starts_at, version.ends_at, version.published_at):
        if moment is not None:
            yield _local(moment).date()
    if version.ends_at is not None:
        yield _last_day(version.ends_at)


def _late_dates(version: ProgramVersion) -> Iterator[date]:
    """Until when claims are honoured."""
    if version.ends_at is not None:
        for last in (_local(version.ends_at).date(), _last_day(version.ends_at)):
            yield last + timedelta(days=version.wind_down_days)


def _last_day(moment: datetime) -> date:
    # What ends with the night before the first lasts until the thirty-first.
    end = _local(moment)
    return end.date() - timedelta(days=1 if end.time() == time.min else 0)


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment)
