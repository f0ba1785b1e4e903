"""What an entry is called on a customer's statement."""

from __future__ import annotations

from typing import Any

import pytest

from oscar_referrals.insight.movements import name_of, reason_of, what_happened
from oscar_referrals.insight.statement import Whose, statement
from oscar_referrals.insight.trial_balance import Span
from oscar_referrals.rewards.adjust import adjust
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import UserFactory, live_program
from tests.rewards.cases import available, pay, referred, settled

PENDING, AVAILABLE, RESERVED = "liability:pending", "liability:available", "liability:reserved"
CLAWBACK, USED, LAPSED = "receivable:clawback", "contra:redeemed", "income:breakage"


@pytest.mark.parametrize(
    ("event", "moved", "words"),
    [
        ("earn", {PENDING: 10}, "Earned"),
        ("issue", {PENDING: -10, AVAILABLE: 10}, "Available"),
        ("redeem", {AVAILABLE: -10, USED: 10}, "Used"),
        ("issue", {RESERVED: -4, USED: 4}, "Used"),
        ("issue", {AVAILABLE: 4, USED: -4}, "Given back"),
        ("redeem", {AVAILABLE: -10, USED: 8, LAPSED: 2}, "Used"),
        ("earn", {PENDING: -3}, "Reduced"),
        ("issue", {AVAILABLE: -3}, "Reduced"),
        ("reverse", {AVAILABLE: -10}, "Taken back"),
        ("expire", {AVAILABLE: -10, LAPSED: 10}, "Expired"),
        ("redeem", {CLAWBACK: 5}, "Taken back after it was used"),
        ("issue", {PENDING: -10, AVAILABLE: 6, CLAWBACK: -4}, "Set off"),
        ("redeem", {CLAWBACK: -5, "expense:write-off": 5}, "Written off"),
        ("reserve", {AVAILABLE: -4, RESERVED: 4}, "Set aside for a basket"),
        ("loss", {USED: 4}, "Discount given a second time"),
        ("of-a-shop", {AVAILABLE: 1}, "of-a-shop"),
    ],
)
def test_words(event: str, moved: dict[str, int], words: str) -> None:
    assert what_happened(event, moved) == words


@pytest.mark.django_db
def test_a_reason_is_that_of_the_movement() -> None:
    """What took credit away bears no "the order is paid", the reason of the state it left."""
    reward = available(live_program(hold_days=0))
    issued = reward.entries.latest("pk")
    assert (name_of(issued), reason_of(issued)) == ("Available", "paid")
    adjust(reward_id=reward.pk, by=-500, actor=UserFactory(is_staff=True), note="Too much")
    lowered = reward.entries.latest("pk")
    assert (name_of(lowered), reason_of(lowered)) == ("Reduced", "")


@pytest.mark.django_db
def test_a_set_off_and_what_it_paid() -> None:
    """RM 15 were spent and have to go back; the next RM 15 pay it in full."""
    program = live_program(hold_days=0)
    first = available(program)
    Reward.objects.filter(pk=first.pk).update(spent_order_number="1", spent_amount=1500)
    settled(first.referral)
    type(first.referral.order).objects.filter(pk=first.referral.order_id).update(status="Cancelled")
    settled(first.referral)
    second = referred(program, member=first.advocate)
    pay(second.order)
    later = settled(second)
    settle(first.referral_id)
    [account] = statement(Whose(user_id=first.advocate.user_id), Span())
    assert account.closing_balance == 0
    assert [row.balance for row in account.movements] == running(account.movements)
    assert "Set off" in [row.event for row in account.movements]
    assert later.netted == 1500


@pytest.mark.django_db
def test_another_customer_is_not_in_it() -> None:
    program = live_program()
    mine, other = referred(program), referred(program)
    for referral in (mine, other):
        settle(referral.pk)
    [account] = statement(Whose(user_id=mine.advocate.user_id), Span())
    assert {row.entry.reward.referral_id for row in account.movements} == {mine.pk}


def running(movements: list[Any]) -> list[int]:
    """The balance after each movement, added up again from what moved."""
    balance, found = 0, []
    for row in movements:
        balance += row.pending + row.available + row.reserved - row.owed_back
        found.append(balance)
    return found
