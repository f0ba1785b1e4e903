"""What is owed: the report of a moment, and the rewards behind its figures."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import SiteFactory, live_program
from tests.dashboard.pages import page_of, rows_of, url
from tests.rewards.cases import referred

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(referral: Any) -> str:
    """A day after all that the fixtures have booked, as a question."""
    return (timezone.localdate() + timedelta(days=60)).isoformat()


def test_it_shows_what_is_owed_and_leads_to_the_rewards(operator, reward, clock):
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


def test_before_it_was_earned_nothing_was_owed(operator, reward):
    page = page_of(operator.get(url("liability"), {"day": "2020-01-01"}))
    assert "Nothing was owed at that moment" in page


def test_a_typed_rate_is_applied_and_said(operator, reward, clock):
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
def test_a_wrong_question_is_named(operator, reward, query, words):
    assert words in page_of(operator.get(url("liability"), query))
    assert operator.get(url("liability-csv"), query).url.startswith(url("liability"))


def test_the_file_has_the_same_figures(operator, reward, clock):
    rows = rows_of(operator.get(url("liability-csv"), {"day": clock}))
    by_account = defaultdict(int)
    for row in rows:
        by_account[row["Account code"]] += int(row["Amount in minor units"])
    assert by_account["liability:available"] == 1500
    assert by_account["liability:pending"] == 0
    assert rows[0]["As of"].endswith(timezone.get_current_timezone_name())


def test_a_wrong_kind_shows_nothing(operator, reward):
    for query in ({}, {"kind": "x", "program": reward.program_id}, {"age": "9"}):
        assert operator.get(url("outstanding"), query).status_code == 200


def test_a_chart_says_what_the_table_says(operator, reward, clock, settings):
    settings.OSCAR_REFERRALS = {**settings.OSCAR_REFERRALS, "CURRENCY_SYMBOLS": {"MYR": "RM"}}
    answer = operator.get(url("liability"), {"day": clock})
    page = page_of(answer)
    # Hidden until a script draws it; the table is always there.
    assert '<div class="rf-chart" hidden><canvas data-rf-chart="line-1" role="img"' in page
    assert 'id="rf-chart-data"' in page and "oscar_referrals/dashboard/report.js" in page
    [line] = answer.context["chart"]["money"]
    [series] = line["series"]
    assert (line["name"], line["currency"], line["symbol"]) == ("line-1", "MYR", "RM")
    # Handed out, and 60 days old.
    assert series["values"] == [0.0, 15.0, 0.0, 0.0, 0.0]
    assert len(answer.context["chart"]["labels"]) == 5


def test_without_figures_there_is_no_chart(operator):
    assert "data-rf-chart" not in page_of(operator.get(url("liability")))


def test_several_programs_have_a_total_for_each_unit(operator, reward, clock):
    """RM 15 in one program, RM 15 and two vouchers in the others; the file says the same."""
    assert not operator.get(url("liability"), {"day": clock}).context["totals"]
    for figures in ({"value": 1500}, {"percent": 10}):
        program = live_program(site=SiteFactory(), advocate=figures | {"validity_days": 90})
        settle(referred(program, discount=0).pk)
        settle(referred(program, discount=0).pk)
    answer = operator.get(url("liability"), {"day": clock})
    totals = {total.unit: total.owed for total in answer.context["totals"]}
    assert totals == {"MYR": 4500, "vouchers": 2}
    page = page_of(answer)
    assert "All programs" in page
    assert "MYR 45" in page
    rows = rows_of(operator.get(url("liability-csv"), {"day": clock}))
    owed = {
        row["Currency"]: row["Amount in minor units"]
        for row in rows
        if (row["Program"], row["Account"]) == ("All programs", "Owed")
    }
    assert owed == {"MYR": "4500", "vouchers": "2"}
