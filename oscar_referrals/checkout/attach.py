"""Putting a friend's claim into a basket, with one clear message for each try."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from oscar.core.loading import get_class

from oscar_referrals.attribution.claims import claim_refusal
from oscar_referrals.attribution.models import Claim
from oscar_referrals.checkout import used_up
from oscar_referrals.checkout.applied import applied_text
from oscar_referrals.checkout.models import Pin
from oscar_referrals.checkout.person import Shopper, shopper
from oscar_referrals.checkout.pins import forget_cache, pin_claim, pins_of
from oscar_referrals.checkout.request import ShopRequest
from oscar_referrals.programs import reasons
from oscar_referrals.programs.rules.base import Refusal

#: Set on the basket while we add a voucher ourselves, so that the signal receiver stands aside.
ATTACHING = "_referral_attaching"
#: In the session: the claim that was attached last, for a registration that follows.
TAKEN_KEY = "referrals_taken"
#: In the session: a friend's code has stood in a basket.
CODE_KEY = "referrals_code"
#: In the session: the claim that waits for the first basket line.
WAITING_KEY = "referrals_claim"
#: Reasons that a change of the basket can lift: the code stays and applies by itself later.
MAY_CHANGE = frozenset(
    {
        reasons.BELOW_MINIMUM,
        reasons.NO_ELIGIBLE_PRODUCTS,
        reasons.BETTER_OFFER,
        reasons.FREE_SHIPPING_ALREADY,
        reasons.CURRENCY_NOT_OFFERED,
        reasons.NOT_STARTED,
    }
)


def attach_claim(request: ShopRequest, claim: Claim) -> None:
    """Attach a claim to the request's basket and say what came of it, in one message."""
    refusal = attach(request.basket, claim, shopper(request))
    if refusal is not None:
        messages.error(request, reasons.shopper_text(refusal.reason, **refusal.params))
        return
    remember_taken(request, claim)
    reprice(request)
    pins = [pin for pin in pins_of(request.basket) if pin.claim_id == claim.pk]
    refusal = refusal_of(pins)
    if refusal is None:
        messages.success(request, applied_text(request.basket, pins))
    elif refusal.reason in MAY_CHANGE:
        messages.info(request, reasons.shopper_text(refusal.reason, **refusal.params))
    else:
        detach(request.basket, pins[0].voucher_id)
        messages.error(request, reasons.shopper_text(refusal.reason, **refusal.params))


def attach_quietly(request: ShopRequest, claim: Claim) -> bool:
    """Attach a waiting claim; speaks only when it has become useless. False keeps it waiting."""
    if not request.basket.id:
        request.basket.save()
    refusal = attach(request.basket, claim, shopper(request))
    if refusal is None or refusal.reason == reasons.ALREADY_IN_BASKET:
        remember_taken(request, claim)
        return True
    if refusal.reason in MAY_CHANGE:
        return False
    messages.warning(request, reasons.shopper_text(refusal.reason, **refusal.params))
    return True


def attach(basket: Any, claim: Claim, person: Shopper) -> Refusal | None:
    """Pin the claim and add its voucher, taking the place of another friend's code.

    Makes the costly checks for this person now, and keeps the verdict in the pin.
    """
    refusal = claim_refusal(
        code=claim.code,
        version=claim.version,
        claim=claim,
        user=person.user,
        email=person.email,
        is_used_up=used_up.for_basket(basket),
    )
    if refusal is not None:
        return for_person(refusal, person)
    # Of whichever program: an order is credited, and its discount recorded, once.
    held = Pin.objects.filter(basket=basket, claim__isnull=False).first()
    if held is not None and held.claim_id == claim.pk:
        return Refusal(reason=reasons.ALREADY_IN_BASKET)
    if held is not None:
        detach(basket, held.voucher_id)
    if not pin_claim(basket=basket, claim=claim, checked_key=person.identity):
        return Refusal(reason=reasons.NOT_AVAILABLE)
    add_voucher(basket, claim.code.voucher)
    return None


def for_person(refusal: Refusal, person: Shopper) -> Refusal:
    """Guests are not told whether an e-mail has ordered before: anyone can type any e-mail."""
    hidden = (reasons.EXISTING_CUSTOMER, reasons.OWN_CODE, reasons.ALREADY_REFERRED)
    if person.user is None and refusal.reason in hidden:
        return Refusal(reason=reasons.NOT_AVAILABLE)
    return refusal


def add_voucher(basket: Any, voucher: Any) -> None:
    """Add a voucher of ours whose pin stands already, and tell Oscar's listeners."""
    setattr(basket, ATTACHING, voucher.pk)
    try:
        basket.vouchers.add(voucher)
    finally:
        delattr(basket, ATTACHING)
    get_class("basket.signals", "voucher_addition").send(
        sender=None, basket=basket, voucher=voucher
    )


def detach(basket: Any, voucher_id: int) -> None:
    """Take a voucher of ours out of the basket; its pin goes with it (see `receivers`)."""
    for voucher in basket.vouchers.filter(pk=voucher_id):
        basket.vouchers.remove(voucher)
    forget_cache(basket)


def reprice(request: ShopRequest) -> None:
    """Work out the basket's discounts anew, as Oscar's own views do after a change."""
    request.basket.reset_offer_applications()
    get_class("offer.applicator", "Applicator")().apply(request.basket, request.user, request)


def remember_taken(request: ShopRequest, claim: Claim) -> None:
    """Keep in the session that a code was used, and whose: for visitors, who may register yet."""
    request.session[CODE_KEY] = True
    if not request.user.is_authenticated:
        request.session[TAKEN_KEY] = claim.pk


def refusal_of(pins: list[Pin]) -> Refusal | None:
    """Why a voucher gives nothing, by the first of its pins; None if one of them gives something.

    What a change of the basket can lift is told before what nothing can.
    """
    refusals = [pin.standing for pin in pins if pin.standing is not None]
    if len(refusals) < len(pins):
        return None
    return next((item for item in refusals if item.reason in MAY_CHANGE), refusals[0])
