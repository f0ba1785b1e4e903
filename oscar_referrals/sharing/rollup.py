"""Counting the touches of each day that is over, so that they can be deleted later.

A day is one of the shop's time zone. Days are counted in order, each in one transaction; what was
counted stays as it is. So whoever reads takes counts until `counted_until`, and touches from then
on.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from oscar_referrals.sharing.counts import TouchCount
from oscar_referrals.sharing.models import Touch
from oscar_referrals.upkeep.progress import Progress, Watcher

#: A request that began before midnight has ended by then.
SETTLED = timedelta(hours=1)
BY = ("program", "method", "channel", "placement", "campaign")


def counted_until() -> datetime | None:
    """The moment until which all touches are counted; None if none are. One query."""
    last = TouchCount.objects.aggregate(last=Max("day"))["last"]
    return begin(last + timedelta(days=1)) if last is not None else None


def count_due(*, now: datetime | None = None) -> int:
    """How many days may have to be counted."""
    first = _next_day(counted_until())
    last = _last_day(now)
    return 0 if first is None or first > last else (last - first).days + 1


def count_days(*, now: datetime | None = None, watcher: Watcher | None = None) -> Progress:
    """Count every day that is over and isn't counted. May run several times at once."""
    progress = Progress(watcher=watcher)
    last = _last_day(now)
    day = _next_day(counted_until())
    while day is not None and day <= last:
        _count(day)
        progress.step()
        day = _next_day(begin(day + timedelta(days=1)))
    return progress


def begin(day: date) -> datetime:
    """The moment at which a day of the shop begins."""
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())


@transaction.atomic
def _count(day: date) -> None:
    """One day, whole or not at all: whoever comes second waits for the first, and adds nothing."""
    of_day = Touch.objects.filter(
        occurred_at__gte=begin(day), occurred_at__lt=begin(day + timedelta(days=1))
    )
    groups = of_day.order_by().values(*BY)
    counted = groups.annotate(
        touches=Count("pk"), visitors=Count("visitor", distinct=True, filter=~Q(visitor=""))
    )
    TouchCount.objects.bulk_create(
        (
            TouchCount(program_id=found.pop("program"), day=day, **found)
            # In one order, so that two who count the same day wait for each other once.
            for found in counted.order_by(*BY)
        ),
        ignore_conflicts=True,
        batch_size=500,
    )


def _next_day(since: datetime | None) -> date | None:
    """The first day with a touch from ``since`` on: days without any need no count."""
    touches = Touch.objects.order_by("occurred_at")
    if since is not None:
        touches = touches.filter(occurred_at__gte=since)
    moment = touches.values_list("occurred_at", flat=True).first()
    return timezone.localdate(moment, timezone.get_default_timezone()) if moment else None


def _last_day(now: datetime | None) -> date:
    settled = (now or timezone.now()) - SETTLED
    return timezone.localdate(settled, timezone.get_default_timezone()) - timedelta(days=1)
