"""What the mails say: the figures of the reward's own version, in the reader's language."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from oscar.core.loading import get_model

from oscar_referrals.members.models import Advocate
from oscar_referrals.messages import about_terms, compose, events, outbox
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.programs.describe import describe
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.spend import spend
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import UserFactory, live_program, publish_again
from tests.rewards.cases import DAY, order, pay, referred, set_status

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ringgit(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"CURRENCY_SYMBOLS": {"MYR": "RM"}}


@pytest.fixture
def program() -> Any:
    return live_program(
        hold_days=14, advocate={"value": 1500, "minimum": 4000, "validity_days": 90}
    )


def plain(text: str) -> str:
    """Babel puts a no-break space between currency and amount."""
    return text.replace("\xa0", " ")


def sent(event: str) -> tuple[str, str, str]:
    """Send what is due; subject, text and HTML of the mail about the event."""
    OutboxMessage.objects.exclude(event=event).delete()
    mail.outbox.clear()
    outbox.send_due(now=timezone.now() + DAY)
    assert [str(row.error) for row in OutboxMessage.objects.exclude(state="sent")] == []
    return last_mail()


def last_mail() -> tuple[str, str, str]:
    """Subject, text and HTML of the last mail that was sent."""
    message = mail.outbox[-1]
    return message.subject, plain(message.body), plain(message.alternatives[0][0])


def test_the_welcome(program: Any) -> None:
    referred(program)
    subject, text, html = sent(events.JOINED)
    member = Advocate.objects.get()
    code = code_for(advocate=member)
    assert subject == "Bring a friend: your link to share"
    for body in (text, html):
        assert code.pretty in body
        assert f"/r/{code.code}" in body
        assert "The friend gets RM20 off their first order." in body or "RM 20" in body
        assert member.user.first_name in body
        assert "/referrals/" in body
    receipt = member.acceptances.get()
    for body in (text, html):
        assert receipt.terms.sha256 in body
        assert reverse("referrals:receipt", args=[receipt.pk]) in body
        assert "By pressing" not in body and "How: test" in body
    assert plain(receipt.terms.text) in text


def test_long_terms_are_linked_and_not_sent(program: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(about_terms, "LONGEST_TERMS", 10)
    referred(program)
    _subject, text, html = sent(events.JOINED)
    receipt = Advocate.objects.get().acceptances.get()
    for body in (text, html):
        assert receipt.terms.sha256 in body
        assert "In short" not in body


def test_a_friend_has_ordered(program: Any) -> None:
    settle(referred(program).pk)
    subject, text, html = sent(events.FRIEND_ORDERED)
    assert subject == "A friend has ordered with your code"
    waits = [clause.text for clause in describe(program.current_version) if clause.key == "hold"]
    for body in (text, html):
        assert "voucher for RM" in body
        assert waits[0] in plain(body).replace("&#x27;", "'")
        assert "held until" not in body
        assert "Join" not in body


def test_the_hold_is_named(program: Any) -> None:
    referral = referred(program)
    pay(referral.order)
    settle(referral.pk)
    _subject, text, _html = sent(events.FRIEND_ORDERED)
    assert "The order has been paid. Your reward is held until" in text


def test_who_has_not_joined_is_told_how_to_get_it(program: Any) -> None:
    member = Advocate.objects.create(program=program, user=UserFactory())
    code_for(advocate=member)
    settle(referred(program, member=member).pk)
    _subject, text, html = sent(events.FRIEND_ORDERED)
    for body in (text, html):
        assert "Join it to receive this reward." in body
        assert "Join the program" in body
        assert "because a friend used your code" in body


def available(program: Any) -> Reward:
    referral = referred(program)
    pay(referral.order)
    settle(referral.pk, now=timezone.now() + 15 * DAY)
    return Reward.objects.get(side="advocate")


def test_a_reward_is_ready(program: Any) -> None:
    reward = available(program)
    subject, text, html = sent(events.REWARD_AVAILABLE)
    assert subject == "Your reward is ready"
    code = "-".join((reward.voucher_code[:4], reward.voucher_code[4:8], reward.voucher_code[8:]))
    for body in (text, html):
        assert code in body
        assert "voucher for RM" in body
        assert "What is not used of the voucher in that one order lapses." in body
        assert "Valid until" in body
        assert f"{timezone.localtime(reward.expires_at):%H:%M}" in body
    assert "<script" not in html


def test_the_version_that_was_claimed_speaks(program: Any) -> None:
    reward = available(program)
    publish_again(program, advocate={"value": 999900, "validity_days": 1})
    assert reward.incentive.version.number == 1
    _subject, text, _html = sent(events.REWARD_AVAILABLE)
    assert "9,999" not in text
    assert "15" in text


def test_a_reward_is_given_back(program: Any) -> None:
    reward = available(program)
    spent_with = order()
    spend(reward_id=reward.pk, order_number=spent_with.number, amount=1500)
    settle(reward.referral_id, now=timezone.now() + 15 * DAY)
    set_status(spent_with, "Cancelled")
    settle(reward.referral_id, now=timezone.now() + 15 * DAY)
    subject, text, _html = sent(events.REWARD_AVAILABLE)
    assert subject == "Your reward is yours again"
    assert "undone" in text


@pytest.mark.parametrize("issued", [True, False])
def test_a_reward_is_withdrawn(program: Any, issued: bool) -> None:
    referral = referred(program)
    pay(referral.order)
    later = timezone.now() + (15 if issued else 1) * DAY
    settle(referral.pk, now=later)
    outbox.send_due(now=later)
    set_status(referral.order, "Cancelled")
    settle(referral.pk, now=later)
    outbox.send_due(now=later)
    subject, text, html = last_mail()
    assert subject == (
        "Your reward has been withdrawn" if issued else "A reward will not be issued"
    )
    for body in (text, html):
        assert "The reason: The order was cancelled." in body
        assert "voucher for RM" in body


def test_the_readers_language(program: Any) -> None:
    reward = available(program)
    OutboxMessage.objects.update(language="id")
    message = OutboxMessage.objects.get(event=events.REWARD_AVAILABLE)
    with override("en-gb"):
        compose.render(message)
    with override("id"):
        context = compose.context_of(message)
        assert context["language"] == "id"
    assert context["reward"] == reward
    _subject, _text, html = sent(events.REWARD_AVAILABLE)
    assert 'lang="id"' in html


def test_staff_may_edit_the_texts_in_oscar(program: Any) -> None:
    available(program)
    get_model("communication", "CommunicationEventType").objects.create(
        code="REFERRAL_REWARD_AVAILABLE",
        name="Reward",
        email_subject_template="Hooray: {{ value }}",
    )
    subject, _text, _html = sent(events.REWARD_AVAILABLE)
    assert plain(subject).startswith("Hooray: a voucher for RM")


def test_staff_may_switch_a_mail_off(program: Any) -> None:
    available(program)
    get_model("communication", "CommunicationEventType").objects.create(
        code="REFERRAL_REWARD_AVAILABLE",
        name="Reward",
        email_subject_template="",
        email_body_template="",
        email_body_html_template="",
        sms_template="{{ value }}",
    )
    OutboxMessage.objects.exclude(event=events.REWARD_AVAILABLE).delete()
    outbox.send_due(now=timezone.now() + DAY)
    assert OutboxMessage.objects.get().error == "switched-off"
    assert mail.outbox == []


def test_a_text_message_template_does_not_repeat_the_mail(program: Any) -> None:
    available(program)
    get_model("communication", "CommunicationEventType").objects.create(
        code="REFERRAL_REWARD_AVAILABLE", name="Reward", sms_template="{{ value }}"
    )
    sent(events.REWARD_AVAILABLE)
    assert len(mail.outbox) == 1


def test_only_what_concerns_the_rewards_currency_is_said(settings: Any) -> None:
    figures = {
        "amounts": {
            "MYR": {"value": 1500, "minimum": 4000},
            "SGD": {"value": 500, "minimum": 1300},
        },
    }
    settings.OSCAR_REFERRALS = {"CURRENCIES": ("MYR", "SGD")}
    program = live_program(hold_days=14, friend=figures, advocate={**figures, "validity_days": 9})
    available(program)
    _subject, text, _html = sent(events.REWARD_AVAILABLE)
    assert "40" in text
    assert "13" not in text.partition("Valid until")[2].partition("\n")[2]


def test_nothing_is_escaped_in_plain_text(program: Any) -> None:
    program.name = "Mum & Dad's"
    program.save()
    available(program)
    subject, text, html = sent(events.JOINED)
    assert subject.startswith("Mum & Dad's:")
    assert "Mum & Dad's" in text
    assert "Mum &amp; Dad" in html
    assert "&#x27;" not in text
