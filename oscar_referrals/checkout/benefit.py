"""The one benefit of all referral offers: the pin's discount, shared over the lines to the cent,
or taken off the delivery charge."""

from __future__ import annotations

import logging
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from oscar.core.loading import get_class, get_classes, get_model

from oscar_referrals.checkout.goods import eligible_goods
from oscar_referrals.checkout.models import Pin
from oscar_referrals.checkout.pins import pin_for
from oscar_referrals.checkout.placement import record_use
from oscar_referrals.checkout.standing import is_quoted
from oscar_referrals.money import share_out, to_major
from oscar_referrals.programs.models import IncentiveAmount
from oscar_referrals.programs.rules.value import Value
from oscar_referrals.rewards.promised import as_promised

logger = logging.getLogger(__name__)
BasketDiscount, SHIPPING_DISCOUNT, ZERO_DISCOUNT = get_classes(
    "offer.results", ["BasketDiscount", "SHIPPING_DISCOUNT", "ZERO_DISCOUNT"]
)
apply_discount = get_class("offer.benefits", "apply_discount")
Benefit: Any = get_model("offer", "Benefit")


class ReferralBenefit(Benefit):
    """Gives what the pin's figures say; records the use inside Oscar's order transaction."""

    class Meta:
        proxy = True

    @property
    def name(self) -> str:
        """What staff see in the lists of Oscar's offer dashboard."""
        return gettext("Discount or reward of the referral program")

    description = name
    #: Whose discount on delivery stands in the basket: Oscar asks for the amount without a basket.
    delivery_pin: Pin | None = None

    def apply(self, basket: Any, condition: Any, offer: Any, **kwargs: Any) -> Any:
        """Discount the eligible lines. A fault gives no discount: it must not stop the shop."""
        # Oscar asks `offer.benefit` again for shipping and deferred calls, without a basket.
        offer.benefit = self
        try:
            pin = pin_for(offer, basket)
            if pin is None:
                return ZERO_DISCOUNT
            if pin.is_for_delivery:
                self.delivery_pin = pin
                return SHIPPING_DISCOUNT
            return _discount(basket, offer, pin)
        except Exception:
            logger.exception("A referral benefit failed; the basket goes on without discount")
            return ZERO_DISCOUNT

    def shipping_discount(self, charge: Decimal, currency: str | None = None) -> Decimal:
        """What is taken off a delivery charge: all of it, up to the maximum of the figures.

        ``charge`` has its tax in it where the tax is known. A fault takes nothing off.
        """
        try:
            figures = self.delivery_pin.figures if self.delivery_pin is not None else None
            if figures is None or currency not in (None, figures.currency):
                return Decimal("0.00")
            if figures.maximum is None:
                return max(charge, Decimal("0.00"))
            return max(min(charge, to_major(figures.maximum, figures.currency)), Decimal("0.00"))
        except Exception:
            logger.exception("A referral benefit failed; delivery is charged in full")
            return Decimal("0.00")

    def apply_deferred(self, basket: Any, order: Any, application: dict[str, Any]) -> None:
        """Record the use with the order. Runs after payment, so it never raises (promise 4).

        What was taken off the delivery charge is not known yet; see `placement.put_right`.
        """
        try:
            pin = pin_for(application["offer"], basket)
            if pin is not None and not pin.is_for_delivery:
                record_use(pin=pin, order=order, discount=application["discount"])
        except Exception:
            logger.exception(
                "Order %s: a referral was not recorded; the periodic work repeats it", order.number
            )


def _discount(basket: Any, offer: Any, pin: Pin) -> Any:
    figures = pin.figures
    if figures is None:
        return ZERO_DISCOUNT
    goods = [
        item._replace(quantity=quantity)
        for item in eligible_goods(offer, basket, figures.incentive)
        if (quantity := int(item.line.quantity_without_offer_discount(offer))) > 0
    ]
    amounts = [item.unit * item.quantity for item in goods]
    if pin.reward is not None and pin.reward.unit == pin.reward.currency:
        # What is left of it, whatever the rule said: a tier, a refund, a set-off or staff may have
        # made it more or less.
        quoted = pin.quoted_worth if is_quoted(basket, pin) else None
        discount = min(sum(amounts), pin.reward.left if quoted is None else quoted)
    else:
        discount = _value(pin, figures).discount_on(sum(amounts))
    if discount <= 0:
        return ZERO_DISCOUNT
    for item, share in zip(goods, share_out(discount, amounts), strict=True):
        apply_discount(item.line, to_major(share, figures.currency), item.quantity, offer)
    return BasketDiscount(to_major(discount, figures.currency))


def _value(pin: Pin, figures: IncentiveAmount) -> Value:
    """What the pin takes off: of a reward by its own percentage, which may be a tier's."""
    if pin.reward is None:
        return Value(figures.incentive, figures)
    return Value(*as_promised(pin.reward, figures.incentive, figures))
