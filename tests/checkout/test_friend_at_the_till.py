"""A friend types a code or claims a link, and what the till then does."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Claim, Decision, Referral
from oscar_referrals.checkout.models import Pin
from oscar_referrals.programs import lifecycle
from oscar_referrals.sharing.codes import block, code_for
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.sharing.rotate import replace_code
from oscar_referrals.test.factories import (
    SiteFactory,
    UserFactory,
    advocate,
    live_program,
    publish_again,
)
from tests.shop import Visitor, customer, product, shop_voucher, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    """RM 20 off a first order of RM 80 or more."""
    return live_program(friend={"value": 2000, "minimum": 8000})


@pytest.fixture
def code(program):
    return code_for(advocate=advocate(program))


def test_a_typed_code_discounts_a_guests_first_order_and_credits_the_advocate(code):
    friend = Visitor()
    friend.add(product("100.00"))
    said = friend.enter(code.code)
    order = friend.order("new@example.com")
    referral = Referral.objects.get()
    assert said == ["Your referral discount of MYR 20 is applied."]
    assert order.total_incl_tax == Decimal("80.00")
    assert referral.order_number == order.number
    assert referral.advocate_id == code.advocate_id
    assert (referral.state, referral.friend_discount) == ("bound", 2000)
    assert referral.version == code.program.current_version


@pytest.mark.parametrize("spelling", [str.lower, lambda c: f" {c[:4]} {c[4:8]}-{c[8:]} "])
def test_a_code_may_be_typed_in_any_case_with_spaces_and_dashes(code, spelling):
    friend = Visitor()
    friend.add(product("100.00"))
    friend.enter(spelling(code.code))
    assert friend.basket.total_discount == Decimal("20.00")


def test_lines_order_and_discount_agree_to_the_cent(program):
    program = live_program(site=SiteFactory(), friend={"percent": 15})
    code = code_for(advocate=advocate(program))
    friend = Visitor()
    for price in ("10.33", "7.77", "12.99"):
        friend.add(product(price))
    friend.enter(code.code)
    order = friend.order()
    discount = order.discounts.get()
    lines = sum(line.line_price_incl_tax for line in order.lines.all())
    assert discount.amount == Decimal("4.66")
    assert lines == order.total_incl_tax == Decimal("31.09") - Decimal("4.66")


def test_a_code_below_the_minimum_waits_and_applies_by_itself(code):
    friend = Visitor()
    friend.add(product("60.00"))
    said = friend.enter(code.code)
    assert said == ["Add MYR 20 more to get MYR 20 off."]
    assert friend.basket.total_discount == 0
    friend.add(product("20.00"))
    assert friend.basket.total_discount == Decimal("20.00")


def test_an_order_below_the_minimum_is_refused_with_the_reason_and_burns_nothing(code):
    friend = Visitor()
    friend.add(product("60.00"))
    friend.enter(code.code)
    order = friend.order()
    referral = Referral.objects.get()
    assert (referral.state, referral.reason) == ("refused", "below-minimum")
    assert Decision.objects.get(order_number=order.number).verdict == "refused"
    assert not get_model("voucher", "VoucherApplication").objects.exists()


def test_ones_own_code_is_refused(code):
    visitor = Visitor(code.advocate.user)
    visitor.add(product("100.00"))
    assert visitor.enter(code.code) == ["This is your own code. It is meant for your friends."]
    assert visitor.basket.total_discount == 0


def test_a_signed_in_customer_who_has_ordered_hears_why(code):
    friend = Visitor(customer())
    friend.add(product("30.00"))
    friend.order()
    friend.add(product("100.00"))
    assert friend.enter(code.code) == [
        "This code is for new customers, and you have ordered here before."
    ]


def test_a_guest_who_has_ordered_hears_only_not_available_before_paying(code):
    first = Visitor()
    first.add(product("30.00"))
    first.order("old.customer@gmail.com")
    again = Visitor()
    again.add(product("100.00"))
    again.enter(code.code)
    again.to_preview("oldcustomer+deal@googlemail.com")
    assert again.heard[-1].endswith("This code is not available for this order.")
    order = again.pay().context["order"]
    assert order.total_incl_tax == Decimal("100.00")
    assert not Referral.objects.exists()


def test_the_advocate_as_a_guest_is_refused_at_checkout(program):
    member = advocate(program, user=UserFactory(email="aisyah@gmail.com"))
    code = code_for(advocate=member)
    guest = Visitor()
    guest.add(product("100.00"))
    guest.enter(code.code)
    guest.to_preview("Ais.yah+shop@googlemail.com")
    assert guest.heard[-1].endswith("This code is not available for this order.")
    assert guest.pay().context["order"].total_incl_tax == Decimal("100.00")


def test_unknown_and_blocked_codes_get_the_same_answer(code):
    block(code=code, reason="leaked")
    friend = Visitor()
    friend.add(product("100.00"))
    blocked, unknown = friend.enter(code.code), friend.enter("CDFGHJKMNPQ")
    assert blocked == unknown == ["We don't know this code. Please check it and try again."]


def test_tries_of_codes_are_limited_and_a_right_one_does_not_help_then(code, settings):
    settings.OSCAR_REFERRALS = {"TRY_LIMIT": 3}
    friend = Visitor()
    friend.add(product("100.00"))
    for _ in range(3):
        friend.enter("CDFGHJKMNPQ")
    assert friend.enter(code.code) == [
        "Too many codes were tried. Please wait 10 minutes and try again."
    ]
    assert friend.basket.total_discount == 0


def test_other_vouchers_of_the_shop_work_as_before(code):
    shop_voucher("SHOP10", percent=10)
    visitor = Visitor()
    visitor.add(product("100.00"))
    assert visitor.enter("shop10") == ["Voucher 'SHOP10' added to basket"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lifecycle.pause, "This offer is paused at the moment."),
        (lifecycle.end, "This offer has ended."),
        (lifecycle.stop, "This offer is no longer available."),
    ],
)
def test_a_program_that_takes_no_claims_says_why(code, change, sentence):
    change(program=code.program)
    friend = Visitor()
    friend.add(product("100.00"))
    assert friend.enter(code.code) == [sentence]


def test_a_claim_made_before_the_end_is_honoured_during_the_wind_down(code):
    friend = Visitor()
    friend.add(product("100.00"))
    friend.enter(code.code)
    lifecycle.end(program=code.program)
    assert friend.order().total_incl_tax == Decimal("80.00")


def test_a_stopped_program_takes_the_discount_out_before_payment(code):
    friend = Visitor()
    friend.add(product("100.00"))
    friend.enter(code.code)
    friend.to_preview()
    lifecycle.stop(program=code.program, reason="leak")
    response = friend.pay()
    assert response.resolver_match.view_name == "checkout:preview"
    assert any("no longer available" in text for text in texts(response))
    assert friend.pay().context["order"].total_incl_tax == Decimal("100.00")


def test_a_claim_by_link_waits_for_the_first_product(code):
    friend = Visitor()
    friend.claim(code)
    page = friend.add(product("100.00"))
    assert "80.00" in page.content.decode()
    assert friend.basket.total_discount == Decimal("20.00")
    assert Claim.objects.get().method == "link"


def test_a_claim_survives_login_and_merge(code):
    account = customer()
    friend = Visitor()
    friend.claim(code)
    friend.add(product("100.00"))
    friend.client.post(
        reverse("customer:login"),
        {
            "login-username": account.email,
            "login-password": "secret",
            "login_submit": "Log In",
        },
    )
    basket = friend.basket
    assert basket.owner == account
    assert basket.total_discount == Decimal("20.00")
    assert Pin.objects.get().basket_id == basket.pk


def test_a_merge_of_two_codes_of_one_program_leaves_one_discount(program):
    first, second = (code_for(advocate=advocate(program)) for _ in range(2))
    account = customer()
    at_home = Visitor(account)
    at_home.add(product("100.00"))
    at_home.enter(first.code)
    on_the_phone = Visitor()
    on_the_phone.add(product("100.00"))
    on_the_phone.enter(second.code)
    on_the_phone.client.force_login(account)
    on_the_phone.user = account
    assert on_the_phone.basket.total_discount == Decimal("20.00")
    order = on_the_phone.order()
    assert order.total_incl_tax == Decimal("180.00")
    assert get_model("voucher", "VoucherApplication").objects.filter(order=order).count() == 1


def test_version_one_is_honoured_after_version_two_went_live(code):
    friend = Visitor()
    friend.claim(code)
    publish_again(code.program, friend={"value": 1000, "minimum": 8000})
    friend.add(product("100.00"))
    newcomer = Visitor()
    newcomer.add(product("100.00"))
    newcomer.enter(code.code)
    assert friend.basket.total_discount == Decimal("20.00")
    assert newcomer.basket.total_discount == Decimal("10.00")


def test_the_claims_time_runs_out(code):
    friend = Visitor()
    friend.add(product("100.00"))
    friend.enter(code.code)
    Claim.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    page = friend.get("basket:summary")
    assert texts(page) == [
        f"Referral discount ({code.pretty}) was taken out of your basket. "
        "The time to use this discount is over."
    ]
    assert page.context["basket"].total_discount == 0
    assert not Pin.objects.exists()


def test_a_friend_is_credited_once_however_often_they_order(code, program):
    program_rules = live_program(
        site=SiteFactory(), friend={"value": 2000}, new_customers_only=False
    )
    first, second = (code_for(advocate=advocate(program_rules)) for _ in range(2))
    visits = []
    for referral_code in (first, second):
        friend = Visitor()
        friend.add(product("100.00"))
        friend.enter(referral_code.code)
        friend.to_preview("friend@example.com")
        visits.append(friend)
    for friend in visits:
        friend.pay()
    states = list(Referral.objects.order_by("id").values_list("state", "reason"))
    assert states == [("bound", "first-order"), ("refused", "already-referred")]


def test_a_retired_code_is_answered_like_an_unknown_one(code):
    replace_code(advocate=code.advocate, text="SITITEH", grace=timedelta(days=1))
    friend = Visitor()
    friend.add(product("100.00"))
    ReferralCode.objects.filter(pk=code.pk).update(retires_at=timezone.now())
    retired, unknown = friend.enter(code.code), friend.enter("CDFGHJKMNPQ")
    assert retired == unknown == ["We don't know this code. Please check it and try again."]
    assert friend.enter("SITITEA") == unknown
    assert friend.enter("siti-teh") != unknown
