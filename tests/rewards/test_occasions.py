"""What earns a reward, and what it is called: each trigger's answer in full, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive, IncentiveAmount, IncentiveTier
from oscar_referrals.programs.tiers import in_tier
from oscar_referrals.rewards.facts import OrderFacts
from oscar_referrals.rewards.occasions import Case, Occasion, Placed, occasions_of

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def incentive(trigger: str, *, number: int | None = None, **related: list[Any]) -> Incentive:
    """An incentive whose related rows are loaded."""
    made = Incentive(pk=7, side="advocate", trigger=trigger, number=number)
    made._prefetched_objects_cache = {"amounts": [], "tiers": [], **related}
    return made


def placed(number: str, *, goods: int = 9000, currency: str = "MYR", **facts: Any) -> Placed:
    return Placed(
        number=number,
        placed_at=START + int(number) * DAY,
        facts=OrderFacts(number=number, currency=currency, total=10000, paid=True, **facts),
        goods=goods,
        basis=goods - 1000,
    )


FIRST, SECOND, THIRD = placed("1"), placed("2"), placed("3")
CASE = Case(referral=11, advocate=22, first=FIRST, currency="SGD")


def undone(order: Placed) -> Placed:
    return replace(order, facts=replace(order.facts, cancelled=True))


# The first order


def test_the_first_order() -> None:
    assert occasions_of(incentive("first_order"), CASE) == [
        Occasion(source="1", placed=FIRST, currency="MYR", basis=8000)
    ]
    assert occasions_of(incentive("first_order"), replace(CASE, first=None)) == []


def test_an_occasion_with_an_order_has_its_facts_and_its_date() -> None:
    occasion = Occasion(source="1", placed=FIRST, currency="MYR", since=START)
    assert (occasion.facts, occasion.happened_at) == (FIRST.facts, FIRST.placed_at)


def test_an_occasion_without_an_order_is_as_good_as_paid() -> None:
    occasion = Occasion(source="x", currency="MYR", since=START)
    assert occasion.happened_at == START
    assert occasion.facts == OrderFacts(
        number="", currency="MYR", total=0, exists=True, paid=True, paid_at=START
    )
    assert not replace(occasion, exists=False).facts.exists


# Registration


def test_a_registration() -> None:
    case = replace(CASE, signed_up_at=START)
    [occasion] = occasions_of(incentive("sign_up"), case)
    assert occasion == Occasion(
        source="sign-up-11",
        currency="SGD",
        since=START,
        reason=reasons.SIGNED_UP,
        of_referral=False,
        exists=True,
        if_gone=reasons.FRIEND_LEFT,
    )
    [left] = occasions_of(incentive("sign_up"), replace(case, friend_exists=False))
    assert left == replace(occasion, exists=False)
    assert occasions_of(incentive("sign_up"), CASE) == []


# Later orders


@pytest.mark.parametrize(
    ("number", "first", "later", "earns"),
    [
        (1, FIRST, (), FIRST),
        (2, FIRST, (), None),
        (2, FIRST, (SECOND,), SECOND),
        (2, FIRST, (SECOND, THIRD), SECOND),
        (3, FIRST, (SECOND, THIRD), THIRD),
        # One that was undone is not counted, and the next takes its place.
        (2, FIRST, (undone(SECOND), THIRD), THIRD),
        (1, undone(FIRST), (SECOND,), SECOND),
        (2, undone(FIRST), (SECOND, THIRD), THIRD),
        (2, FIRST, (undone(SECOND),), None),
        # Without a number it is the first; without a first order it is the first later one.
        (None, FIRST, (SECOND,), FIRST),
        (1, None, (SECOND, THIRD), SECOND),
    ],
)
def test_the_nth_order(
    number: int | None, first: Placed | None, later: tuple[Placed, ...], earns: Placed | None
) -> None:
    case = replace(CASE, first=first, later=later)
    found = occasions_of(incentive("nth_order", number=number), case)
    name = f"order-{number or 1}-of-11"
    assert found == (
        []
        if earns is None
        else [Occasion(source=name, placed=earns, currency="MYR", basis=8000, movable=True)]
    )


def test_a_known_reward_for_an_nth_order_falls_with_it() -> None:
    rule = incentive("nth_order", number=2)
    known = frozenset({(7, "order-2-of-11")})
    case = replace(CASE, later=(undone(SECOND),), known=known)
    [occasion] = occasions_of(rule, case)
    assert occasion.placed == undone(SECOND)
    # Another incentive's reward, or another source, is not this one.
    for other in ((8, "order-2-of-11"), (7, "order-3-of-11")):
        assert occasions_of(rule, replace(case, known=frozenset({other}))) == []
    # The order was deleted: nothing can be looked up any more.
    assert occasions_of(rule, replace(CASE, known=known)) == [
        Occasion(
            source="order-2-of-11", placed=None, currency="SGD", basis=0, movable=True, exists=False
        )
    ]


@pytest.mark.parametrize(("goods", "earns"), [(7999, False), (8000, True), (8001, True)])
def test_an_order_over_an_amount(goods: int, earns: bool) -> None:
    amounts = [IncentiveAmount(currency="MYR", threshold=8000)]
    case = replace(CASE, first=placed("1", goods=100), later=(placed("2", goods=goods),))
    found = occasions_of(incentive("order_over", amounts=amounts), case)
    assert [occasion.placed for occasion in found] == (list(case.later) if earns else [])
    if earns:
        assert found == [
            Occasion(
                source="over-of-11",
                placed=case.later[0],
                currency="MYR",
                basis=goods - 1000,
                movable=True,
            )
        ]


def test_an_order_in_a_currency_without_a_threshold_earns_nothing() -> None:
    rule = incentive("order_over", amounts=[IncentiveAmount(currency="SGD", threshold=0)])
    assert occasions_of(rule, CASE) == []
    case = replace(CASE, later=(placed("2", currency="SGD"),))
    [occasion] = occasions_of(rule, case)
    assert (occasion.placed, occasion.currency) == (case.later[0], "SGD")


# Goals

REACHED = replace(CASE, ordinal=3, successful=3, counted_at=START)


def goal(source: str, **other: Any) -> Occasion:
    return Occasion(
        **{
            "source": source,
            "currency": "MYR",
            "basis": 8000,
            "since": START,
            "reason": reasons.GOAL_REACHED,
            "of_referral": False,
            "of_count": True,
            "held": False,
            **other,
        }
    )


@pytest.mark.parametrize(
    ("number", "ordinal", "earns"),
    [(3, 3, True), (3, 2, False), (3, 4, True), (3, None, False), (None, 1, True)],
)
def test_a_milestone(number: int | None, ordinal: int | None, earns: bool) -> None:
    case = replace(REACHED, ordinal=ordinal)
    found = occasions_of(incentive("milestone", number=number), case)
    assert found == ([goal(f"milestone-{number or 1}-22")] if earns else [])


def test_a_milestone_is_reached_by_one_referral_only() -> None:
    taken = frozenset({("advocate", "milestone-3-22")})
    rule = incentive("milestone", number=3)
    assert occasions_of(rule, replace(REACHED, ordinal=4, taken=taken)) == []
    # The other side's, or another goal's, doesn't matter.
    for other in (("friend", "milestone-3-22"), ("advocate", "milestone-4-22")):
        assert occasions_of(rule, replace(REACHED, taken=frozenset({other})))
    # Whoever reached it keeps it, whatever became of the number since.
    known = replace(REACHED, known=frozenset({(7, "milestone-3-22")}), taken=taken, ordinal=None)
    assert occasions_of(rule, known) == [goal("milestone-3-22")]
    assert occasions_of(rule, replace(known, ordinal=1)) == [goal("milestone-3-22")]
    assert occasions_of(rule, replace(known, known=frozenset({(8, "milestone-3-22")}))) == []


@pytest.mark.parametrize(("successful", "why_not"), [(2, reasons.GOAL_MISSED), (3, ""), (4, "")])
def test_a_goal_is_missed_when_the_number_drops(successful: int, why_not: str) -> None:
    case = replace(REACHED, successful=successful)
    assert occasions_of(incentive("milestone", number=3), case) == [
        goal("milestone-3-22", why_not=why_not)
    ]


def test_a_goal_reached_by_a_registration_is_in_its_currency() -> None:
    case = replace(REACHED, first=None)
    assert occasions_of(incentive("milestone", number=3), case) == [
        goal("milestone-3-22", currency="SGD", basis=0)
    ]


@pytest.mark.parametrize(
    ("number", "ordinal", "rounds"),
    [
        (3, 2, []),
        (3, 3, [1]),
        (3, 4, []),
        (3, 6, [2]),
        (None, 5, [5]),
        (3, None, []),
    ],
)
def test_every_nth(number: int | None, ordinal: int | None, rounds: list[int]) -> None:
    case = replace(REACHED, ordinal=ordinal, successful=9)
    found = occasions_of(incentive("every_nth", number=number), case)
    assert found == [goal(f"every-{number or 1}-{round_}-22") for round_ in rounds]


def test_every_nth_keeps_the_rounds_it_has_reached_in_their_order() -> None:
    known = frozenset(
        {(7, "every-3-2-22"), (7, "every-3-1-22"), (8, "every-3-5-22"), (7, ""), (None, "x-y-9")}
    )
    case = replace(REACHED, ordinal=9, successful=5, known=known)
    assert occasions_of(incentive("every_nth", number=3), case) == [
        goal("every-3-1-22"),
        goal("every-3-2-22", why_not=reasons.GOAL_MISSED),
        goal("every-3-3-22", why_not=reasons.GOAL_MISSED),
    ]


def test_a_round_that_another_referral_reached_hides_no_other_round() -> None:
    case = replace(
        REACHED,
        ordinal=3,
        successful=9,
        known=frozenset({(7, "every-3-2-22")}),
        taken=frozenset({("advocate", "every-3-1-22")}),
    )
    assert occasions_of(incentive("every_nth", number=3), case) == [goal("every-3-2-22")]


# Tiers


def tier(from_number: int, **values: Any) -> IncentiveTier:
    return IncentiveTier(from_number=from_number, **values)


@pytest.mark.parametrize(
    ("ordinal", "value"), [(1, 1000), (2, 1000), (3, 1500), (4, 1500), (5, 2500), (99, 2500)]
)
def test_the_highest_tier_that_is_reached_counts(ordinal: int, value: int) -> None:
    tiers = [
        tier(5, currency="MYR", value=2500),
        tier(3, currency="MYR", value=1500),
        tier(1, currency="SGD", value=9),
    ]
    rule = incentive("first_order", tiers=tiers)
    figures = IncentiveAmount(currency="MYR", value=1000)
    found, amounts = in_tier(rule, figures, ordinal)
    assert amounts is not None and amounts.value == value
    # What was asked with stays as it was.
    assert figures.value == 1000
    assert (found is rule) is (value == 1000)


def test_a_tier_of_a_percentage_holds_in_every_currency() -> None:
    rule = incentive("first_order", tiers=[tier(3, currency="", percent=Decimal(20))])
    rule.percent = Decimal(10)
    figures = IncentiveAmount(currency="MYR", value=None)
    found, amounts = in_tier(rule, figures, 3)
    assert (found.percent, rule.percent) == (20, 10)
    assert amounts is not None and amounts is not figures and amounts.value is None
    assert in_tier(rule, figures, 2) == (rule, figures)
    # Where nothing is promised in a currency, no tier makes it so.
    assert in_tier(rule, None, 3) == (rule, None)
