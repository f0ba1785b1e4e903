"""Set-offs between rewards: who has to look again, and that nobody is forgotten."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.due import settle_due
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.spend import spend
from oscar_referrals.test.factories import live_program
from tests.rewards.cases import DAY, order, pay, referred, settled
from tests.rewards.test_wallet import spend as spend_credit

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
