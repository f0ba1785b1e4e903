"""The friend has placed an order that comes to enough."""

from __future__ import annotations

from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.occasions.base import Case, Occasion, Trigger, once


class OrderOver(Trigger):
    """One reward for the first order whose goods reach the threshold of its currency."""

    def occasions(self, incentive: Incentive, case: Case) -> list[Occasion]:
        """None before such an order. The goods count before the friend's discount."""
        thresholds = {figures.currency: figures.threshold for figures in incentive.amounts.all()}
        candidates = [
            placed
            for placed in case.orders()
            if placed.facts.currency in thresholds
            and placed.goods >= thresholds[placed.facts.currency]
        ]
        return once(incentive, case, source=f"over-of-{case.referral}", candidates=candidates)
