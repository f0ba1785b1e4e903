"""Any sequence of what can happen to money keeps the books in order: I1–I6, I9, I11 and I12 after
every step, and what else is proved (I7, I8, I10, set-offs) at the end of each. Nothing is given to
charity and nothing paid out, so there is no I13 and no I14 to break.

A run plays 10,000 steps in all, in examples of `STEPS`; ``HYPOTHESIS_PROFILE=soak`` plays more.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, Phase, event, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from oscar_referrals import conf
from oscar_referrals.rewards import spend
from oscar_referrals.rewards.abandoned import free_abandoned
from oscar_referrals.rewards.models import LedgerAccount, Posting, Reward
from oscar_referrals.test.factories import live_program
from tests.properties.machine import Money, which, who
from tests.properties.shop import Shop
from tests.properties.wrapping import ISSUED

pytestmark = [pytest.mark.django_db, pytest.mark.hypothesis]

State = Reward.State
STEPS = 50
SOAK = 20
WRAPPING = "tests.properties.wrapping.Wrapping"


class Credit(Money):
    """Store credit, which is spent in parts."""

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


class Whole(Money):
    """Vouchers and what else is spent at once, with one order. Each owner has two baskets."""

    def pick(self, number: int) -> Reward:
        rewards = self.shop.rewards()
        return rewards[number % len(rewards)]

    def basket_of(self, reward: Reward, second: int) -> int:
        members = [member.pk for member in self.shop.advocates]
        return members.index(reward.advocate_id) + 2 * second

    def cost(self, reward: Reward, price: int) -> int:
        """What the till takes off, or what a piece costs the shop."""
        return min(price, reward.amount - reward.netted) if reward.unit == "MYR" else price

    def take(self, reward: Reward, second: int) -> bool:
        """Let one of the owner's baskets have it, which is possible exactly if it can be spent."""
        number = self.basket_of(reward, second)
        baskets = {basket.pk: basket for basket in self.shop.baskets}
        holder = baskets.get(reward.basket_id)
        elsewhere = holder is not None and holder.pk != self.shop.baskets[number].pk
        possible = (
            reward.state == State.AVAILABLE
            and not reward.spent_order_number
            and reward.expires_at > self.shop.now
            and not (elsewhere and holder.status == "Frozen")
        )
        assert self.shop.bind(reward, number) == possible
        return possible

    @rule(number=which, second=who)
    def reserve(self, number: int, second: int) -> None:
        self.take(self.pick(number), second)

    @rule(number=which, second=who)
    def begin_paying(self, number: int, second: int) -> None:
        reward = self.pick(number)
        if self.take(reward, second):
            self.shop.set_basket(self.basket_of(reward, second), "Frozen")
            event("a payment has begun")

    @rule(number=st.integers(0, 3))
    def give_up_paying(self, number: int) -> None:
        self.shop.set_basket(number, "Open")

    @rule(number=which, second=who)
    def release(self, number: int, second: int) -> None:
        reward = self.pick(number)
        basket = self.shop.baskets[self.basket_of(reward, second)]
        holds = reward.basket_id == basket.pk and basket.status != "Frozen"
        assert spend.let_go(basket_id=basket.pk, reward_ids=[reward.pk]) == holds

    @rule(number=which, second=who, price=st.sampled_from([1, 700, 2000]))
    def redeem(self, number: int, second: int, price: int) -> None:
        reward = self.pick(number)
        if self.take(reward, second) and self.cost(reward, price):
            assert self.shop.order_with(reward, self.cost(reward, price))
            self.leave(reward, second)

    @rule(number=which, second=who, price=st.sampled_from([1, 700, 2000]))
    def redeem_in_flight(self, number: int, second: int, price: int) -> None:
        """The discount was shown, and the order comes whatever has happened meanwhile."""
        reward = self.pick(number)
        if reward.available_at is not None and self.cost(reward, price):
            was_spent = bool(reward.spent_order_number)
            assert self.shop.order_with(reward, self.cost(reward, price)) != was_spent
            self.leave(reward, second)

    def leave(self, reward: Reward, second: int) -> None:
        """The basket has become an order, and its owner has another one."""
        number = self.basket_of(reward, second)
        self.shop.set_basket(number, "Submitted")
        owner = self.shop.advocates[number % 2]
        self.shop.baskets[number] = self.shop.new_basket(owner)

    @rule(number=which, status=st.sampled_from(["Cancelled", "Pending"]))
    def undo_or_redo_an_order_that_got_it(self, number: int, status: str) -> None:
        self.shop.undo_discount(number, status)

    def upkeep(self) -> None:
        """No basket keeps a reward for longer than it may (I8)."""
        spend.let_go_of_stale(now=self.shop.now)
        assert not free_abandoned(now=self.shop.now).errors
        own = conf.get()
        for reward in self.shop.rewards():
            if reward.basket is not None:
                frozen = reward.basket.status == "Frozen"
                period = own.REWARD_HOLD_IN_PAYMENT if frozen else own.REWARD_HOLD_IN_BASKET
                assert reward.basket_since > self.shop.now - period

    def look_at(self, rewards: list[Reward]) -> None:
        """One order has it, each further one is a loss, and the shop's own kind is handed out
        exactly while it can be used."""
        expense = Posting.objects.filter(
            entry__event__in=["loss", "loss-reversal"], account__kind=LedgerAccount.Kind.EXPENSE
        )
        sums = expense.order_by().values_list("entry__reward").annotate(Sum("amount"))
        losses = dict(sums) if self.shop.discounts else {}
        for reward in rewards:
            lost = losses.get(reward.pk, 0)
            standing = {
                str(discount.placed.number): discount.amount
                for discount in self.shop.discounts
                if discount.reward == reward.pk and discount.stands
            }
            has_it = reward.spent_order_number
            assert (has_it in standing) == bool(standing)
            assert (reward.state == State.REDEEMED) >= bool(standing)
            assert lost == sum(standing.values()) - standing.get(has_it, 0)
            if lost:
                event("a second order got it")
            if reward.kind == WRAPPING and reward.state != State.REDEEMED:
                assert (reward.key in ISSUED) == (reward.state == State.AVAILABLE)


#: The examples of each share: many tests, so that they share the cores evenly.
EXAMPLES = 25
VALID = {"validity_days": 90}
CREDIT = (
    Credit,
    {"advocate": {"percent": 20, "kind": "credit", **VALID}},
    {"credit": 2000},
)
FIXED = (
    Whole,
    {
        "advocate": {"value": 2000, **VALID},
        "advocate_delivery": {"maximum": 1500, **VALID},
        "partial_refunds": "proportional",
    },
    {"voucher": 2000, "free_shipping": 1},
)
PIECES = (
    Whole,
    {
        "advocate": {"percent": 20, "maximum": 5000, **VALID},
        "more": [{"side": "advocate", "kind": WRAPPING, "value": 500, **VALID}],
    },
    {"voucher": 1, WRAPPING: 1},
)
#: Each share's machine, and its rules. A step of the last takes twice as long as one with credit,
#: since each friend earns two rewards.
SHARES = (CREDIT, CREDIT, CREDIT, CREDIT, CREDIT, FIXED, PIECES, PIECES)
assert len(SHARES) * EXAMPLES * STEPS >= 10_000


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("share", range(len(SHARES)))
def test_any_sequence_keeps_the_money_right(share: int, settings_of_shop: Any) -> None:
    machine, rules, promised = SHARES[share]
    machine.opened = Shop(live_program(hold_days=2, **rules), promised)
    machine.opened.open()
    machine.seen = set()
    soak = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
    # The same sequences in every run but the soak's: what a change breaks, that change has broken.
    run_state_machine_as_test(
        machine if soak else seed(share)(type("Money", (machine,), {})),
        settings=settings(
            max_examples=EXAMPLES * (SOAK if soak else 1),
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            # Making a failure smaller takes many times as long as finding it: that is for the soak.
            phases=list(Phase) if soak else [Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert machine.seen == {(kind, state) for kind in promised for state in State.values}


@pytest.fixture
def settings_of_shop(settings: Any) -> None:
    """The shop has a kind of reward of its own."""
    settings.OSCAR_REFERRALS = {**settings.OSCAR_REFERRALS, "REWARD_KINDS": (WRAPPING,)}
