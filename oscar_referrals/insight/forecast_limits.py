"""Limits as a forecast fills them: moments only go forward, so each costs the same every time."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from datetime import datetime, timedelta

from oscar_referrals.programs.models import Incentive, Limit
from oscar_referrals.rewards.caps import WINDOWS


class Filled:
    """What one person was given, as far as it still counts."""

    def __init__(self, window: timedelta | None) -> None:
        self.window = window
        self.amount = 0
        self._given: deque[tuple[datetime, int]] = deque()

    def until(self, at: datetime) -> int:
        """What counts at a moment; none of those asked about before is later."""
        if self.window is not None:
            while self._given and self._given[0][0] <= at - self.window:
                self.amount -= self._given.popleft()[1]
        return self.amount

    def add(self, at: datetime, amount: int) -> None:
        """It was given."""
        self.amount += amount
        if self.window is not None:
            self._given.append((at, amount))


class Caps:
    """The limits per advocate and per friend of one version."""

    def __init__(self, limits: list[Limit]) -> None:
        self._limits = [limit for limit in limits if limit.scope != Limit.Scope.PROGRAM]
        self._filled: dict[tuple[int, Hashable], Filled] = {}

    def has_room(
        self, side: str, person: Hashable, *, at: datetime, currency: str, amount: int
    ) -> bool:
        """One more reward of ``amount`` exceeds none of the person's limits."""
        return all(
            self._of(place, limit, person).until(at) + _wanted(limit, amount) <= limit.amount
            for place, limit in self._for(side, currency)
        )

    def add(self, side: str, person: Hashable, *, at: datetime, currency: str, amount: int) -> None:
        """It was given."""
        for place, limit in self._for(side, currency):
            self._of(place, limit, person).add(at, _wanted(limit, amount))

    def _for(self, side: str, currency: str) -> list[tuple[int, Limit]]:
        friend = side == Incentive.Side.FRIEND
        return [
            (place, limit)
            for place, limit in enumerate(self._limits)
            if (limit.scope == Limit.Scope.FRIEND) == friend and limit.currency in ("", currency)
        ]

    def _of(self, place: int, limit: Limit, person: Hashable) -> Filled:
        key = place, person
        if key not in self._filled:
            self._filled[key] = Filled(WINDOWS[limit.window])
        return self._filled[key]


def _wanted(limit: Limit, amount: int) -> int:
    return 1 if limit.measure == Limit.Measure.COUNT else amount
