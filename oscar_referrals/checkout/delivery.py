"""What delivery of a basket costs before any discount, and what of it is taken off.

Oscar knows the shipping method only in the checkout's session, and no condition has a session: what
was found out is kept in the pin, like the verdict about the shop's other offers.
"""

from __future__ import annotations

import logging
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from oscar.core.loading import get_class

from oscar_referrals.checkout.pins import known_pins
from oscar_referrals.checkout.request import ShopRequest
from oscar_referrals.money import to_minor

logger = logging.getLogger(__name__)
CACHE = "_referral_delivery"


def dearest(basket: Any) -> int | None:
    """The most that delivery can cost now, in minor units; 0 if it is free by every method.

    None while the shop can't say, for instance before it knows the address.
    """
    try:
        if not basket.is_shipping_required():
            return 0
        methods = get_class("shipping.repository", "Repository")().get_shipping_methods(
            basket=basket, user=basket.owner or AnonymousUser(), shipping_addr=None, request=None
        )
        charges = [_charge(method, basket) for method in methods]
    except Exception:
        logger.debug("The shop can't say yet what delivery costs", exc_info=True)
        return None
    return to_minor(max(charges), basket.currency) if charges else None


def chosen_charge(request: ShopRequest) -> Decimal | None:
    """What delivery costs by the method chosen in this checkout; None if none is chosen yet.

    With tax where it is known. Worked out once per request.
    """
    if not hasattr(request, CACHE):
        setattr(request, CACHE, _chosen_charge(request))
    charge: Decimal | None = getattr(request, CACHE)
    return charge


def discount_on(basket: Any, charge: Decimal) -> Decimal:
    """What the priced basket's offers take off a delivery charge: the first one alone does."""
    for application in basket.shipping_discounts:
        return min(charge, Decimal(application["offer"].shipping_discount(charge, basket.currency)))
    return Decimal(0)


def takes_off(offer_id: int, basket: Any) -> bool:
    """The offer is the one that Oscar takes off the delivery charge of the priced basket."""
    first = next(iter(basket.shipping_discounts), None)
    return first is not None and first["offer"].id == offer_id


def concerns(basket: Any) -> bool:
    """Something of ours in the basket is about delivery. No query."""
    return any(pin.is_for_delivery for pin in known_pins(basket))


def _chosen_charge(request: ShopRequest) -> Decimal | None:
    basket = request.basket
    view = get_class("checkout.session", "CheckoutSessionMixin")()
    view.request = request
    view.checkout_session = get_class("checkout.utils", "CheckoutSessionData")(request)
    if not view.checkout_session.is_shipping_method_set(basket):
        return None
    method = view.get_shipping_method(basket, view.get_shipping_address(basket))
    return None if method is None else _charge(method, basket)


def _charge(method: Any, basket: Any) -> Decimal:
    price = (
        method.calculate_excl_discount(basket)
        if method.is_discounted and hasattr(method, "calculate_excl_discount")
        else method.calculate(basket)
    )
    return Decimal(price.incl_tax if price.is_tax_known else price.excl_tax)
