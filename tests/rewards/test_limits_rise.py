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
from tests.rewards.cases import (
    DAY,
    available,
    books,
    order,
    pay,
    referred,
    set_status,
    settled,
)

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


# A percentage voucher comes back


def spent_voucher(limit: dict[str, Any], amount: int) -> tuple[Reward, Any]:
    """A voucher of at most RM 20, spent for RM 6, in a program with a limit; and the order."""
    side = {"percent": 10, "maximum": 2000, "validity_days": 90}
    first = available(program_with(limit, amount, side), discount=0)
    placed = order("54.00", user=first.owner)
    spend(reward_id=first.pk, order_number=placed.number, amount=600)
    settled(first.referral)
    return first, placed


@pytest.mark.parametrize("limit", [CAP, BUDGET], ids=["cap", "budget"])
@pytest.mark.parametrize("amount", [3999, 4000])
def test_a_percentage_voucher_comes_back_if_there_is_room(
    limit: dict[str, Any], amount: int
) -> None:
    """Spent, it counted RM 6 and left room for another one of RM 20; back, it counts RM 20."""
    first, placed = spent_voucher(limit, amount)
    available(first.program, member=first.advocate, discount=0)
    assert committed(first.program_id, "MYR") == 2600
    set_status(placed, "Cancelled")
    back = settled(first.referral)
    assert committed(first.program_id, "MYR") == (4000 if amount == 4000 else 2000)
    if amount == 4000:
        assert (back.state, back.reason, back.net) == (State.AVAILABLE, reasons.RESTORED, 1)
        return
    reason = REASONS[limit["scope"]]
    assert (back.state, back.reason, back.spent_amount) == (State.REVERSED, reason, None)
    decision = Decision.objects.filter(subject=back.key).latest("pk")
    assert (decision.verdict, decision.reason) == (Decision.Verdict.LIMITED, reason)
    assert decision.inputs["limit"]["limit"] == amount
    assert replay(decision.inputs).state == State.REVERSED


def test_a_limited_voucher_is_given_back_when_staff_find_room() -> None:
    first, placed = spent_voucher(BUDGET, 3999)
    second = available(first.program, discount=0)
    set_status(placed, "Cancelled")
    settled(first.referral)
    set_status(second.referral.order, "Cancelled")
    settled(second.referral)
    assert settled(first.referral).state == State.REVERSED
    back = try_again(reward_id=first.pk, actor=UserFactory(is_staff=True), note="There is room")
    assert (back.state, back.net) == (State.AVAILABLE, 1)
    assert committed(first.program_id, "MYR") == 2000
    assert audit() == []


def test_the_order_that_had_a_limited_voucher_comes_back_to_life() -> None:
    """It has its discount again, which had been granted: nothing of it is clawed back."""
    first, placed = spent_voucher(BUDGET, 3999)
    available(first.program, discount=0)
    set_status(placed, "Cancelled")
    settled(first.referral)
    set_status(placed, "Pending")
    again = settled(first.referral)
    assert (again.state, again.spent_amount, again.clawback) == (State.REDEEMED, 600, 0)
    assert committed(first.program_id, "MYR") == 2600
    assert settled(first.referral).state == State.REDEEMED


def test_a_percentage_voucher_that_comes_back_too_late_takes_up_nothing() -> None:
    first, placed = spent_voucher(BUDGET, 2000)
    set_status(placed, "Cancelled")
    settle(first.referral_id, now=first.created_at + 91 * DAY)
    first.refresh_from_db()
    assert first.state == State.EXPIRED
    assert committed(first.program_id, "MYR") == 0
