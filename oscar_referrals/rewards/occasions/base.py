"""What the triggers are given and what they answer. Plain data: no query and no clock."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.facts import OrderFacts


@dataclass(frozen=True, kw_only=True)
class Placed:
    """One order of the friend. Amounts in minor units of its currency."""

    number: str
    placed_at: datetime
    facts: OrderFacts
    #: What its goods cost before the friend's discount.
    goods: int
    #: What a percentage of the order is taken of: its goods after all discounts.
    basis: int

    @property
    def stands(self) -> bool:
        """It was neither cancelled nor refunded in full."""
        return not self.facts.undone


@dataclass(frozen=True, kw_only=True)
class Case:
    """All that is known of one referral when it is settled."""

    referral: int
    advocate: int
    #: The order that made the referral; None while the friend has only registered.
    first: Placed | None = None
    #: What the friend ordered after that, oldest first.
    later: tuple[Placed, ...] = ()
    signed_up_at: datetime | None = None
    #: In which currency a registration is rewarded.
    currency: str = ""
    #: The friend's account still exists, or there never was one.
    friend_exists: bool = True
    #: The how manieth successful referral of its advocate this is; None while it is none.
    ordinal: int | None = None
    #: When it became one.
    counted_at: datetime | None = None
    #: How many successful referrals the advocate has now, this one included.
    successful: int = 0
    #: Two rows of the advocate were merged, which may have brought the number past a milestone.
    merged: bool = False
    #: (incentive, source) of the rewards that this referral has already.
    known: frozenset[tuple[int | None, str]] = frozenset()
    #: The incentives that the advocate prefers to their alternatives.
    preferred: frozenset[int] = frozenset()
    #: (side, source) of what other referrals of the advocate were given: no goal is reached twice.
    taken: frozenset[tuple[str, str]] = frozenset()
    #: Those of them that were given to another account of the same person: a reward of this
    #: referral that has fallen does not come back beside them.
    elsewhere: frozenset[tuple[str, str]] = frozenset()

    def orders(self) -> Iterable[Placed]:
        """All orders of the friend, oldest first."""
        return self.later if self.first is None else (self.first, *self.later)


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """One fact that earns a reward."""

    #: Its name; with incentive and side the business key of the reward, unique for ever.
    source: str
    currency: str
    #: The order that it stands on; None if it stands on none.
    placed: Placed | None = None
    #: What a percentage of the order is taken of, in minor units of `currency`.
    basis: int = 0
    #: When it happened, if it stands on no order.
    since: datetime | None = None
    #: What the occasion is called where a reward says why it waits or was given; empty: its order.
    reason: str = ""
    #: Why it earns nothing, although it did once; empty if it does.
    why_not: str = ""
    #: It falls when the referral does; else it stands on something else.
    of_referral: bool = True
    #: It stands on how many referrals the advocate has, whatever becomes of this one.
    of_count: bool = False
    #: The version's hold runs first.
    held: bool = True
    #: The order it stands on may be replaced by another, so the hold is not remembered.
    movable: bool = False
    #: What it stands on was deleted since, or not; and what that is called.
    exists: bool = True
    if_gone: str = reasons.ORDER_DELETED

    @property
    def happened_at(self) -> datetime | None:
        """When it happened; None if nobody can say any more."""
        return self.placed.placed_at if self.placed is not None else self.since

    @property
    def facts(self) -> OrderFacts:
        """What `target_of` goes by: the order's facts, or that it happened."""
        if self.placed is not None:
            return self.placed.facts
        return OrderFacts(
            number="",
            currency=self.currency,
            total=0,
            exists=self.exists,
            paid=True,
            paid_at=self.since,
        )


class Trigger(ABC):
    """One thing that can earn a reward."""

    @abstractmethod
    def occasions(self, incentive: Incentive, case: Case) -> list[Occasion]:
        """The occasions of this kind in the case. Pure.

        Those that the case has a reward for (`Case.known`) are always among them, with `why_not`
        if they earn nothing any more.
        """


def once(
    incentive: Incentive, case: Case, *, source: str, candidates: list[Placed]
) -> list[Occasion]:
    """One reward for the first of the candidates that stands.

    If none does, a reward that is known stands on the first of them, and falls with it.
    """
    standing = [placed for placed in candidates if placed.stands]
    known = (incentive.pk, source) in case.known
    if not standing and not known:
        return []
    placed = next(iter(standing or candidates), None)
    return [
        Occasion(
            source=source,
            placed=placed,
            currency=placed.facts.currency if placed is not None else case.currency,
            basis=placed.basis if placed is not None else 0,
            movable=True,
            exists=placed is not None,
        )
    ]
