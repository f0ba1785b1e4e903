"""What can happen to money whatever the kind of reward, and what must hold after each step."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from datetime import UTC, timedelta
from decimal import Decimal
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import transaction
from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from oscar_referrals.insight.legs import KINDS
from oscar_referrals.insight.liability import differences_from_balances, liability
from oscar_referrals.insight.moments import AsOf
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.due import settle_due
from oscar_referrals.rewards.ledger import positions
from oscar_referrals.rewards.models import LedgerAccount, LedgerEntry, Reward
from oscar_referrals.rewards.proof import prove
from tests.properties.shop import Friend, Shop
from tests.properties.wrapping import ISSUED

State = Reward.State

which = st.integers(0, 7)
who = st.integers(0, 1)
#: Unit → kind of account → amount.
Totals = dict[str, dict[str, int]]


@contextmanager
def undone_afterwards() -> Iterator[None]:
    """One example's rows, gone with it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Money(RuleBasedStateMachine):
    """The public services in any order, from one beginning; the test sets it."""

    opened: ClassVar[Shop]
    #: Each kind in each state that it was in after some step.
    seen: ClassVar[set[tuple[str, str]]]

    def __init__(self) -> None:
        super().__init__()
        self.rows = ExitStack()
        with ExitStack() as rows:
            rows.enter_context(undone_afterwards())
            self.shop = deepcopy(self.opened)
            self.rows = rows.pop_all()
        ISSUED.clear()
        ISSUED.update(self.shop.issued)
        #: What was owed at moments that are over.
        self.closed: list[tuple[AsOf, Totals]] = []

    def teardown(self) -> None:
        try:
            self.any_order_ends_in_the_same_books()
            for as_of, totals in self.closed:
                assert owed(as_of) == totals, f"what was owed at {as_of} has changed"
            assert [str(finding) for finding in prove()] == []
        finally:
            self.rows.close()

    def friend(self, number: int) -> Friend:
        return self.shop.friends[number % len(self.shop.friends)]

    @precondition(lambda self: len(self.shop.friends) < 6)
    @rule(number=who)
    def earn(self, number: int) -> None:
        self.shop.refer(number)

    @rule(number=which, part=st.sampled_from(["50.00", "99.99", "99.99"]))
    def approve(self, number: int, part: str) -> None:
        friend = self.friend(number)
        friend.source.debit(Decimal(part))
        self.shop.settle(friend)

    @rule(number=which, part=st.sampled_from(["0.01", "12.50", "33.33", "100.00"]))
    def refund(self, number: int, part: str) -> None:
        friend = self.friend(number)
        friend.refund(part)
        self.shop.settle(friend)

    @rule(number=which, status=st.sampled_from(["Cancelled", "Pending", "Refunded"]))
    def void_or_revive(self, number: int, status: str) -> None:
        friend = self.friend(number)
        friend.move(status)
        self.shop.settle(friend)

    @rule(hours=st.sampled_from([1, 49, 49, 24 * 30, 24 * 91, 24 * 181]))
    def hold_and_expire(self, hours: int) -> None:
        self.close()
        self.shop.now += timedelta(hours=hours)
        settle_due(now=self.shop.now)
        self.upkeep()

    def close(self) -> None:
        """I11: at the end of a period the report is what stands on the accounts."""
        now = self.shop.now.astimezone(UTC)
        as_of = AsOf(day=now.date(), at=now.time(), zone=ZoneInfo("UTC"))
        totals = owed(as_of)
        assert totals == balances()
        self.closed.append((as_of, totals))

    def upkeep(self) -> None:
        """What the periodic work does besides settling."""

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
    def the_report_equals_the_balances(self) -> None:
        """I11."""
        assert list(differences_from_balances()) == []

    @invariant()
    def nothing_owed_is_negative(self) -> None:
        """I3."""
        owed = LedgerAccount.objects.filter(kind__startswith="liability:")
        assert not owed.filter(balance__lt=0).exists()

    @invariant()
    def each_reward_is_what_its_order_calls_for(self) -> None:
        """I4 and I9, with figures worked out apart."""
        friends = {friend.referral.pk: friend for friend in self.shop.friends}
        rewards = list(Reward.objects.filter(side="advocate").order_by("pk"))
        self.look_at(rewards)
        for reward in rewards:
            self.note(reward)
            assert reward.used + reward.reserved + reward.netted <= reward.amount
            promised = self.shop.promised[reward.kind]
            owed = friends[reward.referral_id].owed(promised)
            used = reward.used or (reward.spent_amount or 0)
            assert reward.amount == promised
            if reward.state == State.EXPIRED and not (used or reward.netted):
                continue
            assert reward.net == owed
            # A piece is used as a whole, whatever it cost.
            covered = owed if promised > 1 else used if owed else 0
            assert reward.clawback == max(0, used - covered)

    def look_at(self, rewards: list[Reward]) -> None:
        """What else must hold of rewards of these kinds."""

    def note(self, reward: Reward) -> None:
        """For `--hypothesis-show-statistics`, and for the test to ask what was played."""
        self.seen.add((reward.kind, reward.state))
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


def owed(as_of: AsOf) -> Totals:
    """What the report says, without what is nought."""
    found = liability(as_of, rate=Decimal(0)).totals()
    return _without_zeros(found)


def balances() -> Totals:
    """The same, by the accounts as they are now."""
    found: dict[str, Counter[str]] = {}
    for account in LedgerAccount.objects.filter(kind__in=KINDS):
        found.setdefault(account.unit, Counter())[account.kind] += account.balance
    return _without_zeros(found)


def _without_zeros(totals: dict[str, Counter[str]] | Totals) -> Totals:
    kept = {
        unit: {kind: amount for kind, amount in kinds.items() if amount}
        for unit, kinds in totals.items()
    }
    return {unit: kinds for unit, kinds in kept.items() if kinds}
