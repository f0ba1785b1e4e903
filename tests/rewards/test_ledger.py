"""The one writer of money: keys, legs, balances."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.books import Standing, difference, position_of, without_zeros
from oscar_referrals.rewards.ledger import (
    Booking,
    LedgerConflict,
    entry_counts,
    positions,
    post,
)
from oscar_referrals.rewards.models import LedgerAccount, LedgerEntry, Posting, Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import live_program
from tests.rewards.cases import referred

EXPENSE, PENDING = "expense:reward", "liability:pending"


@pytest.fixture
def reward(db: None) -> Reward:
    """A pending reward of RM 15."""
    referral = referred(live_program())
    settle(referral.pk)
    return Reward.objects.get(referral=referral, side="advocate")


def booking(reward: Reward, key: str = "test:1", amount: int = 500, unit: str = "MYR") -> Booking:
    legs = {(EXPENSE, unit): amount, (PENDING, unit): -amount}
    return Booking(key=key, reward=reward, event="loss", reason="", legs=legs)


def balance(reward: Reward, kind: str) -> int:
    owner = reward.advocate if kind.startswith("liability") else None
    return LedgerAccount.objects.get(kind=kind, advocate=owner, unit="MYR").balance


def test_balances_run_in_the_accounts_direction(reward: Reward) -> None:
    before = balance(reward, EXPENSE)
    [entry] = post(bookings=[booking(reward)], now=timezone.now())
    assert balance(reward, EXPENSE) == before + 500
    assert balance(reward, PENDING) == 2000
    assert sorted(entry.postings.values_list("amount", flat=True)) == [-500, 500]


def test_a_key_is_booked_once(reward: Reward) -> None:
    first = post(bookings=[booking(reward)], now=timezone.now())
    again = post(bookings=[booking(reward)], now=timezone.now())
    assert [entry.pk for entry in first] == [entry.pk for entry in again]
    assert balance(reward, PENDING) == 2000


def test_a_key_with_another_payload_is_an_error(reward: Reward) -> None:
    post(bookings=[booking(reward)], now=timezone.now())
    before = Posting.objects.count()
    with pytest.raises(LedgerConflict):
        post(bookings=[booking(reward, amount=501)], now=timezone.now())
    with pytest.raises(LedgerConflict):
        post(bookings=[booking(reward, unit="SGD")], now=timezone.now())
    assert Posting.objects.count() == before


def test_a_key_of_another_reward_is_an_error(reward: Reward) -> None:
    post(bookings=[booking(reward)], now=timezone.now())
    other = Reward.objects.get(referral=reward.referral, side="friend")
    with pytest.raises(LedgerConflict):
        post(bookings=[booking(other)], now=timezone.now())


@pytest.mark.parametrize(
    "legs",
    [
        {},
        {(EXPENSE, "MYR"): 5, (PENDING, "MYR"): -4},
        {(EXPENSE, "MYR"): 5, (PENDING, "SGD"): -5},
    ],
)
def test_legs_that_do_not_balance_are_refused(reward: Reward, legs: Any) -> None:
    bad = Booking(key="test:1", reward=reward, event="earn", reason="", legs=legs)
    with pytest.raises(ValueError, match="does not balance"):
        post(bookings=[booking(reward, key="test:0"), bad], now=timezone.now())
    assert not LedgerEntry.objects.filter(key__startswith="test:").exists()


def test_what_is_owed_never_becomes_negative(reward: Reward) -> None:
    with pytest.raises(Exception, match="rf_liability_not_negative"), transaction.atomic():
        post(bookings=[booking(reward, amount=-1501)], now=timezone.now())
    assert not audit()


def test_several_bookings_are_all_posted_or_none(reward: Reward) -> None:
    post(bookings=[booking(reward, key="test:2")], now=timezone.now())
    with pytest.raises(LedgerConflict):
        post(
            bookings=[booking(reward, key="test:3"), booking(reward, key="test:2", amount=1)],
            now=timezone.now(),
        )
    assert not LedgerEntry.objects.filter(key="test:3").exists()


def test_losses_are_no_part_of_a_rewards_position(reward: Reward) -> None:
    before = positions([reward])
    post(bookings=[booking(reward)], now=timezone.now())
    assert positions([reward]) == before
    assert entry_counts([reward]) == {reward.pk: 2}


def test_the_number_of_queries_does_not_grow_with_the_bookings(reward: Reward) -> None:
    def queries(bookings: list[Booking]) -> int:
        with CaptureQueriesContext(connection) as captured:
            post(bookings=bookings, now=timezone.now())
        return len(captured)

    few = queries([booking(reward, key="few:0")])
    assert queries([booking(reward, key=f"many:{number}") for number in range(30)]) == few


amounts = st.integers(0, 10**9)
states = st.sampled_from(Reward.State.values)


standings = st.builds(
    Standing,
    state=states,
    unit=st.sampled_from(["MYR", "vouchers"]),
    currency=st.just("MYR"),
    net=amounts,
    netted=amounts,
    reserved=amounts,
    used=amounts,
    used_money=amounts,
    clawback_money=st.integers(10**9, 2 * 10**9),
    written_off_money=amounts,
)


@given(standings)
def test_every_position_sums_to_zero_per_unit(
    standing: Standing,
) -> None:
    legs = position_of(standing)
    for each in {unit for _kind, unit in legs}:
        assert sum(n for (_kind, unit), n in legs.items() if unit == each) == 0
    assert all(legs.values())
    # Whatever the figures: what is owed is never a debit.
    owed = [n for (kind, _unit), n in legs.items() if kind.startswith("liability:")]
    assert all(n < 0 for n in owed)


@given(standings, standings)
def test_the_difference_leads_from_one_position_to_the_other(
    before: Standing, after: Standing
) -> None:
    old, new = position_of(before), position_of(after)
    step = difference(new, old)
    assert sum(step.values()) == 0
    assert without_zeros({key: old.get(key, 0) + step.get(key, 0) for key in {*old, *step}}) == new
