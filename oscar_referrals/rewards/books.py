"""Where a reward stands in the books, given its figures. Pure.

A position says how much of each kind of account a reward takes up; debits are positive, credits
negative, and each unit sums to zero, because the expense is what balances the rest. `settle` posts
the difference between the position a reward must have and the one that the ledger has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from oscar_referrals.rewards.models import LedgerAccount, Reward

#: (kind of account, unit) → amount.
Position = dict[tuple[str, str], int]

Kind = LedgerAccount.Kind

#: Where what is left of a reward stands, by its state. Of a withdrawn one nothing is left.
REST_IN = {
    Reward.State.PENDING.value: Kind.PENDING,
    Reward.State.AVAILABLE.value: Kind.AVAILABLE,
    # A reward that is spent at once lapses with what it found nothing to reduce with.
    Reward.State.REDEEMED.value: Kind.BREAKAGE,
    Reward.State.EXPIRED.value: Kind.BREAKAGE,
}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The figures of one reward. In its unit; what has money in its name, in its currency."""

    state: str
    unit: str
    currency: str
    #: What is owed in all.
    net: int
    #: Set off against earlier rewards; always money.
    netted: int = 0
    reserved: int = 0
    used: int = 0
    #: What a discount cost whose worth is no money ("one voucher").
    used_money: int = 0
    clawback_money: int = 0
    written_off_money: int = 0
    #: What was used was paid by staff, outside the shop, and not with an order.
    outside: bool = False


def position_of(standing: Standing) -> Position:
    """Where a reward with these figures stands."""
    unit, currency = standing.unit, standing.currency
    legs: Counter[tuple[str, str]] = Counter()
    rest = standing.net - standing.netted - standing.reserved - standing.used
    rest_in = REST_IN.get(standing.state)
    if rest_in is not None and rest > 0:
        legs[rest_in.value, unit] -= rest
    legs[Kind.RESERVED.value, unit] -= standing.reserved
    used_in = Kind.SETTLED if standing.outside else Kind.REDEEMED
    legs[used_in.value, unit] -= standing.used
    legs[used_in.value, currency] -= standing.used_money
    legs[Kind.CLAWBACK.value, currency] -= standing.netted
    legs[Kind.CLAWBACK.value, currency] += standing.clawback_money - standing.written_off_money
    legs[Kind.WRITE_OFF.value, currency] += standing.written_off_money
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
