"""The pure rule's answers in full: each date, each figure and when to look again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from oscar_referrals.programs import reasons
from oscar_referrals.rewards.facts import OrderFacts
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.refunds import RefundRules, lost_by_refund, taken_back
from oscar_referrals.rewards.target import GIVE_UP_LOOKING, target_of
from oscar_referrals.rewards.verdict import RewardFacts, Rules, Target

State = Reward.State
DAY = timedelta(days=1)
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
NEW = RewardFacts(created_at=START, amount=2000)
PLACED = OrderFacts(number="1", currency="MYR", total=10000)
PAID = replace(PLACED, paid=True, paid_at=START)
CANCELLED = replace(PAID, cancelled=True)
GONE = replace(PLACED, exists=False)
RULES = Rules(hold=14 * DAY, validity=90 * DAY)
HOLD_ENDS, EXPIRES = START + 14 * DAY, START + 104 * DAY
AVAILABLE = replace(
    NEW,
    state=State.AVAILABLE,
    reason=reasons.PAID,
    hold_until=HOLD_ENDS,
    available_at=HOLD_ENDS,
    expires_at=EXPIRES,
)
#: What every reward keeps once it was issued.
DATES = {"hold_until": HOLD_ENDS, "available_at": HOLD_ENDS, "expires_at": EXPIRES}
LAST_LOOK = START + GIVE_UP_LOOKING
PROPORTIONAL = replace(RULES, refunds=RefundRules(proportional=True))
CREDIT = replace(AVAILABLE, divisible=True)


def ask(
    reward: RewardFacts,
    order: OrderFacts,
    now: datetime,
    rules: Rules = RULES,
    spending: OrderFacts | None = None,
) -> Target:
    return target_of(reward, order, spending, rules, now)


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
