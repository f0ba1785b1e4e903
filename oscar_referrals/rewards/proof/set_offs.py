"""Set-offs are even: what later rewards gave is what earlier clawbacks got, and no more."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from oscar_referrals.rewards.finding import Finding
from oscar_referrals.rewards.models import Reward, SetOff


def uneven_set_offs() -> Iterator[Finding]:
    """Rewards that gave otherwise than their rows say, or got more than they owed back."""
    gave = Reward.objects.annotate(gave=_sum("by")).exclude(netted=F("gave"))
    for reward in gave:
        detail = f"{reward.netted} are set off, its set-offs say {reward.gave}"
        yield Finding(invariant="I4", subject=reward.key, detail=detail)
    got = Reward.objects.annotate(got=_sum("debt")).filter(got__gt=F("clawback") - F("written_off"))
    for debt in got:
        owed = debt.clawback - debt.written_off
        detail = f"{debt.got} were set off against a clawback of {owed}"
        yield Finding(invariant="I4", subject=debt.key, detail=detail)
    strangers = SetOff.objects.exclude(
        debt__advocate=F("by__advocate"), debt__currency=F("by__currency")
    )
    for key in strangers.values_list("by__key", flat=True):
        detail = "was set off against somebody else's reward, or another currency"
        yield Finding(invariant="I4", subject=key, detail=detail)


def _sum(role: str) -> Coalesce:
    rows = SetOff.objects.filter(**{role: OuterRef("pk")}).order_by().values(role)
    return Coalesce(Subquery(rows.annotate(total=Sum("amount")).values("total")), 0)
