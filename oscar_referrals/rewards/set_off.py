"""Setting later rewards off against what earlier ones owe back: never a debt to collect.

All of it happens under the lock of the advocate's row, which `settle` holds. Only what becomes
available from now on is set off; what was handed out before is left alone.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from oscar_referrals.rewards.models import Reward, SetOff

#: What a new reward pays of each debt, in the order in which they arose.
Plan = list[tuple[Reward, int]]


def plan(reward: Reward, room: int) -> Plan:
    """What ``reward`` can pay of its advocate's open clawbacks with ``room`` minor units."""
    found: Plan = []
    if room <= 0 or reward.advocate_id is None:
        return found
    debts = (
        Reward.objects.filter(
            advocate=reward.advocate_id, currency=reward.currency, clawback__gt=F("written_off")
        )
        .exclude(pk=reward.pk)
        .annotate(paid=Coalesce(Sum("set_offs__amount"), 0))
        .order_by("clawback_since", "pk")
    )
    for debt in debts:
        amount = min(room, debt.clawback - debt.written_off - debt.paid)
        if amount > 0:
            found.append((debt, amount))
            room -= amount
    return found


def carry_out(reward: Reward, planned: Plan, now: datetime) -> None:
    """Write the plan of a reward that is saved by now."""
    for debt, amount in planned:
        changed = SetOff.objects.filter(debt=debt, by=reward).update(amount=F("amount") + amount)
        if not changed:
            SetOff.objects.create(debt=debt, by=reward, amount=amount, made_at=now)


def paid_by(reward: Reward) -> int:
    """What the reward has paid of others' clawbacks. A query only if it has paid any."""
    return _sum(SetOff.objects.filter(by=reward)) if reward.netted else 0


def paid_to(reward: Reward) -> int:
    """What others have paid of the reward's clawback. A query only if it has one."""
    return _sum(SetOff.objects.filter(debt=reward)) if reward.clawback else 0


def with_payments(rewards: QuerySet[Reward]) -> QuerySet[Reward]:
    """The rewards, each with ``paid_back``: what later ones have paid of its clawback, or None."""
    paid = SetOff.objects.filter(debt=OuterRef("pk")).order_by().values("debt")
    return rewards.annotate(paid_back=Subquery(paid.annotate(all=Sum("amount")).values("all")))


def take_back_payments(reward: Reward, keep: int) -> list[int]:
    """Let ``reward`` pay no more than ``keep``; the referrals whose clawbacks are open again."""
    return _shrink(SetOff.objects.filter(by=reward).select_related("debt"), keep, "debt")


def return_payments(reward: Reward, keep: int) -> list[int]:
    """Let no more than ``keep`` be paid to ``reward``; the referrals that have room again."""
    return _shrink(SetOff.objects.filter(debt=reward).select_related("by"), keep, "by")


def _shrink(rows: QuerySet[SetOff], keep: int, other: str) -> list[int]:
    excess = _sum(rows) - keep
    touched = []
    for row in rows.order_by("-pk"):
        if excess <= 0:
            break
        less = min(excess, row.amount)
        if less == row.amount:
            row.delete()
        else:
            row.amount -= less
            row.save(update_fields=["amount"])
        touched.append(getattr(row, other).referral_id)
        excess -= less
    return touched


def _sum(rows: QuerySet[SetOff]) -> int:
    total: int = rows.order_by().aggregate(total=Coalesce(Sum("amount"), 0))["total"]
    return total
