"""The legs that say what is owed, and whether it can expire."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, IntegerField, Max, Min, QuerySet, Value, When

from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.models import LedgerAccount, LedgerEntry, Posting

Kind = LedgerAccount.Kind

#: What is owed to people; and beside it what they owe back.
OWED = (Kind.PENDING.value, Kind.AVAILABLE.value, Kind.RESERVED.value)
KINDS = (*OWED, Kind.CLAWBACK.value)


def owed_legs(
    *, since: datetime | None, before: datetime | None, program: Program | None = None
) -> QuerySet[Posting]:
    """Legs on those accounts that were booked from ``since`` on, ``before`` a moment.

    Each says with ``expires`` (1 or 0) whether its reward can expire by the rules of its version.
    """
    legs = Posting.objects.filter(account__kind__in=KINDS)
    if before is not None:
        legs = legs.filter(entry__booked_at__lt=before)
    if since is not None:
        first, last = _keys_between(since, before)
        # Bookings have keys in about the order of their moments. Said twice, because by the keys
        # alone a database finds the legs without reading those of all years.
        legs = legs.filter(entry__booked_at__gte=since, entry__gte=first, entry__lte=last)
    if program is not None:
        legs = legs.filter(account__program=program)
    return legs.annotate(
        expires=Case(
            When(entry__reward__incentive__validity_days__isnull=False, then=Value(1)),
            default=Value(0),
            output_field=IntegerField(),
        )
    )


def booked_since(since: datetime) -> QuerySet[Posting]:
    """All legs that were booked from a moment on; one query to find where those begin."""
    first = LedgerEntry.objects.filter(booked_at__gte=since).aggregate(key=Min("pk"))["key"]
    legs = Posting.objects.filter(entry__booked_at__gte=since)
    return legs if first is None else legs.filter(entry__gte=first)


def _keys_between(since: datetime, before: datetime | None) -> tuple[int, int]:
    entries = LedgerEntry.objects.filter(booked_at__gte=since)
    if before is not None:
        entries = entries.filter(booked_at__lt=before)
    found = entries.aggregate(first=Min("pk"), last=Max("pk"))
    return found["first"] or 0, found["last"] or 0
