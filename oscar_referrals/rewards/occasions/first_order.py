"""The order with which the friend was referred."""

from __future__ import annotations

from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.occasions.base import Case, Occasion, Trigger


class FirstOrder(Trigger):
    """One reward, named by the order's number."""

    def occasions(self, incentive: Incentive, case: Case) -> list[Occasion]:
        """None until there is an order."""
        if case.first is None:
            return []
        first = case.first
        return [
            Occasion(
                source=first.number,
                placed=first,
                currency=first.facts.currency,
                basis=first.basis,
            )
        ]
