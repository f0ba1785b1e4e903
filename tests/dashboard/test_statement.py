"""All movements of one customer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.spend import spend
from oscar_referrals.test.factories import UserFactory
from tests.dashboard.pages import page_of, rows_of, url
from tests.rewards.cases import referred

pytestmark = pytest.mark.django_db


def test_it_tells_each_movement_with_the_balance_after_it(operator, reward):
    spend(reward_id=reward.pk, order_number="800001", amount=1200)
    settle(reward.referral_id, now=timezone.now() + timedelta(days=30))
    [account] = operator.get(url("statement-customer", reward.owner_id)).context["accounts"]
    assert [row.entry.event for row in account.movements] == ["earn", "issue", "redeem"]
    assert [row.balance for row in account.movements] == [1500, 1500, 0]
    last = account.movements[-1]
    assert (last.used, last.lapsed, last.available) == (1200, 300, -1500)
    assert account.closing_balance == 0


def test_days_have_an_opening_and_a_closing_balance(operator, reward):
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    answer = operator.get(url("statement-customer", reward.owner_id), {"start": tomorrow})
    [account] = answer.context["accounts"]
    assert account.opening_balance == 1500
    assert [row.entry.event for row in account.movements] == ["issue"]
    assert account.closing == {**account.opening} | {
        "liability:pending": 0,
        "liability:available": 1500,
    }


def test_a_friend_sees_the_discount(operator, program):
    made = referred(program, friend=UserFactory())
    settle(made.pk)
    [account] = operator.get(url("statement-customer", made.friend_id)).context["accounts"]
    assert [row.used for row in account.movements] == [2000]
    assert account.closing_balance == 0


def test_the_file_has_the_same_movements(operator, reward):
    rows = rows_of(operator.get(url("statement-customer-csv", reward.owner_id)))
    assert [row["Event"] for row in rows] == [
        "Opening balance",
        "Earned",
        "Available",
        "Closing balance",
    ]
    assert rows[-1]["Balance"] == "15.00"


def test_an_advocate_whose_account_is_gone_has_one_as_well(operator, reward):
    reward.owner.delete()
    answer = operator.get(url("statement-advocate", reward.advocate_id))
    assert "Account gone" in page_of(answer)
    assert answer.context["accounts"][0].movements
    rows = rows_of(operator.get(url("statement-advocate-csv", reward.advocate_id)))
    assert len(rows) == 4


def test_somebody_without_any_has_an_empty_one(operator):
    page = page_of(operator.get(url("statement-customer", UserFactory().pk)))
    assert "Nothing was booked for this customer" in page


def test_the_customers_page_leads_to_it(staff, reward):
    client = staff("view_ledgerentry")
    client.user.is_superuser = True
    client.user.save()
    page = client.get(reverse("dashboard:user-detail", args=[reward.owner_id])).content.decode()
    assert url("statement-customer", reward.owner_id) in page


def test_long_ones_have_pages_that_begin_with_what_stood_before(operator, reward, monkeypatch):
    """Two entries on a page: earned and available, then used."""
    monkeypatch.setattr("oscar_referrals.insight.statement.PER_PAGE", 2)
    spend(reward_id=reward.pk, order_number="800001", amount=1200)
    settle(reward.referral_id, now=timezone.now() + timedelta(days=30))
    address = url("statement-customer", reward.owner_id)
    first = operator.get(address, {"page": "1"})
    [account] = first.context["accounts"]
    assert [row.entry.event for row in account.movements] == ["earn", "issue"]
    assert (account.opening_balance, account.closing_balance, account.final_balance) == (0, 1500, 0)
    text = page_of(first)
    assert "Carried forward" in text and "Page 1 of 2" in text and "?page=2" in text
    for query in ({"page": "2"}, {}, {"page": "x"}, {"page": "9"}):
        last = operator.get(address, query)
        [account] = last.context["accounts"]
        assert [row.balance for row in account.movements] == [0]
        assert (account.opening_balance, account.final_balance) == (1500, 0)
        assert "Brought forward" in page_of(last)
    rows = rows_of(operator.get(url("statement-customer-csv", reward.owner_id)))
    assert len(rows) == 5


def test_pages_keep_the_days(operator, reward, monkeypatch):
    monkeypatch.setattr("oscar_referrals.insight.statement.PER_PAGE", 1)
    start = timezone.localdate().isoformat()
    address = url("statement-customer", reward.owner_id)
    text = page_of(operator.get(address, {"start": start, "page": "2"}))
    assert f"?start={start}&amp;page=1" in text


def test_the_queries_of_a_page_do_not_grow(
    operator, reward, monkeypatch, django_assert_max_num_queries
):
    address = url("statement-customer", reward.owner_id)
    operator.get(address)
    with django_assert_max_num_queries(22):
        operator.get(address)
    monkeypatch.setattr("oscar_referrals.insight.statement.PER_PAGE", 1)
    with django_assert_max_num_queries(22):
        operator.get(address)
