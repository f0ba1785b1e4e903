"""More time, more or less, and a gift: what staff enter. Each asks for a reason."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oscar_referrals import conf
from oscar_referrals.dashboard.filters.days import OF_A_SHOP, DateInput
from oscar_referrals.money import currency_name, exponent, to_major, to_minor
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.by_hand import LONGEST_NOTE
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.outside import LONGEST_REFERENCE


class Reasoned(forms.Form):
    """A form that ends with the reason, and what the customer reads."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For your colleagues. Customers do not read it."),
    )
    customer_note = forms.CharField(
        label=_("Note to the customer"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Optional. The customer reads it beside the reward, as you write it here."),
    )
    field_order: list[str] = []


class ExtendForm(Reasoned):
    """Until when it can be used."""

    until = forms.DateField(
        label=_("Can be used until the end of"),
        widget=DateInput,
        localize=False,
        validators=OF_A_SHOP,
    )
    field_order = ["until", "reason", "customer_note"]

    def clean_until(self) -> datetime:
        """The last moment of that day, in the time zone of the shop."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["until"], time.max))


class AdjustForm(Reasoned):
    """How much is added or taken away, in major units of the reward's currency."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    amount = forms.DecimalField(label=_("Add, or take away with a minus"))
    field_order = ["token", "amount", "reason", "customer_note"]

    def __init__(self, *args: Any, reward: Reward, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = reward.currency
        decimals = exponent(reward.currency)
        self.fields["amount"] = forms.DecimalField(
            label=self.fields["amount"].label,
            help_text=currency_name(reward.currency),
            max_digits=12,
            decimal_places=decimals,
        )
        self.fields["token"].initial = uuid4().hex

    def clean_amount(self) -> int:
        """In minor units."""
        return to_minor(self.cleaned_data["amount"], self.currency)


class SettleOutsideForm(Reasoned):
    """By what a payment is found, and what a reward that is no money came to."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    reference = forms.CharField(
        label=_("Reference"),
        max_length=LONGEST_REFERENCE,
        help_text=_(
            "By what the payment is found in your own records: the number of the transfer, of the "
            "receipt. No account numbers."
        ),
    )
    field_order = ["token", "amount", "reference", "reason", "customer_note"]

    def __init__(self, *args: Any, reward: Reward, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = reward.currency
        self.fields["token"].initial = uuid4().hex
        if reward.unit != reward.currency:
            decimals = exponent(reward.currency)
            self.fields["amount"] = forms.DecimalField(
                label=_("What it came to"),
                help_text=currency_name(reward.currency),
                min_value=Decimal(1).scaleb(-decimals),
                max_digits=12,
                decimal_places=decimals,
            )
            self.order_fields(self.field_order)

    def clean_amount(self) -> int:
        """In minor units."""
        return to_minor(self.cleaned_data["amount"], self.currency)


class GiveForm(Reasoned):
    """Store credit for a customer."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    program = forms.ModelChoiceField(Program.objects.none(), label=_("Program"), empty_label=None)
    customer = forms.EmailField(label=_("The customer's e-mail"))
    amount = forms.DecimalField(
        label=_("Amount"), min_value=Decimal("0.001"), max_digits=12, decimal_places=3
    )
    currency = forms.ChoiceField(label=_("Currency"))
    hold_days = forms.IntegerField(
        label=_("Days until it can be used"), min_value=0, max_value=365, initial=0
    )
    validity_days = forms.IntegerField(
        label=_("Days it can be used"),
        min_value=1,
        max_value=3650,
        initial=365,
        required=False,
        help_text=_("Leave it empty for store credit that does not expire."),
    )
    field_order = [
        "token",
        "program",
        "customer",
        "amount",
        "currency",
        "hold_days",
        "validity_days",
        "reason",
        "customer_note",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        published = Program.objects.filter(current_version__isnull=False)
        fields["program"].queryset = published.order_by("-pk")
        fields["currency"].choices = [
            (currency, currency_name(currency)) for currency in conf.get().currencies
        ]
        fields["token"].initial = uuid4().hex

    def clean_customer(self) -> Any:
        """The one account with that address."""
        found = list(
            get_user_model()._default_manager.filter(email__iexact=self.cleaned_data["customer"])[
                :2
            ]
        )
        if not found:
            raise forms.ValidationError(_("No account has this e-mail address."))
        if len(found) > 1:
            raise forms.ValidationError(_("Several accounts have this e-mail address."))
        return found[0]

    def clean(self) -> dict[str, Any]:
        """The amount in minor units of the currency."""
        cleaned = super().clean() or self.cleaned_data
        if "amount" in cleaned and "currency" in cleaned:
            amount, currency = cleaned["amount"], cleaned["currency"]
            cleaned["minor"] = to_minor(amount, currency)
            if to_major(cleaned["minor"], currency) != amount:
                self.add_error("amount", _("This has too many decimals."))
        return cleaned
