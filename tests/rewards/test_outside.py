"""A reward that waits for its owner is paid outside the shop: once, with evidence, for good."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.account.reward_story import reward_story
from oscar_referrals.attribution.explain import explain
from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.identity import email_key
from oscar_referrals.insight.movements import name_of
from oscar_referrals.members.proofs import prove
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.adjust import adjust
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.by_hand import NotPossible
from oscar_referrals.rewards.models import OutsideSettlement, Reward
from oscar_referrals.rewards.outside import (
    approve_settlement,
    refuse_settlement,
    settle_outside,
)
from oscar_referrals.rewards.own_data import own_data
from oscar_referrals.rewards.replay_kinds import decided_again
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.triggers import settle_guest
from oscar_referrals.test.factories import UserFactory, advocate, live_program
from tests.rewards.cases import books, pay, referred, set_status

pytestmark = pytest.mark.django_db

State = Reward.State
MAIL = "aminah@shop.example"
CREDIT = {"kind": "credit", "value": 1000, "validity_days": 90}
PERCENT = {"kind": "voucher", "value_type": "percent", "percent": "15", "maximum": 3000}
WHY = {"note": "Has no account", "reference": "Transfer 4711"}


@pytest.fixture(autouse=True)
def alone(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True, "ASSIGN_ALONE": {"MYR": 2000}}


@pytest.fixture
def staff() -> Any:
    return UserFactory(is_staff=True)


@pytest.fixture
def colleague() -> Any:
    return UserFactory(is_staff=True)


def waiting(refunds: str = "proportional", **incentive: Any) -> Reward:
    """What a guest has earned who has no account yet."""
    over = {"side": "friend", "trigger": "order_over", "threshold": 1000}
    program = live_program(
        friend=None, advocate=CREDIT, more=[CREDIT | incentive | over], partial_refunds=refunds
    )
    referral = referred(program, discount=0, member=advocate(program), guest_email=MAIL)
    Referral.objects.update(friend=None, friend_key=email_key(MAIL))
    pay(referral.order, moment=timezone.now() - timezone.timedelta(days=40))
    settle(referral.pk)
    reward = Reward.objects.get(side="friend")
    assert (reward.state, reward.reason) == (State.PENDING, reasons.NO_ACCOUNT)
    return reward


def again(reward: Reward) -> Reward:
    """As it is after it was settled once more, in books that are in order."""
    settle(reward.referral_id)
    assert audit() == []
    reward.refresh_from_db()
    return reward


def proved() -> Any:
    """The guest registers and proves the address."""
    user = UserFactory(email=MAIL)
    assert prove(user, email_key(MAIL))
    settle_guest(user)
    return user


def test_what_was_paid_is_never_paid_again(staff: Any, django_capture_on_commit_callbacks: Any):
    reward = waiting()
    done = settle_outside(reward_id=reward.pk, actor=staff, **WHY)
    assert (done.state, done.value, done.decided_by) == ("done", 1000, staff)
    assert again(reward).state == State.REDEEMED
    assert reward.reason == reasons.SETTLED_OUTSIDE
    assert books(reward) == {"expense:reward MYR": 1000, "contra:settled MYR": -1000}
    with django_capture_on_commit_callbacks(execute=True):
        user = proved()
    assert (again(reward).state, reward.left) == (State.REDEEMED, 0)
    # It is in their history all the same, and nothing of it can be spent.
    assert reward.owner == user
    assert books(reward) == {"expense:reward MYR": 1000, "contra:settled MYR": -1000}
    story = reward_story(reward, ["By bank"])
    assert (story.badge, story.tone) == ("Settled", "good")
    assert story.text.startswith("The shop settled your MYR\xa010 with you directly on ")
    assert story.details == ("The shop writes: By bank",)
    told = [item for part in own_data(user) for row in part.rows for item in row]
    assert "MYR\xa010" in {item.text for item in told if item.name == "settled_amount"}


def test_pieces_are_worth_what_they_came_to(staff: Any):
    reward = waiting(**PERCENT)
    for amount in (None, 0):
        with pytest.raises(NotPossible, match="came to"):
            settle_outside(reward_id=reward.pk, actor=staff, amount=amount, **WHY)
    settle_outside(reward_id=reward.pk, actor=staff, amount=1250, **WHY)
    assert again(reward).state == State.REDEEMED
    assert books(reward) == {
        "expense:reward vouchers": 1,
        "contra:settled vouchers": -1,
        "expense:reward MYR": 1250,
        "contra:settled MYR": -1250,
    }
    set_status(reward.referral.order, "Cancelled")
    assert again(reward).clawback == 1250


def test_money_is_paid_in_full(staff: Any):
    with pytest.raises(NotPossible, match="in full"):
        settle_outside(reward_id=waiting().pk, actor=staff, amount=900, **WHY)


def test_an_order_that_is_cancelled_afterwards_makes_it_a_clawback(staff: Any):
    reward = waiting()
    settle_outside(reward_id=reward.pk, actor=staff, **WHY)
    set_status(reward.referral.order, "Cancelled")
    assert (again(reward).state, reward.clawback) == (State.REDEEMED, 1000)
    assert reward.reason == reasons.ORDER_CANCELLED
    assert books(reward) == {"receivable:clawback MYR": 1000, "contra:settled MYR": -1000}
    set_status(reward.referral.order, "Pending")
    assert (again(reward).clawback, reward.reason) == (0, reasons.SETTLED_OUTSIDE)


def test_a_refund_of_a_part_makes_that_part_a_clawback(staff: Any):
    reward = waiting()
    settle_outside(reward_id=reward.pk, actor=staff, **WHY)
    source = get_model("payment", "Source").objects.get()
    source.refund(reward.referral.order.total_incl_tax / 4)
    assert (again(reward).state, reward.clawback) == (State.REDEEMED, 250)
    assert books(reward) == {
        "expense:reward MYR": 750,
        "receivable:clawback MYR": 250,
        "contra:settled MYR": -1000,
    }


def test_a_second_person_agrees_above_the_value_and_nobody_gets_it_before(
    staff: Any, colleague: Any, django_capture_on_commit_callbacks: Any
):
    reward = waiting(value=2500)
    asked = settle_outside(reward_id=reward.pk, actor=staff, **WHY)
    assert asked.state == "waiting"
    with django_capture_on_commit_callbacks(execute=True):
        proved()
    assert (again(reward).state, reward.reason) == (State.PENDING, reasons.SETTLEMENT_ASKED)
    assert "waits until the shop has looked at it" in reward_story(reward).text
    with pytest.raises(NotPossible, match="waits for its owner"):
        settle_outside(reward_id=reward.pk, actor=colleague, **WHY)
    with pytest.raises(NotPossible, match="still owed"):
        adjust(reward_id=reward.pk, by=-100, actor=staff, note="less")
    with pytest.raises(NotPossible, match="asked for it yourself"):
        approve_settlement(settlement_id=asked.pk, actor=staff)
    approve_settlement(settlement_id=asked.pk, actor=colleague)
    assert (again(reward).state, reward.settled_amount) == (State.REDEEMED, 2500)
    with pytest.raises(NotPossible, match="decided"):
        approve_settlement(settlement_id=asked.pk, actor=colleague)


def test_what_was_paid_is_booked_though_the_order_was_cancelled_meanwhile(
    staff: Any, colleague: Any
):
    reward = waiting(value=2500)
    asked = settle_outside(reward_id=reward.pk, actor=staff, **WHY)
    set_status(reward.referral.order, "Cancelled")
    assert again(reward).state == State.VOIDED
    approve_settlement(settlement_id=asked.pk, actor=colleague)
    assert (again(reward).state, reward.clawback) == (State.REDEEMED, 2500)


def test_refused_it_goes_to_whoever_proved_the_address(
    staff: Any, colleague: Any, django_capture_on_commit_callbacks: Any
):
    reward = waiting(value=2500)
    asked = settle_outside(reward_id=reward.pk, actor=staff, **WHY)
    with django_capture_on_commit_callbacks(execute=True):
        user = proved()
    refuse_settlement(settlement_id=asked.pk, actor=colleague, note="No such transfer")
    assert (again(reward).state, reward.owner) == (State.AVAILABLE, user)
    with pytest.raises(NotPossible, match="waits for its owner"):
        settle_outside(reward_id=reward.pk, actor=staff, **WHY)


def test_who_proved_the_address_a_moment_ago_comes_first(staff: Any):
    """Their mail was answered, and nothing has settled it yet."""
    reward = waiting()
    prove(UserFactory(email=MAIL), email_key(MAIL))
    with pytest.raises(NotPossible, match="waits for its owner"):
        settle_outside(reward_id=reward.pk, actor=staff, **WHY)


def test_nobody_does_it_for_themselves_without_a_reason_or_a_reference(staff: Any):
    reward = waiting()
    for missing in ("note", "reference"):
        with pytest.raises(NotPossible, match="nothing was changed"):
            settle_outside(reward_id=reward.pk, actor=staff, **WHY | {missing: " "})
    guest = UserFactory(is_staff=True, email=MAIL)
    with pytest.raises(NotPossible, match="your own account"):
        settle_outside(reward_id=reward.pk, actor=guest, **WHY)
    assert not OutsideSettlement.objects.exists()


def test_the_same_form_does_it_once(staff: Any):
    reward = waiting()
    first = settle_outside(reward_id=reward.pk, actor=staff, token="form", **WHY)
    assert settle_outside(reward_id=reward.pk, actor=staff, token="form", **WHY) == first
    assert OutsideSettlement.objects.count() == 1
    with pytest.raises(NotPossible, match="something else"):
        settle_outside(reward_id=reward.pk, actor=staff, token="form", amount=999, **WHY)


def test_a_reward_that_is_not_due_is_not_paid(staff: Any):
    reward = waiting()
    get_model("payment", "Source").objects.all().delete()
    with pytest.raises(NotPossible, match="due"):
        settle_outside(reward_id=reward.pk, actor=staff, **WHY)


def test_the_story_says_who_paid_what_and_by_what_it_is_found(staff: Any, colleague: Any):
    reward = waiting(value=2500)
    asked = settle_outside(reward_id=reward.pk, actor=staff, **WHY)
    approve_settlement(settlement_id=asked.pk, actor=colleague)
    lines = [line for line in explain(reward.referral.order_number).lines if line.note]
    assert [(line.actor, line.note) for line in lines] == [
        (staff, "Has no account"),
        (colleague, "Has no account"),
    ]
    assert "MYR\xa025 · Transfer 4711" in lines[-1].text
    entry = reward.entries.order_by("pk").last()
    assert name_of(entry) == "Settled outside the shop"
    counts = decided_again(Decision.objects.all())
    assert not any(count.differing for count in counts.values())


def test_the_books_and_the_database_notice_what_no_settlement_says(staff: Any):
    reward = waiting()
    settle_outside(reward_id=reward.pk, actor=staff, **WHY)
    Reward.objects.filter(pk=reward.pk).update(settled_amount=900)
    assert any("its settlement says 1000" in finding.detail for finding in audit())
    with pytest.raises(IntegrityError, match="rf_reward_not_paid_twice"), transaction.atomic():
        Reward.objects.filter(pk=reward.pk).update(state=State.AVAILABLE)
