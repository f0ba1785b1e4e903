"""Counts per day that outlive the touches, and reports that tell no difference."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from oscar_referrals.insight.funnel import report
from oscar_referrals.sharing import rollup
from oscar_referrals.sharing.counts import TouchCount
from oscar_referrals.sharing.models import Touch
from oscar_referrals.sharing.retention import delete_old_touches
from oscar_referrals.sharing.sources import Source
from oscar_referrals.sharing.touches import record
from oscar_referrals.test.factories import SiteFactory, live_program, referral_code

pytestmark = pytest.mark.django_db
#: In Kuala Lumpur it is eight hours later: the first two lie on the 2nd of March, the third on the
#: 3rd.
FIRST = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
LAST = datetime(2026, 3, 2, 15, 59, 59, tzinfo=UTC)
NEXT = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 20, 4, 0, tzinfo=UTC)
MARCH = (date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture
def code() -> Any:
    return referral_code(live_program())


def touch(code: Any, now: datetime, method: str = "link", visitor: str = "", **way: str) -> None:
    record(code=code, method=method, now=now, visitor=visitor, source=Source(**way))


def clicks(program: Any = None, step: str = "day") -> dict[int, int]:
    return {row.start.day: row.clicks for row in report(program, *MARCH, step) if row.clicks}


def test_a_day_is_counted_by_way_with_its_visitors(code: Any) -> None:
    for visitor in ("a", "a", "b", ""):
        touch(code, FIRST, visitor=visitor, channel="whatsapp", campaign="raya")
    touch(code, LAST, visitor="a", channel="email", placement="footer")
    touch(code, NEXT, method="qr")
    rollup.count_days(now=LATER)
    fields = ("day", "method", "channel", "placement", "campaign", "touches", "visitors")
    assert set(TouchCount.objects.values_list(*fields)) == {
        (date(2026, 3, 2), "link", "whatsapp", "", "raya", 4, 2),
        (date(2026, 3, 2), "link", "email", "footer", "", 1, 1),
        (date(2026, 3, 3), "qr", "", "", "", 1, 0),
    }


def test_counting_again_or_twice_at_once_changes_nothing(code: Any) -> None:
    touch(code, FIRST)
    rollup.count_days(now=LATER)
    assert rollup.count_due(now=LATER) == 0
    assert rollup.count_days(now=LATER).handled == 0
    # Somebody else began the same day before it was counted.
    rollup._count(date(2026, 3, 2))
    assert TouchCount.objects.get().touches == 1


def test_a_day_is_counted_an_hour_after_its_end(code: Any) -> None:
    touch(code, FIRST)
    rollup.count_days(now=NEXT + timedelta(minutes=59))
    assert not TouchCount.objects.exists()
    rollup.count_days(now=NEXT + timedelta(minutes=60))
    assert TouchCount.objects.count() == 1


def test_no_touch_is_deleted_before_it_is_counted(code: Any, settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"TOUCH_RETENTION": timedelta(days=1)}
    touch(code, FIRST)
    touch(code, NEXT)
    delete_old_touches(now=LATER)
    assert Touch.objects.count() == 2
    rollup.count_days(now=NEXT + timedelta(hours=2))
    delete_old_touches(now=LATER)
    assert Touch.objects.get().occurred_at == NEXT


@pytest.mark.parametrize("step", ["day", "week", "month"])
def test_reports_are_the_same_before_and_after(code: Any, settings: Any, step: str) -> None:
    settings.OSCAR_REFERRALS = {"TOUCH_RETENTION": timedelta(days=10)}
    other = referral_code(live_program(site=SiteFactory()))
    for moment in (FIRST, LAST, NEXT, LATER - timedelta(days=9), LATER - timedelta(hours=1)):
        touch(code, moment)
        touch(code, moment, method="typed")
        touch(other, moment, method="qr")
    before = [clicks(program, step) for program in (None, code.program, other.program)]
    assert sum(before[0].values()) == 10
    rollup.count_days(now=LATER)
    assert [clicks(program, step) for program in (None, code.program, other.program)] == before
    delete_old_touches(now=LATER)
    assert Touch.objects.count() == 6
    assert [clicks(program, step) for program in (None, code.program, other.program)] == before


def test_days_without_touches_cost_nothing(code: Any, django_assert_num_queries: Any) -> None:
    touch(code, FIRST)
    rollup.count_days(now=LATER)
    with django_assert_num_queries(2):
        rollup.count_days(now=LATER + timedelta(days=300))
