"""Whether a statement is what the facts say."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from oscar_referrals.programs.statements.currencies import DOLLARS
from oscar_referrals.programs.statements.facts import Facts, Kind, Played, Role, Statement


def agrees(statement: Statement, facts: Facts, beside: Collection[Statement] = ()) -> bool:
    """One of the facts of its kind is exactly what ``statement`` says.

    ``beside`` are all statements of the same sentence.

    A month is what people call a month, 28 to 31 days, and a year 360 to 366. An amount in a
    currency that the version does not have agrees with nothing.
    """
    if statement.kind == Kind.MONEY:
        currencies = _currencies(statement)
        return any(statement.value in facts.amounts.get(code, ()) for code in currencies)
    if statement.kind == Kind.PERCENT:
        return statement.value in facts.percentages
    if statement.kind == Kind.DURATION:
        if statement.is_rate and facts.periods:
            return any(_covers(statement, Decimal(days)) for days in facts.periods)
        known = facts.days | (facts.periods if _has_limit(beside) else frozenset())
        return any(_covers(statement, Decimal(days)) for days in known)
    if statement.kind == Kind.DATE:
        return any(written.covers(day) for written in statement.dates for day in facts.dates)
    if statement.leads_to_next and statement.value + 1 in facts.counts:
        return True
    return statement.value in facts.counts


def is_in_role(statement: Statement, facts: Facts, roles: Collection[Role]) -> bool:
    """Whether the figure, which is one of the facts, is one of ``roles``; no roles: any will do."""
    played = {one.role for one in facts.roles if is_fact(statement, one)}
    return not roles or not played or not played.isdisjoint(roles)


def is_fact(statement: Statement, fact: Played) -> bool:
    """Whether the statement is this figure of the version, whatever it says of it."""
    if statement.kind != fact.kind:
        return False
    if statement.kind == Kind.DURATION:
        return _covers(statement, fact.value)
    return statement.value == fact.value and (
        statement.kind != Kind.MONEY or fact.currency in _currencies(statement)
    )


def _covers(statement: Statement, days: Decimal) -> bool:
    longest = statement.longest or statement.value
    return not statement.working_days and statement.value <= days <= longest


def _currencies(statement: Statement) -> set[str]:
    return {statement.currency} | (DOLLARS if statement.any_dollar else set())


def _has_limit(statements: Collection[Statement]) -> bool:
    return any(statement.kind in (Kind.COUNT, Kind.MONEY) for statement in statements)
