"""Worked examples: amounts that follow from what the program gives, though it names none of them.

"An order of £200 brings you £10" is right where a side gets 5 %; "buy for RM 80, pay RM 60" where
RM 80 is enough for RM 20; "ten rewards, that is RM 150". Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from oscar_referrals.programs.statements.facts import Facts, Gain, Kind, Role, Statement

#: A year for dates that are written without one.
FEW_LEAP_DAYS = 2027


@dataclass(frozen=True)
class Amount:
    """An amount of money, and what its words say of it."""

    statement: Statement
    #: At least so much has to be spent.
    is_condition: bool
    #: In the sentence that is read, not in the one beside it.
    is_here: bool = True


def worked_out(
    amounts: Collection[Amount], times: Mapping[Decimal, int | None], facts: Facts
) -> frozenset[int]:
    """Where those figures of the sentence begin that follow from others beside them.

    ``times`` is how often something is given, as far as the words say so, and where that stands in
    the sentence.
    """
    found: set[int] = set()
    for order in amounts:
        for other in amounts:
            if other is not order and _follows(order, other.statement, facts):
                found |= {one.statement.start for one in (order, other) if one.is_here}
        if not order.is_here:
            continue
        often = _times_of(order.statement, times, facts)
        if often or _is_sum(order.statement, amounts):
            found.add(order.statement.start)
            found |= {start for count in often if (start := times[count]) is not None}
    return frozenset(found)


def _follows(order: Amount, other: Statement, facts: Facts) -> bool:
    total = order.statement.value
    for gain in _in_currency(order.statement, facts):
        worth = gain.of_order(total)
        if not worth:
            continue
        if other.value == total - worth and other.value > worth:
            return True
        # What is the same for every order above the minimum proves nothing of the minimum.
        if other.value == worth and gain.percent and not order.is_condition:
            return True
        # From there on it is the most.
        if other.value == worth == gain.maximum == total * gain.percent / 100:
            return True
    return False


def _times_of(amount: Statement, times: Collection[Decimal], facts: Facts) -> list[Decimal]:
    # A friend gets it once.
    fixed = [one.value for one in _in_currency(amount, facts) if one.role == Role.ADVOCATE]
    return [
        count
        for count in times
        if count > 1 and any(worth * count == amount.value for worth in fixed)
    ]


def _is_sum(amount: Statement, amounts: Collection[Amount]) -> bool:
    """ "£55: £5 credit and £50 bonus"."""
    others = [one.statement.value for one in amounts if one.statement is not amount]
    return any(one + two == amount.value for one, two in combinations(others, 2))


def dates_worked_out(
    statements: Collection[Statement], facts: Facts, says_time: bool
) -> frozenset[int]:
    """Where those dates begin that lie one of the facts' durations apart: from 5 November to
    5 December.

    Beside a time of the day, also the day before and after one of the facts' dates is right, where
    both are named: it is that day elsewhere.
    """
    days = facts.days | {28, 31} if facts.days & {28, 30, 31} else facts.days
    dated = [(one.start, day) for one in statements for day in _days_of(one, facts)]
    found: set[int] = set()
    for start, day in dated:
        for other, then in dated:
            apart = (then - day).days
            if apart in days or (says_time and abs(apart) == 1 and {day, then} & facts.dates):
                found |= {start, other}
    return frozenset(found)


def _days_of(statement: Statement, facts: Facts) -> Iterator[date]:
    years = sorted({day.year for day in facts.dates}) or [FEW_LEAP_DAYS]
    for written in statement.dates:
        for year in [written.year] if written.year else years:
            if written.day:
                try:
                    yield date(year, written.month, written.day)
                except ValueError:
                    continue


def _in_currency(statement: Statement, facts: Facts) -> Iterator[Gain]:
    if statement.kind == Kind.MONEY:
        yield from (gain for gain in facts.gains if gain.currency == statement.currency)
