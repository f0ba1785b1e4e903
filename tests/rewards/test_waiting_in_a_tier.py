"""A reward that waits is worth what the next referral is, also once another was counted (I12)."""

from __future__ import annotations

import pytest
from django.utils import timezone

from oscar_referrals.attribution.models import Referral
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.due import settle_due
from oscar_referrals.rewards.merge import merge_advocates
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.proof import prove
from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import UserFactory, advocate, live_program
from tests.rewards.cases import DAY, set_status, settled
from tests.rewards.test_limits import paid
from tests.rewards.triggered import paid_referral

pytestmark = pytest.mark.django_db


def test_whoever_waits_moves_up_when_another_is_counted() -> None:
    program = live_program(
        hold_days=1, advocate={"value": 1000, "tiers": {2: {"value": 3000, "currency": "MYR"}}}
    )
    member = advocate(program)
    first, second, third = (paid(program, member, discount=0) for _ in range(3))
    assert [settled(one).amount for one in (first, second, third)] == [1000, 1000, 1000]
    later = timezone.now() + 2 * DAY
    # Those who wait longer: their orders were paid later.
    waiting = Reward.objects.filter(referral__in=(second.pk, third.pk))
    waiting.update(hold_until=later + DAY)
    Referral.objects.exclude(pk=first.pk).update(settle_due_at=later + DAY)
    settled(first, later)
    due = Referral.objects.filter(settle_due_at__lte=later)
    assert set(due.values_list("pk", flat=True)) == {second.pk, third.pk}
    settle_due(now=later)
    assert set(waiting.values_list("state", "amount")) == {("pending", 3000)}
    assert not due.exists()
    # The next one changes nothing for the one that still waits.
    settled(second, later + 2 * DAY)
    assert not due.filter(pk=third.pk).exists()
    assert not list(prove())


def test_whoever_waits_moves_up_when_two_rows_are_merged() -> None:
    program = live_program(
        hold_days=1, advocate={"value": 1000, "tiers": {2: {"value": 3000, "currency": "MYR"}}}
    )
    kept, merged = advocate(program), advocate(program)
    first, second = paid(program, merged, discount=0), paid(program, kept, discount=0)
    assert [settled(one).amount for one in (first, second)] == [1000, 1000]
    later = timezone.now() + 2 * DAY
    waiting = Reward.objects.filter(referral=second.pk)
    waiting.update(hold_until=later + DAY)
    Referral.objects.filter(pk=second.pk).update(settle_due_at=later + DAY)
    settled(first, later)
    merge_advocates(
        kept_id=kept.pk, merged_id=merged.pk, actor=UserFactory(), note="One person.", now=later
    )
    settle_due(now=later)
    assert set(waiting.values_list("state", "amount")) == {("pending", 3000)}
    assert not list(prove())


def test_a_tier_is_fixed_when_the_referral_counts() -> None:
    program = live_program(
        hold_days=14,
        advocate={
            "value": 1000,
            "validity_days": 90,
            "tiers": {2: {"currency": "MYR", "value": 2000}, 3: {"currency": "MYR", "value": 3000}},
        },
    )
    member = advocate(program)
    referrals = [paid_referral(program, member) for _number in range(3)]
    worth = Reward.objects.filter(side="advocate").order_by("referral_id")
    # All would be the first one by now.
    assert list(worth.values_list("amount", flat=True)) == [1000, 1000, 1000]
    now = timezone.now() + 15 * DAY
    for referral in referrals:
        settle(referral.pk, now=now)
    assert list(worth.values_list("amount", "state")) == [
        (1000, Reward.State.AVAILABLE),
        (2000, Reward.State.AVAILABLE),
        (3000, Reward.State.AVAILABLE),
    ]
    set_status(referrals[0].order, "Cancelled")
    for referral in referrals:
        settle(referral.pk, now=now)
    assert list(worth.values_list("amount", flat=True)) == [1000, 2000, 3000]
    assert audit() == []
