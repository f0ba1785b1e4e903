"""The forecast of every trigger, kind, tier and limit against figures worked out by hand."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from oscar.core.loading import get_model

from oscar_referrals.insight.forecast import Forecast, InCurrency, forecast
from oscar_referrals.programs.models import Incentive, ProgramVersion
from oscar_referrals.test.factories import UserFactory, draft_version
from tests.insight.test_forecast import NOW, of, past

pytestmark = pytest.mark.django_db


def rewards(*figures: dict[str, Any], limits: Any = None) -> ProgramVersion:
    """A draft without the usual two incentives; each is the advocate's unless it says otherwise."""
    more = [{"side": "advocate", **incentive} for incentive in figures]
    return draft_version(friend=None, advocate=None, more=more, limits=limits)


def play(version: ProgramVersion, **options: Any) -> InCurrency:
    return of(forecast(version, days=60, now=NOW, **options))


def whole(version: ProgramVersion, **options: Any) -> Forecast:
    return forecast(version, days=60, now=NOW, **options)


def friends(number: int, goods: str = "100.00", **fields: Any) -> None:
    """So many new customers, one a day."""
    for days_ago in range(number, 0, -1):
        past(goods, days_ago=days_ago, **fields)


def registered(days_ago: float) -> Any:
    return UserFactory(date_joined=NOW - timedelta(days=days_ago))


class TestTriggers:
    """What earns it."""

    def test_the_nth_order_of_a_friend(self) -> None:
        """Three orders of one, two of another: RM 10 for the third, once."""
        ali, siti = UserFactory(), UserFactory()
        for days_ago in (9, 7, 5):
            past("50.00", days_ago=days_ago, user=ali)
        for days_ago in (8, 6):
            past("50.00", days_ago=days_ago, user=siti)
        version = rewards({"trigger": "nth_order", "number": 3, "value": 1000})
        row = play(version)
        assert (row.orders, row.qualifying, row.rewards) == (5, 2, 1000)

    def test_orders_before_the_days_make_nobody_a_friend(self) -> None:
        """New customers only: who ordered before is no friend, and has no third order."""
        ali = UserFactory()
        for days_ago in (90, 7, 5, 3):
            past("50.00", days_ago=days_ago, user=ali)
        version = rewards({"trigger": "nth_order", "number": 3, "value": 1000})
        assert play(version).rewards == 0

    def test_the_first_order_over_an_amount_may_be_a_later_one(self) -> None:
        """RM 50, then RM 200 twice: RM 10 for the second order, and once."""
        ali = UserFactory()
        for goods, days_ago in (("50.00", 9), ("200.00", 7), ("200.00", 5)):
            past(goods, days_ago=days_ago, user=ali)
        version = rewards({"trigger": "order_over", "threshold": 10000, "value": 1000})
        assert play(version).rewards == 1000

    def test_a_registration(self) -> None:
        """Three registered in these days, one before; one of the three ordered: 3 × RM 5, RM 15."""
        for days_ago in (80, 20, 10):
            registered(days_ago)
        past("100.00", days_ago=5, user=registered(6))
        version = rewards({"trigger": "sign_up", "value": 500}, {"value": 1500})
        found = whole(version)
        assert found.registrations == 3
        assert of(found).rewards == 3 * 500 + 1500

    def test_staff_are_no_friends(self) -> None:
        UserFactory(date_joined=NOW - timedelta(days=2), is_staff=True)
        assert whole(rewards({"trigger": "sign_up", "value": 500})).registrations == 0

    def test_goals_are_reached_as_often_as_they_can_be(self) -> None:
        """Seven friends: at most three advocates brought two, and every third pays twice."""
        friends(7)
        version = rewards(
            {"trigger": "milestone", "number": 2, "value": 2000},
            {"trigger": "every_nth", "number": 3, "value": 300},
        )
        assert play(version).rewards == 3 * 2000 + 2 * 300

    def test_goals_of_so_many_advocates(self) -> None:
        """Seven friends of two advocates, in turn: four and three. Each reaches two once, and three
        once."""
        friends(7)
        version = rewards(
            {"trigger": "milestone", "number": 2, "value": 2000},
            {"trigger": "every_nth", "number": 3, "value": 300},
        )
        assert play(version, advocates=2).rewards == 2 * 2000 + 2 * 300

    def test_a_friend_is_brought_once(self) -> None:
        """Not only new customers: the second order of the same customer is no second referral."""
        ali = UserFactory()
        for days_ago in (9, 5):
            past("100.00", days_ago=days_ago, user=ali)
        row = of(forecast(draft_version(new_customers_only=False), days=60, now=NOW))
        assert (row.qualifying, row.friend_discounts, row.rewards) == (1, 2000, 1500)


class TestTiers:
    """The how manieth friend it is."""

    def test_the_dearest_that_could_have_been_reached(self) -> None:
        """RM 10, from the third RM 25. Four friends: two before the third can be, two from it."""
        friends(4)
        version = rewards({"value": 1000, "tiers": {3: {"currency": "MYR", "value": 2500}}})
        assert play(version).rewards == 2 * 1000 + 2 * 2500

    def test_a_cheaper_tier_is_not_counted_on(self) -> None:
        friends(4)
        version = rewards({"value": 1000, "tiers": {3: {"currency": "MYR", "value": 200}}})
        assert play(version).rewards == 4 * 1000

    def test_of_so_many_advocates(self) -> None:
        """Four friends of two advocates: nobody comes to a third. Six: each once."""
        friends(4)
        version = rewards({"value": 1000, "tiers": {3: {"currency": "MYR", "value": 2500}}})
        assert play(version, advocates=2).rewards == 4 * 1000
        friends(2)
        assert play(version, advocates=2).rewards == 4 * 1000 + 2 * 2500

    def test_of_percentages(self) -> None:
        """5 % of RM 100 as credit, 10 % from the second: RM 5 and RM 10."""
        friends(2)
        version = rewards({"percent": 5, "kind": "credit", "tiers": {2: {"percent": Decimal(10)}}})
        assert play(version).rewards == 500 + 1000


class TestFreeShipping:
    """What friends or advocates don't pay for delivery."""

    def test_a_friend_saves_what_was_paid_up_to_the_maximum(self) -> None:
        """RM 8 and RM 12 of RM 10 at most; none below the minimum; none was paid at all."""
        for days_ago, goods, paid in (
            (4, "90", "8"),
            (3, "90", "12"),
            (2, "70", "8"),
            (1, "90", "0"),
        ):
            past(goods, days_ago=days_ago, shipping_incl_tax=Decimal(paid))
        version = draft_version(friend_delivery={"minimum": 8000, "maximum": 1000}, friend=None)
        row = play(version)
        assert (row.qualifying, row.delivery, row.friend_discounts) == (3, 1800, 0)
        assert row.liability == 1800 + 3 * 1500

    def test_beside_a_discount(self) -> None:
        past("100.00", shipping_incl_tax=Decimal(8))
        row = play(draft_version(friend_delivery={}, advocate=None))
        assert (row.friend_discounts, row.delivery, row.liability) == (2000, 800, 2800)

    def test_an_advocates_counts_as_the_dearest_delivery(self) -> None:
        """Two rewards without a maximum, and RM 12 was the most that anybody paid."""
        for days_ago, paid in ((4, "8"), (3, "12")):
            past("90", days_ago=days_ago, shipping_incl_tax=Decimal(paid))
        version = draft_version(friend=None, advocate=None, advocate_delivery={})
        assert play(version).rewards == 2 * 1200

    def test_an_advocates_with_a_maximum(self) -> None:
        friends(2)
        version = draft_version(friend=None, advocate=None, advocate_delivery={"maximum": 700})
        assert play(version).rewards == 2 * 700


class TestLimits:
    """What caps and the budget leave out."""

    def test_of_each_friend(self) -> None:
        """Credit of RM 5 for the first order, and RM 5 for the second: one of the two."""
        ali = UserFactory()
        for days_ago in (9, 5):
            past("100.00", days_ago=days_ago, user=ali)
        both = (
            {"side": "friend", "kind": "credit", "value": 500},
            {"side": "friend", "kind": "credit", "value": 500, "trigger": "nth_order", "number": 2},
        )
        limit = {"scope": "friend", "window": "ever", "amount": 1}
        row = play(rewards(*both, limits=[limit]))
        assert (row.rewards, row.limited) == (500, 1)

    def test_the_discount_of_the_first_order_counts_towards_them(self) -> None:
        ali = UserFactory()
        for days_ago in (9, 5):
            past("100.00", days_ago=days_ago, user=ali)
        second = {"kind": "credit", "value": 500, "trigger": "nth_order", "number": 2}
        version = draft_version(
            advocate=None,
            more=[{"side": "friend", **second}],
            limits=[{"scope": "friend", "window": "ever", "currency": "MYR", "amount": 2400}],
        )
        row = play(version)
        assert (row.friend_discounts, row.rewards, row.limited) == (2000, 0, 1)

    def test_a_window_opens_again(self) -> None:
        """One a month; friends 40, 20 and 5 days ago: the one 20 days ago is 20 after the first."""
        for days_ago in (40, 20, 5):
            past("100.00", days_ago=days_ago)
        limit = {"scope": "advocate", "window": "month", "amount": 1}
        row = play(rewards({"value": 1000}, limits=[limit]), advocates=1)
        assert (row.rewards, row.limited) == (2000, 1)

    def test_an_amount_of_money(self) -> None:
        """RM 25 in all for one advocate of three friends at RM 10: two."""
        friends(3)
        limit = {"scope": "advocate", "window": "ever", "currency": "MYR", "amount": 2500}
        version = rewards({"value": 1000}, limits=[limit])
        assert (play(version, advocates=1).rewards, play(version).rewards) == (2000, 3000)

    def test_the_budget_counts_rewards_for_later_orders_and_registrations(self) -> None:
        """RM 12: two registrations at RM 5 fit, the second order at RM 5 does not."""
        ali = registered(9)
        registered(8)
        for days_ago in (7, 6):
            past("100.00", days_ago=days_ago, user=ali)
        version = rewards(
            {"trigger": "sign_up", "value": 500},
            {"trigger": "nth_order", "number": 2, "value": 500},
            limits=[{"scope": "program", "currency": "MYR", "amount": 1200}],
        )
        row = play(version)
        assert (row.rewards, row.limited) == (1000, 1)


class TestPercentages:
    """Vouchers of which nobody knows what they will be spent on."""

    def test_for_a_registration_the_dearest_order_counts(self) -> None:
        """10 % without a maximum; the dearest order came to RM 300."""
        registered(20)
        past("300.00", days_ago=10, user=registered(80))
        version = rewards({"trigger": "sign_up", "percent": 10})
        assert play(version).rewards == 3000

    def test_for_an_order_one_like_it(self) -> None:
        past("300.00")
        past("80.00", days_ago=2)
        assert play(rewards({"percent": 10})).rewards == 3000 + 800


def test_each_incentive_has_its_figures() -> None:
    friends(3)
    version = draft_version(
        more=[{"side": "advocate", "trigger": "every_nth", "number": 2, "value": 700}]
    )
    row = play(version)
    figures = {
        (item.incentive.side, item.incentive.trigger): (item.given, item.amount, item.limited)
        for item in row.incentives.values()
    }
    assert figures == {
        ("friend", "first_order"): (3, 6000, 0),
        ("advocate", "first_order"): (3, 4500, 0),
        ("advocate", "every_nth"): (1, 700, 0),
    }
    assert sum(item.amount for item in row.incentives.values()) == row.liability


def test_the_margin_counts_delivery_and_all_that_the_order_earns(settings: Any) -> None:
    """RM 30 less RM 20, RM 8 for delivery, and RM 15: a loss of RM 13."""
    settings.OSCAR_REFERRALS = {"ORDER_MARGIN": "tests.insight.test_forecast.margins"}
    placed = past("100.00", shipping_incl_tax=Decimal(8))
    assert placed.total_incl_tax == 100
    row = play(draft_version(friend_delivery={}))
    assert (row.margin_before, row.margin_after, row.losses) == (3000, -1300, 1)


def test_a_kind_that_is_gone_is_left_out() -> None:
    past("100.00")
    version = draft_version()
    gone = Incentive.objects.create(
        version=version, side="advocate", kind="shop.kinds.Gone", value_type="fixed"
    )
    found = whole(version)
    assert found.left_out == [gone]
    assert of(found).rewards == 1500


def test_queries_do_not_grow_with_orders_and_registrations(
    django_assert_max_num_queries: Any,
) -> None:
    ali = UserFactory()
    for number in range(20):
        past("100.00", days_ago=30 - number, user=ali if number % 2 else None)
        registered(10)
    version = rewards(
        {"trigger": "sign_up", "percent": 10},
        {"trigger": "nth_order", "number": 3, "value": 1000},
        {"trigger": "milestone", "number": 3, "value": 1000},
        limits=[{"scope": "advocate", "window": "month", "amount": 3}],
    )
    assert get_model("order", "Order").objects.count() == 20
    with django_assert_max_num_queries(14):
        whole(version)
