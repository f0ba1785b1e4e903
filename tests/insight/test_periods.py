"""Periods and the steps in which they are counted."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscar_referrals.insight.periods import (
    Granularity,
    Period,
    last_days,
    last_month,
    last_twelve_months,
    this_month,
)

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 1, 1))


@given(start=DAYS, length=st.integers(0, 900), step=st.sampled_from(Granularity))
def test_the_steps_cover_every_day_once(start, length, step):
    period = Period(start, date.fromordinal(start.toordinal() + length))
    steps = list(period.steps(step))
    assert steps[0] <= period.start
    assert step.next(steps[-1]) > period.end
    assert [step.next(first) for first in steps[:-1]] == steps[1:]
    assert all(step.floor(first) == first for first in steps)


def test_weeks_begin_on_monday_and_months_on_the_first():
    assert Granularity.WEEK.floor(date(2026, 3, 1)) == date(2026, 2, 23)
    assert Granularity.MONTH.floor(date(2026, 3, 31)) == date(2026, 3, 1)
    assert Granularity.MONTH.next(date(2026, 12, 1)) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        (last_days(7, date(2026, 3, 10)), date(2026, 3, 4), date(2026, 3, 10)),
        (this_month(date(2026, 3, 10)), date(2026, 3, 1), date(2026, 3, 10)),
        (last_month(date(2026, 3, 31)), date(2026, 2, 1), date(2026, 2, 28)),
        (last_month(date(2026, 1, 5)), date(2025, 12, 1), date(2025, 12, 31)),
        (last_twelve_months(date(2026, 3, 31)), date(2025, 4, 1), date(2026, 3, 31)),
    ],
)
def test_the_presets(period, start, end):
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    ("days", "step"), [(1, "day"), (31, "day"), (32, "week"), (184, "week"), (185, "month")]
)
def test_the_step_fits_the_length(days, step):
    assert last_days(days, date(2026, 3, 10)).fitting == step


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="before it starts"):
        Period(date(2026, 3, 10), date(2026, 3, 9))


def test_bounds_are_midnights_of_the_shop():
    first, last = Period(date(2026, 3, 10), date(2026, 3, 10)).bounds
    assert first.isoformat() == "2026-03-10T00:00:00+08:00"
    assert last.isoformat() == "2026-03-11T00:00:00+08:00"
