"""Spending a reward, letting it lapse, and orders that spent it and were undone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from oscar_referrals.attribution.models import Decision
from oscar_referrals.money import VOUCHER_UNIT
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.losses import book_loss
from oscar_referrals.rewards.models import LedgerEntry, Posting, Reward
from oscar_referrals.rewards.spend import spend
from oscar_referrals.test.factories import live_program
from tests.rewards.cases import DAY, available, books, order, set_status, settled

pytestmark = pytest.mark.django_db

State = Reward.State


@pytest.fixture
def program() -> Any:
    """RM 20 off for the friend, RM 15 for the advocate, no hold."""
    return live_program(hold_days=0)


def test_spending_all_of_it(program: Any) -> None:
    reward = available(program)
    assert spend(reward_id=reward.pk, order_number=order().number, amount=1500)
    reward = settled(reward.referral)
    assert (reward.state, reward.reason) == (State.REDEEMED, reasons.SPENT)
    assert books(reward) == {"expense:reward MYR": 1500, "contra:redeemed MYR": -1500}


def test_what_is_not_used_of_a_fixed_voucher_lapses(program: Any) -> None:
    reward = available(program)
    spend(reward_id=reward.pk, order_number=order().number, amount=1100)
    reward = settled(reward.referral)
    assert books(reward) == {
        "expense:reward MYR": 1500,
        "contra:redeemed MYR": -1100,
        "income:breakage MYR": -400,
    }


def test_a_percentage_is_a_piece_until_it_is_spent() -> None:
    reward = available(live_program(hold_days=0, advocate={"percent": 10, "maximum": 5000}))
    assert (reward.unit, reward.amount, reward.currency) == (VOUCHER_UNIT, 1, "MYR")
    assert books(reward) == {"expense:reward vouchers": 1, "liability:available vouchers": -1}
    spend(reward_id=reward.pk, order_number=order().number, amount=1234)
    assert books(settled(reward.referral)) == {
        "expense:reward vouchers": 1,
        "contra:redeemed vouchers": -1,
        "expense:reward MYR": 1234,
        "contra:redeemed MYR": -1234,
    }


def test_it_expires_at_the_very_moment(program: Any) -> None:
    reward = available(program)
    before = reward.expires_at - timedelta(microseconds=1)
    assert settled(reward.referral, before).state == State.AVAILABLE
    reward = settled(reward.referral, reward.expires_at)
    assert (reward.state, reward.reason) == (State.EXPIRED, reasons.EXPIRED)
    assert books(reward) == {"expense:reward MYR": 1500, "income:breakage MYR": -1500}


def test_spent_in_a_payment_that_ended_after_the_expiry(program: Any) -> None:
    reward = available(program)
    settled(reward.referral, reward.expires_at)
    spend(reward_id=reward.pk, order_number=order().number, amount=1500)
    reward = settled(reward.referral, reward.expires_at)
    assert reward.state == State.REDEEMED
    assert books(reward) == {"expense:reward MYR": 1500, "contra:redeemed MYR": -1500}


@pytest.mark.parametrize("undo", ["Cancelled", "Refunded"])
def test_an_undone_spending_order_gives_the_reward_back(program: Any, undo: str) -> None:
    reward = available(program)
    expires_at = reward.expires_at
    spent_with = order()
    spend(reward_id=reward.pk, order_number=spent_with.number, amount=1100)
    settled(reward.referral)
    set_status(spent_with, undo)
    reward = settled(reward.referral)
    assert (reward.state, reward.reason) == (State.AVAILABLE, reasons.RESTORED)
    assert (reward.spent_order_number, reward.spent_amount, reward.spent_at) == ("", None, None)
    assert reward.expires_at == expires_at
    assert books(reward) == {"expense:reward MYR": 1500, "liability:available MYR": -1500}


def test_a_spending_order_undone_before_anybody_settled(program: Any) -> None:
    reward = available(program)
    spend(reward_id=reward.pk, order_number=order(status="Cancelled").number, amount=1500)
    reward = settled(reward.referral)
    assert (reward.state, reward.reason) == (State.AVAILABLE, reasons.RESTORED)
    assert reward.spent_order_number == ""


def test_a_spending_order_undone_after_the_expiry(program: Any) -> None:
    reward = available(program)
    spent_with = order()
    spend(reward_id=reward.pk, order_number=spent_with.number, amount=1500)
    settled(reward.referral)
    set_status(spent_with, "Cancelled")
    reward = settled(reward.referral, reward.expires_at + DAY)
    assert reward.state == State.EXPIRED
    assert reward.spent_order_number == ""


def test_a_spending_order_that_comes_back_has_the_discount_again(program: Any) -> None:
    reward = available(program)
    spent_with = order()
    spend(reward_id=reward.pk, order_number=spent_with.number, amount=1100)
    settled(reward.referral)
    for _time in range(2):
        set_status(spent_with, "Cancelled")
        settled(reward.referral)
        set_status(spent_with, "Pending")
        reward = settled(reward.referral)
        assert reward.state == State.REDEEMED
        assert (reward.spent_order_number, reward.spent_amount) == (spent_with.number, 1100)
        assert books(reward)["contra:redeemed MYR"] == -1100


def test_two_orders_that_both_stand_are_a_loss(program: Any) -> None:
    reward = available(program)
    first, second = order(), order()
    spend(reward_id=reward.pk, order_number=first.number, amount=1500)
    settled(reward.referral)
    set_status(first, "Cancelled")
    settled(reward.referral)
    spend(reward_id=reward.pk, order_number=second.number, amount=1500)
    settled(reward.referral)
    set_status(first, "Pending")
    for _time in range(2):
        reward = settled(reward.referral)
        assert reward.spent_order_number == second.number
        losses = LedgerEntry.objects.filter(reward=reward, event="loss")
        assert [entry.key for entry in losses] == [
            f"loss:{first.number}:{reward.incentive_id}:advocate"
        ]


def test_the_one_of_two_spending_orders_that_stands_has_it(program: Any) -> None:
    reward = available(program)
    first, second = order(), order()
    spend(reward_id=reward.pk, order_number=first.number, amount=1500)
    settled(reward.referral)
    set_status(first, "Cancelled")
    settled(reward.referral)
    spend(reward_id=reward.pk, order_number=second.number, amount=1400)
    settled(reward.referral)
    set_status(first, "Pending")
    set_status(second, "Cancelled")
    reward = settled(reward.referral)
    assert (reward.state, reward.spent_order_number) == (State.REDEEMED, first.number)
    assert not LedgerEntry.objects.filter(event="loss").exists()


def spent_twice(program: Any, amount: int = 1500) -> tuple[Reward, Any, Any]:
    """An order has spent the reward, and a second one has its discount as well: a loss."""
    reward = available(program)
    first, second = order(), order()
    spend(reward_id=reward.pk, order_number=first.number, amount=1500)
    settled(reward.referral)
    book_loss(reward=reward, order_number=second.number, amount=amount)
    assert cost(reward) == 1500 + amount
    return reward, first, second


def cost(reward: Reward) -> int:
    """What the reward has cost in all, losses included."""
    legs = Posting.objects.filter(entry__reward=reward, account__kind="expense:reward")
    return sum(legs.values_list("amount", flat=True))


@pytest.mark.parametrize("undo", ["Cancelled", "Refunded"])
def test_a_reward_that_two_orders_had_goes_to_the_second_when_the_first_is_undone(
    program: Any, undo: str
) -> None:
    reward, first, second = spent_twice(program)
    set_status(first, undo)
    for _time in range(2):
        reward = settled(reward.referral)
        assert (reward.state, reward.spent_order_number) == (State.REDEEMED, second.number)
        assert (reward.spent_amount, cost(reward)) == (1500, 1500)
        assert books(reward) == {"expense:reward MYR": 1500, "contra:redeemed MYR": -1500}
    events = list(reward.entries.order_by("pk").values_list("event", flat=True))
    assert events[-2:] == ["loss", "loss-reversal"]
    restored = Decision.objects.get(subject=reward.key, reason=reasons.RESTORED)
    why = reasons.ORDER_CANCELLED if undo == "Cancelled" else reasons.ORDER_REFUNDED
    inputs = {"amount": 1500, "undone": why}
    assert (restored.order_number, restored.inputs) == (first.number, inputs)


def test_what_the_second_order_left_of_it_lapses(program: Any) -> None:
    reward, first, second = spent_twice(program, amount=1200)
    set_status(first, "Cancelled")
    reward = settled(reward.referral)
    assert (reward.spent_order_number, reward.spent_amount) == (second.number, 1200)
    assert books(reward) == {
        "expense:reward MYR": 1500,
        "contra:redeemed MYR": -1200,
        "income:breakage MYR": -300,
    }
    assert cost(reward) == 1500


def test_the_first_order_coming_back_is_the_loss_then(program: Any) -> None:
    reward, first, second = spent_twice(program)
    for _time in range(2):
        set_status(first, "Cancelled")
        assert cost(settled(reward.referral)) == 1500
        set_status(first, "Pending")
        reward = settled(reward.referral)
        assert (reward.spent_order_number, cost(reward)) == (second.number, 3000)


def test_with_both_undone_in_any_order_the_owner_has_it_again(program: Any) -> None:
    for turned in (False, True):
        reward, *orders = spent_twice(program)
        for placed in reversed(orders) if turned else orders:
            set_status(placed, "Cancelled")
            reward = settled(reward.referral)
        assert (reward.state, reward.spent_order_number) == (State.AVAILABLE, "")
        assert cost(reward) == 1500
        assert books(reward) == {"expense:reward MYR": 1500, "liability:available MYR": -1500}


def test_a_reward_that_was_given_back_beside_a_loss_goes_to_that_order(program: Any) -> None:
    """However it came to be free: an order that stands and got the discount has it."""
    reward = available(program)
    second = order()
    book_loss(reward=reward, order_number=second.number, amount=1500)
    reward = settled(reward.referral)
    assert (reward.state, reward.spent_order_number) == (State.REDEEMED, second.number)
    assert cost(reward) == 1500
