"""Which lines of a basket an offer of ours counts, and what they cost, in minor units."""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

from django.db.models import prefetch_related_objects
from oscar.core.loading import get_class

from oscar_referrals.money import to_minor
from oscar_referrals.programs.models import Incentive, IncentiveProduct

unit_price = get_class("offer.utils", "unit_price")


class Goods(NamedTuple):
    """One line that counts: its price per unit in minor units and its full quantity."""

    line: Any
    unit: int
    quantity: int


def eligible_goods(offer: Any, basket: Any, incentive: Incentive) -> list[Goods]:
    """The discountable lines with a price, within the incentive's frozen product list."""
    listed = _listed_products(basket, incentive) if incentive.limited_to_products else None
    _read_prices_at_once(basket)
    goods = []
    for line in basket.all_lines():
        if not line.stockrecord_id or not line.product.is_discountable:
            continue
        if listed is not None and not listed & _ids(line):
            continue
        price = unit_price(offer, line)
        if price:
            goods.append(Goods(line, to_minor(price, line.price_currency), line.quantity))
    return goods


def total_of(goods: list[Goods]) -> int:
    """What the goods cost before any discount, in minor units."""
    return sum(item.unit * item.quantity for item in goods)


def fingerprint(basket: Any, *, vouchers: int | None) -> str:
    """Changes whenever a line, a quantity, a price, the owner or the ``vouchers`` change."""
    parts = [str(basket.owner_id), str(vouchers)]
    parts += [
        f"{line.id}:{line.quantity}:{line.unit_effective_price}" for line in basket.all_lines()
    ]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]


def _read_prices_at_once(basket: Any) -> None:
    """One query for the stock records that Oscar's strategies read one by one, line after line."""
    unpriced = [line.product for line in basket.all_lines() if not hasattr(line, "_info")]
    if len(unpriced) > 1:
        prefetch_related_objects(unpriced, "stockrecords")


def _ids(line: Any) -> set[int]:
    # A variant counts when its parent is listed: variants may be added after the list was frozen.
    return {line.product_id, line.product.parent_id} - {None}


def _listed_products(basket: Any, incentive: Incentive) -> set[int]:
    wanted = frozenset().union(*(_ids(line) for line in basket.all_lines()))
    cache: dict[Any, set[int]] = basket.__dict__.setdefault("_referral_products", {})
    key = (incentive.pk, wanted)
    if key not in cache:
        cache[key] = set(
            IncentiveProduct.objects.filter(
                incentive_id=incentive.pk, product_id__in=wanted
            ).values_list("product_id", flat=True)
        )
    return cache[key]
