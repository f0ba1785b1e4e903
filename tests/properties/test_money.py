"""Any sequence of what can happen to money keeps the books in order: I1–I6, I9 and I12 after every
step, and what else is proved (I7, I8, I10, set-offs) at the end of each.

A run plays 10,000 steps in all, in examples of `STEPS`; ``HYPOTHESIS_PROFILE=soak`` plays more.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, event, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.due import settle_due
from oscar_referrals.rewards.ledger import positions
from oscar_referrals.rewards.models import LedgerAccount, LedgerEntry, Reward
from oscar_referrals.rewards.proof import prove
from oscar_referrals.test.factories import live_program
from tests.properties.shop import Friend, Shop

pytestmark = [pytest.mark.django_db, pytest.mark.hypothesis]

State = Reward.State
STEPS = 50
#: Split over several tests, so that they share the cores.
SHARES = 4
EXAMPLES = 10_000 // STEPS // SHARES
SOAK = 20

which = st.integers(0, 7)
who = st.integers(0, 1)


@contextmanager
def undone_afterwards() -> Iterator[None]:
    """One example's rows, gone with it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Money(RuleBasedStateMachine):
    """The public services in any order, from one beginning; the test sets it."""

    opened: Shop

    def __init__(self) -> None:
        super().__init__()
        self.rows = ExitStack()
        with ExitStack() as rows:
            rows.enter_context(undone_afterwards())
            self.shop = deepcopy(self.opened)
            self.rows = rows.pop_all()

    def teardown(self) -> None:
        try:
            self.any_order_ends_in_the_same_books()
            assert [str(finding) for finding in prove()] == []
        finally:
            self.rows.close()

    def friend(self, number: int) -> Friend:
        return self.shop.friends[number % len(self.shop.friends)]

    @precondition(lambda self: len(self.shop.friends) < 6)
    @rule(number=who)
    def earn(self, number: int) -> None:
        self.shop.refer(number)

    @precondition(lambda self: self.shop.friends)
    @rule(number=which, part=st.sampled_from(["50.00", "99.99", "99.99"]))
    def approve(self, number: int, part: str) -> None:
        friend = self.friend(number)
        friend.source.debit(Decimal(part))
        self.shop.settle(friend)

    @precondition(lambda self: self.shop.friends)
    @rule(number=which, part=st.sampled_from(["0.01", "12.50", "33.33", "100.00"]))
    def refund(self, number: int, part: str) -> None:
        friend = self.friend(number)
        friend.refund(part)
        self.shop.settle(friend)

    @precondition(lambda self: self.shop.friends)
    @rule(number=which, status=st.sampled_from(["Cancelled", "Pending", "Refunded"]))
    def void_or_revive(self, number: int, status: str) -> None:
        friend = self.friend(number)
        friend.move(status)
        self.shop.settle(friend)

    @rule(hours=st.sampled_from([1, 49, 49, 24 * 30, 24 * 91, 24 * 181]))
    def hold_and_expire(self, hours: int) -> None:
        self.shop.now += timedelta(hours=hours)
        settle_due(now=self.shop.now)

    @rule(number=who, amount=st.none() | st.sampled_from([1, 700, 2000, 9999]))
    def reserve(self, number: int, amount: int | None) -> None:
        self.shop.reserve(number, amount)

    @rule(number=who, amount=st.sampled_from([None, 300, 1234]))
    def spend(self, number: int, amount: int | None) -> None:
        self.shop.reserve(number, amount)
        self.shop.buy(number)

    @rule(number=who)
    def release(self, number: int) -> None:
        self.shop.release(number)

    @rule(number=who)
    def capture(self, number: int) -> None:
        self.shop.buy(number)

    @rule(number=which, status=st.sampled_from(["Cancelled", "Pending"]))
    def undo_or_redo_an_order_paid_with_credit(self, number: int, status: str) -> None:
        self.shop.undo_spending(number, status)

    @precondition(lambda self: self.shop.friends)
    @rule(number=which, times=st.integers(1, 3))
    def replay(self, number: int, times: int) -> None:
        """Whoever settles again changes nothing (I5)."""
        friend = self.friend(number)
        self.shop.settle(friend)
        before = LedgerEntry.objects.count()
        for _time in range(times):
            self.shop.settle(friend)
        assert LedgerEntry.objects.count() == before

    @precondition(lambda self: len(self.shop.friends) > 1)
    @rule(seed=st.integers(0, 99))
    def reorder(self, seed: int) -> None:
        """Late and in any order, the same (I12)."""
        self.shop.settle_all()
        before = LedgerEntry.objects.count()
        random.Random(seed).shuffle(self.shop.friends)
        self.shop.settle_all()
        assert LedgerEntry.objects.count() == before

    @invariant()
    def the_books_are_in_order(self) -> None:
        findings = audit()
        assert not findings, [str(finding) for finding in findings]

    @invariant()
    def nobody_spends_more_than_there_is(self) -> None:
        owed = LedgerAccount.objects.filter(kind__startswith="liability:")
        assert not owed.filter(balance__lt=0).exists()
        for lot in Reward.objects.exclude(incentive__side="friend"):
            assert lot.used + lot.reserved + lot.netted <= lot.amount

    @invariant()
    def each_reward_is_what_its_order_calls_for(self) -> None:
        """I4 and I9, with figures worked out apart."""
        rewards = {reward.referral_id: reward for reward in Reward.objects.all()}
        for friend in self.shop.friends:
            reward = rewards[friend.referral.pk]
            if reward.state == State.EXPIRED and not (reward.used or reward.netted):
                continue
            owed = friend.owed()
            assert reward.net == owed
            assert reward.clawback == max(0, reward.used - owed)
            event(f"a reward is {reward.state}")
            if reward.clawback:
                event("something has to be clawed back")
            if reward.netted:
                event("something is set off")
            if reward.written_off:
                event("something is written off")

    def any_order_ends_in_the_same_books(self) -> None:
        """I12: settle everything, twice and shuffled; the books stand still."""
        self.shop.settle_all()
        self.shop.settle_all()
        rewards = list(Reward.objects.order_by("pk"))
        before = positions(rewards)
        random.Random(len(rewards)).shuffle(self.shop.friends)
        self.shop.settle_all()
        assert positions(rewards) == before


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("share", range(SHARES))
def test_any_sequence_keeps_the_money_right(share: int) -> None:
    program = live_program(
        hold_days=2, advocate={"percent": 20, "kind": "credit", "validity_days": 90}
    )
    Money.opened = Shop(program)
    Money.opened.open()
    soak = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
    # The same sequences in every run but the soak's: what a change breaks, that change has broken.
    run_state_machine_as_test(
        Money if soak else seed(share)(type("Money", (Money,), {})),
        settings=settings(
            max_examples=EXAMPLES * SOAK if soak else EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            # Making a failure smaller takes many times as long as finding it: that is for the soak.
            phases=list(Phase) if soak else [Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
