"""Noting that other referrals are to be settled, because of what became of one of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from oscar_referrals.attribution.models import Referral


def note_due(referral_ids: set[int], now: datetime) -> set[int]:
    """Note that referrals are due, because of what became of this one; those that are locked.

    Part of the transaction, so that nothing is forgotten when the process dies after it. Whoever
    has locked one of them is left alone, or two could wait for each other.
    """
    if not referral_ids:
        return set()
    rows = Referral.objects.filter(pk__in=referral_ids).order_by("pk")
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True, no_key=True)
    free = list(rows.values_list("pk", flat=True))
    Referral.objects.filter(pk__in=free).update(settle_due_at=now)
    return referral_ids - set(free)


def settle_later(referral_ids: Iterable[int], now: datetime) -> None:
    """Note that other referrals are due, which somebody had locked."""
    for pk in sorted(referral_ids):
        Referral.objects.filter(pk=pk).update(settle_due_at=now)
