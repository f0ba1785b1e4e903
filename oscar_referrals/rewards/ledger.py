"""The books: double-entry, append-only. `post` is the only writer of money.

Debits are positive, credits negative. An account's balance runs in the account's own direction:
what is owed is a positive balance, although it is made of credits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q, Sum

from oscar_referrals.rewards.books import Position, without_zeros
from oscar_referrals.rewards.models import LedgerAccount, LedgerEntry, Posting, Reward

#: A discount that a reward gave although it could not, and its reversal: see `rewards.losses`.
LOSS = "loss"
LOSS_REVERSAL = "loss-reversal"
LOSSES = (LOSS, LOSS_REVERSAL)
#: Accounts that debits increase.
OF_DEBITS = frozenset(
    {LedgerAccount.Kind.EXPENSE, LedgerAccount.Kind.CLAWBACK, LedgerAccount.Kind.WRITE_OFF}
)
#: Accounts of one person: what is owed to somebody, and what somebody owes back.
PERSONAL = frozenset(
    {
        LedgerAccount.Kind.PENDING,
        LedgerAccount.Kind.AVAILABLE,
        LedgerAccount.Kind.RESERVED,
        LedgerAccount.Kind.CLAWBACK,
    }
)
#: (kind, program, advocate or None, unit): what makes an account one.
AccountKey = tuple[str, int, int | None, str]


class LedgerConflict(Exception):
    """A business key was used before, for something else."""


@dataclass(frozen=True, kw_only=True)
class Booking:
    """One business event to post. `legs` sum to zero per unit; `key` names the event for ever."""

    key: str
    reward: Reward
    event: str
    reason: str
    legs: Position


@transaction.atomic
def post(*, bookings: Sequence[Booking], now: datetime) -> list[LedgerEntry]:
    """Post all bookings, or none. A key that is booked already is left alone and returned.

    The accounts are locked in the order of their ids, all at once: whoever posts several bookings
    passes them together, or two of them could wait for each other. Raises LedgerConflict when a
    key was booked with other legs or for another reward, and ValueError when legs don't balance.
    """
    for booking in bookings:
        _require_balance(booking)
    accounts = _locked_accounts(bookings)
    keys = [booking.key for booking in bookings]
    known = {
        entry.key: entry
        for entry in LedgerEntry.objects.filter(key__in=keys).prefetch_related("postings__account")
    }
    for booking in bookings:
        if booking.key in known:
            _require_same(booking, known[booking.key])
    fresh = [booking for booking in bookings if booking.key not in known]
    known |= {entry.key: entry for entry in _insert(fresh, accounts, now)}
    return [known[key] for key in keys]


def positions(rewards: Iterable[Reward]) -> dict[int, Position]:
    """Where each reward stands in the books by its id, losses apart; one query."""
    ids = [reward.pk for reward in rewards]
    sums = (
        Posting.objects.filter(entry__reward__in=ids)
        .exclude(entry__event__in=LOSSES)
        .values_list("entry__reward", "account__kind", "account__unit")
        .annotate(Sum("amount"))
        .order_by()
    )
    found: dict[int, Position] = {pk: {} for pk in ids}
    for pk, kind, unit, amount in sums:
        found[pk][kind, unit] = amount
    return {pk: without_zeros(legs) for pk, legs in found.items()}


def entry_counts(rewards: Iterable[Reward]) -> dict[int, int]:
    """How many entries each reward has, by its id; rewards without entries are left out."""
    counts = (
        LedgerEntry.objects.filter(reward__in=[reward.pk for reward in rewards])
        .values_list("reward")
        .annotate(Count("pk"))
        .order_by()
    )
    return dict(counts)


def direction(kind: str) -> int:
    """1 for accounts that debits increase, -1 for those that credits increase."""
    return 1 if kind in OF_DEBITS else -1


def _require_balance(booking: Booking) -> None:
    sums: dict[str, int] = defaultdict(int)
    for (_kind, unit), amount in booking.legs.items():
        sums[unit] += amount
    if not booking.legs or any(sums.values()):
        raise ValueError(f"{booking.key} does not balance: {booking.legs}")


def _require_same(booking: Booking, entry: LedgerEntry) -> None:
    legs = {
        (posting.account.kind, posting.account.unit): posting.amount
        for posting in entry.postings.all()
    }
    if entry.reward_id != booking.reward.pk or legs != without_zeros(booking.legs):
        raise LedgerConflict(f"{booking.key} is booked already, with other legs")


def _account_key(reward: Reward, kind: str, unit: str) -> AccountKey:
    """What is owed is owed to somebody; the other accounts are the program's."""
    return kind, reward.program_id, reward.advocate_id if kind in PERSONAL else None, unit


def _locked_accounts(bookings: Sequence[Booking]) -> dict[AccountKey, LedgerAccount]:
    wanted = {
        _account_key(booking.reward, kind, unit)
        for booking in bookings
        for kind, unit in booking.legs
    }
    found = _find(wanted)
    missing = sorted(wanted - found.keys(), key=lambda key: (key[0], key[1], key[2] or 0, key[3]))
    if missing:
        LedgerAccount.objects.bulk_create(
            [
                LedgerAccount(kind=kind, program_id=program, advocate_id=advocate, unit=unit)
                for kind, program, advocate, unit in missing
            ],
            ignore_conflicts=True,
        )
        found = _find(wanted)
    locked = LedgerAccount.objects.select_for_update(no_key=True).order_by("pk")
    return {_key_of(account): account for account in locked.filter(pk__in=found.values())}


def _find(wanted: set[AccountKey]) -> dict[AccountKey, int]:
    either = Q()
    for kind, program, advocate, unit in wanted:
        either |= Q(kind=kind, program=program, advocate=advocate, unit=unit)
    if not either:
        return {}
    return {_key_of(account): account.pk for account in LedgerAccount.objects.filter(either)}


def _key_of(account: LedgerAccount) -> AccountKey:
    return account.kind, account.program_id, account.advocate_id, account.unit


def _insert(
    bookings: Sequence[Booking], accounts: dict[AccountKey, LedgerAccount], now: datetime
) -> list[LedgerEntry]:
    if not bookings:
        return []
    try:
        with transaction.atomic():
            entries = LedgerEntry.objects.bulk_create(
                LedgerEntry(
                    key=booking.key,
                    reward=booking.reward,
                    event=booking.event,
                    reason=booking.reason,
                    booked_at=now,
                )
                for booking in bookings
            )
    except IntegrityError as error:
        # Same accounts would have been locked; so whoever was faster booked something else.
        raise LedgerConflict("A business key was booked at the same time") from error
    postings = [
        Posting(
            entry=entry, account=accounts[_account_key(booking.reward, kind, unit)], amount=amount
        )
        for booking, entry in zip(bookings, entries, strict=True)
        for (kind, unit), amount in without_zeros(booking.legs).items()
    ]
    Posting.objects.bulk_create(postings)
    _move_balances(postings)
    return entries


def _move_balances(postings: Sequence[Posting]) -> None:
    changes: dict[int, int] = defaultdict(int)
    for posting in postings:
        changes[posting.account_id] += direction(posting.account.kind) * posting.amount
    moved = {pk: change for pk, change in changes.items() if change}
    accounts = [LedgerAccount(pk=pk, balance=F("balance") + moved[pk]) for pk in sorted(moved)]
    LedgerAccount.objects.bulk_update(accounts, ["balance"])
