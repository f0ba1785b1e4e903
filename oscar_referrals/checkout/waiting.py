"""A claim that waits in the session for the first basket line."""

from __future__ import annotations

from django.contrib import messages
from django.utils.translation import gettext as _

from oscar_referrals.attribution.models import Claim
from oscar_referrals.checkout.attach import WAITING_KEY as SESSION_KEY
from oscar_referrals.checkout.attach import attach_claim, attach_quietly
from oscar_referrals.checkout.invitations import (
    LINKS_KEY,
    best_claim,
    standing_instead,
    taken_again,
)
from oscar_referrals.checkout.pins import pins_of
from oscar_referrals.checkout.request import ShopRequest
from oscar_referrals.programs import reasons


def remember(request: ShopRequest, claim: Claim) -> None:
    """Keep the claim in the session until there is a basket."""
    request.session[SESSION_KEY] = claim.pk


def forget(request: ShopRequest) -> None:
    """Drop the waiting claim, if any."""
    request.session.pop(SESSION_KEY, None)


def take_claim(request: ShopRequest, claim: Claim) -> None:
    """Use a fresh claim: attach it to a basket with goods, else remember it. Leaves one message.

    If another invitation of the friend counts more by the program's rules, that one stands instead,
    and the message says why.
    """
    taken_again(request, claim)
    with_goods = bool(request.basket.id) and not request.basket.is_empty
    instead = standing_instead(request, claim)
    if instead is not None:
        if with_goods:
            forget(request)
        else:
            remember(request, instead.claim)
        messages.info(request, reasons.shopper_text(instead.reason, stays=True))
    elif with_goods:
        forget(request)
        attach_claim(request, claim)
    else:
        remember(request, claim)
        messages.success(
            request,
            _("Your discount is saved. It applies by itself as soon as you add a product."),
        )


def attach_waiting(request: ShopRequest) -> None:
    """Attach what the session remembers before the first line is added, so that Oscar's message
    about the new total already counts it. Costs nothing when nothing is remembered."""
    if not _remembers(request):
        return
    claim = best_claim(request)
    if claim is None or _is_pinned(request, claim) or attach_quietly(request, claim):
        forget(request)
    else:
        remember(request, claim)
    request.session.pop(LINKS_KEY, None)


def attach_opened_link(request: ShopRequest) -> None:
    """Attach the discount of a link that was opened while there were goods in the basket already,
    and say so. Costs nothing when no link is remembered."""
    if not request.session.get(LINKS_KEY) or not request.basket.id or request.basket.is_empty:
        return
    claim = best_claim(request)
    request.session.pop(LINKS_KEY, None)
    if claim is not None and not _is_pinned(request, claim):
        forget(request)
        attach_claim(request, claim)


def _remembers(request: ShopRequest) -> bool:
    return SESSION_KEY in request.session or LINKS_KEY in request.session


def _is_pinned(request: ShopRequest, claim: Claim) -> bool:
    return any(pin.claim_id == claim.pk for pin in pins_of(request.basket))


def waiting_claim(request: ShopRequest) -> Claim | None:
    """The claim the session remembers, if it can still be used."""
    claim_id = request.session.get(SESSION_KEY)
    if claim_id is None:
        return None
    return (
        Claim.objects.filter(pk=claim_id, used_at=None)
        .select_related("version__program", "program", "code__advocate", "code__program")
        .first()
    )
