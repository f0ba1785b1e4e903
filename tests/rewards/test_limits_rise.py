"""What comes back to a reward is asked against its limits like what is new: caps and budget hold.

RM 20 for the advocate, half of it taken back because half of the order was refunded. Meanwhile a
second reward takes the room; then the refund of the first order is undone.
"""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

import pytest

from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.budget import committed
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.replay import replay
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.spend import spend
from oscar_referrals.rewards.try_again import try_again
from oscar_referrals.test.factories import UserFactory, advocate, live_program
from tests.rewards.cases import available, books, pay, referred, set_status, settled

pytestmark = pytest.mark.django_db

State = Reward.State

CAP = {"scope": "advocate", "currency": "MYR"}
BUDGET = {"scope": "program", "currency": "MYR"}
KINDS = {
    "credit": {"kind": "credit", "value": 2000, "validity_days": 90},
    "voucher": {"value": 2000, "validity_days": 90},
    "percentage as credit": {"kind": "credit", "percent": 20, "validity_days": 90},
}
REASONS = {"advocate": reasons.CAP_REACHED, "program": reasons.BUDGET_SPENT}


def program_with(limit: dict[str, Any], amount: int, side: dict[str, Any]) -> Any:
    return live_program(
        hold_days=0,
        advocate=side,
        partial_refunds="proportional",
        limits=[limit | {"amount": amount}],
    )


def refunded(referral: Referral, amount: str) -> Reward:
    """The refunds of its order come to so much in all; what became of the reward."""
    referral.order.sources.update(amount_refunded=Decimal(amount))
    return settled(referral)


@pytest.mark.parametrize("side", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("limit", [CAP, BUDGET], ids=["cap", "budget"])
@pytest.mark.parametrize(("amount", "net"), [(3999, 1000), (4000, 2000)])
def test_a_refund_that_is_undone(
    limit: dict[str, Any], side: dict[str, Any], amount: int, net: int
) -> None:
    member = advocate(program := program_with(limit, amount, side))
    first = available(program, member=member, discount=0)
    assert refunded(first.referral, "50.00").net == 1000
    assert available(program, member=member, discount=0).net == 2000
    back = refunded(first.referral, "0.00")
    assert (back.state, back.net) == (State.AVAILABLE, net)
    assert committed(program.pk, "MYR") == 2000 + net
    assert books(back)["liability:available MYR"] == -net
    decision = Decision.objects.filter(subject=back.key).latest("pk")
    assert replay(decision.inputs).reduced == 2000 - net
    if net == 1000:
        reason = REASONS[limit["scope"]]
        assert (back.reduced_reason, decision.reason) == (reason, reason)
        assert decision.verdict == Decision.Verdict.LIMITED
        found = decision.inputs["limit"]
        assert (found["limit"], found["measure"]) == (amount, "money")
        assert found["used"] + found["wanted"] == 4000


def test_it_stays_limited_until_staff_ask_again() -> None:
    member = advocate(program := program_with(CAP, 3999, KINDS["credit"]))
    first = available(program, member=member, discount=0)
    refunded(first.referral, "50.00")
    second = available(program, member=member, discount=0)
    refunded(first.referral, "0.00")
    set_status(second.referral.order, "Cancelled")
    settled(second.referral)
    count = Decision.objects.count()
    assert settled(first.referral).net == 1000
    assert Decision.objects.count() == count
    back = try_again(reward_id=first.pk, actor=UserFactory(is_staff=True), note="There is room")
    assert (back.net, back.reduced_reason) == (2000, "")
    assert audit() == []


def test_a_further_refund_takes_from_what_was_promised() -> None:
    member = advocate(program := program_with(CAP, 3999, KINDS["credit"]))
    first = available(program, member=member, discount=0)
    refunded(first.referral, "50.00")
    available(program, member=member, discount=0)
    refunded(first.referral, "0.00")
    assert refunded(first.referral, "25.00").net == 1000
    less = refunded(first.referral, "75.00")
    assert (less.net, less.reduced_reason) == (500, reasons.PARTLY_REFUNDED)


def test_what_was_spent_comes_back_without_asking_the_budget_twice() -> None:
    """It never left the budget: it was spent, and its clawback stood there meanwhile."""
    program = program_with(BUDGET, 2000, KINDS["voucher"])
    first = available(program, discount=0)
    spend(reward_id=first.pk, order_number="9001", amount=2000)
    settle(first.referral_id)
    set_status(first.referral.order, "Cancelled")
    assert settled(first.referral).clawback == 2000
    assert committed(program.pk, "MYR") == 2000
    set_status(first.referral.order, "Pending")
    back = settled(first.referral)
    assert (back.state, back.net, back.clawback) == (State.REDEEMED, 2000, 0)
    assert committed(program.pk, "MYR") == 2000


@pytest.mark.parametrize("limit", [CAP, BUDGET], ids=["cap", "budget"])
@pytest.mark.parametrize("number", range(4))
def test_no_sequence_exceeds_a_limit(limit: dict[str, Any], number: int) -> None:
    """RM 20 and RM 10 fit: orders come, are refunded, cancelled and come back, in any order."""
    random = Random(number)
    program = program_with(limit, 3000, KINDS["credit"])
    member = advocate(program)
    made = [referred(program, member=member, discount=0) for _number in range(3)]
    for referral in made:
        pay(referral.order)
    for _step in range(20):
        referral = random.choice(made)
        if random.random() < 0.3:
            set_status(referral.order, random.choice(["Cancelled", "Pending"]))
        else:
            refund = Decimal(random.choice(["0.00", "50.00", "99.99"]))
            referral.order.sources.update(amount_refunded=refund)
        settle(referral.pk)
        assert sum(reward.net for reward in Reward.objects.all()) <= 3000
        assert committed(program.pk, "MYR") <= 3000
    assert audit() == []
