"""How full the fullest stretch around a reward is: worked by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Limit
from oscar_referrals.rewards.caps import counts, crosses_alert, excess_of, fullest, limit_of

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(hours=24)


def at(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("hours", "most"),
    [
        ([], 0),
        ([-1, -2], 2),
        # Exactly a day before is outside; a moment later is inside.
        ([-24], 0),
        ([-23.999], 1),
        ([24], 0),
        ([23.999], 1),
        # All four lie less than a day from noon, but not from each other.
        ([-20, -10, 5, 20], 2),
        ([-10, -5, 5, 20], 3),
        ([-23, 23], 1),
        ([0, 0, 0], 3),
    ],
)
def test_the_fullest_stretch_counts(hours: list[float], most: int) -> None:
    given = [(at(hour), 1) for hour in hours]
    assert fullest(given, at=NOON, window=DAY) == most
    assert fullest(given[::-1], at=NOON, window=DAY) == most


def test_amounts_are_added_up() -> None:
    given = [(at(-3), 1500), (at(-2), 500), (at(30), 9000)]
    assert fullest(given, at=NOON, window=DAY) == 2000


def test_a_limit_that_is_reached_exactly_is_kept() -> None:
    limit = Limit(scope="advocate", window="day", measure="money", currency="MYR", amount=3000)
    assert excess_of(limit, used=1500, wanted=1500) is None
    excess = excess_of(limit, used=1501, wanted=1500)
    assert excess is not None
    assert excess.as_inputs() == {
        "reason": reasons.CAP_REACHED,
        "scope": "advocate",
        "window": "day",
        "measure": "money",
        "currency": "MYR",
        "limit": 3000,
        "used": 1501,
        "wanted": 1500,
    }


def test_a_budget_says_that_it_is_one() -> None:
    limit = Limit(scope="program", window="ever", measure="money", currency="MYR", amount=10)
    excess = excess_of(limit, used=0, wanted=11)
    assert excess is not None and excess.reason == reasons.BUDGET_SPENT


@pytest.mark.parametrize(
    ("before", "after", "crosses"),
    [(7999, 8000, True), (7998, 7999, False), (8000, 8100, False), (0, 10000, True)],
)
def test_the_alert_is_at_four_fifths(before: int, after: int, crosses: bool) -> None:
    assert crosses_alert(budget=10000, before=before, after=after) is crosses


@pytest.mark.parametrize(
    ("state", "net", "takes_room"),
    [
        ("pending", 1, True),
        ("available", 1500, True),
        ("redeemed", 1500, True),
        ("expired", 1500, True),
        ("pending", 0, False),
        ("available", -1, False),
        ("voided", 1500, False),
        ("reversed", 1500, False),
        ("", 1500, False),
    ],
)
def test_what_is_owed_or_was_given_takes_up_room(state: str, net: int, takes_room: bool) -> None:
    assert counts(state, net) is takes_room


@pytest.mark.parametrize(
    ("reason", "reduced_reason", "limit"),
    [
        (reasons.CAP_REACHED, "", reasons.CAP_REACHED),
        (reasons.PAID, reasons.BUDGET_SPENT, reasons.BUDGET_SPENT),
        (reasons.CAP_REACHED, reasons.BUDGET_SPENT, reasons.CAP_REACHED),
        (reasons.PAID, reasons.PARTLY_REFUNDED, ""),
        (reasons.PAID, "", ""),
    ],
)
def test_a_limit_is_named_for_the_whole_before_a_part(
    reason: str, reduced_reason: str, limit: str
) -> None:
    assert limit_of(reason, reduced_reason) == limit
