"""Set-offs between rewards: who has to look again, and that nobody is forgotten."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.due import settle_due
from oscar_referrals.rewards.models import Reward, SetOff
from oscar_referrals.rewards.set_off import (
    carry_out,
    paid_by,
    paid_to,
    plan,
    return_payments,
    take_back_payments,
    with_payments,
)
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.spend import spend
from oscar_referrals.test.factories import advocate, live_program
from tests.rewards.cases import DAY, available, order, pay, referred, settled
from tests.rewards.credit.lots import spend as spend_credit

pytestmark = pytest.mark.django_db

State = Reward.State


def test_who_owes_back_is_due_in_the_same_transaction() -> None:
    """A process that dies right after it has set something off leaves nothing stale behind."""
    program = live_program(hold_days=0, advocate={"value": 1000, "validity_days": 90})
    first = referred(program)
    pay(first.order)
    spend(reward_id=settled(first).pk, order_number=order().number, amount=1000)
    settled(first)
    first.order.sources.get().refund(Decimal("100.00"))
    settled(first)
    second = referred(program, member=first.advocate)
    pay(second.order)
    now = timezone.now() + DAY
    settled(second, now)
    first.refresh_from_db()
    assert first.settle_due_at == now


def test_two_rewards_of_one_referral_are_set_off_and_even_again() -> None:
    """The second order pays back RM 5 of the first; then the refund turns out to be a mistake."""
    credit = {"side": "advocate", "kind": "credit", "validity_days": 90}
    second_order = {"trigger": Incentive.Trigger.NTH_ORDER, "number": 2}
    program = live_program(
        hold_days=0,
        advocate=None,
        partial_refunds="proportional",
        # The reward that is set off comes first, so that it is looked at before what it pays.
        more=[{**credit, **second_order, "value": 500}, {**credit, "value": 1000}],
    )
    referral = referred(program)
    pay(referral.order)
    settle(referral.pk)
    earlier = Reward.objects.get(side="advocate")
    spend_credit(earlier, 1000)
    referral.order.sources.get().refund(Decimal("50.00"))
    settle(referral.pk)
    pay(order(user=referral.friend))
    settle(referral.pk)
    later = Reward.objects.exclude(pk=earlier.pk).get(side="advocate")
    assert (later.state, later.netted) == (State.REDEEMED, 500)

    referral.order.sources.update(amount_refunded=0)
    settle(referral.pk)
    settle_due(now=timezone.now() + DAY)
    later.refresh_from_db()
    assert (later.state, later.netted, later.left) == (State.AVAILABLE, 0, 500)
    assert audit() == []


def test_the_oldest_debt_is_paid_first_and_no_more_than_there_is() -> None:
    program = live_program(hold_days=0, advocate={"value": 1000, "validity_days": 90})
    member = advocate(program)
    newer, older, own = (available(program, member=member) for _number in range(3))
    stranger = available(program)
    now = timezone.now()

    def owes(reward: Reward, amount: int, **fields: Any) -> None:
        Reward.objects.filter(pk=reward.pk).update(clawback=amount, clawback_since=now, **fields)

    owes(newer, 700, written_off=200)
    owes(older, 400)
    Reward.objects.filter(pk=older.pk).update(clawback_since=now - DAY)
    SetOff.objects.create(debt=older, by=newer, amount=100, made_at=now)
    owes(own, 900)
    owes(stranger, 900)
    assert plan(own, 1000) == [(older, 300), (newer, 500)]
    assert plan(own, 301) == [(older, 300), (newer, 1)]
    assert plan(own, 1) == [(older, 1)]
    assert plan(own, 0) == []
    own.currency = "EUR"
    assert plan(own, 1000) == []
    # A guest's debt is no other guest's.
    own.currency, own.advocate = "MYR", None
    Reward.objects.filter(pk=stranger.pk).update(advocate=None)
    assert plan(own, 1000) == []


def test_what_is_set_off_is_kept_by_debt_and_by_payer_and_shrinks_from_the_last() -> None:
    program = live_program(hold_days=0, advocate={"value": 1000, "validity_days": 90})
    member = advocate(program)
    debt, other_debt, payer, other_payer = (
        available(program, member=member) for _number in range(4)
    )

    def amounts() -> dict[tuple[int, int], int]:
        return {(row.debt_id, row.by_id): row.amount for row in SetOff.objects.all()}

    now = timezone.now()
    carry_out(payer, [(debt, 100), (other_debt, 50)], now)
    carry_out(other_payer, [(debt, 7)], now)
    carry_out(payer, [(debt, 30)], now + DAY)
    of_payer, of_other = (debt.pk, payer.pk), (debt.pk, other_payer.pk)
    second = (other_debt.pk, payer.pk)
    assert amounts() == {of_payer: 130, second: 50, of_other: 7}
    assert set(SetOff.objects.values_list("made_at", flat=True)) == {now}

    assert (paid_by(payer), paid_to(debt)) == (0, 0)
    payer.netted, other_payer.netted = 180, 7
    debt.clawback, other_debt.clawback = 500, 60
    assert (paid_by(payer), paid_by(other_payer)) == (180, 7)
    assert (paid_to(debt), paid_to(other_debt)) == (137, 50)
    paid_back = {row.pk: row.paid_back for row in with_payments(Reward.objects.all())}
    assert {pk: paid for pk, paid in paid_back.items() if paid} == {debt.pk: 137, other_debt.pk: 50}

    touched = [other_debt.referral_id, debt.referral_id]
    assert take_back_payments(payer, 100) == touched
    assert amounts() == {of_payer: 100, of_other: 7}
    assert take_back_payments(payer, 100) == []
    assert take_back_payments(payer, 99) == [debt.referral_id]
    assert amounts() == {of_payer: 99, of_other: 7}
    assert return_payments(debt, 50) == [other_payer.referral_id, payer.referral_id]
    assert amounts() == {of_payer: 50}
    assert return_payments(debt, 50) == []
