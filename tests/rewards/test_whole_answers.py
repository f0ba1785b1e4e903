"""The pure rule's answers in full: each state, each date and when to look again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from oscar_referrals.programs import reasons
from oscar_referrals.rewards.facts import OrderFacts
from oscar_referrals.rewards.verdict import RewardFacts, Rules, Target
from tests.rewards.answers import (
    AVAILABLE,
    CANCELLED,
    CREDIT,
    DATES,
    DAY,
    EXPIRES,
    GONE,
    HOLD_ENDS,
    LAST_LOOK,
    NEW,
    PAID,
    PLACED,
    RULES,
    START,
    State,
    ask,
)


@pytest.mark.parametrize(
    ("order", "rules", "reason", "hold_until"),
    [
        (PLACED, RULES, reasons.ORDER_UNPAID, None),
        (PAID, replace(RULES, hold_from="shipment"), reasons.ORDER_NOT_SHIPPED, None),
        (PAID, replace(RULES, has_account=False, hold=timedelta(0)), reasons.NO_ACCOUNT, START),
    ],
)
def test_what_is_waited_for_is_looked_at_daily_until_a_fixed_moment(
    order: OrderFacts, rules: Rules, reason: str, hold_until: datetime | None
) -> None:
    waiting = Target(state=State.PENDING, reason=reason, hold_until=hold_until)
    last = LAST_LOOK - timedelta(seconds=1)
    assert ask(NEW, order, START, rules) == replace(waiting, due_at=START + DAY)
    assert ask(NEW, order, last, rules) == replace(waiting, due_at=last + DAY)
    assert ask(NEW, order, LAST_LOOK, rules) == waiting


def test_a_hold_in_full() -> None:
    held = Target(state=State.PENDING, reason=reasons.HOLD, hold_until=HOLD_ENDS, due_at=HOLD_ENDS)
    assert ask(NEW, PAID, START) == held
    assert ask(NEW, PAID, START, replace(RULES, earned_by="signed-up")) == replace(
        held, reason="signed-up"
    )


def test_terms_that_are_not_accepted_wait_for_no_moment() -> None:
    assert ask(NEW, PAID, HOLD_ENDS, replace(RULES, joined=False)) == Target(
        state=State.PENDING, reason=reasons.TERMS_NOT_ACCEPTED, hold_until=HOLD_ENDS
    )


def test_a_reward_that_becomes_available_in_full() -> None:
    now = HOLD_ENDS + 2 * DAY
    target = Target(
        state=State.AVAILABLE,
        reason=reasons.PAID,
        hold_until=HOLD_ENDS,
        available_at=now,
        expires_at=now + 90 * DAY,
        due_at=now + 90 * DAY,
    )
    assert ask(NEW, PAID, now) == target
    assert ask(NEW, PAID, now, replace(RULES, earned_by="goal-reached")) == replace(
        target, reason="goal-reached"
    )


def test_what_happened_without_an_order_waits_by_its_own_name() -> None:
    gone = ask(NEW, GONE, START, replace(RULES, if_gone="friend-left"))
    assert gone == Target(
        state=State.VOIDED, reason="friend-left", reduced=2000, reduced_reason="friend-left"
    )


def test_an_available_reward_in_full() -> None:
    stays = Target(state=State.AVAILABLE, reason=reasons.PAID, due_at=EXPIRES, **DATES)
    assert ask(AVAILABLE, PAID, START + 50 * DAY) == stays
    # Why it was given stays; one that came back from elsewhere is named by what earned it.
    other = replace(AVAILABLE, reason=reasons.RESTORED)
    assert ask(other, PAID, START + 50 * DAY).reason == reasons.RESTORED
    back = replace(AVAILABLE, state=State.REVERSED, reason=reasons.ORDER_CANCELLED)
    earned = replace(RULES, earned_by="goal-reached")
    assert ask(back, PAID, START + 50 * DAY) == stays
    assert ask(back, PAID, START + 50 * DAY, earned).reason == "goal-reached"


def test_an_expired_reward_in_full() -> None:
    expired = Target(state=State.EXPIRED, reason=reasons.EXPIRED, **DATES)
    assert ask(AVAILABLE, PAID, EXPIRES) == expired
    row = replace(AVAILABLE, state=State.EXPIRED, reason=reasons.EXPIRED)
    assert ask(row, PAID, EXPIRES + DAY) == expired
    # What lapses in this moment lapsed; its order takes nothing more with it.
    assert ask(row, CANCELLED, EXPIRES).state == State.EXPIRED
    assert ask(row, CANCELLED, EXPIRES - timedelta(seconds=1)).state == State.REVERSED
    # An account that was erased stays erased, though there was time left.
    erased = replace(row, reason=reasons.ACCOUNT_ERASED)
    assert ask(erased, PAID, START + 50 * DAY).state == State.EXPIRED
    assert ask(row, PAID, START + 50 * DAY, replace(RULES, erased=True)).state == State.EXPIRED
    for_ever = replace(row, expires_at=None)
    assert ask(for_ever, PAID, START + 50 * DAY).state == State.EXPIRED


def test_a_reward_that_staff_gave_more_time_in_full() -> None:
    row = replace(AVAILABLE, state=State.EXPIRED, reason=reasons.EXPIRED)
    assert ask(row, PAID, EXPIRES - DAY) == Target(
        state=State.AVAILABLE, reason=reasons.EXTENDED, due_at=EXPIRES, **DATES
    )


def test_a_withdrawn_reward_keeps_its_dates() -> None:
    assert ask(AVAILABLE, CANCELLED, START + 50 * DAY) == Target(
        state=State.REVERSED,
        reason=reasons.ORDER_CANCELLED,
        reduced=2000,
        reduced_reason=reasons.ORDER_CANCELLED,
        **DATES,
    )


def test_a_reversed_reward_whose_order_is_gone_stays_as_it_was() -> None:
    row = replace(AVAILABLE, state=State.REVERSED, reason=reasons.ORDER_CANCELLED)
    assert ask(row, GONE, START + 50 * DAY) == Target(
        state=State.REVERSED,
        reason=reasons.ORDER_CANCELLED,
        reduced=2000,
        reduced_reason=reasons.ORDER_CANCELLED,
        **DATES,
    )


@pytest.mark.parametrize(
    ("order", "now", "state", "reason", "due_at"),
    [
        (PAID, START + 50 * DAY, State.AVAILABLE, reasons.RESTORED, EXPIRES),
        (PAID, EXPIRES, State.EXPIRED, reasons.EXPIRED, None),
        (CANCELLED, START + 50 * DAY, State.REVERSED, reasons.ORDER_CANCELLED, None),
    ],
)
def test_a_voucher_given_back_by_a_cancelled_order_in_full(
    order: OrderFacts, now: datetime, state: str, reason: str, due_at: datetime | None
) -> None:
    spent = replace(AVAILABLE, state=State.REDEEMED, reason=reasons.SPENT, spent=True, used=2000)
    lost = 2000 if state == State.REVERSED else 0
    assert ask(spent, order, now, spending=CANCELLED) == Target(
        state=state,
        reason=reason,
        unspent=True,
        due_at=due_at,
        reduced=lost,
        reduced_reason=reason if lost else "",
        **DATES,
    )
    # An account that was erased has nothing given back to it.
    if state == State.AVAILABLE:
        erased = ask(spent, order, now, replace(RULES, erased=True), spending=CANCELLED)
        assert (erased.state, erased.reason) == (State.EXPIRED, reasons.ACCOUNT_ERASED)
        assert erased.unspent


@pytest.mark.parametrize(
    ("row", "spending"),
    [
        # A part of the credit came back, or the order of a voucher that was taken back meanwhile.
        (replace(CREDIT, state=State.REDEEMED, reason=reasons.SPENT, used=500), None),
        (replace(AVAILABLE, state=State.REVERSED, reason="x", spent=True), CANCELLED),
    ],
)
def test_whatever_can_be_spent_again_is_restored(
    row: RewardFacts, spending: OrderFacts | None
) -> None:
    target = ask(row, PAID, START + 50 * DAY, spending=spending)
    assert (target.state, target.reason) == (State.AVAILABLE, reasons.RESTORED)


def test_an_expired_voucher_given_back_says_so() -> None:
    row = replace(AVAILABLE, state=State.EXPIRED, reason=reasons.EXPIRED, spent=True)
    assert ask(row, PAID, EXPIRES + DAY, spending=CANCELLED).unspent


@pytest.mark.parametrize(
    ("adjusted", "amount", "taken"),
    [(-2000, 0, True), (-1999, 1, False), (0, 0, False), (500, 0, False), (-2500, -500, True)],
)
def test_staff_may_take_all_of_it(adjusted: int, amount: int, taken: bool) -> None:
    reward = replace(AVAILABLE, adjusted=adjusted, amount=amount)
    target = ask(reward, PAID, START + 50 * DAY)
    assert (target.reason == reasons.ADJUSTED) is taken
    assert (target.state == State.REVERSED) is taken
