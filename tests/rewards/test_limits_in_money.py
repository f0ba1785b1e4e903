"""Limits in money: a reward in another currency than its referral, and one that grows."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from oscar_referrals.attribution.models import Decision
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.budget import committed
from oscar_referrals.rewards.models import Reward
from oscar_referrals.test.factories import advocate, live_program
from tests.rewards.cases import DAY, order, pay, settled
from tests.rewards.test_limits import limited_by, paid, program_with

pytestmark = pytest.mark.django_db

State = Reward.State


def test_each_currency_has_a_budget_of_its_own(settings: Any) -> None:
    """The friend's first order was in ringgit, the second, which earns, in yen."""
    settings.OSCAR_REFERRALS = {"CURRENCIES": ["MYR", "JPY"], "CREDIT_AT_CHECKOUT": True}
    second_order = {"trigger": Incentive.Trigger.NTH_ORDER, "number": 2}
    amounts = {"MYR": {"value": 500}, "JPY": {"value": 800}}
    program = program_with(
        {"scope": "program", "currency": "JPY", "amount": 1000},
        {"scope": "program", "currency": "MYR", "amount": 100_000},
        friend={"amounts": {"MYR": {"value": 2000}, "JPY": {"value": 100}}},
        advocate=None,
        more=[{"side": "advocate", "kind": "credit", "amounts": amounts, **second_order}],
    )
    member, found = advocate(program), []
    for _ in range(2):
        referral = paid(program, member)
        pay(order("5000", user=referral.friend, currency="JPY"))
        reward = settled(referral)
        found.append((reward.currency, reward.state, reward.reason))
    assert found == [
        ("JPY", State.AVAILABLE, reasons.PAID),
        ("JPY", State.VOIDED, reasons.BUDGET_SPENT),
    ]
    assert limited_by(reward)["used"] == 800
    alerts = Decision.objects.filter(program=program, reason=reasons.BUDGET_ALERT)
    assert [alert.inputs["currency"] for alert in alerts] == ["JPY"]


@pytest.mark.parametrize(
    "limit",
    [
        {"scope": "program", "currency": "MYR", "amount": 5000},
        {"scope": "advocate", "window": "ever", "currency": "MYR", "amount": 5000},
    ],
    ids=["budget", "cap"],
)
def test_a_tier_that_is_reached_while_rewards_wait_does_not_exceed_a_limit(limit: Any) -> None:
    """Five rewards of RM 10 wait; from the third referral on they would be worth RM 30."""
    program = live_program(
        hold_days=1,
        advocate={"value": 1000, "tiers": {3: {"value": 3000, "currency": "MYR"}}},
        limits=[limit],
    )
    member = advocate(program)
    referrals = [paid(program, member, discount=0) for _ in range(5)]
    for referral in referrals:
        assert settled(referral).amount == 1000
    rewards = [settled(referral, timezone.now() + 2 * DAY) for referral in referrals]
    assert [(reward.state, reward.amount) for reward in rewards] == 5 * [(State.AVAILABLE, 1000)]
    limited = Decision.objects.filter(subject=rewards[-1].key, verdict=Decision.Verdict.LIMITED)
    assert [item.inputs["limit"]["limit"] for item in limited] == [5000]
    # Later there is room, but what was handed out is what it is.
    settled(referrals[-1], timezone.now() + 3 * DAY)
    assert limited.count() == 1


def test_a_tier_that_fits_is_given() -> None:
    program = live_program(
        hold_days=1,
        advocate={"value": 1000, "tiers": {2: {"value": 3000, "currency": "MYR"}}},
        limits=[{"scope": "program", "currency": "MYR", "amount": 4000}],
    )
    member = advocate(program)
    referrals = [paid(program, member, discount=0) for _ in range(2)]
    for referral in referrals:
        settled(referral)
    rewards = [settled(referral, timezone.now() + 2 * DAY) for referral in referrals]
    assert [reward.amount for reward in rewards] == [1000, 3000]
    assert committed(program.pk, "MYR") == 4000
