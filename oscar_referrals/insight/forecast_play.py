"""The past played through a draft, one order or registration after the other, oldest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from oscar_referrals.insight.forecast_figures import InCurrency
from oscar_referrals.insight.forecast_limits import Caps
from oscar_referrals.insight.forecast_worth import Dearest, most_of
from oscar_referrals.insight.past_orders import PastOrder
from oscar_referrals.programs.models import Incentive, IncentiveAmount, Limit, ProgramVersion
from oscar_referrals.programs.rules.budget import largest_discount
from oscar_referrals.programs.rules.value import Value
from oscar_referrals.rewards.occasions import GOALS

Kind, Side, Trigger = Incentive.Kind, Incentive.Side, Incentive.Trigger

#: An incentive with its figures in one currency.
Priced = tuple[Incentive, IncentiveAmount]


@dataclass
class Friend:
    """Somebody who is taken for a referred friend."""

    number: int
    #: Who brought them: a number as well.
    advocate: int
    #: How often they ordered since, the order that made the referral included.
    orders: int = 0
    #: Which of the rewards for a later order they have brought already.
    over: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class InOneCurrency:
    """The draft's figures in one currency, looked up once and not for each order."""

    till: list[Priced]
    earned: list[Priced]
    budget: int | None
    largest_discount: int


class Play:
    """One run. ``advocates``: how many share the friends in turn; None: whatever costs most."""

    def __init__(
        self,
        version: ProgramVersion,
        incentives: Sequence[Incentive],
        advocates: int | None,
        dearest: dict[str, Dearest],
    ) -> None:
        self.version = version
        self.advocates = advocates
        self.dearest = dearest
        self.till = [item for item in incentives if item.at_till]
        self.earned = [item for item in incentives if not item.at_till]
        self.limits = list(version.limits.all())
        self.caps = Caps(self.limits)
        self.found: dict[str, InCurrency] = {}
        self.registrations = 0
        #: By account and by keyed e-mail.
        self.friends: dict[str, Friend] = {}
        #: Friends so far, and those who have ordered: in all (None) and of each advocate.
        self.turn = 0
        self.successful: Counter[int | None] = Counter()
        self.terms: dict[str, InOneCurrency] = {}

    def registration(self, user_id: int, at: datetime) -> None:
        """Count an account that was opened."""
        key = f"user {user_id}"
        if key in self.friends:
            return
        self.registrations += 1
        friend = self.friends[key] = self._new_friend()
        currency = settings.OSCAR_DEFAULT_CURRENCY
        row = self.found.setdefault(currency, InCurrency(currency))
        earned = [
            (incentive, figures)
            for incentive, figures in self._terms(currency).earned
            if incentive.trigger == Trigger.SIGN_UP
        ]
        self._give(row, friend, earned, at=at, basis=None, ordinal=self._ordinal(friend) + 1)

    def order(self, past: PastOrder) -> None:
        """Count one order."""
        row = self.found.setdefault(past.currency, InCurrency(past.currency))
        row.orders += 1
        friend = next((self.friends[key] for key in past.keys if key in self.friends), None)
        if friend is not None and friend.orders:
            self._reward(row, friend, past)
        elif past.is_new:
            self._first_order(row, friend, past)

    def _first_order(self, row: InCurrency, friend: Friend | None, past: PastOrder) -> None:
        terms = self._terms(past.currency)
        offered = self._offered(terms.till, past)
        # Nobody is credited for an order to which the friend's discount did not apply.
        if not offered if self.till else not terms.earned:
            return
        row.qualifying += 1
        row.discounted_before += past.discounted > 0
        row.discounts_before += past.discounted
        room = self._room(row)
        cost = 0
        if room is not None and room < terms.largest_discount:
            # The offer is used up: there is no discount, and no referral to be rewarded.
            row.used_up += 1
        else:
            friend = friend or self._new_friend()
            self.friends.update(dict.fromkeys(past.keys, friend))
            self.successful.update({None: 1, friend.advocate: 1})
            cost = self._at_till(row, friend, past, offered) + self._reward(row, friend, past)
        if past.margin is not None:
            row.with_margin += 1
            row.margin += past.margin
            row.cost += cost
            row.losses += past.margin - cost < 0 <= past.margin

    def _offered(self, till: Iterable[Priced], past: PastOrder) -> dict[str, tuple[Incentive, int]]:
        """What the till would take off before other offers, by kind; empty if nothing applies."""
        found = {}
        for incentive, figures in till:
            goods = past.goods_of(incentive)
            if not goods or goods < figures.minimum:
                continue
            if incentive.kind == Kind.FREE_SHIPPING:
                most = figures.maximum
                off = past.delivery if most is None else min(past.delivery, most)
            else:
                off = Value(incentive, figures).discount_on(goods)
            found[incentive.kind] = (incentive, off)
        return found

    def _at_till(
        self,
        row: InCurrency,
        friend: Friend,
        past: PastOrder,
        offered: dict[str, tuple[Incentive, int]],
    ) -> int:
        """Give what is offered beside what the order had; returns what it costs the shop more."""
        cost = 0
        for kind, (incentive, off) in offered.items():
            if kind == Kind.FREE_SHIPPING:
                given = extra = off
                row.delivery += given
            else:
                given, extra = self._beside_others(past, off)
                row.friend_discounts += given
            cost += extra
            if given:
                row.of(incentive).given += 1
                row.of(incentive).amount += given
                self.caps.add(
                    Side.FRIEND,
                    friend.number,
                    at=past.placed_at,
                    currency=past.currency,
                    amount=given,
                )
        return cost

    def _beside_others(self, past: PastOrder, offered: int) -> tuple[int, int]:
        """What friends get of it beside what the order had, and what that costs the shop more."""
        if self.version.combinable:
            given = min(offered, past.goods - past.discounted)
            return given, given
        # The better one applies, in place of the other.
        return (offered, offered - past.discounted) if offered > past.discounted else (0, 0)

    def _reward(self, row: InCurrency, friend: Friend, past: PastOrder) -> int:
        """Give what an order of a referred friend earns; returns what that comes to."""
        friend.orders += 1
        ordinal = self._ordinal(friend)
        earned = []
        for incentive, figures in self._terms(past.currency).earned:
            if self._is_earned(incentive, figures, friend, past, ordinal):
                earned.append((incentive, figures))
        basis = past.goods - past.discounted
        return self._give(row, friend, earned, at=past.placed_at, basis=basis, ordinal=ordinal)

    def _is_earned(
        self,
        incentive: Incentive,
        figures: IncentiveAmount,
        friend: Friend,
        past: PastOrder,
        ordinal: int,
    ) -> bool:
        number = incentive.number or 1
        if incentive.trigger == Trigger.NTH_ORDER:
            return friend.orders == number
        if incentive.trigger == Trigger.ORDER_OVER:
            if incentive.pk in friend.over or past.goods < figures.threshold:
                return False
            friend.over.add(incentive.pk)
            return True
        if friend.orders > 1:
            return False
        if incentive.trigger in GOALS:
            # Of an unknown number of advocates no more can have brought n friends than every nth.
            again = incentive.trigger == Trigger.EVERY_NTH or self.advocates is None
            return ordinal % number == 0 if again else ordinal == number
        return incentive.trigger == Trigger.FIRST_ORDER

    def _give(
        self,
        row: InCurrency,
        friend: Friend,
        earned: Iterable[Priced],
        *,
        at: datetime,
        basis: int | None,
        ordinal: int,
    ) -> int:
        """What the limits and the budget let through; of alternatives, the dearest."""
        dearest = self.dearest.get(row.currency, Dearest())
        best: dict[tuple[str, ...], tuple[Incentive, int]] = {}
        for incentive, figures in earned:
            worth = most_of(
                incentive,
                figures,
                basis=basis,
                dearest=dearest,
                ordinal=ordinal,
                exact=self.advocates is not None,
            )
            group = (incentive.side, incentive.trigger, incentive.choice or str(incentive.pk))
            if group not in best or worth > best[group][1]:
                best[group] = (incentive, worth)
        whole = 0
        for incentive, worth in best.values():
            person = self._person(incentive, friend)
            reward: dict[str, Any] = {"at": at, "currency": row.currency, "amount": worth}
            room = self._room(row)
            fits = room is None or worth <= room
            if not fits or not self.caps.has_room(incentive.side, person, **reward):
                row.limited += 1
                row.of(incentive).limited += 1
                continue
            self.caps.add(incentive.side, person, **reward)
            row.rewards += worth
            row.of(incentive).given += 1
            row.of(incentive).amount += worth
            whole += worth
        return whole

    def _person(self, incentive: Incentive, friend: Friend) -> object:
        """Whose limits count."""
        if incentive.side == Side.FRIEND:
            return friend.number
        if incentive.trigger in GOALS and self.advocates is None:
            # An advocate of whom nothing else is known.
            return f"{incentive.pk} {self.successful[None]}"
        return friend.advocate

    def _new_friend(self) -> Friend:
        self.turn += 1
        advocate = self.turn % self.advocates if self.advocates else self.turn
        return Friend(self.turn, advocate)

    def _ordinal(self, friend: Friend) -> int:
        """How many friends the advocate has brought; at most, if nobody knows."""
        return self.successful[friend.advocate if self.advocates else None]

    def _room(self, row: InCurrency) -> int | None:
        budget = self._terms(row.currency).budget
        return None if budget is None else budget - row.liability

    def _terms(self, currency: str) -> InOneCurrency:
        if currency not in self.terms:
            self.terms[currency] = InOneCurrency(
                till=_with_figures(self.till, currency),
                earned=_with_figures(self.earned, currency),
                budget=self._budget(currency),
                largest_discount=largest_discount(self.version, currency),
            )
        return self.terms[currency]

    def _budget(self, currency: str) -> int | None:
        for limit in self.limits:
            if limit.scope == Limit.Scope.PROGRAM and limit.currency == currency:
                return limit.amount
        return None


def _with_figures(incentives: Sequence[Incentive], currency: str) -> list[Priced]:
    return [
        (incentive, figures)
        for incentive in incentives
        for figures in incentive.amounts.all()
        if figures.currency == currency
    ]
