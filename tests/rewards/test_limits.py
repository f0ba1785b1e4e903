"""Caps and the budget in the books: what exceeds them is recorded, not paid and not lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from oscar_referrals import signals
from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.budget import committed
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.replay import replay
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.spend import spend
from oscar_referrals.rewards.try_again import try_again
from oscar_referrals.test.factories import UserFactory, advocate, live_program, publish_again
from tests.rewards.cases import DAY, books, pay, referred, set_status, settled

pytestmark = pytest.mark.django_db

State = Reward.State


def program_with(*limits: dict[str, Any], **figures: Any) -> Any:
    """RM 20 off for the friend, RM 15 for the advocate, no hold."""
    return live_program(hold_days=0, limits=limits, **figures)


def paid(program: Any, member: Any, *, days_ago: float = 0, **kwargs: Any) -> Referral:
    referral = referred(program, member=member, **kwargs)
    pay(referral.order)
    if days_ago:
        Referral.objects.filter(pk=referral.pk).update(
            created_at=timezone.now() - timedelta(days=days_ago)
        )
    return referral


def limited_by(reward: Reward) -> dict[str, Any]:
    decision = Decision.objects.filter(subject=reward.key).latest("pk")
    assert decision.verdict == Decision.Verdict.LIMITED
    assert decision.reason == reward.reason
    # The stored figures give the same answer again.
    assert replay(decision.inputs).state == reward.state
    found: dict[str, Any] = decision.inputs["limit"]
    return found


ONE_A_DAY = {"scope": "advocate", "window": "day", "amount": 1}


def test_what_exceeds_a_cap_is_a_row_with_the_reason() -> None:
    program = program_with(ONE_A_DAY)
    member = advocate(program)
    assert settled(paid(program, member)).state == State.AVAILABLE
    reward = settled(paid(program, member))
    assert (reward.state, reward.reason) == (State.VOIDED, reasons.CAP_REACHED)
    assert (reward.amount, reward.net) == (1500, 0)
    assert books(reward) == {}
    assert limited_by(reward) == {
        "reason": reasons.CAP_REACHED,
        "scope": "advocate",
        "window": "day",
        "measure": "count",
        "currency": "",
        "limit": 1,
        "used": 1,
        "wanted": 1,
    }


def test_the_friend_keeps_the_discount_of_a_limited_referral() -> None:
    program = program_with(ONE_A_DAY)
    member = advocate(program)
    settled(paid(program, member))
    referral = paid(program, member)
    settled(referral)
    friends = Reward.objects.get(referral=referral, side="friend")
    assert friends.state == State.REDEEMED


def test_another_advocate_has_a_cap_of_their_own() -> None:
    program = program_with(ONE_A_DAY)
    for _number in range(2):
        assert settled(paid(program, advocate(program))).state == State.AVAILABLE


def test_it_stays_limited_when_there_is_room_later() -> None:
    program = program_with(ONE_A_DAY)
    member = advocate(program)
    first, second = paid(program, member), paid(program, member)
    settled(first)
    settled(second)
    set_status(first.order, "Cancelled")
    settled(first)
    decisions = Decision.objects.count()
    again = settled(second, timezone.now() + 3 * DAY)
    assert (again.state, again.reason) == (State.VOIDED, reasons.CAP_REACHED)
    assert Decision.objects.count() == decisions


def test_a_reversal_frees_room_for_later_rewards() -> None:
    program = program_with(ONE_A_DAY)
    member = advocate(program)
    first = paid(program, member)
    settled(first)
    set_status(first.order, "Cancelled")
    assert settled(first).state == State.REVERSED
    assert settled(paid(program, member)).state == State.AVAILABLE


@pytest.mark.parametrize(
    ("window", "days_ago", "state"),
    [
        ("day", 1.01, State.AVAILABLE),
        ("day", 0.99, State.VOIDED),
        ("month", 30.01, State.AVAILABLE),
        ("month", 29.99, State.VOIDED),
        ("year", 365.01, State.AVAILABLE),
        ("year", 364.99, State.VOIDED),
        ("ever", 4000, State.VOIDED),
    ],
)
def test_a_window_ends(window: str, days_ago: float, state: str) -> None:
    program = program_with({"scope": "advocate", "window": window, "amount": 1})
    member = advocate(program)
    settled(paid(program, member, days_ago=days_ago))
    assert settled(paid(program, member)).state == state


def test_a_cap_of_money_counts_what_is_left_after_refunds() -> None:
    """RM 15 and RM 15 do not fit into RM 25; after a refund took half of the first, they do."""
    cap = {"scope": "advocate", "window": "month", "currency": "MYR", "amount": 2500}
    program = program_with(cap, partial_refunds="proportional")
    member = advocate(program)
    first = paid(program, member)
    settled(first)
    second = settled(paid(program, member))
    assert second.reason == reasons.CAP_REACHED
    assert limited_by(second) | {"reason": ""} == {
        "reason": "",
        "scope": "advocate",
        "window": "month",
        "measure": "money",
        "currency": "MYR",
        "limit": 2500,
        "used": 1500,
        "wanted": 1500,
    }
    source = first.order.sources.get()
    source.refund(50)
    assert settled(first).net == 750
    assert settled(paid(program, member)).state == State.AVAILABLE


def test_a_percentage_voucher_counts_with_its_maximum_until_it_is_spent() -> None:
    cap = {"scope": "advocate", "currency": "MYR", "amount": 4000}
    program = program_with(cap, advocate={"percent": 10, "maximum": 2000, "validity_days": 90})
    member = advocate(program)
    first = settled(paid(program, member))
    settled(paid(program, member))
    third = paid(program, member)
    assert settled(third).reason == reasons.CAP_REACHED
    # The first turned out to cost RM 5: another RM 15 are free, which is not enough.
    spend(reward_id=first.pk, order_number="9001", amount=500)
    fourth = settled(paid(program, member))
    assert limited_by(fourth)["used"] == 2500
    assert fourth.reason == reasons.CAP_REACHED


def test_the_budget_counts_both_sides() -> None:
    """RM 20 for the friend and RM 15 for the advocate: RM 70 last for two orders."""
    program = program_with({"scope": "program", "currency": "MYR", "amount": 7000})
    for _number in range(2):
        assert settled(paid(program, advocate(program))).state == State.AVAILABLE
    assert committed(program.pk, "MYR") == 7000
    reward = settled(paid(program, advocate(program)))
    assert (reward.state, reward.reason) == (State.VOIDED, reasons.BUDGET_SPENT)
    # The friend's RM 20 of this order are given already.
    assert limited_by(reward)["used"] == 9000
    assert committed(program.pk, "MYR") == 9000


def test_an_order_that_is_not_settled_counts_already() -> None:
    program = program_with({"scope": "program", "currency": "MYR", "amount": 7000})
    waiting = paid(program, advocate(program))
    assert committed(program.pk, "MYR") == 2000
    settle(waiting.pk)
    assert committed(program.pk, "MYR") == 3500


def test_the_budget_counts_open_percentage_vouchers_with_their_maximum() -> None:
    program = program_with(
        {"scope": "program", "currency": "MYR", "amount": 10000},
        advocate={"percent": 10, "maximum": 3000, "validity_days": 90},
    )
    reward = settled(paid(program, advocate(program)))
    assert committed(program.pk, "MYR") == 5000
    assert settled(paid(program, advocate(program))).state == State.AVAILABLE
    assert settled(paid(program, advocate(program))).reason == reasons.BUDGET_SPENT
    # 2 × (20 + 30) + 20; the first voucher then takes off RM 4 only.
    spend(reward_id=reward.pk, order_number="9001", amount=400)
    settle(reward.referral_id)
    assert committed(program.pk, "MYR") == 12000 - 3000 + 400


def test_a_reversal_frees_the_budget() -> None:
    program = program_with({"scope": "program", "currency": "MYR", "amount": 3500})
    first = paid(program, advocate(program))
    settled(first)
    second = paid(program, advocate(program))
    assert settled(second).reason == reasons.BUDGET_SPENT
    for referral in (first, second):
        set_status(referral.order, "Cancelled")
        settled(referral)
    assert committed(program.pk, "MYR") == 0
    assert settled(paid(program, advocate(program))).state == State.AVAILABLE


def test_what_was_spent_and_is_to_be_set_off_still_counts() -> None:
    program = program_with({"scope": "program", "currency": "MYR", "amount": 100000})
    first = paid(program, advocate(program))
    reward = settled(first)
    spend(reward_id=reward.pk, order_number="9001", amount=1500)
    settle(first.pk)
    set_status(first.order, "Cancelled")
    assert settled(first).clawback == 1500
    # The friend's discount is reversed; the advocate's RM 15 are gone.
    assert committed(program.pk, "MYR") == 1500
    settled(first, timezone.now() + 181 * DAY)
    assert committed(program.pk, "MYR") == 1500


def test_a_raised_budget_helps_those_who_took_the_offer_before() -> None:
    budget = {"scope": "program", "currency": "MYR", "amount": 3500}
    program = program_with(budget)
    settled(paid(program, advocate(program)))
    member = advocate(program)
    early = paid(program, member)
    publish_again(program, limits=[budget | {"amount": 7000}], hold_days=0)
    assert settled(early).state == State.AVAILABLE


def test_a_lowered_budget_does_not_hurt_them() -> None:
    budget = {"scope": "program", "currency": "MYR", "amount": 7000}
    program = program_with(budget)
    settled(paid(program, advocate(program)))
    early = paid(program, advocate(program))
    publish_again(program, limits=[budget | {"amount": 3500}], hold_days=0)
    assert settled(early).state == State.AVAILABLE


def test_another_currency_has_its_own_budget(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"CURRENCIES": ("MYR", "SGD")}
    amounts = {"MYR": {"value": 1500}, "SGD": {"value": 500}}
    program = program_with(
        {"scope": "program", "currency": "MYR", "amount": 1},
        advocate={"amounts": amounts, "validity_days": 90},
    )
    assert settled(paid(program, advocate(program), discount=0)).reason == reasons.BUDGET_SPENT
    reward = settled(paid(program, advocate(program), discount=0, currency="SGD"))
    assert reward.state == State.AVAILABLE


def test_staff_may_try_again() -> None:
    program = program_with(ONE_A_DAY)
    member, staff = advocate(program), UserFactory()
    first, second = paid(program, member), paid(program, member)
    settled(first)
    limited = settled(second)
    same = try_again(reward_id=limited.pk, actor=staff, note="A good customer")
    assert same.reason == reasons.CAP_REACHED
    set_status(first.order, "Cancelled")
    settled(first)
    granted = try_again(reward_id=limited.pk, actor=staff, note="There is room now")
    assert (granted.state, granted.net) == (State.AVAILABLE, 1500)
    assert audit() == []
    notes = Decision.objects.filter(subject=limited.key, reason=reasons.TRIED_AGAIN)
    assert [(row.verdict, row.inputs["note"]) for row in notes.order_by("pk")] == [
        ("limited", "A good customer"),
        ("granted", "There is room now"),
    ]
    assert {row.actor for row in notes} == {staff}
    # Settled again it stays.
    assert settled(second).state == State.AVAILABLE


def test_an_order_that_comes_back_to_life_is_asked_anew() -> None:
    program = program_with(ONE_A_DAY)
    member = advocate(program)
    first, second = paid(program, member), paid(program, member)
    settled(first)
    set_status(first.order, "Cancelled")
    settled(first)
    settled(second)
    set_status(first.order, "Pending")
    back = settled(first)
    assert (back.state, back.reason) == (State.REVERSED, reasons.CAP_REACHED)


def test_what_was_spent_and_comes_back_to_life_is_asked_as_well() -> None:
    program = program_with(ONE_A_DAY)
    member = advocate(program)
    first, second = paid(program, member), paid(program, member)
    reward = settled(first)
    spend(reward_id=reward.pk, order_number="9001", amount=1500)
    settle(first.pk)
    set_status(first.order, "Cancelled")
    settled(first)
    settled(second)
    set_status(first.order, "Pending")
    back = settled(first)
    assert (back.state, back.net, back.clawback) == (State.REDEEMED, 0, 1500)
    assert back.reason == reasons.CAP_REACHED


def test_the_alert_comes_once_for_each_budget(django_capture_on_commit_callbacks: Any) -> None:
    heard: list[dict[str, Any]] = []

    def listen(**kwargs: Any) -> None:
        heard.append({name: kwargs[name] for name in ("currency", "committed", "budget")})

    budget = {"scope": "program", "currency": "MYR", "amount": 4000}
    program = program_with(budget)
    signals.budget_alert.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            first = paid(program, advocate(program))
            settled(first)
        assert heard == [{"currency": "MYR", "committed": 3500, "budget": 4000}]
        with django_capture_on_commit_callbacks(execute=True):
            set_status(first.order, "Cancelled")
            settled(first)
            settled(paid(program, advocate(program)))
        assert len(heard) == 1
    finally:
        signals.budget_alert.disconnect(listen)
    [note] = Decision.objects.filter(reason=reasons.BUDGET_ALERT)
    assert note.inputs == {
        "before": 0,
        "committed": 3500,
        "budget": 4000,
        "currency": "MYR",
    }
