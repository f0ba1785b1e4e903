"""Paying with credit: from the moment a payment begins until its order is placed.

What was set aside becomes part of a payment before money moves (`begin`), and part of the order in
Oscar's own transaction (`capture`). Capturing asks for nothing that could be refused: the lots hold
the amount already.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Referral
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.credit.loss import change_of_loss
from oscar_referrals.rewards.credit.lots import OPEN, can_be_spent, lock_lots
from oscar_referrals.rewards.credit.wallet import CreditRefused, give_back
from oscar_referrals.rewards.ledger import post
from oscar_referrals.rewards.models import CreditUse, Reward

State = CreditUse.State


@transaction.atomic
def begin(
    *, basket_id: int, order_number: str, currency: str, amount: int, now: datetime | None = None
) -> int:
    """Make ``amount`` of what is set aside for a basket part of the payment of an order.

    Returns the amount that pays: once it has begun, the same again for the same order, whatever
    is asked. What the basket holds beyond it is given back. Raises CreditRefused (CREDIT_SHORT),
    and changes nothing, when the basket holds less by now, or in another currency.
    """
    moment = now or timezone.now()
    begun = _of_order(order_number)
    if begun:
        return sum(use.amount for use in begun)
    held = CreditUse.objects.filter(basket=basket_id, state__in=OPEN)
    lots = lock_lots(Q(pk__in=held.values("reward")))
    begun = _of_order(order_number)
    if begun:
        return sum(use.amount for use in begun)
    uses = list(held.filter(reward__in=lots).order_by("pk"))
    good = [
        use
        for use in uses
        if lots[use.reward_id].currency == currency and can_be_spent(lots[use.reward_id], moment)
    ]
    if sum(use.amount for use in good) < amount or amount <= 0:
        raise CreditRefused(reasons.CREDIT_SHORT, spendable=sum(use.amount for use in good))
    # The lots that expire first were set aside first, and are paid with first.
    missing = amount
    for use in good:
        paid = min(use.amount, missing)
        missing -= paid
        if paid:
            _begin_use(use, lots[use.reward_id], paid, order_number, moment)
    give_back(lots, [use for use in uses if use.state != State.PAYING], moment)
    return amount


def reopen(*, basket_id: int, now: datetime | None = None) -> int:
    """The payment of a basket failed: what was paying is merely set aside again; how many rows.

    What had been given up for lost belongs to no payment any more. Nothing happens unless the
    database has the basket open: a request that loaded it before it was frozen must not take the
    credit out of the payment that another request has begun since.
    """
    basket_model = get_model("basket", "Basket")
    basket = basket_model._default_manager.filter(pk=basket_id, status=basket_model.OPEN)
    uses = CreditUse.objects.filter(basket__in=basket.values("pk"))
    uses.filter(state=State.RELEASED).exclude(order_number="").update(order_number="")
    return uses.filter(state=State.PAYING).update(
        state=State.RESERVED, order_number="", changed_at=now or timezone.now()
    )


@transaction.atomic
def capture(*, order_number: str, now: datetime | None = None) -> int:
    """Record that an order was paid with the credit of its payment; how much, 0 if it was before.

    Runs inside Oscar's transaction and takes the locks in the order of `settle`: the referrals,
    which it notes as due, then the lots. The books follow when they are settled. What was given up
    for lost in the meantime is taken up again, and booked as a loss where it was spent elsewhere.
    """
    moment = now or timezone.now()
    waiting = CreditUse.objects.filter(order_number=order_number).exclude(state=State.CAPTURED)
    of_lots = Referral.objects.filter(rewards__in=waiting.values("reward"))
    referrals = Referral.objects.select_for_update(no_key=True).filter(pk__in=of_lots.values("pk"))
    ids = list(referrals.order_by("pk").values_list("pk", flat=True))
    Referral.objects.filter(pk__in=ids).update(settle_due_at=moment)
    lots = lock_lots(Q(pk__in=waiting.values("reward")))
    captured = 0
    uses = list(waiting.filter(reward__in=lots).order_by("pk"))
    for use in uses:
        captured += _capture_use(use, lots[use.reward_id], moment)
    if uses:
        CreditUse.objects.bulk_update(uses, ["state", "restored", "changed_at"])
        Reward.objects.bulk_update(lots.values(), ["reserved", "used"])
    return captured


@transaction.atomic
def abandon(*, order_number: str, now: datetime | None = None) -> int:
    """An order was paid without the credit that was begun for it: the owner has that again.

    How much was still set aside for it.
    """
    begun = CreditUse.objects.filter(order_number=order_number).exclude(state=State.CAPTURED)
    lots = lock_lots(Q(pk__in=begun.values("reward")))
    uses = list(begun.filter(reward__in=lots))
    begun.filter(state=State.RELEASED).update(order_number="")
    paying = [use for use in uses if use.state == State.PAYING]
    for use in paying:
        use.order_number = ""
    give_back(lots, paying, now or timezone.now())
    return sum(use.amount for use in paying)


@dataclass(frozen=True, kw_only=True)
class Held:
    """What a basket holds, in minor units."""

    #: Of it, what can be spent as things are now.
    reserved: int = 0
    #: Its payment has begun, or was given up for lost.
    in_payment: bool = False


def held_by(basket_id: int, *, now: datetime | None = None) -> Held:
    """What a basket holds now. One query."""
    moment = now or timezone.now()
    begun = Q(state=State.PAYING) | Q(state=State.RELEASED) & ~Q(order_number="")
    uses = list(
        CreditUse.objects.filter(Q(state=State.RESERVED) | begun, basket=basket_id).select_related(
            "reward"
        )
    )
    return Held(
        reserved=sum(
            use.amount
            for use in uses
            if use.state == State.RESERVED and can_be_spent(use.reward, moment)
        ),
        in_payment=any(use.state != State.RESERVED for use in uses),
    )


def used_for(order_number: str) -> int:
    """What an order was paid with by credit, given back or not."""
    uses = CreditUse.objects.filter(order_number=order_number, state=State.CAPTURED)
    return sum(uses.values_list("amount", flat=True))


def _of_order(order_number: str) -> list[CreditUse]:
    """What was begun for an order; also what was given up since, for the money may have moved."""
    return list(CreditUse.objects.filter(order_number=order_number).order_by("pk"))


def _begin_use(use: CreditUse, lot: Reward, paid: int, order_number: str, now: datetime) -> None:
    # What is beyond is given back with the lot, when the others are.
    lot.reserved -= use.amount - paid
    use.state, use.amount, use.order_number, use.changed_at = (
        State.PAYING,
        paid,
        order_number,
        now,
    )
    use.save(update_fields=["state", "amount", "order_number", "changed_at"])


def _capture_use(use: CreditUse, lot: Reward, now: datetime) -> int:
    """Set what the use and its lot say from now on; the caller writes all of them at once."""
    amount = use.amount
    if use.state == State.RELEASED:
        lost = amount - min(amount, _room(lot))
        if lost:
            post(bookings=change_of_loss(lot, use.order_number, lost), now=now)
        use.restored = lost
        lot.used += amount - lost
    else:
        lot.reserved -= amount
        lot.used += amount
    use.state, use.changed_at = State.CAPTURED, now
    return amount


def _room(lot: Reward) -> int:
    """What the row can still carry, whatever its state: what had been promised was paid with."""
    return max(0, lot.amount + lot.adjusted - lot.netted - lot.reserved - lot.used)
