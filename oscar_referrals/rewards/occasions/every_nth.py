"""An advocate has brought another so many friends."""

from __future__ import annotations

from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.occasions.base import Case, Occasion, Trigger
from oscar_referrals.rewards.occasions.goals import goal_occasion


class EveryNth(Trigger):
    """A reward for each nth successful referral: with n = 3 for the third, the sixth, and so on."""

    def occasions(self, incentive: Incentive, case: Case) -> list[Occasion]:
        """At most one that is new, and all that this referral has reached before."""
        step = incentive.number or 1
        rounds = {
            int(source.split("-")[2]) for pk, source in case.known if pk == incentive.pk and source
        }
        if case.ordinal is not None and case.ordinal % step == 0:
            rounds.add(case.ordinal // step)
        found = []
        for number in sorted(rounds):
            source = f"every-{step}-{number}-{case.advocate}"
            occasion = goal_occasion(incentive, case, source=source, goal=number * step)
            if occasion is not None:
                found.append(occasion)
        return found
