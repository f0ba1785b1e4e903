"""Credit that comes back to its owner, because the order it paid for was undone or refunded.

It keeps its original expiry, or buying and cancelling would renew it; where the shop cancelled the
order there are at least ``CREDIT_GRACE`` more days. An order that comes back to life was paid with
the credit again; what was spent elsewhere meanwhile is a loss.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from oscar_referrals import conf
from oscar_referrals.attribution.models import Decision
from oscar_referrals.rewards.credit.loss import change_of_loss
from oscar_referrals.rewards.facts import FactsByNumber, OrderFacts
from oscar_referrals.rewards.ledger import Booking
from oscar_referrals.rewards.models import CreditUse, Reward
from oscar_referrals.rewards.said import said_of_restored
from oscar_referrals.rewards.target import RULE_VERSION


@dataclass
class Restored:
    """What became of the uses of one lot."""

    losses: list[Booking] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)


def shares_back(uses: Sequence[tuple[int, int]], order: OrderFacts) -> dict[int, int] | None:
    """What each use of one order gives back, by its id; None where the order is gone. Pure.

    ``uses`` are ids and amounts in the order in which they were spent. An undone order gives all
    back, a partial refund what was refunded to the credit, what was spent last first: that expires
    last. Computed from the sum of all refunds, never from one of them.
    """
    if not order.exists:
        return None
    rest = sum(amount for _pk, amount in uses) if order.undone else order.credit_refunded
    shares = {}
    for pk, amount in reversed(uses):
        shares[pk] = min(amount, max(0, rest))
        rest -= shares[pk]
    return shares


def settle_uses(lot: Reward, *, actor: Any, now: datetime) -> Restored:
    """Give back what orders no longer need of the lot, or take it again, by the facts of now.

    Sets fields of ``lot``, which the caller has locked and saves; writes the uses.
    """
    found = Restored()
    if lot.pk is None or lot.available_at is None:
        return found
    orders = FactsByNumber(lot.currency)
    captured = CreditUse.objects.filter(state=CreditUse.State.CAPTURED)
    changed = []
    for use in captured.filter(reward=lot).order_by("pk"):
        order = orders[use.order_number]
        of_order = captured.filter(order_number=use.order_number).order_by("pk")
        shares = shares_back(list(of_order.values_list("pk", "amount")), order)
        if shares is None:
            continue
        # What never came out of the lot counts as given back: what is refunded may be just that.
        if shares[use.pk] or use.restored:
            changed.append((use, shares[use.pk], order))
    # What comes back first: an order that comes back to life may need it.
    for use, wanted, order in sorted(changed, key=lambda item: item[1] < item[0].restored):
        _change(use, lot, wanted, order, found, actor, now)
    return found


def _change(
    use: CreditUse,
    lot: Reward,
    wanted: int,
    order: OrderFacts,
    found: Restored,
    actor: Any,
    now: datetime,
) -> None:
    before, expires_at = use.restored, lot.expires_at
    if wanted > before:
        use.restored = wanted
    else:
        room = lot.amount + lot.adjusted - lot.netted - lot.reserved - lot.used
        use.restored = before - max(0, min(before - wanted, room))
    # What the order still has and the lot can't give.
    losses = change_of_loss(lot, use.order_number, max(0, use.restored - wanted)) if before else []
    if use.restored != before:
        lot.used += before - use.restored
        use.changed_at = now
        use.save(update_fields=["restored", "changed_at"])
    if order.cancelled and use.restored == wanted and expires_at is not None:
        # From when it came back, so that it is the same whether a refund was recorded before.
        lot.expires_at = max(expires_at, use.changed_at + conf.get().CREDIT_GRACE)
    if losses or use.restored != before or lot.expires_at != expires_at:
        found.losses += losses
        found.decisions.append(_decision(use, lot, before, wanted, order, actor, now))


def _decision(
    use: CreditUse,
    lot: Reward,
    before: int,
    wanted: int,
    order: OrderFacts,
    actor: Any,
    now: datetime,
) -> Decision:
    said = said_of_restored(before=before, wanted=wanted, restored=use.restored)
    return Decision(
        program=lot.program,
        referral=lot.referral,
        subject=lot.key,
        order_number=use.order_number,
        verdict=said.verdict,
        reason=said.reason,
        inputs={
            "credit": use.amount,
            "given_back_before": before,
            "given_back": use.restored,
            "wanted": wanted,
            "undone": order.undone,
            "credit_refunded": order.credit_refunded,
        },
        rule_version=RULE_VERSION,
        actor=actor,
        decided_at=now,
    )
