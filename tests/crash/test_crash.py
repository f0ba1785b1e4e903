"""A process dies in the middle; the work runs again; all is as it would be without a crash."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.checkout.reconcile import reconcile
from oscar_referrals.checkout.rewards_in_basket import put_into
from oscar_referrals.messages import outbox
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.messages.reminders import remind_due
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.credit.payment import begin, capture
from oscar_referrals.rewards.credit.wallet import reserve
from oscar_referrals.rewards.due import settle_due
from oscar_referrals.rewards.models import CreditUse, LedgerAccount, LedgerEntry, Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import live_program
from tests.api_client import basket_of, place, priced
from tests.crash.harness import DIED, DONE, Snapshot, chosen, run
from tests.races.scenarios.rows import pay_unnoticed
from tests.rewards.cases import available, order, referred, set_status
from tests.shop import product

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(3600)]

CREDIT = {"kind": "credit", "value": 2000, "validity_days": 90}


@dataclass(frozen=True)
class Case:
    """What the child does, and what its caller does again after a crash, if it has to."""

    action: Callable[[], Any]
    again: Callable[[], Any] = lambda: None


def paid(program: Program) -> Referral:
    """A friend's paid order that nobody has settled: what it earns is all still to be done."""
    referral = referred(program)
    pay_unnoticed(referral.order)
    Referral.objects.filter(pk=referral.pk).update(settle_due_at=timezone.now())
    assert not Reward.objects.filter(referral=referral).exists()
    return referral


def issue() -> Case:
    """An order is paid, and the provider's call settles it."""
    referral = paid(live_program(hold_days=0))
    return Case(action=lambda: settle(referral.pk))


def work() -> Case:
    """The periodic work releases two rewards, mails and reminds."""
    program = live_program(hold_days=0)
    soon = available(program)
    until = timezone.now() + timedelta(days=3)
    Reward.objects.filter(pk=soon.pk).update(
        expires_at=until, available_at=until - timedelta(days=90)
    )
    for _number in range(2):
        paid(program)
    return Case(action=lambda: call_command("referrals_work", verbosity=0))


def redeem() -> Case:
    """The owner orders with the reward, through Oscar; after a crash the shopper orders again."""
    reward = available(live_program(hold_days=0))
    basket = basket_of(reward.owner, product("100.00"))
    assert put_into(basket, reward, reward.owner) is None

    def buy() -> None:
        placed = get_model("order", "Order").objects.filter(basket=basket.pk)
        if not placed.exists():
            place(priced(basket))

    return Case(action=buy, again=buy)


def reverse() -> Case:
    """An order is cancelled whose reward can be spent, and another whose reward is spent."""
    program = live_program(hold_days=0)
    unspent, spent = available(program), available(program)
    basket = basket_of(spent.owner, product("100.00"))
    assert put_into(basket, spent, spent.owner) is None
    place(priced(basket))
    for reward in (unspent, spent):
        set_status(reward.referral.order, "Cancelled")

    def both() -> None:
        settle(unspent.referral_id)
        settle(spent.referral_id)

    # What reports the cancellation does so again when it got no answer.
    return Case(action=both, again=both)


def pay_with_credit() -> Case:
    """Credit is set aside, most of it becomes part of a payment, and is captured with the order."""
    reward = available(live_program(hold_days=0, advocate=CREDIT))
    basket = basket_of(reward.owner, product("100.00"))
    placed = order("80.00", user=reward.owner)

    def checkout() -> None:
        if CreditUse.objects.filter(order_number=placed.number).exists():
            capture(order_number=placed.number)
            return
        reserve(owner_id=reward.owner_id, basket_id=basket.pk, currency="MYR", amount=1200)
        begin(basket_id=basket.pk, order_number=placed.number, currency="MYR", amount=1000)
        capture(order_number=placed.number)

    return Case(action=checkout, again=checkout)


SCENARIOS = (issue, work, redeem, reverse, pay_with_credit)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_crash_changes_nothing(
    scenario: Callable[[], Case], tmp_path: Path, settings: Any
) -> None:
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True}
    case = scenario()
    snapshot = Snapshot(tmp_path)
    try:
        with snapshot.copy():
            code, steps = run(case.action)
            assert code == DONE
            repeat(case)
            wanted = state()
        for step in chosen(steps):
            with snapshot.copy():
                code, taken = run(case.action, die_at=step)
                # What the first run has left in the memory saves the others a step or two.
                assert code == DIED or (code == DONE and taken < step)
                repeat(case)
                assert state() == wanted, f"died at step {step} of {steps}"
    finally:
        snapshot.close()


def repeat(case: Case) -> None:
    """After a crash the caller tries again, and the work runs once the leases are over."""
    case.again()
    reconcile()
    later = timezone.now() + timedelta(hours=1)
    settle_due(now=later)
    remind_due(now=later)
    outbox.send_due(now=later)


def state() -> dict[str, Any]:
    """Everything that must come out the same, without ids and times."""
    assert audit() == []
    rewards = Reward.objects.order_by("key")
    uses = CreditUse.objects.order_by("reward__key", "order_number", "state", "amount")
    return {
        "referrals": list(
            Referral.objects.order_by("pk").values_list("order_number", "state", "reason")
        ),
        "rewards": list(
            rewards.values_list(
                *("key", "state", "reason", "amount", "reduced", "adjusted", "netted"),
                *("reserved", "used", "clawback", "written_off", "spent_amount"),
                *("spent_order_number", "basket"),
            )
        ),
        "codes": [bool(reward.voucher_code) for reward in rewards],
        "vouchers": get_model("voucher", "Voucher").objects.count(),
        "orders": get_model("order", "Order").objects.count(),
        "uses": list(uses.values_list("reward__key", "order_number", "state", "amount")),
        "entries": sorted(LedgerEntry.objects.values_list("key", "event", "reason")),
        "balances": sorted(
            LedgerAccount.objects.values_list("kind", "unit", "advocate", "balance"), key=str
        ),
        "decisions": sorted(Decision.objects.values_list("subject", "verdict", "reason")),
        "mails": sorted(OutboxMessage.objects.values_list("key", "state")),
    }
