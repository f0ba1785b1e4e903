"""Oscar's checkout views with a choice of payment."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from oscar.apps.checkout import exceptions
from oscar.apps.checkout import views as oscar_views
from oscar.apps.payment.exceptions import RedirectRequired
from oscar.core.loading import get_class

from oscar_referrals.checkout.credit import pay_with_credit

from . import payment
from .forms import PaymentMethodForm

CheckoutSessionMixin = get_class("checkout.session", "CheckoutSessionMixin")

#: Session key of a payment that waits at the provider.
PENDING_PAYMENT = "test_pay"


class PaymentMethodView(CheckoutSessionMixin, FormView):
    """Let the shopper choose how to pay."""

    template_name = "oscar/checkout/payment_method.html"
    form_class = PaymentMethodForm
    success_url = reverse_lazy("checkout:preview")
    pre_conditions = oscar_views.PaymentMethodView.pre_conditions
    skip_conditions = oscar_views.PaymentMethodView.skip_conditions

    def get_initial(self) -> dict[str, str]:
        return {"method": self.checkout_session.payment_method() or payment.CARD}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"payment_methods": payment.METHODS.values()}

    def form_valid(self, form: PaymentMethodForm) -> HttpResponse:
        self.checkout_session.pay_by(form.cleaned_data["method"])
        return redirect(self.get_success_url())


class PaymentDetailsView(oscar_views.PaymentDetailsView):
    """Preview and place the order, paid by the method chosen before."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # There is nothing to fill in: no method asks for details.
        if not self.preview:
            return redirect("checkout:payment-method")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = payment.METHODS.get(self.checkout_session.payment_method())
        return super().get_context_data(**kwargs) | {"chosen_payment": chosen}

    def check_payment_data_is_captured(self, request: HttpRequest) -> None:
        """Send the shopper back to the payment step if there is something to pay and no choice."""
        super().check_payment_data_is_captured(request)
        if self.checkout_session.payment_method() in payment.METHODS:
            return
        if self.build_submission()["order_total"].incl_tax > 0:
            raise exceptions.FailedPreCondition(
                url=reverse("checkout:payment-method"),
                message=_("Please choose how you would like to pay"),
            )

    def handle_payment(self, order_number: str, total: Any, **kwargs: Any) -> None:
        """Take the payment, or send the shopper to the provider. Store credit pays first.

        Raises ``RedirectRequired`` for the method that pays elsewhere; its basket stays frozen.
        """
        total = pay_with_credit(self, order_number, total)
        if not total.incl_tax:
            return
        method = self.checkout_session.payment_method()
        if method == payment.REDIRECT:
            self.request.session[PENDING_PAYMENT] = {
                "order_number": str(order_number),
                "amount": str(total.incl_tax),
                "currency": total.currency,
            }
            raise RedirectRequired(reverse("checkout:test-pay"))
        self.record_payment(
            code=method,
            amount=total.incl_tax,
            currency=total.currency,
            debited=method == payment.CARD,
        )

    def record_payment(self, *, code: str, amount: Decimal, currency: str, debited: bool) -> None:
        """Keep the source, and the event of money that has arrived, until the order is saved."""
        source = payment.unsaved_source(
            code=code, amount=amount, currency=currency, debited=debited
        )
        self.add_payment_source(source)
        if debited:
            self.add_payment_event(payment.PAID_EVENT, amount, reference=source.reference)

    def place_order(self, *args: Any, **kwargs: Any) -> Any:
        """Place the order; it is "Paid" at once if its sources already cover it."""
        order = super().place_order(*args, **kwargs)
        debited = sum(source.amount_debited for source in order.sources.all())
        if debited >= order.total_incl_tax:
            order.set_status("Paid")
        return order
