"""From a friend's order to a reward that can be spent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.models import LedgerAccount, LedgerEntry, Posting, Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.spend import spend
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import UserFactory, advocate, live_program
from tests.rewards.cases import DAY, books, order, pay, referred, set_status, settled

pytestmark = pytest.mark.django_db

State = Reward.State
TABLES = (Referral, Reward, LedgerAccount, LedgerEntry, Posting, Decision)


@pytest.fixture
def program() -> Any:
    """RM 20 off for the friend, RM 15 for the advocate, no hold."""
    return live_program(hold_days=0)


def rows() -> dict[str, list[dict[str, Any]]]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}


def friends(referral: Referral) -> Reward:
    return Reward.objects.get(referral=referral, side="friend")


def test_an_unpaid_order_owes_a_pending_reward() -> None:
    referral = referred(live_program(hold_days=14))
    reward = settled(referral)
    assert (reward.state, reward.reason) == (State.PENDING, reasons.NO_PAYMENT_FACTS)
    assert reward.hold_until is None
    assert (reward.amount, reward.unit, reward.currency) == (1500, "MYR", "MYR")
    assert reward.owner == reward.advocate.user
    assert books(reward) == {"expense:reward MYR": 1500, "liability:pending MYR": -1500}


def test_the_friends_discount_is_booked_with_the_order(program: Any) -> None:
    referral = referred(program, discount=1800)
    settled(referral)
    reward = friends(referral)
    assert (reward.state, reward.reason) == (State.REDEEMED, reasons.FIRST_ORDER)
    assert (reward.amount, reward.spent_amount) == (1800, 1800)
    assert reward.spent_order_number == referral.order_number
    assert books(reward) == {"expense:reward MYR": 1800, "contra:redeemed MYR": -1800}


def test_a_partly_paid_order_waits_for_the_rest() -> None:
    referral = referred(live_program(hold_days=14))
    pay(referral.order, "40.00")
    reward = settled(referral)
    assert (reward.state, reward.reason) == (State.PENDING, reasons.ORDER_UNPAID)


def test_the_hold_counts_from_the_payment() -> None:
    referral = referred(live_program(hold_days=14))
    paid_at = timezone.now() - 3 * DAY
    pay(referral.order, moment=paid_at)
    reward = settled(referral)
    assert (reward.state, reward.reason) == (State.PENDING, reasons.HOLD)
    assert reward.hold_until == paid_at + 14 * DAY
    referral.refresh_from_db()
    assert referral.settle_due_at == reward.hold_until


def test_a_reward_becomes_available_when_the_hold_ends() -> None:
    referral = referred(live_program(hold_days=14))
    paid_at = timezone.now()
    pay(referral.order, moment=paid_at)
    end = paid_at + 14 * DAY
    assert settled(referral, end - timedelta(microseconds=1)).state == State.PENDING
    reward = settled(referral, end)
    assert (reward.state, reward.reason) == (State.AVAILABLE, reasons.PAID)
    assert reward.available_at == end
    assert reward.expires_at == end + 90 * DAY
    assert books(reward) == {"expense:reward MYR": 1500, "liability:available MYR": -1500}
    voucher = reward.voucher
    assert voucher.code == reward.voucher_code
    assert voucher.usage == voucher.MULTI_USE
    assert list(voucher.offers.all()) == [reward.program.advocate_offer]
    assert voucher.voucher_set is not None


def test_settling_twice_changes_nothing(program: Any) -> None:
    now = timezone.now()
    referral = referred(program)
    steps = [
        lambda: None,
        lambda: pay(referral.order),
        lambda: spend(
            reward_id=referral.rewards.get(side="advocate").pk,
            order_number=order().number,
            amount=1500,
            now=now,
        ),
        lambda: set_status(referral.order, "Cancelled"),
    ]
    for step in steps:
        step()
        settle(referral.pk, now=now)
        before = rows()
        vouchers = get_model("voucher", "Voucher").objects.count()
        settle(referral.pk, now=now)
        assert rows() == before
        assert get_model("voucher", "Voucher").objects.count() == vouchers


def test_the_validity_counts_from_the_day_it_can_be_used(program: Any) -> None:
    referral = referred(program)
    pay(referral.order)
    late = timezone.now() + 20 * DAY
    assert settled(referral, late).expires_at == late + 90 * DAY


def test_a_currency_that_the_advocate_gets_nothing_in() -> None:
    figures = {"amounts": {"MYR": {"value": 1000}}}
    program = live_program(hold_days=0, advocate=figures)
    referral = referred(program, currency="SGD")
    pay(referral.order)
    reward = settled(referral)
    assert (reward.state, reward.reason) == (State.VOIDED, reasons.CURRENCY_NOT_OFFERED)
    assert reward.amount == 0
    assert books(reward) == {}


def test_rewards_of_who_has_not_joined_wait() -> None:
    program = live_program(hold_days=0)
    member = Advocate.objects.create(program=program, user=UserFactory(), email_key="")
    code_for(advocate=member)
    referral = referred(program, member=member)
    pay(referral.order)
    reward = settled(referral)
    assert (reward.state, reward.reason) == (State.PENDING, reasons.TERMS_NOT_ACCEPTED)
    member.joined_at = timezone.now()
    member.save()
    assert settled(referral).state == State.AVAILABLE


def test_who_left_keeps_what_was_earned(program: Any) -> None:
    member = advocate(program)
    referral = referred(program, member=member)
    Advocate.objects.filter(pk=member.pk).update(left_at=timezone.now())
    pay(referral.order)
    assert settled(referral).state == State.AVAILABLE
    later = referred(program, member=member)
    pay(later.order)
    assert settled(later).reason == reasons.TERMS_NOT_ACCEPTED


def test_it_comes_back_daily_to_an_unpaid_order_for_a_while(program: Any) -> None:
    referral = referred(program)
    now = referral.created_at
    settle(referral.pk, now=now)
    referral.refresh_from_db()
    assert referral.settle_due_at == now + DAY
    settle(referral.pk, now=now + 91 * DAY)
    referral.refresh_from_db()
    assert referral.settle_due_at is None


def test_an_unknown_referral(program: Any) -> None:
    with pytest.raises(Referral.DoesNotExist):
        settle(0)
