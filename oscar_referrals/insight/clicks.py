"""Links opened in a period: days that are counted by their counts, and later ones by their touches.

So that a report says the same before and after touches are deleted.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from oscar_referrals.insight.periods import Period
from oscar_referrals.programs.models import Program
from oscar_referrals.sharing.counts import TouchCount
from oscar_referrals.sharing.models import Touch
from oscar_referrals.sharing.touches import OPENED


def counted_clicks(
    program: Program | None, period: Period, *, until: datetime
) -> QuerySet[TouchCount]:
    """The counts of the period's days before ``until``, which is what `counted_until` has said."""
    # Until the very moment from which touches are taken, although a day may just be counted.
    end = timezone.localdate(until, timezone.get_default_timezone())
    days = TouchCount.objects.filter(day__gte=period.start, day__lte=period.end, day__lt=end)
    return days.filter(method__in=OPENED, **_of(program)).order_by()


def clicks_since(
    program: Program | None, period: Period, counted: datetime | None
) -> QuerySet[Touch]:
    """The touches of the period that no count tells of."""
    first, last = period.bounds
    since = first if counted is None else max(first, counted)
    touches = Touch.objects.filter(occurred_at__gte=since, occurred_at__lt=last)
    return touches.filter(method__in=OPENED, **_of(program)).order_by()


def _of(program: Program | None) -> dict[str, Any]:
    return {} if program is None else {"program": program}
