"""Who has registered through one advocate, and then finds another one's code."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.programs.describe import describe
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.models import Reward
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.test.factories import live_program, publish_again, referral_code
from tests.shop import Visitor, product

pytestmark = pytest.mark.django_db

REGISTERED = "You have registered through another friend, so only that friend's code counts."


@pytest.fixture(autouse=True)
def credit(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True}


def program() -> Any:
    reward = {"side": "advocate", "trigger": "sign_up", "kind": "credit", "value": 300}
    return live_program(hold_days=0, more=[reward])


def register(visitor: Visitor, email: str = "baru@shop.example") -> None:
    data = {"email": email, "password1": "bHjk81!xQz", "password2": "bHjk81!xQz"}
    assert visitor.client.post(reverse("customer:register"), data).status_code == 302


def registered_through(code: ReferralCode) -> Visitor:
    visitor = Visitor()
    visitor.claim(code)
    register(visitor)
    return visitor


def test_anothers_code_is_refused_and_the_own_one_stays() -> None:
    live = program()
    own, other = referral_code(live), referral_code(live)
    friend = registered_through(own)
    friend.add(product("100.00"))
    assert friend.enter(other.code) == [REGISTERED]
    assert [voucher.code for voucher in friend.basket.vouchers.all()] == [own.code]
    order = friend.order()
    assert order.total_incl_tax == Decimal("80.00")
    referral = Referral.objects.get()
    assert (referral.order_number, referral.advocate) == (order.number, own.advocate)
    assert referral.friend_discount == 2000
    assert not Decision.objects.filter(verdict="refused").exists()
    assert audit() == []


def test_the_other_link_says_so_and_claims_nothing() -> None:
    live = program()
    friend = registered_through(referral_code(live))
    other = referral_code(live)
    page = friend.client.get(reverse("referrals:landing", args=[other.code])).content.decode()
    assert REGISTERED.replace("'", "&#x27;") in page
    assert "Claim my discount" not in page


def test_a_new_version_without_that_reward_changes_nothing() -> None:
    live = program()
    friend = registered_through(referral_code(live))
    publish_again(live)
    friend.add(product("100.00"))
    live.refresh_from_db()
    assert friend.enter(referral_code(live).code) == [REGISTERED]


def test_a_code_in_the_basket_is_taken_out_when_its_shopper_is_known() -> None:
    live = program()
    own, other = referral_code(live), referral_code(live)
    visitor = Visitor()
    visitor.claim(own)
    register(visitor, "baru@gmail.com")
    guest = Visitor()
    guest.add(product("100.00"))
    guest.enter(other.code)
    order = guest.order(email="ba.ru@gmail.com")
    # Guests are not told whether an address belongs to a customer.
    assert order.total_incl_tax == Decimal("100.00")
    assert any("not available" in text for text in guest.heard)
    assert not any("registered" in text for text in guest.heard)
    assert Referral.objects.get().order_number == ""


def test_another_advocates_code_counts_for_whoever_registered_without_one() -> None:
    live = program()
    friend = Visitor()
    register(friend)
    friend.add(product("100.00"))
    code = referral_code(live)
    friend.enter(code.code)
    assert friend.order().total_incl_tax == Decimal("80.00")
    assert Referral.objects.get().advocate == code.advocate


def test_to_be_refused_costs_less_than_to_be_taken() -> None:
    live = program()
    own, other = referral_code(live), referral_code(live)
    stranger, friend = Visitor(), registered_through(own)
    register(stranger, "lain@shop.example")

    def cost(visitor: Visitor) -> int:
        visitor.add(product("100.00"))
        visitor.client.get(reverse("referrals:landing", args=[other.code]))
        with CaptureQueriesContext(connection) as queries:
            visitor.enter(other.code)
        return len(queries)

    assert cost(friend) < cost(stranger)


def test_the_terms_say_so_where_registering_counts() -> None:
    live = program()
    keys = {clause.key: clause.text for clause in describe(live.current_version)}
    assert keys["once-registered"].startswith("A friend who has registered through one advocate")
    plain = publish_again(live)
    assert "once-registered" not in {clause.key for clause in describe(plain)}
    assert Reward.objects.count() == 0
