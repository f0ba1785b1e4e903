"""May the advocate see who the friend is? Only a first name, and only while the friend agrees."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from oscar_referrals.attribution.models import Claim


def claims_of(user: Any) -> QuerySet[Claim]:
    """All offers that this account has taken, itself or by the order that credited it."""
    return Claim.objects.filter(Q(user=user) | Q(referrals__friend=user)).distinct()


def show_name(*, claim: Claim, shown: bool) -> None:
    """What the friend said when claiming. Idempotent."""
    if claim.shows_name != shown:
        Claim.objects.filter(pk=claim.pk).update(shows_name=shown)
        claim.shows_name = shown


def show_name_of(*, user: Any, shown: bool) -> int:
    """What the friend says in the account, for every offer they took; how many changed."""
    changed = list(claims_of(user).exclude(shows_name=shown).values_list("pk", flat=True))
    return Claim.objects.filter(pk__in=changed).update(shows_name=shown)
