"""Touches that several workers count per day and delete at once."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django.test import override_settings
from django.utils import timezone

from oscar_referrals.insight.funnel import report, total
from oscar_referrals.sharing.counts import TouchCount
from oscar_referrals.sharing.models import Touch
from oscar_referrals.sharing.retention import delete_old_touches
from oscar_referrals.sharing.rollup import count_days
from oscar_referrals.sharing.sources import Source
from oscar_referrals.sharing.touches import record
from oscar_referrals.test.factories import referral_code
from tests.races.harness import results, run_together

DAYS = 4
CHANNELS = ("whatsapp", "email", "copy")
KEPT = {"TOUCH_RETENTION": timedelta(days=2)}


def days_counted_by_four(program: Any) -> None:
    """Four workers count the days that are over and delete what is old: the reports say the same as
    before, and counting again changes nothing."""
    Touch.objects.all().delete()
    TouchCount.objects.all().delete()
    code, now = referral_code(program), timezone.now()
    for day in range(DAYS):
        for number in range(12):
            record(
                code=code,
                method=Touch.Method.LINK,
                source=Source(channel=CHANNELS[number % len(CHANNELS)]),
                now=now - timedelta(days=day, minutes=number),
            )
    before = _clicks(program)
    assert sum(before.values()) == DAYS * 12
    with override_settings(OSCAR_REFERRALS=KEPT):
        results(run_together(*[partial(_work, now) for _ in range(4)]))
    assert _clicks(program) == before
    counted = sorted(TouchCount.objects.values_list("day", "channel", "touches"))
    count_days(now=now)
    assert sorted(TouchCount.objects.values_list("day", "channel", "touches")) == counted


def _work(now: Any) -> None:
    count_days(now=now)
    delete_old_touches(now=now)


def _clicks(program: Any) -> dict[Any, int]:
    today = timezone.localdate()
    rows = report(program, today - timedelta(days=DAYS + 1), today, "day")
    assert total(rows).clicks == sum(row.clicks for row in rows)
    return {row.start: row.clicks for row in rows if row.clicks}
