"""What becomes of one reward in a settlement, and the decisions that say why.

It is handed out or taken back on the way; its row and the decisions are saved by `settle`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from oscar_referrals.attribution.models import Decision
from oscar_referrals.rewards import set_off
from oscar_referrals.rewards.change import Change
from oscar_referrals.rewards.entitlements import Entitlement
from oscar_referrals.rewards.facts import OrderFacts
from oscar_referrals.rewards.limited import Limiter, limited
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.replay import as_inputs
from oscar_referrals.rewards.said import said_of
from oscar_referrals.rewards.spending import Spending, restore, spending_of
from oscar_referrals.rewards.standing import use_of
from oscar_referrals.rewards.target import RULE_VERSION, target_of
from oscar_referrals.rewards.verdict import Credit, RewardFacts, Rules, Target


def decide_reward(
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
        settled=reward.settled_amount is not None,
        settlement_asked=reward.settlement_asked,
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
