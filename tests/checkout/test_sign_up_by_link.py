"""Who only opened a link and then registers is a friend, where registrations are rewarded."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.sharing.links import share_path
from oscar_referrals.test.factories import live_program, referral_code
from tests.shop import Visitor, customer, product

pytestmark = pytest.mark.django_db
SIGN_UP = {"side": "advocate", "trigger": "sign_up", "value": 300}


@pytest.fixture(autouse=True)
def agreed(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"COOKIE_CONSENT": "tests.account.consent.given"}


def register(visitor: Visitor) -> None:
    data = {"email": "baru@shop.example", "password1": "bHjk81!xQz", "password2": "bHjk81!xQz"}
    assert visitor.client.post(reverse("customer:register"), data).status_code == 302


def test_the_link_is_claimed_and_the_registration_credited() -> None:
    code = referral_code(live_program(more=[SIGN_UP]))
    visitor = Visitor()
    visitor.client.get(share_path(code))
    register(visitor)
    referral = Referral.objects.get()
    assert (referral.advocate, referral.order_number) == (code.advocate, "")
    assert referral.claim is not None
    assert (referral.claim.method, referral.claim.user) == ("visit", referral.friend)
    visitor.user = referral.friend
    visitor.add(product("100.00"))
    order = visitor.order()
    assert Referral.objects.get().order_number == order.number
    assert Claim.objects.count() == 1


def test_nothing_is_claimed_where_registrations_earn_nothing() -> None:
    code = referral_code(live_program())
    visitor = Visitor()
    visitor.client.get(share_path(code))
    register(visitor)
    assert not Claim.objects.exists()
    visitor.add(product("100.00"))
    assert [voucher.code for voucher in visitor.basket.vouchers.all()] == [code.code]


def test_an_account_that_is_older_than_the_visit_is_no_friend() -> None:
    code = referral_code(live_program(more=[SIGN_UP]))
    user = customer()
    visitor = Visitor()
    visitor.client.get(share_path(code))
    visitor.client.post(
        reverse("customer:login"),
        {"login-username": user.email, "login-password": "secret", "login_submit": "1"},
    )
    assert not Referral.objects.exists()
    assert not Claim.objects.exists()
