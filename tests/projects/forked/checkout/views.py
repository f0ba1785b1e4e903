"""A checkout that reserves the money on a card; the shop takes it when it ships."""

from __future__ import annotations

from decimal import Decimal

from oscar.apps.checkout import views
from oscar.core.loading import get_model


class PaymentDetailsView(views.PaymentDetailsView):
    def handle_payment(self, order_number, total, **kwargs):
        if total.incl_tax == Decimal("0.00"):
            return
        source_type, _ = get_model("payment", "SourceType").objects.get_or_create(name="Card")
        self.add_payment_source(
            get_model("payment", "Source")(
                source_type=source_type,
                currency=total.currency,
                amount_allocated=total.incl_tax,
                reference=order_number,
            )
        )
        self.add_payment_event("Authorised", total.incl_tax, reference=order_number)
