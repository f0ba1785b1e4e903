"""Mails that are about no reward: an offer taken, an order that does not count, follow-ups."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.utils import timezone

from oscar_referrals.attribution.claims import claim_offer, recognise
from oscar_referrals.attribution.late_claims import claim_late, decline_late_claim
from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.members.models import Advocate
from oscar_referrals.messages import events, occasions, outbox, preferences
from oscar_referrals.messages.models import MessagePreference, OutboxMessage
from oscar_referrals.messages.recipients import recipient_of
from oscar_referrals.programs import reasons
from oscar_referrals.programs.describe import describe
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.sharing.touches import record
from oscar_referrals.test.factories import UserFactory, advocate, default_site, live_program
from tests.checkout.test_registered_friends import register
from tests.messages.test_friends import by_guest
from tests.rewards.cases import DAY, order, referred
from tests.shop import Visitor, product

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Any:
    return live_program()


@pytest.fixture
def member(program: Any) -> Advocate:
    return advocate(program)


def claim(member: Advocate, **more: Any) -> Claim:
    return claim_offer(code=code_for(advocate=member), method=Claim.Method.LINK, **more)


def owed(event: str) -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(event=event).order_by("pk"))


def sent(event: str) -> Any:
    """The one mail about the event, which its recipient has agreed to."""
    [message] = owed(event)
    recipient = recipient_of(message)
    assert recipient is not None
    preferences.state(
        recipient=recipient, wanted={event: True}, method=MessagePreference.Method.LINK
    )
    OutboxMessage.objects.exclude(event=event).delete()
    mail.outbox.clear()
    outbox.send_due(now=message.due_at)
    message.refresh_from_db()
    assert (message.state, message.error) == ("sent", "")
    [found] = mail.outbox
    found.texts = [
        body.replace("\xa0", " ").replace("&#x27;", "'")
        for body in (found.body, found.alternatives[0][0])
    ]
    return found


def outcome(event: str) -> str:
    """What becomes of a mail that nobody wrote for; only whether it is still true counts."""
    [message] = owed(event)
    OutboxMessage.objects.exclude(event=event).delete()
    outbox.send_due(now=message.due_at)
    message.refresh_from_db()
    return message.error


class TestClaims:
    def test_the_advocate_hears_of_it_once_a_day_and_not_who_it_is(self, member: Advocate) -> None:
        friend = UserFactory(first_name="Zubaidah")
        claim(member, user=friend)
        claim(member)
        found = sent(events.FRIEND_CLAIMED)
        assert found.to == [member.user.email]
        promised = [
            clause.text
            for clause in describe(member.program.current_version)
            if clause.key.startswith("advocate-value")
        ]
        for text in found.texts:
            assert "Friends have taken your offer" in text
            assert "2 friends have taken your offer" in text
            assert "that is for your friends to say" in text
            assert "Zubaidah" not in text
            assert promised[0].replace("\xa0", " ") in text

    def test_a_friend_who_agrees_is_named(self, member: Advocate) -> None:
        taken = claim(member, user=UserFactory(first_name="Zubaidah"))
        Claim.objects.filter(pk=taken.pk).update(shows_name=True)
        for text in sent(events.FRIEND_CLAIMED).texts:
            assert "Zubaidah has taken your offer" in text

    def test_who_orders_within_the_hour_is_told_of_the_order_only(self, member: Advocate) -> None:
        taken = claim(member, user=UserFactory())
        [message] = owed(events.FRIEND_CLAIMED)
        assert message.due_at == taken.claimed_at + occasions.AFTER_CLAIM
        Claim.objects.update(used_at=timezone.now())
        assert outcome(events.FRIEND_CLAIMED) == "outdated"

    def test_the_friend_is_welcomed_if_there_is_an_address(self, member: Advocate) -> None:
        claim(member)
        assert owed(events.FRIEND_WELCOME) == []
        friend = UserFactory(first_name="Mei")
        taken = claim(member, user=friend)
        found = sent(events.FRIEND_WELCOME)
        assert found.to == [friend.email]
        promised = [
            clause.text for clause in describe(taken.version) if clause.key == "new-customers"
        ]
        for text in found.texts:
            assert taken.code.pretty in text
            assert "A friend has invited you" in text
            assert member.user.first_name not in text
            assert promised[0] in text

    @pytest.mark.parametrize("goods", [True, False])
    def test_a_guest_who_registers_later_is_welcomed_once(
        self, member: Advocate, goods: bool
    ) -> None:
        visitor = Visitor()
        visitor.claim(code_for(advocate=member))
        if goods:
            visitor.add(product("100.00"))
        assert owed(events.FRIEND_WELCOME) == []
        register(visitor, "baru@shop.example")
        visitor.client.logout()
        visitor.client.force_login(
            get_user_model().objects.get(email="baru@shop.example"),
            backend="django.contrib.auth.backends.ModelBackend",
        )
        found = sent(events.FRIEND_WELCOME)
        assert found.to == ["baru@shop.example"]
        assert "A friend has invited you" in found.body

    def test_a_customer_who_signs_in_later_is_not(self, member: Advocate) -> None:
        customer = UserFactory()
        order(user=customer, site=default_site())
        taken = claim(member)
        recognise(taken.pk, customer)
        recognise(taken.pk, UserFactory())
        assert outcome(events.FRIEND_WELCOME) == "outdated"

    def test_a_code_that_was_blocked_is_nobodys_offer(self, member: Advocate) -> None:
        claim(member, user=UserFactory())
        member.codes.update(blocked_at=timezone.now())
        assert outcome(events.FRIEND_WELCOME) == "outdated"

    def test_a_fault_in_it_costs_no_claim(
        self, member: Advocate, monkeypatch: pytest.MonkeyPatch, caplog: Any
    ) -> None:
        def broken(messages: Any) -> None:
            Claim.objects.raw("select nothing from nowhere")[0]

        monkeypatch.setattr(occasions, "put_all", broken)
        taken = claim(member, user=UserFactory())
        assert Claim.objects.filter(pk=taken.pk).exists()
        assert "is not owed" in caplog.text


class TestDeclined:
    def test_the_advocate_is_told_and_nothing_about_the_friend(self, program: Any) -> None:
        friend = UserFactory(first_name="Zubaidah")
        referred(program, friend=friend, existing_customer=True)
        found = sent(events.REFERRAL_DECLINED)
        for text in found.texts:
            assert "This order earns no reward." in text
            assert "The order didn't meet the conditions" in text
            assert "Zubaidah" not in text

    def test_once_a_day_for_each_reason(self, member: Advocate) -> None:
        for _friend in range(2):
            referred(member.program, member=member, existing_customer=True)
        assert len(owed(events.REFERRAL_DECLINED)) == 1
        assert owed(events.FRIEND_DECLINED) == []

    def test_the_friend_is_told_of_what_was_decided_later(self, program: Any) -> None:
        referral = referred(program)
        Claim.objects.update(method=Claim.Method.LATE)
        referral = Referral.objects.get(pk=referral.pk)
        referral.state, referral.reason = "refused", reasons.EXISTING_CUSTOMER
        referral.save()
        occasions.lost(referral)
        found = sent(events.FRIEND_DECLINED)
        assert found.to == [referral.friend.email]
        for text in found.texts:
            assert f"for your order {referral.order_number}" in text
            assert "you have ordered here before" in text

    @pytest.mark.parametrize("reason", [reasons.OWN_CODE, reasons.ORDER_CANCELLED])
    def test_what_everybody_knows_is_no_news(self, program: Any, reason: str) -> None:
        referral = referred(program)
        referral.state, referral.reason = "released", reason
        occasions.lost(referral)
        assert owed(events.REFERRAL_DECLINED) == []


class TestFollowUps:
    def test_three_mails_on_their_days(self, program: Any) -> None:
        referral = referred(program)
        days = [
            message.due_at - referral.created_at
            for event in events.FOLLOW_UPS
            for message in owed(event)
        ]
        assert days == [0 * DAY, 7 * DAY, 30 * DAY]
        occasions.credited(referral)
        assert len(owed(events.FOLLOW_UP_HELP)) == 1

    def test_other_days(self, program: Any, settings: Any) -> None:
        settings.OSCAR_REFERRALS = {"FOLLOW_UP_DAYS": (1,)}
        referral = referred(program)
        [message] = owed(events.FOLLOW_UP_THANKS)
        assert message.due_at == referral.created_at + DAY
        assert owed(events.FOLLOW_UP_HELP) == []

    @pytest.mark.parametrize("event", events.FOLLOW_UPS)
    def test_what_they_say(self, program: Any, event: str) -> None:
        friend = UserFactory(first_name="Mei")
        referred(program, friend=friend)
        found = sent(event)
        assert found.to == [friend.email]
        for text in found.texts:
            assert "Hello Mei," in text
            assert "because you used a friend's code" in text

    def test_an_order_that_no_longer_counts_has_none(self, program: Any) -> None:
        referred(program)
        Referral.objects.update(state="released")
        assert outcome(events.FOLLOW_UP_HELP) == "outdated"

    def test_who_takes_part_is_not_invited(self, program: Any) -> None:
        friend = UserFactory()
        referred(program, friend=friend)
        advocate(program, user=friend)
        assert outcome(events.FOLLOW_UP_INVITE) == "outdated"

    def test_a_guest_is_written_to_only_if_they_ask_for_it(self, program: Any) -> None:
        by_guest(program)
        assert outcome(events.FOLLOW_UP_THANKS) == "not-wanted"
        OutboxMessage.objects.all().delete()
        by_guest(program, "other@shop.example")
        found = sent(events.FOLLOW_UP_THANKS)
        assert found.to == ["other@shop.example"]
        assert "List-Unsubscribe" in found.extra_headers


class TestShareReminder:
    def test_once_after_three_days(self, member: Advocate) -> None:
        [message] = owed(events.SHARE_REMINDER)
        assert message.due_at == member.joined_at + timedelta(hours=72)
        code = code_for(advocate=member)
        for text in sent(events.SHARE_REMINDER).texts:
            assert code.pretty in text
            assert f"/r/{code.code}" in text

    def test_who_has_shared_needs_none(self, member: Advocate) -> None:
        record(code=code_for(advocate=member), method="link")
        assert outcome(events.SHARE_REMINDER) == "outdated"

    def test_none(self, program: Any, settings: Any) -> None:
        settings.OSCAR_REFERRALS = {"SHARE_REMINDER_AFTER": None}
        advocate(program)
        assert owed(events.SHARE_REMINDER) == []


class TestLateClaims:
    """What staff answer to a friend who said after the order who had invited them."""

    def test_a_guest_hears_that_it_was_declined_and_what_staff_wrote(self, program: Any) -> None:
        placed = order(guest_email="late@shop.example", site=default_site())
        asked = claim_late(order=placed, named="Zubaidah", language="en")
        assert asked is not None
        assert owed(events.FRIEND_ANSWER) == []
        for _press in range(2):
            decline_late_claim(
                late_claim_id=asked.pk,
                actor=UserFactory(is_staff=True),
                note="no evidence",
                customer_note="We found no such code.",
            )
        found = sent(events.FRIEND_ANSWER)
        assert found.to == ["late@shop.example"]
        for text in found.texts:
            assert f"before your order {placed.number}" in text
            assert "We could not credit" in text
            assert "We found no such code." in text
            assert "no evidence" not in text
            assert "Zubaidah" not in text

    def test_who_has_an_account_hears_that_it_counts(self, program: Any) -> None:
        friend = UserFactory()
        placed = order(user=friend, site=default_site())
        asked = claim_late(order=placed, named="x", language="en")
        assert asked is not None
        asked.state, asked.decided_at = "accepted", timezone.now()
        asked.save()
        occasions.late_claim_decided(asked)
        found = sent(events.FRIEND_ANSWER)
        assert found.to == [friend.email]
        for text in found.texts:
            assert "counts for that person now" in text
