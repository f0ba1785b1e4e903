"""The addresses of a shop whose payment provider sends the shopper back to a view of its own."""

from __future__ import annotations

from decimal import Decimal
from importlib import import_module
from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from oscar.core.loading import get_class, get_model

from oscar_referrals.checkout.credit import pay_with_credit

PaymentDetailsView: Any = get_class("checkout.views", "PaymentDetailsView")


class ReturnView(PaymentDetailsView):
    """Places the order of the frozen basket, or gives the basket back."""

    preview = True

    def get_pre_conditions(self, request: HttpRequest) -> list[str]:
        return []

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST["decision"] != "approve":
            self.restore_frozen_basket()
            return redirect("checkout:preview")
        basket = get_model("basket", "Basket").objects.get(
            pk=self.checkout_session.get_submitted_basket_id()
        )
        basket.strategy = request.strategy
        get_class("offer.applicator", "Applicator")().apply(basket, request.user, request)
        number = self.checkout_session.get_order_number()
        submission = self.build_submission(basket=basket)
        rest = pay_with_credit(self, number, submission["order_total"])
        assert rest.incl_tax == Decimal(request.POST["paid"])
        del submission["payment_kwargs"], submission["order_kwargs"]
        return self.handle_order_placement(number, **submission)


PROJECT = "full" if apps.is_installed("wagtail.admin") else "oscar_only"

urlpatterns = [
    path("back/", ReturnView.as_view(), name="back"),
    *import_module(f"tests.projects.{PROJECT}.urls").urlpatterns,
]
