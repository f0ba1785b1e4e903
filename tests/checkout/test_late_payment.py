"""A payment that was given up for lost comes back after all, its reward having been freed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from oscar_referrals.rewards.abandoned import free
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.models import LedgerEntry, Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import live_program
from tests.api_client import basket_of, place, priced
from tests.rewards.cases import available
from tests.shop import Visitor, product

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reward() -> Reward:
    """RM 15 off for the advocate, to be spent at once."""
    return available(live_program(hold_days=0))


@pytest.fixture
def paying(reward: Reward) -> Any:
    """The owner's basket of RM 40, with the payment provider at RM 25."""
    basket = basket_of(reward.owner, product("40.00"))
    basket.vouchers.add(reward.voucher)
    basket = priced(basket)
    assert basket.total_discount == Decimal("15.00")
    basket.freeze()
    return basket


def by_staff(reward: Reward) -> None:
    assert free(reward_id=reward.pk, note="given up")


def by_time(reward: Reward) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        call_command("referrals_work", verbosity=0)
    assert Reward.objects.get(pk=reward.pk).basket_id is None


freed = pytest.mark.parametrize("freed", [by_staff, by_time])


def spend_elsewhere(reward: Reward) -> Any:
    owner = Visitor(reward.owner)
    owner.add(product("60.00"))
    assert owner.enter(reward.voucher_code) == ["Your reward is applied: MYR 15 off."]
    return owner.order()


@freed
def test_unused_it_is_spent_by_the_late_order(
    reward: Reward, paying: Any, freed: Callable[[Reward], None]
) -> None:
    freed(reward)
    order = place(priced(paying))
    assert order.total_incl_tax == Decimal("25.00")
    reward.refresh_from_db()
    assert (reward.spent_order_number, reward.spent_amount) == (str(order.number), 1500)
    settle(reward.referral_id)
    assert not LedgerEntry.objects.filter(event="loss").exists()
    assert audit() == []


@freed
def test_used_again_the_late_order_keeps_its_total_and_the_loss_is_booked(
    reward: Reward, paying: Any, freed: Callable[[Reward], None]
) -> None:
    freed(reward)
    other = spend_elsewhere(reward)
    assert other.total_incl_tax == Decimal("45.00")
    late = place(priced(paying))
    assert late.total_incl_tax == Decimal("25.00")
    reward.refresh_from_db()
    assert reward.spent_order_number == other.number
    for _time in range(2):
        settle(reward.referral_id)
        call_command("referrals_work", verbosity=0)
    loss = LedgerEntry.objects.get(event="loss")
    assert loss.key.startswith(f"loss:{late.number}:")
    assert sorted(loss.postings.values_list("amount", flat=True)) == [-1500, 1500]
    assert audit() == []


def test_both_payments_may_be_under_way_at_once(reward: Reward, paying: Any) -> None:
    by_staff(reward)
    second = basket_of(reward.owner, product("60.00"))
    second.vouchers.add(reward.voucher)
    second = priced(second)
    assert second.total_discount == Decimal("15.00")
    second.freeze()
    totals = [place(priced(basket)).total_incl_tax for basket in (paying, second)]
    assert totals == [Decimal("25.00"), Decimal("45.00")]
    settle(reward.referral_id)
    assert LedgerEntry.objects.filter(event="loss").count() == 1
    assert audit() == []


def test_a_late_refusal_takes_nothing_from_the_basket_that_has_the_reward_now(
    reward: Reward, paying: Any
) -> None:
    by_staff(reward)
    owner = Visitor(reward.owner)
    owner.add(product("60.00"))
    owner.enter(reward.voucher_code)
    type(paying).objects.get(pk=paying.pk).thaw()
    assert priced(paying).total_discount == 0
    reward.refresh_from_db()
    assert reward.basket_id not in (None, paying.pk)
