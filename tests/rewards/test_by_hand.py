"""What staff do by hand: more time, more or less, and a gift. Each with a reason and a name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from oscar_referrals.attribution.models import Decision
from oscar_referrals.messages import outbox
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.adjust import adjust
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.by_hand import NotPossible
from oscar_referrals.rewards.due import settle_due
from oscar_referrals.rewards.extend import extend
from oscar_referrals.rewards.give import give
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.notes import notes_about
from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import UserFactory, live_program
from tests.rewards.cases import DAY, available, books, pay, referred, set_status, settled

pytestmark = pytest.mark.django_db

State = Reward.State
NOW = timezone.now()
CREDIT = {"kind": "credit", "value": 2000, "validity_days": 90}


@pytest.fixture
def staff() -> Any:
    return UserFactory(is_staff=True)


@pytest.fixture
def program() -> Program:
    return live_program(hold_days=0, advocate={"value": 2000, "validity_days": 90})


@pytest.fixture
def reward(program: Program) -> Reward:
    return available(program)


def last_decision(reward: Reward, reason: str) -> Decision:
    found = Decision.objects.filter(
        subject=reward.key, reason=reason, inputs__has_key="note"
    ).last()
    assert found is not None
    return found


def test_more_time(reward: Reward, staff: Any) -> None:
    assert reward.expires_at is not None
    until = reward.expires_at + 30 * DAY
    before = books(reward)
    after = extend(reward_id=reward.pk, until=until, actor=staff, note=" asked kindly ")
    assert (after.state, after.reason, after.expires_at) == (
        State.AVAILABLE,
        reasons.EXTENDED,
        until,
    )
    assert after.referral.settle_due_at == until
    decision = last_decision(reward, reasons.EXTENDED)
    assert (decision.actor, decision.inputs["note"]) == (staff, "asked kindly")
    assert decision.inputs["until"] == until.isoformat()
    assert books(reward) == before
    assert settle(reward.referral_id)[0].reason != reasons.EXPIRED
    assert audit() == []
    assert "more time" in reasons.shopper_text(after.reason)


def test_an_expired_reward_comes_back(reward: Reward, staff: Any) -> None:
    assert reward.expires_at is not None
    lapsed = reward.expires_at + DAY
    settle_due(now=lapsed)
    reward.refresh_from_db()
    assert reward.state == State.EXPIRED
    until = lapsed + 14 * DAY
    after = extend(reward_id=reward.pk, until=until, actor=staff, note="late", now=lapsed)
    assert (after.state, after.reason, after.expires_at) == (
        State.AVAILABLE,
        reasons.EXTENDED,
        until,
    )
    assert books(after) == {"expense:reward MYR": 2000, "liability:available MYR": -2000}
    assert audit() == []
    settle_due(now=until)
    after.refresh_from_db()
    assert after.state == State.EXPIRED


def test_more_time_brings_back_no_reward_whose_order_fell(reward: Reward, staff: Any) -> None:
    assert reward.expires_at is not None
    lapsed = reward.expires_at + DAY
    settle_due(now=lapsed)
    set_status(reward.referral.order, "Cancelled")
    after = extend(reward_id=reward.pk, until=lapsed + DAY, actor=staff, note="late", now=lapsed)
    assert after.state == State.REVERSED
    assert audit() == []


def test_what_can_not_be_extended(reward: Reward, staff: Any) -> None:
    assert reward.expires_at is not None
    later = reward.expires_at + DAY
    with pytest.raises(NotPossible, match="why"):
        extend(reward_id=reward.pk, until=later, actor=staff, note="  ")
    with pytest.raises(NotPossible, match="own account"):
        extend(reward_id=reward.pk, until=later, actor=reward.owner, note="me")
    with pytest.raises(NotPossible, match="later date"):
        extend(reward_id=reward.pk, until=reward.expires_at - DAY, actor=staff, note="x")
    set_status(reward.referral.order, "Cancelled")
    settle(reward.referral_id)
    with pytest.raises(NotPossible, match="no date"):
        extend(reward_id=reward.pk, until=later, actor=staff, note="x")
    assert not Decision.objects.filter(reason=reasons.EXTENDED).exists()


@pytest.mark.parametrize("by", [500, -500])
def test_credit_is_adjusted_both_ways(staff: Any, by: int) -> None:
    reward = available(live_program(hold_days=0, advocate=CREDIT))
    after = adjust(reward_id=reward.pk, by=by, actor=staff, note="agreed on the telephone")
    assert (after.adjusted, after.net, after.left) == (by, 2000 + by, 2000 + by)
    assert books(after)["liability:available MYR"] == -(2000 + by)
    decision = last_decision(reward, reasons.ADJUSTED)
    assert (decision.actor, decision.inputs["by"], decision.inputs["before"]) == (staff, by, 0)
    assert audit() == []
    back = adjust(reward_id=reward.pk, by=-by, actor=staff, note="undone")
    assert (back.adjusted, back.net) == (0, 2000)
    assert audit() == []


def test_a_voucher_is_lowered_and_raised_to_its_rule_only(reward: Reward, staff: Any) -> None:
    with pytest.raises(NotPossible, match="store credit instead"):
        adjust(reward_id=reward.pk, by=1, actor=staff, note="x")
    assert adjust(reward_id=reward.pk, by=-700, actor=staff, note="x").left == 1300
    assert adjust(reward_id=reward.pk, by=700, actor=staff, note="x").left == 2000
    assert audit() == []


def test_adjusting_to_nothing_withdraws_it(reward: Reward, staff: Any) -> None:
    after = adjust(reward_id=reward.pk, by=-2000, actor=staff, note="given by mistake")
    assert (after.state, after.reason) == (State.REVERSED, reasons.ADJUSTED)
    assert books(after) == {}
    assert settle(reward.referral_id, now=NOW + DAY)
    after.refresh_from_db()
    assert after.state == State.REVERSED
    assert audit() == []


def test_a_pending_reward_is_adjusted(program: Program, staff: Any) -> None:
    reward = settled(referred(program))
    after = adjust(reward_id=reward.pk, by=-500, actor=staff, note="x")
    assert (after.state, after.net) == (State.PENDING, 1500)
    pay(after.referral.order)
    assert settled(after.referral).net == 1500


def test_never_below_what_is_used_up(staff: Any) -> None:
    reward = available(live_program(hold_days=0, advocate=CREDIT))
    Reward.objects.filter(pk=reward.pk).update(used=800)
    settle(reward.referral_id)
    with pytest.raises(NotPossible, match="can be taken away"):
        adjust(reward_id=reward.pk, by=-1201, actor=staff, note="x")
    after = adjust(reward_id=reward.pk, by=-1200, actor=staff, note="x")
    assert (after.state, after.left) == (State.REDEEMED, 0)


def test_what_can_not_be_adjusted(reward: Reward, staff: Any) -> None:
    with pytest.raises(NotPossible, match="why"):
        adjust(reward_id=reward.pk, by=-1, actor=staff, note="")
    with pytest.raises(NotPossible, match="own account"):
        adjust(reward_id=reward.pk, by=-1, actor=reward.owner, note="x")
    with pytest.raises(NotPossible, match="other than zero"):
        adjust(reward_id=reward.pk, by=0, actor=staff, note="x")
    friends = reward.referral.rewards.get(side="friend")
    with pytest.raises(NotPossible, match="still owed"):
        adjust(reward_id=friends.pk, by=-1, actor=staff, note="x")


def test_a_gift(program: Program, staff: Any) -> None:
    customer = UserFactory()
    reward = give(
        program=program,
        user=customer,
        amount=1500,
        currency="MYR",
        actor=staff,
        note="late parcel",
        validity_days=60,
        now=NOW,
    )
    assert (reward.state, reward.reason) == (State.AVAILABLE, reasons.GIVEN_BY_STAFF)
    assert (reward.owner, reward.kind, reward.left, reward.incentive) == (
        customer,
        "credit",
        1500,
        None,
    )
    assert reward.expires_at == NOW + 60 * DAY
    assert books(reward) == {"expense:reward MYR": 1500, "liability:available MYR": -1500}
    decision = last_decision(reward, reasons.GIVEN_BY_STAFF)
    assert (decision.actor, decision.inputs["note"]) == (staff, "late parcel")
    assert audit() == []
    settle(reward.referral_id, now=NOW + DAY)
    reward.refresh_from_db()
    assert reward.state == State.AVAILABLE
    mail.outbox.clear()
    outbox.send_due()
    [message] = mail.outbox
    assert message.to == [customer.email]
    assert "The shop has given you this reward." in message.body
    assert "recommending" not in message.body
    settle_due(now=NOW + 60 * DAY)
    reward.refresh_from_db()
    assert reward.state == State.EXPIRED
    assert audit() == []


def test_a_gift_with_a_hold_and_without_an_end(program: Program, staff: Any) -> None:
    gift = {"program": program, "user": UserFactory(), "currency": "MYR", "actor": staff}
    reward = give(**gift, amount=500, note="x", hold_days=3, now=NOW)
    assert (reward.state, reward.reason, reward.hold_until) == (
        State.PENDING,
        reasons.GIVEN_BY_STAFF,
        NOW + 3 * DAY,
    )
    settle_due(now=NOW + 3 * DAY)
    reward.refresh_from_db()
    assert (reward.state, reward.expires_at) == (State.AVAILABLE, None)
    other = give(**gift, amount=500, note="another")
    assert other.pk != reward.pk
    assert audit() == []


def test_the_same_gift_is_given_once(program: Program, staff: Any) -> None:
    gift = {"program": program, "user": UserFactory(), "currency": "MYR", "actor": staff}
    first = give(**gift, amount=500, note="x", token="abc")
    assert give(**gift, amount=500, note="x", token="abc") == first
    assert Reward.objects.filter(kind="credit").count() == 1


def test_a_form_that_was_used_gives_nothing_else(program: Program, staff: Any) -> None:
    """The browser's "back", another customer or amount, and the button once more."""
    gift = {"program": program, "currency": "MYR", "actor": staff, "note": "x", "token": "abc"}
    known = UserFactory()
    give(**gift, user=known, amount=500)
    for user, amount in ((UserFactory(), 500), (known, 700)):
        with pytest.raises(NotPossible, match="Open it anew"):
            give(**gift, user=user, amount=amount)
    assert Reward.objects.count() == 1


def test_an_adjustment_is_made_once(staff: Any) -> None:
    reward = available(live_program(hold_days=0, advocate=CREDIT))
    change = {"reward_id": reward.pk, "actor": staff, "note": "x", "token": "abc"}
    for _ in range(2):
        assert adjust(**change, by=500).net == 2500
    with pytest.raises(NotPossible, match="Open it anew"):
        adjust(**change, by=-500)
    assert adjust(**{**change, "token": "def"}, by=500).net == 3000


def test_limits_are_not_in_the_way_of_a_gift_and_count_it(staff: Any) -> None:
    limit = {"scope": "advocate", "window": "day", "amount": 1}
    program = live_program(hold_days=0, advocate=CREDIT, limits=[limit])
    reward = available(program)
    gift = give(
        program=program, user=reward.owner, amount=500, currency="MYR", actor=staff, note="x"
    )
    assert gift.state == State.AVAILABLE
    referral = referred(program, member=reward.advocate)
    pay(referral.order)
    assert settled(referral).reason == reasons.CAP_REACHED


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"note": " "}, "why"),
        ({"amount": 0}, "currencies"),
        ({"amount": -5}, "currencies"),
        ({"currency": "EUR"}, "currencies"),
    ],
)
def test_what_can_not_be_given(
    program: Program, staff: Any, changes: dict[str, Any], match: str
) -> None:
    gift = {"program": program, "user": UserFactory(), "amount": 5, "currency": "MYR", "note": "x"}
    with pytest.raises(NotPossible, match=match):
        give(**{**gift, "actor": staff, **changes})


def test_nobody_gives_to_oneself_or_to_a_closed_account(program: Program, staff: Any) -> None:
    gift = {"program": program, "amount": 5, "currency": "MYR", "note": "x", "actor": staff}
    with pytest.raises(NotPossible, match="own account"):
        give(**gift, user=staff)
    # Another account with an address of the same mailbox.
    twin = UserFactory(email=staff.email.upper())
    with pytest.raises(NotPossible, match="own account"):
        give(**gift, user=twin)
    with pytest.raises(NotPossible, match="closed"):
        give(**gift, user=UserFactory(is_active=False))
    assert not Reward.objects.exists()


def test_a_gift_ends_with_the_account(program: Program, staff: Any) -> None:
    customer = UserFactory()
    gift = {"program": program, "user": customer, "currency": "MYR", "actor": staff}
    reward = give(**gift, amount=500, note="x")
    customer.delete()
    settle(reward.referral_id, now=NOW + timedelta(days=1))
    reward.refresh_from_db()
    assert (reward.state, reward.reason) == (State.EXPIRED, reasons.ACCOUNT_ERASED)
    assert audit() == []


def test_a_note_to_the_customer_stands_beside_the_internal_reason(
    reward: Reward, program: Program, staff: Any
) -> None:
    assert reward.expires_at is not None
    until = reward.expires_at + DAY
    extend(
        reward_id=reward.pk,
        until=until,
        actor=staff,
        note="angry",
        customer_note=" Take\nyour time ",
    )
    adjust(reward_id=reward.pk, by=-500, actor=staff, note="fraud?", customer_note="A mistake.")
    adjust(reward_id=reward.pk, by=-100, actor=staff, note="without")
    gift = give(
        program=program,
        user=UserFactory(),
        amount=1000,
        currency="MYR",
        actor=staff,
        note="internal",
        customer_note="Sorry <b>again</b>",
    )
    assert notes_about([reward, gift]) == {
        reward.key: ["Take your time", "A mistake."],
        gift.key: ["Sorry <b>again</b>"],
    }
    assert notes_about([]) == {}
    assert last_decision(reward, reasons.EXTENDED).inputs["note"] == "angry"
    assert audit() == []


def test_a_note_that_is_too_long_changes_nothing(reward: Reward, staff: Any) -> None:
    with pytest.raises(NotPossible, match="300"):
        adjust(reward_id=reward.pk, by=-1, actor=staff, note="why", customer_note="x" * 301)
    reward.refresh_from_db()
    assert reward.adjusted == 0


def test_the_mail_about_a_gift_has_the_note_and_not_the_reason(
    program: Program, staff: Any
) -> None:
    give(
        program=program,
        user=UserFactory(),
        amount=1000,
        currency="MYR",
        actor=staff,
        note="internal secret",
        customer_note="Sorry <b>again</b>",
    )
    mail.outbox.clear()
    outbox.send_due(now=timezone.now() + DAY)
    message = mail.outbox[-1]
    html = message.alternatives[0][0]
    assert "The shop writes: Sorry <b>again</b>" in message.body
    assert "The shop writes: Sorry &lt;b&gt;again&lt;/b&gt;" in html
    assert "internal secret" not in message.body + html
