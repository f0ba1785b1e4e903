"""`settle`: the heart. It makes each reward of a referral what it must be by the facts of now.

Signals, jobs, staff and repairs all call it. Called twice, late, or after events in another order,
it ends in the same books, because it asks `target_of` and posts only the difference.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from oscar_referrals import signals
from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.programs import reasons
from oscar_referrals.rewards import set_off
from oscar_referrals.rewards.case import case_of
from oscar_referrals.rewards.change import Change
from oscar_referrals.rewards.entitlements import Entitlement, entitlements_of
from oscar_referrals.rewards.facts import OrderFacts, facts_of
from oscar_referrals.rewards.failures import NO_FAILURE
from oscar_referrals.rewards.given import entitlements_of_gift, is_given
from oscar_referrals.rewards.limited import Limiter, limited
from oscar_referrals.rewards.locked import VouchersChanged, lock
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.rebook import Move, rebook
from oscar_referrals.rewards.replay import as_inputs
from oscar_referrals.rewards.said import said_of
from oscar_referrals.rewards.spending import Spending, restore, spending_of
from oscar_referrals.rewards.standing import use_of
from oscar_referrals.rewards.tally import Tally
from oscar_referrals.rewards.target import RULE_VERSION, credit_of, target_of
from oscar_referrals.rewards.verdict import Credit, RewardFacts, Rules, Target

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
    credit = _credit(referral, order, decisions, now, actor)
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
        change, decided = _change(entitlement, credit, limiter, now, actor)
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
    missed = _note_due(concerned, now)
    if missed:
        transaction.on_commit(partial(settle_later, missed, now))
    return [change.reward for change in changes]


def _credit(
    referral: Referral, order: OrderFacts, decisions: list[Decision], now: datetime, actor: Any
) -> Credit:
    """Let the referral go, or credit it again, as its order calls for."""
    before = Credit(state=referral.state, reason=referral.reason)
    credit = credit_of(before, order)
    back = credit != before and credit.state == Referral.State.BOUND
    elsewhere = back and not _rebind(referral, credit)
    if elsewhere:
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
            inputs={
                "before": before.state,
                "before_reason": before.reason,
                "undone": order.undone,
                "exists": order.exists,
                "elsewhere": elsewhere,
            },
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


def _note_due(referral_ids: set[int], now: datetime) -> set[int]:
    """Note that referrals are due, because of what became of this one; those that are locked.

    Part of the transaction, so that nothing is forgotten when the process dies after it. Whoever
    has locked one of them is left alone, or two could wait for each other.
    """
    if not referral_ids:
        return set()
    rows = Referral.objects.filter(pk__in=referral_ids).order_by("pk")
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True, no_key=True)
    free = list(rows.values_list("pk", flat=True))
    Referral.objects.filter(pk__in=free).update(settle_due_at=now)
    return referral_ids - set(free)


def settle_later(referral_ids: Iterable[int], now: datetime) -> None:
    """Note that other referrals are due, which somebody had locked."""
    for pk in sorted(referral_ids):
        Referral.objects.filter(pk=pk).update(settle_due_at=now)


def _change(
    entitlement: Entitlement, credit: Credit, limiter: Limiter, now: datetime, actor: Any
) -> tuple[Change, list[Decision]]:
    """What becomes of one reward, and the decisions that say why."""
    change = Change(entitlement)
    reward, order = change.reward, entitlement.occasion.facts
    spending = spending_of(reward, actor=actor, now=now)
    change.losses, decisions = spending.losses, spending.decisions
    too_much = limiter.growth(entitlement, reward, change.amount_before)
    if too_much is not None:
        change.keep_worth()
    facts = _facts(entitlement, reward)
    rules = limiter.rules(reward, facts, entitlement.rules(credit))
    target = target_of(facts, order, spending.order, rules, now)
    excess = limiter.excess(entitlement, reward, facts, target)
    if excess is not None:
        rules = limited(facts, rules, excess.reason)
        target = target_of(facts, order, spending.order, rules, now)
    handed_out = _becomes_available(facts, target)
    if handed_out:
        change.set_offs = set_off.plan(reward, facts.amount - target.reduced - facts.used)
        paid = sum(amount for _debt, amount in change.set_offs)
        if paid:
            facts = replace(facts, netted=facts.netted + paid)
            target = target_of(facts, order, spending.order, rules, now)
    if target.unspent:
        decisions.append(restore(reward, undone=spending.undone, actor=actor, now=now))
    change.apply(target)
    if too_much is not None and handed_out:
        # Until now it could still have fitted; from now on it is worth what it was.
        stopped = _decision(change, facts, order, spending, rules, now, actor)
        stopped.verdict, stopped.reason = Decision.Verdict.LIMITED, too_much.reason
        stopped.inputs |= {"limit": too_much.as_inputs(), "grown": True}
        decisions.append(stopped)
    # After a reward was given back, the story goes on with what that made of it.
    if decisions or change.changes_worth or _is_news(facts, target):
        decision = _decision(change, facts, order, spending, rules, now, actor)
        decision.inputs |= {"limit": excess.as_inputs()} if excess else {}
        chosen = entitlement.chosen
        decision.inputs |= {"choice": chosen.as_inputs()} if chosen else {}
        decisions.append(decision)
    return change, decisions


def _decision(
    change: Change,
    facts: RewardFacts,
    order: OrderFacts,
    spending: Spending,
    rules: Rules,
    now: datetime,
    actor: Any,
) -> Decision:
    referral, reward, target = change.entitlement.referral, change.reward, change.target
    placed = change.entitlement.occasion.placed
    earned_with = placed.number if placed is not None else referral.order_number
    said = said_of(facts, target, is_worth_else=change.changes_worth)
    return Decision(
        program=referral.program,
        referral=referral,
        subject=reward.key,
        order_number=reward.spent_order_number or earned_with,
        verdict=said.verdict,
        reason=said.reason,
        inputs=as_inputs(facts, order, spending.order, rules, now) | change.as_inputs(),
        rule_version=RULE_VERSION,
        actor=actor,
        decided_at=now,
    )


def _is_news(facts: RewardFacts, target: Target) -> bool:
    before = (facts.state, facts.reason, facts.reduced, facts.reduced_reason)
    return (*before, facts.clawback, facts.written_off) != (
        target.state,
        target.reason,
        target.reduced,
        target.reduced_reason,
        target.clawback,
        target.written_off,
    )


def _facts(entitlement: Entitlement, reward: Reward) -> RewardFacts:
    """What the row says, in the form that the pure rules ask for."""
    use = use_of(reward)
    is_money = reward.unit == reward.currency
    return RewardFacts(
        state=reward.state,
        reason=reward.reason,
        created_at=reward.created_at,
        hold_until=entitlement.hold_until,
        available_at=reward.available_at,
        expires_at=reward.expires_at,
        spent=bool(reward.spent_order_number) and not entitlement.at_till,
        divisible=entitlement.kind.divisible,
        amount=reward.amount + reward.adjusted,
        adjusted=reward.adjusted,
        reduced=reward.reduced,
        reduced_reason=reward.reduced_reason,
        is_money=is_money,
        netted=set_off.paid_by(reward),
        reserved=reward.reserved,
        used=use.used if is_money else use.money,
        clawback=reward.clawback,
        clawback_since=reward.clawback_since,
        written_off=reward.written_off,
        paid_back=set_off.paid_to(reward),
    )


def _becomes_available(facts: RewardFacts, target: Target) -> bool:
    """Only then it is set off: what was handed out is left alone."""
    return (
        facts.is_money
        and facts.state not in (Reward.State.AVAILABLE, Reward.State.REDEEMED)
        and target.state == Reward.State.AVAILABLE
    )


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
