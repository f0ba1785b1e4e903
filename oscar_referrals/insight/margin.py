"""What the shop earns on an order, as far as anything in the shop says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from oscar.core.loading import get_model

from oscar_referrals.money import to_minor

#: What shops that keep the price they pay call that column of their stock records. Oscar has none
#: of its own since it dropped `cost_price`.
COST_FIELDS = ("cost_price", "cost")


def order_margins(orders: Sequence[Any]) -> dict[int, int | None]:
    """The default of ``ORDER_MARGIN``: goods after discounts and without tax, less their cost.

    By order id, in minor units of the order's currency; None for an order of which any line's cost
    is not known. One query for all, and none where stock records hold no cost.
    """
    found: dict[int, int | None] = {order.pk: None for order in orders}
    cost = _cost_field()
    if cost is None:
        return found
    currencies = {order.pk: order.currency for order in orders}
    earned: dict[int, Decimal] = defaultdict(Decimal)
    unknown: set[int] = set()
    lines = get_model("order", "Line").objects.filter(order__in=list(found)).order_by()
    for order_id, price, quantity, each in lines.values_list(
        "order_id", "line_price_excl_tax", "quantity", f"stockrecord__{cost}"
    ):
        if each is None:
            unknown.add(order_id)
        else:
            earned[order_id] += price - each * quantity
    for order_id, amount in earned.items():
        if order_id not in unknown:
            found[order_id] = to_minor(amount, currencies[order_id])
    return found


def _cost_field() -> str | None:
    meta = get_model("partner", "StockRecord")._meta
    for name in COST_FIELDS:
        try:
            meta.get_field(name)
        except FieldDoesNotExist:
            continue
        return name
    return None
