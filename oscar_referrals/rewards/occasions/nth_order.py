"""The friend has ordered so many times (S34)."""

from __future__ import annotations

from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.occasions.base import Case, Occasion, Trigger, once


class NthOrder(Trigger):
    """One reward for the nth order that stands; the one that made the referral is the first."""

    def occasions(self, incentive: Incentive, case: Case) -> list[Occasion]:
        """None before the nth order. Orders that were undone are not counted.

        When an order is undone, the next one takes its place, and the reward stays the same one.
        """
        number = incentive.number or 1
        orders = list(case.orders())
        standing = [placed for placed in orders if placed.stands]
        return once(
            incentive,
            case,
            source=f"order-{number}-of-{case.referral}",
            candidates=standing[number - 1 :] or orders[number - 1 :],
        )
