"""Which events owe somebody a mail, and to whom."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from oscar_referrals.members.membership import join, leave
from oscar_referrals.members.models import Advocate
from oscar_referrals.messages import events, outbox
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.rewards import due
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.spend import spend
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import UserFactory, advocate, live_program
from tests.rewards.cases import DAY, order, pay, referred, set_status

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Any:
    return live_program(hold_days=14)


#: What is owed with a day of its own, and often not sent at all.
LATER = (*events.FOLLOW_UPS, events.SHARE_REMINDER, events.FRIEND_CLAIMED, events.FRIEND_WELCOME)


def owed_events() -> list[str]:
    """What was owed for now."""
    rows = OutboxMessage.objects.exclude(event__in=LATER).order_by("pk")
    return list(rows.values_list("event", flat=True))


def test_who_joins_is_welcomed_once(program: Any) -> None:
    user = UserFactory()
    member = advocate(program, user=user, language="ms")
    message = OutboxMessage.objects.get(event=events.JOINED)
    assert (message.event, message.user, message.language) == (events.JOINED, user, "ms")
    join(program=program, user=user, language="ms", method="test")
    assert len(owed_events()) == 1
    leave(advocate=member)
    join(program=program, user=user, language="ms", method="test")
    assert owed_events() == [events.JOINED]


def test_the_life_of_a_reward(program: Any) -> None:
    referral = referred(program)
    now = timezone.now()
    for later in (0, 0, 1, 2):
        if later == 1:
            pay(referral.order)
        settle(referral.pk, now=now + later * DAY)
    assert owed_events() == [events.JOINED, events.FRIEND_ORDERED]
    for later in (15, 16):
        settle(referral.pk, now=now + later * DAY)
    assert owed_events()[2:] == [events.REWARD_AVAILABLE]
    message = OutboxMessage.objects.get(event=events.REWARD_AVAILABLE)
    assert message.user == referral.advocate.user
    assert message.reward.side == "advocate"
    assert message.referral == referral
    set_status(referral.order, "Cancelled")
    settle(referral.pk, now=now + 17 * DAY)
    assert owed_events()[3:] == [events.REWARD_WITHDRAWN]
    set_status(referral.order, "Pending")
    settle(referral.pk, now=now + 18 * DAY)
    assert owed_events()[4:] == [events.REWARD_AVAILABLE]


def test_a_reward_that_is_given_back_is_told(program: Any) -> None:
    referral = referred(program)
    pay(referral.order)
    later = timezone.now() + 15 * DAY
    settle(referral.pk, now=later)
    spent_with = order()
    reward = Reward.objects.get(side="advocate")
    spend(reward_id=reward.pk, order_number=spent_with.number, amount=1500)
    settle(referral.pk, now=later)
    assert len(owed_events()) == 2
    set_status(spent_with, "Cancelled")
    settle(referral.pk, now=later)
    assert owed_events()[2:] == [events.REWARD_AVAILABLE]


def test_expiry_was_announced_with_the_reward(program: Any) -> None:
    referral = referred(program)
    pay(referral.order)
    settle(referral.pk, now=timezone.now() + 15 * DAY)
    before = owed_events()
    settle(referral.pk, now=timezone.now() + 200 * DAY)
    assert Reward.objects.get(side="advocate").state == "expired"
    assert owed_events() == before


def test_who_was_told_nothing_is_not_told_that_it_is_withdrawn(program: Any) -> None:
    referral = referred(program)
    set_status(referral.order, "Cancelled")
    settle(referral.pk)
    assert owed_events() == [events.JOINED]


class TestUndoneBeforeAnybodyHeard:
    """The reward was announced, and the order undone before the mail went out."""

    @pytest.fixture
    def undone(self, program: Any) -> Any:
        referral = referred(program)
        settle(referral.pk)
        assert owed_events() == [events.JOINED, events.FRIEND_ORDERED]
        set_status(referral.order, "Cancelled")
        settle(referral.pk)
        assert owed_events()[2:] == [events.REWARD_WITHDRAWN]
        return referral

    def test_nobody_is_told_anything(self, undone: Any, mailoutbox: list[Any]) -> None:
        outbox.send_due(now=timezone.now() + DAY)
        rewards = OutboxMessage.objects.filter(reward__isnull=False)
        assert set(rewards.values_list("state", "error")) == {("failed", "outdated")}
        assert [message.subject for message in mailoutbox] == ["Bring a friend: your link to share"]

    def test_what_a_mail_server_complained_of_may_have_arrived(
        self, undone: Any, mailoutbox: list[Any]
    ) -> None:
        earlier = OutboxMessage.objects.filter(event=events.FRIEND_ORDERED)
        earlier.update(attempts=1, error="SMTPServerDisconnected: after DATA", state="failed")
        outbox.send_due()
        assert "A reward will not be issued" in [message.subject for message in mailoutbox]

    def test_who_has_heard_of_the_withdrawal_is_not_told_twice(
        self, program: Any, mailoutbox: list[Any]
    ) -> None:
        referral = referred(program)
        for status in ("Pending", "Cancelled"):
            set_status(referral.order, status)
            settle(referral.pk)
            outbox.send_due()
        for status in ("Pending", "Cancelled"):
            set_status(referral.order, status)
            settle(referral.pk)
        outbox.send_due()
        subjects = [message.subject for message in mailoutbox]
        assert subjects.count("A reward will not be issued") == 1


def test_a_refused_referral_is_told_with_the_reason(program: Any) -> None:
    settle(referred(program, existing_customer=True).pk)
    assert owed_events() == [events.JOINED, events.REFERRAL_DECLINED]


def test_who_has_not_joined_is_asked_to(program: Any) -> None:
    member = Advocate.objects.create(program=program, user=UserFactory())
    code_for(advocate=member)
    settle(referred(program, member=member).pk)
    assert owed_events() == [events.FRIEND_ORDERED]


def test_the_mail_is_owed_in_the_transaction_of_the_change(program: Any) -> None:
    referral = referred(program)
    before = owed_events()
    with transaction.atomic():
        settle(referral.pk)
        assert owed_events() != before
        transaction.set_rollback(True)
    assert not Reward.objects.exists()
    assert owed_events() == before


def test_the_work_sends_what_it_owes(
    program: Any, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    referral = referred(program)
    pay(referral.order)
    later = timezone.now() + 15 * DAY
    with django_capture_on_commit_callbacks(execute=True):
        due.settle_due(now=later)
        assert mailoutbox == []
    outbox.send_due(now=later)
    assert [message.subject for message in mailoutbox] == [
        "Bring a friend: your link to share",
        "Your reward is ready",
    ]
