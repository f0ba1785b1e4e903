"""Free delivery for a friend: what the till takes off, says, records and never burns."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse
from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Referral
from oscar_referrals.checkout.models import Pin
from oscar_referrals.checkout.reconcile import reconcile
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.models import Reward
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import advocate, live_program, publish_again
from tests.rewards.cases import counts
from tests.shop import (
    Visitor,
    customer,
    delivery_costs,
    pay_in_full,
    product,
    shop_delivery_offer,
)

pytestmark = pytest.mark.django_db(transaction=True)

GOODS = {"value": 2000, "minimum": 8000}


def code_of(**figures):
    program = live_program(**{"friend": None, "friend_delivery": {}, **figures})
    return code_for(advocate=advocate(program))


def friend_with(code, *, price="100.00", user=None):
    friend = Visitor(user)
    friend.add(product(price))
    return friend, friend.enter(code.code)


def usages():
    return get_model("voucher", "VoucherApplication").objects.count()


@pytest.mark.parametrize("signed_in", [False, True], ids=["guest", "signed in"])
def test_a_friends_delivery_is_free_and_booked_to_the_cent(monkeypatch, signed_in):
    delivery_costs(monkeypatch, "8.00")
    friend, said = friend_with(code_of(), user=customer() if signed_in else None)
    order = friend.order()
    referral = Referral.objects.get()
    pay_in_full(order)
    reward = Reward.objects.get(side="friend")
    assert said == ["Delivery of this order is free."]
    assert (order.total_incl_tax, order.shipping_incl_tax) == (Decimal("100.00"), Decimal(0))
    assert (referral.state, referral.friend_discount, referral.saved) == ("bound", 0, 800)
    assert (reward.kind, reward.state, reward.amount) == ("free_shipping", "redeemed", 800)
    assert [row.amount for row in order.shipping_discounts] == [Decimal("8.00")]
    assert usages() == 1
    assert audit() == []


def test_free_delivery_stands_beside_a_discount_on_goods(monkeypatch):
    delivery_costs(monkeypatch, "8.00")
    friend, said = friend_with(code_of(friend=GOODS))
    order = friend.order()
    pay_in_full(order)
    referral = Referral.objects.get()
    rewards = {reward.kind: reward.amount for reward in Reward.objects.filter(side="friend")}
    assert said == ["Your referral discount of MYR 20 is applied. Delivery of this order is free."]
    assert order.total_incl_tax == Decimal("80.00")
    assert (referral.friend_discount, referral.shipping_discount) == (2000, 800)
    assert rewards == {"voucher": 2000, "free_shipping": 800}
    assert usages() == 1
    assert audit() == []


def test_no_more_than_the_maximum_is_taken_off(monkeypatch):
    delivery_costs(monkeypatch, "8.00")
    friend, said = friend_with(code_of(friend_delivery={"maximum": 500}))
    order = friend.order()
    assert said == ["Up to MYR 5 is taken off the delivery charge."]
    assert order.shipping_incl_tax == Decimal("3.00")
    assert Referral.objects.get().shipping_discount == 500


def test_a_charge_with_tax_is_taken_off_with_its_tax(monkeypatch):
    delivery_costs(monkeypatch, ("10.00", "11.00"))
    friend, _said = friend_with(code_of())
    order = friend.order()
    assert (order.shipping_excl_tax, order.shipping_incl_tax) == (Decimal(0), Decimal(0))
    assert Referral.objects.get().shipping_discount == 1100


def test_a_maximum_below_a_charge_with_tax_keeps_the_rate_of_the_tax(monkeypatch):
    delivery_costs(monkeypatch, ("10.00", "11.00"))
    friend, _said = friend_with(code_of(friend_delivery={"maximum": 550}))
    order = friend.order()
    assert (order.shipping_excl_tax, order.shipping_incl_tax) == (
        Decimal("5.00"),
        Decimal("5.50"),
    )


def test_free_already_is_said_once_burns_nothing_and_credits_the_advocate():
    friend, said = friend_with(code_of())
    order = friend.order()
    referral = Referral.objects.get()
    assert said == ["Delivery of this order is free already, so there is nothing to take off."]
    assert (referral.state, referral.saved) == ("bound", 0)
    assert order.total_incl_tax == Decimal("100.00")
    assert usages() == 0
    assert not Reward.objects.filter(side="friend").exists()


def test_free_already_leaves_the_discount_on_goods():
    friend, said = friend_with(code_of(friend=GOODS))
    order = friend.order()
    assert said == [
        "Your referral discount of MYR 20 is applied. "
        "Delivery of this order is free already, so there is nothing to take off."
    ]
    assert order.total_incl_tax == Decimal("80.00")
    assert (Referral.objects.get().friend_discount, usages()) == (2000, 1)


def test_a_free_method_chosen_at_the_till_is_said_once_and_can_be_left_again(monkeypatch):
    delivery_costs(monkeypatch, "0.00", "8.00")
    friend, said = friend_with(code_of())
    already = "Delivery of this order is free already, so there is nothing to take off."
    assert said == ["Delivery of this order is free."]
    friend.to_preview(method="method-1")
    assert friend.heard.count(already) == 1
    friend.get("checkout:preview")
    assert friend.heard.count(already) == 1
    order = friend.order(method="method-2")
    assert order.total_incl_tax == Decimal("100.00")
    assert Referral.objects.get().shipping_discount == 800


def test_an_order_by_a_free_method_burns_nothing(monkeypatch):
    delivery_costs(monkeypatch, "0.00", "8.00")
    friend, _said = friend_with(code_of())
    friend.order(method="method-1")
    referral = Referral.objects.get()
    assert (referral.state, referral.saved, usages()) == ("bound", 0, 0)


def test_the_shops_own_free_delivery_stays(monkeypatch):
    delivery_costs(monkeypatch, "8.00")
    shop_delivery_offer()
    friend, said = friend_with(code_of())
    order = friend.order()
    assert said == [
        "“Delivery week” takes at least as much off the delivery charge, "
        "so it applies instead of this discount."
    ]
    assert order.total_incl_tax == Decimal("100.00")
    assert [row.offer_name for row in order.shipping_discounts] == ["Delivery week"]
    assert (Referral.objects.get().state, usages()) == ("bound", 0)


def test_ours_applies_where_it_saves_more_than_the_shops_own(monkeypatch):
    delivery_costs(monkeypatch, "8.00")
    shop_delivery_offer(value="50")
    friend, said = friend_with(code_of())
    order = friend.order()
    assert said == ["Delivery of this order is free."]
    assert order.total_incl_tax == Decimal("100.00")
    assert Referral.objects.get().shipping_discount == 800


def test_which_offer_saves_more_is_decided_by_the_method_chosen(monkeypatch):
    # Of 20.00 the shop's fixed price of 2.00 saves 18.00, ours 5.00; of 6.00, 4.00 and 5.00.
    delivery_costs(monkeypatch, "20.00", "6.00")
    shop_delivery_offer(kind="Shipping fixed price", value="2.00")
    code = code_of(friend_delivery={"maximum": 500})
    friend, _said = friend_with(code)
    assert friend.order(method="method-2").shipping_incl_tax == Decimal("1.00")
    other, _said = friend_with(code)
    assert other.order(method="method-1").shipping_incl_tax == Decimal("2.00")


def test_below_the_minimum_delivery_is_charged_and_then_free(monkeypatch):
    delivery_costs(monkeypatch, "8.00")
    friend, said = friend_with(code_of(friend_delivery={"minimum": 8000}), price="60.00")
    assert said == ["Add MYR 20 more to use this discount."]
    friend.add(product("20.00"))
    assert friend.order().total_incl_tax == Decimal("80.00")


def test_what_was_shown_is_charged_when_delivery_becomes_dearer(monkeypatch):
    delivery_costs(monkeypatch, "8.00")
    friend, _said = friend_with(code_of(friend_delivery={"maximum": 500}))
    friend.to_preview()
    delivery_costs(monkeypatch, "9.00")
    response = friend.pay()
    assert response.resolver_match.view_name == "checkout:preview"
    assert "has changed" in friend.heard[-1]
    assert friend.pay().context["order"].shipping_incl_tax == Decimal("4.00")


def test_both_pins_of_a_code_come_along_when_a_guest_signs_in(monkeypatch):
    delivery_costs(monkeypatch, "8.00")
    user = customer()
    before = Visitor(user)
    before.add(product("10.00"))
    friend, _said = friend_with(code_of(friend=GOODS))
    friend.client.post(
        reverse("customer:login"),
        {
            "login-username": user.email,
            "login-password": "secret",
            "login_submit": "1",
        },
    )
    friend.user = user
    assert Pin.objects.filter(basket=friend.basket).count() == 2
    assert friend.order().total_incl_tax == Decimal("90.00")


def test_taking_the_code_out_takes_out_both_pins(monkeypatch):
    delivery_costs(monkeypatch, "8.00")
    code = code_of(friend=GOODS)
    friend, _said = friend_with(code)
    friend.post("basket:vouchers-remove", code.voucher_id)
    assert not Pin.objects.exists()
    assert friend.order().total_incl_tax == Decimal("108.00")


def test_a_cancelled_order_takes_back_both_discounts(monkeypatch):
    delivery_costs(monkeypatch, "8.00")
    friend, _said = friend_with(code_of(friend=GOODS))
    order = friend.order()
    pay_in_full(order)
    order.set_status("Cancelled")
    states = set(Reward.objects.filter(side="friend").values_list("state", flat=True))
    assert (Referral.objects.get().state, states) == ("released", {"reversed"})
    assert audit() == []


def test_a_code_made_before_the_version_gives_free_delivery_too(monkeypatch):
    delivery_costs(monkeypatch, "8.00")
    program = live_program(friend=GOODS)
    code = code_for(advocate=advocate(program))
    assert program.friend_shipping_offer is None
    publish_again(program, friend=None, friend_delivery={})
    friend, said = friend_with(code)
    assert said == ["Delivery of this order is free."]
    assert friend.order().total_incl_tax == Decimal("100.00")


def test_the_basket_names_a_code_that_only_takes_off_delivery_and_lets_it_go(monkeypatch):
    delivery_costs(monkeypatch, "8.00")
    code = code_of()
    friend, _said = friend_with(code)
    page = friend.get("basket:summary").content.decode()
    assert "Delivery of this order is free." in page
    assert f"/vouchers/{code.voucher_id}/remove/" in page


@pytest.mark.parametrize("friend", [None, GOODS], ids=["alone", "beside goods"])
def test_what_a_fault_left_unrecorded_is_recorded_later(monkeypatch, friend):
    delivery_costs(monkeypatch, "8.00")
    visitor, _said = friend_with(code_of(friend=friend))
    with monkeypatch.context() as broken:
        broken.setattr("oscar_referrals.checkout.placement.put_right", lambda order: 1 / 0)
        visitor.order()
    assert counts(reconcile()) == (1, 0)
    assert Referral.objects.get().shipping_discount == 800
    assert counts(reconcile()) == (0, 0)


def test_a_fault_in_the_benefit_charges_delivery_and_raises_nothing(monkeypatch):
    delivery_costs(monkeypatch, "8.00")
    friend, _said = friend_with(code_of(friend_delivery={"maximum": 500}))
    with monkeypatch.context() as broken:
        broken.setattr("oscar_referrals.checkout.benefit.to_major", lambda *args: 1 / 0)
        assert friend.order().shipping_incl_tax == Decimal("8.00")
