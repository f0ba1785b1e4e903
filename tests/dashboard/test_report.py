"""The first report: page, chart, table and file say the same."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from oscar_referrals import dashboard
from oscar_referrals.programs.models import Program
from oscar_referrals.sharing.models import Touch
from oscar_referrals.test.factories import referral_code
from tests.dashboard.pages import rows_of

pytestmark = pytest.mark.django_db

PAGE = "oscar_referrals_dashboard:referrals-report"
FILE = "oscar_referrals_dashboard:referrals-report-csv"


def chart_of(page) -> dict:
    found = re.search(
        r'<script id="rf-chart-data" type="application/json">(.*?)</script>',
        page.content.decode(),
        re.DOTALL,
    )
    assert found
    return json.loads(found[1])


def test_an_empty_period_says_what_to_do(operator, program):
    page = operator.get(reverse(PAGE)).content.decode()
    assert "Nothing happened in this period" in page
    assert "rf-chart-data" not in page


def test_the_last_thirty_days_are_shown_unless_asked_otherwise(operator, referral):
    page = operator.get(reverse(PAGE))
    figures = page.context["figures"]
    assert figures.period.days == 30
    assert figures.period.end == timezone.localdate()
    assert (figures.total.orders, figures.total.credited) == (1, 1)
    assert 'aria-current="true">Last 30 days' in page.content.decode()


def test_chart_table_and_file_agree(operator, referral):
    page = operator.get(reverse(PAGE))
    chart = chart_of(page)
    rows = rows_of(operator.get(reverse(FILE)))
    assert chart["funnel"][2]["values"][-1] == 1
    assert chart["money"][0]["currency"] == "MYR"
    assert chart["money"][0]["series"][0]["values"][-1] == 80.0
    assert len(rows) == 30
    assert rows[-1]["Until"] == timezone.localdate().isoformat()
    assert (rows[-1]["Orders with a code"], rows[-1]["Credited"]) == ("1", "1")
    assert rows[-1]["MYR order value"] == "80.00"
    assert rows[-1]["MYR friends saved"] == "20.00"
    assert rows[-1]["MYR fixed rewards earned"] == "15.00"
    assert "MYR\xa080" in page.content.decode() or "RM\xa080" in page.content.decode()


def test_figures_lead_to_their_rows_for_those_who_may_see_them(operator, staff, referral):
    target = reverse("oscar_referrals_dashboard:referrals-referral-list")
    page = operator.get(reverse(PAGE), {"program": referral.program_id}).content.decode()
    [link] = re.findall(rf'href="({target}\?[^"]*state=bound[^"]*)"', page)
    answer = operator.get(link.replace("&amp;", "&"))
    assert [row.pk for row in answer.context["page"].rows] == [referral.pk]
    assert target + "?" not in staff("view_referral_report").get(reverse(PAGE)).content.decode()


def test_days_of_ones_own(operator, referral):
    query = {"start": "2025-01-01", "end": "2025-12-31"}
    figures = operator.get(reverse(PAGE), query).context["figures"]
    assert (figures.period.start.isoformat(), figures.period.days) == ("2025-01-01", 365)
    assert len(figures.rows) == 12
    by_week = operator.get(reverse(PAGE), {**query, "by": "week"}).context["figures"]
    assert len(by_week.rows) == 53


@pytest.mark.parametrize("query", [{"period": "forever"}, {"period": ""}, {}])
def test_an_unknown_preset_is_the_last_thirty_days(operator, query):
    assert operator.get(reverse(PAGE), query).context["figures"].period.days == 30


def test_the_days_of_a_preset_stand_in_the_form(operator):
    page = operator.get(reverse(PAGE), {"period": "7-days"})
    form = page.context["form"]
    assert form["end"].value() == timezone.localdate().isoformat()
    assert page.context["chosen"] == "7-days"


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ({"start": "2026-02-01"}, "This field is required."),
        ({"start": "2026-02-02", "end": "2026-02-01"}, "after the first"),
        ({"start": "1995-01-01", "end": "2026-02-01"}, "twenty years"),
        ({"start": "1900-01-01", "end": "2026-02-01"}, "greater than or equal to"),
        ({"start": "x", "end": "2026-02-01"}, "Enter a valid date"),
        ({"start": "2016-01-01", "end": "2026-02-01", "by": "day"}, "too many rows"),
        ({"by": "hour"}, "Select a valid choice"),
        ({"program": "999"}, "Select a valid choice"),
    ],
)
def test_a_wrong_choice_is_named_and_something_is_shown(operator, referral, query, complaint):
    page = operator.get(reverse(PAGE), query)
    assert page.status_code == 200
    assert complaint in page.content.decode()
    assert page.context["figures"].rows
    assert operator.get(reverse(FILE), query).status_code == 302


def test_the_file_executes_nothing_in_a_spreadsheet(operator, referral, settings):
    Program.objects.filter(pk=referral.program_id).update(slug="x")
    answer = operator.get(reverse(FILE), {"program": referral.program_id})
    assert answer.streaming
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(
        r'attachment; filename="referrals-x-\d{4}-\d\d-\d\d-to-\d{4}-\d\d-\d\d\.csv"',
        answer["Content-Disposition"],
    )
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeffFrom,")
    for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_more_rows_cost_no_more_queries(operator, program):
    operator.get(reverse(PAGE))
    with CaptureQueriesContext(connection) as few:
        operator.get(reverse(PAGE))
    code = referral_code(program)
    Touch.objects.bulk_create(
        Touch(
            program=program,
            code=code,
            method="link",
            occurred_at=timezone.now() - timedelta(hours=hours),
        )
        for hours in range(200)
    )
    with CaptureQueriesContext(connection) as many:
        operator.get(reverse(PAGE))
    assert len(many) <= len(few)


def test_the_charts_come_from_this_shop_and_bring_their_licence():
    base = "oscar_referrals/dashboard/vendor/"
    with open(finders.find(base + "chart.umd.min.js"), encoding="utf-8") as script:
        head = script.read(200)
    assert "MIT License" in head
    with open(finders.find(base + "chart.umd.min.js"), encoding="utf-8") as script:
        assert "sourceMappingURL" not in script.read()
    assert finders.find(base + "chart.LICENSE.md")


def test_our_templates_hold_no_script():
    base = Path(dashboard.__file__).parent / "templates"
    for template in base.rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert re.findall(r"<script(?! src=)", text) == [], template
        assert not re.search(r"\son[a-z]+=|style=", text), template
