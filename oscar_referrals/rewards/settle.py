"""`settle`: the heart. It makes each reward of a referral what it must be by the facts of now.

Signals, jobs, staff and repairs all call it. Called twice, late, or after events in another order,
it ends in the same books, because it asks `target_of` and posts only the difference.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from oscar_referrals import signals
from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.books import difference, position_of
from oscar_referrals.rewards.change import Change
from oscar_referrals.rewards.entitlements import Entitlement, entitlements_of
from oscar_referrals.rewards.facts import OrderFacts, facts_of
from oscar_referrals.rewards.ledger import Booking, entry_counts, positions, post
from oscar_referrals.rewards.locked import VouchersChanged, lock
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.replay import as_inputs
from oscar_referrals.rewards.spending import restore, spending_of
from oscar_referrals.rewards.target import RULE_VERSION, Credit, RewardFacts, credit_of, target_of

#: A voucher is issued once and deleted rarely; more than one new start in a row is a fault.
ATTEMPTS = 5


def settle(referral_id: int, *, now: datetime | None = None, actor: Any = None) -> list[Reward]:
    """Bring the referral, its rewards and the books to what the facts of now call for.

    Returns the rewards of both sides. All or nothing, and nothing at all when nothing changed.
    Raises Referral.DoesNotExist, NotIssuable when a reward that is due can't be handed out, and
    whatever the shop's ``ORDER_FACTS`` raises; `settle_due_at` then stays as it was.
    """
    moment = now or timezone.now()
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return _settle(referral_id, moment, actor)
        except VouchersChanged:
            continue
    raise VouchersChanged(f"The vouchers of referral {referral_id} kept changing")


def _settle(referral_id: int, now: datetime, actor: Any) -> list[Reward]:
    referral, rewards = lock(referral_id)
    order = facts_of(
        referral.order,
        number=referral.order_number,
        currency=referral.currency,
        total=referral.order_total,
    )
    decisions: list[Decision] = []
    credit = _credit(referral, order, decisions, now, actor)
    changes = []
    for entitlement in entitlements_of(referral, rewards):
        change, decided = _change(entitlement, credit, order, now, actor)
        change.save()
        changes.append(change)
        decisions += decided
    _post(changes, now)
    Decision.objects.bulk_create(decisions)
    _keep_appointment(referral, changes, now, changed=bool(decisions))
    for change in changes:
        change.announce()
    return [change.reward for change in changes]


def _credit(
    referral: Referral, order: OrderFacts, decisions: list[Decision], now: datetime, actor: Any
) -> Credit:
    """Let the referral go, or credit it again, as its order calls for."""
    before = Credit(state=referral.state, reason=referral.reason)
    credit = credit_of(before, order)
    if credit != before and credit.state == Referral.State.BOUND and not _rebind(referral, credit):
        credit = Credit(state=Referral.State.RELEASED, reason=reasons.ALREADY_REFERRED)
    if credit == before:
        return credit
    referral.state, referral.reason = credit.state, credit.reason
    referral.save(update_fields=["state", "reason"])
    bound = credit.state == Referral.State.BOUND
    decisions.append(
        Decision(
            program=referral.program,
            referral=referral,
            subject=f"referral:{referral.order_number}",
            order_number=referral.order_number,
            verdict=Decision.Verdict.GRANTED if bound else Decision.Verdict.REFUSED,
            reason=credit.reason,
            inputs={"before": before.state, "undone": order.undone, "exists": order.exists},
            rule_version=RULE_VERSION,
            actor=actor,
            decided_at=now,
        )
    )
    if bound:
        signals.announce(signals.referral_made, referral=referral)
    else:
        signals.announce(signals.referral_lost, referral=referral, reason=credit.reason)
    return credit


def _rebind(referral: Referral, credit: Credit) -> bool:
    """Credit it again, unless another order of this friend is credited by now."""
    try:
        with transaction.atomic():
            Referral.objects.filter(pk=referral.pk).update(state=credit.state)
    except IntegrityError:
        return False
    return True


def _change(
    entitlement: Entitlement, credit: Credit, order: OrderFacts, now: datetime, actor: Any
) -> tuple[Change, list[Decision]]:
    """What becomes of one reward, and the decisions that say why."""
    referral = entitlement.referral
    change = Change(entitlement)
    reward = change.reward
    spending = spending_of(reward, actor=actor, now=now)
    change.losses, decisions = spending.losses, spending.decisions
    facts = RewardFacts(
        state=reward.state,
        reason=reward.reason,
        created_at=referral.created_at,
        hold_until=reward.hold_until,
        available_at=reward.available_at,
        expires_at=reward.expires_at,
        spent=bool(reward.spent_order_number) and not entitlement.is_friends,
    )
    rules = entitlement.rules(credit)
    target = target_of(facts, order, spending.order, rules, now)
    if target.unspent:
        decisions.append(restore(reward, actor=actor, now=now))
    change.apply(target)
    # After a reward was given back, the story goes on with what that made of it.
    if decisions or (facts.state, facts.reason) != (target.state, target.reason):
        decisions.append(
            Decision(
                program=referral.program,
                referral=referral,
                subject=reward.key,
                order_number=reward.spent_order_number or referral.order_number,
                verdict=change.verdict,
                reason=target.reason,
                inputs=as_inputs(facts, order, spending.order, rules, now),
                rule_version=RULE_VERSION,
                actor=actor,
                decided_at=now,
            )
        )
    return change, decisions


def _post(changes: list[Change], now: datetime) -> None:
    """Post what separates the books from where the rewards stand now; nothing if nothing does."""
    rewards = [change.reward for change in changes]
    actual = positions(rewards)
    legs = {
        change.reward.pk: difference(
            position_of(
                state=change.target.state,
                worth=change.worth,
                use=change.use,
                currency=change.reward.currency,
            ),
            actual[change.reward.pk],
        )
        for change in changes
    }
    moved = [change for change in changes if legs[change.reward.pk]]
    bookings = [loss for change in changes for loss in change.losses]
    counts = entry_counts(change.reward for change in moved) if moved else {}
    for change in moved:
        number = counts.get(change.reward.pk, 0)
        business = change.entitlement.business
        bookings.append(
            Booking(
                key=f"{change.event}:{business}:{number}" if number else f"reward:{business}",
                reward=change.reward,
                event=change.event,
                reason=change.target.reason,
                legs=legs[change.reward.pk],
            )
        )
    if bookings:
        post(bookings=bookings, now=now)


def _keep_appointment(
    referral: Referral, changes: list[Change], now: datetime, *, changed: bool
) -> None:
    """Note when time alone may change something next, so that the periodic work comes back."""
    moments = [change.target.due_at for change in changes if change.target.due_at is not None]
    due_at = min(moments, default=None)
    if changed or due_at != referral.settle_due_at or referral.settled_at is None:
        referral.settled_at = now
        referral.settle_due_at = due_at
        referral.save(update_fields=["settled_at", "settle_due_at"])
