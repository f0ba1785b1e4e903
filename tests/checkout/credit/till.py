"""The documented hook in a shop's payment view, and what a shopper does with credit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from oscar.core.loading import get_class, get_model

from oscar_referrals.checkout.credit import pay_with_credit
from tests.shop import Visitor, texts

PaymentDetailsView: Any = get_class("checkout.views", "PaymentDetailsView")


class Till:
    """What the shop's payment view does: the documented hook, and a card for the rest."""

    def __init__(self) -> None:
        self.charged: list[Decimal] = []
        #: Done after the credit and before the card.
        self.then: Any = None

    def handle_payment(self, view: Any, order_number: Any, total: Any, **kwargs: Any) -> None:
        total = pay_with_credit(view, order_number, total)
        if self.then is not None:
            self.then()
        if total.incl_tax:
            self.charged.append(total.incl_tax)
            source_type, _created = get_model("payment", "SourceType").objects.get_or_create(
                name="Card"
            )
            view.add_payment_source(
                get_model("payment", "Source")(
                    source_type=source_type,
                    currency=total.currency,
                    amount_allocated=total.incl_tax,
                    amount_debited=total.incl_tax,
                )
            )


def use(visitor: Visitor, amount: str = "") -> list[str]:
    return texts(visitor.post("referrals:use-credit", data={"amount": amount}))


def words(page: Any) -> str:
    return " ".join(page.content.decode().replace("\xa0", " ").replace("&nbsp;", " ").split())


def queries(action: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        action()
    return len(captured)
