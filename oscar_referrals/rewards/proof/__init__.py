"""The invariants that ask more than the books alone: one file each.

`rewards.audit` asks whether the books agree with themselves and with the rewards. Here stands
whether the database protects them, whether amounts are what the rules say, and what else has to
hold between rewards, credit, set-offs and orders.
"""

from __future__ import annotations

from collections.abc import Iterator

from oscar_referrals.rewards.finding import Finding
from oscar_referrals.rewards.proof.currencies import mixed_currencies
from oscar_referrals.rewards.proof.guarded import unguarded_tables
from oscar_referrals.rewards.proof.losses import overdrawn_losses
from oscar_referrals.rewards.proof.reservations import lost_reservations
from oscar_referrals.rewards.proof.set_offs import uneven_set_offs
from oscar_referrals.rewards.proof.worth import other_worth

#: I6 of losses, I7, I8, I9, I10, and set-offs (a part of I4).
PROOFS = (
    overdrawn_losses,
    unguarded_tables,
    lost_reservations,
    other_worth,
    mixed_currencies,
    uneven_set_offs,
)


def prove() -> Iterator[Finding]:
    """Everything that is wrong there; nothing if all is in order. Reads only."""
    for proof in PROOFS:
        yield from proof()
