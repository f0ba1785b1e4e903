"""Bringing the books to where rewards stand: what `settle` and the wallet post."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from oscar_referrals.rewards.books import difference, position_of
from oscar_referrals.rewards.ledger import Booking, entry_counts, positions, post
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.standing import standing_of


@dataclass(frozen=True, kw_only=True)
class Move:
    """A reward whose row has changed, what the books call that, and why it did."""

    reward: Reward
    event: str
    reason: str


def rebook(moves: Sequence[Move], *, now: datetime, also: Iterable[Booking] = ()) -> None:
    """Post what separates the books from where the rewards stand now; nothing if nothing does.

    The rewards' rows are locked by the caller. ``also`` is posted with it, since whoever posts
    several bookings passes them together (see `post`).
    """
    actual = positions(move.reward for move in moves)
    legs = {
        move.reward.pk: difference(position_of(standing_of(move.reward)), actual[move.reward.pk])
        for move in moves
    }
    moved = [move for move in moves if legs[move.reward.pk]]
    counts = entry_counts(move.reward for move in moved) if moved else {}
    bookings = list(also)
    for move in moved:
        reward, number = move.reward, counts.get(move.reward.pk, 0)
        business = reward.key.partition(":")[2]
        bookings.append(
            Booking(
                key=f"{move.event}:{business}:{number}" if number else reward.key,
                reward=reward,
                event=move.event,
                reason=move.reason,
                legs=legs[reward.pk],
            )
        )
    if bookings:
        post(bookings=bookings, now=now)
