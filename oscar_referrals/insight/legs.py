"""The legs that say what is owed, and whether it can expire."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, IntegerField, QuerySet, Value, When

from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.models import LedgerAccount, Posting

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
        legs = legs.filter(entry__booked_at__gte=since)
    if program is not None:
        legs = legs.filter(account__program=program)
    return legs.annotate(
        expires=Case(
            When(entry__reward__incentive__validity_days__isnull=False, then=Value(1)),
            default=Value(0),
            output_field=IntegerField(),
        )
    )
