"""The pure rule: what a reward must be, by what is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscar_referrals.attribution.models import Referral
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.facts import OrderFacts
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.refunds import RefundRules
from oscar_referrals.rewards.replay import as_inputs, replay
from oscar_referrals.rewards.target import (
    GIVE_UP_LOOKING,
    credit_of,
    target_of,
)
from oscar_referrals.rewards.verdict import Credit, RewardFacts, Rules, Target

State = Reward.State
DAY = timedelta(days=1)
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
NEW = RewardFacts(created_at=START)
PLACED = OrderFacts(number="1", currency="MYR", total=10000)
PAID = replace(PLACED, paid=True, paid_at=START)
CANCELLED = replace(PAID, cancelled=True)
REFUNDED = replace(PAID, refunded=10000, fully_refunded=True)
GONE = OrderFacts(number="1", currency="MYR", total=10000, exists=False)
ADVOCATE = Rules(hold=14 * DAY, validity=90 * DAY)
FRIEND = Rules(at_till=True, hold=14 * DAY, validity=None)
AVAILABLE = RewardFacts(
    state=State.AVAILABLE,
    reason=reasons.PAID,
    created_at=START,
    hold_until=START + 14 * DAY,
    available_at=START + 14 * DAY,
    expires_at=START + 104 * DAY,
)
REDEEMED = replace(AVAILABLE, state=State.REDEEMED, reason=reasons.SPENT, spent=True)
REVERSED = replace(AVAILABLE, state=State.REVERSED, reason=reasons.ORDER_CANCELLED)
EXPIRED = replace(AVAILABLE, state=State.EXPIRED, reason=reasons.EXPIRED)
VOIDED = RewardFacts(state=State.VOIDED, reason=reasons.ORDER_CANCELLED, created_at=START)
PENDING = RewardFacts(
    state=State.PENDING, reason=reasons.HOLD, created_at=START, hold_until=START + 14 * DAY
)


@pytest.mark.parametrize(
    ("reward", "order", "days", "state", "reason"),
    [
        (NEW, PLACED, 0, State.PENDING, reasons.ORDER_UNPAID),
        (NEW, replace(PLACED, payment_known=False), 0, State.PENDING, reasons.NO_PAYMENT_FACTS),
        (NEW, PAID, 0, State.PENDING, reasons.HOLD),
        (NEW, PAID, 13.99, State.PENDING, reasons.HOLD),
        (NEW, PAID, 14, State.AVAILABLE, reasons.PAID),
        (NEW, CANCELLED, 0, State.VOIDED, reasons.ORDER_CANCELLED),
        (NEW, REFUNDED, 20, State.VOIDED, reasons.ORDER_REFUNDED),
        (NEW, replace(CANCELLED, fully_refunded=True), 0, State.VOIDED, reasons.ORDER_CANCELLED),
        (NEW, GONE, 0, State.VOIDED, reasons.ORDER_DELETED),
        (PENDING, GONE, 5, State.VOIDED, reasons.ORDER_DELETED),
        (PENDING, PLACED, 5, State.PENDING, reasons.ORDER_UNPAID),
        (VOIDED, GONE, 5, State.VOIDED, reasons.ORDER_CANCELLED),
        (VOIDED, PAID, 5, State.PENDING, reasons.HOLD),
        (AVAILABLE, PAID, 50, State.AVAILABLE, reasons.PAID),
        (AVAILABLE, PLACED, 50, State.AVAILABLE, reasons.PAID),
        (AVAILABLE, GONE, 50, State.AVAILABLE, reasons.PAID),
        (AVAILABLE, GONE, 104, State.EXPIRED, reasons.EXPIRED),
        (AVAILABLE, PAID, 103.99, State.AVAILABLE, reasons.PAID),
        (AVAILABLE, PAID, 104, State.EXPIRED, reasons.EXPIRED),
        (AVAILABLE, REFUNDED, 50, State.REVERSED, reasons.ORDER_REFUNDED),
        (AVAILABLE, CANCELLED, 200, State.REVERSED, reasons.ORDER_CANCELLED),
        (REVERSED, PAID, 50, State.AVAILABLE, reasons.PAID),
        (REVERSED, PAID, 104, State.EXPIRED, reasons.EXPIRED),
        (REVERSED, GONE, 50, State.REVERSED, reasons.ORDER_CANCELLED),
        (EXPIRED, PAID, 105, State.EXPIRED, reasons.EXPIRED),
        # Staff gave it more time.
        (EXPIRED, PAID, 50, State.AVAILABLE, reasons.EXTENDED),
        (EXPIRED, CANCELLED, 200, State.EXPIRED, reasons.EXPIRED),
        (REDEEMED, PAID, 50, State.REDEEMED, reasons.SPENT),
        (REDEEMED, CANCELLED, 50, State.REDEEMED, reasons.ORDER_CANCELLED),
        (REDEEMED, GONE, 500, State.REDEEMED, reasons.SPENT),
        (replace(REVERSED, spent=True), CANCELLED, 50, State.REDEEMED, reasons.ORDER_CANCELLED),
        (replace(EXPIRED, spent=True), PAID, 200, State.REDEEMED, reasons.SPENT),
    ],
)
def test_an_advocates_reward(
    reward: RewardFacts, order: OrderFacts, days: float, state: str, reason: str
) -> None:
    target = target_of(reward, order, PAID if reward.spent else None, ADVOCATE, START + days * DAY)
    assert (target.state, target.reason) == (state, reason)


@pytest.mark.parametrize(
    ("spending", "order", "days", "state", "unspent"),
    [
        (PAID, PAID, 50, State.REDEEMED, False),
        (GONE, PAID, 50, State.REDEEMED, False),
        (CANCELLED, PAID, 50, State.AVAILABLE, True),
        (REFUNDED, PAID, 50, State.AVAILABLE, True),
        (CANCELLED, PAID, 104, State.EXPIRED, True),
        (CANCELLED, CANCELLED, 50, State.REVERSED, True),
    ],
)
def test_the_order_it_was_spent_with(
    spending: OrderFacts, order: OrderFacts, days: int, state: str, unspent: bool
) -> None:
    target = target_of(REDEEMED, order, spending, ADVOCATE, START + days * DAY)
    assert (target.state, target.unspent) == (state, unspent)
    assert target.expires_at == REDEEMED.expires_at


@pytest.mark.parametrize(
    ("reward", "order", "rules", "state", "reason"),
    [
        (NEW, PLACED, FRIEND, State.REDEEMED, reasons.FIRST_ORDER),
        (NEW, PLACED, replace(FRIEND, refusal="own-code"), State.REDEEMED, "own-code"),
        (NEW, CANCELLED, FRIEND, State.REVERSED, reasons.ORDER_CANCELLED),
        (NEW, REFUNDED, replace(FRIEND, refusal="own-code"), State.REVERSED, "order-refunded"),
        (NEW, GONE, FRIEND, State.REDEEMED, reasons.FIRST_ORDER),
        (replace(NEW, state=State.REVERSED, reason="x"), GONE, FRIEND, State.REVERSED, "x"),
    ],
)
def test_a_friends_discount(
    reward: RewardFacts, order: OrderFacts, rules: Rules, state: str, reason: str
) -> None:
    target = target_of(reward, order, None, rules, START)
    assert (target.state, target.reason) == (state, reason)


@pytest.mark.parametrize(
    ("reward", "rules", "days", "state", "reason"),
    [
        (NEW, replace(ADVOCATE, joined=False), 13, State.PENDING, reasons.HOLD),
        (NEW, replace(ADVOCATE, joined=False), 14, State.PENDING, reasons.TERMS_NOT_ACCEPTED),
        (NEW, replace(ADVOCATE, erased=True), 14, State.VOIDED, reasons.ACCOUNT_ERASED),
        (AVAILABLE, replace(ADVOCATE, erased=True), 20, State.EXPIRED, reasons.ACCOUNT_ERASED),
        (REDEEMED, replace(ADVOCATE, erased=True), 20, State.REDEEMED, reasons.SPENT),
        (NEW, replace(ADVOCATE, refusal="own-code"), 14, State.VOIDED, "own-code"),
        (AVAILABLE, replace(ADVOCATE, refusal="own-code"), 20, State.REVERSED, "own-code"),
        (NEW, replace(ADVOCATE, hold=timedelta(0)), 0, State.AVAILABLE, reasons.PAID),
    ],
)
def test_the_people_and_the_version(
    reward: RewardFacts, rules: Rules, days: int, state: str, reason: str
) -> None:
    target = target_of(reward, PAID, PAID if reward.spent else None, rules, START + days * DAY)
    assert (target.state, target.reason) == (state, reason)


def test_the_hold_stays_where_it_was_set() -> None:
    later = replace(PAID, paid_at=START + 3 * DAY)
    assert target_of(PENDING, later, None, ADVOCATE, START + DAY).hold_until == PENDING.hold_until


def test_an_unknown_time_of_payment_counts_from_now() -> None:
    unknown = replace(PAID, paid_at=None)
    target = target_of(NEW, unknown, None, ADVOCATE, START + DAY)
    assert target.hold_until == START + 15 * DAY


def test_a_reward_without_validity_never_expires() -> None:
    rules = replace(ADVOCATE, validity=None)
    target = target_of(NEW, PAID, None, rules, START + 14 * DAY)
    assert (target.expires_at, target.due_at) == (None, None)


@pytest.mark.parametrize(
    ("current", "order", "expected"),
    [
        (("bound", "first-order"), PAID, ("bound", "first-order")),
        (("bound", "first-order"), CANCELLED, ("released", reasons.ORDER_CANCELLED)),
        (("bound", "first-order"), REFUNDED, ("released", reasons.ORDER_REFUNDED)),
        (("bound", "first-order"), GONE, ("bound", "first-order")),
        (("released", reasons.ORDER_CANCELLED), PAID, ("bound", reasons.FIRST_ORDER)),
        (("released", reasons.ALREADY_REFERRED), PAID, ("bound", reasons.FIRST_ORDER)),
        (("released", reasons.ORDER_CANCELLED), REFUNDED, ("released", reasons.ORDER_CANCELLED)),
        (("released", "by-staff"), PAID, ("released", "by-staff")),
        (("refused", "own-code"), CANCELLED, ("refused", "own-code")),
        # A refusal is for good, and a deleted order brings nothing back.
        (("refused", reasons.ALREADY_REFERRED), PAID, ("refused", reasons.ALREADY_REFERRED)),
        (("released", reasons.ORDER_CANCELLED), GONE, ("released", reasons.ORDER_CANCELLED)),
    ],
)
def test_the_credit(current: tuple[str, str], order: OrderFacts, expected: tuple[str, str]) -> None:
    credit = credit_of(Credit(state=current[0], reason=current[1]), order)
    assert (credit.state, credit.reason) == expected
    assert credit.state in Referral.State.values


moments = st.integers(0, 300 * 24).map(lambda hours: START + timedelta(hours=hours))
orders = st.builds(
    OrderFacts,
    number=st.just("1"),
    currency=st.just("MYR"),
    total=st.just(10000),
    exists=st.just(True),
    paid=st.booleans(),
    paid_at=st.none() | moments,
    cancelled=st.booleans(),
    refunded=st.integers(0, 10000),
    fully_refunded=st.booleans(),
    payment_known=st.booleans(),
) | st.just(GONE)
rules_of_both = st.builds(
    Rules,
    at_till=st.booleans(),
    hold=st.integers(0, 30).map(lambda days: days * DAY),
    validity=st.none() | st.integers(1, 90).map(lambda days: days * DAY),
    refusal=st.sampled_from(["", "own-code"]),
    joined=st.booleans(),
    erased=st.booleans(),
    refunds=st.builds(
        RefundRules, proportional=st.booleans(), at_most=st.none() | st.integers(0, 10000)
    ),
)


def follow(reward: RewardFacts, target: Target) -> RewardFacts:
    """The row after it was brought to its target."""
    return replace(
        reward,
        state=target.state,
        reason=target.reason,
        hold_until=target.hold_until,
        available_at=target.available_at,
        expires_at=target.expires_at,
        spent=reward.spent and not target.unspent,
        used=0 if target.unspent else reward.used,
        reduced=target.reduced,
        reduced_reason=target.reduced_reason,
        netted=target.netted,
        clawback=target.clawback,
        clawback_since=target.clawback_since,
        written_off=target.written_off,
    )


def spend_some(reward: RewardFacts, rules: Rules, part: float) -> RewardFacts:
    """The row after its owner has spent it, or a part of it."""
    if reward.state != State.AVAILABLE or rules.at_till:
        return reward
    left = reward.amount - reward.reduced - reward.netted - reward.used
    if reward.divisible:
        return replace(reward, used=reward.used + int(left * part))
    return replace(reward, spent=True, used=left if reward.is_money else 1700)


@st.composite
def histories(draw: Any) -> tuple[RewardFacts, list[tuple[OrderFacts, OrderFacts, datetime]]]:
    """A reward from its beginning, and what was known at growing moments."""
    steps = draw(
        st.lists(
            st.tuples(orders, orders, moments, st.none() | st.sampled_from([0.3, 1.0])),
            min_size=1,
            max_size=6,
        )
    )
    steps.sort(key=lambda step: step[2])
    is_money = draw(st.booleans())
    divisible = is_money and draw(st.booleans())
    reward = replace(NEW, amount=2000 if is_money else 1, is_money=is_money, divisible=divisible)
    return reward, steps


@given(histories(), rules_of_both)
def test_the_same_facts_twice_change_nothing(history: Any, rules: Rules) -> None:
    reward, steps = history
    for order, spending, now, spent in steps:
        if spent is not None:
            reward = spend_some(reward, rules, spent)
        target = target_of(reward, order, spending if reward.spent else None, rules, now)
        reward = follow(reward, target)
        again = target_of(reward, order, spending if reward.spent else None, rules, now)
        assert follow(reward, again) == reward
        assert not again.unspent


@given(histories(), rules_of_both)
def test_every_answer_is_possible_and_replayable(history: Any, rules: Rules) -> None:
    reward, steps = history
    for order, spending, now, spent in steps:
        if spent is not None:
            reward = spend_some(reward, rules, spent)
        spending_order = spending if reward.spent else None
        target = target_of(reward, order, spending_order, rules, now)
        assert target.state in State.values
        assert target.reason
        assert target.due_at is None or target.due_at > now
        if target.state == State.AVAILABLE:
            assert target.available_at is not None
            assert target.available_at <= now
            assert rules.refusal == ""
            assert order.undone == ""
        if target.state == State.REDEEMED and not rules.at_till:
            assert reward.spent or reward.used
        if not rules.at_till:
            assert 0 <= target.reduced <= reward.amount
            assert 0 <= target.written_off <= target.clawback <= reward.used
        inputs = as_inputs(reward, order, spending_order, rules, now)
        assert replay(inputs) == target
        reward = follow(reward, target)


SHIPMENT = replace(ADVOCATE, hold_from="shipment")
DELIVERY = replace(ADVOCATE, hold_from="delivery")
SHIPPED = replace(PAID, shipped_at=START + 3 * DAY)
DELIVERED = replace(SHIPPED, delivered_at=START + 5 * DAY)


@pytest.mark.parametrize(
    ("order", "rules", "reason", "hold_ends"),
    [
        (PLACED, SHIPMENT, reasons.ORDER_UNPAID, None),
        (PAID, SHIPMENT, reasons.ORDER_NOT_SHIPPED, None),
        (replace(PAID, shipment_known=False), SHIPMENT, reasons.NO_SHIPPING_FACTS, None),
        (SHIPPED, SHIPMENT, reasons.HOLD, 17),
        (replace(SHIPPED, shipped_at=START - DAY), SHIPMENT, reasons.HOLD, 14),
        (PAID, DELIVERY, reasons.ORDER_NOT_DELIVERED, None),
        (replace(SHIPPED, delivery_known=False), DELIVERY, reasons.NO_SHIPPING_FACTS, None),
        (DELIVERED, DELIVERY, reasons.HOLD, 19),
        (DELIVERED, SHIPMENT, reasons.HOLD, 17),
        (DELIVERED, ADVOCATE, reasons.HOLD, 14),
        # Sent before it was paid, and unpaid until now.
        (replace(DELIVERED, paid=False), DELIVERY, reasons.ORDER_UNPAID, None),
        # Nobody knows when it was paid: from today, and not from when it was sent.
        (replace(DELIVERED, paid_at=None), DELIVERY, reasons.HOLD, 20),
    ],
)
def test_the_hold_begins_with_payment_and_what_the_version_names(
    order: OrderFacts, rules: Rules, reason: str, hold_ends: int | None
) -> None:
    now = START + 6 * DAY
    target = target_of(NEW, order, None, rules, now)
    assert (target.state, target.reason) == (State.PENDING, reason)
    if hold_ends is None:
        assert (target.hold_until, target.due_at) == (None, now + DAY)
    else:
        assert target.hold_until == target.due_at == START + hold_ends * DAY
        after = replace(NEW, state=State.PENDING, hold_until=target.hold_until)
        assert target_of(after, order, None, rules, target.hold_until).state == State.AVAILABLE
    assert replay(as_inputs(NEW, order, None, rules, now)) == target


def test_a_shipment_that_is_taken_back_begins_a_new_hold() -> None:
    held = replace(PENDING, hold_until=START + 17 * DAY)
    taken_back = target_of(held, PAID, None, SHIPMENT, START + 8 * DAY)
    assert (taken_back.reason, taken_back.hold_until) == (reasons.ORDER_NOT_SHIPPED, None)


LOOKED_AT_AGAIN = (
    reasons.ORDER_UNPAID,
    reasons.NO_PAYMENT_FACTS,
    reasons.ORDER_NOT_SHIPPED,
    reasons.ORDER_NOT_DELIVERED,
    reasons.NO_SHIPPING_FACTS,
)


@given(orders, rules_of_both, moments.map(lambda moment: moment + GIVE_UP_LOOKING))
def test_nobody_looks_for_ever(order: OrderFacts, rules: Rules, now: datetime) -> None:
    target = target_of(NEW, order, None, rules, now)
    if target.reason in LOOKED_AT_AGAIN:
        assert target.due_at is None
