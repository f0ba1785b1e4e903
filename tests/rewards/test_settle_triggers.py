"""What else than a first order earns a reward, on either side."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from oscar_referrals.attribution.models import Referral
from oscar_referrals.identity import email_key
from oscar_referrals.members.known_customers import remember_order
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive, Program
from oscar_referrals.rewards import due
from oscar_referrals.rewards.adjust import adjust
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.spend import spend
from oscar_referrals.rewards.triggers import settle_guest, settle_order
from oscar_referrals.test.factories import UserFactory, advocate, live_program
from tests.account import consent
from tests.rewards.cases import DAY, order, pay, referred, set_status

pytestmark = pytest.mark.django_db

State = Reward.State
Trigger = Incentive.Trigger
SIDES = ("advocate", "friend")


def program_with(trigger: str, side: str = "advocate", **figures: Any) -> Program:
    """A program that promises one thing more than the two vouchers, without a hold."""
    hold_days = figures.pop("hold_days", 0)
    more = {"side": side, "trigger": trigger, "value": 500, "validity_days": 90, **figures}
    return live_program(hold_days=hold_days, more=[more])


def rewards_for(trigger: str, **where: Any) -> list[Reward]:
    """The rewards for one trigger, in the order in which they were made; the books are in order."""
    findings = audit()
    assert not findings, [str(finding) for finding in findings]
    return list(Reward.objects.filter(incentive__trigger=trigger, **where).order_by("pk"))


def states(trigger: str) -> list[tuple[str, str]]:
    return [(reward.state, reward.reason) for reward in rewards_for(trigger)]


def paid_referral(program: Program, member: Advocate, **fields: Any) -> Referral:
    referral = referred(program, member=member, **fields)
    pay(referral.order)
    settle(referral.pk)
    referral.refresh_from_db()
    return referral


def settle_all(now: datetime | None = None) -> None:
    """What the periodic work does, with all that was noted after a commit."""
    Referral.objects.update(settle_due_at=timezone.now() - DAY)
    due.settle_due(now=now)


def cancel(referral: Referral) -> None:
    set_status(referral.order, "Cancelled")
    settle(referral.pk)
    settle_all()


def revive(referral: Referral) -> None:
    set_status(referral.order, "Pending")
    settle(referral.pk)
    settle_all()


# The friend's nth order and orders over an amount


@pytest.mark.parametrize("side", SIDES)
def test_the_second_order_earns_once(side: str) -> None:
    program = program_with(Trigger.NTH_ORDER, side, number=2)
    referral = paid_referral(program, advocate(program))
    assert rewards_for(Trigger.NTH_ORDER) == []
    second, third = order(user=referral.friend), order(user=referral.friend)
    settle(referral.pk)
    (reward,) = rewards_for(Trigger.NTH_ORDER)
    assert (reward.state, reward.reason) == (State.PENDING, reasons.NO_PAYMENT_FACTS)
    assert reward.source == f"order-2-of-{referral.pk}"
    pay(second)
    pay(third)
    settle(referral.pk)
    (reward,) = rewards_for(Trigger.NTH_ORDER)
    assert (reward.state, reward.reason) == (State.AVAILABLE, reasons.PAID)
    owner = referral.friend if side == "friend" else referral.advocate.user
    assert reward.owner == owner
    assert reward.advocate.user == owner
    assert reward.voucher_code


def test_the_next_order_takes_the_place_of_one_that_was_undone() -> None:
    program = program_with(Trigger.NTH_ORDER, number=2)
    referral = paid_referral(program, advocate(program))
    second = order(user=referral.friend)
    pay(second)
    settle(referral.pk)
    set_status(second, "Cancelled")
    settle(referral.pk)
    assert states(Trigger.NTH_ORDER) == [(State.REVERSED, reasons.ORDER_CANCELLED)]
    pay(order(user=referral.friend))
    settle(referral.pk)
    assert states(Trigger.NTH_ORDER) == [(State.AVAILABLE, reasons.PAID)]
    # The second order comes back to life: it is the second again, and the reward is the same.
    set_status(second, "Pending")
    settle(referral.pk)
    assert states(Trigger.NTH_ORDER) == [(State.AVAILABLE, reasons.PAID)]


def test_the_hold_is_that_of_the_nth_order() -> None:
    program = program_with(Trigger.NTH_ORDER, number=2, hold_days=14)
    referral = paid_referral(program, advocate(program))
    now = timezone.now()
    second, third = order(user=referral.friend), order(user=referral.friend)
    pay(second, moment=now)
    pay(third, moment=now + 10 * DAY)
    settle(referral.pk, now=now)
    (reward,) = rewards_for(Trigger.NTH_ORDER)
    assert (reward.state, reward.hold_until) == (State.PENDING, now + 14 * DAY)
    set_status(second, "Cancelled")
    settle(referral.pk, now=now + 11 * DAY)
    (reward,) = rewards_for(Trigger.NTH_ORDER)
    assert (reward.state, reward.hold_until) == (State.PENDING, now + 24 * DAY)


def test_orders_as_a_guest_are_found_by_the_keyed_address() -> None:
    program = program_with(Trigger.NTH_ORDER, number=2)
    referral = paid_referral(program, advocate(program))
    second = order(guest_email=referral.friend.email.upper())
    remember_order(order=second)
    pay(second)
    settle(referral.pk)
    assert states(Trigger.NTH_ORDER) == [(State.AVAILABLE, reasons.PAID)]


@pytest.mark.parametrize("side", SIDES)
def test_the_first_order_over_an_amount_earns_once(side: str) -> None:
    program = program_with(Trigger.ORDER_OVER, side, threshold=15000)
    # RM 100 paid and RM 20 off: the goods came to RM 120.
    referral = paid_referral(program, advocate(program))
    assert rewards_for(Trigger.ORDER_OVER) == []
    small = order("149.99", user=referral.friend)
    large = [order(total, user=referral.friend) for total in ("150.00", "400.00")]
    for placed in (small, *large):
        pay(placed)
    settle(referral.pk)
    (reward,) = rewards_for(Trigger.ORDER_OVER)
    assert (reward.state, reward.source) == (State.AVAILABLE, f"over-of-{referral.pk}")


def test_the_goods_count_before_the_friends_discount() -> None:
    program = program_with(Trigger.ORDER_OVER, threshold=12000)
    paid_referral(program, advocate(program))
    assert states(Trigger.ORDER_OVER) == [(State.AVAILABLE, reasons.PAID)]


def test_what_the_friend_orders_later_is_noticed_with_its_payment(
    django_capture_on_commit_callbacks: Any,
) -> None:
    program = program_with(Trigger.NTH_ORDER, number=2)
    referral = paid_referral(program, advocate(program))
    second = order(user=referral.friend)
    with django_capture_on_commit_callbacks(execute=True):
        pay(second)
    assert states(Trigger.NTH_ORDER) == [(State.AVAILABLE, reasons.PAID)]


def test_what_nobody_heard_of_is_found_by_the_work() -> None:
    program = program_with(Trigger.NTH_ORDER, number=2)
    referral = paid_referral(program, advocate(program))
    stranger = referred(program)
    settle(stranger.pk)
    Referral.objects.update(settle_due_at=None, settled_at=timezone.now() - DAY)
    second = order(user=referral.friend)
    guest = order(guest_email=stranger.friend.email)
    remember_order(order=guest)
    assert due.mark_followed(days=7) == 2
    due.settle_due()
    assert states(Trigger.NTH_ORDER) == [(State.PENDING, reasons.NO_PAYMENT_FACTS)] * 2
    assert due.mark_followed(days=7) == 0
    assert second.number != guest.number


def test_an_order_that_has_nothing_to_do_with_referrals_costs_one_query(
    django_assert_num_queries: Any,
) -> None:
    program = program_with(Trigger.NTH_ORDER, number=2)
    paid_referral(program, advocate(program))
    placed = order(user=UserFactory())
    remember_order(order=placed)
    with django_assert_num_queries(1):
        settle_order(placed)


# Milestones and every nth


def test_a_milestone_is_reached_once() -> None:
    program = program_with(Trigger.MILESTONE, number=3)
    member = advocate(program)
    referrals = [paid_referral(program, member) for _number in range(5)]
    (reward,) = rewards_for(Trigger.MILESTONE)
    assert (reward.state, reward.reason) == (State.AVAILABLE, reasons.GOAL_REACHED)
    assert (reward.referral, reward.source) == (referrals[2], f"milestone-3-{member.pk}")
    assert [referral.ordinal for referral in referrals] == [1, 2, 3, 4, 5]


def test_a_milestone_waits_for_the_holds() -> None:
    program = program_with(Trigger.MILESTONE, number=2, hold_days=14)
    member = advocate(program)
    referrals = [paid_referral(program, member) for _number in range(2)]
    assert rewards_for(Trigger.MILESTONE) == []
    assert {referral.counted_at for referral in referrals} == {None}
    now = timezone.now() + 15 * DAY
    due.settle_due(now=now)
    # It has waited already, and doesn't wait twice.
    assert states(Trigger.MILESTONE) == [(State.AVAILABLE, reasons.GOAL_REACHED)]


def test_a_milestone_that_is_no_longer_reached_is_taken_back_and_comes_back() -> None:
    program = program_with(Trigger.MILESTONE, number=3)
    member = advocate(program)
    first, *_others = (paid_referral(program, member) for _number in range(3))
    cancel(first)
    assert states(Trigger.MILESTONE) == [(State.REVERSED, reasons.GOAL_MISSED)]
    # Another friend makes it three again: the same reward, not a second one.
    last = paid_referral(program, member)
    settle_all()
    assert states(Trigger.MILESTONE) == [(State.AVAILABLE, reasons.GOAL_REACHED)]
    assert last.ordinal == 3
    revive(first)
    assert states(Trigger.MILESTONE) == [(State.AVAILABLE, reasons.GOAL_REACHED)]
    first.refresh_from_db()
    assert first.ordinal == 4


def test_a_milestone_outlives_the_referral_that_reached_it() -> None:
    program = program_with(Trigger.MILESTONE, number=2)
    member = advocate(program)
    referrals = [paid_referral(program, member) for _number in range(3)]
    cancel(referrals[1])
    assert states(Trigger.MILESTONE) == [(State.AVAILABLE, reasons.GOAL_REACHED)]
    cancel(referrals[2])
    assert states(Trigger.MILESTONE) == [(State.REVERSED, reasons.GOAL_MISSED)]


def test_a_spent_milestone_that_is_lost_becomes_a_clawback() -> None:
    program = program_with(Trigger.MILESTONE, number=2)
    member = advocate(program)
    referrals = [paid_referral(program, member) for _number in range(2)]
    (reward,) = rewards_for(Trigger.MILESTONE)
    spend(reward_id=reward.pk, order_number=order().number, amount=500)
    settle(referrals[1].pk)
    cancel(referrals[0])
    (reward,) = rewards_for(Trigger.MILESTONE)
    assert (reward.state, reward.reason) == (State.REDEEMED, reasons.GOAL_MISSED)
    assert (reward.clawback, reward.reduced_reason) == (500, reasons.GOAL_MISSED)
    revive(referrals[0])
    (reward,) = rewards_for(Trigger.MILESTONE)
    assert (reward.clawback, reward.net) == (0, 500)


def test_others_hear_of_a_new_number_although_the_process_died() -> None:
    """Nothing noted after the commit was carried out; the referral asks again by itself."""
    program = program_with(Trigger.MILESTONE, number=2)
    member = advocate(program)
    referrals = [paid_referral(program, member) for _number in range(2)]
    Referral.objects.update(settle_due_at=None)
    set_status(referrals[0].order, "Cancelled")
    settle(referrals[0].pk)
    assert states(Trigger.MILESTONE) == [(State.AVAILABLE, reasons.GOAL_REACHED)]
    now = timezone.now() + timedelta(hours=2)
    settle(referrals[0].pk, now=now)
    referrals[0].refresh_from_db()
    assert referrals[0].settle_due_at is not None


@pytest.mark.parametrize("side", SIDES)
def test_every_third_earns_each_time(side: str) -> None:
    program = program_with(Trigger.EVERY_NTH, side, number=3)
    member = advocate(program)
    referrals = [paid_referral(program, member) for _number in range(7)]
    found = rewards_for(Trigger.EVERY_NTH)
    assert [reward.referral for reward in found] == [referrals[2], referrals[5]]
    assert [reward.source for reward in found] == [
        f"every-3-1-{member.pk}",
        f"every-3-2-{member.pk}",
    ]
    if side == "friend":
        assert [reward.owner for reward in found] == [referrals[2].friend, referrals[5].friend]
    cancel(referrals[0])
    assert [reward.state for reward in rewards_for(Trigger.EVERY_NTH)] == [State.AVAILABLE] * 2
    cancel(referrals[1])
    assert [reward.state for reward in rewards_for(Trigger.EVERY_NTH)] == [
        State.AVAILABLE,
        State.REVERSED,
    ]


# Tiers


def test_a_tier_is_fixed_when_the_referral_counts() -> None:
    program = live_program(
        hold_days=14,
        advocate={
            "value": 1000,
            "validity_days": 90,
            "tiers": {2: {"currency": "MYR", "value": 2000}, 3: {"currency": "MYR", "value": 3000}},
        },
    )
    member = advocate(program)
    referrals = [paid_referral(program, member) for _number in range(3)]
    worth = Reward.objects.filter(side="advocate").order_by("referral_id")
    # All would be the first one by now.
    assert list(worth.values_list("amount", flat=True)) == [1000, 1000, 1000]
    now = timezone.now() + 15 * DAY
    for referral in referrals:
        settle(referral.pk, now=now)
    assert list(worth.values_list("amount", "state")) == [
        (1000, State.AVAILABLE),
        (2000, State.AVAILABLE),
        (3000, State.AVAILABLE),
    ]
    set_status(referrals[0].order, "Cancelled")
    for referral in referrals:
        settle(referral.pk, now=now)
    assert list(worth.values_list("amount", flat=True)) == [1000, 2000, 3000]
    assert audit() == []


# Friends


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
