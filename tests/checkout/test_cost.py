"""What a code costs in queries, and that nobody else pays anything."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from oscar.core.loading import get_model

from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import SiteFactory, advocate, live_program
from tests.shop import Visitor, customer, delivery_costs, product, shop_voucher

pytestmark = pytest.mark.django_db


def cost(action: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        action()
    return len(queries)


def products_on_sale(number: int = 3) -> list[Any]:
    items = [product("50.00") for _ in range(number)]
    rng = get_model("offer", "Range").objects.create(name="On sale")
    for item in items:
        rng.add_product(item)
    return [rng, *items]


def visit(visitor: Visitor) -> dict[str, int]:
    """Queries of the pages of a steady visit with three lines in the basket, and of the order."""
    visitor.get("basket:summary")
    counts = {
        "basket": cost(lambda: visitor.get("basket:summary")),
        "catalogue": cost(lambda: visitor.get("catalogue:index")),
    }
    visitor.to_preview()
    counts["address"] = cost(lambda: visitor.get("checkout:shipping-address"))
    counts["preview"] = cost(lambda: visitor.get("checkout:preview"))
    counts["order"] = cost(
        lambda: visitor.client.post("/shop/checkout/preview/", {"action": "place_order"})
    )
    return counts


@pytest.fixture
def shop():
    rng, *items = products_on_sale()
    program = live_program(friend={"value": 2000, "minimum": 8000, "range": rng})
    return code_for(advocate=advocate(program)), items


@pytest.mark.parametrize("signed_in", [True, False], ids=["signed in", "guest"])
def test_a_friends_code_costs_at_most_8_on_the_basket_4_elsewhere_and_25_at_the_order(
    shop, signed_in
):
    code, items = shop
    counts = []
    for with_code in (False, True):
        visitor = Visitor(customer() if signed_in else None)
        for item in items:
            visitor.add(item)
        if with_code:
            visitor.enter(code.code)
            assert visitor.basket.total_discount
        counts.append(visit(visitor))
    plain, referred = counts
    extra = {page: referred[page] - plain[page] for page in plain}
    assert extra["basket"] <= 8, extra
    assert extra["catalogue"] <= 4, extra
    assert extra["address"] <= 4, extra
    assert extra["preview"] <= 4, extra
    assert extra["order"] <= 25, extra


def test_another_voucher_of_the_shop_is_added_with_at_most_one_query_more(settings):
    shop_voucher("SHOP10", percent=10)
    middleware = "oscar_referrals.checkout.middleware.ReferralMiddleware"
    counts = []
    for chain in (settings.MIDDLEWARE, [m for m in settings.MIDDLEWARE if m != middleware]):
        settings.MIDDLEWARE = chain
        visitor = Visitor(customer())
        visitor.add(product("50.00"))
        visitor.get("basket:summary")
        counts.append(
            cost(lambda v=visitor: v.client.post("/shop/basket/vouchers/add/", {"code": "SHOP10"}))
        )
    with_us, without_middleware = counts
    assert with_us - without_middleware <= 1


def test_free_delivery_beside_goods_costs_3_more_on_the_basket_2_elsewhere_and_9_at_the_order(
    monkeypatch,
):
    delivery_costs(monkeypatch, "8.00")
    counts = []
    for delivery in (None, {}):
        items = [product("50.00") for _ in range(3)]
        program = live_program(site=SiteFactory(), friend_delivery=delivery)
        visitor = Visitor()
        for item in items:
            visitor.add(item)
        visitor.enter(code_for(advocate=advocate(program)).code)
        counts.append(visit(visitor))
    plain, with_delivery = counts
    extra = {page: with_delivery[page] - plain[page] for page in plain}
    assert extra["basket"] <= 3, extra
    assert extra["catalogue"] <= 2, extra
    assert extra["address"] <= 2, extra
    assert extra["preview"] <= 2, extra
    assert extra["order"] <= 9, extra
