"""The budget of a program: while it lasts, friends get their discount and advocates rewards."""

from __future__ import annotations

from django.utils.translation import gettext as _

from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive, Limit, ProgramVersion
from oscar_referrals.programs.rules.base import Clause, Refusal, TillFacts


class Budget:
    """A discount is offered while the budget has room for the largest one.

    What was quoted before is honoured: this is asked when a code is attached and when the checkout
    is entered, and its verdict is kept in the pin.
    """

    def __init__(self, version: ProgramVersion) -> None:
        self.version = version

    def check(self, facts: TillFacts) -> Refusal | None:
        """`offer-used-up`."""
        return Refusal(reason=reasons.OFFER_USED_UP) if facts.budget_is_spent else None

    def clauses(self) -> list[Clause]:
        """One sentence and no figure: what is left of a budget is nobody's but the shop's."""
        if not any(limit.scope == Limit.Scope.PROGRAM for limit in self.version.limits.all()):
            return []
        text = _(
            "Discounts and rewards are given while the program's budget lasts. A discount that was "
            "shown at checkout before it was used up is still given."
        )
        return [Clause(key="budget", section="program", text=text)]


def largest_discount(version: ProgramVersion, currency: str) -> int:
    """The most that one friend can get off one order in ``currency``, in minor units; at least 1.

    What has no maximum (free shipping) is not known, and counts for nothing.
    """
    most = 0
    for incentive in version.incentives.all():
        if not incentive.at_till:
            continue
        for figures in incentive.amounts.all():
            if figures.currency == currency:
                fixed = incentive.value_type == Incentive.ValueType.FIXED
                bounds = (figures.value if fixed else None, figures.maximum)
                most += min((bound for bound in bounds if bound is not None), default=0)
    return max(1, most)
