"""Credit that baskets and payments left behind is given back by time, and never too early (I8)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.checkout.credit_reconcile import reconcile_credit
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.credit.payment import begin, capture, reopen
from oscar_referrals.rewards.credit.upkeep import give_back_left_behind
from oscar_referrals.rewards.credit.wallet import give_back, reserve
from oscar_referrals.rewards.models import CreditUse, LedgerEntry, Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import live_program
from tests.rewards.cases import DAY, available, counts, order

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def lot() -> Reward:
    """RM 20 of credit."""
    side = {"kind": "credit", "value": 2000, "validity_days": 90}
    return available(live_program(hold_days=0, advocate=side))


@pytest.fixture
def basket(lot: Reward) -> Any:
    """A basket that holds RM 12 of it."""
    made = get_model("basket", "Basket").objects.create(owner=lot.owner)
    reserve(owner_id=lot.owner_id, basket_id=made.pk, currency="MYR", amount=1200)
    return made


def pay_for(basket: Any, number: str) -> None:
    begin(basket_id=basket.pk, order_number=number, currency="MYR", amount=1200)


def held(lot: Reward) -> int:
    findings = audit()
    assert not findings, [str(finding) for finding in findings]
    lot.refresh_from_db()
    return lot.reserved


def set_basket(basket: Any, status: str) -> None:
    get_model("basket", "Basket").objects.filter(pk=basket.pk).update(status=status)


def after(period: timedelta) -> int:
    return give_back_left_behind(now=timezone.now() + period).handled


def test_a_basket_that_was_left_alone_loses_it_after_two_hours(lot: Reward, basket: Any) -> None:
    assert (after(2 * HOUR - timedelta(minutes=1)), held(lot)) == (0, 1200)
    assert (after(2 * HOUR), held(lot)) == (1, 0)
    assert after(2 * HOUR) == 0


def test_a_frozen_basket_keeps_it_for_a_week(lot: Reward, basket: Any) -> None:
    set_basket(basket, "Frozen")
    assert (after(6 * DAY), held(lot)) == (0, 1200)
    assert (after(7 * DAY), held(lot)) == (1, 0)


def test_a_payment_keeps_it_for_a_week(lot: Reward, basket: Any) -> None:
    pay_for(basket, "7")
    set_basket(basket, "Frozen")
    assert (after(6 * DAY), held(lot)) == (0, 1200)
    assert (after(7 * DAY), held(lot)) == (1, 0)


def test_a_payment_whose_basket_is_open_again_has_failed(lot: Reward, basket: Any) -> None:
    pay_for(basket, "7")
    assert (after(2 * HOUR), held(lot)) == (1, 0)
    assert CreditUse.objects.get().order_number == ""


def test_what_a_deleted_basket_held_is_given_back(lot: Reward, basket: Any) -> None:
    basket.delete()
    assert (after(2 * HOUR), held(lot)) == (1, 0)


def test_the_order_of_a_payment_that_was_given_up_takes_it_again(lot: Reward, basket: Any) -> None:
    pay_for(basket, "7")
    set_basket(basket, "Frozen")
    after(8 * DAY)
    assert capture(order_number="7") == 1200
    settle(lot.referral_id)
    assert (held(lot), lot.used) == (0, 1200)


def test_what_was_spent_elsewhere_by_then_is_a_loss(lot: Reward, basket: Any) -> None:
    late = order("80.00", user=lot.owner)
    pay_for(basket, late.number)
    set_basket(basket, "Frozen")
    get_model("order", "Order").objects.filter(pk=late.pk).update(number="not yet")
    after(8 * DAY)
    other = get_model("basket", "Basket").objects.create(owner=lot.owner)
    reserve(owner_id=lot.owner_id, basket_id=other.pk, currency="MYR", amount=1500)
    get_model("order", "Order").objects.filter(pk=late.pk).update(number=late.number)
    assert capture(order_number=late.number) == 1200
    settle(lot.referral_id)
    assert (held(lot), lot.used) == (1500, 500)
    [loss] = lot.entries.filter(event="loss")
    assert sorted(loss.postings.values_list("amount", flat=True)) == [-700, 700]


def test_a_basket_that_was_thawed_much_later_starts_afresh(lot: Reward, basket: Any) -> None:
    pay_for(basket, "7")
    set_basket(basket, "Frozen")
    after(8 * DAY)
    set_basket(basket, "Open")
    reopen(basket_id=basket.pk)
    reserve(owner_id=lot.owner_id, basket_id=basket.pk, currency="MYR", amount=300)
    assert begin(basket_id=basket.pk, order_number="7", currency="MYR", amount=300) == 300
    assert (capture(order_number="7"), held(lot), lot.used) == (300, 0, 300)


def test_an_order_whose_credit_a_fault_left_behind_takes_it(lot: Reward, basket: Any) -> None:
    placed = order("80.00", user=lot.owner, date_placed=timezone.now() - HOUR)
    pay_for(basket, placed.number)
    set_basket(basket, "Submitted")
    assert after(8 * DAY) == 0
    assert counts(reconcile_credit()) == (1, 0)
    settle(lot.referral_id)
    assert (held(lot), lot.used) == (0, 1200)
    [source] = placed.sources.all()
    assert (source.source_type.name, str(source.amount_debited)) == ("Store credit", "12.00")
    assert counts(reconcile_credit()) == (0, 0)


def test_an_order_in_flight_is_left_alone(lot: Reward, basket: Any) -> None:
    pay_for(basket, order("80.00", user=lot.owner).number)
    assert counts(reconcile_credit()) == (0, 0)


def test_the_periodic_work_does_both(lot: Reward, basket: Any) -> None:
    CreditUse.objects.update(changed_at=timezone.now() - 3 * HOUR)
    call_command("referrals_work", verbosity=0)
    assert held(lot) == 0


def test_a_long_run_books_each_at_its_own_time(
    lot: Reward, basket: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = available(lot.program)
    second = get_model("basket", "Basket").objects.create(owner=other.owner)
    reserve(owner_id=other.owner_id, basket_id=second.pk, currency="MYR", amount=700)
    with time_machine.travel(timezone.now() + 2 * HOUR, tick=False) as clock:
        began = timezone.now()

        def take_an_hour(*args: Any) -> None:
            clock.shift(HOUR)
            give_back(*args)

        monkeypatch.setattr("oscar_referrals.rewards.credit.upkeep.give_back", take_an_hour)
        assert give_back_left_behind().handled == 2
    entries = LedgerEntry.objects.filter(event="release").order_by("pk")
    assert list(entries.values_list("booked_at", flat=True)) == [began, began + HOUR]
    changed = CreditUse.objects.order_by("reward_id").values_list("changed_at", flat=True)
    assert list(changed) == [began, began + HOUR]


def test_a_lot_that_fails_harms_no_other(
    lot: Reward, basket: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = available(lot.program)
    second = get_model("basket", "Basket").objects.create(owner=other.owner)
    reserve(owner_id=other.owner_id, basket_id=second.pk, currency="MYR", amount=700)

    def fail_for_one(lots: dict[int, Reward], *args: Any) -> None:
        if lot.pk in lots:
            raise RuntimeError("odd")
        give_back(lots, *args)

    monkeypatch.setattr("oscar_referrals.rewards.credit.upkeep.give_back", fail_for_one)
    progress = give_back_left_behind(now=timezone.now() + 2 * HOUR)
    assert counts(progress) == (2, 1)
    assert progress.errors == [f"Reward {lot.key}: RuntimeError: odd"]
    assert (held(lot), held(other)) == (1200, 0)


def test_an_order_that_fails_harms_no_other(
    lot: Reward, basket: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = get_model("basket", "Basket").objects.create(owner=lot.owner)
    reserve(owner_id=lot.owner_id, basket_id=second.pk, currency="MYR", amount=500)
    orders = [order("80.00", user=lot.owner, date_placed=timezone.now() - HOUR) for _ in range(2)]
    pay_for(basket, orders[0].number)
    begin(basket_id=second.pk, order_number=orders[1].number, currency="MYR", amount=500)

    def fail_for_one(**kwargs: Any) -> int:
        if kwargs["order_number"] == orders[0].number:
            raise RuntimeError("odd")
        return capture(**kwargs)

    monkeypatch.setattr("oscar_referrals.checkout.credit_reconcile.capture", fail_for_one)
    progress = reconcile_credit()
    assert counts(progress) == (2, 1)
    assert progress.errors == [f"Order {orders[0].number}: RuntimeError: odd"]
    assert [placed.sources.count() for placed in orders] == [0, 1]
    assert counts(reconcile_credit()) == (1, 1)
