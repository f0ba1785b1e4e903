"""An advocate's voucher for free delivery: spent once, never on a delivery that is free already."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from oscar.core.loading import get_class, get_model

from oscar_referrals.attribution.models import Referral
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.kinds import kind_of
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.words import promise_of, value_of
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import advocate, live_program
from tests.shop import (
    Visitor,
    delivery_costs,
    pay_in_full,
    product,
    shop_delivery_offer,
)

pytestmark = pytest.mark.django_db(transaction=True)

ALREADY = "Delivery of this order is free already, so there is nothing to take off."


def earn(*, goods=None, friend=None, new_customers_only=True, **figures):
    """An advocate with available rewards from a friend's paid order."""
    program = live_program(
        friend=friend or {"value": 1},
        advocate=goods,
        advocate_delivery=figures,
        hold_days=0,
        new_customers_only=new_customers_only,
    )
    member = advocate(program)
    friend = Visitor()
    friend.add(product("100.00"))
    friend.enter(code_for(advocate=member).code)
    pay_in_full(friend.order())
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        call_command("referrals_work", verbosity=0)
    return member, {row.kind: row for row in Reward.objects.filter(advocate=member)}


def owner_with(member, reward, *, price="40.00"):
    owner = Visitor(member.user)
    owner.add(product(price))
    return owner, owner.enter(reward.voucher_code)


def test_the_owner_spends_it_once_and_the_books_say_what_it_cost(monkeypatch):
    delivery_costs(monkeypatch, "8.00")
    member, rewards = earn()
    reward = rewards["free_shipping"]
    owner, said = owner_with(member, reward)
    order = owner.order()
    reward.refresh_from_db()
    assert said == ["Delivery of this order is free."]
    assert order.total_incl_tax == Decimal("40.00")
    assert (reward.state, reward.spent_order_number) == ("redeemed", order.number)
    assert (reward.unit, reward.amount, reward.spent_amount) == ("vouchers", 1, 800)
    owner.add(product("40.00"))
    assert owner.enter(reward.voucher_code) == ["This reward can't be used."]
    assert audit() == []


def test_it_stands_beside_the_advocates_discount_on_goods(monkeypatch):
    delivery_costs(monkeypatch, "8.00")
    member, rewards = earn(goods={"value": 1500})
    owner, _said = owner_with(member, rewards["free_shipping"])
    assert owner.enter(rewards["voucher"].voucher_code) == ["Your reward is applied: MYR 15 off."]
    order = owner.order()
    states = set(Reward.objects.filter(advocate=member).values_list("state", "spent_amount"))
    assert order.total_incl_tax == Decimal("25.00")
    assert states == {("redeemed", 800), ("redeemed", 1500)}
    assert audit() == []


def test_it_is_refused_and_kept_where_delivery_is_free_already():
    member, rewards = earn()
    reward = rewards["free_shipping"]
    owner, said = owner_with(member, reward)
    assert said == [ALREADY]
    assert not owner.basket.vouchers.exists()
    owner.order()
    reward.refresh_from_db()
    assert (reward.state, reward.basket_id) == ("available", None)


def test_goods_that_need_no_delivery_refuse_it(monkeypatch):
    delivery_costs(monkeypatch, "8.00")
    member, rewards = earn()
    owner = Visitor(member.user)
    download = product("40.00")
    kind = download.get_product_class()
    kind.requires_shipping = False
    kind.save()
    owner.add(download)
    assert owner.enter(rewards["free_shipping"].voucher_code) == [ALREADY]


def test_an_order_by_a_free_method_leaves_it_available(monkeypatch):
    member, rewards = earn()
    delivery_costs(monkeypatch, "0.00", "8.00")
    reward = rewards["free_shipping"]
    owner, _said = owner_with(member, reward)
    order = owner.order(method="method-1")
    reward.refresh_from_db()
    assert owner.heard.count(ALREADY) == 1
    assert (reward.state, reward.spent_order_number) == ("available", "")
    assert not get_model("voucher", "VoucherApplication").objects.filter(order=order).exists()
    again, said = owner_with(member, reward)
    assert said == ["Delivery of this order is free."]
    assert again.order(method="method-2").total_incl_tax == Decimal("40.00")


def test_the_shops_own_free_delivery_stays_and_the_reward_is_kept(monkeypatch):
    delivery_costs(monkeypatch, "8.00")
    member, rewards = earn()
    shop_delivery_offer()
    owner, said = owner_with(member, rewards["free_shipping"])
    owner.order()
    assert "Delivery week" in said[0]
    assert Reward.objects.get(pk=rewards["free_shipping"].pk).state == "available"


def test_a_second_one_takes_the_place_of_the_first(monkeypatch):
    delivery_costs(monkeypatch, "8.00")
    member, rewards = earn()
    owner, _said = owner_with(member, rewards["free_shipping"])
    owner.enter(earn_another(member).voucher_code)
    assert owner.order().total_incl_tax == Decimal("40.00")
    states = sorted(Reward.objects.filter(advocate=member).values_list("state", flat=True))
    assert states == ["available", "redeemed"]


@pytest.mark.parametrize(
    ("friends", "own", "charged", "state"),
    [(300, None, "0.00", "redeemed"), (None, 300, "0.00", "available"), (300, 300, "5.00", None)],
    ids=["the reward saves more", "the code saves more", "the same"],
)
def test_beside_a_friends_code_the_one_that_saves_more_is_used_alone(
    monkeypatch, friends, own, charged, state
):
    delivery_costs(monkeypatch, "8.00")
    member, rewards = earn(
        maximum=own, friend={"maximum": friends, "kind": "free_shipping"}, new_customers_only=False
    )
    owner, _said = owner_with(member, rewards["free_shipping"])
    owner.enter(code_for(advocate=advocate(member.program)).code)
    order = owner.order()
    reward = Reward.objects.get(pk=rewards["free_shipping"].pk)
    referral = Referral.objects.get(order_number=order.number)
    used = get_model("voucher", "VoucherApplication").objects.filter(order=order).count()
    assert order.shipping_incl_tax == Decimal(charged)
    assert state in (None, reward.state)
    assert (reward.state == "redeemed") + (referral.shipping_discount > 0) == 1
    assert (referral.state, used) == ("bound", 1)
    assert order.discounts.count() == 1
    assert audit() == []


def earn_another(member):
    """One more, from another friend of the same advocate."""
    friend = Visitor()
    friend.add(product("100.00"))
    friend.enter(code_for(advocate=member).code)
    pay_in_full(friend.order())
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        call_command("referrals_work", verbosity=0)
    return Reward.objects.filter(advocate=member).order_by("pk").last()


def test_an_order_that_is_cancelled_gives_it_back(monkeypatch):
    delivery_costs(monkeypatch, "8.00")
    member, rewards = earn()
    reward = rewards["free_shipping"]
    owner, _said = owner_with(member, reward)
    order = owner.order()
    order.set_status("Cancelled")
    reward.refresh_from_db()
    assert (reward.state, reward.reason, reward.spent_amount) == ("available", "restored", None)
    assert audit() == []


def test_a_friends_order_cancelled_after_it_was_spent_is_a_clawback(monkeypatch):
    delivery_costs(monkeypatch, "8.00")
    member, rewards = earn()
    reward = rewards["free_shipping"]
    owner, _said = owner_with(member, reward)
    owner.order()
    reward.referral.order.set_status("Cancelled")
    reward.refresh_from_db()
    assert (reward.state, reward.clawback) == ("redeemed", 800)
    assert audit() == []


def test_a_quoted_basket_keeps_it_while_it_is_paid_for(monkeypatch):
    delivery_costs(monkeypatch, "8.00")
    member, rewards = earn()
    reward = rewards["free_shipping"]
    owner, _said = owner_with(member, reward)
    basket = owner.basket
    basket.freeze()
    Reward.objects.filter(pk=reward.pk).update(expires_at=timezone.now() - timedelta(days=1))
    fresh = get_model("basket", "Basket").objects.get(pk=basket.pk)
    fresh.strategy = basket.strategy
    get_class("offer.applicator", "Applicator")().apply(fresh, member.user)
    method = get_class("shipping.repository", "Repository")().get_default_shipping_method(fresh)
    assert method.calculate(fresh).incl_tax == Decimal("0.00")


def test_before_tax_is_known_the_charge_without_tax_is_taken_off(monkeypatch):
    base = get_class("shipping.methods", "FixedPrice")
    method = base(charge_excl_tax=Decimal("8.00"))
    monkeypatch.setattr(get_class("shipping.repository", "Repository"), "methods", (method,))
    code = code_for(advocate=advocate(live_program(friend=None, friend_delivery={"maximum": 300})))
    friend = Visitor()
    friend.add(product("40.00"))
    friend.enter(code.code)
    page = friend.get("basket:summary")
    wrapped = page.context["shipping_method"]
    assert wrapped.calculate(page.context["basket"]).excl_tax == Decimal("5.00")
    assert not wrapped.calculate(page.context["basket"]).is_tax_known


def test_it_is_named_as_what_it_is(monkeypatch):
    delivery_costs(monkeypatch, "8.00")
    member, rewards = earn(maximum=1000, minimum=3000)
    reward = rewards["free_shipping"]
    plain = str(promise_of(reward)).replace("\xa0", " ")
    assert plain == (
        "a voucher for free delivery (worth MYR 10 at most) of an order of MYR 30 or more"
    )
    assert value_of(reward).replace("\xa0", " ") == "free delivery (worth MYR 10 at most)"
    assert str(kind_of("free_shipping").label) == "Free shipping"
    page = Visitor(member.user).get("referrals:portal").content.decode().replace("\xa0", " ")
    assert "Free delivery (worth MYR 10 at most)" in page
    assert "at most) off" not in page
