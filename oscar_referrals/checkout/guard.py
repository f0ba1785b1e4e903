"""The total shown is the total charged: the preview's figures are kept and compared on the POST."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from oscar_referrals.checkout import delivery
from oscar_referrals.checkout.credit_choice import credit_in
from oscar_referrals.checkout.pins import known_pins
from oscar_referrals.checkout.request import ShopRequest

SESSION_KEY = "referrals_shown"


def remember_shown(request: ShopRequest) -> None:
    """Keep the figures that the preview is about to show, if anything of ours takes part.

    A basket without our vouchers never touches the session.
    """
    figures = _figures(request)
    if figures is not None:
        if request.session.get(SESSION_KEY) != figures:
            request.session[SESSION_KEY] = figures
    elif SESSION_KEY in request.session:
        del request.session[SESSION_KEY]


def check_charged(request: ShopRequest, view_name: str) -> HttpResponse | None:
    """A redirect back to the preview when the POST would charge another total than was shown."""
    figures = _figures(request)
    shown = request.session.get(SESSION_KEY)
    if figures is None and shown is None:
        return None
    if shown is not None and figures is not None and shown == figures:
        return None
    credit = figures["credit"] if figures is not None else 0
    if shown is not None and (shown["total"], shown.get("credit", 0)) == (
        _total(request),
        credit,
    ):
        return None
    messages.warning(
        request,
        _("The total of your order has changed. Please check it once more before you pay."),
    )
    return redirect(view_name)


def _figures(request: ShopRequest) -> dict[str, Any] | None:
    basket = request.basket
    pins, credit = known_pins(basket), credit_in(request)
    if not pins and not credit:
        return None
    applications = basket.offer_applications.applications
    return {
        "basket": basket.id,
        "total": _total(request),
        "credit": credit,
        "ours": sorted(
            [pin.offer_id, str(applications[pin.offer_id]["discount"])]
            for pin in pins
            if pin.offer_id in applications
        ),
    }


def _total(request: ShopRequest) -> str:
    """What the basket costs; with its delivery, where something of ours takes off that."""
    basket = request.basket
    total = basket.total_incl_tax if basket.is_tax_known else basket.total_excl_tax
    charge = delivery.chosen_charge(request) if delivery.concerns(basket) else None
    if charge is not None:
        total += charge - delivery.discount_on(basket, charge)
    return str(total)
