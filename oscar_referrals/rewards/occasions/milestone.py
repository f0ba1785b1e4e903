"""An advocate has brought so many friends."""

from __future__ import annotations

from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.occasions.base import Case, Occasion, Trigger
from oscar_referrals.rewards.occasions.goals import goal_occasion


class Milestone(Trigger):
    """One reward for the nth successful referral of an advocate, or the first one after it.

    The first after it only where the version that promised the reward came later than the nth, or
    where a merge brought the number there.
    """

    def occasions(self, incentive: Incentive, case: Case) -> list[Occasion]:
        """None before the goal, and none where another referral has reached it."""
        goal = incentive.number or 1
        source = f"milestone-{goal}-{case.advocate}"
        reached = case.successful if case.merged else case.ordinal or 0
        if (incentive.pk, source) not in case.known and reached < goal:
            return []
        occasion = goal_occasion(incentive, case, source=source, goal=goal)
        return [occasion] if occasion is not None else []
