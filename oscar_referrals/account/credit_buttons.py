"""The buttons "Use my credit" and "Remove"."""

from __future__ import annotations

from abc import ABC, abstractmethod
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from oscar_referrals import conf
from oscar_referrals.account.addresses import safe_next
from oscar_referrals.account.signed_in import SignedIn
from oscar_referrals.checkout import tries
from oscar_referrals.checkout.credit_choice import currency_of, remove_credit, use_credit
from oscar_referrals.money import to_major, to_minor


class CreditForm(forms.Form):
    """How much of the credit to use; empty for all of it."""

    amount = forms.DecimalField(
        required=False, min_value=Decimal(0), max_digits=12, decimal_places=3, localize=True
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    def clean_amount(self) -> int | None:
        """The amount in minor units; refused where it has more decimals than the currency."""
        amount: Decimal | None = self.cleaned_data["amount"]
        if amount is None:
            return None
        minor = to_minor(amount, self.currency)
        if not minor or to_major(minor, self.currency) != amount:
            raise forms.ValidationError("not payable")
        return minor


class CreditButton(SignedIn, View, ABC):
    """A button on a basket's page; back to the page that it stands on."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if conf.get().CREDIT_AT_CHECKOUT:
            self.act(request)
        return redirect(safe_next(request) or reverse("basket:summary"))

    @abstractmethod
    def act(self, request: Any) -> None:
        """What the button does."""


class UseCreditView(CreditButton):
    """Sets credit aside for the basket: all of it, or the amount that was entered."""

    def act(self, request: Any) -> None:
        if tries.exhausted(request, tries.CREDIT):
            messages.error(request, _too_often())
            return
        tries.count_try(request, tries.CREDIT)
        form = CreditForm(request.POST, currency=currency_of(request.basket))
        if form.is_valid():
            use_credit(request, form.cleaned_data["amount"])
        else:
            messages.error(
                request, _("Please enter an amount of money, or nothing to use all your credit.")
            )


class RemoveCreditView(CreditButton):
    """Takes the credit out of the basket again; as often as there is some in it."""

    def act(self, request: Any) -> None:
        remove_credit(request)


def _too_often() -> str:
    minutes = max(1, int(conf.get().TRY_WINDOW.total_seconds() // 60))
    return ngettext(
        "You have changed this very often. Please wait %(minutes)d minute and try again.",
        "You have changed this very often. Please wait %(minutes)d minutes and try again.",
        minutes,
    ) % {"minutes": minutes}
