"""A friend who claimed the offer has opened an account (S06)."""

from __future__ import annotations

from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.occasions.base import Case, Occasion, Trigger


class SignUp(Trigger):
    """One reward for the registration, whatever becomes of the friend's orders."""

    def occasions(self, incentive: Incentive, case: Case) -> list[Occasion]:
        """None for a friend who never registered, or before there was an offer to."""
        if case.signed_up_at is None:
            return []
        return [
            Occasion(
                source=f"sign-up-{case.referral}",
                currency=case.currency,
                since=case.signed_up_at,
                reason=reasons.SIGNED_UP,
                of_referral=False,
                exists=case.friend_exists,
                if_gone=reasons.FRIEND_LEFT,
            )
        ]
