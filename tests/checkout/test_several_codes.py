"""A basket with another code beside ours: the better offer stays, and a friend is served once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.checkout.models import Pin
from oscar_referrals.programs import lifecycle
from oscar_referrals.sharing.links import share_path
from oscar_referrals.sharing.models import Touch
from oscar_referrals.test.factories import live_program, referral_code
from tests.shop import Visitor, customer, product, shop_voucher

pytestmark = pytest.mark.django_db
FRIEND = {"value": 2000, "minimum": 0}


@pytest.fixture
def code():
    return referral_code(live_program(friend=FRIEND))


def sign_in(visitor, user):
    visitor.client.post(
        reverse("customer:login"),
        {"login-username": user.email, "login-password": "secret", "login_submit": "1"},
    )


def test_a_better_voucher_of_the_shop_is_taken_after_ours_and_ours_returns_when_it_goes(code):
    better = shop_voucher("HALF", percent=50)
    friend = Visitor()
    friend.add(product("100.00"))
    friend.enter(code.code)
    assert friend.enter("HALF") == ["Voucher 'HALF' added to basket"]
    assert friend.basket.total_discount == Decimal("50.00")
    friend.post("basket:vouchers-remove", better.pk)
    assert friend.basket.total_discount == Decimal("20.00")


def test_a_lesser_voucher_of_the_shop_leaves_ours_in_place(code):
    shop_voucher("TENTH", percent=10)
    friend = Visitor()
    friend.add(product("100.00"))
    friend.enter(code.code)
    friend.enter("TENTH")
    assert friend.basket.total_discount == Decimal("20.00")


def test_a_merge_is_no_try_of_the_code_that_goes(code):
    other = referral_code(code.program)
    user = customer()
    at_home, on_the_phone = Visitor(user), Visitor()
    for visitor, typed in ((at_home, code), (on_the_phone, other)):
        visitor.add(product())
        visitor.enter(typed.code)
    sign_in(on_the_phone, user)
    # It was typed in this browser, the other one on another device.
    assert [voucher.code for voucher in on_the_phone.basket.vouchers.all()] == [other.code]
    assert Pin.objects.filter(basket=on_the_phone.basket).count() == 1
    assert Claim.objects.count() == Touch.objects.count() == 2


@pytest.mark.parametrize("way", ["claimed", "opened"])
def test_of_two_codes_that_meet_in_a_merge_the_one_stands_that_counts_more(code, way, settings):
    """A claim in this browser counts more than one on another device, an opened link less."""
    settings.OSCAR_REFERRALS = {"COOKIE_CONSENT": "tests.account.consent.given"}
    other = referral_code(code.program)
    user = customer()
    at_home, on_the_phone = Visitor(user), Visitor()
    at_home.add(product())
    at_home.enter(code.code)
    if way == "claimed":
        on_the_phone.claim(other)
    else:
        on_the_phone.client.get(share_path(other))
    on_the_phone.add(product())
    assert [voucher.code for voucher in on_the_phone.basket.vouchers.all()] == [other.code]
    sign_in(on_the_phone, user)
    stands = other if way == "claimed" else code
    assert [voucher.code for voucher in on_the_phone.basket.vouchers.all()] == [stands.code]
    assert on_the_phone.basket.total_discount == Decimal("20.00")
    assert {pin.claim.code for pin in Pin.objects.filter(basket=on_the_phone.basket)} == {stands}


def test_a_pin_in_hand_is_put_down_when_the_other_basket_has_the_voucher(code):
    user = customer()
    at_home, on_the_phone = Visitor(user), Visitor()
    for visitor in (at_home, on_the_phone):
        visitor.add(product())
        visitor.enter(code.code)
    sign_in(on_the_phone, user)
    basket = on_the_phone.basket
    somebody_else = Visitor()
    somebody_else.add(product())
    elses = somebody_else.basket
    elses.vouchers.add(code.voucher)
    assert Pin.objects.get(basket=elses).claim != Pin.objects.get(basket=basket).claim
    assert Claim.objects.count() == 3


@pytest.mark.parametrize("merged", [True, False])
def test_codes_of_two_programs_do_not_share_a_basket(code, merged):
    user = customer()
    friend = Visitor() if merged else Visitor(user)
    friend.add(product("100.00"))
    friend.enter(code.code)
    lifecycle.end(program=code.program)
    newer = referral_code(live_program(name="The next one", friend={"value": 1000, "minimum": 0}))
    second = Visitor(user) if merged else friend
    if merged:
        second.add(product("100.00"))
    second.enter(newer.code)
    if merged:
        sign_in(friend, user)
    # What was typed in this browser counts more than what was typed elsewhere with the account.
    stands = code if merged else newer
    assert [voucher.code for voucher in friend.basket.vouchers.all()] == [stands.code]
    assert Pin.objects.filter(basket=friend.basket).count() == 1


def test_a_friend_who_may_have_ordered_before_gets_the_discount_once_all_the_same():
    code = referral_code(live_program(friend=FRIEND, new_customers_only=False))
    user = customer()
    friend = Visitor(user)
    friend.add(product("100.00"))
    friend.enter(code.code)
    assert friend.order().total_incl_tax == Decimal("80.00")
    friend.add(product("100.00"))
    assert friend.enter(code.code) == ["You have already used a friend's code."]
    assert friend.order().total_incl_tax == Decimal("100.00")
    assert Referral.objects.get().friend_discount == 2000


def test_a_guest_gets_it_once_too_and_is_not_told_why():
    code = referral_code(live_program(friend=FRIEND, new_customers_only=False))
    for total in (Decimal("80.00"), Decimal("100.00")):
        guest = Visitor()
        guest.add(product("100.00"))
        guest.enter(code.code)
        guest.to_preview("guest@example.com")
        assert guest.get("checkout:preview").context["basket"].total_incl_tax == total
        guest.pay()
    assert guest.heard[-1].endswith("This code is not available for this order.")
    assert Referral.objects.count() == 1


def test_only_staff_learn_which_vouchers_are_ours(code):
    for visitor in (Visitor(), Visitor(customer())):
        response = visitor.get("dashboard:voucher-update", code.voucher_id)
        assert response.status_code in (302, 403)
        assert "referrals/" not in response.get("Location", "")
