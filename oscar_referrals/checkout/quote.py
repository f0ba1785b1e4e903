"""Marking what a shopper was quoted while the basket is frozen for payment."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from oscar_referrals.checkout.isolation import own_savepoint
from oscar_referrals.checkout.models import Pin
from oscar_referrals.checkout.pins import forget_quotes, known_pins


def quote(basket: Any) -> None:
    """Honour the discounts that the priced basket holds now, as long as it stays frozen.

    Called by itself when a priced basket is frozen. A payment provider's code that freezes a basket
    it has loaded afresh must price it first (``Applicator().apply``) and may call this directly.
    """
    pins = known_pins(basket)
    if not pins:
        return
    now = timezone.now()
    given = {pin.pk for pin in pins if pin.standing is None}
    for pin in pins:
        pin.quoted_at = now if pin.pk in given else None
        pin.quoted_worth = pin.reward.left if pin.quoted_at and pin.reward else None
    with own_savepoint():
        Pin.objects.bulk_update(
            [pin for pin in pins if pin.pk in given], ["quoted_at", "quoted_worth"]
        )
        if len(given) < len(pins):
            Pin.objects.filter(basket_id=basket.id).exclude(pk__in=given).update(quoted_at=None)


def withdraw_quote(basket: Any) -> None:
    """Forget what was quoted: the payment failed, and the basket is open again.

    No query for a basket without a quote in memory. One that was loaded afresh says nothing of
    vouchers of ours, and to ask would cost every shopper whose payment fails a query: its quote is
    forgotten when its pins are read next (`pins_of`), which is whenever it is priced.
    """
    pins = known_pins(basket)
    if any(pin.quoted_at for pin in pins):
        forget_quotes(basket, pins)
