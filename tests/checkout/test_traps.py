"""The traps of Oscar's vouchers and offers, and our way round each."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Referral
from oscar_referrals.checkout.offers import ensure_offers
from oscar_referrals.programs import lifecycle
from oscar_referrals.sharing.codes import block, code_for
from oscar_referrals.test.factories import UserFactory, advocate, live_program
from tests.api_client import basket_of, place, priced
from tests.shop import Visitor, customer, product, shop_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return live_program(friend={"value": 2000, "minimum": 0})


@pytest.fixture
def code(program):
    return code_for(advocate=advocate(program))


def with_code(code, *prices):
    friend = Visitor()
    for price in prices:
        friend.add(product(price))
    friend.said = friend.enter(code.code)
    return friend


def test_an_absolute_discount_is_given_once_however_many_items_there_are(code):
    assert with_code(code, "30.00", "30.00", "30.00").basket.total_discount == Decimal("20.00")


def test_a_discount_over_the_total_leaves_nothing_to_pay_and_not_a_cent(code):
    friend = with_code(code, "3.33", "3.34", "3.34")
    assert friend.order().total_incl_tax == Decimal("0.00")


def test_suspending_the_offer_changes_nothing_and_pausing_the_program_does(code):
    offer = code.program.friend_offer
    offer.suspend()
    assert with_code(code, "50.00").basket.total_discount == Decimal("20.00")
    lifecycle.pause(program=code.program)
    friend = with_code(code, "50.00")
    assert friend.said == ["This offer is paused at the moment."]


def test_a_stale_save_of_the_voucher_revives_nothing_that_we_blocked(code):
    friend = with_code(code, "50.00")
    stale = get_model("voucher", "Voucher").objects.get(pk=code.voucher_id)
    block(code=code, reason="leak")
    stale.save()
    assert friend.basket.total_discount == 0
    assert with_code(code, "50.00").said == [
        "We don't know this code. Please check it and try again."
    ]


def test_staff_who_end_the_voucher_by_date_lose_no_order(code):
    friend = with_code(code, "50.00")
    get_model("voucher", "Voucher").objects.filter(pk=code.voucher_id).update(
        end_datetime=timezone.now() - timedelta(days=1)
    )
    assert friend.order().total_incl_tax == Decimal("50.00")


def test_a_deleted_account_or_order_does_not_make_a_friend_new_again(code):
    account = UserFactory(email="friend@gmail.com")
    friend = Visitor(account)
    friend.add(product("50.00"))
    friend.enter(code.code)
    friend.order()
    get_model("order", "Order").objects.all().delete()
    account.delete()
    again = Visitor(UserFactory(email="fri.end@gmail.com"))
    again.add(product("50.00"))
    assert again.enter(code.code) == [
        "This code is for new customers, and you have ordered here before."
    ]
    assert Referral.objects.get().state == "bound"


def test_an_exclusive_site_offer_that_gives_more_stays_and_the_message_names_it(code):
    shop_offer(percent=50)
    friend = with_code(code, "100.00")
    assert friend.said == [
        "“50 % off everything” saves you more, so it applies instead of this discount."
    ]
    assert friend.basket.total_discount == Decimal("50.00")
    order = friend.order()
    assert order.total_incl_tax == Decimal("50.00")
    referral = Referral.objects.get()
    assert (referral.state, referral.friend_discount) == ("bound", 0)
    assert not get_model("voucher", "VoucherApplication").objects.exists()


def test_a_site_offer_that_gives_less_makes_way(code):
    shop_offer(percent=10)
    assert with_code(code, "100.00").basket.total_discount == Decimal("20.00")


@pytest.mark.parametrize("percent", [5, 15, 20, 25, 60])
@pytest.mark.parametrize("combinable", [True, False])
@pytest.mark.parametrize("exclusive", [True, False])
def test_no_basket_costs_more_with_a_code_than_without(percent, combinable, exclusive):
    program = live_program(friend={"value": 2000, "minimum": 0}, combinable=combinable)
    code = code_for(advocate=advocate(program))
    shop_offer(percent=percent, exclusive=exclusive, priority=2000 if percent == 25 else 0)
    items = [product("60.00"), product("40.00")]
    plain, referred = (basket_of(customer(), *items) for _ in range(2))
    referred.vouchers.add(code.voucher)
    assert priced(referred).total_incl_tax <= priced(plain).total_incl_tax


def test_the_better_offer_gives_way_when_the_basket_changes(code):
    shop_offer(percent=25)
    friend = with_code(code, "100.00")
    assert friend.basket.total_discount == Decimal("25.00")
    friend.post(
        "basket:summary",
        data={
            "form-TOTAL_FORMS": 1,
            "form-INITIAL_FORMS": 1,
            "form-0-id": friend.basket.lines.get().pk,
            "form-0-quantity": 1,
        },
    )
    get_model("offer", "ConditionalOffer").objects.filter(offer_type="Site").delete()
    friend.add(product("1.00"))
    assert friend.basket.total_discount == Decimal("20.00")


@pytest.mark.parametrize("name", ["dashboard:voucher-set-update", "dashboard:voucher-set-delete"])
def test_oscars_forms_for_voucher_sets_lead_to_the_program(code, name):
    staff = Visitor(customer(is_staff=True, is_superuser=True))
    response = staff.client.get(reverse(name, args=[code.voucher.voucher_set_id]))
    assert response.status_code == 302
    assert "referrals" in response.url


def test_the_dashboards_forms_for_a_voucher_lead_to_the_program(code):
    staff = Visitor(customer(is_staff=True, is_superuser=True))
    for name in ("dashboard:voucher-update", "dashboard:voucher-delete"):
        response = staff.client.post(reverse(name, args=[code.voucher_id]))
        assert response.status_code == 302
        assert "referrals" in response.url
    assert get_model("voucher", "Voucher").objects.filter(pk=code.voucher_id).exists()


def test_a_deleted_offer_is_made_again_and_codes_stay_known(code):
    program = code.program
    program.friend_offer.delete()
    program.refresh_from_db()
    ensure_offers(program)
    assert program.friend_offer_id is not None
    assert with_code(code, "50.00").basket.total_discount == Decimal("20.00")


def test_a_condition_that_fails_costs_the_discount_and_not_the_page(code, monkeypatch):
    friend = with_code(code, "50.00")

    def fail(*args):
        raise RuntimeError("a fault in the plugin")

    monkeypatch.setattr("oscar_referrals.checkout.condition.standing", fail)
    assert friend.get("basket:summary").status_code == 200
    assert friend.basket.total_discount == 0


def test_an_order_is_placed_although_everything_of_ours_fails(code, monkeypatch):
    friend = with_code(code, "50.00")
    friend.to_preview()

    def fail(*args, **kwargs):
        raise RuntimeError("a fault in the plugin")

    for name in ("benefit.record_use", "placement.put_right", "receivers.remember_order"):
        monkeypatch.setattr(f"oscar_referrals.checkout.{name}", fail)
    assert friend.pay().context["order"].total_incl_tax == Decimal("30.00")


def test_two_vouchers_of_one_offer_through_an_api_give_one_discount(program):
    codes = [code_for(advocate=advocate(program)) for _ in range(2)]
    basket = basket_of(customer(), product("50.00"))
    for item in codes:
        basket.vouchers.add(item.voucher)
    loaded = priced(basket)
    assert loaded.total_discount == Decimal("20.00")
    order = place(loaded)
    assert get_model("voucher", "VoucherApplication").objects.filter(order=order).count() == 1
