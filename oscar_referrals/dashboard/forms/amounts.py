"""The figures of one incentive of a draft in one currency.

People write amounts in major units (20.00); the database holds minor units (2000).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oscar_referrals.dashboard.forms.tiers import TiersField, written
from oscar_referrals.money import currency_name, exponent, to_major, to_minor
from oscar_referrals.programs.models import (
    IncentiveAmount,
    IncentiveTier,
)

#: Of an amount, decimals included.
DIGITS = 12

FIGURES = ("value", "minimum", "maximum", "threshold")


class AmountForm(forms.Form):
    """The figures of one incentive in one currency."""

    offered = forms.BooleanField(label=_("Offer it in this currency"), required=False)
    value = forms.DecimalField(label=_("Amount"), required=False)
    minimum = forms.DecimalField(label=_("Minimum spend"), required=False)
    maximum = forms.DecimalField(label=_("Maximum discount"), required=False)
    threshold = forms.DecimalField(label=_("The friend's order is at least"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        prefix: str,
        currency: str,
        amount: IncentiveAmount | None,
        tiers: list[IncentiveTier],
        proposed: bool = False,
    ) -> None:
        initial: dict[str, Any] = {"offered": proposed or amount is not None}
        for name in FIGURES:
            minor = getattr(amount, name, None)
            # No minimum is stored as zero and shown as an empty field.
            initial[name] = to_major(minor, currency) if minor else None
        initial["tiers"] = written(
            (tier.from_number, to_major(tier.value, currency)) for tier in tiers if tier.value
        )
        super().__init__(data, initial=initial, prefix=f"{prefix}-{currency}")
        self.currency = currency
        self.currency_name = currency_name(currency)
        decimals = exponent(currency)
        for name in FIGURES:
            self.fields[name] = forms.DecimalField(
                label=self.fields[name].label,
                required=False,
                min_value=0,
                max_digits=DIGITS,
                decimal_places=decimals,
                widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
            )
        self.fields["tiers"] = TiersField(
            label=_("Tiers"), decimals=decimals, most=Decimal(10) ** (DIGITS - decimals) - 1
        )

    def seldom(self) -> list[forms.BoundField]:
        """What stands behind the heading that opens."""
        return [self["threshold"], self["tiers"]]

    @property
    def is_seldom(self) -> bool:
        """Something behind the heading is filled in, or wrong."""
        return any(field.value() or field.errors for field in self.seldom())

    def demand_value(self) -> None:
        """Complain when a fixed amount is offered in this currency but not given."""
        given = self.cleaned_data.get("value") or "value" in self.errors
        if self.cleaned_data.get("offered") and not given:
            self.add_error("value", _("Enter the amount."))

    def figures(self, *, fixed: bool) -> dict[str, int | None] | None:
        """The row's values in minor units; None when nothing is offered in this currency."""
        if not self.cleaned_data["offered"]:
            return None
        minor = {
            name: to_minor(self.cleaned_data[name], self.currency)
            if self.cleaned_data[name]
            else None
            for name in FIGURES
        }
        return {
            "value": minor["value"] if fixed else None,
            "minimum": minor["minimum"] or 0,
            "maximum": None if fixed else minor["maximum"],
            "threshold": minor["threshold"] or 0,
        }
