"""The payment methods a shopper can choose from, and the records each leaves with an order."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.crypto import get_random_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

Source = get_model("payment", "Source")
SourceType = get_model("payment", "SourceType")

CARD, TRANSFER, REDIRECT = "card", "transfer", "redirect"
PAID_EVENT, REFUNDED_EVENT = "Paid", "Refunded"


@dataclass(frozen=True)
class PaymentMethod:
    """One choice of the payment step. ``source_name`` is what staff see in the dashboard."""

    code: str
    name: str | Promise
    description: str | Promise
    source_name: str


METHODS = {
    method.code: method
    for method in (
        PaymentMethod(
            CARD,
            _("Pay by card (demo)"),
            _("The demo card is always accepted. No card number is asked for."),
            "Card (demo)",
        ),
        PaymentMethod(
            TRANSFER,
            _("Bank transfer"),
            _("We send your order as soon as your transfer has arrived."),
            "Bank transfer",
        ),
        PaymentMethod(
            REDIRECT,
            _("Redirect payment (demo)"),
            _("You leave the shop for TestPay, where you approve or decline the payment."),
            "TestPay (demo)",
        ),
    )
}


def reference() -> str:
    """Return a payment reference such as a provider would give."""
    return f"RP-{get_random_string(10, 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789')}"


def unsaved_source(*, code: str, amount: Decimal, currency: str, debited: bool) -> Any:
    """Return a payment source for ``amount``, to be saved with its order.

    With ``debited`` the money has arrived; otherwise it is only expected.
    """
    source_type, __ = SourceType.objects.get_or_create(name=METHODS[code].source_name)
    source = Source(
        source_type=source_type,
        currency=currency,
        amount_allocated=amount,
        amount_debited=amount if debited else Decimal("0.00"),
        reference=reference(),
    )
    if debited:
        source.create_deferred_transaction("Debit", amount, reference=source.reference)
    return source
