"""Money follows the order status that staff set in the dashboard."""

from __future__ import annotations

from typing import Any

from oscar.apps.order.signals import order_status_changed
from oscar.core.loading import get_model

from .payment import PAID_EVENT, REFUNDED_EVENT


def connect() -> None:
    order_status_changed.connect(book_money, dispatch_uid="sandbox.book_money")


def book_money(sender: Any, order: Any, new_status: str, **kwargs: Any) -> None:
    """Debit what an order marked "Paid" still owes; give back what one marked "Refunded" paid."""
    if new_status == "Paid":
        for source in order.sources.all():
            outstanding = source.amount_allocated - source.amount_debited
            if outstanding > 0:
                source.debit(outstanding, reference=source.reference)
                _record_event(order, PAID_EVENT, outstanding, source.reference)
    elif new_status == "Refunded":
        for source in order.sources.all():
            refundable = source.amount_available_for_refund
            if refundable > 0:
                source.refund(refundable, reference=source.reference)
                _record_event(order, REFUNDED_EVENT, refundable, source.reference)


def _record_event(order: Any, name: str, amount: Any, reference: str) -> None:
    event_types = get_model("order", "PaymentEventType").objects
    event_type, __ = event_types.get_or_create(name=name)
    event = order.payment_events.create(event_type=event_type, amount=amount, reference=reference)
    for line in order.lines.all():
        event.line_quantities.create(line=line, quantity=line.quantity)
