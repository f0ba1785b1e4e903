"""TestPay: a payment provider on another "site", where the shopper approves or declines."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from oscar.apps.order.exceptions import UnableToPlaceOrder
from oscar.core.loading import get_class, get_model

from oscar_referrals.checkout.credit import pay_with_credit

from . import payment
from .views import PENDING_PAYMENT, PaymentDetailsView

Applicator = get_class("offer.applicator", "Applicator")
Basket = get_model("basket", "Basket")


class ProviderView(TemplateView):
    """The provider's page. It shows the figure it was asked for and nothing of the shop."""

    template_name = "checkout/test_pay.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if PENDING_PAYMENT not in request.session:
            return redirect("basket:summary")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "payment": self.request.session[PENDING_PAYMENT]
        }


class ProviderReturnView(PaymentDetailsView):
    """The way back from the provider: place the order, or give the shopper the basket again."""

    preview = True
    http_method_names = ["post"]

    def get_pre_conditions(self, request: HttpRequest) -> list[str]:
        # The basket that is being paid for is frozen, so the request's own basket is an empty one.
        return []

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pending = request.session.pop(PENDING_PAYMENT, None)
        basket = self._frozen_basket()
        if pending is None or basket is None:
            return redirect("basket:summary")
        if request.POST.get("decision") != "approve":
            return self._back(_("The payment was declined. Nothing has been charged."))
        return self._place(basket, pending)

    def _frozen_basket(self) -> Any:
        basket_id = self.checkout_session.get_submitted_basket_id()
        basket = Basket.objects.filter(pk=basket_id, status=Basket.FROZEN).first()
        if basket is not None:
            basket.strategy = self.request.strategy
            Applicator().apply(basket, self.request.user, self.request)
        return basket

    def _place(self, basket: Any, pending: dict[str, str]) -> HttpResponse:
        submission = self.build_submission(basket=basket)
        total = submission["order_total"]
        # What credit pays was taken when the shopper left; this records it with the order.
        rest = total and pay_with_credit(self, pending["order_number"], total)
        if rest is None or rest.incl_tax != Decimal(pending["amount"]):
            return self._back(
                _("Your order has changed in the meantime. Nothing has been charged.")
            )
        self.record_payment(
            code=payment.REDIRECT, amount=rest.incl_tax, currency=rest.currency, debited=True
        )
        submission.pop("payment_kwargs")
        order_kwargs = submission.pop("order_kwargs")
        try:
            return self.handle_order_placement(
                pending["order_number"], **submission, **order_kwargs
            )
        except UnableToPlaceOrder as error:
            return self._back(str(error))

    def _back(self, reason: str) -> HttpResponse:
        self.restore_frozen_basket()
        messages.warning(self.request, reason)
        return redirect("checkout:payment-method")
