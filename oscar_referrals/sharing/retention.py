"""Deleting touches that are older than the shop keeps them (C25), once their days are counted."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from oscar_referrals import conf
from oscar_referrals.sharing.models import Touch
from oscar_referrals.sharing.rollup import counted_until
from oscar_referrals.upkeep.progress import Progress, Watcher

#: Rows per statement, so that no lock and no transaction grows with the table.
BATCH = 1000


def count_old_touches(*, now: datetime | None = None) -> int:
    """How many counted touches are older than ``TOUCH_RETENTION``."""
    return _old(now).count()


def delete_old_touches(*, now: datetime | None = None, watcher: Watcher | None = None) -> Progress:
    """Delete them in batches. Referrals, claims, decisions and the counts per day stay."""
    progress = Progress(watcher=watcher)
    old = _old(now).order_by("occurred_at")
    while deleted := _delete_some(old):
        progress.step(deleted)
    return progress


@transaction.atomic
def _delete_some(old: QuerySet[Touch]) -> int:
    """One batch; several workers take different ones."""
    if connection.features.has_select_for_update_skip_locked:
        old = old.select_for_update(skip_locked=True)
    ids = list(old.values_list("pk", flat=True)[:BATCH])
    Touch.objects.filter(pk__in=ids).delete()
    return len(ids)


def _old(now: datetime | None) -> QuerySet[Touch]:
    counted = counted_until()
    if counted is None:
        return Touch.objects.none()
    limit = (now or timezone.now()) - conf.get().TOUCH_RETENTION
    return Touch.objects.filter(occurred_at__lt=min(limit, counted))
