"""A payment that was begun and never finished doesn't keep a reward for ever."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.attribution.explain import explain
from oscar_referrals.attribution.models import Decision
from oscar_referrals.rewards.abandoned import free, free_abandoned
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.spend import hold_for, let_go_of_stale
from oscar_referrals.test.factories import UserFactory, live_program
from tests.rewards.cases import DAY, available, counts, order, settled

pytestmark = pytest.mark.django_db


@pytest.fixture
def reward() -> Reward:
    return available(live_program(hold_days=0))


@pytest.fixture
def basket(reward: Reward) -> Any:
    """The owner's basket: it holds the reward and is frozen for a payment."""
    made = get_model("basket", "Basket").objects.create(owner=reward.owner)
    assert hold_for(reward_id=reward.pk, basket_id=made.pk)
    made.freeze()
    return made


def holder(reward: Reward) -> int | None:
    return Reward.objects.get(pk=reward.pk).basket_id


def test_staff_free_it_and_it_is_written_down(reward: Reward, basket: Any) -> None:
    staff = UserFactory(is_staff=True)
    assert free(reward_id=reward.pk, actor=staff, note="The provider says it was given up")
    assert holder(reward) is None
    decision = Decision.objects.get(reason="freed-from-payment")
    assert (decision.actor, decision.subject, decision.referral) == (
        staff,
        reward.key,
        reward.referral,
    )
    assert decision.inputs["note"] == "The provider says it was given up"
    assert decision.inputs["basket"] == basket.pk
    story = explain(reward.referral.order_number)
    assert any("payment was not finished" in line.text for line in story.lines)
    assert audit() == []
    assert settled(reward.referral).state == Reward.State.AVAILABLE


def test_once(reward: Reward, basket: Any) -> None:
    assert free(reward_id=reward.pk)
    assert not free(reward_id=reward.pk)
    assert Decision.objects.filter(reason="freed-from-payment").count() == 1


@pytest.mark.parametrize("status", ["Open", "Saved", "Submitted"])
def test_a_basket_that_is_not_being_paid_is_no_matter_of_staff(
    reward: Reward, basket: Any, status: str
) -> None:
    type(basket).objects.filter(pk=basket.pk).update(status=status)
    assert not free(reward_id=reward.pk)
    assert holder(reward) == basket.pk


def test_a_basket_that_became_an_order_is_not_touched(reward: Reward, basket: Any) -> None:
    order(user=reward.owner, basket=basket)
    assert not free(reward_id=reward.pk)
    assert free_abandoned(now=timezone.now() + 30 * DAY).handled == 0
    assert holder(reward) == basket.pk


def test_time_frees_it_after_the_limit_and_not_before(reward: Reward, basket: Any) -> None:
    now = timezone.now()
    let_go_of_stale(now=now + 8 * DAY)
    assert free_abandoned(now=now + 7 * DAY - timedelta(hours=1)).handled == 0
    assert holder(reward) == basket.pk
    assert free_abandoned(now=now + 7 * DAY + timedelta(hours=1)).handled == 1
    assert holder(reward) is None
    assert Decision.objects.get(reason="freed-from-payment").actor is None


def test_the_limit_is_a_setting(reward: Reward, basket: Any, settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"REWARD_HOLD_IN_PAYMENT": timedelta(days=1)}
    assert free_abandoned(now=timezone.now() + 2 * DAY).handled == 1


def test_a_reward_that_fails_harms_no_other(
    reward: Reward, basket: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = available(reward.program)
    second = get_model("basket", "Basket").objects.create(owner=other.owner)
    assert hold_for(reward_id=other.pk, basket_id=second.pk)
    second.freeze()

    def fail_for_one(**kwargs: Any) -> bool:
        if kwargs["reward_id"] == reward.pk:
            raise RuntimeError("odd")
        return free(**kwargs)

    monkeypatch.setattr("oscar_referrals.rewards.abandoned.free", fail_for_one)
    later = timezone.now() + 8 * DAY
    progress = free_abandoned(now=later)
    assert counts(progress) == (2, 1)
    assert progress.errors == [f"Referral {reward.referral_id}: RuntimeError: odd"]
    assert (holder(reward), holder(other)) == (basket.pk, None)
    assert counts(free_abandoned(now=later)) == (1, 1)


def test_it_is_stamped_with_the_moment_at_which_it_is_freed(
    reward: Reward, basket: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run may take long."""
    began = timezone.now() + 8 * DAY
    moments = iter([began, *(began + timedelta(minutes=number) for number in range(1, 100))])
    monkeypatch.setattr("oscar_referrals.rewards.abandoned.timezone.now", lambda: next(moments))
    assert free_abandoned().handled == 1
    assert Decision.objects.get(reason="freed-from-payment").decided_at > began
