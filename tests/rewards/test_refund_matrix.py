"""Every refund at every time, on every kind of reward: what is owed, and where the books end.

The friend's order is RM 100.00 and the reward RM 20.00, so that each figure can be checked in one's
head: a refund of RM 30.00 takes back 30 %, which is RM 6.00.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.credit.payment import begin, capture
from oscar_referrals.rewards.credit.wallet import reserve
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.spend import spend
from oscar_referrals.test.factories import live_program
from tests.rewards.cases import books, order, pay, referred, set_status, settled

pytestmark = pytest.mark.django_db

State = Reward.State
DAY = timedelta(days=1)
EXPENSE, PENDING = "expense:reward", "liability:pending"
AVAILABLE, REDEEMED = "liability:available", "contra:redeemed"
CLAWBACK, WRITTEN_OFF = "receivable:clawback", "expense:write-off"
BREAKAGE = "income:breakage"

KINDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    # The reward stays whole while a part of the order stands.
    "fixed voucher, kept": ({"value": 2000}, {}),
    "fixed voucher, proportional": ({"value": 2000}, {"partial_refunds": "proportional"}),
    "percentage voucher": ({"percent": 20}, {"partial_refunds": "proportional"}),
    "fixed credit, kept": ({"value": 2000, "kind": "credit"}, {}),
    "percentage credit": ({"percent": 20, "kind": "credit"}, {}),
}


def program_of(kind: str, *, hold_days: int = 14) -> Program:
    advocate, rules = KINDS[kind]
    return live_program(hold_days=hold_days, advocate={**advocate, "validity_days": 90}, **rules)


def refund(referral: Any, amount: str) -> None:
    if amount != "0":
        referral.order.sources.get().refund(Decimal(amount))


def stands(reward: Reward) -> dict[str, int]:
    """The books without the unit, for money and pieces are never both there."""
    return {name.rpartition(" ")[0]: amount for name, amount in books(reward).items()}


@pytest.mark.parametrize(
    ("kind", "amount", "state", "owed"),
    [
        ("fixed voucher, kept", "0", State.PENDING, 2000),
        ("fixed voucher, kept", "30.00", State.PENDING, 2000),
        ("fixed voucher, kept", "100.00", State.VOIDED, 0),
        ("fixed voucher, proportional", "0", State.PENDING, 2000),
        ("fixed voucher, proportional", "30.00", State.PENDING, 1400),
        ("fixed voucher, proportional", "100.00", State.VOIDED, 0),
        ("percentage voucher", "30.00", State.PENDING, 1),
        ("percentage voucher", "100.00", State.VOIDED, 0),
        ("fixed credit, kept", "30.00", State.PENDING, 2000),
        ("percentage credit", "0", State.PENDING, 2000),
        ("percentage credit", "30.00", State.PENDING, 1400),
        ("percentage credit", "100.00", State.VOIDED, 0),
    ],
)
def test_inside_the_hold(kind: str, amount: str, state: str, owed: int) -> None:
    referral = referred(program_of(kind))
    pay(referral.order)
    settled(referral)
    refund(referral, amount)
    reward = settled(referral)
    assert (reward.state, reward.net) == (state, owed)
    assert stands(reward) == ({EXPENSE: owed, PENDING: -owed} if owed else {})


@pytest.mark.parametrize(
    ("kind", "amount", "state", "owed"),
    [
        ("fixed voucher, kept", "30.00", State.AVAILABLE, 2000),
        ("fixed voucher, proportional", "30.00", State.AVAILABLE, 1400),
        ("fixed voucher, proportional", "100.00", State.REVERSED, 0),
        ("percentage voucher", "30.00", State.AVAILABLE, 1),
        ("percentage voucher", "100.00", State.REVERSED, 0),
        ("percentage credit", "30.00", State.AVAILABLE, 1400),
        ("percentage credit", "100.00", State.REVERSED, 0),
    ],
)
def test_after_the_hold_and_unused(kind: str, amount: str, state: str, owed: int) -> None:
    referral = referred(program_of(kind, hold_days=0))
    pay(referral.order)
    settled(referral)
    refund(referral, amount)
    reward = settled(referral)
    assert (reward.state, reward.net) == (state, owed)
    assert stands(reward) == ({EXPENSE: owed, AVAILABLE: -owed} if owed else {})


@pytest.mark.parametrize(
    ("kind", "amount", "expected"),
    [
        # RM 15 of the RM 20 voucher found something to reduce; RM 5 lapsed.
        ("fixed voucher, kept", "30.00", {EXPENSE: 2000, REDEEMED: -1500, BREAKAGE: -500}),
        # RM 14 would be owed, RM 15 were given: RM 1 comes back.
        ("fixed voucher, proportional", "30.00", {EXPENSE: 1400, REDEEMED: -1500, CLAWBACK: 100}),
        ("fixed voucher, proportional", "100.00", {REDEEMED: -1500, CLAWBACK: 1500}),
        ("fixed voucher, kept", "100.00", {REDEEMED: -1500, CLAWBACK: 1500}),
    ],
)
def test_after_a_voucher_was_spent(kind: str, amount: str, expected: dict[str, int]) -> None:
    referral = referred(program_of(kind, hold_days=0))
    pay(referral.order)
    reward = settled(referral)
    spend(reward_id=reward.pk, order_number=order().number, amount=1500)
    settled(referral)
    refund(referral, amount)
    reward = settled(referral)
    assert reward.state == State.REDEEMED
    assert stands(reward) == expected


def test_a_percentage_voucher_that_was_spent_is_clawed_back_in_money() -> None:
    referral = referred(program_of("percentage voucher", hold_days=0))
    pay(referral.order)
    reward = settled(referral)
    spend(reward_id=reward.pk, order_number=order().number, amount=1700)
    settled(referral)
    refund(referral, "30.00")
    assert settled(referral).clawback == 0
    refund(referral, "70.00")
    reward = settled(referral)
    assert reward.clawback == 1700
    assert books(reward) == {
        f"{EXPENSE} vouchers": 1,
        f"{REDEEMED} vouchers": -1,
        f"{REDEEMED} MYR": -1700,
        f"{CLAWBACK} MYR": 1700,
    }


def use_credit(reward: Reward, amount: int) -> None:
    """An order was paid with a part of it."""
    basket = get_model("basket", "Basket").objects.create(owner=reward.owner)
    number = order(user=reward.owner).number
    reserve(owner_id=reward.owner_id, basket_id=basket.pk, currency="MYR", amount=amount)
    begin(basket_id=basket.pk, order_number=number, currency="MYR", amount=amount)
    capture(order_number=number)


@pytest.mark.parametrize(
    ("kind", "used", "amount", "state", "expected"),
    [
        (
            "percentage credit",
            500,
            "0",
            State.AVAILABLE,
            {EXPENSE: 2000, REDEEMED: -500, AVAILABLE: -1500},
        ),
        (
            "percentage credit",
            500,
            "30.00",
            State.AVAILABLE,
            {EXPENSE: 1400, REDEEMED: -500, AVAILABLE: -900},
        ),
        # 20 % of the RM 25 that stand is what was used.
        ("percentage credit", 500, "75.00", State.REDEEMED, {EXPENSE: 500, REDEEMED: -500}),
        (
            "percentage credit",
            500,
            "80.00",
            State.REDEEMED,
            {EXPENSE: 400, REDEEMED: -500, CLAWBACK: 100},
        ),
        ("percentage credit", 500, "100.00", State.REVERSED, {REDEEMED: -500, CLAWBACK: 500}),
        (
            "percentage credit",
            2000,
            "30.00",
            State.REDEEMED,
            {EXPENSE: 1400, REDEEMED: -2000, CLAWBACK: 600},
        ),
        ("fixed credit, kept", 2000, "30.00", State.REDEEMED, {EXPENSE: 2000, REDEEMED: -2000}),
        ("fixed credit, kept", 2000, "100.00", State.REVERSED, {REDEEMED: -2000, CLAWBACK: 2000}),
    ],
)
def test_credit_that_was_used_in_part_or_in_full(
    kind: str, used: int, amount: str, state: str, expected: dict[str, int]
) -> None:
    referral = referred(program_of(kind, hold_days=0))
    pay(referral.order)
    use_credit(settled(referral), used)
    settle(referral.pk)
    refund(referral, amount)
    reward = settled(referral)
    assert reward.state == state
    assert stands(reward) == expected


@pytest.mark.parametrize(
    ("used", "amount", "state", "expected"),
    [
        (0, "30.00", State.EXPIRED, {EXPENSE: 2000, BREAKAGE: -2000}),
        (500, "0", State.EXPIRED, {EXPENSE: 2000, REDEEMED: -500, BREAKAGE: -1500}),
        (500, "30.00", State.EXPIRED, {EXPENSE: 1400, REDEEMED: -500, BREAKAGE: -900}),
        (500, "80.00", State.REDEEMED, {EXPENSE: 400, REDEEMED: -500, CLAWBACK: 100}),
        (500, "100.00", State.REVERSED, {REDEEMED: -500, CLAWBACK: 500}),
        (2000, "30.00", State.REDEEMED, {EXPENSE: 1400, REDEEMED: -2000, CLAWBACK: 600}),
        (2000, "100.00", State.REVERSED, {REDEEMED: -2000, CLAWBACK: 2000}),
    ],
)
def test_credit_whose_validity_has_ended(
    used: int, amount: str, state: str, expected: dict[str, int]
) -> None:
    """The end of its validity frees nobody from what was used of it."""
    referral = referred(program_of("percentage credit", hold_days=0))
    pay(referral.order)
    reward = settled(referral)
    if used:
        use_credit(reward, used)
    ended = timezone.now() + 91 * DAY
    settled(referral, ended)
    refund(referral, amount)
    reward = settled(referral, ended)
    assert reward.state == state
    assert stands(reward) == expected


@pytest.mark.parametrize("kind", ["percentage credit", "fixed voucher, proportional"])
@pytest.mark.parametrize("used", [0, 700, 1900])
def test_parts_end_exactly_where_one_refund_does(kind: str, used: int) -> None:
    """Thirds of an order don't divide evenly; their sum does."""
    ends = []
    for parts in (["100.00"], ["33.33", "33.33", "33.34"], ["0.01", "99.98", "0.01"]):
        referral = referred(program_of_once(kind), discount=0)
        pay(referral.order)
        reward = settled(referral)
        if used and "credit" in kind:
            use_credit(reward, used)
        elif used:
            spend(reward_id=reward.pk, order_number=order().number, amount=used)
        settle(referral.pk)
        for part in parts:
            refund(referral, part)
            reward = settled(referral)
        ends.append((reward.state, reward.reason, stands(reward)))
    assert ends[0] == ends[1] == ends[2]
    assert ends[0][2] == ({REDEEMED: -used, CLAWBACK: used} if used else {})


def program_of_once(kind: str) -> Program:
    """One program for several referrals of one test."""
    live = Program.objects.filter(status=Program.Status.LIVE).first()
    return live or program_of(kind, hold_days=0)


def test_refund_cancel_and_chargeback_together_reverse_once() -> None:
    referral = referred(program_of("fixed voucher, kept", hold_days=0))
    source = pay(referral.order)
    settled(referral)
    source.refund(Decimal("100.00"))
    settled(referral)
    set_status(referral.order, "Cancelled")
    settled(referral)
    event_type, _new = get_model("order", "PaymentEventType").objects.get_or_create(
        name="Chargeback refund"
    )
    referral.order.payment_events.create(event_type=event_type, amount=Decimal("100.00"))
    reward = settled(referral)
    assert stands(reward) == {}
    events = list(reward.entries.values_list("event", flat=True))
    assert events.count("reverse") == 1


def test_a_refund_before_the_payment_earns_nothing() -> None:
    referral = referred(program_of("fixed voucher, kept", hold_days=0))
    source = pay(referral.order, "50.00")
    source.refund(Decimal("50.00"))
    reward = settled(referral)
    assert reward.state == State.PENDING
    set_status(referral.order, "Refunded")
    assert settled(referral).state == State.VOIDED


def test_a_failed_order_that_is_paid_after_all_restores_once() -> None:
    referral = referred(program_of("fixed voucher, kept", hold_days=0))
    set_status(referral.order, "Cancelled")
    assert settled(referral).state == State.VOIDED
    set_status(referral.order, "Pending")
    pay(referral.order)
    assert settled(referral).state == State.AVAILABLE
    reward = settled(referral)
    assert stands(reward) == {EXPENSE: 2000, AVAILABLE: -2000}
    assert reward.entries.count() == 1


@pytest.mark.parametrize(("rule", "state"), [("keep", State.AVAILABLE), ("lose", State.REVERSED)])
def test_a_refund_below_the_minimum_follows_the_versions_rule(rule: str, state: str) -> None:
    """The minimum of RM 80 counts goods before the discount: RM 100 paid are goods of RM 120."""
    program = live_program(
        hold_days=0,
        friend={"value": 2000, "minimum": 8000},
        advocate={"value": 2000, "validity_days": 90},
        below_minimum=rule,
    )
    referral = referred(program, discount=2000)
    pay(referral.order)
    settled(referral)
    refund(referral, "40.00")
    assert settled(referral).state == State.AVAILABLE
    refund(referral, "0.01")
    assert settled(referral).state == state


def test_later_rewards_are_set_off_and_the_rest_is_written_off() -> None:
    """RM 15 were spent and taken back. The next reward of RM 10 pays RM 10, the third RM 5."""
    program = live_program(hold_days=0, advocate={"value": 1000, "validity_days": 90})
    first = referred(program)
    member = first.advocate
    pay(first.order)
    reward = settled(first)
    spend(reward_id=reward.pk, order_number=order().number, amount=1000)
    settled(first)
    refund(first, "100.00")
    assert settled(first).clawback == 1000

    second = referred(program, member=member)
    pay(second.order, "60.00")
    settled(second)
    second.order.sources.get().debit(Decimal("40.00"))
    paid_off = settled(second)
    assert (paid_off.state, paid_off.reason, paid_off.netted) == (State.REDEEMED, "set-off", 1000)
    assert stands(paid_off) == {EXPENSE: 1000, CLAWBACK: -1000}
    assert paid_off.voucher is None

    # The second friend sends everything back: the clawback is open again, and a third pays.
    refund(second, "100.00")
    assert stands(settled(second)) == {}
    third = referred(program, member=member)
    pay(third.order)
    assert settled(third).netted == 1000
    settled(first)


def test_what_nothing_was_set_off_against_is_written_off_after_180_days() -> None:
    referral = referred(program_of("fixed voucher, kept", hold_days=0))
    pay(referral.order)
    reward = settled(referral)
    spend(reward_id=reward.pk, order_number=order().number, amount=1500)
    refund(referral, "100.00")
    reward = settled(referral)
    referral.refresh_from_db()
    assert referral.settle_due_at == reward.clawback_since + 180 * DAY
    reward = settled(referral, now=timezone.now() + 179 * DAY)
    assert reward.written_off == 0
    reward = settled(referral, now=timezone.now() + 181 * DAY)
    assert stands(reward) == {REDEEMED: -1500, WRITTEN_OFF: 1500}


def test_a_clawback_that_vanishes_gives_the_later_reward_its_worth_back() -> None:
    """The shop cancelled by mistake: what was set off meanwhile is owed again."""
    program = live_program(hold_days=0, advocate={"value": 1000, "validity_days": 90})
    first = referred(program)
    pay(first.order)
    spend(reward_id=settled(first).pk, order_number=order().number, amount=1000)
    settled(first)
    set_status(first.order, "Cancelled")
    settled(first)
    second = referred(program, member=first.advocate)
    pay(second.order)
    assert settled(second).state == State.REDEEMED
    set_status(first.order, "Pending")
    assert settled(first).clawback == 0
    reward = settled(second)
    assert (reward.state, reward.netted) == (State.AVAILABLE, 0)
    assert reward.voucher is not None
