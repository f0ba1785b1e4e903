"""What a voucher of ours is called, and what it gives in a priced basket, said in one sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from oscar_referrals.checkout.models import Pin
from oscar_referrals.money import format_money, to_minor
from oscar_referrals.programs import reasons
from oscar_referrals.sharing.alphabet import pretty


def label_of(pin: Pin) -> str:
    """What we call the voucher of a pin. No query for pins that `known_pins` has read."""
    if pin.claim is not None:
        return _("Referral discount (%(code)s)") % {"code": pin.claim.code.pretty}
    code = pin.reward.voucher_code if pin.reward is not None else ""
    return _("Referral reward (%(code)s)") % {"code": pretty(code)}


def applied_text(basket: Any, pins: Iterable[Pin]) -> str:
    """What the pins of one voucher take off; empty if none of them gives anything now.

    What one of them does not give is said as well, with the reason.
    """
    given = [pin for pin in pins if pin.standing is None]
    if not given:
        return ""
    on_goods = next((pin for pin in given if not pin.is_for_delivery), None)
    on_delivery = next((pin for pin in given if pin.is_for_delivery), None)
    sentences = []
    if on_goods is not None:
        sentences.append(_goods_text(basket, on_goods))
    if on_delivery is not None:
        sentences.append(delivery_text(on_delivery))
    refusals = [pin.standing for pin in pins if pin.standing is not None]
    sentences += [reasons.shopper_text(item.reason, **item.params) for item in refusals]
    return " ".join(sentences)


def delivery_text(pin: Pin) -> str:
    """What a pin takes off the delivery charge, which the basket may not know yet."""
    figures = pin.figures
    if figures is None or figures.maximum is None:
        return _("Delivery of this order is free.")
    return _("Up to %(amount)s is taken off the delivery charge.") % {
        "amount": format_money(figures.maximum, figures.currency)
    }


def _goods_text(basket: Any, pin: Pin) -> str:
    application = basket.offer_applications.applications.get(pin.offer_id)
    minor = to_minor(application["discount"], basket.currency) if application else 0
    amount = {"amount": format_money(minor, basket.currency)}
    if pin.reward_id is not None:
        return _("Your reward is applied: %(amount)s off.") % amount
    return _("Your referral discount of %(amount)s is applied.") % amount
