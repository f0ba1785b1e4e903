"""A reminder before a reward expires: once per date, to its owner, while it is true."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from oscar_referrals.messages import events, outbox, reminders, truth
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.spend import spend
from oscar_referrals.test.factories import live_program
from tests.rewards.cases import DAY, available

pytestmark = pytest.mark.django_db

VALID = {"value": 1500, "minimum": 4000, "validity_days": 90}


@pytest.fixture
def reward(settings: Any) -> Reward:
    settings.OSCAR_REFERRALS = {"CURRENCY_SYMBOLS": {"MYR": "RM"}}
    return available(live_program(hold_days=0, advocate=VALID))


def move_expiry(reward: Reward, until: Any) -> None:
    Reward.objects.filter(pk=reward.pk).update(
        expires_at=until, available_at=until - timedelta(days=90)
    )
    reward.refresh_from_db()


def owed() -> list[str]:
    rows = OutboxMessage.objects.filter(event=events.REWARD_EXPIRING).order_by("pk")
    return list(rows.values_list("key", flat=True))


def test_it_is_owed_once_within_the_period(reward: Reward) -> None:
    assert reward.expires_at is not None
    early = reward.expires_at - 7 * DAY - timedelta(minutes=1)
    assert reminders.count_due(now=early) == reminders.remind_due(now=early).handled == 0
    moment = reward.expires_at - 7 * DAY
    assert reminders.count_due(now=moment) == reminders.remind_due(now=moment).handled == 1
    assert owed() == [truth.reminder_key(reward)]
    assert reminders.remind_due(now=moment).handled == 0
    # Not even when what is noted on the row is lost.
    Reward.objects.update(reminded_for=None)
    reminders.remind_due(now=moment)
    assert len(owed()) == 1


def test_another_date_is_another_reminder(reward: Reward) -> None:
    assert reward.expires_at is not None
    reminders.remind_due(now=reward.expires_at - DAY)
    move_expiry(reward, reward.expires_at + 30 * DAY)
    assert reward.expires_at is not None
    assert reminders.remind_due(now=reward.expires_at - 20 * DAY).handled == 0
    assert reminders.remind_due(now=reward.expires_at - 7 * DAY).handled == 1
    assert len(set(owed())) == 2


def test_nobody_is_reminded_of_what_is_gone(reward: Reward) -> None:
    assert reward.expires_at is not None
    moment = reward.expires_at
    assert reminders.remind_due(now=moment).handled == 0
    Reward.objects.update(state=Reward.State.REDEEMED)
    assert reminders.remind_due(now=moment - DAY).handled == 0


def test_what_is_spent_and_not_settled_yet_needs_none(reward: Reward) -> None:
    assert reward.expires_at is not None
    spend(reward_id=reward.pk, order_number="900001", amount=1500)
    reminders.remind_due(now=reward.expires_at - DAY)
    assert owed() == []


@pytest.mark.parametrize("days", [3, 7])
def test_a_short_validity_needs_none(settings: Any, days: int) -> None:
    reward = available(live_program(hold_days=0, advocate={**VALID, "validity_days": days}))
    assert reward.expires_at is not None
    assert reminders.count_due(now=reward.expires_at - DAY) == 0


def test_the_shop_may_switch_it_off(reward: Reward, settings: Any) -> None:
    assert reward.expires_at is not None
    settings.OSCAR_REFERRALS = {"REMIND_BEFORE_EXPIRY": None}
    assert reminders.count_due(now=reward.expires_at - DAY) == 0
    assert reminders.remind_due(now=reward.expires_at - DAY).handled == 0
    settings.OSCAR_REFERRALS = {"REMIND_BEFORE_EXPIRY": timedelta(days=2)}
    assert reminders.count_due(now=reward.expires_at - 3 * DAY) == 0
    assert reminders.count_due(now=reward.expires_at - DAY) == 1


def remind_now(reward: Reward) -> OutboxMessage:
    """The reminder of a reward that really expires in three days, not sent yet."""
    move_expiry(reward, timezone.now() + 3 * DAY)
    OutboxMessage.objects.all().delete()
    reminders.remind_due()
    return OutboxMessage.objects.get()


def test_what_it_says(reward: Reward) -> None:
    remind_now(reward)
    mail.outbox.clear()
    outbox.send_due()
    [message] = mail.outbox
    assert message.to == [reward.owner.email]
    assert message.subject.startswith("Your reward expires on ")
    html = message.alternatives[0][0]
    for body in (message.body, html):
        text = body.replace("\xa0", " ")
        assert "You have not used this reward yet:" in text
        assert "RM 15" in text
        assert "Valid until" in text
        assert "/referrals/" in text


def test_it_is_written_in_the_owners_language(reward: Reward) -> None:
    reward.advocate.language = "ms"
    reward.advocate.save()
    assert remind_now(reward).language == "ms"


def test_it_is_not_sent_once_it_is_no_longer_true(reward: Reward) -> None:
    message = remind_now(reward)
    assert truth.is_still_true(message)
    move_expiry(reward, timezone.now() + 40 * DAY)
    message = OutboxMessage.objects.get(pk=message.pk)
    assert not truth.is_still_true(message)
    message = remind_now(reward)
    spend(reward_id=reward.pk, order_number="900001", amount=1500)
    assert not truth.is_still_true(OutboxMessage.objects.get(pk=message.pk))
    settle(reward.referral_id)
    outbox.send_due()
    message.refresh_from_db()
    assert (message.state, message.error) == ("failed", "outdated")


def test_the_work_does_it(reward: Reward) -> None:
    from django.core.management import call_command

    move_expiry(reward, timezone.now() + 3 * DAY)
    for _run in range(2):
        call_command("referrals_work", verbosity=0)
    assert len(owed()) == 1
    assert OutboxMessage.objects.get(event=events.REWARD_EXPIRING).state == "sent"
