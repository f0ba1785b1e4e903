"""What becomes of the rewards of a referral as its order moves on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals import signals
from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.members.models import Advocate
from oscar_referrals.money import VOUCHER_UNIT
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.models import LedgerAccount, LedgerEntry, Posting, Reward
from oscar_referrals.rewards.replay import replay
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.spend import spend
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import UserFactory, advocate, live_program
from tests.rewards.cases import DAY, available, books, order, pay, referred, set_status, settled

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
    assert books(reward) == {"expense:reward MYR": 1500, "contra:redeemed MYR": -1500}


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


def test_each_change_has_a_decision_that_can_be_replayed() -> None:
    program = live_program(hold_days=14)
    referral = referred(program)
    moment = timezone.now()
    settle(referral.pk, now=moment)
    pay(referral.order, moment=moment)
    settle(referral.pk, now=moment + DAY)
    settle(referral.pk, now=moment + 15 * DAY)
    actor = UserFactory()
    set_status(referral.order, "Cancelled")
    settle(referral.pk, now=moment + 16 * DAY, actor=actor)
    decisions = Decision.objects.filter(subject__endswith=":advocate").order_by("pk")
    assert [(decision.verdict, decision.reason) for decision in decisions] == [
        ("held", reasons.NO_PAYMENT_FACTS),
        ("held", reasons.HOLD),
        ("granted", reasons.PAID),
        ("refused", reasons.ORDER_CANCELLED),
    ]
    for decision in decisions:
        assert replay(decision.inputs).reason == decision.reason
    assert decisions.last().actor == actor
    released = Decision.objects.get(subject=f"referral:{referral.order_number}", verdict="refused")
    assert released.reason == reasons.ORDER_CANCELLED


def test_the_keys_of_the_books_name_the_business(program: Any) -> None:
    reward = available(program)
    set_status(reward.referral.order, "Cancelled")
    settled(reward.referral)
    business = f"{reward.referral.order_number}:{reward.incentive_id}:advocate"
    assert list(reward.entries.order_by("pk").values_list("key", flat=True)) == [
        f"reward:{business}",
        f"reverse:{business}:1",
    ]


def test_the_shop_hears_of_each_state_after_the_commit(
    program: Any, django_capture_on_commit_callbacks: Any
) -> None:
    heard: list[tuple[str, str, str]] = []

    def hear(name: str) -> Any:
        def receiver(reward: Reward, **kwargs: Any) -> None:
            heard.append((name, reward.side, kwargs.get("reason", "")))

        return receiver

    names = ("reward_pending", "reward_available", "reward_redeemed", "reward_withdrawn")
    receivers = {name: hear(name) for name in names}
    for name, receiver in receivers.items():
        getattr(signals, name).connect(receiver)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            referral = referred(program)
            settle(referral.pk)
            pay(referral.order)
            settle(referral.pk)
            settle(referral.pk)
            set_status(referral.order, "Cancelled")
            settle(referral.pk)
            assert heard == []
    finally:
        for name, receiver in receivers.items():
            getattr(signals, name).disconnect(receiver)
    assert set(heard) == {
        ("reward_pending", "advocate", ""),
        ("reward_redeemed", "friend", ""),
        ("reward_available", "advocate", ""),
        ("reward_withdrawn", "friend", reasons.ORDER_CANCELLED),
        ("reward_withdrawn", "advocate", reasons.ORDER_CANCELLED),
    }
    assert len(heard) == 5


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
