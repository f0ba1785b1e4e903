"""What a shopper could spend now: read once per request, for all parts of a page that show it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from oscar_referrals.rewards.credit.lots import unexpired
from oscar_referrals.rewards.models import Reward

CACHE = "_referral_ready_rewards"


def ready_rewards(request: Any) -> list[Reward]:
    """The available rewards of the signed-in shopper, credit among them. One query per request."""
    known: list[Reward] | None = getattr(request, CACHE, None)
    if known is None:
        known = list(
            Reward.objects.filter(
                unexpired(timezone.now()),
                owner_id=request.user.pk,
                state=Reward.State.AVAILABLE,
                spent_order_number="",
            ).select_related("incentive")
        )
        setattr(request, CACHE, known)
    return known
