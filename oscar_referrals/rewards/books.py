"""Where a reward stands in the books, given its state. Pure.

A position says how much of each kind of account a reward takes up; debits are positive, credits
negative, and each unit sums to zero. `settle` posts the difference between the position a reward
must have and the one that the ledger has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from oscar_referrals.rewards.kinds.base import Use, Worth
from oscar_referrals.rewards.models import LedgerAccount, Reward

#: (kind of account, unit) → amount.
Position = dict[tuple[str, str], int]

Kind = LedgerAccount.Kind


def position_of(*, state: str, worth: Worth, use: Use | None, currency: str) -> Position:
    """The position of a reward in ``state``; ``use`` says how a redeemed one was used."""
    unit = worth.unit
    legs: Counter[tuple[str, str]] = Counter()
    if state == Reward.State.PENDING:
        legs[Kind.PENDING.value, unit] -= worth.amount
    elif state == Reward.State.AVAILABLE:
        legs[Kind.AVAILABLE.value, unit] -= worth.amount
    elif state == Reward.State.EXPIRED:
        legs[Kind.BREAKAGE.value, unit] -= worth.amount
    elif state == Reward.State.REDEEMED and use is not None:
        legs[Kind.REDEEMED.value, unit] -= use.used
        legs[Kind.BREAKAGE.value, unit] -= use.lapsed
        legs[Kind.REDEEMED.value, currency] -= use.money
    for (_kind, of_unit), amount in list(legs.items()):
        legs[Kind.EXPENSE.value, of_unit] -= amount
    return without_zeros(legs)


def difference(wanted: Position, actual: Position) -> Position:
    """What has to be posted to come from ``actual`` to ``wanted``."""
    legs = Counter(wanted)
    legs.subtract(actual)
    return without_zeros(legs)


def without_zeros(legs: Mapping[tuple[str, str], int]) -> Position:
    """Only the legs that move something."""
    return {account: amount for account, amount in legs.items() if amount}
