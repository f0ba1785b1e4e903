"""A claim that waits in the session for the first basket line."""

from __future__ import annotations

from django.contrib import messages
from django.utils.translation import gettext as _

from oscar_referrals.attribution.models import Claim
from oscar_referrals.checkout.attach import attach_claim, attach_quietly
from oscar_referrals.checkout.request import ShopRequest

SESSION_KEY = "referrals_claim"


def remember(request: ShopRequest, claim: Claim) -> None:
    """Keep the claim in the session until there is a basket."""
    request.session[SESSION_KEY] = claim.pk


def forget(request: ShopRequest) -> None:
    """Drop the waiting claim, if any."""
    request.session.pop(SESSION_KEY, None)


def take_claim(request: ShopRequest, claim: Claim) -> None:
    """Use a fresh claim: attach it to a basket with goods, else remember it. Leaves one message."""
    if request.basket.id and not request.basket.is_empty:
        forget(request)
        attach_claim(request, claim)
        return
    remember(request, claim)
    messages.success(
        request,
        _("Your discount is saved. It applies by itself as soon as you add a product."),
    )


def attach_waiting(request: ShopRequest) -> None:
    """Attach the session's claim before the first line is added, so that Oscar's message about the
    new total already counts it. Costs nothing when no claim waits."""
    claim_id = request.session.get(SESSION_KEY)
    if claim_id is None:
        return
    claim = waiting_claim(request)
    if claim is None or attach_quietly(request, claim):
        forget(request)


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
