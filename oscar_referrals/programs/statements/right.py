"""What would be right in a statement's place, as the text's own language writes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from decimal import Decimal

from babel.units import format_unit

from oscar_referrals.money import (
    babel_locale,
    format_day,
    format_money,
    format_number,
    format_percentage,
    to_minor,
)
from oscar_referrals.programs.statements.facts import Facts, Kind, Role, Statement

#: More than these help nobody to choose.
AT_MOST = 6


def right_figures(
    statement: Statement, facts: Facts, language: str, roles: Collection[Role] = ()
) -> tuple[str, ...]:
    """The facts of the statement's kind, the nearest first; empty if the version has none.

    Where the sentence says what the figure is (``roles``), only those that are that.
    """
    in_role = _of_roles(statement, facts, roles)
    found = _figures(statement, in_role or facts, language)
    return tuple(dict.fromkeys(found))[:AT_MOST]


def _of_roles(statement: Statement, facts: Facts, roles: Collection[Role]) -> Facts | None:
    """The facts of the statement's kind that are one of ``roles``; None without any."""
    fitting = [one for one in facts.roles if one.role in roles and one.kind == statement.kind]
    amounts: dict[str, set[Decimal]] = defaultdict(set)
    for one in fitting:
        amounts[one.currency].add(one.value)
    if not fitting:
        return None
    return Facts(
        amounts={currency: frozenset(values) for currency, values in amounts.items()},
        percentages=frozenset(one.value for one in fitting),
        days=frozenset(int(one.value) for one in fitting),
        counts=frozenset(int(one.value) for one in fitting),
        dates=facts.dates,
    )


def _figures(statement: Statement, facts: Facts, language: str) -> Iterator[str]:
    def near(value: Decimal | int) -> tuple[Decimal, Decimal]:
        return abs(Decimal(value) - statement.value), Decimal(value)

    if statement.kind == Kind.MONEY:
        currencies = sorted(facts.amounts, key=lambda code: (code != statement.currency, code))
        for currency in currencies:
            for amount in sorted(facts.amounts[currency], key=near):
                yield format_money(to_minor(amount, currency), currency, language)
    elif statement.kind == Kind.PERCENT:
        for percent in sorted(facts.percentages, key=near):
            yield format_percentage(percent, language)
    elif statement.kind == Kind.DURATION:
        locale = babel_locale(language)
        for days in sorted(facts.days, key=near):
            yield format_unit(days, "duration-day", locale=locale)
    elif statement.kind == Kind.DATE:
        for day in sorted(facts.dates):
            yield format_day(day, language)
    else:
        for count in sorted(facts.counts, key=near):
            yield format_number(count, language)
