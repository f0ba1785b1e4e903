from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .payment import METHODS


class PaymentMethodForm(forms.Form):
    """The payment step: one of the shop's methods."""

    method = forms.ChoiceField(
        label=_("Payment method"),
        widget=forms.RadioSelect,
        choices=[(method.code, method.name) for method in METHODS.values()],
    )
