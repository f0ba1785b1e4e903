"""What is at stake when staff credit an order by hand: what is given, and what others lose.

Asked of the same rules that `settle` goes by, before anything is written. Caps and budgets are left
aside, and where the future decides, the larger amount counts: it is asked who has to agree.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils import timezone

from oscar_referrals import conf
from oscar_referrals.attribution.assignment_plan import Plan
from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.merged import family
from oscar_referrals.members.models import Advocate
from oscar_referrals.money import to_minor
from oscar_referrals.programs.models import IncentiveTier
from oscar_referrals.rewards.case import case_of
from oscar_referrals.rewards.entitlements import Entitlement, entitlements_of, figures_in
from oscar_referrals.rewards.facts import OrderFacts, facts_of
from oscar_referrals.rewards.locked import HAS_TIERS
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.occasions import GOALS, Case
from oscar_referrals.rewards.tally import goal_of, goal_rewards

#: Rewards that are owed, or were given.
COUNTS = (Reward.State.PENDING, Reward.State.AVAILABLE, Reward.State.REDEEMED)


def value_of(plan: Plan) -> int | None:
    """What is at stake in minor units of the order's currency: what is given, or what is taken.

    The larger of the two. None if a part of it is no amount of money in that currency.
    """
    given, taken = _given(plan), _taken(plan)
    return None if given is None or taken is None else max(given, taken)


def needs_another(value: int | None, currency: str) -> bool:
    """Does a second person have to agree to what `value_of` says (``ASSIGN_ALONE``)?"""
    return value is None or value > conf.get().ASSIGN_ALONE.get(currency, 0)


def facts_of_order(order: Any) -> OrderFacts:
    """The facts of an order that has no referral yet."""
    return facts_of(
        order,
        number=str(order.number),
        currency=order.currency,
        total=to_minor(order.total_incl_tax, order.currency),
    )


def _given(plan: Plan) -> int | None:
    """What both sides get by it, alternatives by the dearest.

    Whichever number it comes to have among the advocate's referrals: others may still be on their
    way, and with this one they reach what they would not have reached.
    """
    now = timezone.now()
    referral = plan.as_referral(now=now)
    of_registration = list(referral.rewards.all()) if referral.pk is not None else []
    tiers = IncentiveTier.objects.filter(incentive__version=referral.version)
    has_tiers = tiers.exists()
    # As `lock` does for `settle`: what a version asks for is loaded by it.
    setattr(referral, HAS_TIERS, has_tiers)
    case = case_of(referral, facts_of_order(plan.order), of_registration)
    successful, reach = _numbers(referral.advocate)
    incentives = list(referral.version.incentives.all())
    matters = has_tiers or any(item.trigger in GOALS for item in incentives)
    last = reach if matters else successful + 1
    preferences = [case.preferred] + [frozenset({item.pk}) for item in incentives if item.choice]
    sums: list[int] = []
    for number in range(successful + 1, last + 1):
        reached = replace(case, ordinal=number, successful=number, counted_at=now)
        cases = [replace(reached, preferred=preferred) for preferred in preferences]
        new = _dearest(referral, of_registration, cases, plan.order.currency)
        if new is None:
            return None
        sums.append(new)
    fallen = goal_rewards(referral.advocate).exclude(state__in=COUNTS).select_related("incentive")
    again = [row for row in fallen if successful < goal_of(row) <= reach]
    if any(row.unit != plan.order.currency for row in again):
        return None
    return max(sums) + sum(row.amount + row.adjusted for row in again)


def _numbers(advocate: Advocate) -> tuple[int, int]:
    """How many successful referrals there are, and the highest number that one more may have."""
    own = Referral.objects.filter(
        advocate__in=family(advocate), program=advocate.program_id, state=Referral.State.BOUND
    )
    successful = own.filter(counted_at__isnull=False).count()
    return successful, own.exclude(order_number="").count() + 1


def _dearest(
    referral: Referral, known: list[Reward], cases: list[Case], currency: str
) -> int | None:
    """The sum of the dearest reward for each occasion; what is there already is not given anew."""
    worths: dict[str, int] = {}
    for case in cases:
        for entitlement in entitlements_of(referral, known, case):
            if entitlement.reward is not None or entitlement.at_till:
                continue
            worth = _worth(entitlement, currency)
            if worth is None:
                return None
            worths[entitlement.business] = max(worth, worths.get(entitlement.business, 0))
    return sum(worths.values())


def _worth(entitlement: Entitlement, currency: str) -> int | None:
    worth = entitlement.worth
    if worth.unit == currency:
        return worth.amount
    figures = figures_in(entitlement.incentive, entitlement.occasion.currency)
    if entitlement.occasion.currency != currency or figures is None:
        return None
    return figures.maximum


def _taken(plan: Plan) -> int | None:
    """What those lose who had the credit until then, with what they had for the number of it."""
    lost = [
        reward
        for reward in Reward.objects.filter(referral__in=plan.taken_from, state__in=COUNTS)
        .exclude(incentive=None)
        .select_related("incentive")
        if reward.incentive is not None and not reward.incentive.at_till
    ]
    for row in plan.taken_from:
        if row.counted_at is not None:
            left = _numbers(row.advocate)[0] - 1
            others = goal_rewards(row.advocate).exclude(referral__in=plan.taken_from)
            found = others.filter(state__in=COUNTS).select_related("incentive")
            lost += [reward for reward in found if goal_of(reward) > left]
    if any(reward.unit != plan.order.currency for reward in lost):
        return None
    return sum(reward.net for reward in lost)
