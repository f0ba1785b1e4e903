"""The forecast of a draft against figures worked out by hand."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.insight.forecast import Forecast, InCurrency, forecast
from oscar_referrals.members.known_customers import remember_order
from oscar_referrals.test.factories import UserFactory, draft_version
from tests.rewards.cases import order
from tests.shop import product

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def past(
    goods: str, *, days_ago: float = 1, before: str = "", user: Any = None, **fields: Any
) -> Any:
    """An order with one line: ``goods`` were paid for what cost ``before`` without discounts."""
    placed = order(
        goods,
        user=user or UserFactory(),
        date_placed=NOW - timedelta(days=days_ago),
        **fields,
    )
    item = product(goods)
    paid, full = Decimal(goods), Decimal(before or goods)
    get_model("order", "Line").objects.create(
        order=placed,
        product=item,
        stockrecord=item.stockrecords.get(),
        title=item.title,
        partner_name="Partner",
        partner_sku="sku",
        quantity=1,
        num_allocated=0,
        line_price_incl_tax=paid,
        line_price_excl_tax=paid,
        line_price_before_discounts_incl_tax=full,
        line_price_before_discounts_excl_tax=full,
    )
    remember_order(order=placed)
    return placed


def of(found: Forecast, currency: str = "MYR") -> InCurrency:
    return next(row for row in found.currencies if row.currency == currency)


def test_first_orders_above_the_minimum_qualify() -> None:
    """RM 20 off from RM 80, RM 15 for the advocate.

    RM 80: both. RM 79.99, a second order of the same customer, a cancelled one and one before the
    period: nothing.
    """
    version = draft_version()
    again = UserFactory()
    past("80.00", days_ago=5, user=again)
    past("79.99", days_ago=4)
    past("200.00", days_ago=3, user=again)
    past("100.00", days_ago=2, status="Cancelled")
    past("100.00", days_ago=31)
    row = of(forecast(version, days=30, now=NOW))
    assert (row.orders, row.qualifying) == (3, 1)
    assert (row.friend_discounts, row.rewards, row.liability) == (2000, 1500, 3500)


def test_a_guest_with_a_known_mailbox_is_no_new_customer() -> None:
    past("100.00", days_ago=60, user=UserFactory(email="ali@shop.example"))
    guest = past("100.00", days_ago=1)
    get_model("order", "Order").objects.filter(pk=guest.pk).update(
        user=None, guest_email="Ali@shop.example"
    )
    from oscar_referrals.members.known_customers import index_orders

    index_orders(again=True)
    assert of(forecast(draft_version(), days=30, now=NOW)).qualifying == 0


def test_a_better_offer_stays_or_gives_way() -> None:
    """Not combinable. RM 100 with RM 5 off already: ours takes its place and costs RM 15 more.
    RM 100 with RM 30 off: theirs stays, the advocate is rewarded all the same."""
    past("95.00", before="100.00", days_ago=2)
    past("70.00", before="100.00", days_ago=1)
    row = of(forecast(draft_version(), days=30, now=NOW))
    assert (row.discounted_before, row.discounts_before) == (2, 500 + 3000)
    assert row.friend_discounts == 2000
    assert row.rewards == 3000


def test_what_stacks_never_takes_off_more_than_the_goods_cost() -> None:
    past("10.00", before="100.00")
    row = of(forecast(draft_version(combinable=True), days=30, now=NOW))
    assert row.friend_discounts == 1000


def margins(orders: Any) -> dict[int, int | None]:
    """RM 30 on an order of RM 100, unknown for any other."""
    return {item.pk: 3000 if item.total_incl_tax == 100 else None for item in orders}


def test_the_margin_of_an_order(settings: Any) -> None:
    """RM 30 less RM 20 and RM 15 is a loss of RM 5."""
    settings.OSCAR_REFERRALS = {"ORDER_MARGIN": f"{__name__}.margins"}
    past("100.00")
    past("90.00")
    row = of(forecast(draft_version(), days=30, now=NOW))
    assert (row.with_margin, row.margin_before, row.margin_after) == (1, 3000, -500)
    assert row.losses == 1


def test_without_a_source_the_margin_is_unknown() -> None:
    past("100.00")
    row = of(forecast(draft_version(), days=30, now=NOW))
    assert (row.margin_before, row.margin_after) == (None, None)


def test_the_budget_stops_it() -> None:
    """RM 80: 35 + 35, then RM 10 are left, which is less than a discount."""
    for days_ago in (3, 2, 1):
        past("100.00", days_ago=days_ago)
    budget = {"scope": "program", "currency": "MYR", "amount": 8000}
    row = of(forecast(draft_version(limits=[budget]), days=30, now=NOW))
    assert (row.liability, row.used_up, row.limited) == (7000, 1, 0)


def test_the_budget_can_leave_out_a_reward_alone() -> None:
    """RM 60: 35, then the discount of RM 20 fits and the reward of RM 15 does not."""
    for days_ago in (2, 1):
        past("100.00", days_ago=days_ago)
    budget = {"scope": "program", "currency": "MYR", "amount": 6000}
    row = of(forecast(draft_version(limits=[budget]), days=30, now=NOW))
    assert (row.friend_discounts, row.rewards, row.limited) == (4000, 1500, 1)


def test_caps_count_for_as_many_advocates_as_are_named() -> None:
    """Four orders, one a day: a cap of one in 30 days leaves out none of four, two of two."""
    for days_ago in (4, 3, 2, 1):
        past("100.00", days_ago=days_ago)
    version = draft_version(limits=[{"scope": "advocate", "window": "month", "amount": 1}])
    assert of(forecast(version, days=30, now=NOW)).rewards == 4 * 1500
    two = of(forecast(version, days=30, advocates=2, now=NOW))
    assert (two.rewards, two.limited) == (2 * 1500, 2)


def test_percentages_and_their_maximum() -> None:
    """15 % of RM 400 is RM 60, RM 50 at most; the advocate's 10 % has a maximum of RM 25."""
    past("400.00")
    version = draft_version(
        friend={"percent": 15, "maximum": 5000},
        advocate={"percent": 10, "maximum": 2500, "validity_days": 30},
    )
    row = of(forecast(version, days=30, now=NOW))
    assert (row.friend_discounts, row.rewards) == (5000, 2500)


def test_credit_is_a_share_of_the_goods_after_discounts() -> None:
    """10 % of RM 300 that RM 20 was taken off by the shop: RM 28."""
    past("280.00", before="300.00")
    version = draft_version(
        friend=None, advocate={"percent": 10, "kind": "credit", "validity_days": None}
    )
    assert of(forecast(version, days=30, now=NOW)).rewards == 2800


def test_of_alternatives_the_dearest_counts() -> None:
    past("100.00")
    version = draft_version(
        friend=None,
        advocate=None,
        more=[
            {"side": "advocate", "choice": "either", "value": 1500},
            {"side": "advocate", "choice": "either", "value": 1800, "kind": "credit"},
        ],
    )
    row = of(forecast(version, days=30, now=NOW))
    assert row.rewards == 1800
    assert [(item.given, item.amount) for item in row.incentives.values()] == [(1, 1800)]


def test_only_products_of_the_range_count() -> None:
    chosen = get_model("offer", "Range").objects.create(name="Teas")
    tea = past("90.00", days_ago=2)
    past("90.00", days_ago=1)
    chosen.add_product(tea.lines.get().product)
    version = draft_version(friend={"value": 2000, "minimum": 8000, "range": chosen})
    assert of(forecast(version, days=30, now=NOW)).friend_discounts == 2000


def test_each_currency_stands_alone(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"CURRENCIES": ("MYR", "SGD")}
    past("100.00")
    past("100.00", currency="SGD")
    amounts = {"MYR": {"value": 1000}, "SGD": {"value": 400}}
    version = draft_version(
        friend={"amounts": amounts}, advocate={"amounts": amounts, "validity_days": 30}
    )
    found = forecast(version, days=30, now=NOW)
    assert [(row.currency, row.liability) for row in found.currencies] == [
        ("MYR", 2000),
        ("SGD", 800),
    ]


def test_the_number_of_queries_does_not_grow_with_the_orders(
    django_assert_max_num_queries: Any,
) -> None:
    for _number in range(30):
        past("100.00")
    version = draft_version()
    with django_assert_max_num_queries(12):
        forecast(version, days=30, now=NOW)
