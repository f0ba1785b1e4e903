"""What a draft would have cost: the shop's past orders, played through its rules.

It is the worst case: every order that qualifies is taken for a referred one, nothing is refunded,
everybody spends all they get, and the dearest of alternatives is chosen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from oscar_referrals import conf
from oscar_referrals.insight.past_orders import PastOrder, batches
from oscar_referrals.money import percentage
from oscar_referrals.programs.models import Incentive, IncentiveAmount, Limit, ProgramVersion
from oscar_referrals.programs.rules.budget import largest_discount
from oscar_referrals.programs.rules.value import Value
from oscar_referrals.rewards.caps import WINDOWS

Kind, Side, Trigger = Incentive.Kind, Incentive.Side, Incentive.Trigger


@dataclass
class InCurrency:
    """The forecast in one currency. Amounts in its minor units."""

    currency: str
    #: Orders of the period that stand.
    orders: int = 0
    #: Of those, the ones to which the draft promises something.
    qualifying: int = 0
    #: Orders that would have found the budget used up.
    used_up: int = 0
    #: Rewards that a cap or the budget would have left out.
    limited: int = 0
    friend_discounts: int = 0
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

    @property
    def liability(self) -> int:
        """The worst case: all discounts and rewards together."""
        return self.friend_discounts + self.rewards

    @property
    def margin_before(self) -> int | None:
        """What an average order that qualifies has earned; None while no margin is known."""
        return self.margin // self.with_margin if self.with_margin else None

    @property
    def margin_after(self) -> int | None:
        """The same with the program, beside the discounts that those orders had."""
        return (self.margin - self.cost) // self.with_margin if self.with_margin else None


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """What the draft would have given in the last days."""

    days: int
    currencies: list[InCurrency] = field(default_factory=list)
    #: What past orders can't tell of: incentives with other triggers, and free delivery.
    left_out: list[Incentive] = field(default_factory=list)


def forecast(
    version: ProgramVersion, *, days: int, advocates: int | None = None, now: datetime | None = None
) -> Forecast:
    """Play the orders of the last ``days`` through ``version``, in batches.

    ``advocates``: over so many the orders are shared out in turn, which decides what caps leave
    out (default: each order comes from another advocate).
    """
    moment = now or timezone.now()
    version = ProgramVersion.objects.prefetch_related(
        "incentives__amounts", "incentives__range", "limits"
    ).get(pk=version.pk)
    play = Play(version, advocates)
    margins_of = conf.get().load("ORDER_MARGIN")
    for batch in batches(version, start=moment - timedelta(days=days), end=moment):
        margins: Mapping[int, int | None] = margins_of([past.order for past in batch])
        for past in batch:
            play.order(past, margins.get(past.order.pk))
    return Forecast(
        days=days,
        currencies=sorted(play.found.values(), key=lambda row: row.currency),
        left_out=[item for item in version.incentives.all() if item not in play.incentives],
    )


@dataclass(frozen=True)
class InOneCurrency:
    """The draft's figures in one currency, looked up once and not for each order."""

    till: list[tuple[Incentive, IncentiveAmount]]
    earned: list[tuple[Incentive, IncentiveAmount]]
    budget: int | None
    largest_discount: int


class Play:
    """One run of orders, in the order in which they were placed."""

    def __init__(self, version: ProgramVersion, advocates: int | None) -> None:
        self.version = version
        self.advocates = advocates
        self.incentives = [item for item in version.incentives.all() if can_be_played(item)]
        self.till = [item for item in version.incentives.all() if item.at_till]
        self.limits = list(version.limits.all())
        self.found: dict[str, InCurrency] = {}
        #: What each advocate got: when, of how much, in which currency.
        self.given: dict[int, list[tuple[datetime, int, str]]] = defaultdict(list)
        self.turn = 0
        self.terms: dict[str, InOneCurrency] = {}

    def order(self, past: PastOrder, margin: int | None) -> None:
        """Count one order."""
        row = self.found.setdefault(past.currency, InCurrency(past.currency))
        row.orders += 1
        if not past.is_new:
            return
        offered = self._discount(past)
        rewards = self._rewards(past)
        # Nobody is credited for an order to which the friend's discount did not apply.
        if offered is None if self.till else not rewards:
            return
        row.qualifying += 1
        row.discounted_before += past.discounted > 0
        row.discounts_before += past.discounted
        terms = self._terms(past.currency)
        room = None if terms.budget is None else terms.budget - row.liability
        if room is not None and room < terms.largest_discount:
            # The offer is used up: there is no discount, and no referral to be rewarded.
            row.used_up += 1
            given = extra = earned = 0
        else:
            given, extra = self._beside_others(past, offered or 0)
            earned = self._earned(row, past, rewards, None if room is None else room - given)
        row.friend_discounts += given
        row.rewards += earned
        if margin is not None:
            cost = extra + earned
            row.with_margin += 1
            row.margin += margin
            row.cost += cost
            row.losses += margin - cost < 0 <= margin

    def _discount(self, past: PastOrder) -> int | None:
        """What the till would take off before other offers; None if nothing is offered."""
        offered: int | None = None
        for incentive, figures in self._terms(past.currency).till:
            goods = past.goods_of(incentive)
            if goods and goods >= figures.minimum:
                offered = offered or 0
                if incentive.kind == Kind.VOUCHER:
                    offered += Value(incentive, figures).discount_on(goods)
        return offered

    def _beside_others(self, past: PastOrder, offered: int) -> tuple[int, int]:
        """What friends get of it beside what the order had, and what that costs the shop more."""
        if self.version.combinable:
            given = min(offered, past.goods - past.discounted)
            return given, given
        # The better one applies, in place of the other.
        return (offered, offered - past.discounted) if offered > past.discounted else (0, 0)

    def _rewards(self, past: PastOrder) -> list[tuple[Incentive, int]]:
        """What is earned by the order: of alternatives, the dearest."""
        best: dict[str, tuple[Incentive, int]] = {}
        for incentive, figures in self._terms(past.currency).earned:
            if past.goods < figures.threshold:
                continue
            worth = _worth(incentive, figures, past)
            name = f"{incentive.side} {incentive.choice or incentive.pk}"
            if name not in best or worth > best[name][1]:
                best[name] = (incentive, worth)
        return list(best.values())

    def _earned(
        self,
        row: InCurrency,
        past: PastOrder,
        rewards: Sequence[tuple[Incentive, int]],
        room: int | None,
    ) -> int:
        """What of the rewards the caps and the budget let through."""
        self.turn += 1
        advocate = self.turn % self.advocates if self.advocates else self.turn
        earned = 0
        for incentive, worth in rewards:
            over_budget = room is not None and earned + worth > room
            of_advocate = incentive.side == Side.ADVOCATE
            if over_budget or (of_advocate and self._over_cap(advocate, past, worth)):
                row.limited += 1
                continue
            earned += worth
            if of_advocate:
                self.given[advocate].append((past.placed_at, worth, past.currency))
        return earned

    def _over_cap(self, advocate: int, past: PastOrder, worth: int) -> bool:
        for limit in self.limits:
            money = limit.measure == Limit.Measure.MONEY
            if limit.scope != Limit.Scope.ADVOCATE or (money and limit.currency != past.currency):
                continue
            window = WINDOWS[limit.window]
            used = sum(
                amount if money else 1
                for moment, amount, currency in self.given[advocate]
                if (window is None or moment > past.placed_at - window)
                and (not money or currency == limit.currency)
            )
            if used + (worth if money else 1) > limit.amount:
                return True
        return False

    def _terms(self, currency: str) -> InOneCurrency:
        if currency not in self.terms:
            earned = [item for item in self.incentives if not item.at_till]
            self.terms[currency] = InOneCurrency(
                till=_with_figures(self.till, currency),
                earned=_with_figures(earned, currency),
                budget=self._budget(currency),
                largest_discount=largest_discount(self.version, currency),
            )
        return self.terms[currency]

    def _budget(self, currency: str) -> int | None:
        for limit in self.limits:
            if limit.scope == Limit.Scope.PROGRAM and limit.currency == currency:
                return limit.amount
        return None


def can_be_played(incentive: Incentive) -> bool:
    """Past orders can tell what it would have cost."""
    first = incentive.trigger in (Trigger.FIRST_ORDER, Trigger.ORDER_OVER)
    return first and incentive.kind != Kind.FREE_SHIPPING


def _with_figures(
    incentives: Sequence[Incentive], currency: str
) -> list[tuple[Incentive, IncentiveAmount]]:
    return [
        (incentive, figures)
        for incentive in incentives
        for figures in incentive.amounts.all()
        if figures.currency == currency
    ]


def _worth(incentive: Incentive, figures: IncentiveAmount, past: PastOrder) -> int:
    """What a reward costs at most; without a maximum, as if it were spent on an equal order."""
    if incentive.percent is None:
        return figures.value or 0
    share = percentage(past.goods - past.discounted, incentive.percent)
    if incentive.kind == Kind.CREDIT:
        return share if figures.maximum is None else min(share, figures.maximum)
    return share if figures.maximum is None else figures.maximum
