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
from oscar_referrals.checkout.goods import fingerprint
from oscar_referrals.checkout.models import Pin
from oscar_referrals.programs import reasons
from oscar_referrals.programs.rules.base import Refusal

logger = logging.getLogger(__name__)
_COMPARING = "_referral_comparing"


def better_offer(offer: Any, basket: Any, pin: Pin) -> Refusal | None:
    """A refusal naming the shop's better offer, or None when ours is at least as good."""
    if getattr(basket, _COMPARING, False):
        return None
    now = timezone.now()
    print_ = fingerprint(basket, vouchers=getattr(pin, "vouchers_sum", None))
    fresh = pin.compared_at is not None and now - pin.compared_at < conf.get().COMPARISON_MAX_AGE
    if pin.compared_for != print_ or not fresh:
        pin.rival = _rival(offer, basket)
        pin.compared_for, pin.compared_at = print_, now
        Pin.objects.filter(pk=pin.pk).update(rival=pin.rival, compared_for=print_, compared_at=now)
    return Refusal(reason=reasons.BETTER_OFFER, params={"rival": pin.rival}) if pin.rival else None


def _rival(offer: Any, basket: Any) -> str:
    try:
        applicator = get_class("offer.applicator", "Applicator")()
        user = basket.owner or AnonymousUser()
        others = [item for item in applicator.get_offers(basket, user, None) if item.id != offer.id]
        if not others:
            return ""
        return _compare(applicator, offer, basket, user, others)
    except Exception:
        # A shop's own applicator may need a request that nobody has here. Then ours applies.
        logger.exception("A referral discount could not be compared with the shop's other offers")
        return ""


def _compare(applicator: Any, offer: Any, basket: Any, user: Any, others: list[Any]) -> str:
    copy = get_model("basket", "Basket").objects.get(pk=basket.pk)
    copy.strategy = basket.strategy
    copy.owner = basket.owner
    setattr(copy, _COMPARING, True)
    without, applied_without = _cost(applicator, copy, user, others)
    copy.reset_offer_applications()
    ours = [item for item in applicator.get_offers(copy, user, None) if item.id == offer.id]
    together = sorted([*others, *ours], key=lambda item: item.priority, reverse=True)
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
