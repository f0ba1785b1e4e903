"""Before the shopper pays: check who it is, and take out what can no longer discount."""

from __future__ import annotations

from django.contrib import messages

from oscar_referrals.attribution.claims import claim_refusal
from oscar_referrals.attribution.models import Claim
from oscar_referrals.checkout import used_up
from oscar_referrals.checkout.attach import MAY_CHANGE, detach, for_person, reprice
from oscar_referrals.checkout.models import Pin
from oscar_referrals.checkout.person import Shopper, shopper
from oscar_referrals.checkout.pins import known_pins
from oscar_referrals.checkout.request import ShopRequest
from oscar_referrals.programs import reasons


def prune(request: ShopRequest, page: str) -> None:
    """Take dead vouchers of ours out of the basket, each with one message.

    ``page`` is the name of the view that the shopper is on the way to. Oscar would fail the order
    after payment for them, or burn them unused. No query for a basket without our vouchers, and
    none for one whose shopper was checked already.
    """
    pins = known_pins(request.basket)
    if not pins:
        return
    person = shopper(request)
    checked = [_check_person(pin, pin.claim, person) for pin in pins if pin.claim is not None]
    checked += [
        used_up.check(request, pin, pin.claim.version, page)
        for pin in pins
        if pin.claim is not None and not pin.refusal
    ]
    changed = any(checked)
    for pin in pins:
        refusal = pin.standing
        if pin.refusal:
            reason, params = pin.refusal, {}
        elif refusal is not None and refusal.reason not in MAY_CHANGE:
            reason, params = refusal.reason, refusal.params
        else:
            continue
        detach(request.basket, pin.voucher_id)
        messages.warning(request, reasons.shopper_text(reason, **params))
        changed = True
    if changed:
        reprice(request)


def _check_person(pin: Pin, claim: Claim, person: Shopper) -> bool:
    """Make the costly checks once per person; True if the verdict changed."""
    if not person.identity or pin.checked_key == person.identity:
        return False
    refusal = claim_refusal(
        code=claim.code,
        version=claim.version,
        claim=claim,
        user=person.user,
        email=person.email,
    )
    before = pin.refusal
    pin.refusal = for_person(refusal, person).reason if refusal else ""
    pin.checked_key = person.identity
    Pin.objects.filter(pk=pin.pk).update(refusal=pin.refusal, checked_key=pin.checked_key)
    return before != pin.refusal
