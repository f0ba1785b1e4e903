"""What is known of an order: from status, sources, transactions and payment events."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.programs import reasons
from oscar_referrals.rewards.facts import OrderFacts, facts_of, order_facts
from tests.rewards.cases import DAY, order, pay, set_status

pytestmark = pytest.mark.django_db


def facts(placed: Any) -> OrderFacts:
    return order_facts(get_model("order", "Order").objects.get(pk=placed.pk))


def event(placed: Any, name: str, amount: str, days_ago: int = 0) -> None:
    kind, _created = get_model("order", "PaymentEventType").objects.get_or_create(name=name)
    made = get_model("order", "PaymentEvent").objects.create(
        order=placed, event_type=kind, amount=Decimal(amount)
    )
    events = get_model("order", "PaymentEvent").objects.filter(pk=made.pk)
    events.update(date_created=timezone.now() - days_ago * DAY)


def test_a_new_order_says_nothing() -> None:
    known = facts(order())
    assert (known.total, known.paid, known.payment_known, known.undone) == (10000, False, False, "")


def test_the_debits_decide_when_they_reach_the_total() -> None:
    placed = order()
    pay(placed, "60.00", moment=timezone.now() - 2 * DAY)
    assert (facts(placed).paid, facts(placed).payment_known) == (False, True)
    decisive = timezone.now() - DAY
    pay(placed, "40.00", moment=decisive)
    assert (facts(placed).paid, facts(placed).paid_at) == (True, decisive)


def test_money_that_is_only_set_aside_is_not_paid() -> None:
    placed = order()
    source_type = get_model("payment", "SourceType").objects.create(name="Card")
    source = get_model("payment", "Source").objects.create(
        order=placed, source_type=source_type, currency="MYR"
    )
    source.allocate(Decimal("100.00"))
    assert (facts(placed).paid, facts(placed).payment_known) == (False, True)


def test_a_source_without_transactions_is_paid_at_an_unknown_time() -> None:
    placed = order()
    source = pay(placed)
    source.transactions.all().delete()
    assert (facts(placed).paid, facts(placed).paid_at) == (True, None)


def test_a_source_in_another_currency_says_nothing() -> None:
    placed = order()
    source = pay(placed)
    source.currency = "SGD"
    source.save()
    assert facts(placed).paid is False


def test_refunds_in_parts_make_it_whole() -> None:
    placed = order()
    source = pay(placed)
    source.refund(Decimal("99.99"))
    assert (facts(placed).refunded, facts(placed).undone) == (9999, "")
    source.refund(Decimal("0.01"))
    known = facts(placed)
    assert (known.refunded, known.undone) == (10000, reasons.ORDER_REFUNDED)
    assert known.paid is True


def test_payment_events_decide_where_there_are_no_sources() -> None:
    placed = order()
    event(placed, "Settled", "50.00", days_ago=3)
    assert (facts(placed).paid, facts(placed).payment_known) == (False, True)
    event(placed, "Paid", "50.00", days_ago=1)
    event(placed, "Settled", "5.00")
    known = facts(placed)
    assert known.paid is True
    assert known.paid_at is not None
    assert timezone.now() - known.paid_at < timedelta(days=1, minutes=1)


def test_an_event_that_brings_no_money_says_nothing() -> None:
    placed = order()
    event(placed, "Authorise", "100.00")
    assert facts(placed).payment_known is False


def test_a_refund_that_both_books_know_counts_once() -> None:
    placed = order()
    source = pay(placed)
    source.refund(Decimal("50.00"))
    event(placed, "Refund", "50.00")
    assert facts(placed).refunded == 5000
    event(placed, "Refunded", "50.00")
    assert facts(placed).undone == reasons.ORDER_REFUNDED


def test_an_order_for_nothing_is_paid_when_it_is_placed() -> None:
    placed = order("0.00")
    assert (facts(placed).paid, facts(placed).paid_at) == (True, placed.date_placed)
    assert facts(placed).undone == ""


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("Cancelled", reasons.ORDER_CANCELLED),
        ("Refunded", reasons.ORDER_REFUNDED),
        ("Pending", ""),
    ],
)
def test_the_status_undoes_an_order(status: str, why: str) -> None:
    assert facts(order(status=status)).undone == why


def test_the_statuses_are_the_shops(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {
        "CANCELLED_STATUSES": ("Annulled",),
        "REFUNDED_STATUSES": ("Returned",),
    }
    assert facts(order(status="Annulled")).cancelled
    assert facts(order(status="Returned")).fully_refunded
    assert not facts(order(status="Cancelled")).undone


class TestPaidByStatus:
    @pytest.fixture(autouse=True)
    def paid_statuses(self, settings: Any) -> None:
        settings.OSCAR_REFERRALS = {"PAID_STATUSES": ("Paid",)}

    def test_the_present_status(self) -> None:
        assert facts(order(status="Paid")).paid is True
        assert facts(order()).paid is False
        assert facts(order()).payment_known is True

    def test_a_pipeline_goes_on_after_it(self) -> None:
        placed = order()
        placed.set_status("Paid")
        moment = placed.status_changes.get().date_created
        placed.set_status("Complete")
        assert (facts(placed).paid, facts(placed).paid_at) == (True, moment)

    def test_placed_in_it(self) -> None:
        placed = order(status="Paid")
        placed.set_status("Complete")
        assert (facts(placed).paid, facts(placed).paid_at) == (True, placed.date_placed)

    def test_a_cancellation_ends_it(self) -> None:
        placed = order()
        placed.set_status("Paid")
        placed.set_status("Cancelled")
        set_status(placed, "Pending")
        assert facts(placed).paid is False


def test_a_deleted_order() -> None:
    known = facts_of(None, number="1", currency="MYR", total=5)
    assert (known.exists, known.paid, known.undone) == (False, False, "")


def own_facts(placed: Any) -> OrderFacts:
    """What a shop may name in ``ORDER_FACTS``."""
    return OrderFacts(number=placed.number, currency="MYR", total=1, paid=True)


def test_a_shop_may_have_facts_of_its_own(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"ORDER_FACTS": "tests.rewards.test_facts.own_facts"}
    assert facts_of(order(), number="1", currency="MYR", total=5).total == 1


def test_a_currency_without_decimals() -> None:
    placed = order("1500.00", currency="JPY")
    pay(placed)
    assert (facts(placed).total, facts(placed).paid) == (1500, True)
