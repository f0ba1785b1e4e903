from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from oscar.apps.checkout import forms as oscar_forms

from .payment import METHODS


class GatewayForm(oscar_forms.GatewayForm):
    """Oscar's first step, which without a script would ask guests for a password."""

    use_required_attribute = False


class PaymentMethodForm(forms.Form):
    """The payment step: one of the shop's methods."""

    method = forms.ChoiceField(
        label=_("Payment method"),
        widget=forms.RadioSelect,
        choices=[(method.code, method.name) for method in METHODS.values()],
    )
