"""What can't go together in a version, or is not finished beside its two main incentives."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from oscar_referrals.money import currency_name
from oscar_referrals.programs.figures import incentive_of
from oscar_referrals.programs.models import Incentive, Limit, ProgramVersion

Kind, Side, Trigger = Incentive.Kind, Incentive.Side, Incentive.Trigger
PERCENT = Incentive.ValueType.PERCENT


def combination_problems(version: ProgramVersion) -> Iterator[str]:
    """Each in words that say what to do; translated."""
    incentives = list(version.incentives.all())
    for number, incentive in enumerate(incentives, start=1):
        if incentive != incentive_of(version, incentive.side):
            yield from _unfinished(incentive, number)
    yield from _without_threshold(incentives)
    yield from _without_maximum(version, incentives)
    yield from _tiers_of_nothing(incentives)
    yield from _lonely_choices(incentives)


def _unfinished(incentive: Incentive, number: int) -> Iterator[str]:
    """Of an incentive beside the first of its side; that one is spoken of elsewhere."""
    names = {"number": number, "side": incentive.get_side_display()}
    rows = list(incentive.amounts.all())
    if not rows:
        yield _("Choose at least one currency for incentive %(number)d (%(side)s).") % names
    if incentive.value_type == PERCENT and incentive.percent is None:
        yield _("Enter the percentage of incentive %(number)d (%(side)s).") % names
    elif incentive.value_type != PERCENT and incentive.kind != Kind.FREE_SHIPPING:
        for row in rows:
            if not row.value:
                yield _(
                    "Enter the amount of incentive %(number)d (%(side)s) in %(currency)s, or "
                    "remove that currency."
                ) % (names | {"currency": currency_name(row.currency)})


def _without_threshold(incentives: list[Incentive]) -> Iterator[str]:
    for incentive in incentives:
        if incentive.trigger != Trigger.ORDER_OVER:
            continue
        for row in incentive.amounts.all():
            if not row.threshold:
                yield _("Enter what the friend's order has to come to in %(currency)s.") % {
                    "currency": currency_name(row.currency)
                }


def _without_maximum(version: ProgramVersion, incentives: list[Incentive]) -> Iterator[str]:
    """What has no bound can't be counted against an amount of money."""
    money = [limit for limit in version.limits.all() if limit.measure == Limit.Measure.MONEY]
    for currency in sorted({limit.currency for limit in money}):
        budget = any(
            limit.scope == Limit.Scope.PROGRAM for limit in money if limit.currency == currency
        )
        for incentive in incentives:
            if not _is_unbounded(incentive) or (incentive.at_till and not budget):
                continue
            if any(
                row.currency == currency and row.maximum is None for row in incentive.amounts.all()
            ):
                yield _(
                    "There is a limit of money in %(currency)s, and “%(incentive)s” has no "
                    "maximum there. Set one, or take the limit away."
                ) % {"currency": currency_name(currency), "incentive": incentive}


def _is_unbounded(incentive: Incentive) -> bool:
    return incentive.kind == Kind.FREE_SHIPPING or (
        incentive.value_type == PERCENT and (incentive.kind != Kind.CREDIT)
    )


def _tiers_of_nothing(incentives: list[Incentive]) -> Iterator[str]:
    """What is the same for every friend, or has no value of its own."""
    for incentive in incentives:
        if not (incentive.at_till or incentive.kind == Kind.FREE_SHIPPING):
            continue
        if not incentive.tiers.exists():
            continue
        if incentive.kind == Kind.FREE_SHIPPING:
            yield _("Free delivery can't have tiers: it is worth what delivery costs.")
        else:
            yield _("The discount that friends get with the order can't have tiers.")


def _lonely_choices(incentives: list[Incentive]) -> Iterator[str]:
    groups: dict[str, list[Incentive]] = {}
    for incentive in incentives:
        if incentive.choice:
            groups.setdefault(incentive.choice, []).append(incentive)
    for name, group in groups.items():
        if len(group) == 1:
            yield _(
                "“%(choice)s” is a choice of one. Give another incentive the same word, or none to "
                "this one."
            ) % {"choice": name}
        occasions = {(item.side, item.trigger, item.number) for item in group}
        if len(occasions) > 1:
            yield _(
                "The alternatives of the choice “%(choice)s” must have the same side, trigger and "
                "number."
            ) % {"choice": name}
        elif _thresholds_differ(group):
            yield _(
                "The alternatives of the choice “%(choice)s” must ask for the same order: give "
                "them the same amount in each currency that they share."
            ) % {"choice": name}
        if len(group) > 1 and not _shares_currency(group):
            yield _(
                "“%(choice)s” leaves nothing to choose: no two of its incentives share a currency."
            ) % {"choice": name}
        if any(item.at_till for item in group):
            yield _(
                "The discount that friends get with the order can't be one of a choice "
                "(“%(choice)s”)."
            ) % {"choice": name}
        elif any(item.side == Side.FRIEND for item in group):
            yield _(
                "Only advocates choose between rewards (“%(choice)s”): nobody asks the friend."
            ) % {"choice": name}


def _thresholds_differ(group: list[Incentive]) -> bool:
    rows = [row for item in group for row in item.amounts.all()]
    return len({(row.currency, row.threshold) for row in rows}) > len(
        {row.currency for row in rows}
    )


def _shares_currency(group: list[Incentive]) -> bool:
    rows = [row.currency for item in group for row in item.amounts.all()]
    return len(rows) > len(set(rows))
