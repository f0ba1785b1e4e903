"""The order that a reward was spent with: what is known of it, and what if it is undone.

A reward whose spending order is cancelled or refunded in full is the owner's again, with its
original expiry; but if a second order got its discount, which was a loss until then, that order has
it. Should that order come back to life, it has the discount again, so the decision
that gave the reward back remembers it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from oscar_referrals.attribution.models import Decision
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.credit.lots import is_lot
from oscar_referrals.rewards.credit.restore import settle_uses
from oscar_referrals.rewards.facts import FactsByNumber, OrderFacts
from oscar_referrals.rewards.ledger import Booking
from oscar_referrals.rewards.losses import changed_losses, known_losses, loss_of
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.target import RULE_VERSION


@dataclass
class Spending:
    """Which order has spent a reward, by the facts of now."""

    #: None if none has.
    order: OrderFacts | None = None
    #: Discounts of other orders that stand as well, to be booked; and those that no longer do.
    losses: list[Booking] = field(default_factory=list)
    #: What was decided on the way.
    decisions: list[Decision] = field(default_factory=list)

    @property
    def undone(self) -> str:
        """Why the order no longer has it, as a reason code; empty if it does."""
        return self.order.undone if self.order is not None else ""


def spending_of(reward: Reward, *, actor: Any, now: datetime) -> Spending:
    """Find the order that has the reward's discount, and put it on the row.

    The order on the row has it, unless it was undone and another stands: one that had been undone
    before, or one that got the discount as a loss. Each further order that stands is a loss. Of
    credit several orders have a part each: see `credit.restore`.
    """
    found = Spending()
    if is_lot(reward):
        restored = settle_uses(reward, actor=actor, now=now)
        return Spending(losses=restored.losses, decisions=restored.decisions)
    if reward.pk is None or reward.available_at is None:
        return found
    orders = FactsByNumber(reward.currency)
    if reward.spent_order_number:
        found.order = orders[reward.spent_order_number]
    for decision in _given_back(reward):
        number, amount = decision.order_number, decision.inputs["amount"]
        again = orders[number]
        if number == reward.spent_order_number or not again.exists or again.undone:
            continue
        if found.order is not None and not found.order.undone:
            if amount:
                found.losses.append(loss_of(reward, number, amount))
            continue
        _give_to(again, amount, reward, found, actor, now)
    known = known_losses(reward)
    if found.order is None or found.order.undone:
        for number, loss in known.items():
            other = orders[number]
            if other.exists and not other.undone:
                _give_to(other, loss.amount, reward, found, actor, now)
                break
    found.losses += changed_losses(reward, known, orders)
    return found


def _give_to(
    order: OrderFacts, amount: int, reward: Reward, found: Spending, actor: Any, now: datetime
) -> None:
    """Let ``order`` be what the reward was spent with, instead of one that was undone."""
    if found.order is not None:
        undone = found.order.undone
        found.decisions.append(restore(reward, undone=undone, actor=actor, now=now))
    reward.spent_order_number, reward.spent_amount, reward.spent_at = order.number, amount, now
    reward.basket, reward.basket_since = None, None
    found.order = order


def restore(reward: Reward, *, undone: str, actor: Any, now: datetime) -> Decision:
    """Take the spending off the row; returns the decision, not saved, that remembers it.

    ``undone`` is why the order it was spent with no longer has it, as a reason code.
    """
    decision = Decision(
        program=reward.program,
        referral=reward.referral,
        subject=reward.key,
        order_number=reward.spent_order_number,
        verdict=Decision.Verdict.GRANTED,
        reason=reasons.RESTORED,
        inputs={"amount": reward.spent_amount, "undone": undone},
        rule_version=RULE_VERSION,
        actor=actor,
        decided_at=now,
    )
    reward.spent_order_number, reward.spent_amount, reward.spent_at = "", None, None
    return decision


def _given_back(reward: Reward) -> list[Decision]:
    """Each order whose undoing gave the reward back, the latest first."""
    decisions = Decision.objects.filter(
        referral=reward.referral_id,
        subject=reward.key,
        reason=reasons.RESTORED,
        inputs__has_key="amount",
    )
    by_order = {decision.order_number: decision for decision in decisions.order_by("pk")}
    return sorted(by_order.values(), key=lambda decision: -decision.pk)
