"""Before the shopper pays: check who it is, and take out what can no longer discount."""

from __future__ import annotations

from django.contrib import messages
from django.utils.translation import gettext as _

from oscar_referrals.attribution.claims import claim_refusal
from oscar_referrals.checkout import compare, delivery, used_up
from oscar_referrals.checkout.applied import label_of
from oscar_referrals.checkout.attach import MAY_CHANGE, detach, for_person, refusal_of, reprice
from oscar_referrals.checkout.models import Pin
from oscar_referrals.checkout.person import Shopper, shopper
from oscar_referrals.checkout.pins import known_pins
from oscar_referrals.checkout.request import ShopRequest
from oscar_referrals.programs import reasons
from oscar_referrals.programs.rules.base import Refusal

#: What the choice of a shipping method can bring about.
ABOUT_DELIVERY = frozenset({reasons.FREE_SHIPPING_ALREADY, reasons.BETTER_OFFER})


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
    vouchers = _by_voucher(pins)
    checked = [_check_person(of_voucher, person) for of_voucher in vouchers]
    checked += [_check_budget(request, of_voucher, page) for of_voucher in vouchers]
    changed = any(checked)
    _compare_delivery(request)
    for of_voucher in vouchers:
        reason = of_voucher[0].refusal
        refusal = Refusal(reason=reason) if reason else refusal_of(of_voucher)
        if refusal is None or (not reason and refusal.reason in MAY_CHANGE):
            continue
        detach(request.basket, of_voucher[0].voucher_id)
        messages.warning(request, _taken_out(of_voucher[0], refusal))
        changed = True
    if changed:
        reprice(request)


def _taken_out(pin: Pin, refusal: Refusal) -> str:
    """The reason alone would not tell that the total has changed."""
    return _("%(discount)s was taken out of your basket. %(reason)s") % {
        "discount": label_of(pin),
        "reason": reasons.shopper_text(refusal.reason, **refusal.params),
    }


def _by_voucher(pins: list[Pin]) -> list[list[Pin]]:
    """The pins of each voucher: one per effect, of one claim or one reward."""
    found: dict[int, list[Pin]] = {}
    for pin in pins:
        found.setdefault(pin.voucher_id, []).append(pin)
    return list(found.values())


def _compare_delivery(request: ShopRequest) -> None:
    """Take up what delivery costs by the method chosen; say once what gives nothing for that."""
    if not delivery.concerns(request.basket):
        return
    charge = delivery.chosen_charge(request)
    changed = compare.compare_delivery(request.basket, charge) if charge is not None else []
    if not changed:
        return
    reprice(request)
    for pin in changed:
        if pin.standing is not None and pin.standing.reason in ABOUT_DELIVERY:
            text = reasons.shopper_text(pin.standing.reason, **pin.standing.params)
            messages.info(request, text)


def _check_person(pins: list[Pin], person: Shopper) -> bool:
    """Make the costly checks of a claim once per person; True if the verdict changed."""
    pin, claim = pins[0], pins[0].claim
    if claim is None or not person.identity or pin.checked_key == person.identity:
        return False
    refusal = claim_refusal(
        code=claim.code,
        version=claim.version,
        claim=claim,
        user=person.user,
        email=person.email,
    )
    before = pin.refusal
    after = for_person(refusal, person).reason if refusal else ""
    for pin in pins:
        pin.refusal, pin.checked_key = after, person.identity
    Pin.objects.filter(pk__in=[pin.pk for pin in pins]).update(
        refusal=after, checked_key=person.identity
    )
    return before != after


def _check_budget(request: ShopRequest, pins: list[Pin], page: str) -> bool:
    """Ask once per claim whether the budget has room; True if the discount is lost by that."""
    first, claim = pins[0], pins[0].claim
    if claim is None or first.refusal or not used_up.check(request, first, claim.version, page):
        return False
    for pin in pins[1:]:
        pin.refusal = first.refusal
        Pin.objects.filter(pk=pin.pk).update(refusal=pin.refusal)
    return True
