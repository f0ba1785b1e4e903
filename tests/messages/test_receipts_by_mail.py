"""Whoever accepts terms has the receipt by mail as well: once for each acceptance."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from oscar_referrals.members.membership import accept_terms, join, latest_terms, leave
from oscar_referrals.members.models import Advocate, TermsAcceptance
from oscar_referrals.messages import about_terms, events, outbox
from oscar_referrals.messages.models import MessageSwitch, OutboxMessage
from oscar_referrals.messages.preferences import state
from oscar_referrals.messages.recipients import Recipient
from oscar_referrals.test.factories import UserFactory, live_program, publish_again

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Any:
    return live_program()


@pytest.fixture
def member(program: Any) -> Advocate:
    return join(program=program, user=UserFactory(), language="en-gb", method="account")


def accept(member: Advocate, version: Any, language: str = "en-gb") -> TermsAcceptance:
    terms = latest_terms(version, language)
    assert terms is not None
    return accept_terms(advocate=member, terms_id=terms.pk, method="change")


def owed() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(event=events.TERMS_ACCEPTED).order_by("pk"))


def is_receipt_of(message: Any, acceptance: TermsAcceptance) -> bool:
    """In both parts, with the address of the page."""
    address = reverse("referrals:receipt", args=[acceptance.pk])
    parts = (message.body, message.alternatives[0][0])
    return all(acceptance.terms.sha256 in part and address in part for part in parts)


def test_each_acceptance_is_mailed_once_with_its_own_receipt(
    program: Any, member: Advocate
) -> None:
    first = member.acceptances.get()
    version = publish_again(program, friend={"value": 500})
    second = accept(member, version)
    assert accept(member, version) == second
    third = accept(member, publish_again(program, friend={"value": 600}), "ms")
    assert [row.language for row in owed()] == ["en-gb", "ms"]
    outbox.send_due()
    welcome, *receipts = mail.outbox
    assert welcome.subject == "Bring a friend: your link to share"
    assert is_receipt_of(welcome, first)
    assert [message.subject for message in receipts[:1]] == [
        "Bring a friend: your receipt for the terms that you accepted"
    ]
    assert [message.to for message in receipts] == [[member.user.email]] * 2
    for message, acceptance in zip(receipts, (second, third), strict=True):
        assert is_receipt_of(message, acceptance)
        assert acceptance.terms.text.splitlines()[-1] in message.body
        assert "/mails/stop/" not in message.body


def test_the_welcome_is_the_first_receipt(member: Advocate) -> None:
    assert owed() == []


@pytest.mark.parametrize("by", ["program", "person"])
def test_whoever_is_not_welcomed_has_the_receipt_all_the_same(program: Any, by: str) -> None:
    user = UserFactory()
    if by == "program":
        MessageSwitch.objects.create(program=program, event=events.JOINED)
    else:
        state(recipient=Recipient(user=user), wanted={events.JOINED: False}, method="account")
    member = join(program=program, user=user, language="en-gb", method="account")
    outbox.send_due()
    [message] = mail.outbox
    assert is_receipt_of(message, member.acceptances.get())


def test_whoever_comes_back_under_other_terms_has_a_receipt_for_them(
    program: Any, member: Advocate
) -> None:
    leave(advocate=member)
    again = {"program": program, "user": member.user, "language": "en-gb", "method": "account"}
    join(**again)
    assert owed() == []
    leave(advocate=member)
    publish_again(program, friend={"value": 500})
    join(**again)
    outbox.send_due()
    assert is_receipt_of(mail.outbox[-1], member.acceptances.latest("accepted_at"))
    assert len(owed()) == 1


def test_it_is_sent_to_whoever_has_left_by_then(program: Any, member: Advocate) -> None:
    accept(member, publish_again(program, friend={"value": 500}))
    leave(advocate=member)
    outbox.send_due()
    assert [row.state for row in owed()] == ["sent"]


def test_long_terms_are_linked_and_not_sent(
    program: Any, member: Advocate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(about_terms, "LONGEST_TERMS", 10)
    receipt = accept(member, publish_again(program, friend={"value": 500}))
    outbox.send_due()
    message = mail.outbox[-1]
    assert is_receipt_of(message, receipt)
    for text in ("In short", "Keep this e-mail"):
        assert text not in message.body
