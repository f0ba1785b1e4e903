"""What a forecast says of one currency."""

from __future__ import annotations

from dataclasses import dataclass, field

from oscar_referrals.programs.models import Incentive


@dataclass
class OfIncentive:
    """What one incentive would have cost."""

    incentive: Incentive
    #: How often it was given, what that came to, and how often a limit left it out.
    given: int = 0
    amount: int = 0
    limited: int = 0


@dataclass
class InCurrency:
    """The forecast in one currency. Amounts in its minor units."""

    currency: str
    #: Orders of the period that stand.
    orders: int = 0
    #: Of those, the ones that would have been credited: the first of a friend.
    qualifying: int = 0
    #: Orders that would have found the budget used up.
    used_up: int = 0
    #: Rewards that a cap or the budget would have left out.
    limited: int = 0
    #: Of the two, delivery is what friends would not have paid for it.
    friend_discounts: int = 0
    delivery: int = 0
    rewards: int = 0
    #: Of the orders that qualify: had other discounts already, and what those came to.
    discounted_before: int = 0
    discounts_before: int = 0
    #: The orders that qualify and whose margin is known; what was earned on them, what the program
    #: would have taken of that, and how many it would have turned into a loss.
    with_margin: int = 0
    margin: int = 0
    cost: int = 0
    losses: int = 0
    #: By the key of the incentive.
    incentives: dict[int, OfIncentive] = field(default_factory=dict)

    @property
    def liability(self) -> int:
        """The worst case: all discounts and rewards together."""
        return self.friend_discounts + self.delivery + self.rewards

    @property
    def margin_before(self) -> int | None:
        """What an average order that qualifies has earned; None while no margin is known."""
        return self.margin // self.with_margin if self.with_margin else None

    @property
    def margin_after(self) -> int | None:
        """The same with the program, beside the discounts that those orders had."""
        return (self.margin - self.cost) // self.with_margin if self.with_margin else None

    def of(self, incentive: Incentive) -> OfIncentive:
        """The figures of one incentive, to be added to."""
        return self.incentives.setdefault(incentive.pk, OfIncentive(incentive))
