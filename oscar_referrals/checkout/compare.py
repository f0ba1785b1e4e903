"""No basket costs more with our code than without it: the better offer stays, and we say which.

Our offers come first and are exclusive by default, so they would crowd out a site offer that gives
more. What the basket would cost without ours is worked out on a copy, once per change of the
basket, and the answer is kept in the pin.
"""

from __future__ import annotations

import logging
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from oscar.core.loading import get_class, get_model

from oscar_referrals import conf
from oscar_referrals.checkout import delivery
from oscar_referrals.checkout.goods import fingerprint
from oscar_referrals.checkout.models import Pin
from oscar_referrals.checkout.pins import known_pins
from oscar_referrals.money import to_major, to_minor
from oscar_referrals.programs import reasons
from oscar_referrals.programs.rules.base import Refusal

logger = logging.getLogger(__name__)
_COMPARING = "_referral_comparing"


def better_offer(basket: Any, pin: Pin) -> Refusal | None:
    """A refusal naming the shop's better offer, or None when ours is at least as good."""
    if getattr(basket, _COMPARING, False):
        return None
    now = timezone.now()
    print_ = fingerprint(basket, vouchers=getattr(pin, "vouchers_sum", None))
    fresh = pin.compared_at is not None and now - pin.compared_at < conf.get().COMPARISON_MAX_AGE
    if pin.compared_for != print_ or not fresh:
        pin.delivery = delivery.dearest(basket) if pin.is_for_delivery else None
        pin.compared_for, pin.compared_at = print_, now
        _find_rival(basket, pin)
    if pin.is_for_delivery and pin.delivery == 0:
        return Refusal(reason=reasons.FREE_SHIPPING_ALREADY)
    if not pin.rival:
        return None
    params = {"rival": pin.rival, "delivery": pin.is_for_delivery}
    return Refusal(reason=reasons.BETTER_OFFER, params=params)


def compare_delivery(basket: Any, charge: Decimal) -> list[Pin]:
    """Look again at what takes off delivery, now that it is known to cost ``charge``.

    The pins about which the answer has changed: the basket has to be priced again.
    """
    minor = to_minor(charge, basket.currency)
    changed = []
    for pin in known_pins(basket):
        if not pin.is_for_delivery or pin.delivery == minor:
            continue
        before = (pin.delivery == 0, pin.rival)
        pin.delivery = minor
        _find_rival(basket, pin)
        if before != (minor == 0, pin.rival):
            changed.append(pin)
    return changed


def _find_rival(basket: Any, pin: Pin) -> None:
    pin.rival = _rival(basket, pin)
    Pin.objects.filter(pk=pin.pk).update(
        rival=pin.rival,
        delivery=pin.delivery,
        compared_for=pin.compared_for,
        compared_at=pin.compared_at,
    )


def _rival(basket: Any, pin: Pin) -> str:
    try:
        applicator = get_class("offer.applicator", "Applicator")()
        user = basket.owner or AnonymousUser()
        offers = applicator.get_offers(basket, user, None)
        others = [item for item in offers if item.id != pin.offer_id]
        # What is taken off goods and what is taken off delivery are never in each other's way.
        beside = {
            item.offer_id
            for item in known_pins(basket)
            if item.is_for_delivery != pin.is_for_delivery
        }
        # A code's voucher may stand on an offer that its own version promises nothing by.
        beside |= {item.id for item in others if _is_on(item, pin.voucher_id)}
        if all(item.id in beside for item in others):
            return ""
        if pin.is_for_delivery:
            ours = {item.offer_id for item in known_pins(basket) if item.is_for_delivery}
            others = [item for item in others if item.id not in ours]
            return _compare_on_delivery(applicator, basket, user, others, pin)
        return _compare(applicator, basket, user, others, pin)
    except Exception:
        # A shop's own applicator may need a request that nobody has here. Then ours applies.
        logger.exception("A referral discount could not be compared with the shop's other offers")
        return ""


def _is_on(offer: Any, voucher_id: int) -> bool:
    voucher = offer.get_voucher()
    return voucher is not None and voucher.pk == voucher_id


def _copy_of(basket: Any) -> Any:
    copy = get_model("basket", "Basket").objects.get(pk=basket.pk)
    copy.strategy = basket.strategy
    copy.owner = basket.owner
    setattr(copy, _COMPARING, True)
    return copy


def _together(applicator: Any, copy: Any, user: Any, others: list[Any], pin: Pin) -> list[Any]:
    offers = applicator.get_offers(copy, user, None)
    ours = [item for item in offers if item.id == pin.offer_id]
    return sorted([*others, *ours], key=lambda item: item.priority, reverse=True)


def _compare_on_delivery(
    applicator: Any, basket: Any, user: Any, others: list[Any], pin: Pin
) -> str:
    """Against the shop's own: Oscar takes the first discount on delivery alone.

    Ours stays only if it saves more; in a tie it is kept for another time, if delivery is free.
    """
    copy = _copy_of(basket)
    applicator.apply_offers(copy, others)
    rival = next(iter(copy.shipping_discounts), None)
    if rival is None:
        return ""
    charge = to_major(pin.delivery, basket.currency) if pin.delivery is not None else None
    without = delivery.discount_on(copy, charge) if charge is not None else None
    copy.reset_offer_applications()
    applicator.apply_offers(copy, _together(applicator, copy, user, others, pin))
    comes_first = delivery.takes_off(pin.offer_id, copy)
    if charge is None or without is None:
        better = comes_first
    else:
        saved = delivery.discount_on(copy, charge)
        better = saved > without or (saved == without < charge and comes_first)
    return "" if better else str(rival["name"])


def _compare(applicator: Any, basket: Any, user: Any, others: list[Any], pin: Pin) -> str:
    copy = _copy_of(basket)
    without, applied_without = _cost(applicator, copy, user, others)
    copy.reset_offer_applications()
    together = _together(applicator, copy, user, others, pin)
    cost, applied = _cost(applicator, copy, user, together)
    if cost <= without:
        return ""
    # What ours would crowd out; if nothing is lost as a whole, the offer that would give less.
    lost = [item for key, item in applied_without.items() if key not in applied]
    best = max(lost or applied_without.values(), key=lambda item: item["discount"], default=None)
    return str(best["name"]) if best else ""


def _cost(
    applicator: Any, basket: Any, user: Any, offers: list[Any]
) -> tuple[Decimal, dict[int, Any]]:
    """What goods and shipping cost with ``offers``, and which of them applied."""
    applicator.apply_offers(basket, offers)
    total = basket.total_incl_tax if basket.is_tax_known else basket.total_excl_tax
    return total + _shipping(basket, user), dict(basket.offer_applications.applications)


def _shipping(basket: Any, user: Any) -> Decimal:
    # An exclusive discount on goods can also crowd out an offer for free shipping.
    try:
        repository = get_class("shipping.repository", "Repository")()
        method = repository.get_default_shipping_method(basket=basket, user=user, request=None)
        charge = method.calculate(basket)
    except Exception:
        # The shop cannot say before it knows the address: compare the goods alone.
        logger.debug("No default shipping charge to compare", exc_info=True)
        return Decimal(0)
    return charge.incl_tax if charge.is_tax_known else charge.excl_tax
