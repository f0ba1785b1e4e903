"""One basket at a time may spend a reward, and one order does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Referral
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.ledger import LedgerConflict
from oscar_referrals.rewards.losses import book_loss
from oscar_referrals.rewards.models import LedgerEntry, Posting, Reward
from oscar_referrals.rewards.spend import (
    hold_for,
    let_go,
    let_go_of_stale,
    spend,
)
from oscar_referrals.rewards.triggers import mark_due, settle_order
from oscar_referrals.test.factories import live_program
from tests.rewards.cases import DAY, available, order, set_status, settled

pytestmark = pytest.mark.django_db


@pytest.fixture
def reward() -> Reward:
    return available(live_program(hold_days=0))


def basket(reward: Reward, status: str = "Open") -> Any:
    return get_model("basket", "Basket").objects.create(owner=reward.owner, status=status)


def holder(reward: Reward) -> int | None:
    return Reward.objects.get(pk=reward.pk).basket_id


def hold(reward: Reward, by: Any) -> bool:
    return hold_for(reward_id=reward.pk, basket_id=by.pk)


def test_the_newest_basket_takes_it_over(reward: Reward) -> None:
    first, second = basket(reward), basket(reward)
    assert hold(reward, first)
    assert hold(reward, second)
    assert holder(reward) == second.pk


def test_a_basket_in_payment_keeps_it(reward: Reward) -> None:
    paying, shopping = basket(reward), basket(reward)
    assert hold(reward, paying)
    paying.freeze()
    assert not hold(reward, shopping)
    assert hold(reward, paying)
    paying.thaw()
    assert hold(reward, shopping)


@pytest.mark.parametrize("event", ["expired", "reversed", "spent"])
def test_what_cannot_be_spent_cannot_be_held(reward: Reward, event: str) -> None:
    now = timezone.now()
    if event == "expired":
        now = reward.expires_at
    elif event == "reversed":
        set_status(reward.referral.order, "Cancelled")
        settled(reward.referral)
    else:
        spend(reward_id=reward.pk, order_number="1", amount=1500)
    assert not hold_for(reward_id=reward.pk, basket_id=basket(reward).pk, now=now)
    assert holder(reward) is None


def test_letting_go(reward: Reward) -> None:
    mine, other = basket(reward), basket(reward)
    hold(reward, mine)
    assert let_go(basket_id=other.pk, reward_ids=[reward.pk]) == 0
    mine.freeze()
    assert let_go(basket_id=mine.pk, reward_ids=[reward.pk]) == 0
    assert holder(reward) == mine.pk
    mine.thaw()
    assert let_go(basket_id=mine.pk, reward_ids=[reward.pk]) == 1
    assert holder(reward) is None


def test_a_forgotten_basket_lets_go_by_time(reward: Reward) -> None:
    mine = basket(reward)
    hold(reward, mine)
    now = timezone.now()
    assert let_go_of_stale(now=now + timedelta(hours=1)) == 0
    mine.freeze()
    assert let_go_of_stale(now=now + timedelta(hours=3)) == 0
    mine.thaw()
    assert let_go_of_stale(now=now + timedelta(hours=3)) == 1
    assert holder(reward) is None


def test_one_order_spends_it(reward: Reward) -> None:
    hold(reward, basket(reward))
    Referral.objects.update(settle_due_at=None)
    assert spend(reward_id=reward.pk, order_number="1", amount=1400)
    reward.refresh_from_db()
    assert (reward.spent_order_number, reward.spent_amount) == ("1", 1400)
    assert reward.spent_at is not None
    assert reward.basket is None
    # Should the process die now, the work finds it.
    assert Referral.objects.get().settle_due_at is not None
    assert audit() == []


def test_another_order_does_not(reward: Reward) -> None:
    spend(reward_id=reward.pk, order_number="1", amount=1400)
    assert not spend(reward_id=reward.pk, order_number="2", amount=1500)
    assert spend(reward_id=reward.pk, order_number="1", amount=1500)
    reward.refresh_from_db()
    assert (reward.spent_order_number, reward.spent_amount) == ("1", 1400)


def test_a_discount_that_was_given_twice_is_a_loss(reward: Reward) -> None:
    spend(reward_id=reward.pk, order_number="1", amount=1500)
    settled(reward.referral)
    for _time in range(2):
        book_loss(reward=reward, order_number="2", amount=1200)
    entry = LedgerEntry.objects.get(event="loss")
    assert sorted(entry.postings.values_list("amount", flat=True)) == [-1200, 1200]
    before = LedgerEntry.objects.count()
    settled(reward.referral, timezone.now() + 5 * DAY)
    assert LedgerEntry.objects.count() == before
    with pytest.raises(LedgerConflict):
        book_loss(reward=reward, order_number="2", amount=1201)


def test_a_loss_is_taken_back_once_when_the_second_order_is_undone(reward: Reward) -> None:
    spend(reward_id=reward.pk, order_number="1", amount=1500)
    settled(reward.referral)
    second = order("15.00", number="2", user=reward.owner)
    book_loss(reward=reward, order_number="2", amount=1200)
    set_status(second, "Cancelled")
    settle_order(second)
    for _time in range(2):
        settled(reward.referral)
    taken_back = LedgerEntry.objects.get(event="loss-reversal")
    assert taken_back.key == f"loss-reversal:2:{reward.incentive_id}:advocate"
    assert taken_back.reason == "order-cancelled"
    assert cost_of_losses() == 0
    set_status(second, "Complete")
    for _time in range(2):
        settled(reward.referral)
    assert LedgerEntry.objects.filter(event="loss").count() == 2
    assert cost_of_losses() == 1200
    set_status(second, "Cancelled")
    settled(reward.referral)
    assert cost_of_losses() == 0
    assert audit() == []


def test_the_order_that_lost_is_known_to_depend_on_the_reward(reward: Reward) -> None:
    spend(reward_id=reward.pk, order_number="1", amount=1500)
    settled(reward.referral)
    Referral.objects.update(settle_due_at=None)
    book_loss(reward=reward, order_number="2", amount=1200)
    assert mark_due("2") == [reward.referral_id]


def test_an_order_that_takes_the_reward_over_is_no_loss_any_more(reward: Reward) -> None:
    """Both orders are undone and come back: the one that has the reward now lost nothing."""
    first, second = order("15.00", number="1"), order("15.00", number="2")
    spend(reward_id=reward.pk, order_number="2", amount=1500)
    settled(reward.referral)
    set_status(second, "Cancelled")
    settled(reward.referral)
    spend(reward_id=reward.pk, order_number="1", amount=1500)
    set_status(second, "Complete")
    settled(reward.referral)
    assert cost_of_losses() == 1500
    set_status(first, "Cancelled")
    settled(reward.referral)
    reward.refresh_from_db()
    assert reward.spent_order_number == "2"
    assert cost_of_losses() == 0
    assert audit() == []


def cost_of_losses() -> int:
    legs = Posting.objects.filter(
        entry__event__in=("loss", "loss-reversal"), account__kind="expense:reward"
    )
    return sum(legs.values_list("amount", flat=True))


def test_no_discount_is_no_loss(reward: Reward) -> None:
    book_loss(reward=reward, order_number="2", amount=0)
    assert not LedgerEntry.objects.filter(event="loss").exists()
