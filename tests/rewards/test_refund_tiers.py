"""Refunds of an order whose reward has a tier: the tier stays, and the refund counts from it.

The second successful referral is worth RM 20.00 instead of RM 10.00, and each order is RM 100.00,
so a refund of RM 30.00 takes back RM 3.00 of the first tier and RM 6.00 of the second.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.models import Reward
from oscar_referrals.test.factories import advocate, live_program
from tests.rewards.cases import books, pay, referred, set_status, settled
from tests.rewards.test_refund_matrix import (
    AVAILABLE,
    CLAWBACK,
    DAY,
    EXPENSE,
    PENDING,
    REDEEMED,
    use_credit,
)

pytestmark = pytest.mark.django_db

State = Reward.State
HOLD = timedelta(days=14)


@pytest.fixture
def program() -> Program:
    return live_program(
        hold_days=14,
        advocate={
            "value": 1000,
            "kind": "credit",
            "validity_days": 90,
            "tiers": {2: {"currency": "MYR", "value": 2000}},
        },
        partial_refunds="proportional",
    )


@pytest.fixture
def member(program: Program) -> Advocate:
    """An advocate with one successful referral already, whose credit is used up."""
    member = advocate(program)
    use_credit(settled(paid(program, member), timezone.now() + HOLD + DAY), 1000)
    return member


def paid(program: Program, member: Advocate) -> Referral:
    referral = referred(program, member=member, discount=0)
    pay(referral.order)
    settled(referral)
    return referral


def refund(referral: Referral, amount: str) -> None:
    if amount != "0":
        referral.order.sources.get().refund(Decimal(amount))


def stands(reward: Reward) -> dict[str, int]:
    return {name.rpartition(" ")[0]: amount for name, amount in books(reward).items()}


@pytest.mark.parametrize(
    ("amount", "state", "expected"),
    [
        ("0", State.PENDING, {EXPENSE: 2000, PENDING: -2000}),
        ("30.00", State.PENDING, {EXPENSE: 1400, PENDING: -1400}),
        ("100.00", State.VOIDED, {}),
    ],
)
def test_inside_the_hold_it_waits_with_the_tier_that_it_would_reach(
    program: Program, member: Advocate, amount: str, state: str, expected: dict[str, int]
) -> None:
    referral = paid(program, member)
    refund(referral, amount)
    reward = settled(referral)
    assert reward.state == state
    assert stands(reward) == expected


@pytest.mark.parametrize(
    ("amount", "state", "expected"),
    [
        ("30.00", State.AVAILABLE, {EXPENSE: 1400, AVAILABLE: -1400}),
        ("100.00", State.VOIDED, {}),
    ],
)
def test_a_refund_inside_the_hold_counts_from_the_tier_that_is_reached_afterwards(
    program: Program, member: Advocate, amount: str, state: str, expected: dict[str, int]
) -> None:
    referral = paid(program, member)
    refund(referral, amount)
    settled(referral)
    reward = settled(referral, timezone.now() + HOLD + DAY)
    assert reward.state == state
    assert stands(reward) == expected


@pytest.mark.parametrize(
    ("used", "amount", "state", "expected"),
    [
        (0, "0", State.AVAILABLE, {EXPENSE: 2000, AVAILABLE: -2000}),
        (0, "30.00", State.AVAILABLE, {EXPENSE: 1400, AVAILABLE: -1400}),
        (0, "100.00", State.REVERSED, {}),
        (500, "30.00", State.AVAILABLE, {EXPENSE: 1400, REDEEMED: -500, AVAILABLE: -900}),
        (500, "80.00", State.REDEEMED, {EXPENSE: 400, REDEEMED: -500, CLAWBACK: 100}),
        (500, "100.00", State.REVERSED, {REDEEMED: -500, CLAWBACK: 500}),
        (2000, "0", State.REDEEMED, {EXPENSE: 2000, REDEEMED: -2000}),
        (2000, "30.00", State.REDEEMED, {EXPENSE: 1400, REDEEMED: -2000, CLAWBACK: 600}),
        (2000, "100.00", State.REVERSED, {REDEEMED: -2000, CLAWBACK: 2000}),
    ],
)
def test_after_the_hold(
    program: Program,
    member: Advocate,
    used: int,
    amount: str,
    state: str,
    expected: dict[str, int],
) -> None:
    referral = paid(program, member)
    later = timezone.now() + HOLD + DAY
    reward = settled(referral, later)
    if used:
        use_credit(reward, used)
    refund(referral, amount)
    reward = settled(referral, later)
    assert reward.state == state
    assert stands(reward) == expected


def test_parts_of_a_tier_end_exactly_at_nothing(program: Program, member: Advocate) -> None:
    referral = paid(program, member)
    later = timezone.now() + HOLD + DAY
    settled(referral, later)
    for part, left in (("33.33", 1333), ("33.33", 667), ("33.34", 0)):
        refund(referral, part)
        assert settled(referral, later).net == left


@pytest.mark.parametrize("undone", ["Cancelled", "Refunded"])
def test_the_place_of_another_referral_stays_when_one_before_it_is_undone(
    program: Program, member: Advocate, undone: str
) -> None:
    """What was handed out for a place is not taken back because of somebody else's order."""
    first = Referral.objects.get()
    second = paid(program, member)
    later = timezone.now() + HOLD + DAY
    settled(second, later)
    set_status(first.order, undone)
    assert settled(first, later).clawback == 1000
    assert settled(second, later).net == 2000
