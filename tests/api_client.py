"""Buying through Oscar's classes alone, as an HTTP API does: no view, no middleware, no message."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from oscar.apps.shipping.methods import Free
from oscar.core.loading import get_class, get_model


def basket_of(user: Any, *products: Any) -> Any:
    """A new open basket with one of each product, priced for everybody."""
    basket = get_model("basket", "Basket").objects.create(owner=user)
    basket.strategy = get_class("partner.strategy", "Selector")().strategy()
    for product in products:
        basket.add_product(product, 1)
    return basket


def priced(basket: Any) -> Any:
    """The basket as the next request finds it, with offers applied."""
    fresh = get_model("basket", "Basket").objects.get(pk=basket.pk)
    fresh.strategy = get_class("partner.strategy", "Selector")().strategy()
    get_class("offer.applicator", "Applicator")().apply(fresh, fresh.owner or AnonymousUser())
    return fresh


def place(basket: Any, *, guest_email: str = "") -> Any:
    """Place the order of a priced basket with Oscar's own creator; no payment is recorded."""
    method = Free()
    charge = method.calculate(basket)
    total = get_class("checkout.calculators", "OrderTotalCalculator")().calculate(basket, charge)
    extra = {"guest_email": guest_email} if guest_email else {}
    order = get_class("order.utils", "OrderCreator")().place_order(
        basket=basket,
        total=total,
        shipping_method=method,
        shipping_charge=charge,
        user=basket.owner or AnonymousUser(),
        **extra,
    )
    basket.submit()
    return order


def discount(basket: Any) -> Decimal:
    """What all offers take off the basket."""
    return basket.total_discount
