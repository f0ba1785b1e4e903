"""So many successful referrals earn the advocate a reward: once, or every so many."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from oscar_referrals.attribution.models import Referral
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards import due
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.spend import spend
from oscar_referrals.test.factories import advocate
from tests.rewards.cases import DAY, order, set_status
from tests.rewards.triggered import (
    SIDES,
    cancel,
    paid_referral,
    program_with,
    revive,
    rewards_for,
    settle_all,
    states,
)

pytestmark = pytest.mark.django_db

State = Reward.State
Trigger = Incentive.Trigger


def test_a_milestone_is_reached_once() -> None:
    program = program_with(Trigger.MILESTONE, number=3)
    member = advocate(program)
    referrals = [paid_referral(program, member) for _number in range(5)]
    (reward,) = rewards_for(Trigger.MILESTONE)
    assert (reward.state, reward.reason) == (State.AVAILABLE, reasons.GOAL_REACHED)
    assert (reward.referral, reward.source) == (referrals[2], f"milestone-3-{member.pk}")
    assert [referral.ordinal for referral in referrals] == [1, 2, 3, 4, 5]


def test_a_milestone_waits_for_the_holds() -> None:
    program = program_with(Trigger.MILESTONE, number=2, hold_days=14)
    member = advocate(program)
    referrals = [paid_referral(program, member) for _number in range(2)]
    assert rewards_for(Trigger.MILESTONE) == []
    assert {referral.counted_at for referral in referrals} == {None}
    now = timezone.now() + 15 * DAY
    due.settle_due(now=now)
    # It has waited already, and doesn't wait twice.
    assert states(Trigger.MILESTONE) == [(State.AVAILABLE, reasons.GOAL_REACHED)]


def test_a_milestone_that_is_no_longer_reached_is_taken_back_and_comes_back() -> None:
    program = program_with(Trigger.MILESTONE, number=3)
    member = advocate(program)
    first, *_others = (paid_referral(program, member) for _number in range(3))
    cancel(first)
    assert states(Trigger.MILESTONE) == [(State.REVERSED, reasons.GOAL_MISSED)]
    # Another friend makes it three again: the same reward, not a second one.
    last = paid_referral(program, member)
    settle_all()
    assert states(Trigger.MILESTONE) == [(State.AVAILABLE, reasons.GOAL_REACHED)]
    assert last.ordinal == 3
    revive(first)
    assert states(Trigger.MILESTONE) == [(State.AVAILABLE, reasons.GOAL_REACHED)]
    first.refresh_from_db()
    assert first.ordinal == 4


def test_a_milestone_outlives_the_referral_that_reached_it() -> None:
    program = program_with(Trigger.MILESTONE, number=2)
    member = advocate(program)
    referrals = [paid_referral(program, member) for _number in range(3)]
    cancel(referrals[1])
    assert states(Trigger.MILESTONE) == [(State.AVAILABLE, reasons.GOAL_REACHED)]
    cancel(referrals[2])
    assert states(Trigger.MILESTONE) == [(State.REVERSED, reasons.GOAL_MISSED)]


def test_a_spent_milestone_that_is_lost_becomes_a_clawback() -> None:
    program = program_with(Trigger.MILESTONE, number=2)
    member = advocate(program)
    referrals = [paid_referral(program, member) for _number in range(2)]
    (reward,) = rewards_for(Trigger.MILESTONE)
    spend(reward_id=reward.pk, order_number=order().number, amount=500)
    settle(referrals[1].pk)
    cancel(referrals[0])
    (reward,) = rewards_for(Trigger.MILESTONE)
    assert (reward.state, reward.reason) == (State.REDEEMED, reasons.GOAL_MISSED)
    assert (reward.clawback, reward.reduced_reason) == (500, reasons.GOAL_MISSED)
    revive(referrals[0])
    (reward,) = rewards_for(Trigger.MILESTONE)
    assert (reward.clawback, reward.net) == (0, 500)


def test_others_hear_of_a_new_number_although_the_process_died() -> None:
    """Nothing noted after the commit was carried out; the referral asks again by itself."""
    program = program_with(Trigger.MILESTONE, number=2)
    member = advocate(program)
    referrals = [paid_referral(program, member) for _number in range(2)]
    Referral.objects.update(settle_due_at=None)
    set_status(referrals[0].order, "Cancelled")
    settle(referrals[0].pk)
    assert states(Trigger.MILESTONE) == [(State.AVAILABLE, reasons.GOAL_REACHED)]
    now = timezone.now() + timedelta(hours=2)
    settle(referrals[0].pk, now=now)
    referrals[0].refresh_from_db()
    assert referrals[0].settle_due_at is not None


@pytest.mark.parametrize("side", SIDES)
def test_every_third_earns_each_time(side: str) -> None:
    program = program_with(Trigger.EVERY_NTH, side, number=3)
    member = advocate(program)
    referrals = [paid_referral(program, member) for _number in range(7)]
    found = rewards_for(Trigger.EVERY_NTH)
    assert [reward.referral for reward in found] == [referrals[2], referrals[5]]
    assert [reward.source for reward in found] == [
        f"every-3-1-{member.pk}",
        f"every-3-2-{member.pk}",
    ]
    if side == "friend":
        assert [reward.owner for reward in found] == [referrals[2].friend, referrals[5].friend]
    cancel(referrals[0])
    assert [reward.state for reward in rewards_for(Trigger.EVERY_NTH)] == [State.AVAILABLE] * 2
    cancel(referrals[1])
    assert [reward.state for reward in rewards_for(Trigger.EVERY_NTH)] == [
        State.AVAILABLE,
        State.REVERSED,
    ]
