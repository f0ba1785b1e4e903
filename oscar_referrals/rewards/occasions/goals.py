"""Rewards for a number of successful referrals: what milestones and every nth have in common."""

from __future__ import annotations

from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.occasions.base import Case, Occasion


def goal_occasion(incentive: Incentive, case: Case, *, source: str, goal: int) -> Occasion | None:
    """The reward for having reached ``goal``, if it belongs to this referral.

    It belongs to the referral that reached it first, for good: when the number drops, the reward
    falls, and when it rises again by whichever referral, the same reward is owed again. None if it
    does not belong here. The hold ran before the referral was successful, and doesn't run twice.
    """
    known = (incentive.pk, source) in case.known
    if not known and (case.ordinal is None or (incentive.side, source) in case.taken):
        return None
    missed = case.successful < goal or (incentive.side, source) in case.elsewhere
    return Occasion(
        source=source,
        currency=case.first.facts.currency if case.first is not None else case.currency,
        basis=case.first.basis if case.first is not None else 0,
        since=case.counted_at,
        reason=reasons.GOAL_REACHED,
        why_not=reasons.GOAL_MISSED if missed else "",
        of_referral=False,
        of_count=True,
        held=False,
    )
