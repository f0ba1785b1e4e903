"""The report's figures against a fixture counted by hand.

March 2026, times in UTC while the shop is in Kuala Lumpur (UTC+8), all amounts in sen:

    day   clicks  claims  orders (total, saved, state)          advocate's reward
     2      3       1     100.00, 20.00 credited                15.00, spent on the 12th for 15.00
     9      1       1      80.00, 20.00 refused (own code)      none
    10      0       1     150.00, 20.00 credited                15.00, pending
    31      2       0     200.00, 20.00 taken back              15.00, reversed
  Apr 1     1       0      90.00, 20.00 credited                15.00, pending
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.insight.funnel import Money, report, total
from oscar_referrals.insight.periods import Period
from oscar_referrals.insight.sharing import By, by_way
from oscar_referrals.insight.standing import standing_of
from oscar_referrals.rewards.models import Reward
from oscar_referrals.sharing.models import Touch
from oscar_referrals.test.factories import SiteFactory, live_program, referral_code

pytestmark = pytest.mark.django_db


class Book:
    """Puts rows of a program on days."""

    def __init__(self, program):
        self.program = program
        self.code = referral_code(program)
        self.incentive = program.current_version.incentives.get(side="advocate")

    def common(self):
        return {"program": self.program, "version": self.program.current_version}

    def click(self, moment, number=1, method="link"):
        for _ in range(number):
            Touch.objects.create(code=self.code, method=method, occurred_at=moment, **self.common())

    def claim(self, moment, **fields):
        Claim.objects.create(
            code=self.code,
            method="link",
            claimed_at=moment,
            expires_at=moment + timedelta(days=30),
            **self.common(),
            **fields,
        )

    def order(self, moment, total, state="bound", saved=2000, currency="MYR"):
        return Referral.objects.create(
            code=self.code,
            advocate=self.code.advocate,
            order_number=f"{self.program.pk}-{Referral.objects.count()}",
            currency=currency,
            order_total=total,
            friend_discount=saved,
            state=state,
            created_at=moment,
            **self.common(),
        )

    def reward(self, referral, moment, state, **fields):
        values = {"unit": "MYR", "amount": 1500, "currency": "MYR", "side": "advocate", **fields}
        return Reward.objects.create(
            key=f"{referral.pk}-{values['side']}",
            program=self.program,
            referral=referral,
            incentive=self.incentive,
            kind="voucher",
            state=state,
            created_at=moment,
            **values,
        )


def march(day, hour=4):
    return datetime(2026, 3, day, hour, tzinfo=UTC)


@pytest.fixture
def book():
    book = Book(live_program())
    book.click(march(2), 3)
    book.claim(march(2))
    spent = book.order(march(2), 10000)
    book.reward(
        spent,
        march(2),
        "redeemed",
        spent_at=march(12),
        spent_amount=1500,
        spent_order_number="77",
    )
    book.reward(spent, march(2), "redeemed", side="friend", amount=2000)
    book.click(march(9))
    book.click(march(9), method="typed")
    book.claim(march(9))
    book.order(march(9), 8000, state="refused")
    book.claim(march(10))
    book.reward(book.order(march(10), 15000), march(10), "pending")
    # Half past midnight of the 31st in Kuala Lumpur, and half past eleven at night.
    book.click(march(30, 16) + timedelta(minutes=30))
    book.click(march(31, 15) + timedelta(minutes=30))
    back = book.order(march(31), 20000, state="released")
    book.reward(back, march(31), "reversed")
    # Already the first of April in Kuala Lumpur.
    april = march(31, 16) + timedelta(minutes=1)
    book.click(april)
    book.reward(book.order(april, 9000), april, "pending")
    return book


def of_march(book, step):
    return report(book.program, date(2026, 3, 1), date(2026, 3, 31), step)


def test_by_day(book):
    rows = {row.start: row for row in of_march(book, "day")}
    assert len(rows) == 31
    assert [day.day for day, row in rows.items() if row.clicks or row.claims or row.orders] == [
        2,
        9,
        10,
        31,
    ]
    second, thirty_first = rows[date(2026, 3, 2)], rows[date(2026, 3, 31)]
    assert (second.clicks, second.claims, second.orders, second.credited) == (3, 1, 1, 1)
    assert second.rewards == {"redeemed": 1}
    assert second.money["MYR"] == Money(
        order_value=10000, friend_discounts=2000, rewards_earned=1500
    )
    assert rows[date(2026, 3, 12)].money["MYR"] == Money(rewards_spent=1500)
    assert (thirty_first.clicks, thirty_first.released, thirty_first.withdrawn) == (2, 1, 1)
    assert thirty_first.money["MYR"] == Money(losses=2000)


def test_by_week(book):
    rows = of_march(book, "week")
    assert [row.start.day for row in rows] == [23, 2, 9, 16, 23, 30]
    assert [row.clicks for row in rows] == [0, 3, 1, 0, 0, 2]
    assert [row.claims for row in rows] == [0, 1, 2, 0, 0, 0]
    assert [row.orders for row in rows] == [0, 1, 2, 0, 0, 1]


def test_by_month_and_in_all(book):
    [row] = of_march(book, "month")
    whole = total(of_march(book, "day"))
    expected = Money(
        order_value=25000,
        friend_discounts=4000,
        losses=4000,
        rewards_earned=3000,
        rewards_spent=1500,
    )
    for found in (row, whole):
        assert (found.clicks, found.claims, found.orders) == (6, 3, 4)
        assert (found.credited, found.refused, found.released) == (2, 1, 1)
        assert found.rewards == {"redeemed": 1, "pending": 1, "reversed": 1}
        assert dict(found.money) == {"MYR": expected}


def test_a_period_that_cuts_a_week_counts_only_its_days(book):
    rows = report(book.program, date(2026, 3, 10), date(2026, 3, 12), "week")
    assert [(row.start.day, row.claims, row.clicks) for row in rows] == [(9, 1, 0)]


def test_currencies_are_never_added_up(book):
    book.order(march(2), 5000, currency="SGD", saved=700)
    [row] = of_march(book, "month")
    assert row.money["SGD"] == Money(order_value=5000, friend_discounts=700)
    assert row.money["MYR"].order_value == 25000


def test_a_percentage_voucher_is_worth_what_was_spent(book):
    book.reward(
        book.order(march(3), 5000),
        march(3),
        "redeemed",
        unit="vouchers",
        amount=1,
        spent_at=march(20),
        spent_amount=420,
    )
    [row] = of_march(book, "month")
    assert row.money["MYR"].rewards_earned == 3000
    assert row.money["MYR"].rewards_spent == 1920
    assert "vouchers" not in row.money


def test_another_programs_events_are_not_counted_unless_all_are_asked_for(book):
    other = Book(live_program(site=SiteFactory()))
    other.click(march(2), 5)
    assert of_march(book, "month")[0].clicks == 6
    assert report(None, date(2026, 3, 1), date(2026, 3, 31), "month")[0].clicks == 11


def test_more_rows_and_steps_cost_no_more_queries(book):
    with CaptureQueriesContext(connection) as few:
        of_march(book, "month")
    for number in range(30):
        book.click(march(1 + number))
        book.order(march(1 + number), 1000)
    with CaptureQueriesContext(connection) as many:
        report(book.program, date(2025, 1, 1), date(2026, 12, 31), "day")
    assert len(many) == len(few) == 6


def test_an_order_credited_anew_counts_once_and_its_discount_is_no_loss(book):
    before = total(of_march(book, "month"))
    replaced = Referral.objects.get(created_at=march(2))
    Referral.objects.filter(pk=replaced.pk).update(state="released", replaced_at=march(20))
    anew = book.order(march(2), 10000, saved=0)
    Referral.objects.filter(pk=anew.pk).update(order_number=replaced.order_number)
    book.claim(march(20))
    Claim.objects.filter(claimed_at=march(20)).update(method="staff")
    after = total(of_march(book, "month"))
    assert (after.referrals, after.claims) == (before.referrals, before.claims)
    assert after.money == before.money


@pytest.mark.parametrize(
    ("became", "friend_discounts", "losses"),
    [("bound", 2000, 0), ("released", 0, 2000), ("refused", 0, 2000)],
)
def test_a_discount_goes_by_what_became_of_its_order_whoever_has_the_credit(
    became, friend_discounts, losses
):
    """The referral whose code gave the discount was replaced twice, and keeps it."""
    book = Book(live_program())
    first = book.order(march(2), 10000, state="released")
    second = book.order(march(2), 10000, state="released", saved=0)
    Referral.objects.filter(pk=first.pk).update(replaced_at=march(20))
    second.replaced_at, second.order_number, second.replaces = march(21), first.order_number, first
    second.save()
    third = book.order(march(2), 10000, state=became, saved=0)
    third.order_number, third.replaces = first.order_number, second
    third.save()
    money = total(of_march(book, "month")).money["MYR"]
    assert (money.friend_discounts, money.losses) == (friend_discounts, losses)


def test_a_registration_is_no_order_yet(book):
    before = total(of_march(book, "month"))
    registered = book.order(march(3), 0, saved=0)
    Referral.objects.filter(pk=registered.pk).update(order_number="", signed_up_at=march(3))
    assert total(of_march(book, "month")).orders == before.orders
    [way] = by_way(book.program, Period(date(2026, 3, 1), date(2026, 3, 31)), By.CHANNEL)
    assert way.orders == before.orders


def test_nothing_happened(book):
    rows = report(book.program, date(2027, 1, 1), date(2027, 1, 31), "week")
    assert total(rows).orders == 0
    assert dict(total(rows).money) == {}


def test_where_a_program_stands(book):
    book.claim(march(20), used_at=march(21))
    standing = standing_of(book.program, march(25))
    assert (standing.members, standing.open_claims) == (1, 3)
    assert (standing.pending_rewards, standing.available_rewards) == (2, 0)
    later = standing_of(book.program, march(31) + timedelta(days=5))
    assert later.open_claims == 2
