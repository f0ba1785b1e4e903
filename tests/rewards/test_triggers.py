"""What calls `settle`, and that it never disturbs its caller."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.membership import join
from oscar_referrals.members.models import Advocate
from oscar_referrals.rewards import triggers
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.spend import spend
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import UserFactory, live_program
from tests.rewards.cases import available, order, pay, referred, set_status, settled

pytestmark = pytest.mark.django_db(transaction=True)

State = Reward.State


@pytest.fixture
def program() -> Any:
    return live_program(hold_days=0)


def reread(placed: Any) -> Any:
    return get_model("order", "Order").objects.get(pk=placed.pk)


def state(referral: Referral) -> str:
    return Reward.objects.get(referral=referral, side="advocate").state


def test_an_order_settles_its_own_referral(program: Any) -> None:
    referral = referred(program)
    pay(referral.order)
    triggers.settle_order(reread(referral.order))
    assert state(referral) == State.AVAILABLE
    set_status(referral.order, "Cancelled")
    triggers.settle_order(reread(referral.order))
    assert state(referral) == State.REVERSED


def test_an_order_settles_what_was_spent_with_it(program: Any) -> None:
    reward = available(program)
    spent_with = order()
    spend(reward_id=reward.pk, order_number=spent_with.number, amount=1500)
    triggers.settle_order(spent_with)
    assert state(reward.referral) == State.REDEEMED
    set_status(spent_with, "Cancelled")
    triggers.settle_order(reread(spent_with))
    assert state(reward.referral) == State.AVAILABLE
    # It gave the reward back, and takes it again.
    set_status(spent_with, "Pending")
    triggers.settle_order(reread(spent_with))
    assert state(reward.referral) == State.REDEEMED


def test_an_order_without_a_referral_costs_one_query(
    program: Any, django_assert_num_queries: Any
) -> None:
    placed = order()
    with django_assert_num_queries(1):
        triggers.settle_order(placed)


def test_oscar_statuses_and_payments_call_it(program: Any) -> None:
    referral = referred(program)
    assert not Reward.objects.exists()
    pay(referral.order)
    assert state(referral) == State.AVAILABLE
    reread(referral.order).set_status("Cancelled")
    assert state(referral) == State.REVERSED


def broken_facts(placed: Any) -> Any:
    """A shop's function that fails."""
    raise RuntimeError("out of order")


def test_a_fault_is_noted_and_not_raised(
    program: Any, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    referral = referred(program)
    settled(referral)
    Referral.objects.update(settle_due_at=None)
    settings.OSCAR_REFERRALS = {"ORDER_FACTS": "tests.rewards.test_triggers.broken_facts"}
    triggers.settle_order(reread(referral.order))
    assert "could not be settled" in caplog.text
    referral.refresh_from_db()
    assert referral.settle_due_at is not None
    assert referral.settle_due_at <= timezone.now()


def test_it_is_noted_as_due_in_the_callers_transaction(program: Any) -> None:
    referral = referred(program)
    settled(referral)
    Referral.objects.update(settle_due_at=None)
    assert triggers.mark_due(referral.order_number) == [referral.pk]
    assert Referral.objects.filter(settle_due_at__isnull=False).count() == 1
    assert triggers.mark_due("unknown") == []


def test_who_joins_gets_what_waited(program: Any) -> None:
    user = UserFactory()
    member = Advocate.objects.create(program=program, user=user)
    code_for(advocate=member)
    referrals = [referred(program, member=member) for _number in range(2)]
    for referral in referrals:
        pay(referral.order)
        assert state(referral) == State.PENDING
    join(program=program, user=user, language="en-gb", method="test")
    assert [state(referral) for referral in referrals] == [State.AVAILABLE, State.AVAILABLE]


def test_of_very_many_that_waited_the_work_brings_the_rest(program: Any) -> None:
    user = UserFactory()
    member = Advocate.objects.create(program=program, user=user)
    for _number in range(triggers.AT_ONCE + 1):
        pay(referred(program, member=member).order)
    join(program=program, user=user, language="en-gb", method="test")
    waiting = Reward.objects.filter(state=State.PENDING)
    assert waiting.count() == 1
    assert waiting.get().referral.settle_due_at <= timezone.now()
