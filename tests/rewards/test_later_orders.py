"""The friend's nth order, and the first one over an amount, earn a reward."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.known_customers import remember_order
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards import due
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.triggers import settle_order
from oscar_referrals.test.factories import UserFactory, advocate
from tests.rewards.cases import DAY, order, pay, referred, set_status
from tests.rewards.triggered import SIDES, paid_referral, program_with, rewards_for, states

pytestmark = pytest.mark.django_db

State = Reward.State
Trigger = Incentive.Trigger


@pytest.mark.parametrize("side", SIDES)
def test_the_second_order_earns_once(side: str) -> None:
    program = program_with(Trigger.NTH_ORDER, side, number=2)
    referral = paid_referral(program, advocate(program))
    assert rewards_for(Trigger.NTH_ORDER) == []
    second, third = order(user=referral.friend), order(user=referral.friend)
    settle(referral.pk)
    (reward,) = rewards_for(Trigger.NTH_ORDER)
    assert (reward.state, reward.reason) == (State.PENDING, reasons.NO_PAYMENT_FACTS)
    assert reward.source == f"order-2-of-{referral.pk}"
    pay(second)
    pay(third)
    settle(referral.pk)
    (reward,) = rewards_for(Trigger.NTH_ORDER)
    assert (reward.state, reward.reason) == (State.AVAILABLE, reasons.PAID)
    owner = referral.friend if side == "friend" else referral.advocate.user
    assert reward.owner == owner
    assert reward.advocate.user == owner
    assert reward.voucher_code


def test_the_next_order_takes_the_place_of_one_that_was_undone() -> None:
    program = program_with(Trigger.NTH_ORDER, number=2)
    referral = paid_referral(program, advocate(program))
    second = order(user=referral.friend)
    pay(second)
    settle(referral.pk)
    set_status(second, "Cancelled")
    settle(referral.pk)
    assert states(Trigger.NTH_ORDER) == [(State.REVERSED, reasons.ORDER_CANCELLED)]
    pay(order(user=referral.friend))
    settle(referral.pk)
    assert states(Trigger.NTH_ORDER) == [(State.AVAILABLE, reasons.PAID)]
    # The second order comes back to life: it is the second again, and the reward is the same.
    set_status(second, "Pending")
    settle(referral.pk)
    assert states(Trigger.NTH_ORDER) == [(State.AVAILABLE, reasons.PAID)]


def test_the_hold_is_that_of_the_nth_order() -> None:
    program = program_with(Trigger.NTH_ORDER, number=2, hold_days=14)
    referral = paid_referral(program, advocate(program))
    now = timezone.now()
    second, third = order(user=referral.friend), order(user=referral.friend)
    pay(second, moment=now)
    pay(third, moment=now + 10 * DAY)
    settle(referral.pk, now=now)
    (reward,) = rewards_for(Trigger.NTH_ORDER)
    assert (reward.state, reward.hold_until) == (State.PENDING, now + 14 * DAY)
    set_status(second, "Cancelled")
    settle(referral.pk, now=now + 11 * DAY)
    (reward,) = rewards_for(Trigger.NTH_ORDER)
    assert (reward.state, reward.hold_until) == (State.PENDING, now + 24 * DAY)


def test_orders_as_a_guest_are_found_by_the_keyed_address() -> None:
    program = program_with(Trigger.NTH_ORDER, number=2)
    referral = paid_referral(program, advocate(program))
    second = order(guest_email=referral.friend.email.upper())
    remember_order(order=second)
    pay(second)
    settle(referral.pk)
    assert states(Trigger.NTH_ORDER) == [(State.AVAILABLE, reasons.PAID)]


@pytest.mark.parametrize("side", SIDES)
def test_the_first_order_over_an_amount_earns_once(side: str) -> None:
    program = program_with(Trigger.ORDER_OVER, side, threshold=15000)
    # RM 100 paid and RM 20 off: the goods came to RM 120.
    referral = paid_referral(program, advocate(program))
    assert rewards_for(Trigger.ORDER_OVER) == []
    small = order("149.99", user=referral.friend)
    large = [order(total, user=referral.friend) for total in ("150.00", "400.00")]
    for placed in (small, *large):
        pay(placed)
    settle(referral.pk)
    (reward,) = rewards_for(Trigger.ORDER_OVER)
    assert (reward.state, reward.source) == (State.AVAILABLE, f"over-of-{referral.pk}")


def test_the_goods_count_before_the_friends_discount() -> None:
    program = program_with(Trigger.ORDER_OVER, threshold=12000)
    paid_referral(program, advocate(program))
    assert states(Trigger.ORDER_OVER) == [(State.AVAILABLE, reasons.PAID)]


def test_what_the_friend_orders_later_is_noticed_with_its_payment(
    django_capture_on_commit_callbacks: Any,
) -> None:
    program = program_with(Trigger.NTH_ORDER, number=2)
    referral = paid_referral(program, advocate(program))
    second = order(user=referral.friend)
    with django_capture_on_commit_callbacks(execute=True):
        pay(second)
    assert states(Trigger.NTH_ORDER) == [(State.AVAILABLE, reasons.PAID)]


def test_what_nobody_heard_of_is_found_by_the_work() -> None:
    program = program_with(Trigger.NTH_ORDER, number=2)
    referral = paid_referral(program, advocate(program))
    stranger = referred(program)
    settle(stranger.pk)
    Referral.objects.update(settle_due_at=None, settled_at=timezone.now() - DAY)
    second = order(user=referral.friend)
    guest = order(guest_email=stranger.friend.email)
    remember_order(order=guest)
    assert due.mark_followed(days=7) == 2
    due.settle_due()
    assert states(Trigger.NTH_ORDER) == [(State.PENDING, reasons.NO_PAYMENT_FACTS)] * 2
    assert due.mark_followed(days=7) == 0
    assert second.number != guest.number


def test_an_order_that_has_nothing_to_do_with_referrals_costs_one_query(
    django_assert_num_queries: Any,
) -> None:
    program = program_with(Trigger.NTH_ORDER, number=2)
    paid_referral(program, advocate(program))
    placed = order(user=UserFactory())
    remember_order(order=placed)
    with django_assert_num_queries(1):
        settle_order(placed)
