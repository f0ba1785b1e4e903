"""The advocate's reward: earned by a paid order, spent once by its owner, dead when revoked."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.spend import let_go_of_stale
from oscar_referrals.sharing.alphabet import pretty
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import advocate, live_program
from tests.shop import Visitor, customer, pay_in_full, product

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def program():
    """RM 20 for the friend; RM 15 for the advocate, held for 14 days."""
    return live_program(
        friend={"value": 2000, "minimum": 8000},
        advocate={"value": 1500, "validity_days": 90},
        hold_days=14,
    )


def refer(program, *, price="100.00"):
    """A friend's order with a fresh advocate's code."""
    member = advocate(program)
    friend = Visitor()
    friend.add(product(price))
    friend.enter(code_for(advocate=member).code)
    return member, friend.order()


def reward_of(member):
    return Reward.objects.get(advocate=member)


def work(days=0):
    """Run the periodic work, ``days`` from now."""
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        call_command("referrals_work", verbosity=0)


def available_reward(program):
    member, order = refer(program)
    pay_in_full(order)
    work(days=15)
    return member, order, reward_of(member)


def test_a_paid_order_earns_a_reward_that_is_held_then_issued_and_mailed_once(program, mailoutbox):
    member, order = refer(program)
    pay_in_full(order)
    assert (reward_of(member).state, reward_of(member).reason) == ("pending", "hold")
    work(days=13)
    assert reward_of(member).state == "pending"
    work(days=15)
    work(days=15)
    reward = reward_of(member)
    assert (reward.state, reward.amount, reward.currency) == ("available", 1500, "MYR")
    mails = [mail for mail in mailoutbox if pretty(reward.voucher_code) in mail.body]
    assert len(mails) == 1
    assert mails[0].to == [member.user.email]
    assert audit() == []


def test_the_owner_spends_it_once(program):
    member, _order, reward = available_reward(program)
    owner = Visitor(member.user)
    owner.add(product("40.00"))
    assert owner.enter(reward.voucher_code) == ["Your reward is applied: MYR 15 off."]
    order = owner.order()
    reward.refresh_from_db()
    assert order.total_incl_tax == Decimal("25.00")
    assert (reward.state, reward.spent_order_number) == ("redeemed", order.number)
    owner.add(product("40.00"))
    assert owner.enter(reward.voucher_code) != ["Your reward is applied: MYR 15 off."]
    assert owner.basket.total_discount == 0
    assert audit() == []


def test_nobody_else_can_spend_it(program):
    _member, _order, reward = available_reward(program)
    thief = Visitor(customer())
    thief.add(product("40.00"))
    said = thief.enter(reward.voucher_code)
    assert said == ["This reward can only be used by the person it was given to, signed in."]
    assert thief.basket.total_discount == 0


def test_a_cancelled_order_voids_a_held_reward_and_frees_the_friend(program):
    member, order = refer(program)
    pay_in_full(order)
    order.set_status("Cancelled")
    reward = reward_of(member)
    assert (reward.state, reward.reason) == ("voided", "order-cancelled")
    assert reward.referral.state == "released"
    assert audit() == []


def test_a_cancelled_order_kills_an_issued_reward_for_good(program):
    member, order, reward = available_reward(program)
    owner = Visitor(member.user)
    owner.add(product("40.00"))
    owner.enter(reward.voucher_code)
    order.set_status("Cancelled")
    reward.refresh_from_db()
    assert (reward.state, reward.reason) == ("reversed", "order-cancelled")
    page = owner.get("basket:summary")
    assert page.context["basket"].total_discount == 0
    assert not page.context["basket"].vouchers.exists()
    assert owner.order().total_incl_tax == Decimal("40.00")
    assert audit() == []


def test_a_reward_revoked_between_preview_and_payment_is_not_charged_silently(program):
    member, order, reward = available_reward(program)
    owner = Visitor(member.user)
    owner.add(product("40.00"))
    owner.enter(reward.voucher_code)
    owner.to_preview()
    order.set_status("Cancelled")
    response = owner.pay()
    assert response.resolver_match.view_name == "checkout:preview"
    assert "The total of your order has changed. Please check it once more before you pay." in (
        owner.heard
    )
    assert owner.pay().context["order"].total_incl_tax == Decimal("40.00")


def test_a_reward_revoked_while_the_basket_is_with_the_payment_provider_is_honoured(program):
    from tests.api_client import basket_of, place, priced

    member, order, reward = available_reward(program)
    basket = basket_of(member.user, product("40.00"))
    basket.vouchers.add(reward.voucher)
    priced(basket).freeze()
    order.set_status("Cancelled")
    loaded = priced(get_model("basket", "Basket").objects.get(pk=basket.pk))
    placed = place(loaded)
    assert placed.total_incl_tax == Decimal("25.00")
    reward.refresh_from_db()
    assert reward.spent_order_number == str(placed.number)
    assert audit() == []


def test_a_reward_expires_and_says_so(program):
    member, _order, reward = available_reward(program)
    work(days=15 + 91)
    reward.refresh_from_db()
    assert (reward.state, reward.reason) == ("expired", "expired")
    owner = Visitor(member.user)
    owner.add(product("40.00"))
    assert owner.enter(reward.voucher_code) == ["This reward has expired."]
    assert audit() == []


def test_the_newest_basket_takes_a_reward_over(program):
    from tests.api_client import basket_of, priced

    member, _order, reward = available_reward(program)
    first, second = (basket_of(member.user, product("40.00")) for _ in range(2))
    first.vouchers.add(reward.voucher)
    second.vouchers.add(reward.voucher)
    assert priced(first).total_discount == 0
    assert priced(second).total_discount == Decimal("15.00")


def test_a_basket_that_was_left_alone_takes_its_reward_up_again(program):
    member, _order, reward = available_reward(program)
    owner = Visitor(member.user)
    owner.add(product("40.00"))
    owner.enter(reward.voucher_code)
    with time_machine.travel(timezone.now() + timedelta(hours=3), tick=False):
        let_go_of_stale()
    reward.refresh_from_db()
    assert reward.basket_id is None
    assert owner.basket.total_discount == Decimal("15.00")
    assert owner.order().total_incl_tax == Decimal("25.00")


def test_the_periodic_work_records_an_order_that_a_fault_left_behind(program, monkeypatch):
    def fail(**kwargs):
        raise RuntimeError("a fault in the plugin")

    member = advocate(program)
    friend = Visitor()
    friend.add(product("100.00"))
    friend.enter(code_for(advocate=member).code)
    with monkeypatch.context() as patched:
        patched.setattr("oscar_referrals.checkout.benefit.record_use", fail)
        order = friend.order()
    assert order.total_incl_tax == Decimal("80.00")
    work()
    pay_in_full(order)
    assert reward_of(member).state == "pending"
    assert not OutboxMessage.objects.filter(state="failed").exists()
