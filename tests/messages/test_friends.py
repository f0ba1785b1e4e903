"""Mails to friends about what they earn themselves: never about the discount at the till."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.translation import override

from oscar_referrals.attribution.bind import credit_order
from oscar_referrals.attribution.claims import claim_offer
from oscar_referrals.attribution.decide import CreditFacts
from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.attribution.sign_up import credit_sign_up
from oscar_referrals.messages import about_reward, events, outbox, reminders
from oscar_referrals.messages.addresses import absolute_url
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import UserFactory, advocate, live_program
from tests.account.consent import VERIFIED
from tests.rewards.cases import DAY, order, pay, referred, set_status

pytestmark = pytest.mark.django_db

CREDIT = {"kind": "credit", "value": 500, "validity_days": 60}


@pytest.fixture(autouse=True)
def ringgit(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {
        "CREDIT_AT_CHECKOUT": True,
        "CURRENCY_SYMBOLS": {"MYR": "RM"},
    }


def program(trigger: str = "order_over", **figures: Any) -> Any:
    more = {"side": "friend", "trigger": trigger, "threshold": 1000, **CREDIT, **figures}
    if trigger == "sign_up":
        del more["threshold"]
    return live_program(hold_days=14, more=[more])


def to_friends() -> list[str]:
    rows = OutboxMessage.objects.filter(event__in=events.TO_FRIEND.values()).order_by("pk")
    return list(rows.values_list("event", flat=True))


def sent(event: str) -> Any:
    """Send what is due; the mail about the event, with plain spaces."""
    OutboxMessage.objects.exclude(event=event).exclude(state="sent").delete()
    mail.outbox.clear()
    outbox.send_due(now=timezone.now() + DAY)
    assert [str(row.error) for row in OutboxMessage.objects.exclude(state="sent")] == []
    [message] = mail.outbox
    message.texts = [
        body.replace("\xa0", " ").replace("&#x27;", "'")
        for body in (message.body, message.alternatives[0][0])
    ]
    return message


def by_guest(live: Any, email: str = "guest@shop.example") -> Referral:
    claim = claim_offer(code=code_for(advocate=advocate(live)), method=Claim.Method.TYPED)
    return credit_order(
        claim=claim,
        order=order(guest_email=email),
        facts=CreditFacts(
            is_own_code=False,
            is_existing_customer=False,
            new_customers_only=True,
            already_referred=False,
            friend_discount=2000,
            no_discount_reason="",
        ),
    )


def test_the_life_of_a_friends_reward() -> None:
    friend = UserFactory()
    referral = referred(program(), friend=friend)
    now = timezone.now()
    for later in (0, 1, 1, 15, 16):
        if later == 1:
            pay(referral.order)
        settle(referral.pk, now=now + later * DAY)
    assert to_friends() == [events.FRIEND_REWARD_EARNED, events.FRIEND_REWARD_AVAILABLE]
    assert set(
        OutboxMessage.objects.filter(event__in=to_friends()).values_list("user", flat=True)
    ) == {friend.pk}
    set_status(referral.order, "Cancelled")
    settle(referral.pk, now=now + 17 * DAY)
    assert to_friends()[2:] == [events.FRIEND_REWARD_WITHDRAWN]


def test_the_discount_at_the_till_is_no_news() -> None:
    referral = referred(live_program(hold_days=0))
    pay(referral.order)
    settle(referral.pk)
    set_status(referral.order, "Cancelled")
    settle(referral.pk)
    assert to_friends() == []


def test_the_shop_greets_nobody_with_a_message_that_stands_for_a_name() -> None:
    # Whoever registers somebody else's address would write to them in the shop's name.
    friend = UserFactory(first_name="you have won,\n\nopen evil.example")
    referral = referred(program(), friend=friend)
    pay(referral.order)
    settle(referral.pk)
    for text in sent(events.FRIEND_REWARD_EARNED).texts:
        assert "Hello," in text
        assert "evil.example" not in text


def test_what_an_earned_reward_waits_for() -> None:
    friend = UserFactory(first_name="Mei")
    referral = referred(program(), friend=friend)
    pay(referral.order)
    settle(referral.pk)
    message = sent(events.FRIEND_REWARD_EARNED)
    assert message.to == [friend.email]
    assert message.subject == "You have earned a reward"
    for text in message.texts:
        assert "Hello Mei," in text
        assert "You get it for your order." in text
        assert "RM 5 of store credit" in text
        assert "Your reward is held until" in text
        assert "If the friend's order is cancelled or refunded in full" in text
        assert "because you used a friend's code of Bring a friend" in text
        assert "Register" not in text
        assert "take part" not in text


def test_a_registration_earns_what_no_order_can_take_back() -> None:
    live = program("sign_up")
    claim = claim_offer(code=code_for(advocate=advocate(live)), method=Claim.Method.TYPED)
    referral = credit_sign_up(claim=claim, friend=UserFactory())
    assert referral is not None
    settle(referral.pk)
    message = sent(events.FRIEND_REWARD_EARNED)
    for text in message.texts:
        assert "because you registered with us through a friend" in text
        assert "refunded" not in text
        assert "your order" not in text


def test_the_advocate_is_told_of_a_registration_and_not_of_an_order() -> None:
    live = live_program(hold_days=7, more=[{"side": "advocate", "trigger": "sign_up", **CREDIT}])
    claim = claim_offer(code=code_for(advocate=advocate(live)), method=Claim.Method.TYPED)
    referral = credit_sign_up(claim=claim, friend=UserFactory())
    assert referral is not None
    settle(referral.pk)
    message = sent(events.FRIEND_ORDERED)
    assert message.subject == "A friend has registered with your code"
    for text in message.texts:
        assert "A friend has registered with your code" in text
        assert "Your reward is held until" in text
        assert "paid" not in text


def test_a_voucher_says_how_it_can_be_used() -> None:
    live = program(kind="voucher", value=700, minimum=3000)
    referral = referred(live)
    pay(referral.order)
    settle(referral.pk, now=timezone.now() + 15 * DAY)
    message = sent(events.FRIEND_REWARD_AVAILABLE)
    reward = Reward.objects.get(side="friend", kind="voucher", state="available")
    assert message.subject == "Your reward is ready"
    for text in message.texts:
        assert reward.voucher_code[:4] in text
        assert "You can use it for one order, signed in." in text
        assert "Minimum spend RM 30." in text
        assert "A voucher for RM 7 off an order of RM 30 or more" in text
        assert "first order" not in text
        assert "You get it for your order." in text
        assert "recommending" not in text
        assert "advocate" not in text


def test_a_reminder_before_it_expires() -> None:
    referral = referred(program())
    pay(referral.order)
    settle(referral.pk, now=timezone.now() + 15 * DAY)
    reward = Reward.objects.get(side="friend", kind="credit")
    assert reward.expires_at is not None
    OutboxMessage.objects.all().delete()
    until = timezone.now() + 3 * DAY
    Reward.objects.update(expires_at=until, available_at=until - 60 * DAY)
    reminders.remind_due()
    message = sent(events.FRIEND_REWARD_EXPIRING)
    assert message.to == [reward.owner.email]
    for text in message.texts:
        assert "You have not used this reward yet:" in text
        assert "because you used a friend's code" in text


def test_why_it_is_withdrawn() -> None:
    referral = referred(program())
    pay(referral.order)
    settle(referral.pk, now=timezone.now() + 15 * DAY)
    outbox.send_due(now=timezone.now() + DAY)
    set_status(referral.order, "Cancelled")
    settle(referral.pk, now=timezone.now() + 16 * DAY)
    message = sent(events.FRIEND_REWARD_WITHDRAWN)
    for text in message.texts:
        assert "It was for your order. The reason: The order was cancelled." in text
        assert "a friend's order" not in text


@pytest.mark.parametrize("proof", [VERIFIED, None])
def test_a_guest_is_asked_to_register(settings: Any, proof: str | None) -> None:
    settings.OSCAR_REFERRALS = settings.OSCAR_REFERRALS | {"EMAIL_IS_VERIFIED": proof}
    referral = by_guest(program())
    pay(referral.order)
    settle(referral.pk)
    message = sent(events.FRIEND_REWARD_EARNED)
    assert message.to == ["guest@shop.example"]
    for text in message.texts:
        assert "Register with the e-mail address of your order and confirm the address" in text
        assert "Confirm your address" in text
        assert "/referrals/confirm/" in text
    assert OutboxMessage.objects.get().user is None


@pytest.mark.parametrize(
    ("proof", "asked"),
    [
        (VERIFIED, "Register with the e-mail address of your order and confirm the address"),
        (None, "Register with the e-mail address of your order, and write to us from that address"),
    ],
    ids=["where addresses are confirmed", "where none is"],
)
def test_a_shop_without_our_pages_asks_a_guest_to_write(
    settings: Any, monkeypatch: pytest.MonkeyPatch, proof: str | None, asked: str
) -> None:
    settings.OSCAR_REFERRALS = settings.OSCAR_REFERRALS | {"EMAIL_IS_VERIFIED": proof}
    monkeypatch.setattr(about_reward, "absolute_url", _left_out)
    referral = by_guest(program())
    pay(referral.order)
    settle(referral.pk)
    for text in sent(events.FRIEND_REWARD_EARNED).texts:
        assert asked in text
        assert "/accounts/register/" in text
        assert "/confirm/" not in text


def _left_out(live: Any, view_name: str, *args: str) -> str:
    return "" if view_name.startswith("referrals:") else absolute_url(live, view_name, *args)


def test_a_guest_who_registered_is_told_that_it_is_ready(settings: Any) -> None:
    settings.OSCAR_REFERRALS = settings.OSCAR_REFERRALS | {"EMAIL_IS_VERIFIED": VERIFIED}
    referral = by_guest(program())
    pay(referral.order)
    settle(referral.pk)
    user = UserFactory(email="guest@shop.example")
    settle(referral.pk, now=timezone.now() + 15 * DAY)
    message = sent(events.FRIEND_REWARD_AVAILABLE)
    assert message.to == [user.email]
    assert OutboxMessage.objects.get().user == user


def test_a_guests_order_that_is_gone_has_no_address() -> None:
    referral = by_guest(program())
    settle(referral.pk)
    referral.order.delete()
    outbox.send_due(now=timezone.now() + DAY)
    message = OutboxMessage.objects.get(event=events.FRIEND_REWARD_EARNED)
    assert message.error == "account-erased"


def test_an_advocate_without_an_account_is_no_guest() -> None:
    referral = by_guest(program())
    settle(referral.pk)
    OutboxMessage.objects.filter(event=events.FRIEND_ORDERED).update(user=None)
    outbox.send_due(now=timezone.now() + DAY)
    assert OutboxMessage.objects.get(event=events.FRIEND_ORDERED).error == "account-erased"


def test_the_language_is_that_in_which_the_offer_was_taken() -> None:
    live = program()
    with override("id"):
        claim = claim_offer(code=code_for(advocate=advocate(live)), method=Claim.Method.LINK)
    assert claim.language == "id"
    referral = referred(live, claim=claim)
    settle(referral.pk)
    assert OutboxMessage.objects.get(event=events.FRIEND_REWARD_EARNED).language == "id"
    # The advocate's mails stay in the advocate's language.
    assert OutboxMessage.objects.get(event=events.FRIEND_ORDERED).language != "id"


def test_a_friend_who_has_joined_reads_the_language_of_joining() -> None:
    live, friend = program(), UserFactory()
    advocate(live, user=friend, language="ms")
    referral = referred(live, friend=friend)
    settle(referral.pk)
    assert OutboxMessage.objects.get(event=events.FRIEND_REWARD_EARNED).language == "ms"


def test_staff_entries_know_no_language() -> None:
    with override("id"):
        code = code_for(advocate=advocate(program()))
        claim = claim_offer(code=code, method=Claim.Method.STAFF)
    assert claim.language == ""
