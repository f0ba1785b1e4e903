"""How the shop ships, and what it costs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from oscar.apps.shipping import methods
from oscar.core import prices


class Courier(methods.Base):
    """One price for every parcel (in the basket's currency), nothing for larger orders.

    The goods count before discounts: a voucher must not make an order dearer by taking away its
    free delivery.
    """

    code = "courier"
    name = _("Courier delivery")
    description = _("Delivered in 2 to 4 working days.")
    charge = Decimal("8.00")
    free_from = Decimal("150.00")

    def calculate(self, basket: Any) -> prices.Price:
        free = basket.total_incl_tax_excl_discounts >= self.free_from
        return prices.Price(
            currency=basket.currency,
            excl_tax=Decimal("0.00") if free else self.charge,
            tax=Decimal("0.00"),
        )
