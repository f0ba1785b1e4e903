"""The periodic settling: what is due, and what fails."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from oscar_referrals.attribution.models import Referral
from oscar_referrals.rewards import due
from oscar_referrals.rewards.facts import OrderFacts, order_facts
from oscar_referrals.rewards.failures import failing
from oscar_referrals.rewards.models import Reward
from oscar_referrals.test.factories import live_program
from tests.rewards.cases import DAY, pay, referred, settled

pytestmark = pytest.mark.django_db

State = Reward.State


def states() -> list[str]:
    rewards = Reward.objects.filter(side="advocate").order_by("referral_id")
    return list(rewards.values_list("state", flat=True))


def test_it_settles_what_is_due_and_nothing_else() -> None:
    program = live_program(hold_days=14)
    now = timezone.now()
    early, late = referred(program), referred(program)
    pay(early.order, moment=now - 15 * DAY)
    pay(late.order, moment=now - 5 * DAY)
    assert due.count_due() == 2
    assert due.settle_due().handled == 2
    assert states() == [State.AVAILABLE, State.PENDING]
    assert due.settle_due().handled == 0
    assert due.settle_due(now=now + 9 * DAY).handled == 1
    assert states() == [State.AVAILABLE, State.AVAILABLE]


def test_it_expires_rewards() -> None:
    referral = referred(live_program(hold_days=0))
    pay(referral.order)
    reward = settled(referral)
    due.settle_due(now=reward.expires_at)
    assert states() == [State.EXPIRED]


def test_a_limit() -> None:
    program = live_program()
    for _number in range(3):
        referred(program)
    seen: list[int] = []
    assert due.settle_due(limit=2, watcher=seen.append).handled == 2
    assert seen == [1, 2]
    assert due.count_due() == 1


def failing_for_some(order: Any) -> OrderFacts:
    """The facts of a shop whose function fails for one order."""
    if order.status == "Complete":
        raise RuntimeError("no answer from the payment provider")
    return order_facts(order)


def test_a_row_that_fails_harms_no_other(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"ORDER_FACTS": "tests.rewards.test_due.failing_for_some"}
    program = live_program(hold_days=0)
    broken = referred(program, status="Complete")
    whole = [referred(program) for _number in range(2)]
    for referral in (broken, *whole):
        pay(referral.order)
    now = timezone.now()
    progress = due.settle_due(now=now)
    assert (progress.handled, progress.failed) == (3, 1)
    assert progress.errors == [
        f"Referral {broken.pk}: RuntimeError: no answer from the payment provider"
    ]
    assert states() == [State.AVAILABLE, State.AVAILABLE]
    # It is tried again later, not in a circle, and shows why until it works.
    broken.refresh_from_db()
    assert broken.settle_due_at == now + due.AFTER_FAILURE
    due.settle_due(now=now + due.AFTER_FAILURE)
    broken.refresh_from_db()
    assert broken.settle_error == "RuntimeError: no answer from the payment provider"
    assert (broken.settle_failures, broken.settle_failed_at) == (2, now + due.AFTER_FAILURE)
    assert list(failing()) == [broken]
    settings.OSCAR_REFERRALS = {}
    due.settle_due(now=now + 2 * due.AFTER_FAILURE)
    assert len(states()) == 3
    broken.refresh_from_db()
    assert (broken.settle_error, broken.settle_failures, broken.settle_failed_at) == ("", 0, None)


def test_a_worker_that_dies_gives_its_rows_back() -> None:
    referred(live_program())
    now = timezone.now()
    assert len(due._claim(now, 10)) == 1
    assert due._claim(now, 10) == []
    assert len(due._claim(now + due.LEASE, 10)) == 1


def test_it_starts_with_what_waits_longest() -> None:
    program = live_program()
    first, second = referred(program), referred(program)
    Referral.objects.filter(pk=second.pk).update(settle_due_at=timezone.now() - timedelta(days=1))
    assert due._claim(timezone.now(), 1) == [second.pk]
    assert due._claim(timezone.now(), 1) == [first.pk]
