"""A budget that is used up: refused with words before payment, honoured once it was quoted."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.checkout.models import Pin
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.budget import committed
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.sharing.links import share_path
from oscar_referrals.test.factories import advocate, live_program
from tests.rewards.cases import referred
from tests.shop import Visitor, customer, product

pytestmark = pytest.mark.django_db

USED_UP = "This offer is used up: no more discounts are given at the moment."


@pytest.fixture
def program() -> Any:
    """RM 20 off from RM 80; the budget has room for three discounts and no reward."""
    budget = {"scope": "program", "currency": "MYR", "amount": 6000}
    return live_program(limits=[budget])


@pytest.fixture
def code(program: Any) -> Any:
    return code_for(advocate=advocate(program))


def use_up(program: Any, *, orders: int = 3) -> None:
    for _number in range(orders):
        referred(program)


def shopper(code: Any = None) -> Visitor:
    visitor = Visitor(customer())
    visitor.add(product("100.00"))
    if code is not None:
        visitor.enter(code.code)
        assert visitor.basket.total_discount == Decimal("20.00")
    return visitor


def test_a_code_is_refused_when_it_is_entered(program: Any, code: Any) -> None:
    use_up(program)
    visitor = shopper()
    assert visitor.enter(code.code) == [USED_UP]
    assert visitor.basket.total_discount == 0
    assert not Claim.objects.filter(user=visitor.user).exists()


def test_room_for_one_more_is_given(program: Any, code: Any) -> None:
    use_up(program, orders=2)
    shopper(code)


def test_less_than_the_largest_discount_is_not_enough(program: Any, code: Any) -> None:
    use_up(program, orders=2)
    referred(program, discount=1)
    assert shopper().enter(code.code) == [USED_UP]


def test_it_is_taken_out_on_entering_the_checkout(program: Any, code: Any) -> None:
    visitor = shopper(code)
    use_up(program)
    assert visitor.basket.total_discount == Decimal("20.00")
    visitor.get("checkout:index", follow=True)
    assert any(USED_UP in text for text in visitor.heard)
    assert visitor.basket.total_discount == 0
    assert not Pin.objects.exists()
    assert visitor.order().total_incl_tax == Decimal("100.00")


def test_who_skips_the_first_page_is_asked_on_the_way(program: Any, code: Any) -> None:
    visitor = shopper(code)
    use_up(program)
    visitor.get("checkout:shipping-address", follow=True)
    assert any(USED_UP in text for text in visitor.heard)


def test_inside_the_checkout_it_is_honoured_and_booked(program: Any, code: Any) -> None:
    visitor = shopper(code)
    visitor.to_preview()
    use_up(program)
    order = visitor.order()
    assert order.total_incl_tax == Decimal("80.00")
    assert not any(USED_UP in text for text in visitor.heard)
    settle(Referral.objects.get(order_number=order.number).pk)
    assert Reward.objects.get(referral__order_number=order.number, side="friend").amount == 2000
    assert audit() == []


def test_the_budget_is_exceeded_by_the_baskets_inside_the_checkout_at_most(
    program: Any, code: Any
) -> None:
    """Three are inside the checkout and three are not when the budget is used up."""
    inside = [shopper(code) for _number in range(3)]
    for visitor in inside:
        visitor.to_preview()
    outside = [shopper(code) for _number in range(3)]
    use_up(program)
    totals = [visitor.order().total_incl_tax for visitor in [*inside, *outside]]
    assert totals == 3 * [Decimal("80.00")] + 3 * [Decimal("100.00")]
    assert committed(program.pk, "MYR") == 6000 + 3 * 2000


def test_the_page_behind_a_link_says_so(program: Any, code: Any) -> None:
    use_up(program)
    page = Visitor().client.get(share_path(code))
    assert page.status_code == 200
    assert USED_UP in page.content.decode()
    assert page.context["invitation"].refusal.reason == reasons.OFFER_USED_UP
    visitor = Visitor()
    visitor.claim(code)
    assert USED_UP in visitor.heard


def test_the_advocates_page_says_so(program: Any, code: Any) -> None:
    visitor = Visitor(code.advocate.user)
    assert "The offer is used up" not in visitor.get("referrals:portal").content.decode()
    use_up(program)
    assert "The offer is used up" in visitor.get("referrals:portal").content.decode()


def test_a_program_without_a_budget_asks_nothing() -> None:
    """As many queries as the figures of the other tests of cost leave for it: none."""
    costs = []
    for limits in ([], [{"scope": "program", "currency": "MYR", "amount": 10**9}]):
        program = live_program(limits=limits, name=f"Program {len(costs)}")
        visitor = shopper(code_for(advocate=advocate(program)))
        visitor.to_preview()
        with CaptureQueriesContext(connection) as queries:
            visitor.get("checkout:preview")
        costs.append(len(queries))
        program.status = "ended"
        program.save()
    assert costs[0] == costs[1]
