"""Wagtail's reports say what the dashboard says, to those who may know it."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from wagtail_referrals.reports.charts import Bar, Line, bars, lines

REPORTS = ("overview", "liability", "sharing")
DASHBOARD = {"overview": "report", "liability": "liability", "sharing": "ways"}


def _address(name: str) -> str:
    return reverse(f"wagtail_referrals_report_{name}")


def test_they_are_for_those_who_may_see_the_report(
    editor: Any, signed_in: Any, referral: Any
) -> None:
    home = reverse("wagtailadmin_home")
    viewer, other = signed_in("view_referral_report"), signed_in("view_program", "view_reward")
    for client, may in ((editor, True), (viewer, True), (other, False)):
        menu = client.get(home).content.decode()
        for name in REPORTS:
            assert (_address(name) in menu) is may
            answers = [client.get(_address(name)), client.get(_address(name), {"export": "csv"})]
            assert {answer.status_code for answer in answers} == {200 if may else 302}
    for name in REPORTS:
        link = reverse(f"oscar_referrals_dashboard:referrals-{DASHBOARD[name]}")
        assert link in editor.get(_address(name)).content.decode()
        assert link not in viewer.get(_address(name)).content.decode()


def test_their_files_are_those_of_the_dashboard(editor: Any, referral: Any) -> None:
    for name in REPORTS:
        ours = b"".join(editor.get(_address(name), {"export": "csv"}).streaming_content)
        page = reverse(f"oscar_referrals_dashboard:referrals-{DASHBOARD[name]}-csv")
        assert ours == b"".join(editor.get(page).streaming_content)
        assert len(list(csv.reader(io.StringIO(ours.decode("utf-8-sig"))))) > 1
        book = editor.get(_address(name), {"export": "xlsx"})
        assert b"".join(book.streaming_content).startswith(b"PK")


def test_they_show_figures_beside_every_chart(editor: Any, referral: Any) -> None:
    answer = editor.get(_address("overview"))
    events, money = answer.context["sections"]
    assert events.total[1][2:4] == ["1", "1"]
    assert "80" in money.total[1][0]
    shown = answer.content.decode()
    assert shown.count('role="img"') == sum(map(bool, [*events.charts, *money.charts])) > 0
    for text in ("From the click to the reward", "Money in MYR", money.total[1][0]):
        assert text in shown
    answer = editor.get(_address("liability"))
    (owed,) = answer.context["sections"]
    assert "15" in owed.total[1][-1]
    assert owed.total[1][-1] in answer.content.decode()
    assert "By channel" in editor.get(_address("sharing")).content.decode()


def test_a_wrong_question_is_answered_with_what_is_usual(editor: Any, live: Any) -> None:
    wrong = {"start": "2026-02-01", "end": "2026-01-01"}
    shown = editor.get(_address("overview"), wrong)
    assert "The last day has to be after the first." in shown.content.decode()
    answer = editor.get(_address("overview"), {**wrong, "export": "csv"})
    assert answer.status_code == 302
    assert "export" not in answer.url
    assert "There is nothing to report" in shown.content.decode()


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_asks_a_fixed_number_of_questions(editor: Any, live: Any, name: str) -> None:
    editor.get(_address(name))
    with CaptureQueriesContext(connection) as days:
        editor.get(_address(name), {"start": "2026-01-01", "end": "2026-12-31", "by": "day"})
    with CaptureQueriesContext(connection) as months:
        editor.get(_address(name), {"start": "2026-01-01", "end": "2026-12-31", "by": "month"})
    assert len(days) == len(months) <= 45


def test_bars_are_as_long_as_their_figures_and_begin_where_people_read() -> None:
    rows = [Bar("Clicks <b>", 8, "8"), Bar("Orders", 2, "2"), Bar("Owed", -3, "-3")]
    with translation.override("en-gb"):
        drawn = bars("A & B", rows)
    for text in ('width="100%" height="14"', 'width="25%"', 'width="0%"', "<title>A &amp; B<"):
        assert text in drawn
    assert "<b>" not in drawn
    with translation.override("ar"):
        drawn = bars("A", rows)
    assert '<text class="wr-chart__words" x="100%"' in drawn
    assert 'x="75%"' in drawn
    assert bars("A", []) == bars("A", [Bar("Clicks", 0, "0")]) == ""


def test_lines_stay_within_their_drawing() -> None:
    ends = {"first": "1 Jan", "last": "2 Jan", "highest": "4", "zero": "0"}
    drawn = lines("A", [Line("Clicks", [0, 4]), Line("Orders", [2, 0])], **ends)
    assert 'points="0.0,198.0 1000.0,2.0"' in drawn
    assert 'points="0.0,100.0 1000.0,198.0"' in drawn
    assert "wr-chart__line--2" in drawn
    assert lines("A", [Line("Clicks", [0, 0])], **ends) == ""
    assert lines("A", [Line("Clicks", [3])], **ends) == ""
