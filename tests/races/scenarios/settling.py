"""Settlements of one order, one advocate or one budget at once."""

from __future__ import annotations

import random
import time
from collections import Counter
from functools import partial
from typing import Any

from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.members.preferences import prefer
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.budget import committed
from oscar_referrals.rewards.ledger import positions
from oscar_referrals.rewards.models import LedgerEntry, Reward, SetOff
from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import advocate
from tests.races.harness import results, run_together
from tests.races.scenarios.rows import (
    addresses_are_proved,
    cancelled_and_new_order_of_a_guest,
    guest_who_owes_back,
    paid_order,
    pay_unnoticed,
    program_of_choice,
    program_with_limit,
    referred_order,
)


def order_paid_eight_times(program: Any) -> None:
    """Eight callbacks of the payment provider settle one order at once: one reward, one mail."""
    referral = referred_order(program)
    results(run_together(*[partial(settle, referral.pk) for _ in range(8)]))
    reward = Reward.objects.get(referral=referral, side="advocate")
    assert reward.state == Reward.State.AVAILABLE
    assert Reward.objects.filter(referral=referral).count() == 2
    keys = list(LedgerEntry.objects.filter(reward__referral=referral).values_list("key", flat=True))
    assert len(keys) == len(set(keys))
    assert get_model("voucher", "Voucher").objects.filter(code=reward.voucher_code).count() == 1
    mails = OutboxMessage.objects.filter(reward=reward, event="referral_reward_available")
    assert mails.count() == 1
    assert audit() == []


def preference_changed_while_settled(_program: Any = None) -> None:
    """Four settle an order while its advocate asks for another reward: one reward, and what was
    asked for, unless it was recorded before the answer came."""
    referral = referred_order(program_of_choice())
    outcomes = run_together(
        partial(_prefer_credit, referral), *[partial(settle, referral.pk) for _ in range(4)]
    )
    was_recorded = results(outcomes)[0]
    rewards = Reward.objects.filter(referral=referral, side="advocate")
    assert len(rewards) == 1, [reward.kind for reward in rewards]
    assert was_recorded or rewards[0].kind == "credit"
    settle(referral.pk)
    assert list(Reward.objects.filter(referral=referral, side="advocate")) == list(rewards)
    assert audit() == []


def _prefer_credit(referral: Referral) -> bool:
    """Ask for credit, and look whether a reward was recorded by then."""
    # At any moment of the settling.
    time.sleep(random.uniform(0, 0.03))
    version = referral.version
    credit = version.incentives.get(kind="credit")
    prefer(advocate=referral.advocate, incentive_id=credit.pk, version=version)
    return Reward.objects.filter(referral=referral, side="advocate").exists()


def refund_and_release(program: Any) -> None:
    """The money goes back in the moment in which three workers release the reward."""
    referral = referred_order(program)
    source = get_model("payment", "Source").objects.get(order=referral.order_id)
    results(
        run_together(
            *[partial(settle, referral.pk) for _ in range(3)],
            partial(source.refund, source.amount_debited),
        )
    )
    reward = Reward.objects.get(referral=referral, side="advocate")
    assert reward.state in (Reward.State.VOIDED, Reward.State.REVERSED)
    keys = list(LedgerEntry.objects.filter(reward=reward).values_list("key", flat=True))
    assert len(keys) == len(set(keys))
    assert {amount for amount in positions([reward])[reward.pk].values() if amount} == set()
    assert audit() == []


def five_orders_of_an_advocate_below_the_cap(_program: Any = None) -> None:
    """One reward more fits the advocate's cap, and five orders are settled at once."""
    program = program_with_limit({"scope": "advocate", "window": "day", "amount": 3})
    member = advocate(program)
    for _number in range(2):
        settle(paid_order(program, member).pk)
    referrals = [paid_order(program, member) for _ in range(5)]
    results(run_together(*[partial(settle, referral.pk) for referral in referrals]))
    rewards = Reward.objects.filter(referral__in=referrals, side="advocate")
    reasons_found = sorted(rewards.values_list("state", "reason"))
    assert [state for state, _reason in reasons_found] == ["available"] + 4 * ["voided"]
    assert all(reason == reasons.CAP_REACHED for _state, reason in reasons_found[1:])
    assert audit() == []


def twenty_orders_at_the_end_of_the_budget(_program: Any = None) -> None:
    """The budget lasts for five rewards, and twenty orders of twenty advocates are settled."""
    program = program_with_limit({"scope": "program", "currency": "MYR", "amount": 5 * 2000})
    referrals = [paid_order(program, advocate(program)) for _ in range(20)]
    results(run_together(*[partial(settle, referral.pk) for referral in referrals]))
    states = Counter(Reward.objects.filter(program=program).values_list("state", flat=True))
    assert states == {"available": 5, "voided": 15}, states
    assert committed(program.pk, "MYR") == 10000
    assert Decision.objects.filter(program=program, reason=reasons.BUDGET_ALERT).count() == 1
    assert audit() == []


def rewards_of_a_guest_who_joined(_program: Any = None) -> None:
    """A guest has proved an account by now, is an advocate and owes RM 10 back: two rewards of
    RM 10, one as the friend and one as the advocate, are settled at once. One is set off."""
    with addresses_are_proved():
        as_friend, debt = guest_who_owes_back()
        as_advocate = paid_order(as_friend.program, debt.advocate)
        pay_unnoticed(as_friend.order)
        results(run_together(*[partial(settle, pk) for pk in (as_friend.pk, as_advocate.pk)]))
    assert sum(SetOff.objects.filter(debt=debt).values_list("amount", flat=True)) == 1000
    assert audit() == []


def two_orders_of_a_guest(_program: Any = None) -> None:
    """Two orders of one guest are settled at once, of which the first was cancelled: the guest has
    one row, which the books owe to."""
    referrals = cancelled_and_new_order_of_a_guest()
    results(run_together(*[partial(settle, referral.pk) for referral in referrals]))
    rewards = Reward.objects.filter(referral__in=referrals, side="friend", kind="credit")
    assert len(set(rewards.values_list("advocate", flat=True))) == 1
    assert audit() == []
