"""The one middleware: only `process_view`, and only for a handful of Oscar's views.

It stands directly after Oscar's BasketMiddleware. On every other page it compares two strings, and
looks whether there is a code in the address.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from oscar.core.loading import get_class
from oscar.core.utils import redirect_to_referrer

from oscar_referrals import conf
from oscar_referrals.checkout import guard, protected_rows
from oscar_referrals.checkout.arrival import lead_to_offer
from oscar_referrals.checkout.code_entry import enter_code
from oscar_referrals.checkout.credit_choice import keep_up
from oscar_referrals.checkout.invitations import taken_out
from oscar_referrals.checkout.personal_page import keep_private
from oscar_referrals.checkout.prune import prune
from oscar_referrals.checkout.waiting import attach_opened_link, attach_waiting

CheckoutSessionData = get_class("checkout.utils", "CheckoutSessionData")

logger = logging.getLogger(__name__)
#: Views of another basket than the open one, which they need not load: the order's, the saved one.
OF_ANOTHER_BASKET = frozenset({"checkout:thank-you", "basket:saved"})
#: Oscar's views of the open basket.
OF_THE_OPEN_BASKET = frozenset(
    {
        "basket:summary",
        "checkout:index",
        "checkout:shipping-address",
        "checkout:shipping-method",
        "checkout:payment-method",
        "checkout:payment-details",
        "checkout:preview",
    }
)


#: Those of them on which it matters what is still set aside of a shopper's credit.
BEFORE_PAYING = frozenset({"checkout:payment-method", "checkout:payment-details"})


class ReferralMiddleware:
    """Answers for referral codes, wherever they are typed or stand in an address, attaches waiting
    claims, guards the figures at the till and keeps personal pages out of shared caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return keep_private(request, self.get_response(request))

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """What must happen before Oscar's view; a fault here never stops the shopper."""
        match = request.resolver_match
        if match is None:
            return None
        try:
            arrival = lead_to_offer(request, match.namespaces)
            if arrival is not None or not match.view_name:
                return arrival
            return self._before(request, match.view_name, match.namespaces, view_kwargs)
        except Exception:
            logger.exception("The referral middleware failed before %s", match.view_name)
            return None

    def _before(
        self, request: HttpRequest, name: str, namespaces: list[str], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if name in protected_rows.VIEWS:
            # This runs before the view asks who it is: nobody else learns which vouchers are ours.
            return self._protect(request, name, kwargs) if request.user.is_staff else None
        if name in OF_ANOTHER_BASKET or not set(namespaces) & set(conf.get().CHECKOUT_NAMESPACES):
            return None
        if request.method == "POST" and name == "basket:vouchers-add":
            return self._code_typed(request)
        if request.method == "POST" and name == "basket:add":
            attach_waiting(request)
            return None
        if request.method == "POST" and name == "basket:vouchers-remove":
            taken_out(request, int(kwargs["pk"]))
            return None
        if self._may_return_from_payment(request, name):
            return None
        if request.method == "GET":
            attach_opened_link(request)
        prune(request, name)
        if request.method == "GET" and name in BEFORE_PAYING.union(conf.get().PREVIEW_VIEWS):
            keep_up(request)
        if name in conf.get().PREVIEW_VIEWS:
            if request.method == "POST" and request.POST.get("action") == "place_order":
                return guard.check_charged(request, name)
            guard.remember_shown(request)
        return None

    def _may_return_from_payment(self, request: HttpRequest, name: str) -> bool:
        """A view of the shop's own, while a basket of this session was submitted for payment.

        If the payment failed, the view thaws that basket and merges the open one into it, for which
        Oscar needs the open one not to be loaded yet: a guest's has no row, and can't be merged.
        """
        if name in OF_THE_OPEN_BASKET or name in conf.get().PREVIEW_VIEWS:
            return False
        checkout = request.session.get(CheckoutSessionData.SESSION_KEY, {})
        return "basket_id" in checkout.get("submission", {})

    def _code_typed(self, request: HttpRequest) -> HttpResponse | None:
        text = request.POST.get("code", "")
        if text.strip() and enter_code(request, text):
            return redirect_to_referrer(request, "basket:summary")
        return None

    def _protect(
        self, request: HttpRequest, name: str, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        target = protected_rows.owner_of(name, kwargs)
        if target is None:
            return None
        messages.warning(
            request,
            _(
                "These vouchers belong to the referral program “%(program)s”. "
                "Change or end them there."
            )
            % {"program": target.name},
        )
        return redirect("oscar_referrals_dashboard:referrals-program-detail", pk=target.pk)
