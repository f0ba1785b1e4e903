"""Mails are owed once, sent once, tried again when they fail, and given up with a reason."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.members.models import Advocate
from oscar_referrals.messages import compose, events, outbox
from oscar_referrals.messages.delivery import error_text
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.test.factories import advocate, live_program

pytestmark = pytest.mark.django_db

State = OutboxMessage.State


@pytest.fixture
def member() -> Advocate:
    """An advocate whose welcome mail is left out."""
    joined = advocate(live_program())
    OutboxMessage.objects.all().delete()
    return joined


def owe(member: Advocate, key: str = "1", now: datetime | None = None) -> OutboxMessage:
    outbox.put(
        key=key,
        event=events.JOINED,
        user=member.user,
        language=member.language,
        advocate=member,
        now=now,
    )
    return OutboxMessage.objects.get(key=key)


class Down(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages: Any) -> int:
        raise OSError("connection refused")


@pytest.fixture
def mail_server_is_down(settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Down"


def test_a_key_is_owed_once(member: Advocate) -> None:
    for _time in range(3):
        owe(member)
    assert outbox.count_due() == 1
    assert outbox.send_due().handled == 1
    assert outbox.send_due().handled == 0
    assert len(mail.outbox) == 1
    owe(member)
    assert outbox.send_due().handled == 0


def test_what_was_sent_says_so(member: Advocate) -> None:
    owe(member)
    now = timezone.now()
    outbox.send_due(now=now)
    message = OutboxMessage.objects.get()
    assert (message.state, message.sent_at, message.attempts) == (State.SENT, now, 1)
    assert mail.outbox[0].to == [member.user.email]


def test_owing_one_is_one_query_and_sends_nothing(
    member: Advocate,
    django_capture_on_commit_callbacks: Any,
    django_assert_num_queries: Any,
) -> None:
    with django_capture_on_commit_callbacks() as callbacks, django_assert_num_queries(1):
        outbox.put(key="1", event=events.JOINED, user=member.user, advocate=member)
    assert (callbacks, mail.outbox) == ([], [])
    assert outbox.send_due().handled == 1


def test_a_mail_server_that_is_down_harms_nobody(
    member: Advocate,
    mail_server_is_down: None,
    settings: Any,
) -> None:
    now = timezone.now()
    owe(member, now=now)
    assert outbox.send_due(now=now).failed == 1
    message = OutboxMessage.objects.get()
    assert (message.state, message.attempts) == (State.WAITING, 1)
    assert message.next_attempt_at == now + outbox.FIRST_PAUSE
    assert message.error == "OSError: connection refused"
    assert outbox.send_due(now=now).handled == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert outbox.send_due(now=now + outbox.FIRST_PAUSE).failed == 0
    message.refresh_from_db()
    assert (message.state, message.error) == (State.SENT, "")


def test_a_message_that_fails_harms_no_other(
    member: Advocate, monkeypatch: pytest.MonkeyPatch
) -> None:
    owe(member, key="broken")
    owe(member, key="whole")
    render = compose.render

    def fail_for_one(message: OutboxMessage) -> dict[str, str]:
        if message.key == "broken":
            raise ValueError("a template is broken")
        return render(message)

    monkeypatch.setattr(compose, "render", fail_for_one)
    progress = outbox.send_due()
    assert (progress.handled, progress.failed) == (2, 1)
    assert progress.errors == ["broken: ValueError: a template is broken"]
    assert OutboxMessage.objects.get(key="whole").state == State.SENT


def test_a_text_that_staff_broke_is_named_and_goes_out_once_it_is_mended(
    member: Advocate,
) -> None:
    model = get_model("communication", "CommunicationEventType")
    text = model.objects.create(
        code=events.JOINED.upper(),
        name="Welcome",
        email_subject_template="Welcome",
        email_body_template="{% if %}",
        email_body_html_template="",
    )
    owe(member, key="broken")
    outbox.put(key="whole", event=events.SHARE_REMINDER, user=member.user, advocate=member)
    now = timezone.now()
    progress = outbox.send_due(now=now)
    assert (progress.handled, progress.failed) == (2, 1)
    message = OutboxMessage.objects.get(key="broken")
    assert message.state == State.WAITING
    assert error_text(message).startswith(
        "Its text in Oscar's communication events has a mistake: TemplateSyntaxError: "
    )
    text.email_body_template = "Come in"
    text.save()
    outbox.send_due(now=now + outbox.FIRST_PAUSE)
    assert OutboxMessage.objects.get(key="broken").state == State.SENT


def test_it_is_given_up_after_enough_attempts(
    member: Advocate, mail_server_is_down: None, settings: Any
) -> None:
    settings.OSCAR_REFERRALS = {"MAIL_ATTEMPTS": 3}
    owe(member)
    now = timezone.now()
    pauses = []
    for _attempt in range(3):
        outbox.send_due(now=now)
        message = OutboxMessage.objects.get()
        pauses.append(message.next_attempt_at - now)
        now = message.next_attempt_at
    assert message.state == State.FAILED
    assert pauses == [timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=45)]
    assert error_text(message) == "OSError: connection refused"
    assert outbox.send_due(now=now + timedelta(days=9)).handled == 0


def test_the_pause_has_a_limit() -> None:
    assert outbox._pause(50) == outbox.LONGEST_PAUSE


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"email": ""}, "no-address"),
        ({"is_active": False}, "account-closed"),
    ],
)
def test_who_cannot_be_written_to(member: Advocate, change: dict[str, Any], error: str) -> None:
    owe(member)
    type(member.user).objects.filter(pk=member.user_id).update(**change)
    assert outbox.send_due().failed == 0
    message = OutboxMessage.objects.get()
    assert (message.state, message.error) == (State.FAILED, error)
    assert error_text(message) not in ("", error)
    assert mail.outbox == []


def test_an_erased_account(member: Advocate) -> None:
    owe(member)
    member.user.delete()
    outbox.send_due()
    message = OutboxMessage.objects.get()
    assert (message.state, message.error) == (State.FAILED, "account-erased")


def test_what_is_no_longer_true_is_not_said(member: Advocate) -> None:
    owe(member)
    Advocate.objects.update(left_at=timezone.now())
    outbox.send_due()
    assert OutboxMessage.objects.get().error == "outdated"
    assert mail.outbox == []


def test_sending_again(
    member: Advocate,
    mail_server_is_down: None,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.OSCAR_REFERRALS = {"MAIL_ATTEMPTS": 1}
    message = owe(member)
    outbox.send_due()
    message.refresh_from_db()
    assert message.state == State.FAILED
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for number in (1, 2):
        with django_capture_on_commit_callbacks(execute=True):
            assert outbox.resend(message=message).state == State.WAITING
        message.refresh_from_db()
        assert (message.state, len(mail.outbox)) == (State.SENT, number)


def test_a_worker_that_dies_gives_its_messages_back(member: Advocate) -> None:
    owe(member)
    now = timezone.now()
    assert len(outbox._claim(now, 5)) == 1
    assert outbox._claim(now, 5) == []
    assert len(outbox._claim(now + outbox.LEASE, 5)) == 1


def test_a_limit(member: Advocate) -> None:
    for number in range(3):
        owe(member, key=str(number))
    seen: list[int] = []
    assert outbox.send_due(limit=2, watcher=seen.append).handled == 2
    assert seen == [1, 2]
    assert outbox.count_due() == 1


def test_messages_from_before_are_given_their_programs(member: Advocate) -> None:
    message = owe(member)
    assert message.program == member.program
    OutboxMessage.objects.update(program=None)
    import_module("oscar_referrals.migrations.0020_programs_of_messages").name_programs(apps, None)
    message.refresh_from_db()
    assert message.program == member.program
