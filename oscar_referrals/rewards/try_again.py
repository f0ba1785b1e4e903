"""Asking once more whether a reward that was limited fits its limits by now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from oscar_referrals.attribution.models import Decision
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.caps import limit_of
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.target import RULE_VERSION


@transaction.atomic
def try_again(*, reward_id: int, actor: Any, note: str, now: datetime | None = None) -> Reward:
    """Settle a limited reward as if it had never been limited; the reward as it is then.

    It counts if it fits now, or stays limited with the figures of today in its decisions. That
    somebody asked, and why (``note``), is stored in any case. A reward that is not limited is left
    alone. Raises Reward.DoesNotExist and whatever `settle` raises.
    """
    moment = now or timezone.now()
    reward = Reward.objects.select_related("referral").get(pk=reward_id)
    if not limit_of(reward.reason, reward.reduced_reason):
        return reward
    settle(reward.referral_id, now=moment, actor=actor, again=[reward_id])
    reward.refresh_from_db()
    fits = not limit_of(reward.reason, reward.reduced_reason)
    Decision.objects.create(
        program_id=reward.program_id,
        referral=reward.referral,
        subject=reward.key,
        order_number=reward.referral.order_number,
        verdict=Decision.Verdict.GRANTED if fits else Decision.Verdict.LIMITED,
        reason=reasons.TRIED_AGAIN,
        inputs={"note": note, "fits": fits},
        rule_version=RULE_VERSION,
        actor=actor,
        decided_at=moment,
    )
    return reward
