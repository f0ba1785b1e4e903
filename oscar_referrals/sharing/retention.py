"""Deleting touches that are older than the shop keeps them (C25)."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from oscar_referrals import conf
from oscar_referrals.sharing.models import Touch
from oscar_referrals.upkeep.progress import Progress, Watcher

#: Rows per statement, so that no lock and no transaction grows with the table.
BATCH = 1000


def count_old_touches(*, now: datetime | None = None) -> int:
    """How many touches are older than ``TOUCH_RETENTION``."""
    return Touch.objects.filter(occurred_at__lt=_limit(now)).count()


def delete_old_touches(*, now: datetime | None = None, watcher: Watcher | None = None) -> Progress:
    """Delete them in batches. Referrals, claims and decisions stay."""
    progress = Progress(watcher=watcher)
    old = Touch.objects.filter(occurred_at__lt=_limit(now)).order_by("occurred_at", "pk")
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


def _limit(now: datetime | None) -> datetime:
    return (now or timezone.now()) - conf.get().TOUCH_RETENTION
