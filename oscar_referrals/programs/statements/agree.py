"""Whether a statement is what the facts say."""

from __future__ import annotations

from collections.abc import Collection

from oscar_referrals.programs.statements.currencies import DOLLARS
from oscar_referrals.programs.statements.facts import Facts, Kind, Statement


def agrees(statement: Statement, facts: Facts, beside: Collection[Statement] = ()) -> bool:
    """One of the facts of its kind is exactly what ``statement`` says.

    ``beside`` are all statements of the same sentence.

    A month is what people call a month, 28 to 31 days, and a year 360 to 366. An amount in a
    currency that the version does not have agrees with nothing.
    """
    if statement.kind == Kind.MONEY:
        currencies = {statement.currency}
        if statement.any_dollar:
            currencies |= DOLLARS
        return any(statement.value in facts.amounts.get(code, ()) for code in currencies)
    if statement.kind == Kind.PERCENT:
        return statement.value in facts.percentages
    if statement.kind == Kind.DURATION:
        if statement.working_days:
            return False
        longest = statement.longest or statement.value
        known = facts.days | (facts.periods if _has_limit(beside) else frozenset())
        return any(statement.value <= days <= longest for days in known)
    if statement.kind == Kind.DATE:
        return any(written.covers(day) for written in statement.dates for day in facts.dates)
    if statement.leads_to_next and statement.value + 1 in facts.counts:
        return True
    return statement.value in facts.counts


def _has_limit(statements: Collection[Statement]) -> bool:
    return any(statement.kind in (Kind.COUNT, Kind.MONEY) for statement in statements)
