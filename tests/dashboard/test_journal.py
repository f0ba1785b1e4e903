"""Every leg of the books as a file."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from oscar_referrals.rewards.models import Posting
from tests.dashboard.pages import page_of, rows_of, url
from tests.rewards.cases import settle_more

pytestmark = pytest.mark.django_db


def test_it_balances_and_ties_to_the_ledger(operator, reward):
    rows = rows_of(operator.get(url("journal-csv")))
    legs = [row for row in rows if row["Entry"]]
    assert len(legs) == Posting.objects.count()
    debits = sum(int(row["Debit in minor units"] or 0) for row in legs)
    credits = sum(int(row["Credit in minor units"] or 0) for row in legs)
    assert debits == credits > 0
    in_ringgit = sum(Decimal(row["Debit"] or 0) for row in legs)
    assert in_ringgit == Decimal(debits) / 100
    total = rows[-1]
    assert (int(total["Debit in minor units"]), total["Currency"]) == (debits, "MYR")
    assert int(total["Credit in minor units"]) == credits


def test_a_leg_says_all_an_accountant_asks(operator, reward):
    row = next(
        row
        for row in rows_of(operator.get(url("journal-csv")))
        if row["Account code"] == "liability:available"
    )
    assert row["Credit"] == "15.00"
    assert row["Debit"] == ""
    assert row["Counterparty"] == f"Advocate {reward.advocate_id}"
    assert row["Business key"].startswith("issue:")
    assert row["Program"] == reward.program.name
    assert row["Reason"] == "paid"


def test_days_limit_it(operator, reward):
    today = timezone.localdate()
    rows = rows_of(
        operator.get(
            url("journal-csv"),
            {"start": today.isoformat(), "end": (today + timedelta(days=1)).isoformat()},
        )
    )
    assert {row["Event"] for row in rows if row["Entry"]} == {"redeem", "earn"}


def test_a_name_is_no_formula(operator, reward):
    type(reward.program).objects.update(name="=HYPERLINK(1)")
    rows = rows_of(operator.get(url("journal-csv")))
    assert rows[0]["Program"] == "'=HYPERLINK(1)"


def test_a_wrong_question_leads_to_the_page(operator, reward):
    query = {"start": "2026-02-01", "end": "2026-01-01"}
    assert operator.get(url("journal-csv"), query).url.startswith(url("trial-balance"))
    assert "after the first" in page_of(operator.get(url("trial-balance"), query))


def test_its_cost_grows_with_batches_only(operator, reward):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            rows_of(operator.get(url("journal-csv")))
        return len(captured)

    before = queries()
    settle_more(reward.program, 4)
    assert queries() == before
