"""The books in the dashboard: what is owed, accounts, ledger and one customer's statement."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from oscar_referrals.rewards.models import LedgerAccount, LedgerEntry, Posting, Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.spend import spend
from oscar_referrals.test.factories import UserFactory
from tests.rewards.cases import pay, referred

pytestmark = pytest.mark.django_db

NAMESPACE = "oscar_referrals_dashboard"


def url(name: str, *args: Any) -> str:
    return reverse(f"{NAMESPACE}:referrals-{name}", args=args)


def page_of(response: Any) -> str:
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def cells(response: Any) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode().removeprefix("\ufeff")
    return list(csv.DictReader(StringIO(text)))


@pytest.fixture
def reward(referral: Any) -> Reward:
    """RM 15 that its owner can spend."""
    return referral.rewards.get(side="advocate")


@pytest.fixture
def clock(referral: Any) -> str:
    """A day after all that the fixtures have booked, as a question."""
    return (timezone.localdate() + timedelta(days=60)).isoformat()


def more(program: Any, number: int) -> None:
    for _n in range(number):
        made = referred(program)
        pay(made.order)
        settle(made.pk)


class TestLiability:
    """The report and the rewards behind its figures."""

    def test_it_shows_what_is_owed_and_leads_to_the_rewards(self, operator, reward, clock):
        answer = operator.get(url("liability"), {"day": clock})
        page = page_of(answer)
        assert "MYR 15" in page or "RM 15" in page
        [table] = answer.context["tables"]
        available = table.rows[1][1]
        link = available[-1].url
        assert f'href="{link.replace("&", "&amp;")}"' in page
        behind = operator.get(link)
        assert behind.context["page"].rows == [reward]
        assert behind.context["page"].rows[0].outstanding == available[-1].amount == 1500

    def test_before_it_was_earned_nothing_was_owed(self, operator, reward):
        page = page_of(operator.get(url("liability"), {"day": "2020-01-01"}))
        assert "Nothing was owed at that moment" in page

    def test_a_typed_rate_is_applied_and_said(self, operator, reward, clock):
        page = page_of(operator.get(url("liability"), {"day": clock, "rate": "10"}))
        assert "10% of" in page
        page = page_of(operator.get(url("liability"), {"day": clock}))
        assert "not enough data (n = 0" in page

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ({"zone": "Mars/Olympus"}, "no time zone of this name"),
            ({"day": "2026-03-29", "at": "02:30", "zone": "Europe/Berlin"}, "clocks skipped"),
            ({"day": "never"}, "Enter a valid date"),
            ({"rate": "101"}, "less than or equal to 100"),
            ({"day": "0001-01-01", "zone": "Asia/Tokyo"}, "Choose a day"),
            ({"day": "9999-12-31", "zone": "America/Lima"}, "Choose a day"),
        ],
    )
    def test_a_wrong_question_is_named(self, operator, reward, query, words):
        assert words in page_of(operator.get(url("liability"), query))
        assert operator.get(url("liability-csv"), query).url.startswith(url("liability"))

    def test_the_file_has_the_same_figures(self, operator, reward, clock):
        rows = cells(operator.get(url("liability-csv"), {"day": clock}))
        by_account = defaultdict(int)
        for row in rows:
            by_account[row["Account code"]] += int(row["Amount in minor units"])
        assert by_account["liability:available"] == 1500
        assert by_account["liability:pending"] == 0
        assert rows[0]["As of"].endswith(timezone.get_current_timezone_name())

    def test_a_wrong_kind_shows_nothing(self, operator, reward):
        for query in ({}, {"kind": "x", "program": reward.program_id}, {"age": "9"}):
            assert operator.get(url("outstanding"), query).status_code == 200


class TestAccounts:
    """Chart of accounts, trial balance and single accounts."""

    def test_debits_equal_credits(self, operator, reward):
        answer = operator.get(url("trial-balance"))
        page = page_of(answer)
        assert "Debits equal credits." in page
        assert "receivable:clawback" in page
        for debits, credits in answer.context["sums"].values():
            assert debits == credits > 0

    def test_a_closing_balance_leads_to_its_entries(self, operator, reward):
        query = {"account": "liability:available", "program": reward.program_id, "unit": "MYR"}
        answer = operator.get(url("ledger-list"), query)
        [entry] = answer.context["page"].rows
        assert entry.event == "issue"
        assert entry.reward == reward

    def test_opening_and_closing_of_days(self, operator, reward):
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

    def test_a_balance_leads_to_the_entries_of_one_account(self, operator, reward):
        account = LedgerAccount.objects.get(kind="liability:available")
        query = {"q": reward.owner.email, "kind": account.kind}
        page = page_of(operator.get(url("account-list"), query))
        assert f"?number={account.pk}" in page
        answer = operator.get(url("ledger-list"), {"number": account.pk})
        assert [entry.event for entry in answer.context["page"].rows] == ["issue"]

    def test_only_open_balances(self, operator, reward):
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
    def test_the_shop_says_how_the_cost_is_booked(self, operator, reward, label, words):
        before = list(Posting.objects.values())
        program = reward.program_id
        operator.post(url("booked-as", program), {f"program-{program}-booked_as": label})
        assert words in page_of(operator.get(url("trial-balance")))
        rows = cells(operator.get(url("journal-csv")))
        cost = {row["Account"] for row in rows if row["Account code"] == "expense:reward"}
        assert cost == {words}
        assert list(Posting.objects.values()) == before

    def test_another_label_is_refused(self, operator, reward):
        program = reward.program_id
        operator.post(url("booked-as", program), {f"program-{program}-booked_as": "asset"})
        reward.program.refresh_from_db()
        assert reward.program.booked_as == ""


class TestJournal:
    """Every leg as a file."""

    def test_it_balances_and_ties_to_the_ledger(self, operator, reward):
        rows = cells(operator.get(url("journal-csv")))
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

    def test_a_leg_says_all_an_accountant_asks(self, operator, reward):
        row = next(
            row
            for row in cells(operator.get(url("journal-csv")))
            if row["Account code"] == "liability:available"
        )
        assert row["Credit"] == "15.00"
        assert row["Debit"] == ""
        assert row["Counterparty"] == f"Advocate {reward.advocate_id}"
        assert row["Business key"].startswith("issue:")
        assert row["Program"] == reward.program.name
        assert row["Reason"] == "paid"

    def test_days_limit_it(self, operator, reward):
        today = timezone.localdate()
        rows = cells(
            operator.get(
                url("journal-csv"),
                {"start": today.isoformat(), "end": (today + timedelta(days=1)).isoformat()},
            )
        )
        assert {row["Event"] for row in rows if row["Entry"]} == {"redeem", "earn"}

    def test_a_name_is_no_formula(self, operator, reward):
        type(reward.program).objects.update(name="=HYPERLINK(1)")
        rows = cells(operator.get(url("journal-csv")))
        assert rows[0]["Program"] == "'=HYPERLINK(1)"

    def test_a_wrong_question_leads_to_the_page(self, operator, reward):
        query = {"start": "2026-02-01", "end": "2026-01-01"}
        assert operator.get(url("journal-csv"), query).url.startswith(url("trial-balance"))
        assert "after the first" in page_of(operator.get(url("trial-balance"), query))

    def test_its_cost_grows_with_batches_only(self, operator, reward):
        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                cells(operator.get(url("journal-csv")))
            return len(captured)

        before = queries()
        more(reward.program, 4)
        assert queries() == before


class TestLedger:
    """The list of entries."""

    def test_it_shows_every_entry_with_its_legs(self, operator, reward):
        page = page_of(operator.get(url("ledger-list")))
        for entry in LedgerEntry.objects.all():
            assert entry.key in page
        assert "Liability: available rewards" in page

    @pytest.mark.parametrize(
        ("query", "events"),
        [
            (lambda r: {"q": r.owner.email}, {"earn", "issue"}),
            (lambda r: {"q": r.voucher_code}, {"earn", "issue"}),
            (lambda r: {"q": r.key}, {"earn"}),
            (lambda r: {"q": f"#{r.referral.order_number}"}, {"earn", "issue", "redeem"}),
            (lambda r: {"reward": r.pk}, {"earn", "issue"}),
            (lambda r: {"event": "redeem"}, {"redeem"}),
            (lambda r: {"account": "liability:pending"}, {"earn", "issue"}),
            (lambda r: {"account": "receivable:clawback"}, set()),
            (lambda r: {"reward": "9" * 30}, set()),
            (lambda r: {"number": "x"}, set()),
        ],
        ids=range(10),
    )
    def test_it_can_be_narrowed_down(self, operator, reward, query, events):
        answer = operator.get(url("ledger-list"), query(reward))
        assert {entry.event for entry in answer.context["page"].rows} == events

    def test_days_are_those_of_the_shop(self, operator, reward):
        today = timezone.localdate().isoformat()
        answer = operator.get(url("ledger-list"), {"start": today, "end": today})
        assert {entry.event for entry in answer.context["page"].rows} == {"earn", "redeem"}


class TestReward:
    """The page of one reward."""

    def test_every_figure_leads_to_its_entries(self, operator, reward):
        answer = operator.get(url("reward-detail", reward.pk))
        page = page_of(answer)
        assert {figure.label for figure in answer.context["figures"]} == {
            "Promised",
            "Owed in all",
            "Left",
        }
        for figure in answer.context["figures"]:
            assert figure.url.replace("&", "&amp;") in page
            rows = operator.get(figure.url).context["page"].rows
            assert rows
            assert {entry.reward_id for entry in rows} == {reward.pk}
        for entry in reward.entries.all():
            assert entry.key in page
        assert "Why it stands so" in page
        assert "The order is paid" in page

    def test_a_spent_one(self, operator, reward):
        spend(reward_id=reward.pk, order_number="800001", amount=1200)
        settle(reward.referral_id)
        page = page_of(operator.get(url("reward-detail", reward.pk)))
        assert "#800001" in page

    def test_the_list_leads_to_it(self, operator, reward):
        page = page_of(operator.get(url("reward-list")))
        assert url("reward-detail", reward.pk) in page

    @pytest.mark.parametrize(
        ("query", "number"),
        [
            ({"kind": "voucher", "side": "advocate"}, 1),
            ({"kind": "credit"}, 0),
            ({"reason": "paid"}, 1),
            ({"reason": "hold"}, 0),
            ({"start": "2020-01-01", "end": "2020-01-02"}, 0),
        ],
    )
    def test_rewards_can_be_narrowed_down(self, operator, reward, query, number):
        assert len(operator.get(url("reward-list"), query).context["page"].rows) == number


class TestStatement:
    """All movements of one customer."""

    def test_it_tells_each_movement_with_the_balance_after_it(self, operator, reward):
        spend(reward_id=reward.pk, order_number="800001", amount=1200)
        settle(reward.referral_id, now=timezone.now() + timedelta(days=30))
        [account] = operator.get(url("statement-customer", reward.owner_id)).context["accounts"]
        assert [row.entry.event for row in account.movements] == ["earn", "issue", "redeem"]
        assert [row.balance for row in account.movements] == [1500, 1500, 0]
        last = account.movements[-1]
        assert (last.used, last.lapsed, last.available) == (1200, 300, -1500)
        assert account.closing_balance == 0

    def test_days_have_an_opening_and_a_closing_balance(self, operator, reward):
        tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
        answer = operator.get(url("statement-customer", reward.owner_id), {"start": tomorrow})
        [account] = answer.context["accounts"]
        assert account.opening_balance == 1500
        assert [row.entry.event for row in account.movements] == ["issue"]
        assert account.closing == {**account.opening} | {
            "liability:pending": 0,
            "liability:available": 1500,
        }

    def test_a_friend_sees_the_discount(self, operator, program):
        made = referred(program, friend=UserFactory())
        settle(made.pk)
        [account] = operator.get(url("statement-customer", made.friend_id)).context["accounts"]
        assert [row.used for row in account.movements] == [2000]
        assert account.closing_balance == 0

    def test_the_file_has_the_same_movements(self, operator, reward):
        rows = cells(operator.get(url("statement-customer-csv", reward.owner_id)))
        assert [row["Event"] for row in rows] == [
            "Opening balance",
            "Earned",
            "Available",
            "Closing balance",
        ]
        assert rows[-1]["Balance"] == "15.00"

    def test_an_advocate_whose_account_is_gone_has_one_as_well(self, operator, reward):
        reward.owner.delete()
        answer = operator.get(url("statement-advocate", reward.advocate_id))
        assert "Account gone" in page_of(answer)
        assert answer.context["accounts"][0].movements
        rows = cells(operator.get(url("statement-advocate-csv", reward.advocate_id)))
        assert len(rows) == 4

    def test_somebody_without_any_has_an_empty_one(self, operator):
        page = page_of(operator.get(url("statement-customer", UserFactory().pk)))
        assert "Nothing was booked for this customer" in page

    def test_the_customers_page_leads_to_it(self, staff, reward):
        client = staff("view_ledgerentry")
        client.user.is_superuser = True
        client.user.save()
        page = client.get(reverse("dashboard:user-detail", args=[reward.owner_id])).content.decode()
        assert url("statement-customer", reward.owner_id) in page


@pytest.mark.parametrize(
    "address",
    [
        lambda r: url("reward-list"),
        lambda r: url("reward-detail", r.pk),
        lambda r: url("ledger-list"),
        lambda r: url("account-list"),
        lambda r: url("trial-balance"),
        lambda r: url("liability"),
        lambda r: (
            url("outstanding")
            + f"?program={r.program_id}&kind=liability:available&unit=MYR&day=2099-01-01"
        ),
        lambda r: url("statement-advocate", r.advocate_id),
    ],
    ids=["rewards", "reward", "ledger", "accounts", "balance", "liability", "behind", "statement"],
)
def test_more_rows_cost_no_more_queries(operator, reward, address):
    def queries() -> int:
        operator.get(address(reward))
        with CaptureQueriesContext(connection) as captured:
            assert operator.get(address(reward)).status_code == 200
        return len(captured)

    before = queries()
    more(reward.program, 6)
    assert queries() <= before
