"""`settle`: the heart. It makes each reward of a referral what it must be by the facts of now.

Signals, jobs, staff and repairs all call it. Called twice, late, or after events in another order,
it ends in the same books, because it asks `target_of` and posts only the difference.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.rewards import set_off
from oscar_referrals.rewards.case import case_of
from oscar_referrals.rewards.change import Change
from oscar_referrals.rewards.decide_reward import decide_reward
from oscar_referrals.rewards.entitlements import entitlements_of
from oscar_referrals.rewards.facts import facts_of
from oscar_referrals.rewards.failures import NO_FAILURE
from oscar_referrals.rewards.given import entitlements_of_gift, is_given
from oscar_referrals.rewards.limited import Limiter
from oscar_referrals.rewards.locked import VouchersChanged, lock
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.rebook import Move, rebook
from oscar_referrals.rewards.recredit import recredit
from oscar_referrals.rewards.settle_next import note_due, settle_later
from oscar_referrals.rewards.tally import Tally

#: A voucher is issued once and deleted rarely; more than one new start in a row is a fault.
ATTEMPTS = 5


def settle(
    referral_id: int,
    *,
    now: datetime | None = None,
    actor: Any = None,
    again: Iterable[int] = (),
) -> list[Reward]:
    """Bring the referral, its rewards and the books to what the facts of now call for.

    ``again`` names limited rewards that are asked once more whether they fit their limits.
    Returns the rewards of both sides. All or nothing, and nothing at all when nothing changed.
    Raises Referral.DoesNotExist, NotIssuable when a reward that is due can't be handed out, and
    whatever the shop's ``ORDER_FACTS`` raises; `settle_due_at` then stays as it was.
    """
    moment = now or timezone.now()
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return _settle(referral_id, moment, actor, again)
        except VouchersChanged:
            continue
    raise VouchersChanged(f"The vouchers of referral {referral_id} kept changing")


def _settle(referral_id: int, now: datetime, actor: Any, again: Iterable[int]) -> list[Reward]:
    referral, rewards = lock(referral_id)
    order = facts_of(
        referral.order,
        number=referral.order_number,
        currency=referral.currency,
        total=referral.order_total,
    )
    decisions: list[Decision] = []
    credit = recredit(referral, order, decisions, now, actor)
    case = case_of(referral, order, rewards)
    changes = []
    limiter = Limiter(referral, now=now, again=again)
    tally = Tally(referral, rewards, order=order, credit=credit, now=now)
    case = tally.complete(case)
    concerned = tally.misled()
    entitlements = (
        entitlements_of_gift(referral, rewards)
        if is_given(referral)
        else entitlements_of(referral, rewards, case)
    )
    for entitlement in entitlements:
        change, decided = decide_reward(entitlement, credit, limiter, now, actor)
        change.save()
        concerned |= _carry_out(change, now)
        changes.append(change)
        decisions += decided
    _post(changes, now)
    decisions += limiter.alerts()
    Decision.objects.bulk_create(decisions)
    _keep_appointment(referral, changes, tally, now, changed=bool(decisions))
    for change in changes:
        change.announce()
    missed = note_due(concerned, now)
    if missed:
        transaction.on_commit(partial(settle_later, missed, now))
    return [change.reward for change in changes]


def _carry_out(change: Change, now: datetime) -> set[int]:
    """Write what is set off, or no longer is; the referrals that this concerns.

    Among them may be the reward's own: another reward of it was looked at before.
    """
    reward, target = change.reward, change.target
    set_off.carry_out(reward, change.set_offs, now)
    concerned = {debt.referral_id for debt, _amount in change.set_offs}
    if change.had_set_offs:
        concerned.update(set_off.take_back_payments(reward, target.netted))
        room = target.clawback - target.written_off
        concerned.update(set_off.return_payments(reward, room))
    return concerned


def _post(changes: list[Change], now: datetime) -> None:
    moves = [
        Move(reward=change.reward, event=change.event, reason=change.target.reason)
        for change in changes
    ]
    rebook(moves, now=now, also=[loss for change in changes for loss in change.losses])


def _keep_appointment(
    referral: Referral, changes: list[Change], tally: Tally, now: datetime, *, changed: bool
) -> None:
    """Note when time alone may change something next, so that the periodic work comes back."""
    moments = [change.target.due_at for change in changes] + [tally.due_at]
    due_at = min((moment for moment in moments if moment is not None), default=None)
    values: dict[str, Any] = {name: getattr(referral, name) for name in tally.changed}
    if changed or values or due_at != referral.settle_due_at or referral.settled_at is None:
        values |= {"settled_at": now, "settle_due_at": due_at}
    if referral.settle_error:
        values |= NO_FAILURE
    if values:
        for name, value in values.items():
            setattr(referral, name, value)
        referral.save(update_fields=list(values))
