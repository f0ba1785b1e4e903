"""What is left when the friend's order is cancelled, refunded or refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from oscar_referrals.attribution.models import Referral
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.models import LedgerEntry, Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.spend import spend
from oscar_referrals.test.factories import UserFactory, live_program
from tests.rewards.cases import DAY, available, books, order, pay, referred, set_status, settled

pytestmark = pytest.mark.django_db

State = Reward.State


@pytest.fixture
def program() -> Any:
    """RM 20 off for the friend, RM 15 for the advocate, no hold."""
    return live_program(hold_days=0)


def friends(referral: Referral) -> Reward:
    return Reward.objects.get(referral=referral, side="friend")


def test_cancelled_before_the_issue_it_is_voided() -> None:
    referral = referred(live_program(hold_days=14))
    pay(referral.order)
    settled(referral)
    set_status(referral.order, "Cancelled")
    reward = settled(referral)
    assert (reward.state, reward.reason) == (State.VOIDED, reasons.ORDER_CANCELLED)
    assert books(reward) == {}
    assert friends(referral).state == State.REVERSED
    assert books(friends(referral)) == {}
    referral.refresh_from_db()
    assert (referral.state, referral.reason) == ("released", reasons.ORDER_CANCELLED)


def test_refunded_in_full_after_the_issue_it_is_reversed(program: Any) -> None:
    referral = referred(program)
    source = pay(referral.order)
    assert settled(referral).state == State.AVAILABLE
    source.refund(referral.order.total_incl_tax)
    reward = settled(referral)
    assert (reward.state, reward.reason) == (State.REVERSED, reasons.ORDER_REFUNDED)
    assert books(reward) == {}
    # The voucher stays where it is: only our row says that it is dead.
    assert reward.voucher is not None


def test_a_partial_refund_changes_nothing(program: Any) -> None:
    referral = referred(program)
    source = pay(referral.order)
    settled(referral)
    source.refund(order(total="60.00").total_incl_tax)
    assert settled(referral).state == State.AVAILABLE


def test_cancelled_after_it_was_spent_it_stays_spent(program: Any) -> None:
    reward = available(program)
    spend(reward_id=reward.pk, order_number=order().number, amount=1500)
    settled(reward.referral)
    set_status(reward.referral.order, "Cancelled")
    reward = settled(reward.referral)
    assert (reward.state, reward.reason) == (State.REDEEMED, reasons.ORDER_CANCELLED)
    assert books(reward)["contra:redeemed MYR"] == -1500


def test_spent_by_an_order_in_flight_after_it_was_reversed(program: Any) -> None:
    reward = available(program)
    set_status(reward.referral.order, "Cancelled")
    assert settled(reward.referral).state == State.REVERSED
    spend(reward_id=reward.pk, order_number=order().number, amount=1500)
    reward = settled(reward.referral)
    assert (reward.state, reward.reason) == (State.REDEEMED, reasons.ORDER_CANCELLED)
    assert books(reward) == {"receivable:clawback MYR": 1500, "contra:redeemed MYR": -1500}


def test_an_order_that_comes_back_to_life_is_credited_again(program: Any) -> None:
    reward = available(program)
    referral = reward.referral
    expires_at, code = reward.expires_at, reward.voucher_code
    set_status(referral.order, "Cancelled")
    settled(referral)
    set_status(referral.order, "Pending")
    reward = settled(referral, timezone.now() + 5 * DAY)
    assert (reward.state, reward.reason) == (State.AVAILABLE, reasons.PAID)
    assert (reward.expires_at, reward.voucher_code) == (expires_at, code)
    assert friends(referral).state == State.REDEEMED
    referral.refresh_from_db()
    assert referral.state == "bound"


def test_it_is_not_credited_again_once_another_order_is(program: Any) -> None:
    friend = UserFactory()
    first = referred(program, friend=friend)
    pay(first.order)
    settled(first)
    set_status(first.order, "Cancelled")
    settled(first)
    second = referred(program, friend=friend)
    assert second.state == "bound"
    settled(second)
    set_status(first.order, "Pending")
    reward = settled(first)
    assert (reward.state, reward.reason) == (State.REVERSED, reasons.ALREADY_REFERRED)
    first.refresh_from_db()
    assert (first.state, first.reason) == ("released", reasons.ALREADY_REFERRED)
    # The friend did get the discount of that order: a loss that stands in the books.
    assert (friends(first).state, friends(first).reason) == (
        State.REDEEMED,
        reasons.ALREADY_REFERRED,
    )
    set_status(second.order, "Cancelled")
    settled(second)
    assert settled(first).state == State.AVAILABLE


def test_cancelled_before_it_was_ever_settled(program: Any) -> None:
    referral = referred(program)
    set_status(referral.order, "Cancelled")
    reward = settled(referral)
    assert reward.state == State.VOIDED
    assert not LedgerEntry.objects.filter(reward__referral=referral).exists()


def test_a_refused_referral_books_the_friends_discount_as_a_loss(program: Any) -> None:
    referral = referred(program, existing_customer=True)
    [reward] = settle(referral.pk)
    assert (reward.side, reward.state) == ("friend", State.REDEEMED)
    assert reward.reason == reasons.EXISTING_CUSTOMER
    assert books(reward) == {"expense:reward MYR": 2000, "contra:redeemed MYR": -2000}
    set_status(referral.order, "Cancelled")
    [reward] = settle(referral.pk)
    assert reward.state == State.REVERSED
    assert books(reward) == {}


def test_an_order_without_a_discount_still_rewards_the_advocate(program: Any) -> None:
    referral = referred(program, discount=0)
    pay(referral.order)
    [reward] = settle(referral.pk)
    assert (reward.side, reward.state) == ("advocate", State.AVAILABLE)
