"""The pure rule's answers in full: what is taken back, set off, clawed back and written off."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from oscar_referrals.programs import reasons
from oscar_referrals.rewards.refunds import RefundRules, lost_by_refund, taken_back
from oscar_referrals.rewards.verdict import RewardFacts, Rules
from tests.rewards.answers import (
    AVAILABLE,
    CANCELLED,
    CREDIT,
    DAY,
    EXPIRES,
    GONE,
    PAID,
    PROPORTIONAL,
    RULES,
    START,
    State,
    ask,
)


@pytest.mark.parametrize(
    ("refunded", "at_most", "why"),
    [
        (2000, 2000, ""),
        (2001, 2000, reasons.REFUNDED_BELOW_MINIMUM),
        (1, 0, reasons.REFUNDED_BELOW_MINIMUM),
        (0, 0, ""),
        (9999, None, ""),
    ],
)
def test_a_refund_below_the_minimum(refunded: int, at_most: int | None, why: str) -> None:
    order = replace(PAID, refunded=refunded)
    rules = RefundRules(at_most=at_most)
    assert lost_by_refund(order, rules) == why
    target = ask(AVAILABLE, order, START + 50 * DAY, replace(RULES, refunds=rules))
    assert target.reduced == (2000 if why else 0)


@pytest.mark.parametrize(
    ("total", "refunded", "proportional", "taken"),
    [
        (10000, 3000, True, 600),
        (10000, 3000, False, 0),
        (10000, 1, True, 0),
        (10000, 10000, True, 2000),
        (10000, 12000, True, 2000),
        (10000, 0, True, 0),
        (10000, -5, True, 0),
        (0, 500, True, 0),
        (1, 1, True, 2000),
        (3, 1, True, 667),
        (3, 2, True, 1333),
    ],
)
def test_what_a_refund_takes_back(
    total: int, refunded: int, proportional: bool, taken: int
) -> None:
    order = replace(PAID, total=total, refunded=refunded)
    assert taken_back(2000, order, RefundRules(proportional=proportional)) == taken


def test_a_part_that_was_taken_back_is_named() -> None:
    target = ask(AVAILABLE, replace(PAID, refunded=3000), START + 50 * DAY, PROPORTIONAL)
    assert (target.reduced, target.reduced_reason) == (600, reasons.PARTLY_REFUNDED)
    # A piece is not cut.
    piece = replace(AVAILABLE, amount=1, is_money=False)
    target = ask(piece, replace(PAID, refunded=9000), START + 50 * DAY, PROPORTIONAL)
    assert (target.reduced, target.reduced_reason) == (0, "")


@pytest.mark.parametrize(
    ("at_most", "refunded", "reduced", "reason"),
    [
        (1500, 0, 500, "cap-reached"),
        (2000, 0, 0, ""),
        (1999, 0, 1, "cap-reached"),
        (0, 0, 2000, "cap-reached"),
        # What a refund takes back comes first, and leaves room below the limit or not.
        (1500, 300, 500, "cap-reached"),
        (1500, 2500, 500, reasons.PARTLY_REFUNDED),
        (1500, 3000, 600, reasons.PARTLY_REFUNDED),
    ],
)
def test_no_more_is_owed_than_its_limit_lets_be(
    at_most: int, refunded: int, reduced: int, reason: str
) -> None:
    rules = replace(PROPORTIONAL, owed_at_most=at_most, limited_by="cap-reached")
    target = ask(AVAILABLE, replace(PAID, refunded=refunded), START + 50 * DAY, rules)
    assert (target.reduced, target.reduced_reason) == (reduced, reason)


def test_what_lapsed_whole_or_lost_its_order_is_left_as_it_was() -> None:
    order = replace(PAID, refunded=3000)
    row = replace(
        AVAILABLE, state=State.EXPIRED, reason=reasons.EXPIRED, reduced=70, reduced_reason="x"
    )
    target = ask(row, order, EXPIRES + DAY, PROPORTIONAL)
    assert (target.reduced, target.reduced_reason) == (70, "x")
    # Of what was used or set off in part, refunds still take their part.
    for part in ({"used": 100}, {"netted": 100}):
        target = ask(replace(row, divisible=True, **part), order, EXPIRES + DAY, PROPORTIONAL)
        assert (target.reduced, target.reduced_reason) == (600, reasons.PARTLY_REFUNDED)
    target = ask(
        replace(AVAILABLE, reduced=70, reduced_reason="x"), GONE, START + 50 * DAY, PROPORTIONAL
    )
    assert (target.reduced, target.reduced_reason) == (70, "x")


def test_an_expired_credit_of_which_a_part_was_used_falls_with_its_order() -> None:
    row = replace(CREDIT, state=State.EXPIRED, reason=reasons.EXPIRED, used=500)
    now = EXPIRES + DAY
    target = ask(row, CANCELLED, now)
    assert (target.state, target.reduced, target.clawback) == (State.REVERSED, 2000, 500)
    # A voucher that lapsed took nothing with it.
    assert ask(replace(row, divisible=False, used=0), CANCELLED, now).state == State.EXPIRED


@pytest.mark.parametrize(
    ("netted", "used", "reserved", "refunded", "left"),
    [
        (500, 0, 0, 0, 500),
        # Half of it is gone: 1000 are owed.
        (1500, 0, 0, 5000, 1000),
        (800, 300, 0, 5000, 700),
        (800, 300, 100, 5000, 600),
        (800, 1200, 0, 5000, 0),
        (800, 0, 0, 10000, 0),
    ],
)
def test_no_more_is_set_off_than_is_left(
    netted: int, used: int, reserved: int, refunded: int, left: int
) -> None:
    row = replace(CREDIT, netted=netted, used=used, reserved=reserved)
    target = ask(row, replace(PAID, refunded=refunded), START + 50 * DAY, PROPORTIONAL)
    assert target.netted == left


def clawed(row: RewardFacts, now: datetime, rules: Rules = RULES) -> tuple[object, ...]:
    target = ask(row, CANCELLED, now, rules)
    return (target.clawback, target.clawback_since, target.written_off, target.due_at)


def test_a_clawback_is_written_off_after_its_time() -> None:
    now, used = START + 50 * DAY, replace(CREDIT, used=700)
    ends = now + 180 * DAY
    assert clawed(used, now) == (700, now, 0, ends)
    row = replace(used, clawback=700, clawback_since=now)
    assert clawed(row, ends - timedelta(seconds=1)) == (700, now, 0, ends)
    assert clawed(row, ends) == (700, now, 700, None)
    # What later rewards paid is not given up.
    paid = replace(row, paid_back=200)
    assert clawed(paid, ends) == (700, now, 500, None)
    assert clawed(replace(row, paid_back=700), now) == (700, now, 0, None)
    assert clawed(replace(row, paid_back=900), now) == (700, now, 0, None)
    # Once written off it stays so, as far as it is still open.
    assert clawed(replace(row, written_off=300), now + DAY) == (700, now, 300, ends)
    assert clawed(replace(paid, written_off=700), now + DAY) == (700, now, 500, None)


def test_a_clawback_that_grows_begins_anew() -> None:
    now, later = START + 50 * DAY, START + 60 * DAY
    row = replace(CREDIT, used=700, clawback=700, clawback_since=now)
    assert clawed(row, later)[:2] == (700, now)
    assert clawed(replace(row, used=600), later)[:2] == (600, now)
    assert clawed(replace(row, used=701), later)[:2] == (701, later)
    assert clawed(replace(row, clawback_since=None), later)[:2] == (700, later)
    assert clawed(row, later, replace(RULES, write_off_after=10 * DAY)) == (700, now, 700, None)


def test_what_was_spent_within_what_is_owed_is_not_clawed_back() -> None:
    order, now = replace(PAID, refunded=5000), START + 50 * DAY
    for used, clawback in ((999, 0), (1000, 0), (1001, 1)):
        target = ask(replace(CREDIT, used=used), order, now, PROPORTIONAL)
        assert target.clawback == clawback
        assert target.clawback_since == (now if clawback else None)
    # The validity ends before the clawback is given up.
    used = replace(CREDIT, used=1100, reserved=1)
    assert ask(used, order, now, PROPORTIONAL).due_at == EXPIRES
    soon = replace(PROPORTIONAL, write_off_after=DAY)
    assert ask(used, order, now, soon).due_at == now + DAY


def test_a_piece_is_owed_as_a_whole_or_not_at_all() -> None:
    piece = replace(
        AVAILABLE, state=State.REDEEMED, spent=True, amount=1, is_money=False, used=1700
    )
    now = START + 50 * DAY
    assert ask(piece, PAID, now, spending=PAID).clawback == 0
    assert ask(piece, CANCELLED, now, spending=PAID).clawback == 1700


@pytest.mark.parametrize(
    ("row", "state", "reason"),
    [
        (replace(CREDIT, used=2000), State.REDEEMED, reasons.SPENT),
        (replace(CREDIT, used=1999), State.AVAILABLE, reasons.PAID),
        (replace(CREDIT, netted=2000), State.REDEEMED, reasons.SET_OFF),
        (replace(CREDIT, netted=1500, used=500), State.REDEEMED, reasons.SPENT),
        (replace(CREDIT, netted=1500, used=499), State.AVAILABLE, reasons.PAID),
        # A payment that runs may still give it back.
        (replace(CREDIT, used=1500, reserved=500), State.AVAILABLE, reasons.PAID),
        (replace(CREDIT, used=2000, reserved=1), State.AVAILABLE, reasons.PAID),
        (replace(CREDIT, amount=1, is_money=False, used=1), State.AVAILABLE, reasons.PAID),
        (replace(CREDIT, amount=0), State.AVAILABLE, reasons.PAID),
        (replace(CREDIT, amount=1, used=1), State.REDEEMED, reasons.SPENT),
        (
            replace(CREDIT, state=State.EXPIRED, reason=reasons.EXPIRED, used=2000),
            State.REDEEMED,
            reasons.SPENT,
        ),
        (
            replace(CREDIT, state=State.EXPIRED, reason=reasons.EXPIRED, used=1, amount=1),
            State.REDEEMED,
            reasons.SPENT,
        ),
        (
            replace(CREDIT, state=State.EXPIRED, reason=reasons.EXPIRED, netted=2000),
            State.EXPIRED,
            reasons.EXPIRED,
        ),
    ],
)
def test_what_is_used_up_is_redeemed_and_lapses_no_more(
    row: RewardFacts, state: str, reason: str
) -> None:
    now = EXPIRES + DAY if row.state == State.EXPIRED else START + 50 * DAY
    target = ask(row, PAID, now)
    assert (target.state, target.reason) == (state, reason)
    assert target.due_at == (EXPIRES if state == State.AVAILABLE else None)
