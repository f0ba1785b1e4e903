"""Orders, accounts, vouchers and offers are deleted in Oscar; what was promised lives on."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.due import mark_unissued, settle_due
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.spend import spend
from oscar_referrals.test.factories import UserFactory, live_program
from tests.rewards.cases import DAY, available, books, order, pay, referred, settled

pytestmark = pytest.mark.django_db

State = Reward.State


@pytest.fixture
def program() -> Any:
    return live_program(hold_days=0)


def delete_voucher(reward: Reward) -> None:
    get_model("voucher", "Voucher").objects.filter(pk=reward.voucher_id).delete()


def test_an_order_deleted_before_the_issue_voids_the_reward() -> None:
    referral = referred(live_program(hold_days=14))
    pay(referral.order)
    settled(referral)
    referral.order.delete()
    reward = settled(referral)
    assert (reward.state, reward.reason) == (State.VOIDED, reasons.ORDER_DELETED)
    assert settled(referral).reason == reasons.ORDER_DELETED


def test_an_order_deleted_after_the_issue_takes_nothing_away(program: Any) -> None:
    reward = available(program)
    expires_at = reward.expires_at
    reward.referral.order.delete()
    assert settled(reward.referral).state == State.AVAILABLE
    spend(reward_id=reward.pk, order_number=order().number, amount=1500)
    assert settled(reward.referral).state == State.REDEEMED
    assert settled(reward.referral, expires_at).state == State.REDEEMED


def test_an_order_deleted_keeps_the_friends_discount_in_the_books(program: Any) -> None:
    referral = referred(program)
    settle(referral.pk)
    referral.order.delete()
    settled(referral)
    friends = Reward.objects.get(referral=referral, side="friend")
    assert friends.state == State.REDEEMED


def test_a_deleted_spending_order_leaves_the_reward_spent(program: Any) -> None:
    reward = available(program)
    spent_with = order()
    spend(reward_id=reward.pk, order_number=spent_with.number, amount=1500)
    settled(reward.referral)
    spent_with.delete()
    reward = settled(reward.referral)
    assert (reward.state, reward.spent_order_number) == (State.REDEEMED, spent_with.number)


def test_a_friend_who_deletes_the_account_changes_nothing(program: Any) -> None:
    friend = UserFactory()
    referral = referred(program, friend=friend)
    settled(referral)
    friend.delete()
    pay(get_model("order", "Order").objects.get(number=referral.order_number))
    assert settled(referral).state == State.AVAILABLE


def test_an_advocate_who_deletes_the_account_before_the_issue(program: Any) -> None:
    referral = referred(program)
    settled(referral)
    referral.advocate.user.delete()
    pay(referral.order)
    reward = settled(referral)
    assert (reward.state, reward.reason) == (State.VOIDED, reasons.ACCOUNT_ERASED)
    assert reward.owner is None


def test_an_advocate_who_deletes_the_account_after_the_issue(program: Any) -> None:
    reward = available(program)
    reward.owner.delete()
    reward = settled(reward.referral)
    assert (reward.state, reward.reason) == (State.EXPIRED, reasons.ACCOUNT_ERASED)
    assert books(reward) == {"expense:reward MYR": 1500, "income:breakage MYR": -1500}


def test_a_deleted_voucher_is_issued_again_under_its_code(program: Any) -> None:
    reward = available(program)
    code = reward.voucher_code
    delete_voucher(reward)
    assert mark_unissued() == 1
    assert settle_due().failed == 0
    reward.refresh_from_db()
    assert (reward.state, reward.voucher_code) == (State.AVAILABLE, code)
    assert reward.voucher is not None
    assert list(reward.voucher.offers.all()) == [program.advocate_offer]
    assert mark_unissued() == 0


def test_what_never_had_a_voucher_is_not_looked_at_in_every_run() -> None:
    available(live_program(hold_days=0, advocate={"kind": "credit", "value": 1500}))
    assert mark_unissued() == 0


def test_a_deleted_voucher_that_oscar_inserted_again_is_taken_back(program: Any) -> None:
    reward = available(program)
    stale = reward.voucher
    delete_voucher(reward)
    stale.save(force_insert=True)
    reward = settled(reward.referral)
    assert reward.voucher == stale
    assert list(stale.offers.all()) == [program.advocate_offer]


def test_a_deleted_voucher_of_a_spent_reward_stays_deleted(program: Any) -> None:
    reward = available(program)
    spend(reward_id=reward.pk, order_number=order().number, amount=1500)
    delete_voucher(reward)
    reward = settled(reward.referral)
    assert (reward.state, reward.voucher) == (State.REDEEMED, None)


def test_a_deleted_offer_is_made_anew(program: Any) -> None:
    referral = referred(program)
    pay(referral.order)
    program.advocate_offer.delete()
    assert Program.objects.get().advocate_offer is None
    reward = settled(referral)
    assert reward.state == State.AVAILABLE
    offer = Program.objects.get().advocate_offer
    assert list(reward.voucher.offers.all()) == [offer]


def test_a_reward_reversed_while_its_voucher_was_deleted(program: Any) -> None:
    reward = available(program)
    delete_voucher(reward)
    get_model("order", "Order").objects.update(status="Cancelled")
    assert settled(reward.referral, timezone.now() + DAY).state == State.REVERSED
