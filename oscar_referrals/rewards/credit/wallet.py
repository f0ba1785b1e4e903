"""The wallet: what its owner can spend, and setting a part of it aside for a basket.

A balance is the sum of its lots (see `lots`), in one currency; no currency pays for another (I10).
Amounts are in minor units. What is set aside is posted in the books at once, in a transaction of
its own, so that they agree with the rows at any time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Greatest
from django.utils import timezone

from oscar_referrals.programs import reasons
from oscar_referrals.rewards.credit.lots import (
    OPEN,
    available_to,
    can_be_spent,
    lock_lots,
    soonest_first,
    unexpired,
    whole_kinds,
)
from oscar_referrals.rewards.kinds import kind_of
from oscar_referrals.rewards.models import CreditUse, Reward
from oscar_referrals.rewards.rebook import Move, rebook

RESERVE, RELEASE = "reserve", "release"


class CreditRefused(Exception):
    """The credit can't be used so. `reason` is a code of `programs.reasons`."""

    def __init__(self, reason: str, *, spendable: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        #: What could be used now, in minor units.
        self.spendable = spendable


@dataclass(frozen=True, kw_only=True)
class Balance:
    """One person's credit in one currency, in minor units."""

    currency: str
    spendable: int = 0
    #: Set aside for baskets and payments.
    reserved: int = 0
    #: Earned, but not available yet.
    pending: int = 0


def balance(*, owner_id: int, currency: str, now: datetime | None = None) -> Balance:
    """The balance of one person in one currency. One query."""
    found = balances(owner_id=owner_id, currency=currency, now=now)
    return found[0] if found else Balance(currency=currency)


def balances(
    *, owner_id: int, currency: str | None = None, now: datetime | None = None
) -> list[Balance]:
    """A balance for each currency in which the person ever had credit, by its code. One query."""
    net = F("amount") + F("adjusted") - F("reduced")
    left = Greatest(net - F("netted") - F("reserved") - F("used"), 0)
    available = Q(state=Reward.State.AVAILABLE) & unexpired(now or timezone.now())
    rows = (
        rewards_of(owner_id)
        .filter(Q(currency=currency) if currency else Q())
        .order_by("currency")
        .values_list("currency", "kind")
        .annotate(
            spendable=Sum(left, filter=available, default=0),
            held=Sum("reserved"),
            pending=Sum(Greatest(net, 0), filter=Q(state=Reward.State.PENDING), default=0),
        )
    )
    sums: dict[str, list[int]] = {}
    for code, kind, *figures in rows:
        if kind_of(kind).divisible:
            known = sums.setdefault(code, [0, 0, 0])
            sums[code] = [a + b for a, b in zip(known, figures, strict=True)]
    return [
        Balance(currency=code, spendable=spendable, reserved=reserved, pending=pending)
        for code, (spendable, reserved, pending) in sums.items()
    ]


def rewards_of(owner_id: int) -> QuerySet[Reward]:
    """All that was ever given to a person and may be a lot: a shop's own kinds have to be asked."""
    return Reward.objects.filter(owner=owner_id, unit=F("currency")).exclude(kind__in=whole_kinds())


@transaction.atomic
def reserve(
    *,
    owner_id: int,
    basket_id: int,
    currency: str,
    amount: int | None = None,
    now: datetime | None = None,
) -> int:
    """Set ``amount`` of the owner's credit (None: all of it) aside for a basket; how much it is.

    What the basket held before is replaced; nothing is written where that would be the same again.
    Taken from what expires first. Raises CreditRefused
    with CREDIT_SHORT, and changes nothing, when there is less than ``amount``; with
    REWARD_IN_PAYMENT when the basket is being paid.
    """
    moment = now or timezone.now()
    before = Q(pk__in=CreditUse.objects.filter(basket=basket_id, state__in=OPEN).values("reward"))
    own = available_to(owner_id=owner_id, currency=currency, now=moment)
    lots = lock_lots(own | before)
    uses = open_uses(basket_id)
    if any(use.state == CreditUse.State.PAYING for use in uses):
        raise CreditRefused(reasons.REWARD_IN_PAYMENT)
    held = {use.reward_id: use for use in uses}
    for lot in lots.values():
        if lot.pk in held:
            lot.reserved -= held[lot.pk].amount
    usable = [
        lot
        for lot in soonest_first(lots.values())
        if lot.owner_id == owner_id and lot.currency == currency and can_be_spent(lot, moment)
    ]
    spendable = sum(lot.left for lot in usable)
    wanted = spendable if amount is None else amount
    if wanted > spendable:
        raise CreditRefused(reasons.CREDIT_SHORT, spendable=spendable)
    shares = allocate(usable, wanted)
    if shares == {pk: use.amount for pk, use in held.items()}:
        return wanted
    changed = [lot for pk, lot in lots.items() if pk in held or pk in shares]
    for lot in changed:
        _hold(lot, held.get(lot.pk), basket_id, shares.get(lot.pk, 0), moment)
    _write(changed, RESERVE if wanted else RELEASE, moment)
    return wanted


@transaction.atomic
def release(*, basket_id: int, now: datetime | None = None) -> int:
    """Give back what is set aside for a basket whose payment has not begun; how much it was."""
    moment = now or timezone.now()
    held = CreditUse.objects.filter(basket=basket_id, state=CreditUse.State.RESERVED)
    lots = lock_lots(Q(pk__in=held.values("reward")))
    # Read again: somebody may have taken or paid with it while we waited for the locks.
    uses = list(held.filter(reward__in=lots))
    give_back(lots, uses, moment)
    return sum(use.amount for use in uses)


def allocate(lots: Iterable[Reward], wanted: int) -> dict[int, int]:
    """How much of each lot makes up ``wanted``, in the order given, by its id."""
    shares = {}
    for lot in lots:
        share = min(lot.left, wanted)
        if share > 0:
            shares[lot.pk] = share
            wanted -= share
    return shares


def open_uses(basket_id: int) -> list[CreditUse]:
    """What a basket holds, in the order in which it was taken."""
    return list(CreditUse.objects.filter(basket=basket_id, state__in=OPEN).order_by("pk"))


def give_back(lots: dict[int, Reward], uses: Iterable[CreditUse], now: datetime) -> None:
    """Release uses of lots that the caller has locked."""
    for use in uses:
        lots[use.reward_id].reserved -= use.amount
        use.state, use.changed_at = CreditUse.State.RELEASED, now
        use.save(update_fields=["state", "changed_at", "order_number"])
    _write(lots.values(), RELEASE, now)


def _hold(lot: Reward, use: CreditUse | None, basket_id: int, share: int, now: datetime) -> None:
    """Let the basket hold ``share`` of the lot instead of what it held."""
    lot.reserved += share
    if use is None and share:
        CreditUse.objects.create(
            reward=lot,
            basket_id=basket_id,
            state=CreditUse.State.RESERVED,
            amount=share,
            created_at=now,
            changed_at=now,
        )
    elif use is not None:
        if share:
            use.amount = share
        else:
            use.state = CreditUse.State.RELEASED
        use.changed_at = now
        use.save(update_fields=["amount", "state", "changed_at"])


def _write(lots: Collection[Reward], event: str, now: datetime) -> None:
    """Save what baskets hold of the lots, and post it."""
    moves = [Move(reward=lot, event=event, reason="") for lot in lots]
    for lot in lots:
        lot.save(update_fields=["reserved"])
    if moves:
        rebook(moves, now=now)
