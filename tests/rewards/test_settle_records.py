"""What settling leaves behind: decisions, keys in the books, signals."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from oscar_referrals import signals
from oscar_referrals.attribution.models import Decision
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.replay import replay
from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import UserFactory, live_program
from tests.rewards.cases import DAY, available, pay, referred, set_status, settled

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Any:
    """RM 20 off for the friend, RM 15 for the advocate, no hold."""
    return live_program(hold_days=0)


def test_each_change_has_a_decision_that_can_be_replayed() -> None:
    program = live_program(hold_days=14)
    referral = referred(program)
    moment = timezone.now()
    settle(referral.pk, now=moment)
    pay(referral.order, moment=moment)
    settle(referral.pk, now=moment + DAY)
    settle(referral.pk, now=moment + 15 * DAY)
    actor = UserFactory()
    set_status(referral.order, "Cancelled")
    settle(referral.pk, now=moment + 16 * DAY, actor=actor)
    decisions = Decision.objects.filter(subject__endswith=":advocate").order_by("pk")
    assert [(decision.verdict, decision.reason) for decision in decisions] == [
        ("held", reasons.NO_PAYMENT_FACTS),
        ("held", reasons.HOLD),
        ("granted", reasons.PAID),
        ("refused", reasons.ORDER_CANCELLED),
    ]
    for decision in decisions:
        assert replay(decision.inputs).reason == decision.reason
    assert decisions.last().actor == actor
    released = Decision.objects.get(subject=f"referral:{referral.order_number}", verdict="refused")
    assert released.reason == reasons.ORDER_CANCELLED


def test_the_keys_of_the_books_name_the_business(program: Any) -> None:
    reward = available(program)
    set_status(reward.referral.order, "Cancelled")
    settled(reward.referral)
    business = f"{reward.referral.order_number}:{reward.incentive_id}:advocate"
    assert list(reward.entries.order_by("pk").values_list("key", flat=True)) == [
        f"reward:{business}",
        f"reverse:{business}:1",
    ]


def test_the_shop_hears_of_each_state_after_the_commit(
    program: Any, django_capture_on_commit_callbacks: Any
) -> None:
    heard: list[tuple[str, str, str]] = []

    def hear(name: str) -> Any:
        def receiver(reward: Reward, **kwargs: Any) -> None:
            heard.append((name, reward.side, kwargs.get("reason", "")))

        return receiver

    names = ("reward_pending", "reward_available", "reward_redeemed", "reward_withdrawn")
    receivers = {name: hear(name) for name in names}
    for name, receiver in receivers.items():
        getattr(signals, name).connect(receiver)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            referral = referred(program)
            settle(referral.pk)
            pay(referral.order)
            settle(referral.pk)
            settle(referral.pk)
            set_status(referral.order, "Cancelled")
            settle(referral.pk)
            assert heard == []
    finally:
        for name, receiver in receivers.items():
            getattr(signals, name).disconnect(receiver)
    assert set(heard) == {
        ("reward_pending", "advocate", ""),
        ("reward_redeemed", "friend", ""),
        ("reward_available", "advocate", ""),
        ("reward_withdrawn", "friend", reasons.ORDER_CANCELLED),
        ("reward_withdrawn", "advocate", reasons.ORDER_CANCELLED),
    }
    assert len(heard) == 5
