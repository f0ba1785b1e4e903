"""A discount that a second order got from a reward which another order has spent: a loss.

The shopper keeps what was charged and shown. The loss stands as long as that order stands and has
the discount from nowhere else: once it is undone, or has become the order that the reward was spent
with, the loss is taken back by an entry of its own, and booked again should that change again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from oscar_referrals.attribution.models import Decision
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.facts import FactsByNumber
from oscar_referrals.rewards.ledger import LOSS, LOSS_REVERSAL, Booking, post
from oscar_referrals.rewards.models import LedgerAccount, LedgerEntry, Posting, Reward
from oscar_referrals.rewards.target import RULE_VERSION


@transaction.atomic
def book_loss(
    *, reward: Reward, order_number: str, amount: int, now: datetime | None = None
) -> None:
    """Book a discount that ``order_number`` got from a reward another order has spent.

    ``amount`` is in minor units of the reward's currency. Booked once per order, whoever asks, and
    a decision says so. Raises LedgerConflict when it was booked with another amount.
    """
    if not amount:
        return
    moment = now or timezone.now()
    booking = loss_of(reward, order_number, amount)
    known = LedgerEntry.objects.filter(key=booking.key).exists()
    post(bookings=[booking], now=moment)
    if not known:
        Decision.objects.create(
            program=reward.program,
            referral=reward.referral,
            subject=reward.key,
            order_number=order_number,
            verdict=Decision.Verdict.LIMITED,
            reason=reasons.SPENT_TWICE,
            inputs={"loss": amount, "spent_with": reward.spent_order_number},
            rule_version=RULE_VERSION,
            decided_at=moment,
        )


def loss_of(reward: Reward, order_number: str, amount: int, *, time: int = 0) -> Booking:
    """The booking of such a loss; ``time`` counts how often it was taken back before."""
    return _booking(LOSS, reward, order_number, amount, reasons.SPENT, time)


@dataclass
class Loss:
    """What is booked of one order: the amount of the last loss, and how often each way."""

    amount: int = 0
    booked: int = 0
    taken_back: int = 0

    @property
    def stands(self) -> bool:
        """It is booked and not taken back."""
        return self.booked > self.taken_back


def changed_losses(
    reward: Reward, known: dict[str, Loss], orders: FactsByNumber
) -> Iterator[Booking]:
    """What separates the losses in the books from what they must be now; ``known`` are those that
    were ever booked. An order that was deleted tells nothing new, so what is booked of it stays."""
    for number, loss in known.items():
        facts = orders[number]
        if not facts.exists:
            continue
        has_it = number == reward.spent_order_number
        if loss.stands and (facts.undone or has_it):
            reason = reasons.SPENT if has_it else facts.undone
            yield _booking(LOSS_REVERSAL, reward, number, -loss.amount, reason, loss.taken_back)
        elif not (loss.stands or facts.undone or has_it):
            yield loss_of(reward, number, loss.amount, time=loss.taken_back)


def _booking(
    event: str, reward: Reward, order_number: str, amount: int, reason: str, time: int
) -> Booking:
    expense, redeemed = LedgerAccount.Kind.EXPENSE.value, LedgerAccount.Kind.REDEEMED.value
    key = f"{event}:{order_number}:{_suffix(reward)}"
    return Booking(
        key=f"{key}:{time}" if time else key,
        reward=reward,
        event=event,
        reason=reason,
        legs={(expense, reward.currency): amount, (redeemed, reward.currency): -amount},
    )


def _suffix(reward: Reward) -> str:
    return f"{reward.incentive_id}:{reward.side}"


def known_losses(reward: Reward) -> dict[str, Loss]:
    """The losses of a reward by the order that caused them, oldest first; one query."""
    legs = (
        Posting.objects.filter(
            entry__reward=reward,
            entry__event__in=(LOSS, LOSS_REVERSAL),
            account__kind=LedgerAccount.Kind.EXPENSE,
        )
        .order_by("entry")
        .values_list("entry__key", "entry__event", "amount")
    )
    found: dict[str, Loss] = {}
    for key, event, amount in legs:
        number = key[len(event) + 1 :].rpartition(f":{_suffix(reward)}")[0]
        loss = found.setdefault(number, Loss())
        if event == LOSS:
            loss.amount, loss.booked = amount, loss.booked + 1
        else:
            loss.taken_back += 1
    return found
