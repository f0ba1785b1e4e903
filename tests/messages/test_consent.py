"""Nobody gets what they do not want: switches, consent, what a program leaves out, and the pace."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from oscar_referrals.members.models import Advocate
from oscar_referrals.messages import events, outbox, pace, preferences
from oscar_referrals.messages.delivery import error_text
from oscar_referrals.messages.kinds import KINDS
from oscar_referrals.messages.models import (
    LastMail,
    MessagePreference,
    MessageSwitch,
    OutboxMessage,
)
from oscar_referrals.messages.recipients import Recipient
from oscar_referrals.test.factories import UserFactory, advocate, live_program

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
Method = MessagePreference.Method
AGREED: set[str] = set()


def has_agreed(user: Any) -> bool:
    """The shop's own record of consent to marketing."""
    return user.email in AGREED


@pytest.fixture(autouse=True)
def nobody_has_agreed() -> None:
    AGREED.clear()


@pytest.fixture
def shop_asks(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"MARKETING_CONSENT": f"{__name__}.has_agreed"}


@pytest.fixture
def member() -> Advocate:
    """An advocate without any mail."""
    joined = advocate(live_program())
    OutboxMessage.objects.all().delete()
    return joined


def owe(member: Advocate, event: str = events.SHARE_REMINDER, key: str = "1", **more: Any) -> None:
    outbox.put(key=key, event=event, user=member.user, advocate=member, language="en", **more)


def outcome(key: str = "1") -> tuple[str, str]:
    message = OutboxMessage.objects.get(key=key)
    return message.state, message.error


def switch(member: Advocate, event: str, wanted: bool) -> None:
    preferences.state(
        recipient=Recipient(user=member.user), wanted={event: wanted}, method=Method.ACCOUNT
    )


@pytest.mark.parametrize(
    ("event", "stated", "consent", "wanted"),
    [
        (events.REWARD_AVAILABLE, False, False, True),
        (events.FRIEND_CLAIMED, None, False, True),
        (events.FRIEND_CLAIMED, True, False, True),
        (events.FRIEND_CLAIMED, False, True, False),
        (events.SHARE_REMINDER, None, None, False),
        (events.SHARE_REMINDER, True, None, True),
        (events.SHARE_REMINDER, False, None, False),
        (events.SHARE_REMINDER, None, True, True),
        (events.SHARE_REMINDER, None, False, False),
        (events.SHARE_REMINDER, False, True, False),
        # Consent that was withdrawn with the shop ends what was switched on here.
        (events.SHARE_REMINDER, True, False, False),
    ],
)
def test_what_it_takes(event: str, stated: bool | None, consent: bool | None, wanted: bool) -> None:
    said = {} if stated is None else {event: stated}
    assert preferences.wants(KINDS[event], said, consent) is wanted


def test_who_has_not_agreed_gets_nothing_that_keeps_in_touch(member: Advocate) -> None:
    owe(member)
    assert outbox.send_due().failed == 0
    assert outcome() == ("held", "not-wanted")
    assert mail.outbox == []
    assert error_text(OutboxMessage.objects.get()) not in ("", "not-wanted")


def test_consent_is_asked_when_it_is_sent(member: Advocate, shop_asks: None) -> None:
    AGREED.add(member.user.email)
    owe(member)
    owe(member, key="2", due=timezone.now() + 8 * DAY)
    outbox.send_due()
    assert outcome()[0] == "sent"
    AGREED.clear()
    outbox.send_due(now=timezone.now() + 9 * DAY)
    assert outcome("2") == ("held", "not-wanted")
    assert len(mail.outbox) == 1


def test_what_one_switches_off_counts_for_what_waits(member: Advocate) -> None:
    owe(member, events.JOINED)
    switch(member, events.JOINED, False)
    outbox.send_due()
    assert outcome() == ("held", "not-wanted")


def test_what_is_about_a_reward_cannot_be_switched_off(member: Advocate) -> None:
    switch(member, events.REWARD_AVAILABLE, False)
    assert not MessagePreference.objects.exists()


def test_a_guest_who_gets_an_account_keeps_their_switches() -> None:
    guest = Recipient(guest_key=Recipient(user=UserFactory(email="mei@shop.example")).email_key)
    said = {events.FOLLOW_UP_THANKS: False}
    preferences.state(recipient=guest, wanted=said, method=Method.LINK)
    preferences.state(recipient=guest, wanted=said, method=Method.LINK)
    assert MessagePreference.objects.count() == 1
    account = Recipient(user=UserFactory.build(pk=987, email="MEI@shop.example"))
    assert preferences.stated_by(account) == said
    assert preferences.stated_by(Recipient(user=UserFactory())) == {}


def test_a_program_leaves_a_kind_out(member: Advocate) -> None:
    MessageSwitch.objects.create(program=member.program, event=events.JOINED)
    owe(member, events.JOINED)
    outbox.send_due()
    assert outcome() == ("held", "off-in-program")


class TestPace:
    """At most one in a week, of those that are no answer and no reward."""

    def send(self, member: Advocate, key: str, now: datetime, **more: Any) -> tuple[str, str]:
        if not OutboxMessage.objects.filter(key=key).exists():
            owe(member, key=key, now=now, **more)
        outbox.send_due(now=now)
        return outcome(key)

    @pytest.fixture(autouse=True)
    def agreed(self, member: Advocate) -> None:
        switch(member, events.SHARE_REMINDER, True)

    def test_the_next_one_waits_for_its_turn(self, member: Advocate) -> None:
        now = timezone.now()
        assert self.send(member, "1", now) == ("sent", "")
        assert self.send(member, "2", now + DAY) == ("waiting", "too-soon")
        message = OutboxMessage.objects.get(key="2")
        assert (message.next_attempt_at, message.attempts) == (now + 7 * DAY, 0)
        before = now + 7 * DAY - timedelta(seconds=1)
        assert self.send(member, "2", before) == ("waiting", "too-soon")
        assert self.send(member, "2", now + 7 * DAY) == ("sent", "")
        assert len(mail.outbox) == 2

    def test_what_would_come_a_week_late_lapses(self, member: Advocate) -> None:
        now = timezone.now()
        self.send(member, "1", now)
        self.send(member, "2", now + DAY)
        assert self.send(member, "3", now + DAY) == ("waiting", "too-soon")
        assert self.send(member, "2", now + 7 * DAY)[0] == "sent"
        assert outcome("3") == ("held", "too-soon")

    def test_a_welcome_and_a_reward_neither_wait_nor_count(self, member: Advocate) -> None:
        now = timezone.now()
        assert self.send(member, "1", now)[0] == "sent"
        assert self.send(member, "2", now, event=events.JOINED)[0] == "sent"
        assert LastMail.objects.count() == 1

    def test_what_could_not_be_sent_takes_no_turn(
        self, member: Advocate, settings: Any, caplog: Any
    ) -> None:
        settings.EMAIL_BACKEND = "tests.messages.test_outbox.Down"
        now = timezone.now()
        assert self.send(member, "1", now)[0] == "waiting"
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert self.send(member, "2", now)[0] == "sent"

    def test_everybody_has_a_turn_of_their_own(self, member: Advocate) -> None:
        now = timezone.now()
        with pace.turn(Recipient(user=member.user), now), pace.turn(Recipient(guest_key="a"), now):
            pass
        with pytest.raises(pace.TooSoon), pace.turn(Recipient(guest_key="a"), now + DAY):
            pass
