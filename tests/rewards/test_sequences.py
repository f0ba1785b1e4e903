"""Events in any order, settled after any of them, leave the books in order and end the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.models import LedgerEntry, Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.spend import hold_for, let_go, spend
from oscar_referrals.test.factories import live_program
from tests.rewards.cases import DAY, books, order, pay, referred, set_status

pytestmark = pytest.mark.django_db

State = Reward.State

#: Examples for a test of which each plays a dozen events through the whole system.
FEW = settings().max_examples // 10


@contextmanager
def undone_afterwards() -> Iterator[None]:
    """One example's rows, gone with it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(params=["fixed", "percentage"])
def program(request: pytest.FixtureRequest) -> Program:
    figures = {"value": 1500} if request.param == "fixed" else {"percent": 10}
    return live_program(hold_days=0, advocate={**figures, "validity_days": 90})


class Case:
    """One referral, the order its reward is spent with, and what can happen to both."""

    def __init__(self, program: Program, *, issued: bool) -> None:
        # After all payments, which the shop dates itself.
        self.now = timezone.now() + timedelta(hours=1)
        self.referral = referred(program)
        self.source = pay(self.referral.order, "0.01")
        self.spending = order()
        if issued:
            self.pay("99.99")
            self.settle()

    def settle(self) -> None:
        settle(self.referral.pk, now=self.now)
        assert audit() == []

    def pay(self, amount: str) -> None:
        self.source.debit(Decimal(amount))

    def refund(self, amount: str) -> None:
        self.source.refund(Decimal(amount))

    def cancel(self) -> None:
        set_status(self.referral.order, "Cancelled")

    def spend(self) -> None:
        """By an order that was in flight, so whether it may be is not asked."""
        reward = self.reward()
        spend(reward_id=reward.pk, order_number=self.spending.number, amount=1400, now=self.now)

    def undo_spending(self) -> None:
        set_status(self.spending, "Cancelled")

    def redo_spending(self) -> None:
        set_status(self.spending, "Pending")

    def reward(self) -> Reward:
        return Reward.objects.get(referral=self.referral, side="advocate")

    def end(self) -> tuple[dict[str, int], dict[str, int], str]:
        """Both sides' positions in the books, and whether the referral counts."""
        self.settle()
        friends = Reward.objects.get(referral=self.referral, side="friend")
        self.referral.refresh_from_db()
        return books(self.reward()), books(friends), self.referral.state


Event = Callable[[Case], None]
BEFORE: dict[str, Event] = {
    "the rest is paid in two parts": lambda case: case.pay("50.00"),
    "the second part": lambda case: case.pay("49.99"),
    "a part is refunded": lambda case: case.refund("30.00"),
    "the rest is refunded": lambda case: case.refund("70.00"),
    "cancelled": Case.cancel,
}
AFTER: dict[str, Event] = {
    "a part is refunded": lambda case: case.refund("30.00"),
    "cancelled": Case.cancel,
    "spent": Case.spend,
    "the spending order is cancelled": Case.undo_spending,
}


def play(program: Program, issued: bool, events: list[Event], pauses: list[bool]) -> Any:
    with undone_afterwards():
        case = Case(program, issued=issued)
        for event, settled_after in zip(events, pauses, strict=True):
            event(case)
            if settled_after:
                case.settle()
                case.settle()
        return case.end()


@st.composite
def orderings(draw: Any, events: dict[str, Event]) -> tuple[bool, list[str], list[str], list[bool]]:
    """Some of the events in two orders, and after which of them somebody settles."""
    names = draw(st.lists(st.sampled_from(sorted(events)), unique=True))
    other = draw(st.permutations(names))
    pauses = draw(st.lists(st.booleans(), min_size=len(names), max_size=len(names)))
    return events is AFTER, names, other, pauses


@settings(max_examples=settings().max_examples // 3)
@given(orderings(BEFORE) | orderings(AFTER))
def test_events_in_any_order_end_in_the_same_books(program: Program, ordering: Any) -> None:
    issued, names, other, pauses = ordering
    events = AFTER if issued else BEFORE
    once = play(program, issued, [events[name] for name in names], [False] * len(names))
    again = play(program, issued, [events[name] for name in other], pauses)
    assert once == again


class Shop(RuleBasedStateMachine):
    """Everything that can happen to a reward, in any sequence; `program` is set by the test."""

    program: Program

    def __init__(self) -> None:
        super().__init__()
        self.rows = ExitStack()
        with ExitStack() as rows:
            rows.enter_context(undone_afterwards())
            self.case = Case(self.program, issued=False)
            self.case.settle()
            self.rows = rows.pop_all()
        owner = self.case.referral.advocate.user
        self.baskets = [
            get_model("basket", "Basket").objects.create(owner=owner) for _number in range(2)
        ]

    def teardown(self) -> None:
        self.rows.close()

    @rule(part=st.sampled_from(["20.00", "50.00", "99.99"]))
    def pay(self, part: str) -> None:
        self.case.pay(part)

    @rule(part=st.sampled_from(["10.00", "30.00", "100.00"]))
    def refund(self, part: str) -> None:
        self.case.refund(part)

    @rule(status=st.sampled_from(["Pending", "Cancelled", "Refunded", "Complete"]))
    def move_the_order(self, status: str) -> None:
        set_status(self.case.referral.order, status)

    @rule(status=st.sampled_from(["Pending", "Cancelled"]))
    def move_the_spending_order(self, status: str) -> None:
        set_status(self.case.spending, status)

    @rule(days=st.sampled_from([1, 30, 91]))
    def wait(self, days: int) -> None:
        self.case.now += days * DAY

    @rule(number=st.integers(0, 1))
    def put_into_a_basket(self, number: int) -> None:
        reward = self.case.reward()
        held = hold_for(reward_id=reward.pk, basket_id=self.baskets[number].pk, now=self.case.now)
        may = reward.state == State.AVAILABLE and not reward.spent_order_number
        if not may:
            assert not held

    @rule(number=st.integers(0, 1))
    def take_out_of_a_basket(self, number: int) -> None:
        let_go(basket_id=self.baskets[number].pk, reward_ids=[self.case.reward().pk])

    @precondition(lambda self: self.case.reward().voucher_code)
    @rule(amount=st.sampled_from([1, 900, 1500]))
    def order_with_it(self, amount: int) -> None:
        """In flight or not: what the till let through is booked."""
        reward = self.case.reward()
        spend(
            reward_id=reward.pk,
            order_number=self.case.spending.number,
            amount=amount,
            now=self.case.now,
        )

    @precondition(lambda self: self.case.reward().voucher_id)
    @rule()
    def delete_the_voucher(self) -> None:
        get_model("voucher", "Voucher").objects.filter(pk=self.case.reward().voucher_id).delete()

    @rule()
    def be_referred_once_more(self) -> None:
        """The friend orders again with the code, which only counts if the first order does not."""
        first = self.case.referral
        referral = referred(self.program, friend=first.friend, claim=first.claim)
        settle(referral.pk, now=self.case.now)
        set_status(referral.order, "Cancelled")
        settle(referral.pk, now=self.case.now)

    @rule()
    def replay(self) -> None:
        """Whoever settles twice changes nothing."""
        self.case.settle()
        before = LedgerEntry.objects.count(), Decision.objects.count()
        self.case.settle()
        assert (LedgerEntry.objects.count(), Decision.objects.count()) == before

    @invariant()
    def the_books_are_in_order(self) -> None:
        self.case.settle()
        reward = self.case.reward()
        assert (reward.state == State.REDEEMED) == bool(reward.spent_order_number)
        if reward.state == State.AVAILABLE:
            assert reward.voucher_id is not None
            assert reward.expires_at > self.case.now
        codes = Reward.objects.exclude(voucher_code="").values_list("voucher_code", flat=True)
        vouchers = get_model("voucher", "Voucher").objects.filter(code__in=list(codes))
        assert vouchers.count() <= len(codes)
        assert Referral.objects.filter(friend=self.case.referral.friend, state="bound").count() <= 1
        last = Decision.objects.filter(subject=reward.key).latest("pk")
        assert last.reason == reward.reason
        keys = OutboxMessage.objects.values_list("key", flat=True)
        assert len(keys) == len(set(keys))


@pytest.mark.hypothesis
def test_any_sequence_of_events_keeps_the_books_in_order(program: Program) -> None:
    Shop.program = program
    run_state_machine_as_test(
        Shop, settings=settings(max_examples=FEW, stateful_step_count=12, deadline=None)
    )


@given(parts=st.lists(st.integers(1, 4000), min_size=1, max_size=6))
@settings(max_examples=FEW)
def test_refunds_in_parts_end_where_one_refund_does(program: Program, parts: list[int]) -> None:
    """Below the total nothing changes; once they reach it, everything is taken back."""
    with undone_afterwards():
        case = Case(program, issued=True)
        refunded = 0
        for part in parts:
            case.refund(str(Decimal(part) / 100))
            case.settle()
            refunded += part
            assert (case.reward().state == State.REVERSED) == (refunded >= 10000)


def test_a_year_of_settling_every_day_is_settling_once(program: Program) -> None:
    with undone_afterwards():
        case = Case(program, issued=True)
        for _day in range(0, 100, 10):
            case.now += timedelta(days=10)
            case.settle()
        often = case.end()
    with undone_afterwards():
        case = Case(program, issued=True)
        case.now += timedelta(days=100)
        assert case.end() == often
