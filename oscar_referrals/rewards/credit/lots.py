"""Lots: the available rewards that make up their owner's balance, each with an expiry of its own.

A lot is a reward of a kind that is spent in parts (`RewardKind.divisible`), in one currency. What
baskets and orders take of it are its `CreditUse` rows, written under the lock of the lot.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Q

from oscar_referrals.rewards.kinds import BUILT_IN, kind_of
from oscar_referrals.rewards.models import CreditUse, Reward

#: What a basket holds now, whether its payment has begun or not.
OPEN = (CreditUse.State.RESERVED, CreditUse.State.PAYING)


def whole_kinds() -> list[str]:
    """The built-in kinds that are spent at once; a shop's own kind has to be asked."""
    return [name for name in BUILT_IN if not kind_of(name).divisible]


def is_lot(reward: Reward) -> bool:
    """It is spent in parts."""
    return kind_of(reward.kind).divisible


def unexpired(now: datetime) -> Q:
    """The reward can still be spent; the periodic work that says so may be a little behind."""
    return Q(expires_at=None) | Q(expires_at__gt=now)


def available_to(*, owner_id: int, currency: str, now: datetime) -> Q:
    """The owner's available rewards in ``currency``; among them may be some that are no lots."""
    return (
        unexpired(now)
        & Q(
            owner=owner_id,
            state=Reward.State.AVAILABLE,
            currency=currency,
            unit=F("currency"),
        )
        & ~Q(kind__in=whole_kinds())
    )


def can_be_spent(lot: Reward, now: datetime) -> bool:
    """The lot is available, in time, and owed in full for what is set aside of it."""
    in_time = lot.expires_at is None or lot.expires_at > now
    covered = lot.used + lot.reserved + lot.netted <= lot.net
    return lot.state == Reward.State.AVAILABLE and in_time and covered


def soonest_first(lots: Iterable[Reward]) -> list[Reward]:
    """In the order in which they are spent: what expires first goes first."""
    return sorted(lots, key=lambda lot: (lot.expires_at is None, lot.expires_at, lot.pk))


def lock_lots(condition: Q) -> dict[int, Reward]:
    """Lock the rewards that ``condition`` names, in the order of their ids; only lots count.

    The one place where the wallet takes locks: rewards first, accounts of the ledger after them.
    """
    rows = Reward.objects.select_for_update(no_key=True).filter(condition).order_by("pk")
    return {reward.pk: reward for reward in rows if is_lot(reward)}
