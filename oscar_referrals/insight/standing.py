"""Where a program stands now: what is open, promised and owed, to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from oscar_referrals.attribution.models import Claim
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs.models import Incentive, Program
from oscar_referrals.rewards.models import Reward


@dataclass(frozen=True)
class Standing:
    """Numbers of people and promises that a change of the program concerns."""

    #: Advocates who have joined and not left.
    members: int
    #: Friends' claims that are neither used nor expired.
    open_claims: int
    #: Advocates' rewards whose hold is running or whose order is not paid.
    pending_rewards: int
    #: Advocates' rewards that can be spent.
    available_rewards: int


def standing_of(program: Program, now: datetime) -> Standing:
    """The present numbers of ``program``; three queries."""
    rewards = Reward.objects.filter(
        program=program,
        side=Incentive.Side.ADVOCATE,
        state__in=[Reward.State.PENDING, Reward.State.AVAILABLE],
    ).aggregate(
        pending=Count("pk", filter=Q(state=Reward.State.PENDING)),
        available=Count("pk", filter=Q(state=Reward.State.AVAILABLE)),
    )
    return Standing(
        members=Advocate.objects.filter(
            program=program, joined_at__isnull=False, left_at__isnull=True
        ).count(),
        open_claims=Claim.objects.filter(
            program=program, used_at__isnull=True, expires_at__gt=now
        ).count(),
        pending_rewards=rewards["pending"],
        available_rewards=rewards["available"],
    )
