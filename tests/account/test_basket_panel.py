"""What the basket and the totals say about codes and rewards of ours."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oscar_referrals.checkout.session import MEMBER_KEY, WALLET_KEY
from oscar_referrals.rewards.due import settle_due
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.sharing.alphabet import pretty
from oscar_referrals.sharing.own_code import choose_code
from oscar_referrals.test.factories import live_program, referral_code
from tests.rewards.cases import pay, referred
from tests.shop import Visitor, customer, pay_in_full, product, shop_voucher

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    """RM 20 off a first order of RM 80 or more; RM 15 for the advocate, not held."""
    return live_program(hold_days=0)


@pytest.fixture
def code(program):
    return referral_code(program)


@pytest.fixture
def reward(code):
    friend = Visitor(customer())
    friend.add(product("100.00"))
    friend.enter(code.code)
    pay_in_full(friend.order())
    settle_due()
    return Reward.objects.get(side="advocate")


def page(visitor) -> str:
    return visitor.get("basket:summary").content.decode()


def test_a_code_below_the_minimum_shows_what_is_missing_and_how_to_remove_it(code):
    friend = Visitor()
    friend.add(product("68.00"))
    friend.enter(code.code)
    text = page(friend)
    assert f"Referral discount ({code.pretty})" in text
    assert "Add MYR\xa012 more to get MYR\xa020 off." in text
    friend.post("basket:vouchers-remove", code.voucher_id)
    assert "Referral discount" not in page(friend)


def test_a_code_that_applies_has_its_name_in_the_totals_only(code):
    friend = Visitor()
    friend.add(product("100.00"))
    friend.enter(code.code)
    text = page(friend)
    assert text.count(f"Referral discount ({code.pretty})") == 1
    assert "Referral code" not in text
    assert reverse("basket:vouchers-remove", args=[code.voucher_id]) in text
    preview = friend.to_preview().content.decode()
    assert f"Referral discount ({code.pretty})" in preview


@pytest.mark.parametrize("own", ["", "KOPIAISYAH"])
def test_the_order_page_names_the_discount_too(code, own):
    code = choose_code(advocate=code.advocate, text=own) if own else code
    friend = Visitor(customer())
    friend.add(product("100.00"))
    friend.enter(code.code)
    friend.to_preview()
    thanks = friend.pay()
    order = thanks.context["order"]
    assert f"Referral discount ({code.pretty})" in thanks.content.decode()
    text = friend.get("customer:order", order.number).content.decode()
    assert f"Referral discount ({code.pretty})" in text


def test_other_vouchers_keep_their_names(program):
    shop_voucher("SUMMER", percent=10)
    visitor = Visitor(customer())
    visitor.add(product("200.00"))
    visitor.enter("SUMMER")
    assert "SUMMER (SUMMER)" in page(visitor)
    order = visitor.order()
    assert "10 % off everything" in visitor.get("customer:order", order.number).content.decode()


def test_a_claim_that_waits_for_goods_is_shown_in_the_empty_basket(code):
    friend = Visitor()
    friend.claim(code)
    text = page(friend)
    assert f"Referral discount ({code.pretty})" in text
    assert "applies by itself when you add a product" in text


def test_a_member_uses_a_reward_in_one_tap(reward):
    owner = Visitor(reward.owner)
    owner.client.logout()
    owner.client.post(
        reverse("customer:login"),
        {
            "login-username": reward.owner.email,
            "login-password": "password",
            "login_submit": "1",
        },
    )
    owner.add(product("100.00"))
    text = page(owner)
    assert "You have a reward: MYR\xa015 off" in text
    assert pretty(reward.voucher_code) in text
    owner.post("referrals:use-reward", reward.pk)
    text = page(owner)
    assert f"Referral reward ({pretty(reward.voucher_code)})" in text
    assert "You have a reward" not in text


def test_a_friends_own_voucher_is_offered_to_whoever_never_joined():
    voucher = {"side": "friend", "trigger": "order_over", "threshold": 1000, "value": 700}
    program = live_program(hold_days=0, more=[voucher])
    referral = referred(program)
    pay(referral.order)
    settle(referral.pk)
    reward = Reward.objects.get(side="friend", voucher__isnull=False)
    friend = Visitor(referral.friend)
    friend.add(product("100.00"))
    assert "You have a reward: MYR\xa07 off" in page(friend)
    friend.post("referrals:use-reward", reward.pk)
    assert f"Referral reward ({pretty(reward.voucher_code)})" in page(friend)


def test_whoever_has_no_referral_pays_no_query():
    visitor = Visitor()
    visitor.add(product("100.00"))
    page(visitor)
    without = queries(visitor)
    live_program()
    assert queries(visitor) == without


def test_a_reward_on_offer_costs_two_queries(reward):
    owner = Visitor(reward.owner)
    owner.add(product("100.00"))
    page(owner)
    session = owner.client.session
    session.pop(MEMBER_KEY, None)
    session.pop(WALLET_KEY, None)
    session.save()
    without = queries(owner)
    session[MEMBER_KEY] = True
    session.save()
    assert queries(owner) - without <= 2


def queries(visitor) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(visitor)
    return len(captured)
