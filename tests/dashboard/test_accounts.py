"""The books in sum: chart of accounts, trial balance, single accounts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from oscar_referrals.rewards.models import LedgerAccount, Posting
from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import live_program
from tests.dashboard.pages import page_of, rows_of, url
from tests.rewards.cases import referred

pytestmark = pytest.mark.django_db


def test_debits_equal_credits(operator, reward):
    answer = operator.get(url("trial-balance"))
    page = page_of(answer)
    assert "Debits equal credits." in page
    assert "receivable:clawback" in page
    for debits, credits in answer.context["sums"].values():
        assert debits == credits > 0


def test_a_closing_balance_leads_to_its_entries(operator, reward):
    query = {"account": "liability:available", "program": reward.program_id, "unit": "MYR"}
    answer = operator.get(url("ledger-list"), query)
    [entry] = answer.context["page"].rows
    assert entry.event == "issue"
    assert entry.reward == reward


def test_opening_and_closing_of_days(operator, reward):
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    answer = operator.get(url("trial-balance"), {"start": tomorrow})
    rows = {row.kind: row for row in answer.context["balances"]}
    # It was earned today, and issued by the fixture three weeks later.
    assert rows["liability:pending"].opening == 1500
    assert rows["liability:pending"].closing == 0
    assert rows["liability:available"].opening == 0
    assert rows["liability:available"].closing == 1500
    for row in answer.context["balances"]:
        balance = sum(
            LedgerAccount.objects.filter(kind=row.kind, unit=row.unit).values_list(
                "balance", flat=True
            )
        )
        assert row.closing == balance


def test_a_balance_leads_to_the_entries_of_one_account(operator, reward):
    account = LedgerAccount.objects.get(kind="liability:available")
    query = {"q": reward.owner.email, "kind": account.kind}
    page = page_of(operator.get(url("account-list"), query))
    assert f"?number={account.pk}" in page
    answer = operator.get(url("ledger-list"), {"number": account.pk})
    assert [entry.event for entry in answer.context["page"].rows] == ["issue"]


def test_only_open_balances(operator, reward):
    answer = operator.get(url("account-list"), {"balance": "open"})
    assert all(row.balance for row in answer.context["page"].rows)


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("", "Cost of rewards"),
        ("expense", "Expense: rewards"),
        ("contra", "Contra revenue: rewards"),
    ],
)
def test_the_shop_says_how_the_cost_is_booked(operator, reward, label, words):
    before = list(Posting.objects.values())
    program = reward.program_id
    operator.post(url("booked-as", program), {f"program-{program}-booked_as": label})
    assert words in page_of(operator.get(url("trial-balance")))
    rows = rows_of(operator.get(url("journal-csv")))
    cost = {row["Account"] for row in rows if row["Account code"] == "expense:reward"}
    assert cost == {words}
    assert list(Posting.objects.values()) == before


def test_another_label_is_refused(operator, reward):
    program = reward.program_id
    operator.post(url("booked-as", program), {f"program-{program}-booked_as": "asset"})
    reward.program.refresh_from_db()
    assert reward.program.booked_as == ""


def test_vouchers_are_counted_in_words(operator):
    """Three percentage vouchers are "3 vouchers", and their total has a name of its own."""
    program = live_program(advocate={"percent": 10, "validity_days": 90})
    for _number in range(3):
        settle(referred(program).pk)
    page = page_of(operator.get(url("trial-balance")))
    assert "3 vouchers" in page
    assert "Total in vouchers" in page
