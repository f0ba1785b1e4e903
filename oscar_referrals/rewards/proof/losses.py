"""I6 of losses: no more of a loss is taken back than was booked."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Sum

from oscar_referrals.rewards.finding import Finding
from oscar_referrals.rewards.ledger import LOSSES
from oscar_referrals.rewards.models import LedgerAccount, Posting


def overdrawn_losses() -> Iterator[Finding]:
    """Each reward whose losses cost less than nothing."""
    sums = (
        Posting.objects.filter(entry__event__in=LOSSES, account__kind=LedgerAccount.Kind.EXPENSE)
        .order_by()
        .values_list("entry__reward__key")
        .annotate(total=Sum("amount"))
        .filter(total__lt=0)
    )
    for key, total in sums:
        detail = f"losses of {-total} too much were taken back"
        yield Finding(invariant="I6", subject=key, detail=detail)
