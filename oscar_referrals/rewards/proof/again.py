"""I12: settling again changes nothing, so it does not matter when, or how often, events came."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import Max, Min, Q
from django.utils import timezone

from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.rewards.finding import Finding
from oscar_referrals.rewards.models import LedgerEntry, Reward, SetOff
from oscar_referrals.rewards.settle import settle

logger = logging.getLogger(__name__)
_random = Random()


def settled_again(number: int) -> Iterator[Finding]:
    """Settle up to ``number`` referrals, picked at random, that are not due; all is rolled back.

    Takes the locks of `settle`, one referral at a time.
    """
    for pk in _picked(number):
        with transaction.atomic():
            before = _state(pk)
            try:
                settle(pk)
                changed = _difference(before, _state(pk))
            except Exception as error:
                logger.exception("Referral %s could not be settled again", pk)
                changed = f"fails: {error}"
            transaction.set_rollback(True)
        if changed:
            detail = f"settling it {changed}"
            yield Finding(invariant="I12", subject=f"referral {pk}", detail=detail)


def _picked(number: int) -> list[int]:
    """Random keys, without reading all of them."""
    now = timezone.now()
    calm = Referral.objects.filter(Q(settle_due_at=None) | Q(settle_due_at__gt=now))
    calm = calm.exclude(settled_at=None)
    ends = calm.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None or number <= 0:
        return []
    if calm.count() <= number:
        return list(calm.order_by("pk").values_list("pk", flat=True))
    found: set[int] = set()
    for _try in range(4 * number):
        if len(found) == number:
            break
        start = _random.randint(ends["first"], ends["last"])
        found.add(calm.filter(pk__gte=start).order_by("pk").values_list("pk", flat=True)[0])
    return sorted(found)


def _state(pk: int) -> dict[str, Any]:
    rewards = Reward.objects.filter(referral=pk)
    return {
        "rewards": list(rewards.order_by("pk").values()),
        "referral": Referral.objects.filter(pk=pk).values("state", "reason").get(),
        "entries": LedgerEntry.objects.filter(reward__referral=pk).count(),
        "decisions": Decision.objects.filter(referral=pk).count(),
        "set-offs": list(
            SetOff.objects.filter(Q(by__referral=pk) | Q(debt__referral=pk)).order_by("pk").values()
        ),
    }


def _difference(before: dict[str, Any], after: dict[str, Any]) -> str:
    changed = [name for name, value in after.items() if value != before[name]]
    return f"changes its {', '.join(changed)}" if changed else ""
