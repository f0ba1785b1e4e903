"""Who gets a reward, or none: guests, deleted accounts, refused referrals."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from oscar_referrals.attribution.models import Referral
from oscar_referrals.identity import email_key
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.adjust import adjust
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.triggers import settle_guest
from oscar_referrals.test.factories import UserFactory, advocate, live_program
from tests.account import consent
from tests.rewards.cases import DAY, pay, referred
from tests.rewards.triggered import (
    SIDES,
    paid_referral,
    program_with,
    rewards_for,
    settle_all,
    states,
)

pytestmark = pytest.mark.django_db

State = Reward.State
Trigger = Incentive.Trigger


@pytest.fixture
def addresses_are_proved(settings: Any, monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """A shop that confirms addresses by mail; the accounts that have answered so far."""
    settings.OSCAR_REFERRALS = settings.OSCAR_REFERRALS | {"EMAIL_IS_VERIFIED": consent.PROVED}
    accounts: set[int] = set()
    monkeypatch.setattr(consent, "proved_accounts", accounts)
    return accounts


def test_a_guest_waits_for_an_account_with_a_proved_address(
    addresses_are_proved: set[int],
) -> None:
    program = program_with(Trigger.ORDER_OVER, "friend", threshold=5000)
    member = advocate(program)
    referral = referred(program, member=member, guest_email="aminah@shop.example")
    Referral.objects.update(friend=None, friend_key=email_key("aminah@shop.example"))
    pay(referral.order)
    settle(referral.pk)
    (reward,) = rewards_for(Trigger.ORDER_OVER)
    assert (reward.state, reward.reason) == (State.PENDING, reasons.NO_ACCOUNT)
    assert reward.owner is None
    # Anybody can register with it.
    stranger = UserFactory(email="Aminah@shop.example")
    settle(referral.pk)
    (reward,) = rewards_for(Trigger.ORDER_OVER)
    assert (reward.state, reward.reason) == (State.PENDING, reasons.NO_ACCOUNT)
    assert (reward.owner, reward.advocate.user) == (None, None)
    user = UserFactory(email="aminah@Shop.example")
    assert stranger.pk < user.pk
    addresses_are_proved.add(user.pk)
    # Without anything that tells of it, on the day after.
    settle_all(now=timezone.now() + DAY)
    (reward,) = rewards_for(Trigger.ORDER_OVER)
    assert (reward.state, reward.owner) == (State.AVAILABLE, user)
    assert reward.advocate.user == user


def test_no_account_gets_a_guests_reward_where_no_address_is_proved() -> None:
    """The setting's default: Oscar sends no mail to confirm an address."""
    program = program_with(Trigger.ORDER_OVER, "friend", threshold=5000)
    referral = referred(program, member=advocate(program), guest_email="aminah@shop.example")
    Referral.objects.update(friend=None, friend_key=email_key("aminah@shop.example"))
    pay(referral.order)
    user = UserFactory(email="aminah@shop.example")
    settle_guest(user)
    settle(referral.pk)
    (reward,) = rewards_for(Trigger.ORDER_OVER)
    assert (reward.state, reward.reason) == (State.PENDING, reasons.NO_ACCOUNT)
    assert not Advocate.objects.filter(user=user).exists()


def test_a_guests_reward_that_staff_took_away_is_not_given_to_a_proved_address(
    addresses_are_proved: set[int],
) -> None:
    """They gave another one by hand, to an account that had written to the shop."""
    program = program_with(Trigger.ORDER_OVER, "friend", threshold=5000)
    referral = referred(program, member=advocate(program), guest_email="aminah@shop.example")
    Referral.objects.update(friend=None, friend_key=email_key("aminah@shop.example"))
    pay(referral.order)
    settle(referral.pk)
    (reward,) = rewards_for(Trigger.ORDER_OVER)
    adjust(reward_id=reward.pk, by=-reward.net, actor=UserFactory(), note="Given by hand.")
    user = UserFactory(email="aminah@shop.example")
    addresses_are_proved.add(user.pk)
    settle_guest(user)
    settle_all(now=timezone.now() + DAY)
    (reward,) = rewards_for(Trigger.ORDER_OVER)
    assert (reward.state, reward.net) == (State.VOIDED, 0)


def test_a_friend_whose_account_is_deleted_loses_what_waits() -> None:
    program = program_with(Trigger.ORDER_OVER, "friend", threshold=5000, hold_days=14)
    referral = paid_referral(program, advocate(program))
    assert states(Trigger.ORDER_OVER) == [(State.PENDING, reasons.HOLD)]
    referral.friend.delete()
    settle(referral.pk)
    assert states(Trigger.ORDER_OVER) == [(State.VOIDED, reasons.ACCOUNT_ERASED)]


def test_an_advocate_whose_account_is_deleted_loses_a_milestone() -> None:
    program = program_with(Trigger.MILESTONE, number=1)
    member = advocate(program)
    referral = paid_referral(program, member)
    member.user.delete()
    settle(referral.pk)
    assert states(Trigger.MILESTONE) == [(State.EXPIRED, reasons.ACCOUNT_ERASED)]


def test_a_refused_referral_earns_nothing_by_any_trigger() -> None:
    more = [
        {"side": side, "value": 500, "validity_days": 90, **figures}
        for side in SIDES
        for figures in (
            {"trigger": Trigger.ORDER_OVER, "threshold": 5000},
            {"trigger": Trigger.MILESTONE, "number": 1},
        )
    ]
    program = live_program(hold_days=0, more=more)
    referral = referred(program, existing_customer=True)
    pay(referral.order)
    settle(referral.pk)
    assert [reward.incentive.at_till for reward in Reward.objects.all()] == [True]
