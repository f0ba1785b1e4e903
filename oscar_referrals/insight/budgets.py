"""How much of each budget is committed."""

from __future__ import annotations

from dataclasses import dataclass

from oscar_referrals.programs.models import Limit, Program
from oscar_referrals.rewards.budget import committed
from oscar_referrals.rewards.caps import ALERT_AT


@dataclass(frozen=True)
class BudgetUse:
    """One budget of a live program. Amounts in minor units of its currency."""

    program: Program
    currency: str
    budget: int
    committed: int

    @property
    def is_low(self) -> bool:
        """The operator should look: four fifths of it are given or promised."""
        return self.committed * 100 >= self.budget * ALERT_AT

    @property
    def percent(self) -> int:
        """How much of it is committed, rounded down; above 100 when discounts had to be kept."""
        return self.committed * 100 // self.budget


def budgets_in_use() -> list[BudgetUse]:
    """The budgets of live programs' current versions: one query, and three more for each."""
    limits = Limit.objects.filter(
        scope=Limit.Scope.PROGRAM,
        version__program__status=Program.Status.LIVE,
        version__status="published",
    ).select_related("version__program")
    return [
        BudgetUse(
            program=limit.version.program,
            currency=limit.currency,
            budget=limit.amount,
            committed=committed(limit.version.program_id, limit.currency),
        )
        for limit in limits
    ]
